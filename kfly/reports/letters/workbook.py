"""A letter's rows as a workbook, for whoever sorts and passes them on."""

from io import BytesIO

import xlsxwriter

from kfly.locale import _
from kfly.reports.letters.letter import Letter
from kfly.reports.supervision import ReportedTask

WIDTHS = (8, 9, 42, 18, 30, 12, 14, 40, 40)  # characters
A4 = 9  # Excel's number for the paper
FIRST_ROW = 2  # below the title and the headings
DUE = 5  # the column of the day


def make_workbook(letter: Letter) -> bytes:
    """Make the ``.xlsx``: one sheet, a row a task, in the letter's order; nothing in it is a formula."""
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
    entries = [entry for section in letter.sections for entry in section.entries]
    for number, entry in enumerate(entries, FIRST_ROW):
        for column, value in enumerate(_cells(entry)):
            sheet.write_string(number, column, value, cell)
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
        _("Last feedback"),
    )


def _cells(entry: ReportedTask) -> tuple[str, ...]:
    return (
        *(entry.light_words, entry.number, entry.title, entry.lead, entry.responsible),
        *(entry.due.isoformat(), entry.days, "\n".join(entry.missing), entry.note),
    )
