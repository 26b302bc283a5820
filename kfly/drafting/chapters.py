"""Rows that are chapters though they have a number of their own: 一 | 基础设施, above 1, 2 and 3."""

import re
from collections.abc import Sequence

from kfly.drafting.columns import Column, find_columns
from kfly.drafting.documents.blocks import Cell, Row, Table
from kfly.drafting.headings import DUE, NUMBER, PARTIES, TITLE

_BARE = re.compile(r"[一二三四五六七八九十]+")
_KINDS = tuple(
    map(
        re.compile,
        (
            r"第[一二三四五六七八九十\d]+(?:部分|章|篇)",
            r"[一二三四五六七八九十]+|[A-ZⅠ-Ⅻ]|[IVX]+",
            r"[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十\d]+节",
            r"\d+",
            r"\d+[.-]\d+",
            r"\d+[.-]\d+[.-]\d+|[（(]\d+[）)]|\d+[）)]",
        ),
    )
)
_CELLS = 2  # of a chapter: its number and its title


class Chapters:
    """Tells a table's chapters from its tasks, by the style of their numbers.

    Tasks say who does them, or when. A row that says neither, and has a number of a kind that stands above
    those of all that do, is a chapter; so is one whose title reaches over the columns that would say so.
    """

    def __init__(self, table: Table, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        self.table, self.columns = table, columns
        tasks = [row for row in rows if self._tells(row) and not self._reaches(row)]
        numbers = [text for row in tasks if (text := self._number(row))]
        self.rank = min(map(_find_rank, numbers), default=0)  # of the tasks
        reaching = {_plain(self._number(row)) for row in rows if self._reaches(row)}
        # 1 | 基础设施 above 1, 2 and 3 is a chapter; 1 above 2, 3 and 4 is one of them, its cells merged.
        self.may_be_tasks = reaching.isdisjoint(map(_plain, numbers))

    def find(self, row: Row) -> str:
        """Return what a chapter is called, its number included; the empty text where a row is none."""
        number = self._number(row)
        own = _find_own(row)
        if len(own) != _CELLS or own[0].text != number:
            return ""
        rank = _find_rank(number)
        reaches = self._reaches(row) and not (self.may_be_tasks and rank == self.rank)
        if reaches or (rank < self.rank and not self._tells(row)):
            text = own[1].text.replace("\n", " ")
            return f"{number}、{text}" if _BARE.fullmatch(number) else f"{number} {text}"
        return ""

    def _reaches(self, row: Row) -> bool:
        """Tell whether a title behind a number reaches over the columns that say who does it, or when."""
        own = _find_own(row)
        if len(own) != _CELLS or own[0].text != self._number(row):
            return False
        under = {column.role for column in find_columns(own[1], self.columns, self.table.widths)}
        return TITLE in under and bool(under.intersection((*PARTIES, DUE)))

    def _tells(self, row: Row) -> bool:
        """Tell whether a row says who does it, or when."""
        return any(
            column.role in (*PARTIES, DUE)
            for cell in row.cells
            if cell.text
            for column in find_columns(cell, self.columns, self.table.widths)[:1]
        )

    def _number(self, row: Row) -> str:
        for cell in row.cells:
            under = find_columns(cell, self.columns, self.table.widths)[:1]
            if cell.text and not cell.held and any(column.role == NUMBER for column in under):
                return cell.text
        return ""


def _find_own(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.text and not cell.held]


def _plain(number: str) -> str:
    return number.strip().rstrip("、.．")


def _find_rank(number: str) -> int:
    """Return how far below others numbers of a kind stand: 第一章, 一, （一）, 1, 1.1, （1）, all else."""
    plain = _plain(number)
    return next((rank for rank, kind in enumerate(_KINDS) if kind.fullmatch(plain)), len(_KINDS))
