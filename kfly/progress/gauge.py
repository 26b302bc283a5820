"""One metric over one window against one goal: what targets and tasks are measured with."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import AT_LEAST, AT_MOST, Goal, Metric, Span
from kfly.progress.trajectory import Trajectory

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


class TownFigure(NamedTuple):
    """Where one town stands, in the metric's own unit."""

    town: str
    actual: Fraction
    goal: Fraction
    met: bool


class Gauge:
    """A metric's running total in a window, with its goal.

    For a ``per: town`` metric the row counts the towns that reach the goal: its goal is how many there are.
    """

    def __init__(
        self,
        metric: Metric,
        goal: Goal | None,
        spans: Iterable[Span],
        start: date,
        end: date | None = None,
    ) -> None:
        self.whole = metric.whole
        self.town_goal = goal
        self.goal = goal
        self.end = end  # of a yearly window: what comes later is not its
        self.start = start  # of the window: a flow counts from here, a stock is judged from here
        self.towns: dict[str, Series] = {}
        window_start = None if metric.stock else start
        if metric.towns is None or goal is None:
            self.series = accumulate(spans, window_start, end)
        else:
            self.towns = total_by_town(spans, metric.towns, window_start, end)
            self.series = count_reaching(goal, self.towns)
            self.goal = Goal(AT_LEAST, Fraction(len(metric.towns)))

    def on(self, day: date) -> Fraction:
        """Return the actual figure of the row on a day."""
        return self.series.on(self._within(day))

    def _within(self, day: date) -> date:
        return min(day, self.end) if self.end else day

    def met(self, day: date) -> bool:
        """Tell whether the promise is kept on a day; never without a goal."""
        return self.goal is not None and self.goal.met(self.on(day))

    def first_met(self, start: date, end: date) -> date | None:
        """Find the first day between two on which the promise was kept."""
        return self.series.first(self.goal.met, start, end) if self.goal else None

    def rounded(self, figure: Fraction) -> Fraction:
        """Round a figure down, for whole-number metrics: half a building is no building."""
        return Fraction(figure.__floor__()) if self.whole else figure

    def each(self, day: date) -> tuple[TownFigure, ...]:
        """Return where each town of a ``per: town`` row stands."""
        if self.town_goal is None:
            return ()
        goal = self.town_goal
        figures = ((town, series.on(self._within(day))) for town, series in self.towns.items())
        return tuple(TownFigure(town, actual, goal.amount, goal.met(actual)) for town, actual in figures)

    def line(
        self, eve: date, due: date, milestones: Iterable[tuple[date, Fraction]] = ()
    ) -> Trajectory | None:
        """Return the trajectory from 0 on the eve to the goal when due; None for a ceiling or no goal."""
        if self.goal is None or self.goal.comparison == AT_MOST:
            return None
        return Trajectory(
            [(eve, Fraction(0)), *milestones, (due, self.goal.trajectory_end(whole=self.whole))]
        )
