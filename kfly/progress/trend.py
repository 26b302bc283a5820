"""The way of a target through its window: what was reached, what was expected, where the pace leads."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.progress.targets import TargetStanding

MONTH, QUARTER = "month", "quarter"
PERIODS = {MONTH: 1, QUARTER: 3}  # in months
RECENT = 12  # months of a sparkline
MONTHS = 12  # of a year


class Point(NamedTuple):
    """A day of the way: the last of a period, or the day asked."""

    on: date
    actual: Fraction | None  # None after the day asked
    expected: Fraction | None  # None without a trajectory
    projected: Fraction | None  # from the day asked on; None without a forecast


def trend(row: TargetStanding, day: date, by: str) -> tuple[Point, ...]:
    """List the points of a target's way, from the eve of its window to its deadline, or to a later day asked.

    Args:
        row: where the target stands on the day.
        day: the day asked.
        by: the length of a period.
    """
    start = row.gauge.start
    last = row.due if row.period else max(row.due, day)
    days = {start - timedelta(days=1), *_period_ends(start, last, PERIODS[by]), last}
    if start <= day <= last:
        days.add(day)
    return tuple(_point(row, day, on) for on in sorted(days))


def _point(row: TargetStanding, day: date, on: date) -> Point:
    rounded, ahead = row.gauge.rounded, row.forecast if on >= day else None
    return Point(
        on=on,
        actual=row.gauge.on(on) if on <= day else None,
        expected=rounded(row.line.on(on)) if row.line else None,
        projected=rounded(ahead.on(row.actual, day, on)) if ahead else None,
    )


def list_monthly_additions(row: TargetStanding, day: date) -> tuple[Fraction | None, ...]:
    """Return what each of the last twelve months has added, this one included; None outside the window."""
    added: list[Fraction | None] = []
    end = day
    for _month in range(RECENT):
        eve = end.replace(day=1) - timedelta(days=1)
        inside = row.gauge.start <= end and (row.gauge.end is None or end.replace(day=1) <= row.gauge.end)
        added.append(row.gauge.on(end) - row.gauge.on(eve) if inside else None)
        end = eve
    return tuple(reversed(added))


def _period_ends(start: date, last: date, months: int) -> Iterator[date]:
    """Yield the last days of the calendar's months or quarters within a window."""
    year, month = start.year, (start.month - 1) // months * months + months
    while (end := _month_end(year, month)) <= last:
        yield end
        month += months
        year, month = (year + 1, month - MONTHS) if month > MONTHS else (year, month)


def _month_end(year: int, month: int) -> date:
    following = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return following - timedelta(days=1)
