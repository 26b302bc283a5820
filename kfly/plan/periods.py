"""Years, halves, quarters and months of a plan, whose year need not begin on 1 January."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

YEAR, HALF, QUARTER, MONTH = "year", "half", "quarter", "month"
MONTHS = {YEAR: 12, HALF: 6, QUARTER: 3, MONTH: 1}  # how long each is
PERIODS = tuple(MONTHS)
_LETTERS = {HALF: "H", QUARTER: "Q"}
_LABEL = re.compile(
    r"(?P<year>\d{4})(?P<next>/\d{2})?(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?",
    re.ASCII,
)
_DAY = timedelta(days=1)
_CENTURY = 100


class Period(NamedTuple):
    """A part of a plan's run.

    Attributes:
        every: how long it is: one of PERIODS.
        year: the plan's year it belongs to, by the calendar year in which that begins.
        label: ``2022``, ``2022H1``, ``2022Q3``, ``2022-07``; ``2024/25`` where years begin elsewhere.
        first: its first day in the plan.
        last: its last day in the plan.
    """

    every: str
    year: int
    label: str
    first: date
    last: date


class Calendar(NamedTuple):
    """A plan's run, and the month in which its years begin.

    Attributes:
        starts: the plan's first day.
        ends: its last day.
        year_starts: the month on whose first day its years begin: 4 for a year from 1 April on.
    """

    starts: date
    ends: date
    year_starts: int = 1

    @property
    def is_plain(self) -> bool:
        """Whether its years are those of the calendar."""
        return self.year_starts == 1

    def year_of(self, day: date) -> int:
        """Return the year a day belongs to, by the calendar year in which it begins."""
        return day.year if day.month >= self.year_starts else day.year - 1

    def begin_year(self, year: int) -> date:
        """Return the first day of a year, whatever the plan's run."""
        return date(min(max(year, 1), date.max.year), self.year_starts, 1)

    def year_window(self, year: int) -> tuple[date, date]:
        """Return the first and the last day of a year, cut to the plan's run.

        For a year outside the plan the last day lies before the first: nothing counts in it.
        """
        return max(self.begin_year(year), self.starts), min(self.begin_year(year + 1) - _DAY, self.ends)

    def label_year(self, year: int) -> str:
        """Write a year: 2024, or 2024/25 where it ends in another one of the calendar."""
        return str(year) if self.is_plain else f"{year}/{(year + 1) % _CENTURY:02d}"

    def list_periods(self, every: str) -> list[Period]:
        """List the periods of the plan's run, in order; the first and the last may be cut."""
        return list(_list_periods(self, every))

    def find_period(self, every: str, day: date) -> Period:
        """Find the period of a day; of a day outside the plan the first or the last."""
        periods = _list_periods(self, every)
        return next((period for period in reversed(periods) if period.first <= day), periods[0])

    def find_end(self, period: Period) -> date:
        """Find the last day of a period, which may lie after the plan's end."""
        begins = [
            _add_months(self.begin_year(period.year), months) for months in range(0, 12, MONTHS[period.every])
        ]
        first = max(begin for begin in begins if begin <= period.last)
        return _add_months(first, MONTHS[period.every]) - _DAY

    def read_period(self, text: str) -> Period | None:
        """Read a period as plan files write it; None when the text is none, or lies outside the plan.

        The short year of ``2024/25`` may be left out: ``2024Q3``.
        """
        match = _LABEL.fullmatch(text)
        if match is None or (match["next"] and not self._is_next(match)):
            return None
        every = HALF if match["half"] else QUARTER if match["quarter"] else MONTH if match["month"] else YEAR
        wanted = text.replace(match["next"] or "", "", 1)
        return next((p for p in self.list_periods(every) if self._shorten(p) == wanted), None)

    def _is_next(self, match: re.Match[str]) -> bool:
        """Tell whether what stands behind the slash is the year that follows, in a plan of such years."""
        follows = f"/{(int(match['year']) + 1) % _CENTURY:02d}"
        return match["next"] == follows and not self.is_plain and not match["month"]

    def _shorten(self, period: Period) -> str:
        return re.sub(r"/\d{2}", "", period.label)

    def divide(self, year: int, every: str) -> Iterator[Period]:
        """Yield the periods of a year, cut to the plan's run; those outside end before they begin."""
        months = MONTHS[every]
        for number in range(12 // months):
            begins = _add_months(self.begin_year(year), number * months)
            ends = _add_months(self.begin_year(year), (number + 1) * months) - _DAY
            label = self._label(year, every, number + 1, begins)
            yield Period(every, year, label, max(begins, self.starts), min(ends, self.ends))

    def _label(self, year: int, every: str, number: int, begins: date) -> str:
        if every == MONTH:
            return f"{begins.year}-{begins.month:02d}"
        return self.label_year(year) + (f"{_LETTERS[every]}{number}" if every in _LETTERS else "")


@cache
def _list_periods(calendar: Calendar, every: str) -> tuple[Period, ...]:
    """List the periods of a plan's run; a plan has few lists of them, and asks for each with every target."""
    years = range(calendar.year_of(calendar.starts), calendar.year_of(calendar.ends) + 1)
    found = (period for year in years for period in calendar.divide(year, every))
    return tuple(period for period in found if period.first <= period.last)


def _add_months(day: date, months: int) -> date:
    """Return the first day of a month so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)
