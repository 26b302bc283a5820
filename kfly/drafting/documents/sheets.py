"""Workbooks and CSV files, through the readers of the registry's sheets."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from kfly.drafting.documents.blocks import Block, Cell, Document, Row, Table, clean
from kfly.locale import _
from kfly.registry.sheets import sources
from kfly.registry.sheets.grid import FLAWS, Grid, SheetRow, column_letter, text_of

SUFFIXES = (*sources.WORKBOOKS, *sources.TEXTS)
_SWALLOWED = 2  # separators in one line of a cell, from which on it may be a row


def read(path: Path, name: str) -> Document:
    """Read a workbook or a CSV file.

    Args:
        path: where it lies.
        name: what it is called in messages.

    Raises:
        SheetRefusedError: it cannot be read.
    """
    with sources.parsing([path]):
        grids = sources.read(path, name, None)
        own = (grid for grid in grids if grid.sheet not in sources.OWN)
        read_whole = [(grid, list(grid.rows)) for grid in own]
    blocks: tuple[Block, ...] = tuple(_read_grid(grid, rows) for grid, rows in read_whole)
    remarks = tuple(line for grid, _rows in read_whole for line in _remark(grid))
    hidden = {sheet for grid in grids for sheet in grid.hidden_sheets} - {*sources.OWN}
    if hidden:
        remarks += (_("hidden sheets were not read: {names}", names=_(", ").join(sorted(hidden))),)
    return Document(name, blocks, remarks)


def _remark(grid: Grid) -> Iterator[str]:
    """Yield what is hidden in a sheet; it is read all the same."""
    if grid.hidden.rows:
        rows = _(", ").join(map(str, sorted(grid.hidden.rows)[:10]))
        yield _("{sheet}: hidden rows were read: {rows}", sheet=grid.sheet, rows=rows)
    if grid.hidden.columns:
        letters = _(", ").join(column_letter(column) for column in sorted(grid.hidden.columns)[:10])
        yield _("{sheet}: hidden columns were read: {columns}", sheet=grid.sheet, columns=letters)


def _read_grid(grid: Grid, rows: list[SheetRow]) -> Table:
    spans = {(m.top, m.left): m.right - m.left + 1 for m in grid.merges}
    down = {(row, m.left): m for m in grid.merges for row in range(m.top, m.bottom + 1)}
    covered = {
        (row, column)
        for m in grid.merges
        for row in range(m.top, m.bottom + 1)
        for column in range(m.left + 1, m.right + 1)
    }
    width = _find_width(rows)
    read_rows = []
    for row in rows:
        cells = []
        for column, value in enumerate(row.cells):
            if (row.number, column) in covered:
                continue
            merge = down.get((row.number, column))
            span = spans.get((row.number, column)) or (merge.right - merge.left + 1 if merge else 1)
            cells.append(_read_cell(row, column, value, span))
        read_rows.append(Row(row.number, tuple(cells), _find_doubt(row, width) if grid.sheet is None else ""))
    return Table(tuple(read_rows), grid.sheet or "")


def _read_cell(row: SheetRow, column: int, value: object, span: int) -> Cell:
    flaw = row.flaws.get(column)
    shown = row.shown.get(column)
    text = shown if shown is not None else text_of(value)  # type: ignore[arg-type]
    return Cell(
        column,
        clean(flaw.shown if flaw and flaw.shown else text),
        span,
        held=column in row.held,
        doubt=_(FLAWS[flaw.why]) if flaw else "",
        as_number=shown is None and _may_show_otherwise(value),
    )


def _may_show_otherwise(value: object) -> bool:
    """Tell whether a sheet may show a value in other words: 1.1 as 1.10, 1 November as 2022年11月."""
    if isinstance(value, datetime | date):
        return value.day == 1
    return isinstance(value, float) and value != int(value)


def _find_width(rows: list[SheetRow]) -> int:
    """Return how many cells most rows have, of those that have more than one."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    return max(counts, key=lambda count: (counts[count], count), default=0)


def _find_doubt(row: SheetRow, width: int) -> str:
    """Say why a row of a CSV file may be cut or shifted: a quote left open, or cells that lack."""
    broken = [value for value in row.cells if isinstance(value, str) and "\n" in value]
    lines = [line for value in broken for line in value.split("\n")]
    if any(line.count(sign) >= _SWALLOWED for line in lines for sign in ",;\t"):
        return _("a quote that is not closed may have swallowed rows")
    if 1 < len(row.cells) < width:
        return _("cells: {n}, but headings: {width}", n=len(row.cells), width=width)
    return ""
