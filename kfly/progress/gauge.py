"""One metric over one window against one goal: what targets and tasks are measured with."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import AT_LEAST, AT_MOST, Goal, Metric, Span
from kfly.progress.series import Series, accumulate, count_reaching, total_by_town
from kfly.progress.trajectory import Trajectory


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
