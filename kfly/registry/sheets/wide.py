"""Wide tables (宽表): a row an indicator, a column a period; how their headings are understood.

Nothing here knows of records: a table goes in as rows of cells, and comes out as columns with their days.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from kfly.locale import N_, _
from kfly.plan.deadlines.spans import Years
from kfly.plan.kinds import Kind
from kfly.plan.known_kinds import FIGURE_DAY, FIGURE_VALUE
from kfly.plan.model import Plan
from kfly.plan.signs import BLANKS
from kfly.registry.markers import is_ordinal
from kfly.registry.sheets.columns import MOST_UNKNOWN, explain_many_unknown
from kfly.registry.sheets.grid import Cell, Grid, SheetRow, text_of
from kfly.registry.sheets.headings import Headings, UnfitUnitError, find_heading, fold_heading
from kfly.registry.sheets.period_headings import find_years, fold_period, read_bare_year, read_period

_UNITS = frozenset(("单位", "计量单位", "unit"))
_NO_FIGURE = frozenset("-‐‑‒–—―─−/\\.·…⋯")  # what stands where there is none
# Where the year of headings comes from that name none themselves.
OWN, ABOVE, TITLE, SHEET, FILE, PLAN = "own", "above", "title", "sheet", "file", "plan"
SAID_BY = {
    OWN: N_("the headings"),
    ABOVE: N_("the line above the headings"),
    TITLE: N_("the title"),
    SHEET: N_("the sheet's name"),
    FILE: N_("the file's name"),
    PLAN: N_("the plan, which has no other"),
}


class PeriodColumn(NamedTuple):
    """A column of one period: where it is, and the last day that its figures speak of."""

    at: int
    day: date


class WideTable(NamedTuple):
    """What the headings of a wide table mean.

    Attributes:
        row: the row of the headings.
        width: how many columns have one.
        fields: the columns of fields, by name; those of value and day are not among them.
        unit: the column of units, if there is one.
        periods: the columns of periods, from left to right.
        loose: columns without a heading.
        wrong: what is wrong with a heading: its column, what it says, the message.
        said_by: who names the years, in the words above.
    """

    row: SheetRow
    width: int
    fields: Mapping[str, int]
    unit: int | None
    periods: Sequence[PeriodColumn]
    loose: Sequence[int]
    wrong: Sequence[tuple[int | None, str | None, str]]
    said_by: Sequence[str]


def find_wide_table(
    kind: Kind, grid: Grid, first: Sequence[SheetRow], plan: Plan, *, ignore_unknown: bool
) -> tuple[int, WideTable] | None:
    """Find the headings of a wide table of reported figures; None where a sheet is none.

    Args:
        kind: that of reported figures.
        grid: the sheet.
        first: its first rows.
        plan: whose years are meant.
        ignore_unknown: pass over columns whose heading is no field.

    Returns:
        at which of the first rows the headings stand, and what they mean.
    """
    words = Headings(kind)
    found = find_heading([*first], words, grid.merges)
    if found is None or {FIGURE_VALUE, FIGURE_DAY} & found[1]:
        return None
    at = _find_period_row(first, found[0], plan)
    if at is None:
        return None
    reader = _Reader(words, grid, first[: at + 1], plan)
    return at, reader.read(is_second=at > found[0], ignore_unknown=ignore_unknown)


def is_no_figure(text: str) -> bool:
    """Tell whether a cell says that there is no figure: —, …, /."""
    return _NO_FIGURE.issuperset(text)


def _find_period_row(first: Sequence[SheetRow], heading: int, plan: Plan) -> int | None:
    """Find the row that names the most periods: that of the other headings, or the one below it.

    A figure of 2000 in the row below looks like a year; so bare years there are none.
    """
    years = Years(plan.year_starts)
    upper = sum(read_period(cell, years) is not None for cell in first[heading].cells)
    below = first[heading + 1].cells if heading + 1 < len(first) else []
    lower = sum(not read_bare_year(cell) and read_period(cell, years) is not None for cell in below)
    if not upper and not lower:
        return None
    return heading + 1 if lower >= max(upper, 1) else heading


class _Reader:
    """Reads the headings of one wide table."""

    def __init__(self, words: Headings, grid: Grid, rows: Sequence[SheetRow], plan: Plan) -> None:
        self.words, self.grid, self.plan = words, grid, plan
        self.row, self.above = rows[-1], rows[:-1]
        self.fields: dict[str, int] = {}
        self.unit: int | None = None
        self.texts: list[str] = []
        self.periods: list[PeriodColumn] = []
        self.called: dict[date, str] = {}  # what the headings of their days say
        self.loose: list[int] = []
        self.wrong: list[tuple[int | None, str | None, str]] = []
        self.said_by: list[str] = []
        self.unknown: list[tuple[int, str]] = []
        self.undated: list[tuple[int, str]] = []

    def read(self, *, is_second: bool, ignore_unknown: bool) -> WideTable:
        """Read all headings; those that stand in the first of two rows are found there."""
        cells = list(self._list_headings(is_second=is_second))
        self.texts = [text_of(cell).strip(BLANKS) for cell in cells]
        while cells and not text_of(cells[-1]).strip(BLANKS):
            cells.pop()
        parents = self._spread_years(len(cells))
        year, said_by = self._find_year()
        for at, cell in enumerate(cells):
            self._read_one(at, cell, parents[at], year, said_by)
        if not ignore_unknown:
            self._say_unknown()
        if self.undated:
            at, text = self.undated[0]
            self.wrong.append((at, text, _explain_no_year()))
        return WideTable(
            row=self.row,
            width=len(cells),
            fields=self.fields,
            unit=self.unit,
            periods=self.periods,
            loose=self.loose,
            wrong=sorted(self.wrong, key=lambda one: -1 if one[0] is None else one[0]),
            said_by=list(dict.fromkeys(self.said_by)),
        )

    def _list_headings(self, *, is_second: bool) -> Iterator[Cell]:
        upper = self.above[-1].cells if is_second else []
        for at in range(max(len(self.row.cells), len(upper))):
            own = self.row.cells[at] if at < len(self.row.cells) else None
            yield own if text_of(own).strip(BLANKS) or at >= len(upper) else upper[at]

    def _read_one(self, at: int, cell: Cell, parent: int | None, year: int | None, said_by: str) -> None:
        text = self.texts[at]
        field = self._find_field(text)
        if field is not None:
            if field in self.fields:
                first = self.texts[self.fields[field]]
                self.wrong.append((at, text, _("means the same field as “{heading}”", heading=first)))
            self.fields.setdefault(field, at)
        elif fold_heading(text) in _UNITS:
            self.unit = at if self.unit is None else self.unit
        elif not fold_heading(text):
            self.loose.append(at)
        elif period := read_period(cell, Years(self.plan.year_starts, parent or year)):
            names_own = read_period(cell, Years(self.plan.year_starts))
            own = names_own is not None and names_own.day is not None
            self.said_by.append(OWN if own else ABOVE if parent else said_by)
            self._keep_period(at, text, period.day)
        elif not is_ordinal(text):
            self.unknown.append((at, text))

    def _say_unknown(self) -> None:
        if len(self.unknown) > MOST_UNKNOWN:
            texts = [text for _at, text in self.unknown]
            self.wrong.append((None, None, explain_many_unknown(self.words.kind, texts)))
            return
        self.wrong += [(at, text, self.words.unknown(text)[0]) for at, text in self.unknown]

    def _find_field(self, text: str) -> str | None:
        try:
            heading = self.words.read(text)
        except UnfitUnitError:
            return None
        return heading.field.name if heading else None

    def _keep_period(self, at: int, text: str, day: date | None) -> None:
        if day is None:
            self.undated.append((at, text))
        elif day in self.called:
            first = self.called[day]
            message = _("ends on the same day as “{heading}”; leave one of them", heading=first)
            self.wrong.append((at, text, message))
        else:
            self.called[day] = text
            self.periods.append(PeriodColumn(at, day))

    def _spread_years(self, width: int) -> list[int | None]:
        """Return the year above each column: it stands over all that follow, up to the next one."""
        cells = self.above[-1].cells if self.above else []
        years: list[int | None] = []
        for at in range(width):
            own = read_bare_year(cells[at]) if at < len(cells) else None
            years.append(own or (years[-1] if years else None))
        return years

    def _find_year(self) -> tuple[int | None, str]:
        """Find the year that is meant where no heading names one: the first that says only one decides."""
        names = self.plan.name
        titles = [text_of(cell) for row in self.above for cell in row.cells]
        sources = ((TITLE, titles), (SHEET, [self.grid.sheet or ""]), (FILE, [PurePath(self.grid.file).stem]))
        for said_by, texts in sources:
            if years := find_years(texts, names):
                return (years.pop(), said_by) if len(years) == 1 else (None, said_by)
        calendar = self.plan.calendar
        first, last = calendar.year_of(self.plan.starts), calendar.year_of(self.plan.ends)
        return (first, PLAN) if first == last else (None, PLAN)


def _explain_no_year() -> str:
    return _(
        "does not say of which year; write the year above the headings, into the title, the name of the sheet"
        " or of the file, or into each heading (2022年3月)"
    )


def is_repeated(row: SheetRow, table: WideTable) -> bool:
    """Tell whether a row is the headings once more, on the next page."""
    own = [fold_period(text_of(cell)) for cell in row.cells[: table.width]]
    return own == [fold_period(text_of(cell)) for cell in table.row.cells[: table.width]]
