"""Workbooks of Excel, WPS and LibreOffice: their visible sheets as grids."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kfly.locale import _
from kfly.registry.sheets.faults import SheetRefusedError, unreadable
from kfly.registry.sheets.grid import Grid, Merge, SheetRow
from kfly.registry.sheets.hidden import read_hidden
from kfly.registry.sheets.package import SheetExtras, is_too_large, read_extras
from kfly.registry.values import FAILED

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

BROKEN = FAILED[-1]  # what a cell whose formula has failed is read as; no field takes it


def read(path: Path, name: str, wanted: str | None) -> list[Grid]:
    """Read a workbook's sheets that are not empty; hidden ones only when they are ``wanted``.

    Args:
        path: where it lies.
        name: what it is called in messages.
        wanted: the name of the only sheet to read; None for all.

    Raises:
        OSError: it cannot be read.
        SheetRefusedError: it is no workbook, it is locked by a password, or has no such sheet.
    """
    import python_calamine as calamine

    with path.open("rb"):  # the system's own error says more than the library's
        pass
    try:
        with _silence_stderr():
            return _read_sheets(path, name, wanted)
    except calamine.PasswordError:
        raise unreadable(name, _("is locked by a password; save it without one")) from None
    except SheetRefusedError:
        raise
    except BaseException as error:
        # A damaged file fails in any of three readers, in ways of their own; one is not even an Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise unreadable(name, _("is no workbook that can be read; save it anew as .xlsx")) from None


@contextmanager
def _silence_stderr() -> Iterator[None]:
    """Keep stderr empty: giving up on a damaged file, the library writes there behind Python's back."""
    try:
        kept = os.dup(2)
    except OSError:  # there is no stderr at all
        yield
        return
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _read_sheets(path: Path, name: str, wanted: str | None) -> list[Grid]:
    """Read the sheets that are wanted."""
    import python_calamine as calamine

    if is_too_large(path):
        raise unreadable(
            name, _("has a cell far away from all others, or is too large; delete what is empty")
        )
    workbook = _opened(path)
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if wanted is not None and wanted not in [sheet.name for sheet in sheets]:
        listed = _(", ").join(sheet.name for sheet in sheets)
        raise unreadable(name, _("has no sheet “{sheet}”, only: {listed}", sheet=wanted, listed=listed))
    shown = [
        sheet.name
        for sheet in sheets
        if sheet.name == wanted or (wanted is None and sheet.visible == calamine.SheetVisibleEnum.Visible)
    ]
    others = [sheet.name for sheet in sheets if wanted is None and sheet.name not in shown]
    aside = tuple(other for other in others if workbook.get_sheet_by_name(other).start is not None)
    grids = [_read_grid(workbook, sheet, name, read_extras(path, sheet)) for sheet in shown]
    return [
        grid._replace(hidden=read_hidden(path, str(grid.sheet)), hidden_sheets=aside)
        for grid in grids
        if grid is not None
    ]


def _opened(path: Path) -> "CalamineWorkbook":
    """Open the workbook by its name; else by what is in it: people rename .xls to .xlsx."""
    import python_calamine as calamine

    try:
        return calamine.load_workbook(path)
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, OSError):
        return calamine.load_workbook(BytesIO(path.read_bytes()))


def _read_grid(workbook: "CalamineWorkbook", sheet: str, file: str, more: SheetExtras) -> Grid | None:
    read = workbook.get_sheet_by_name(sheet)
    if read.start is None:
        return None
    ranges = read.merged_cell_ranges
    merges = (
        more.merges
        if ranges is None
        else [Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]
    )
    rows = _rows(read.iter_rows(), read.start[1], more.broken)
    return Grid(
        file=file,
        sheet=sheet,
        rows=_fill_merged(rows, merges),
        height=read.total_height,
        merges=tuple(merges),
    )


def _rows(rows: Iterable[list[Any]], left: int, broken: set[tuple[int, int]]) -> Iterator[SheetRow]:
    """Yield the rows that are not empty; the reader leaves out the empty columns on the left."""
    for number, read in enumerate(rows, start=1):
        cells = [""] * left + read if left else read
        if broken:
            for column in range(len(cells)):
                if (number, column) in broken:
                    cells[column] = BROKEN
        if any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in cells):
            yield SheetRow(number, cells)


def _fill_merged(rows: Iterable[SheetRow], merges: list[Merge]) -> Iterator[SheetRow]:
    """Yield the rows, with a cell that is merged downwards repeated in each of its rows."""
    downwards: dict[int, list[Merge]] = {}
    for merge in merges:
        if merge.bottom > merge.top:
            downwards.setdefault(merge.top, []).append(merge)
    held: dict[int, tuple[Any, int]] = {}  # by column: what stands there, and the last row of it
    for row in rows:
        held = {column: (cell, last) for column, (cell, last) in held.items() if row.number <= last}
        filled = frozenset(held)
        for column in filled:
            row.cells[column] = held[column][0]
        for merge in downwards.get(row.number, ()):
            if merge.left < len(row.cells):
                held[merge.left] = (row.cells[merge.left], merge.bottom)
        yield SheetRow(row.number, row.cells, filled) if filled else row
