"""The columns of a table of tasks: where its headings stand, what each means, which cells are under it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kfly.drafting.documents.blocks import Cell, Row, Table
from kfly.drafting.headings import TITLE, find_role, is_heading_row, is_weak, rank_title

_MOST_ABOVE = 12  # rows above the headings: titles, dates, units
_COVERED = 0.5  # of a heading's width that a cell must cover to be under it


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        label: its heading, in the words of the document.
        role: which part of a task it holds; empty where it holds none.
        first: the first column of the grid that it covers.
        last: the last one.
        instead_of: the role that its heading has as well, which another column was given.
    """

    label: str
    role: str
    first: int
    last: int
    instead_of: str = ""


def find_headings(table: Table) -> tuple[int, int, tuple[Column, ...]] | None:
    """Find the row of headings, how many rows they take, and the columns; None if the table has none."""
    for at, row in enumerate(table.rows[:_MOST_ABOVE]):
        cells = [cell for cell in row.cells if cell.text]
        under = table.rows[at + 1] if at + 1 < len(table.rows) else None
        below = _merge_headings(cells, under) if under else None
        if below and is_heading_row([label for label, _cell in below]):
            return at, 2, _name_columns(below, table.rows[at + 2 :])
        if len(cells) > 1 and is_heading_row([cell.text for cell in cells]):
            return at, 1, _name_columns([(cell.text, cell) for cell in cells], table.rows[at + 1 :])
    return None


def _merge_headings(upper: Sequence[Cell], row: Row) -> list[tuple[str, Cell]] | None:
    """Lay a second row of headings under the first: 责任分工 over 牵头单位 and 责任单位."""
    lower = [cell for cell in row.cells if cell.text]
    own = [cell for cell in lower if not cell.held]
    parents = [cell for cell in _widen(upper) if cell.span > 1]
    groups = {cell.column for cell in parents}
    inside = [c for c in own if any(p.column <= c.column < p.column + p.span for p in parents)]
    if not any(find_role(cell.text) for cell in upper if cell.column not in groups):
        return None  # a title above the headings
    if not inside or len(inside) < len(own) or not any(find_role(cell.text) for cell in inside):
        return None
    found = [(_name_below(cell, parents), cell) for cell in inside]
    covered = {column for cell in inside for column in range(cell.column, cell.column + cell.span)}
    found += [(cell.text, cell) for cell in upper if cell.column not in covered]
    return sorted(found, key=lambda pair: pair[1].column)


def _name_below(cell: Cell, parents: Sequence[Cell]) -> str:
    """Name a heading of the second row; 单位 below 牵头单位 is 牵头单位."""
    above = next(p.text for p in parents if p.column <= cell.column < p.column + p.span)
    return above if is_weak(cell.text) and find_role(above) and not is_weak(above) else cell.text


def _widen(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the cells of a row as wide as the empty ones behind them let them be: 责任分工 | | 完成时限."""
    for cell, after in pairwise(cells):
        yield cell._replace(span=max(cell.span, after.column - cell.column))
    yield from cells[-1:]


def _name_columns(found: Sequence[tuple[str, Cell]], rows: Sequence[Row]) -> tuple[Column, ...]:
    """Say what each column holds; of several for one part one is chosen, the others have no role.

    A title is what is not said of several rows on end; then the likeliest word decides. Where no heading
    means it, the first that means nothing else is taken.
    """
    columns = [
        Column(label.replace("\n", ""), find_role(label), cell.column, cell.column + cell.span - 1)
        for label, cell in found
    ]
    chosen = {role: _choose(role, columns, rows) for role in {column.role for column in columns} - {""}}
    if TITLE not in chosen:
        chosen[TITLE] = next((column for column in columns if not column.role), None)
    named = (next((role for role, its in chosen.items() if its is column), "") for column in columns)
    return tuple(
        column._replace(role=role, instead_of="" if role else column.role)
        for column, role in zip(columns, named, strict=True)
    )


def _choose(role: str, columns: Sequence[Column], rows: Sequence[Row]) -> Column | None:
    """Choose the column of a part of a task: 单位 only where no 责任单位 stands beside it."""
    able = [column for column in columns if column.role == role]
    if role == TITLE:
        repeated = _find_repeated(rows)
        return min(able, key=lambda c: (c.first in repeated, rank_title(c.label)), default=None)
    return min(able, key=lambda column: is_weak(column.label), default=None)


def _find_repeated(rows: Sequence[Row]) -> set[int]:
    """Find the columns of the grid in which a row says what the one above it says."""
    said = [{cell.column: cell.text for cell in row.cells if cell.text} for row in rows]
    return {
        column
        for above, below in pairwise(said)
        for column, text in below.items()
        if above.get(column) == text
    }


def find_columns(cell: Cell, columns: Sequence[Column], widths: Sequence[int]) -> list[Column]:
    """Find the columns that a cell stands under: those that it covers by half, else that it covers most."""

    def width(first: int, last: int) -> int:
        return sum(widths[at] if at < len(widths) else 1 for at in range(first, last + 1))

    last = cell.column + cell.span - 1
    covered = []
    for column in columns:
        begin, end = max(cell.column, column.first), min(last, column.last)
        if begin <= end:
            covered.append((width(begin, end) / max(width(column.first, column.last), 1), column))
    found = [column for share, column in covered if share >= _COVERED]
    return found or [max(covered)[1]] if covered else []
