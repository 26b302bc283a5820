"""The empty table of tasks as a workbook: what an office fills in, and a draft reads back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kfly.drafting.headings import (
    DUE,
    LEAD,
    LEADER,
    NUMBER,
    PARTIES,
    RESPONSIBLE,
    SUPPORT,
    TITLE,
    WEIGHT,
)
from kfly.drafting.names import Names
from kfly.locale import _
from kfly.plan.model import Name
from kfly.registry.sheets.sources import CHOICES, GUIDE
from kfly.registry.sheets.workbook_out import open_book
from kfly.workbook.book import Book, put_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROOM = 1000  # rows that offer the plan's organisations
SHEET = Name("重点工作分解表", "Tasks")
_GUIDE_WIDTH = 100  # characters
_FIRST = 3  # the row, counted from 0, that is filled in first


class FormColumn(NamedTuple):
    """A column of the form."""

    role: str
    heading: Name
    width: int  # characters
    example: str
    required: bool = False


COLUMNS = (
    FormColumn(NUMBER, Name("序号", "No."), 10, "1", required=True),
    FormColumn(TITLE, Name("内容", "Task"), 44, "改造楼宇10栋", required=True),
    FormColumn(LEAD, Name("牵头部门", "Lead"), 22, "", required=True),
    FormColumn(RESPONSIBLE, Name("责任部门", "Responsible"), 34, ""),
    FormColumn(SUPPORT, Name("配合单位", "Supporting"), 22, ""),
    FormColumn(DUE, Name("完成时限", "Due"), 16, "11月底前", required=True),
    FormColumn(LEADER, Name("分管领导", "Leader"), 14, ""),
    FormColumn(WEIGHT, Name("分值", "Weight"), 8, ""),
)


def write_form(stream: BinaryIO, names: Names, year: int) -> None:
    """Write the empty table of a year.

    Args:
        stream: where it is written.
        names: whose organisations the drop-downs offer.
        year: that its title names, by which a draft knows it.
    """
    known = [organisation.name for organisation in names.organisations]
    with open_book(stream) as book:
        sheet = book.add_sheet(SHEET.spoken)
        guide = book.add_sheet(GUIDE.spoken)
        choices = book.add_sheet(CHOICES)
        choices.hide()
        for row, name in enumerate(known):
            put_text(choices, row, 0, name)
        _draw(book, sheet, year, known)
        guide.set_column(0, 0, _GUIDE_WIDTH)
        for row, line in enumerate(_rules()):
            put_text(guide, row, 0, f"{row + 1}. {line}")


def _draw(book: Book, sheet: "Worksheet", year: int, known: Sequence[str]) -> None:
    """Draw the title, the headings, an example, and the drop-downs below."""
    put_text(sheet, 0, 0, _("Yearly table of tasks, {year}", year=year), book.title)
    example = book.look(font_color="#7F7F7F", italic=True, bg_color="#F2F2F2", num_format="@")
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, book.text)
        put_text(sheet, 1, at, column.heading.spoken, book.required if column.required else book.heading)
        put_text(sheet, _FIRST - 1, at, _write_example(column, known), example)
        if column.role in PARTIES and known:
            offered = {
                "validate": "list",
                "source": f"={CHOICES}!$A$1:$A${len(known)}",
                "error_type": "information",
                "error_title": column.heading.spoken,
                "error_message": _("Several are parted by commas; others must be added to the plan first."),
            }
            sheet.data_validation(_FIRST, at, _FIRST + ROOM, at, offered)
    sheet.freeze_panes(2, 2)
    book.set_page(sheet, [column.width for column in COLUMNS])
    sheet.set_selection(_FIRST, 0, _FIRST, 0)


def _write_example(column: FormColumn, known: Sequence[str]) -> str:
    if column.role == NUMBER:
        return _("Example: {value}", value=column.example)
    offers = {LEAD: known[:1], RESPONSIBLE: known[1:3]}
    return "、".join(offers.get(column.role, ())) or column.example


def _rules() -> tuple[str, ...]:
    return (
        _("Write one task a row, from the fourth row on; the grey row is an example and is never read."),
        _("The title names the year of the table; change it there for another year."),
        _("Choose organisations from the list; several in one cell are parted by commas."),
        _("Write deadlines as in a document: 6月底前, 2022年11月, 三季度."),
        _("“kfly draft FILE” reads the table back, “kfly load FILE” puts it in place."),
    )
