"""Where a need of a task stands: its figure in the window of its table, against its own straight line."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.metrics import Goal
from kfly.plan.model import Lights, Need, Plan, Target
from kfly.plan.periods import YEAR
from kfly.progress.figures import Measured, Recorded, Window
from kfly.progress.gauge import Gauge, TownFigure
from kfly.progress.lights import GREEN, RED, YELLOW, choose_light, choose_light_of_level
from kfly.progress.lines import Base, draw_from, expect_level, find_base, has_baseline, judges_towns
from kfly.progress.owed import Owed, find_owed
from kfly.progress.trajectory import Trajectory, milestones


class NeedStanding(NamedTuple):
    """Where one need of a task stands."""

    need: Need
    actual: Fraction | None  # None where there is no figure (无数据)
    goal: Goal
    met: bool
    expected: Fraction | None
    each: tuple[TownFigure, ...]
    light: str = GREEN  # of the figure against its own line, whatever the task's
    decimals: int | None = None  # its figures are shown with, as the target that it names says
    holds: bool = False  # a sign-off on the day rests on it

    @property
    def share(self) -> Fraction | None:
        """What is reached of where its own straight line should stand; None where nothing is expected."""
        if self.actual is None or not self.expected:
            return None
        if self.goal.is_upper:  # what is too high has come the less far
            return self.expected / self.actual if self.actual else None
        return self.actual / self.expected

    def is_behind(self, lights: Lights) -> bool:
        """Tell whether it lags so far that its task is behind: below the yellow share, or by the points."""
        return self.light == RED or (lights.in_points and self.light == YELLOW)


class MeasuredNeed(NamedTuple):
    """A need from day to day.

    Attributes:
        need: what is needed.
        gauge: its figure, in the window of its table.
        line: its own straight line; None for a ceiling, or a level without a baseline.
        base: from where that runs.
        due: the day of its task.
        lights: the office's convention.
        decimals: of its figures, as the target that it names says.
    """

    need: Need
    gauge: Gauge
    line: Trajectory | None
    base: Base | None
    due: date
    lights: Lights
    decimals: int | None = None

    @property
    def is_level(self) -> bool:
        """Whether the value on the due date decides, and not what has come until then."""
        return self.need.reading.is_level

    def stand(self, day: date) -> NeedStanding:
        """Say where it stands on a day."""
        gauge, goal = self.gauge, self.gauge.goal or self.need.goal  # of the row: how many towns there are
        expected = self._expect(day)
        return NeedStanding(
            need=self.need,
            actual=gauge.on(day),
            goal=goal,
            met=self.is_met(day),
            expected=expected,
            each=gauge.each(day),
            light=self._light(day, expected, goal),
            decimals=self.decimals,
            holds=self.holds(day),
        )

    def holds(self, day: date) -> bool:
        """Tell whether a sign-off on a day rests on it: it is met, or a level not yet due stands well."""
        return self.gauge.met(day) or self.is_met(day)

    def is_met(self, day: date) -> bool:
        """Tell whether it is met on a day; a level is decided when it is due, and stays so once it is met."""
        return self.decided_on(day) is not None if self.is_level else self.gauge.met(day)

    def decided_on(self, day: date) -> date | None:
        """Find the day on which the value of a level decided: when due, or the first later one that meets."""
        return self.gauge.first_met(self.due, day)

    def _expect(self, day: date) -> Fraction | None:
        if self.line is not None:
            return self.gauge.rounded(self.line.on(day), falling=self.line.falling)
        if not self.is_level:
            return None
        known = Fraction(self.gauge.count_known(day))
        return known if self.gauge.towns else expect_level(self.need.goal, self.gauge.series, day)

    def _light(self, day: date, expected: Fraction | None, goal: Goal) -> str:
        """Choose the light of the figure against its own line."""
        actual = self.gauge.on(day)
        if actual is None or expected is None:
            return GREEN
        if self.line is None and not self.gauge.towns:
            return choose_light_of_level(actual, goal, self.lights)
        base = self.base.amount if self.base else Fraction(0)
        return choose_light(actual, expected, self.lights, goal, base)


def measure_need(need: Need, recorded: Recorded, year: int, due: date, plan: Plan) -> MeasuredNeed:
    """Measure a need from the first day of its table's year on.

    Of a target that begins anew it is that of the table's year alone, or of the period of the due date.
    """
    target = next((t for t in plan.targets if t.key == need.target), None) if need.target else None
    window = _find_window(target, year, due, plan)
    gauge = Gauge(Measured(need.metric, need.reading), need.goal, recorded, window, need.town_goals)
    base = None
    if target is not None and has_baseline(target) and not judges_towns(target, gauge):
        base = _find_base(target, gauge, window, plan, due)
    owed = Owed(window, due, need.goal, need.goal)
    if base is not None:
        line = draw_from(base, need.goal, owed, whole=gauge.whole)
    else:
        line = None if need.reading.is_level else gauge.line(owed.eve, due)
    decimals = target.decimals if target else None
    return MeasuredNeed(need, gauge, line, base, due, plan.lights, decimals)


def _find_window(target: Target | None, year: int, due: date, plan: Plan) -> Window:
    start, end = plan.year_window(year)
    if target is None or target.every is None:
        return Window(start)
    if target.every == YEAR:
        return Window(start, end)
    period = plan.calendar.find_period(target.every, due)
    return Window(period.first, period.last)


def _find_base(target: Target, gauge: Gauge, window: Window, plan: Plan, due: date) -> Base | None:
    """Find from where the line of a need runs: where the line of its target stood when the table began."""
    owed = find_owed(target, plan, window.start)
    base = find_base(target, owed, gauge.series, due)
    whole = base and owed.goal and draw_from(base, owed.goal, owed, milestones(target, plan.tasks))
    if base is None or not whole:
        return base
    eve = max(Owed(window, window.start, None, None).eve, base.on)
    return Base(eve, whole.on(eve))


def find_first_day_all_held(needs: Sequence[MeasuredNeed], opens: date, day: date) -> date | None:
    """Find the first day from the table's own first one on, on which all needs held at once."""
    if not needs:
        return None
    if len(needs) == 1 and not needs[0].is_level:
        return needs[0].gauge.first_met(opens, day)
    candidates = {opens, *(on for each in needs for on in _list_days(each, day))}
    held = (on for on in sorted(candidates) if opens <= on <= day and all(each.is_met(on) for each in needs))
    return next(held, None)


def _list_days(need: MeasuredNeed, day: date) -> Iterable[date]:
    """List the days on which a need may begin to hold."""
    if not need.is_level:
        return need.gauge.series.days
    decided = need.decided_on(day)
    return [decided] if decided else []
