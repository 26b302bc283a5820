"""Columns of a text that are told by where they begin: a row that leaves one out is not shifted."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

_PIECE = re.compile(r"[^\s\u3000]+(?: [^\s\u3000]+)*")
_TAB = 8
_BESIDE = 2  # signs by which a cell may begin before or behind its heading


class Piece(NamedTuple):
    """A piece of a line between wide gaps: where it begins on the screen, and its text."""

    begin: int
    text: str


def find_pieces(line: str) -> list[Piece]:
    """Find the pieces of a line; a Chinese sign is two wide."""
    plain = line.expandtabs(_TAB)
    return [Piece(_measure(plain[: match.start()]), match[0]) for match in _PIECE.finditer(plain)]


def find_columns(line: str, headings: Sequence[Piece]) -> list[int] | None:
    """Find the column of each piece of a line, by the heading below which it begins; None if one has none."""
    found: list[int] = []
    for piece in find_pieces(line):
        near = [at for at, heading in enumerate(headings) if abs(heading.begin - piece.begin) <= _BESIDE]
        if len(near) != 1 or (found and near[0] <= found[-1]):
            return None
        found += near
    return found


def _measure(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
