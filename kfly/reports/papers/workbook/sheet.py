"""What stands on a sheet of the workbook, before it is written: columns, rows, and how each is shown."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.model import AWARD, WARNING
from kfly.progress.lights import BLUE, GREEN, RED, YELLOW
from kfly.progress.states import DONE, OVERDUE
from kfly.reports import words
from kfly.reports.digits import AS_GIVEN, Digits
from kfly.workbook.widths import WIDEST

HUNDREDTHS = 100
TEXT, MARK, NUMBER, SHARE, PART, DAY, YEAR = "text", "mark", "number", "share", "part", "day", "year"


class Amount(NamedTuple):
    """A number that is shown with so many decimals, and kept whole."""

    figure: Fraction
    places: int


Cell = str | int | Fraction | Amount | date | None


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        heading: with the unit, where all its numbers have the same one.
        form: how its cells are shown: ``TEXT``, ``MARK`` (a short one, centred), ``NUMBER``, ``SHARE`` (of 1,
            in whole percents, with a bar), ``PART`` (the same to a tenth), ``DAY``, ``YEAR``.
        tints: the colour of a cell by a word that it holds; it changes with the word.
        widest: characters that it may take.
    """

    heading: str
    form: str = TEXT
    tints: Mapping[str, str] = {}
    widest: int = WIDEST


class Table(NamedTuple):
    """A table.

    Attributes:
        columns: its columns.
        rows: a cell for each column.
        caption: what stands above it; empty for the first of a sheet, which the sheet's own title tells.
        total: a last row in bold; None without one.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    total: Sequence[Cell] | None = None


class View(NamedTuple):
    """A sheet.

    Attributes:
        name: what its tab is called.
        title: what stands on top of it.
        tables: the first has the frozen headings and the filter.
        told: lines below the title.
        held: columns at the left that stay in sight.
        is_one_page_wide: it is printed with all its columns on a page, on A3 where A4 is too small to read.
    """

    name: str
    title: str
    tables: Sequence[Table]
    told: Sequence[str] = ()
    held: int = 0
    is_one_page_wide: bool = False


def make_amount(figure: Fraction | None, digits: Digits) -> Cell:
    """Make the cell of a figure; what is not rounded anywhere is a plain number."""
    if figure is None or digits == AS_GIVEN:
        return figure
    return Amount(figure, digits.count(figure))


def make_promised(amount: Fraction, digits: Digits) -> Cell:
    """Make the cell of what is promised, which is not rounded."""
    if digits == AS_GIVEN:
        return amount
    return Amount(amount, len(digits.write_goal(amount).partition(".")[2]))


def cut_to_percents(share: Fraction | None) -> Fraction | None:
    """Cut a share to whole percents, as every view writes it: a spreadsheet would round 99.5 % up to all."""
    return None if share is None else Fraction(int(share * HUNDREDTHS), HUNDREDTHS)


def tint_lights() -> dict[str, str]:
    """Return the colours of lights by their words."""
    return {words.light_word(code): code for code in (RED, YELLOW, GREEN, BLUE)}


def tint_states() -> dict[str, str]:
    """Return the colours of the states of a task by their words."""
    return {words.state(DONE): GREEN, words.state(OVERDUE): RED}


def tint_outcomes() -> dict[str, str]:
    """Return the colours of the outcomes of an evaluation by their words."""
    return {words.outcome(AWARD): GREEN, words.outcome(WARNING): RED}


def with_unit(label: str, unit: str) -> str:
    """Write a heading with the unit of its numbers."""
    return _("{label} ({unit})", label=label, unit=unit) if unit else label
