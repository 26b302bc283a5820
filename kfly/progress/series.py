"""Figures from day to day: running totals in whole steps, and quotients."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate, compress, islice, repeat
from math import lcm
from typing import Protocol

from kfly.plan.metrics import Goal, Span
from kfly.plan.stepped import SteppedSpans


class Figures(Protocol):
    """What is asked of a figure from day to day, however it is kept."""

    days: list[date]

    def on(self, day: date) -> Fraction | None:
        """Return the figure at the end of a day; None where there is none."""

    def meets(self, goal: Goal, day: date) -> bool:
        """Tell whether the figure keeps a promise at the end of a day; never without one."""

    def first(self, goal: Goal, start: date, end: date) -> date | None:
        """Find the first day from ``start`` to ``end`` on which the figure keeps a promise."""

    def follow(self, goal: Goal) -> tuple[bool, Iterable[tuple[date, bool]]]:
        """Say whether a promise is kept before the first change, and from each change on."""


class Series:
    """A figure from day to day: when it changes, and what it is from each of these days on, in whole steps.

    Attributes:
        days: the days on which it changes, in order.
        steps: what it is from each of them on, in smallest steps.
        scale: how many steps make one.
        base: what it is before the first change, in steps; None where there is no figure yet.
    """

    def __init__(self, days: list[date], steps: list[int], scale: int = 1, base: int | None = 0) -> None:
        self.days = days
        self.steps = steps
        self.scale = scale
        self.base = base

    def on(self, day: date) -> Fraction | None:
        """Return the figure at the end of a day."""
        steps = self._steps_on(day)
        return None if steps is None else Fraction(steps, self.scale)

    def meets(self, goal: Goal, day: date) -> bool:
        """Tell whether the figure keeps a promise at the end of a day; never without one."""
        steps = self._steps_on(day)
        return steps is not None and goal.keeps(steps, self.scale)

    def follow(self, goal: Goal) -> tuple[bool, Iterable[tuple[date, bool]]]:
        """Say whether a promise is kept before the first change, and from each change on."""
        keeps = goal.steps_test(self.scale)
        return self.base is not None and keeps(self.base), zip(self.days, map(keeps, self.steps), strict=True)

    def _steps_on(self, day: date) -> int | None:
        position = bisect_right(self.days, day)
        return self.steps[position - 1] if position else self.base

    def first(self, goal: Goal, start: date, end: date) -> date | None:
        """Find the first day from ``start`` to ``end`` on which the figure keeps a promise."""
        if start > end:
            return None
        if self.meets(goal, start):
            return start
        keeps, position = goal.steps_test(self.scale), bisect_right(self.days, start)
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


def sort_by_town(spans: Sequence[Span]) -> Mapping[str | None, Sequence[Span]]:
    """Sort spans out by their towns."""
    if isinstance(spans, SteppedSpans):
        return spans.by_town()
    sorted_out: dict[str | None, list[Span]] = {}
    for span in spans:
        sorted_out.setdefault(span.town, []).append(span)
    return sorted_out


class Quotients:
    """A share or an average from day to day: one series divided by another.

    Attributes:
        days: the days on which either changes, in order.
    """

    def __init__(self, of: Series, to: Series, factor: Fraction) -> None:
        self.days = sorted({*of.days, *to.days})
        self._of, self._to, self._factor = of, to, factor

    def on(self, day: date) -> Fraction | None:
        """Return the quotient at the end of a day; None where there is nothing to divide by."""
        of, to = self._of.on(day), self._to.on(day)
        return of / to * self._factor if of is not None and to else None

    def meets(self, goal: Goal, day: date) -> bool:
        """Tell whether the quotient keeps a promise at the end of a day; never without one."""
        figure = self.on(day)
        return figure is not None and goal.met(figure)

    def first(self, goal: Goal, start: date, end: date) -> date | None:
        """Find the first day from ``start`` to ``end`` on which the quotient keeps a promise."""
        later = islice(self.days, bisect_right(self.days, start), bisect_right(self.days, end))
        return next((day for day in (start, *later) if self.meets(goal, day)), None) if start <= end else None

    def follow(self, goal: Goal) -> tuple[bool, Iterable[tuple[date, bool]]]:
        """Say whether a promise is kept before the first change (never), and from each change on."""
        return False, ((day, self.meets(goal, day)) for day in self.days)


def count_reaching(goals: Mapping[str, Goal], towns: Mapping[str, Figures]) -> Series:
    """Count the towns that keep their promises, from day to day; a town without a figure does not."""
    changes: dict[date, int] = {}
    met_from_the_start = 0
    for town, series in towns.items():
        was_met, later = series.follow(goals[town])
        met_from_the_start += was_met
        for day, is_met in later:
            if is_met != was_met:
                changes[day] = changes.get(day, 0) + (1 if is_met else -1)
                was_met = is_met
    return add_up(changes, base=met_from_the_start)
