"""Where each target stands on a day: actual, expected, light, forecast."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import Goal, Plan, Span, Target
from kfly.progress.forecast import Forecast, forecast
from kfly.progress.gauge import Gauge, TownFigure
from kfly.progress.grace import in_grace
from kfly.progress.trajectory import Trajectory, find_next, list_milestones, milestones

GREEN, YELLOW, RED, BLUE, NONE = "green", "yellow", "red", "blue", "none"
LIGHTS = (RED, YELLOW, BLUE, GREEN, NONE)  # worst first


class YearFigure(NamedTuple):
    """One year of a yearly target, so that a failed year does not vanish."""

    year: int
    actual: Fraction
    goal: Fraction
    met: bool


class TargetStanding(NamedTuple):
    """A row of ``status``."""

    target: Target
    period: int | None  # the year, for a yearly target; None for the whole plan
    due: date
    actual: Fraction
    goal: Goal | None  # of the row: for ``per: town`` how many towns there are
    met: bool
    expected: Fraction | None
    light: str
    forecast: Forecast | None
    each: tuple[TownFigure, ...]
    years: tuple[YearFigure, ...]
    gauge: Gauge
    line: Trajectory | None  # the trajectory
    starting: bool = False  # unlit because its window has only begun (起步)

    @property
    def progress(self) -> Fraction | None:
        """Actual / goal, not capped; None without a goal."""
        return self.actual / self.goal.amount if self.goal and self.goal.amount else None


def assess_target(target: Target, spans: Sequence[Span], plan: Plan, day: date) -> TargetStanding:
    """Work out where a target stands on a day."""
    year = _held_year(plan, day) if target.every_year else None
    gauge = _gauge(target, spans, plan, year)
    due = gauge.end or target.due
    line = gauge.line(gauge.start - timedelta(days=1), due, milestones(target, plan.tasks))
    expected = gauge.rounded(line.on(day)) if line else None
    light = _light(gauge=gauge, expected=expected, plan=plan, day=day, due=due)
    return TargetStanding(
        target=target,
        period=year,
        due=due,
        actual=gauge.on(day),
        goal=gauge.goal,
        met=gauge.met(day),
        expected=expected,
        light=light,
        forecast=forecast(
            gauge,
            day=day,
            due=due,
            last_year=_last_year(target, spans, plan, year),
            ahead=find_next(list_milestones(target, plan.tasks), day, due),
        )
        if day >= plan.starts
        else None,
        each=gauge.each(day),
        years=tuple(_years(target, spans, plan, day)) if target.every_year else (),
        gauge=gauge,
        line=line,
        starting=light == NONE and gauge.goal is not None,
    )


def _last_year(target: Target, spans: Sequence[Span], plan: Plan, year: int | None) -> Gauge | None:
    """Measure a yearly target in the year before, when the plan covers that: its season is the same."""
    if year is None or year <= plan.starts.year:
        return None
    return _gauge(target, spans, plan, year - 1)


def window(target: Target, plan: Plan, day: date) -> tuple[date, date | None]:
    """Return the first day that counts for a target on a day, and the last: of a yearly one the year's."""
    return plan.year_window(_held_year(plan, day)) if target.every_year else (plan.starts, None)


def _held_year(plan: Plan, day: date) -> int:
    """Return the year of a day, held between the plan's first and last."""
    return min(max(day.year, plan.starts.year), plan.ends.year)


def _gauge(target: Target, spans: Sequence[Span], plan: Plan, year: int | None) -> Gauge:
    if year is None:
        return Gauge(target.metric, target.goal, spans, plan.starts)
    start, end = plan.year_window(year)
    return Gauge(metric=target.metric, goal=target.goal, spans=spans, start=start, end=end)


def _light(gauge: Gauge, expected: Fraction | None, plan: Plan, day: date, due: date) -> str:
    if gauge.goal is None:
        return NONE
    if gauge.met(day) or day < plan.starts:  # before it starts, nothing is expected
        return GREEN
    if expected is None or day > due:  # a ceiling that is exceeded, or a deadline missed
        return RED
    lit = choose_light(gauge.on(day), expected, plan.lights.yellow)
    begun = max(gauge.start, plan.starts)
    return NONE if lit != GREEN and in_grace(begun, due, day, plan.lights.grace_days) else lit


def choose_light(actual: Fraction, expected: Fraction, yellow: Fraction) -> str:
    """Choose a light: green on the trajectory or above, yellow from the given share of it on, red below."""
    if actual >= expected:
        return GREEN
    return YELLOW if actual >= yellow * expected else RED


def _years(target: Target, spans: Sequence[Span], plan: Plan, day: date) -> Iterable[YearFigure]:
    for year in range(plan.starts.year, min(day.year, plan.ends.year) + 1):
        gauge = _gauge(target, spans, plan, year)
        if gauge.goal is not None:
            yield YearFigure(year, gauge.on(day), gauge.goal.amount, gauge.met(day))
