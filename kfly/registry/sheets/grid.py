"""A sheet as it was found: rows of cells, numbered as a spreadsheet numbers them."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from kfly.locale import N_
from kfly.registry.values import EXACT

Cell = str | float | bool | date | datetime | time | timedelta | None  # as a file keeps it


class Merge(NamedTuple):
    """Cells joined into one; rows count from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


class Flaw(NamedTuple):
    """Why a cell cannot be taken for what it seems to say."""

    why: str  # one of the words below
    shown: str  # what the sheet shows there


FAILED, UNCALCULATED = "failed", "uncalculated"  # formulas: come to nothing, without a stored result
RAISED, STRUCK = "raised", "struck"  # parts of a text: footnote marks, what was crossed out
NESTED = "nested"  # a table within the cell
MISREAD, UNASSIGNED = "misread", "unassigned"  # texts whose bytes were read in the wrong encoding
FLAWS = {
    FAILED: N_("is a formula that has failed; put its value there"),
    UNCALCULATED: N_(
        "is a formula whose result is not in the file; open the file in a spreadsheet and save it anew"
    ),
    RAISED: N_("is partly raised or lowered, as footnote marks are; leave only what is meant"),
    MISREAD: N_("was read in the wrong encoding; enter it anew, and save the file as “CSV UTF-8”"),
    UNASSIGNED: N_("holds a sign that only some fonts know; enter the sign itself, and save as “CSV UTF-8”"),
    STRUCK: N_("is crossed out, in whole or in part; leave only what still holds"),
    NESTED: N_("holds a table of its own; put its value there"),
}


class SheetRow(NamedTuple):
    """A row that is not empty."""

    number: int  # the first is 1
    cells: list[Cell]
    held: Container[int] = ()  # columns whose value is only that of a cell merged down to here
    flaws: Mapping[int, Flaw] = {}  # by column
    shown: Mapping[int, str] = {}  # by column: numbers whose format gives them a unit


class Hidden(NamedTuple):
    """What a sheet hides: rows counted from 1, columns from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


NOTHING_HIDDEN = Hidden()


class Grid(NamedTuple):
    """One sheet of a file."""

    file: str
    sheet: str | None  # None where the format knows no sheets
    rows: Iterable[SheetRow]  # to be walked through once; empty ones are left out
    height: int  # about how many there are, for a progress bar
    merges: tuple[Merge, ...] = ()
    kind: str | None = None  # where the file says whose records they are
    hidden: Hidden = NOTHING_HIDDEN
    hidden_sheets: tuple[str, ...] = ()  # of the whole file; they were not read
    other_sheets: tuple[str, ...] = ()  # with the headings that this one has; they are not read either


def text_of(cell: Cell) -> str:
    """Return a cell as a person would type it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _digits(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    return "" if cell is None else str(cell)


def _digits(number: float) -> str:
    """Return a number as a spreadsheet shows it: to 15 digits, so that 3 × 3.3 is 9.9."""
    if not isfinite(number):
        return str(number)
    if abs(number) > EXACT:
        return f"{number:.14e}"  # what it was typed as is lost; no field takes this
    return str(int(number)) if number == int(number) else f"{Decimal(f'{number:.15g}'):f}"


def column_letter(column: int) -> str:
    """Return the letter of a column, counted from 0: A to Z, then AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
