"""One metric over one window against one goal: what targets and tasks are measured with."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate, compress, islice, repeat
from math import lcm
from typing import NamedTuple

from kfly.plan.model import AT_LEAST, AT_MOST, Goal, Metric, Span
from kfly.plan.stepped import SteppedSpans
from kfly.progress.trajectory import Trajectory

ZERO = Fraction(0)


class Series:
    """A running total: the days on which it changes, and what it is from each of them on, in whole steps.

    Attributes:
        days: the days on which it changes, in order.
        steps: what it is from each of them on, in smallest steps.
        scale: how many steps make one.
        base: what it is before the first change, in steps.
    """

    def __init__(self, days: list[date], steps: list[int], scale: int = 1, base: int = 0) -> None:
        self.days = days
        self.steps = steps
        self.scale = scale
        self.base = base

    def on(self, day: date) -> Fraction:
        """Return the total at the end of a day."""
        return Fraction(self.steps_on(day), self.scale)

    def steps_on(self, day: date) -> int:
        """Return the total at the end of a day, in steps."""
        position = bisect_right(self.days, day)
        return self.steps[position - 1] if position else self.base

    def first(self, goal: Goal, start: date, end: date) -> date | None:
        """Find the first day from ``start`` to ``end`` on which the total keeps a promise."""
        if start > end:
            return None
        keeps, position = goal.steps_test(self.scale), bisect_right(self.days, start)
        if keeps(self.steps[position - 1] if position else self.base):
            return start
        kept = map(keeps, islice(self.steps, position, None))
        found = next(compress(islice(self.days, position, None), kept), None)
        return found if found is not None and found <= end else None


def add_up(changes: Mapping[date, int], scale: int = 1, base: int = 0) -> Series:
    """Make a running total of what comes and goes on each day, in whole steps."""
    days = sorted(changes)
    totals = accumulate(map(changes.__getitem__, days), initial=base)
    return Series(days, list(totals)[1:], scale, base)


def total(spans: Sequence[Span], start: date | None, end: date | None = None) -> Series:
    """Add up the spans that begin within a window, as a running total (规则: design "Counting").

    Args:
        spans: the spans of one metric, or of one town of it.
        start: the first day of the window; None for a stock figure, which has no beginning.
        end: the last day on which a span may begin, for a yearly target, where only that year counts.
    """
    its = spans if isinstance(spans, SteppedSpans) else _into_steps(spans)
    if its.until is None and its.towns is None:
        first = bisect_left(its.since, start) if start else 0
        last = bisect_right(its.since, end) if end else len(its)
        return Series(its.since[first:last], list(accumulate(its.steps[first:last])), its.scale)
    changes: dict[date, int] = {}
    for since, until, steps in zip(its.since, its.until or repeat(None), its.steps, strict=False):
        if until is not None and until <= since:
            continue  # it ended before it began to count
        if (start is None or since >= start) and (end is None or since <= end):
            changes[since] = changes.get(since, 0) + steps
            if until is not None:
                changes[until] = changes.get(until, 0) - steps
    return add_up(changes, its.scale)


def _into_steps(spans: Sequence[Span]) -> SteppedSpans:
    """Write spans in steps of their common denominator."""
    scale = lcm(*(span.amount.denominator for span in spans))
    return SteppedSpans(
        [span.since for span in spans],
        [span.until for span in spans],
        [int(span.amount * scale) for span in spans],
        scale,
    )


def total_by_town(
    spans: Sequence[Span], towns: tuple[str, ...], start: date | None, end: date | None
) -> dict[str, Series]:
    """Make a running total for each town that the metric covers, in the plan's order."""
    sorted_out = sort_by_town(spans)
    return {town: total(sorted_out.get(town, ()), start, end) for town in towns}


def sort_by_town(spans: Sequence[Span]) -> Mapping[str | None, Sequence[Span]]:
    """Sort spans out by their towns."""
    if isinstance(spans, SteppedSpans):
        return spans.by_town()
    sorted_out: dict[str | None, list[Span]] = {}
    for span in spans:
        sorted_out.setdefault(span.town, []).append(span)
    return sorted_out


def count_reaching(goal: Goal, towns: Mapping[str, Series]) -> Series:
    """Count the towns that keep the promise, as a running total."""
    changes: dict[date, int] = {}
    met_from_the_start = 0
    for series in towns.values():
        keeps = goal.steps_test(series.scale)
        was_met = keeps(series.base)
        met_from_the_start += was_met
        for day, is_met in zip(series.days, map(keeps, series.steps), strict=True):
            if is_met != was_met:
                changes[day] = changes.get(day, 0) + (1 if is_met else -1)
                was_met = is_met
    return add_up(changes, base=met_from_the_start)


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
        spans: Sequence[Span],
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
            self.series = total(spans, window_start, end)
        else:
            self.towns = total_by_town(spans, metric.towns, window_start, end)
            self.series = count_reaching(goal, self.towns)
            self.goal = Goal(AT_LEAST, Fraction(len(metric.towns)))
        self._keeps = self.goal.steps_test(self.series.scale) if self.goal else None

    def on(self, day: date) -> Fraction:
        """Return the actual figure of the row on a day."""
        return self.series.on(self._within(day))

    def _within(self, day: date) -> date:
        return min(day, self.end) if self.end else day

    def met(self, day: date) -> bool:
        """Tell whether the promise is kept on a day; never without a goal."""
        return self._keeps is not None and self._keeps(self.series.steps_on(self._within(day)))

    def first_met(self, start: date, end: date) -> date | None:
        """Find the first day between two on which the promise was kept."""
        return self.series.first(self.goal, start, end) if self.goal else None

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
