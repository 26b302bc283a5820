"""What the formats of Excel 97 make of cells: days and lengths of time, units, texts crossed out."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from kfly.registry.sheets.grid import STRUCK, Cell, Flaw, text_of
from kfly.registry.sheets.workbooks.looks import Look, Place
from kfly.registry.sheets.workbooks.number_formats import gives_unit, show_with_unit
from kfly.registry.sheets.workbooks.rich_texts import PLAIN, Marks, Run, cut_runs, judge_runs

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.')
_RAISED, _LOWERED = 1, 2
_LATE = timedelta(days=1462)  # between the first days of the two calendars
_FALSE_LEAP_DAY = 60  # 1900-02-29, which there was not


class _Odd(NamedTuple):
    """What is of interest in the format of a cell."""

    code: str | None  # gives a unit
    is_elapsed: bool  # a length of time
    is_struck: bool


class CellFormats:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        odd = ((at, self._read(form)) for at, form in enumerate(book.xf_list))
        self.odd = {at: format_ for at, format_ in odd if any(format_)}

    def _read(self, form: Any) -> _Odd:
        kept = self.book.format_map.get(form.format_key)
        code = kept.format_str if kept else ""
        return _Odd(
            code if gives_unit(code) else None,
            bool(_ELAPSED.search(_QUOTED.sub("", code))),
            self._marks(form.font_index).is_struck,
        )

    def _marks(self, number: int) -> Marks:
        """Tell how a font is set; one that is not there is plain."""
        if number >= len(self.book.font_list):
            return PLAIN
        font = self.book.font_list[number]
        return Marks(font.escapement == _RAISED, font.escapement == _LOWERED, bool(font.struck_out))

    def judge(self, sheet: Any, look: Look) -> None:
        """Note what the formats say of the cells of a sheet."""
        for (row, column), runs in sheet.rich_text_runlist_map.items():
            if flaw := judge_runs(self._runs(sheet, row, column, runs)):
                look.flaws[row + 1, column] = flaw
        for row in range(sheet.nrows if self.odd else 0):
            for column in range(sheet.row_len(row)):
                if odd := self.odd.get(sheet.cell_xf_index(row, column)):
                    self._judge_cell(sheet.cell(row, column), odd, (row + 1, column), look)

    def _judge_cell(self, cell: Any, odd: _Odd, place: Place, look: Look) -> None:
        import xlrd

        is_day = cell.ctype == xlrd.XL_CELL_DATE
        if odd.is_struck and place not in look.flaws:
            text = text_of(make_day(cell.value, self.book.datemode) if is_day else cell.value)
            if text.strip():
                look.flaws[place] = Flaw(STRUCK, text)
        elif odd.is_elapsed and (is_day or cell.ctype == xlrd.XL_CELL_NUMBER):
            look.values[place] = _make_length(cell.value)
        elif cell.ctype == xlrd.XL_CELL_NUMBER and odd.code:
            shown = show_with_unit(cell.value, odd.code)
            look.shown.update({place: shown} if shown else {})

    def _runs(self, sheet: Any, row: int, column: int, begun: list[tuple[int, int]]) -> Iterator[Run]:
        """Yield the runs of a text."""
        first = self.book.xf_list[sheet.cell_xf_index(row, column)].font_index
        marked = [(start, self._marks(number)) for start, number in begun]
        return cut_runs(sheet.cell_value(row, column), self._marks(first), marked)


def make_day(serial: float, mode: int) -> Cell:
    """Make a day, a moment or a time of day of a number; what is none of them stays the number.

    Args:
        serial: days since 1899-12-30.
        mode: 1 where they are counted from 1904, as old Macs did.
    """
    if serial < 0:
        return serial
    if serial < 1:
        return (datetime.min + _make_length(serial)).time()
    start = datetime(1899, 12, 30 if serial >= _FALSE_LEAP_DAY or mode else 31)
    try:
        moment = start + (_LATE if mode else timedelta()) + _make_length(serial)
    except OverflowError:
        return serial
    return moment.date() if moment.time() == time() else moment


def _make_length(days: float) -> timedelta:
    """Make a length of time, to the thousandth of a second."""
    return timedelta(milliseconds=round(days * 86_400_000))
