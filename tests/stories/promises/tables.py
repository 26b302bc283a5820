"""Reads what a person reckoned: Markdown tables below the days that they are of."""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

NOTHING = "—"
SIGNS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
Row = dict[str, str]


class Reckoned(NamedTuple):
    """A line of a table.

    Attributes:
        day: of which it is.
        of: what the table is about: its first column, or its second below ``target``: town, years, periods.
        cells: by the names of its columns.
    """

    day: date
    of: str
    cells: Row


def read_tables(path: Path) -> list[Reckoned]:
    """Read all lines of a file's tables."""
    return list(_read(path.read_text(encoding="utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[Reckoned]:
    day, names = date.min, list[str]()
    for line in lines:
        if line.startswith("# "):
            day = date.fromisoformat(line[2:])
        if not line.startswith("|"):
            names = []
        elif not names:
            names = _split(line)
        elif not re.fullmatch(r"[| -]+", line):
            of = names[1] if names[1] in ("town", "years", "periods") else names[0]
            yield Reckoned(day, of, dict(zip(names, _split(line), strict=True)))


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def reckon(cell: str) -> Fraction | None:
    """Work out a cell: a number, or sums and quotients of numbers, exactly; None for —."""
    return None if cell == NOTHING else _work_out(cell, ast.parse(cell, mode="eval").body)


def _work_out(cell: str, node: ast.expr) -> Fraction:
    if isinstance(node, ast.BinOp):
        return SIGNS[type(node.op)](_work_out(cell, node.left), _work_out(cell, node.right))
    return Fraction(ast.get_source_segment(cell, node) or "")
