"""How the workbook looks: calm, in one blue, the lights as tints of a cell."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kfly.progress.lights import BLUE, GREEN, NONE, RED, YELLOW
from kfly.reports.papers.workbook.sheet import (
    DAY,
    MARK,
    NUMBER,
    PART,
    SHARE,
    TEXT,
    YEAR,
    Amount,
    Cell,
    Column,
)
from kfly.workbook.book import Book
from kfly.workbook.widths import LINE

if TYPE_CHECKING:
    from xlsxwriter.format import Format

DEEP, PALE, RULE = "#1F4E79", "#DDE7F3", "#C9D3DF"
TINTS = {
    RED: {"bg_color": "#F8D7DA", "font_color": "#9C0006"},
    YELLOW: {"bg_color": "#FFF2CC", "font_color": "#7F6000"},
    GREEN: {"bg_color": "#E2F0D9", "font_color": "#375623"},
    BLUE: {"bg_color": "#DDEBF7", "font_color": DEEP},
    NONE: {"bg_color": "#F3F6FA", "font_color": DEEP},
}
WHOLE, EXACT, ROUNDED = "whole", "exact", "rounded"  # numbers: without decimals, with all, with two
FINEST = 10**10  # steps of one that are written out: the fen of 亿元
_FORMS: dict[str, dict[str, Any]] = {
    TEXT: {"text_wrap": True, "indent": 1},
    MARK: {"text_wrap": True, "align": "center"},
    WHOLE: {"num_format": "#,##0"},
    EXACT: {"num_format": "#,##0.0#########"},
    ROUNDED: {"num_format": "#,##0.0#"},
    SHARE: {"num_format": "0%"},
    PART: {"num_format": "0.0%"},
    DAY: {"num_format": "yyyy-mm-dd", "align": "center"},
    YEAR: {"num_format": "0", "align": "center"},
}
LONGEST_FOOTER = 60  # signs of a name at the foot of a page


class Looks:
    """The looks of one workbook.

    Attributes:
        book: the workbook.
        footer: what stands at the foot of each page, beside its number.
        scales: how much larger than a cell's the letters of a line are.
    """

    def __init__(self, book: Book, footer: str) -> None:
        self.book = book
        self.footer = footer[:LONGEST_FOOTER].replace("&", "&&")
        self._line = line = {"bottom": 1, "bottom_color": RULE}
        self._amounts: dict[tuple[int, bool], Format] = {}
        self.title = book.look(bold=True, font_size=16, font_color=DEEP, text_wrap=True)
        self.told = book.look(font_color="#595959", text_wrap=True)
        self.caption = book.look(bold=True, font_size=12, font_color=DEEP, text_wrap=True)
        self.heading = book.look(
            bold=True, bg_color=PALE, text_wrap=True, border=1, border_color="#9DB2CC", align="center"
        )
        self.scales = {self.title: 1.6, self.caption: 1.2}
        self.tints = {code: book.file.add_format(look) for code, look in TINTS.items()}
        self._cells = {
            (form, bold): book.look(**look, **line, bold=bold)
            for form, look in _FORMS.items()
            for bold in (False, True)
        }
        self.text = self._cells[TEXT, False]

    def choose(self, column: Column, cell: Cell, *, bold: bool = False) -> "Format":
        """Choose the look of a cell."""
        if column.form != NUMBER:
            return self._cells[column.form, bold]
        if isinstance(cell, Amount):
            return self._show_places(cell.places, bold=bold)
        return self._cells[_choose_decimals(cell), bold]

    def _show_places(self, places: int, *, bold: bool) -> "Format":
        """Return the look of a number with so many decimals; each is made once."""
        if (look := self._amounts.get((places, bold))) is None:
            form = "#,##0" + "." * bool(places) + "0" * places
            look = self.book.look(num_format=form, **self._line, bold=bold)
            self._amounts[places, bold] = look
        return look

    def height_of(self, lines: int, look: "Format") -> float:
        """Return the height, in points, of so many lines in a look."""
        return LINE * lines * self.scales.get(look, 1)

    def make_box(self, light: str) -> "tuple[Format, Format]":
        """Make the looks of a figure in large digits: its name, and its digits."""
        tint = TINTS[light]
        name = self.book.look(**tint, align="center", top=2, top_color=tint["font_color"])
        return name, self.book.look(**tint, align="center", bold=True, font_size=20, num_format="#,##0")


def _choose_decimals(cell: Cell) -> str:
    """Choose how a number is shown, as everywhere: all its decimals if they end, else two."""
    if not isinstance(cell, Fraction) or cell.denominator == 1:
        return WHOLE
    return EXACT if (cell * FINEST).denominator == 1 else ROUNDED


def to_number(figure: int | Fraction) -> int | float:
    """Return a figure as a workbook keeps it."""
    return int(figure) if int(figure) == figure else float(figure)
