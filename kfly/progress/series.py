"""What a metric stood at on any day, from the spans during which records count."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from kfly.plan.model import Goal, Span

ZERO = Fraction(0)


class Series:
    """A running total: the days on which it changes, and what it is from each of them on."""

    def __init__(self, changes: Mapping[date, Fraction], base: Fraction = ZERO) -> None:
        self.base = base  # what it is before the first change
        self.days: list[date] = []
        self.totals: list[Fraction] = []
        total = base
        for day in sorted(changes):
            total += changes[day]
            self.days.append(day)
            self.totals.append(total)

    def on(self, day: date) -> Fraction:
        """Return the total at the end of a day."""
        position = bisect_right(self.days, day)
        return self.totals[position - 1] if position else self.base

    def first(self, holds: Callable[[Fraction], bool], start: date, end: date) -> date | None:
        """Find the first day from ``start`` to ``end`` on which the total satisfies ``holds``."""
        for day in [start, *self.days[bisect_right(self.days, start) :]]:
            if day > end:
                return None
            if holds(self.on(day)):
                return day
        return None


def accumulate(spans: Iterable[Span], start: date | None, end: date | None = None) -> Series:
    """Add up the spans that begin within a window, as a running total (规则: design "Counting").

    Args:
        spans: the spans of one metric, or of one town of it.
        start: the first day of the window; None for a stock figure, which has no beginning.
        end: the last day on which a span may begin, for a yearly target, where only that year counts.
    """
    changes: dict[date, Fraction] = {}
    for since, until, amount, _town in spans:
        if until is not None and until <= since:
            continue  # it ended before it began to count
        if (start is None or since >= start) and (end is None or since <= end):
            changes[since] = changes.get(since, ZERO) + amount
            if until is not None:
                changes[until] = changes.get(until, ZERO) - amount
    return Series(changes)


def total_by_town(
    spans: Iterable[Span], towns: tuple[str, ...], start: date | None, end: date | None
) -> dict[str, Series]:
    """Make a running total for each town that the metric covers, in the plan's order."""
    sorted_out: dict[str, list[Span]] = {town: [] for town in towns}
    for span in spans:
        if span.town in sorted_out:
            sorted_out[span.town].append(span)
    return {town: accumulate(own, start, end) for town, own in sorted_out.items()}


def count_reaching(goal: Goal, towns: Mapping[str, Series]) -> Series:
    """Count the towns that keep the promise, as a running total."""
    changes: dict[date, Fraction] = {}
    met_from_the_start = 0
    for series in towns.values():
        was_met = goal.met(series.base)
        met_from_the_start += was_met
        for day, total in zip(series.days, series.totals, strict=True):
            is_met = goal.met(total)
            if is_met != was_met:
                changes[day] = changes.get(day, ZERO) + (1 if is_met else -1)
                was_met = is_met
    return Series(changes, Fraction(met_from_the_start))
