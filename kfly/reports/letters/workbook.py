"""A letter's rows as a workbook, for whoever sorts and passes them on."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import xlsxwriter

from kfly.console.widths import count_cells
from kfly.locale import _
from kfly.reports import words
from kfly.reports.letters.letter import Letter
from kfly.reports.supervision import Reported

WIDTHS = (8, 9, 42, 18, 30, 12, 14, 40, 40, 12)  # characters
A4 = 9  # Excel's number for the paper
FIRST_ROW = 2  # below the title and the headings
DUE = 5  # the column of the day
LINE, TALLEST = 16.5, 409.0  # points of a line of Chinese at 10 points, and of a row


def make_workbook(letter: Letter) -> bytes:
    """Make the ``.xlsx``: one sheet, a row each, in the letter's order; nothing in it is a formula."""
    made = BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    look = {"font_size": 10, "valign": "top", "text_wrap": True}
    heading = book.add_format({**look, "bold": True, "bg_color": "#DDE7F3", "border": 1})
    cell, day = book.add_format(look), book.add_format({**look, "num_format": "yyyy-mm-dd", "align": "left"})
    sheet = book.add_worksheet(_("Supervision report"))
    sheet.write_string(0, 0, letter.subject, book.add_format({"bold": True, "font_size": 12}))
    for column, (title, width) in enumerate(zip(list_headings(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, title, heading)
    sheet.set_row(0, LINE * 1.5)
    sheet.set_row(1, _height(list_headings()))
    for number, (entry, mark) in enumerate(_rows(letter), FIRST_ROW):
        cells = (*_cells(entry), mark)
        sheet.set_row(number, _height(cells))
        for column, value in enumerate(cells):
            sheet.write_string(number, column, value, cell)
        if entry.due is not None:
            sheet.write_datetime(number, DUE, entry.due, day)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    book.close()
    return made.getvalue()


def list_headings() -> tuple[str, ...]:
    """Return the headings of the columns."""
    return (
        *(_("Light"), _("No."), _("Task"), _("Lead"), _("Responsible"), _("Due"), _("Days"), _("Missing")),
        *(_("Last feedback"), _("Since the last letter")),
    )


def _rows(letter: Letter) -> Iterator[tuple[Reported, str]]:
    """Yield all tasks and targets, also those for which the letter itself has no room, with their marks."""
    for section in letter.sections:
        yield from ((entry, letter.mark(section, entry)) for entry in section.entries)


def _height(cells: Iterable[str]) -> float:
    """Return the height of a row, in points: LibreOffice and WPS do not find it when they open a file."""
    return min(max(map(_count_lines, cells, WIDTHS)) * LINE, TALLEST)


def _count_lines(value: str, width: int) -> int:
    """Count the lines that a text takes; a Chinese sign is as wide as two others."""
    return sum(max(-(-count_cells(line) // width), 1) for line in value.split("\n"))


def _cells(entry: Reported) -> tuple[str, ...]:
    number = entry.number or _("target")
    expected = [_("expected {amount}", amount=entry.expected)] if entry.expected else []
    figures = [_("; ").join([entry.figures, *expected])] if entry.figures else []
    return (
        *(entry.light_words, number, entry.title, entry.lead, entry.responsible),
        *(words.due(entry.due), entry.days, "\n".join([*figures, *entry.missing]), entry.note),
    )
