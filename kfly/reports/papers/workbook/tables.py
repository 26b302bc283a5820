"""The sheets of the views: a title, tables below each other, the first with frozen headings and a filter."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from kfly.locale import format_number
from kfly.reports.digits import Digits
from kfly.reports.papers.workbook.looks import Looks
from kfly.reports.papers.workbook.page import Page
from kfly.reports.papers.workbook.sheet import PART, SHARE, Amount, Cell, Table, View
from kfly.workbook.book import make_safe
from kfly.workbook.widths import LINE, SAMPLE, text_width

BAR = {
    "type": "data_bar",
    "bar_color": "#9DC3E6",
    "bar_solid": True,
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 1,
}
NARROWEST, HEADING = 7, 12  # characters of a column, and of a heading, which takes several lines
ROOM = 3  # characters that a column is wider than what stands in it, for the filter's arrow


class Placed(NamedTuple):
    """Where a table has come to stand: for charts and formulas that refer to it."""

    sheet: str
    first: int  # row
    last: int

    @property
    def heading(self) -> int:
        """The row of its headings."""
        return self.first - 1

    def refer(self, column: int) -> list[str | int]:
        """Return the reference to a column of it, as XlsxWriter takes it."""
        return [self.sheet, self.first, column, self.last, column]

    def spell(self, column: int) -> str:
        """Return the same as a formula has it: 'Targets'!$B$4:$B$20."""
        last = max(self.last, self.first)  # of an empty table the row below its headings
        return f"{quote_sheetname(self.sheet)}!{xl_range_abs(self.first, column, last, column)}"


def add_view(looks: Looks, view: View) -> Placed:
    """Add a sheet, and return where its first table stands."""
    page = Page(looks, view.name, _measure(view.tables))
    page.put_line(view.title, looks.title)
    page.put_line("\n".join(view.told), looks.told)
    places = [_put_table(page, table) for table in view.tables]
    first = places[0]
    page.sheet.freeze_panes(first.first, view.held)
    columns = len(view.tables[0].columns)
    page.sheet.autofilter(first.heading, 0, max(first.last, first.first), columns - 1)
    heading = first.heading if len(places) == 1 else None  # others have headings of their own
    page.set_print(heading=heading, one_page_wide=view.is_one_page_wide)
    return first


def _put_table(page: Page, table: Table) -> Placed:
    """Write a table, its caption above it."""
    looks = page.looks
    if table.caption:
        page.end_row(LINE)
        page.put_line(table.caption, looks.caption)
    page.put_row([(column.heading, looks.heading) for column in table.columns])
    first = page.row
    for cells in table.rows:
        _put_cells(page, table, cells)
    if table.rows:
        _add_rules(page, table, first)
    placed = Placed(page.name, first, page.row - 1)
    if table.total is not None:
        _put_cells(page, table, table.total, bold=True)
    return placed


def _put_cells(page: Page, table: Table, cells: Sequence[Cell], *, bold: bool = False) -> None:
    pairs = zip(table.columns, cells, strict=True)
    page.put_row([(cell, page.looks.choose(column, cell, bold=bold)) for column, cell in pairs])


def _add_rules(page: Page, table: Table, first: int) -> None:
    """Add the rules that draw bars and colour cells by what they hold, whoever changes that."""
    for place, column in enumerate(table.columns):
        if column.form in (SHARE, PART):
            page.sheet.conditional_format(first, place, page.row - 1, place, dict(BAR))
        for word, code in column.tints.items():
            page.tint(first, place, word, code)


def _measure(tables: Sequence[Table]) -> list[int]:
    """Find the width of each column that suits all tables of a sheet."""
    widths = [NARROWEST] * max(len(table.columns) for table in tables)
    for table in tables:
        for place, column in enumerate(table.columns):
            heading = min(text_width(column.heading), HEADING) + ROOM
            rows = [*islice(table.rows, SAMPLE), *([table.total] if table.total else [])]
            cells = (_show(row[place]) for row in rows)
            widest = max([heading, *(text_width(make_safe(text)) + ROOM for text in cells)])
            widths[place] = max(widths[place], min(widest, column.widest))
    return widths


def _show(cell: Cell) -> str:
    """Return a cell about as it will look."""
    if cell is None:
        return ""
    if isinstance(cell, Amount):
        return Digits(cell.places, cell.places, exact=False).write(cell.figure)
    return format_number(Fraction(cell)) if isinstance(cell, int | Fraction) else str(cell)
