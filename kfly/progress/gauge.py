"""One figure over one window against one goal: what targets and tasks are measured with."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from kfly.plan.metrics import AT_LEAST, Goal, is_whole
from kfly.progress.figures import Measured, Recorded, Window, make_figures, make_figures_by_town
from kfly.progress.series import Figures, Series, count_reaching
from kfly.progress.trajectory import Trajectory

ZERO = Fraction(0)


class TownFigure(NamedTuple):
    """Where one town stands, in the metric's own unit; None where it has no figure, or owes nothing."""

    town: str
    actual: Fraction | None
    goal: Fraction | None
    met: bool


class Gauge:
    """A figure from day to day in a window, with its goal.

    For a ``per: town`` metric the row counts the towns that reach the goal: its goal is how many there are.
    Without a goal there is nothing to count: the row has no figure, and its towns have theirs.

    Attributes:
        start: the first day of the window: a flow counts from here, a stock is judged from here.
        end: its last day; what comes later is not its. None: no end.
        goal: of the row.
        town_goals: of a ``per: town`` row: what each town owes.
        whole: whether what is expected or projected is rounded to whole things.
    """

    def __init__(
        self,
        measured: Measured,
        goal: Goal | None,
        recorded: Recorded,
        window: Window,
        own: Iterable[tuple[str, Fraction]] = (),
    ) -> None:
        """Measure.

        Args:
            measured: what is measured, and how.
            goal: what is promised; of a ``per: town`` metric by each town.
            recorded: what the records amount to.
            window: which of them make up the figure.
            own: what single towns owe, where that differs.
        """
        metric, self.reading = measured
        self.start, self.end = window
        self.goal = goal
        self.whole = is_whole(metric, self.reading)
        self.town_goals: dict[str, Goal] = {}
        self.towns: dict[str, Figures] = {}
        if metric.towns is None:
            self.series: Figures = make_figures(measured, recorded, window)
        elif goal is None:
            self.towns = make_figures_by_town(measured, recorded, window)
            self.series = Series([], [], base=None)
        else:
            amounts = {**dict.fromkeys(metric.towns, goal.amount), **dict(own)}
            self.town_goals = {town: goal._replace(amount=amounts[town]) for town in metric.towns}
            self.towns = make_figures_by_town(measured, recorded, window)
            self.series = count_reaching(self.town_goals, self.towns)
            self.goal = Goal(AT_LEAST, Fraction(len(metric.towns)))

    def on(self, day: date) -> Fraction | None:
        """Return the actual figure of the row on a day; None where there is none (无数据)."""
        figure = self.series.on(self.hold(day))
        return None if self.towns and not self.count_known(day) and self.reading.can_lack_data else figure

    def hold(self, day: date) -> date:
        """Return a day, held to the end of the window."""
        return min(day, self.end) if self.end else day

    def met(self, day: date) -> bool:
        """Tell whether the promise is kept on a day; never without a goal."""
        return self.goal is not None and self.series.meets(self.goal, self.hold(day))

    def first_met(self, start: date, end: date) -> date | None:
        """Find the first day between two on which the promise was kept."""
        return self.series.first(self.goal, start, end) if self.goal else None

    @cached_property
    def first_day(self) -> date | None:
        """The first day with a figure; None where there is none."""
        return next((day for day in self.series.days if self.series.on(day) is not None), None)

    def rounded(self, figure: Fraction, *, falling: bool = False) -> Fraction:
        """Round a figure for whole-number metrics: down, as half a building is none; of a falling line up."""
        if not self.whole:
            return figure
        return Fraction(figure.__ceil__() if falling else figure.__floor__())

    def each(self, day: date) -> tuple[TownFigure, ...]:
        """Return where each town of a ``per: town`` row stands."""
        on = self.hold(day)
        return tuple(
            TownFigure(town, series.on(on), goal and goal.amount, goal is not None and series.meets(goal, on))
            for town, series in self.towns.items()
            for goal in (self.town_goals.get(town),)
        )

    def count_known(self, day: date) -> int:
        """Count the towns of a ``per: town`` row that have a figure."""
        return sum(series.on(self.hold(day)) is not None for series in self.towns.values())

    def line(
        self, eve: date, due: date, milestones: Iterable[tuple[date, Fraction]] = ()
    ) -> Trajectory | None:
        """Return the trajectory from 0 on the eve to the goal when due; None for a ceiling or no goal."""
        if self.goal is None or self.goal.is_upper:
            return None
        return Trajectory([(eve, ZERO), *milestones, (due, self.goal.trajectory_end(whole=self.whole))])
