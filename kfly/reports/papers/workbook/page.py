"""A sheet being written from top to bottom, row by row, and what is printed of it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kfly.reports.papers.workbook.looks import Looks, to_number
from kfly.reports.papers.workbook.sheet import Amount, Cell
from kfly.workbook.book import A3, A4, excel_day, put_text
from kfly.workbook.widths import LINE, TALLEST, height_of, lines_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format

READABLE = 250  # characters of an A4 landscape page, at the smallest that is read without effort
INDENT = 1  # characters that a text stands off the edge of its cell
ABOVE_AND_BELOW = 3  # points of a row, beside its lines


class Page:
    """A sheet being written.

    Attributes:
        looks: those of the workbook.
        widths: of its columns, in characters.
        name: what its tab is called.
        row: the one that is written next.
    """

    def __init__(self, looks: Looks, name: str, widths: Sequence[float]) -> None:
        self.looks, self.widths, self.row = looks, widths, 0
        self.name = looks.book.free_name(name)
        self.sheet = looks.book.add_sheet(self.name)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def end_row(self, height: float) -> None:
        """End the row: it is so many points high."""
        self.sheet.set_row(self.row, min(height, TALLEST))
        self.row += 1

    def leave(self, rows: int, height: float = LINE) -> None:
        """Leave some rows empty."""
        for _each in range(rows):
            self.end_row(height)

    def put_line(self, text: str, look: "Format") -> None:
        """Write a text across the whole sheet, in as many lines as it needs."""
        width = sum(self.widths) / self.looks.scales.get(look, 1)
        self.put_across(0, len(self.widths) - 1, text, look)
        self.end_row(self.looks.height_of(lines_of(text, int(width)), look) + ABOVE_AND_BELOW)

    def put_across(self, first: int, last: int, text: str, look: "Format") -> None:
        """Write a text across some cells of the row."""
        self.join(first, last, look)
        put_text(self.sheet, row=self.row, column=first, text=text, look=look)

    def join(self, first: int, last: int, look: "Format") -> None:
        """Make one cell of some."""
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", look)

    def put_row(self, cells: "Sequence[tuple[Cell, Format]]") -> None:
        """Write a row, as high as its texts need."""
        lines = 1
        for place, (cell, look) in enumerate(cells):
            self._put(place, cell, look)
            if isinstance(cell, str):
                lines = max(lines, lines_of(cell, int(self.widths[place]) - INDENT))
        self.end_row(height_of(lines) + ABOVE_AND_BELOW)

    def _put(self, place: int, cell: Cell, look: "Format") -> None:
        """Write a cell: numbers as numbers, days as days, texts as nothing but texts."""
        if cell is None or cell == "":
            self.sheet.write_blank(self.row, place, None, look)
        elif isinstance(cell, str):
            put_text(self.sheet, row=self.row, column=place, text=cell, look=look)
        elif isinstance(cell, date):
            self.sheet.write_number(self.row, place, excel_day(cell.isoformat()) or 0, look)
        else:
            figure = cell.figure if isinstance(cell, Amount) else Fraction(cell)
            self.sheet.write_number(self.row, place, to_number(figure), look)

    def tint(self, first: int, column: int, word: str, code: str) -> None:
        """Colour the cells of a column, from a row to the last, that hold a word; it changes with them."""
        rule: dict[str, Any] = {"type": "text", "criteria": "containing", "value": word}
        rule["format"] = self.looks.tints[code]
        self.sheet.conditional_format(first, column, self.row - 1, column, rule)

    def set_print(self, heading: int | None = None, *, one_page_wide: bool = False) -> None:
        """Print on A4 landscape: all columns on a page where they can be read there, the headings on each.

        Args:
            heading: the row of the headings.
            one_page_wide: all columns on a page in any case, on A3 where they could not be read on A4.
        """
        sheet, pages = self.sheet, -(-int(sum(self.widths)) // READABLE)
        sheet.set_paper(A3 if one_page_wide and pages > 1 else A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.print_area(0, 0, max(self.row - 1, 0), len(self.widths) - 1)
        sheet.fit_to_pages(1 if one_page_wide else pages, 0)
        sheet.set_footer(f"&L&8{self.looks.footer}&R&8&P / &N")
        if heading is not None:
            sheet.repeat_rows(heading)

    def break_before(self, *rows: int, scale: int) -> None:
        """Begin a new page before each of some rows; what is fitted to its paper would take no breaks."""
        self.sheet.set_print_scale(scale)
        self.sheet.set_h_pagebreaks(rows)
