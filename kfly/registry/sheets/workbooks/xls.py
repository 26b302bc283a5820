"""Excel 97 and before: xlrd reads the values; a walk through the records says what formulas have come to.

python-calamine is six times as fast and reads what xlrd stumbles over, but takes numbers for days, leaves out
formulas in records of older dialects and believes a code page where texts are Unicode: it is asked second.
"""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kfly.registry.sheets.grid import FAILED, UNCALCULATED, Cell, Flaw, Hidden, Merge
from kfly.registry.sheets.workbooks import biff, biff_tokens
from kfly.registry.sheets.workbooks.looks import Look, NotLocatedError, Place
from kfly.registry.sheets.workbooks.xls_formats import CellFormats, make_day

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook, SheetMetadata

_OLD_UNICODE = "gb18030"  # for the bytes that are left in workbooks of Unicode
_CHINESE = {None: "gb18030", 10008: "gb18030", 10002: "big5"}  # none is said; not known to xlrd


class OldBook:
    """A workbook as xlrd reads it, with the attributes of python-calamine's."""

    def __init__(self, book: Any, found: biff.Book) -> None:
        self.book = book
        self.found = found

    @property
    def sheets_metadata(self) -> "list[SheetMetadata]":
        """The sheets of cells."""
        import python_calamine as calamine

        seen = calamine.SheetVisibleEnum
        ways = (seen.Visible, seen.Hidden, seen.VeryHidden)
        return [
            calamine.SheetMetadata(name, calamine.SheetTypeEnum.WorkSheet, ways[way & 3])
            for name, way in zip(self.book.sheet_names(), _visibilities(self.book), strict=True)
        ]

    def get_sheet_by_name(self, name: str) -> "OldSheet":
        """Return a sheet."""
        return OldSheet(self.book, self.book.sheet_by_name(name))

    def look(self, _path: Path, name: str) -> Look:
        """Look at what stands in a sheet beside its values."""
        at = self.book.sheet_names().index(name)
        sheet = self.book.sheet_by_index(at)
        hidden = Hidden(
            frozenset(row + 1 for row, its in sheet.rowinfo_map.items() if its.hidden),
            frozenset(column for column, its in sheet.colinfo_map.items() if its.hidden),
        )
        merges = [Merge(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells]
        look = Look(merges, hidden)
        CellFormats(self.book).judge(sheet, look)
        look.flaws.update(find_flaws(self.found, at, lambda place: _is_empty_text(sheet, place)))
        return look


class OldSheet:
    """A sheet as xlrd reads it, with the attributes of python-calamine's."""

    merged_cell_ranges = None  # the look says them

    def __init__(self, book: Any, sheet: Any) -> None:
        self.mode = book.datemode
        self.sheet = sheet
        self.total_height: int = sheet.nrows

    @property
    def start(self) -> Place | None:
        """The first cell of all; None if every one is empty."""
        import xlrd

        empty = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
        is_empty = all(empty.issuperset(self.sheet.row_types(row)) for row in range(self.sheet.nrows))
        return None if is_empty else (0, 0)

    def iter_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows, the empty ones too."""
        import xlrd

        odd = {xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_ERROR}
        for row in range(self.sheet.nrows):
            types, values = self.sheet.row_types(row), self.sheet.row_values(row)
            if odd.isdisjoint(types):
                yield values
            else:
                yield [self._cell(*cell) for cell in zip(types, values, strict=True)]

    def _cell(self, sort: int, value: Any) -> Cell:
        import xlrd

        if sort == xlrd.XL_CELL_DATE:
            return make_day(value, self.mode)
        if sort == xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        return "" if sort == xlrd.XL_CELL_ERROR else value


class RescuedBook:
    """A workbook that xlrd stumbles over, as python-calamine reads it."""

    def __init__(self, book: "CalamineWorkbook", found: biff.Book) -> None:
        self.book = book
        self.found = found
        self.sheets_metadata = book.sheets_metadata
        self.get_sheet_by_name = book.get_sheet_by_name

    def look(self, _path: Path, name: str) -> Look:
        """Look at what formulas have come to: no more is known."""
        import python_calamine as calamine

        cells = [s.name for s in self.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
        if len(cells) != len(self.found.sheets):
            raise NotLocatedError(name)
        return Look(flaws=find_flaws(self.found, cells.index(name), lambda _place: False))


def open_book(path: Path, rescue: Callable[[Path], "CalamineWorkbook"]) -> OldBook | RescuedBook:
    """Open a workbook of Excel 97 or before.

    Args:
        path: where it lies.
        rescue: opens what xlrd stumbles over.

    Raises:
        OSError: it cannot be read.
        NotLocatedError: it can be read, but not where its formulas have failed.
        Exception: it cannot be read by either reader, or by none without mistakes.
    """
    found = _find_records(path)
    if found is not None:
        try:
            return OldBook(_open_with_xlrd(path, found), found)
        except Exception:  # noqa: S110  (of its many ways to stumble none matters, as long as the other reads)
            pass
    book = rescue(path)
    if found is None:
        raise NotLocatedError(path)
    if found.is_misread:
        raise ValueError(path)
    return RescuedBook(book, found)


def find_flaws(found: biff.Book, at: int, is_empty_text: biff_tokens.IsEmpty) -> dict[Place, Flaw]:
    """Find the formulas of a sheet that have failed, and those that were never calculated."""
    sheet = found.sheets[at]
    flaws = {place: Flaw(FAILED, shown) for place, shown in sheet.failed.items()}
    judged: dict[Place, bool] = {}

    def is_empty(place: Place) -> bool:
        if place not in sheet.empty:
            return is_empty_text(place)
        if place not in judged:
            judged[place] = False  # where formulas go round in a circle
            tokens = sheet.empty[place]
            if shared := biff_tokens.points_to(tokens):
                tokens = sheet.shared.get(shared, b"")
            judged[place] = biff_tokens.may_be_empty(tokens, is_empty)
        return judged[place]

    for place in sheet.empty:
        if not (found.was_calculated and is_empty(place)):
            flaws[place] = Flaw(UNCALCULATED, "")
    return flaws


def _find_records(path: Path) -> biff.Book | None:
    try:
        return biff.read_book(path)
    except OSError:
        raise
    except Exception:
        return None


def _open_with_xlrd(path: Path, found: biff.Book) -> Any:
    import xlrd

    is_unicode = found.dialect == biff.UNICODE
    book = xlrd.open_workbook(
        file_contents=path.read_bytes(),
        encoding_override=_OLD_UNICODE if is_unicode else _CHINESE.get(found.code_page),
        formatting_info=True,
        ragged_rows=True,
        ignore_workbook_corruption=True,
        logfile=StringIO(),
    )
    if book.nsheets != len(found.sheets):
        raise ValueError(path)
    return book


def _visibilities(book: Any) -> list[int]:
    return [sheet.visibility for sheet in book.sheets()]


def _is_empty_text(sheet: Any, place: Place) -> bool:
    import xlrd

    row, column = place[0] - 1, place[1]
    if row >= sheet.nrows or column >= sheet.row_len(row):
        return False
    return sheet.cell(row, column).ctype == xlrd.XL_CELL_TEXT and not sheet.cell_value(row, column)
