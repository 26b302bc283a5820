"""Rows of a document that may be tasks, and those that are none; what of them is not what it seems."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kfly.drafting.columns import Column, find_columns
from kfly.drafting.documents.blocks import Cell, Row, Table
from kfly.drafting.headings import DUE, NUMBER, TITLE, fold_heading
from kfly.locale import _

_AS_ABOVE = re.compile(r"[（(]?(?:同上|同前|〃|″|”|ditto)[）)]?", re.IGNORECASE)


class TableRow(NamedTuple):
    """A row that may be a task.

    Attributes:
        table: the table it stands in.
        number: of the row, as its source counts.
        chapter: the heading it stands under.
        parts: by role, what stands there.
        held: roles whose text is that of a cell merged down to here.
        others: of columns that have no place in a plan file: heading and text.
        doubts: why its cells may not be what they seem.
        year: that the table's title names.
        said: sentences behind the title that belong to it.
    """

    table: str
    number: int
    chapter: str
    parts: dict[str, str]
    held: frozenset[str] = frozenset()
    others: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    year: int | None = None
    said: tuple[str, ...] = ()


class Passed(NamedTuple):
    """A row that is no task, and why."""

    table: str
    number: int
    why: str
    text: str = ""


class Found(NamedTuple):
    """What a document's tables, or its lists, hold.

    Attributes:
        rows: those that may be tasks.
        passed: those that are none.
        columns: the headings, with the role of each.
        remarks: what has to be said of the tables.
        doubts: what an office has to look at.
        rule: words which say that the first organisation of a list leads.
        seen: how many rows there are in all.
    """

    rows: tuple[TableRow, ...] = ()
    passed: tuple[Passed, ...] = ()
    columns: tuple[Column, ...] = ()
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    rule: str = ""
    seen: int = 0


def read_row(table: Table, row: Row, columns: Sequence[Column], chapter: str, year: int | None) -> TableRow:
    """Read a row by the columns that its cells stand under, noting all that does not fit."""
    parts: dict[str, str] = {}
    held: set[str] = set()
    others: list[tuple[str, str]] = []
    doubts: list[str] = [row.doubt] if row.doubt else []
    for cell in row.cells:
        under = find_columns(cell, columns, table.widths)
        if not cell.text:
            continue
        if cell.held and any(_is_heading(cell, column) for column in under[:1]):
            said = _("{label}: the cell is merged with the heading above it; what stands there?")
            doubts.append(said.format(label=under[0].label))
            continue
        doubts += _doubt_cell(cell, under)
        for column in under[:1]:
            if not column.role:
                others.append((column.label, cell.text))
            elif column.role in parts:
                doubts.append(_("two cells stand under {label}", label=column.label))
                if column.role == TITLE:  # the one before is what the task belongs to
                    others.append((column.label, parts[TITLE]))
                    parts[TITLE] = cell.text
                else:
                    parts[column.role] += f"\n{cell.text}"
            else:
                parts[column.role] = cell.text
                held.update([column.role] if cell.held else [])
        if not under:
            doubts.append(_("“{text}” stands beside the columns", text=cell.text))
    return TableRow(
        table.name, row.number, chapter, parts, frozenset(held), tuple(others), tuple(doubts), year
    )


def _is_heading(cell: Cell, column: Column) -> bool:
    """Tell whether a cell shows the heading of its column, as one that is merged with it does."""
    labels = (column.label, *column.label.split("／"))
    return bool(column.role) and fold_heading(cell.text) in map(fold_heading, labels)


def repeat_above(row: TableRow, above: TableRow, columns: Sequence[Column]) -> TableRow:
    """Return a row in which 同上 is what the row above says; the word itself is kept as a comment."""
    again = {role for role, text in row.parts.items() if _AS_ABOVE.fullmatch(text) and role in above.parts}
    if not again:
        return row
    parts = row.parts | {role: above.parts[role] for role in again}
    said = tuple((column.label, row.parts[column.role]) for column in columns if column.role in again)
    return row._replace(parts=parts, others=(*row.others, *said))


def _doubt_cell(cell: Cell, under: Sequence[Column]) -> Iterator[str]:
    """Yield why a cell cannot be taken for what it seems to say."""
    if len(under) > 1:
        labels = _(", ").join(column.label for column in under)
        yield _("one cell stands under several headings ({labels}): “{text}”", labels=labels, text=cell.text)
    label = under[0].label if under else ""
    if cell.doubt:
        yield _("{label}: {message}", label=label, message=cell.doubt)
    if cell.as_number and under and under[0].role in (NUMBER, DUE):
        yield _(
            "{label}: the sheet keeps “{text}” as a number; it may show it otherwise",
            label=label,
            text=cell.text,
        )
