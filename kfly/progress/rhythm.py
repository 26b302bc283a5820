"""How often figures are reported, and of which periods there is none.

Months are counted from the year 0: twelve times the year, and the month less one.
"""

from collections import Counter
from collections.abc import Collection, Sequence, Set
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from kfly.plan.periods import HALF, MONTH, MONTHS, QUARTER, YEAR, Calendar, Period
from kfly.progress.grace import QUARTERS

FEWEST = 3  # steps of one length, before figures are known to come so
_LENGTHS = {MONTHS[every]: every for every in (MONTH, QUARTER, HALF, YEAR)}
_DECEMBER, TO_FEBRUARY = 11, 2  # a month of a year, and the months from there


class Gap(NamedTuple):
    """Periods without a figure, one after the other.

    Attributes:
        first, last: of them.
        is_closed: there are figures again behind it.
    """

    first: Period
    last: Period
    is_closed: bool


def find_rhythm(months: Collection[int]) -> str | None:
    """Tell how often figures come, where most of them come so: month, quarter, half, year.

    A monthly figure often leaves January out (1—2月 come together): from December to February is one step.
    """
    steps = Counter(
        1 if later - month == TO_FEBRUARY and month % 12 == _DECEMBER else later - month
        for month, later in pairwise(sorted(months))
    )
    length, count = max(steps.items(), key=lambda one: one[1], default=(0, 0))
    return _LENGTHS.get(length) if count >= FEWEST and count * 2 > steps.total() else None


def list_due(calendar: Calendar, every: str, day: date, grace_days: int, *, is_usual: bool) -> list[Period]:
    """List the periods of a plan whose figures should be there on a day.

    Those of a period are late after the grace of the next one, at most a quarter of it.

    Args:
        calendar: the plan's.
        every: how long they are.
        day: the day asked.
        grace_days: the plan's ``lights: grace_days``.
        is_usual: the plan does not ask for them; figures just come so, of January perhaps none.
    """
    due = []
    for period in calendar.list_periods(every):
        length = (period.last - period.first).days + 1
        grace = timedelta(days=min(grace_days, length // QUARTERS))
        is_january = is_usual and every == MONTH and period.first.month == 1
        if day > period.last + grace and not is_january:
            due.append(period)
    return due


def find_gaps(periods: Sequence[Period], months: Set[int], since: int) -> list[Gap]:
    """Find the periods without a figure, from the first one that any figure is of.

    Args:
        periods: those whose figures should be there.
        months: the months of which there are figures.
        since: the first month of which there is any.
    """
    latest = max(months, default=-1)
    gaps: list[Gap] = []
    was_missing = False
    for period in periods:
        first, last = number_month(period.first), number_month(period.last)
        is_missing = last >= since and months.isdisjoint(range(first, last + 1))
        if is_missing and was_missing:
            gaps[-1] = gaps[-1]._replace(last=period, is_closed=last < latest)
        elif is_missing:
            gaps.append(Gap(period, period, last < latest))
        was_missing = is_missing
    return gaps


def number_month(day: date) -> int:
    """Return the month of a day, counted from the year 0."""
    return day.year * 12 + day.month - 1
