"""Workbooks of Excel, WPS and LibreOffice: their visible sheets as grids."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kfly.locale import _
from kfly.registry.sheets.faults import SheetRefusedError, unreadable
from kfly.registry.sheets.grid import Flaw, Grid, Merge, SheetRow
from kfly.registry.sheets.workbooks import xls, xlsb, xlsx
from kfly.registry.sheets.workbooks.formats import ODS, XLS, XLSX, tell_format, weigh
from kfly.registry.sheets.workbooks.looks import Look, NotLocatedError
from kfly.registry.sheets.workbooks.ods.opening import LockedError, open_tables
from kfly.registry.sheets.workbooks.ods.tables import Table, TooFarError
from kfly.registry.sheets.workbooks.xml import MOST_BYTES

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    Workbook = CalamineWorkbook | xls.OldBook | xls.RescuedBook

T = TypeVar("T")


def read(path: Path, name: str, wanted: str | None) -> list[Grid]:
    """Read a workbook's sheets that are not empty; hidden ones only when they are ``wanted``.

    Args:
        path: where it lies.
        name: what it is called in messages.
        wanted: the name of the only sheet to read; None for all.

    Raises:
        SheetRefusedError: it is no workbook, it is locked by a password, or has no such sheet.
    """
    import python_calamine as calamine

    try:
        return _read_sheets(path, name, wanted)
    except (calamine.PasswordError, LockedError):
        raise unreadable(name, _("is locked by a password; save it without one")) from None
    except SheetRefusedError:
        raise
    except NotLocatedError:
        raise unreadable(
            name, _("does not say where its failed formulas are; save it anew as .xlsx in a spreadsheet")
        ) from None
    except (MemoryError, TooFarError):
        raise unreadable(
            name, _("has a cell far away from all others, or is too large; delete what is empty")
        ) from None
    except BaseException as error:
        # A damaged file fails in any of three readers, in ways of their own; one is not even an Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise unreadable(name, _("is no workbook that can be read; save it anew as .xlsx")) from None


def _read_sheets(path: Path, name: str, wanted: str | None) -> list[Grid]:
    """Read the sheets that are wanted."""
    import python_calamine as calamine

    form = tell_format(path)
    if form is None:
        raise unreadable(name, _("is no workbook that can be read; save it anew as .xlsx"))
    if weigh(path) > MOST_BYTES:
        raise MemoryError
    if form == ODS:
        return _read_tables(open_tables(path), name, wanted)
    workbook, look = _open_book(path, form)
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    shown = choose_sheets(
        [(sheet.name, sheet.visible == calamine.SheetVisibleEnum.Visible) for sheet in sheets], name, wanted
    )
    others = [sheet.name for sheet in sheets if wanted is None and sheet.name not in shown]
    aside = tuple(other for other in others if workbook.get_sheet_by_name(other).start is not None)
    grids = [_read_grid(workbook, sheet, name, look(sheet)) for sheet in shown]
    return [grid._replace(hidden_sheets=aside) for grid in grids if grid is not None]


def choose_sheets(sheets: list[tuple[str, bool]], file: str, wanted: str | None) -> list[str]:
    """Choose the sheets to read, by their names and whether they are visible.

    Raises:
        SheetRefusedError: the one that is wanted is not there.
    """
    names = [name for name, _is_visible in sheets]
    if wanted is not None and wanted not in names:
        listed = _(", ").join(names)
        raise unreadable(file, _("has no sheet “{sheet}”, only: {listed}", sheet=wanted, listed=listed))
    return [name for name, is_visible in sheets if name == wanted or (wanted is None and is_visible)]


def _read_tables(tables: list[Table], file: str, wanted: str | None) -> list[Grid]:
    """Turn the sheets of an OpenDocument file, which are read already, into grids."""
    shown = choose_sheets([(table.name, not table.is_hidden) for table in tables], file, wanted)
    return [
        Grid(
            file=file,
            sheet=table.name,
            rows=fill_merged(table.unfold(), table.merges),
            height=table.height,
            merges=tuple(table.merges),
            hidden=table.hidden,
            hidden_sheets=tuple(t.name for t in tables if wanted is None and t.is_hidden and t.rows),
        )
        for table in tables
        if table.rows and table.name in shown
    ]


def _open_book(path: Path, form: str) -> tuple["Workbook", Callable[[str], Look]]:
    """Open a workbook, and return with it what looks at one of its sheets."""
    if form == XLSX:
        return _opened(path), xlsx.Looks(path).look
    if form == XLS:
        book = xls.open_book(path, _opened)
        return book, partial(book.look, path)
    return _opened(path), partial(xlsb.look, path)


def _opened(path: Path) -> "CalamineWorkbook":
    """Open the workbook by its name; else by what is in it: people rename .xls to .xlsx."""
    import python_calamine as calamine

    try:
        return calamine.load_workbook(path)
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, OSError):
        return calamine.load_workbook(BytesIO(path.read_bytes()))


def _read_grid(workbook: "Workbook", sheet: str, file: str, look: Look) -> Grid | None:
    read = workbook.get_sheet_by_name(sheet)
    if read.start is None and not look.flaws:
        return None
    merges = look.merges
    if merges is None:
        ranges = read.merged_cell_ranges or []
        merges = [Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]
    rows = _rows(read.iter_rows(), (read.start or (0, 0))[1], look)
    return Grid(
        file=file,
        sheet=sheet,
        rows=fill_merged(rows, merges),
        height=read.total_height,
        merges=tuple(merges),
        hidden=look.hidden,
    )


def _rows(rows: Iterable[list[Any]], left: int, look: Look) -> Iterator[SheetRow]:
    """Yield the rows that are not empty; the reader leaves out the empty columns on the left."""
    flaws, shown, values = by_row(look.flaws), by_row(look.shown), by_row(look.values)
    number = 0
    for number, read in enumerate(rows, start=1):
        cells = [""] * left + read if left else read
        its = flaws.pop(number, {})
        if its or number in values:
            put_right(cells, its, values.get(number, {}))
        if any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in cells):
            yield SheetRow(number, cells, (), its, shown.get(number, {}))
    for below in sorted(at for at in flaws if at > number):  # the reader saw nothing there
        cells = []
        put_right(cells, flaws[below], {})
        yield SheetRow(below, cells, (), flaws[below])


def put_right(cells: list[Any], flaws: Mapping[int, Flaw], values: Mapping[int, Any]) -> None:
    """Put into a row what the second look has seen there."""
    for column, value in (*values.items(), *((at, flaw.shown) for at, flaw in flaws.items())):
        cells += [""] * (column + 1 - len(cells))
        cells[column] = value


def by_row(places: Mapping[tuple[int, int], T]) -> dict[int, dict[int, T]]:
    """Sort what was seen at places by row, then by column."""
    rows: dict[int, dict[int, T]] = {}
    for (row, column), what in places.items():
        rows.setdefault(row, {})[column] = what
    return rows


def fill_merged(rows: Iterable[SheetRow], merges: list[Merge]) -> Iterator[SheetRow]:
    """Yield the rows, with a cell that is merged downwards repeated in each of its rows.

    What lies hidden under a merge to the right is taken away: nobody sees it.
    """
    begun: dict[int, list[Merge]] = {}
    for merge in merges:
        begun.setdefault(merge.top, []).append(merge)
    open_merges: list[tuple[Merge, Any]] = []
    for row in rows:
        open_merges = [(merge, cell) for merge, cell in open_merges if row.number <= merge.bottom]
        held = frozenset(merge.left for merge, _cell in open_merges)
        cells = row.cells
        for merge, cell in open_merges:
            cells += [""] * (merge.left + 1 - len(cells))
            cells[merge.left] = cell
        for merge in begun.get(row.number, ()):
            if merge.left < len(cells) and merge.bottom > merge.top:
                open_merges.append((merge, cells[merge.left]))
        for merge in (*begun.get(row.number, ()), *(merge for merge, _cell in open_merges)):
            for covered in range(merge.left + 1, min(merge.right + 1, len(cells))):
                cells[covered] = ""
        yield row._replace(held=held) if held else row
