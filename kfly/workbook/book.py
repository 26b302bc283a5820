"""A workbook being written: its looks, its sheets, and cells that hold nothing but what they show."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO

import xlsxwriter

from kfly.errors import KflyError
from kfly.locale import _, language
from kfly.plan.kinds import Field, Value
from kfly.workbook.names import LONGEST_TITLE, sheet_title
from kfly.workbook.widths import height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT = {"zh": "微软雅黑", "en": "Calibri"}
MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_576  # of a cell, of a sheet, says Excel
A3 = 8  # Excel's number for the paper
A4, PAGE = 9, 170  # and for this one; the characters that can be read on its width
MOST_REMEMBERED = 5000  # days: an export has few, over and over
DAY_ZERO = date(1899, 12, 30).toordinal()  # Excel counts days from here
NO_DAY = 60  # and it counts a 29 February 1900, which never was


class Book:
    """A workbook being written, and its looks."""

    def __init__(self, stream: BinaryIO, folder: str, *, row_by_row: bool = False) -> None:
        self.file = xlsxwriter.Workbook(stream, {"constant_memory": row_by_row, "tmpdir": folder})
        self.file.set_properties({"comments": "kfly"})
        font = {"font_name": FONT[language()], "font_size": 10, "valign": "vcenter"}
        self.file.formats[0].set_font_name(FONT[language()])
        self.file.formats[0].set_font_size(10)
        self._font = font
        self.heading = self.look(
            bold=True, bg_color="#DDE7F3", border=1, border_color="#9DB2CC", text_wrap=True
        )
        self.required = self.look(
            bold=True,
            bg_color="#1F4E79",
            font_color="#FFFFFF",
            border=1,
            border_color="#9DB2CC",
            text_wrap=True,
        )
        self.title = self.look(bold=True, font_size=12)
        self.text = self.look(num_format="@", text_wrap=True)
        self.day = self.look(num_format="yyyy-mm-dd", align="left")
        self.moment = self.look(num_format="yyyy-mm-dd hh:mm", align="left")
        self.whole = self.look(num_format="#,##0")
        self.decimal = self.look(num_format="#,##0.0#########")
        self.year = self.look(num_format="0")
        self.lines = 1  # that the row being written takes

    def look(self, **properties: Any) -> "Format":
        """Add a format in the workbook's own font."""
        return self.file.add_format({**self._font, **properties})

    def free_name(self, wanted: str) -> str:
        """Find a name that Excel takes for a sheet, and that no other has."""
        name = sheet_title(wanted)
        taken = {sheet.name.casefold() for sheet in self.file.worksheets()}
        tries = (f"{name[: LONGEST_TITLE - 3]} {n}" for n in count(2))
        return name if name.casefold() not in taken else next(t for t in tries if t.casefold() not in taken)

    def add_sheet(self, name: str) -> "Worksheet":
        """Add a sheet of this name."""
        return self.file.add_worksheet(name)

    def set_page(self, sheet: "Worksheet", widths: Sequence[int]) -> None:
        """Set the page to A4, headings on every page, all columns on one where that can still be read."""
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        if sum(widths) <= PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0)

    def height(self) -> float:
        """Return the height, in points, of the row just written; the next one starts with a single line.

        Excel finds it by itself when it opens a file, LibreOffice and WPS do not.
        """
        height, self.lines = height_of(self.lines), 1
        return height

    def writer(
        self, sheet: "Worksheet", column: int, field: Field, width: int
    ) -> Callable[[int, Value], None]:
        """Return what writes a field's shown values: numbers as numbers, days as days, text as only text.

        It raises KflyError for a text that is longer than a cell can hold.
        """
        number = self.year if field.type == "year" else None
        put, look, narrow = sheet.write_string, self.text, width // 2

        def write_words(row: int, value: Value) -> None:
            text = str(value)
            written = (
                write_text(sheet, row=row, column=column, text=text, look=look)
                if text[:1] == "<"
                else put(row, column, text, look)
            )
            if written < 0:
                raise _too_long(field, text)
            if "\n" in text or (len(text) > narrow and len(text.encode("gb18030", "replace")) > width):
                self.lines = max(self.lines, lines_of(text, width))

        def write_day(row: int, value: Value) -> None:
            day = excel_day(str(value))
            if day is None:  # masked
                write_words(row, value)
            else:
                sheet.write_number(row, column, day, self.day)

        def write_number(row: int, value: Value) -> None:
            if isinstance(value, str):  # masked
                write_words(row, value)
            elif value is not None:
                look = number or (self.whole if value == int(value) else self.decimal)
                sheet.write_number(row, column, value, look)

        return write_day if field.type == "date" else write_number if field.numeric else write_words


def _too_long(field: Field, text: str) -> KflyError:
    return KflyError(
        _(
            "{label} has a text of {n} characters, and a cell holds {most}; export to .json.",
            label=field.label.spoken,
            n=len(text),
            most=MOST_CHARACTERS,
        )
    )


def make_safe(text: str) -> str:
    """Make a text fit for a workbook: no lone surrogates, no more than a cell's characters."""
    return text[:MOST_CHARACTERS].encode(errors="replace").decode()


def put_text(sheet: "Worksheet", row: int, column: int, text: str, look: "Format | None" = None) -> None:
    """Write a text as nothing but text, and cut what is too long for a cell."""
    write_text(sheet, row=row, column=column, text=make_safe(text), look=look)


def write_text(sheet: "Worksheet", row: int, column: int, text: str, look: "Format | None") -> int:
    """Write a text as nothing but text; return a negative number when it is too long for a cell."""
    if text.startswith("<r>") and text.endswith(
        "</r>"
    ):  # XlsxWriter takes it for markup, unless it has parts
        return int(sheet.write_rich_string(row, column, look, text[:3], look, text[3:], look))
    return int(sheet.write_string(row, column, text, look))


@lru_cache(MOST_REMEMBERED)
def excel_day(day: str) -> int | None:
    """Return a day (2022-03-01) as Excel counts it; None for what is no day."""
    try:
        number = date.fromisoformat(day).toordinal() - DAY_ZERO
    except ValueError:
        return None
    return number if number > NO_DAY else number - 1
