"""Where each target stands on a day: actual, expected, light, forecast."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from kfly.plan.metrics import Goal, Metric
from kfly.plan.model import Plan, Target
from kfly.plan.periods import YEAR, Period
from kfly.plan.targets import find_lead, find_responsible
from kfly.progress.figures import Measured, Recorded, Spans
from kfly.progress.forecast import Forecast, Way, forecast
from kfly.progress.gauge import Gauge, TownFigure
from kfly.progress.grace import in_grace
from kfly.progress.lights import GREEN, NONE, RED, choose_light, choose_light_of_level
from kfly.progress.lines import (
    Base,
    draw_from,
    draw_line,
    expect_level,
    find_base,
    has_baseline,
    judges_towns,
    measure_share,
)
from kfly.progress.owed import Follow, Owed, find_owed, find_owed_in_period
from kfly.progress.shortfall import NEARLY_ALL, cap_share
from kfly.progress.trajectory import Trajectory, find_next, list_milestones, milestones


class PeriodFigure(NamedTuple):
    """One period of a target that begins anew, so that a failed one does not vanish."""

    period: Period
    actual: Fraction | None
    goal: Fraction | None
    met: bool

    @property
    def year(self) -> int:
        """The plan's year it belongs to."""
        return self.period.year


class TargetStanding(NamedTuple):
    """A row of ``status``.

    Attributes:
        actual: None where there is no figure (无数据).
        goal: of the row: for ``per: town`` how many towns there are.
        expected: where the line stands, or where a level without a line should; None for a ceiling.
        binding: the goal that the light is held against, where goals by period change it on the way.
        base: from where the line runs, where that is not nothing.
        starting: unlit because its window has only begun (起步).
        lead: who leads it, or its measure.
        responsible: who answers for it, or for its measure.
    """

    target: Target
    period: Period | None
    due: date
    actual: Fraction | None
    goal: Goal | None
    met: bool
    expected: Fraction | None
    light: str
    forecast: Forecast | None
    each: tuple[TownFigure, ...]
    periods: tuple[PeriodFigure, ...]
    gauge: Gauge
    line: Trajectory | None
    binding: Goal | None = None
    base: Base | None = None
    starting: bool = False
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()

    @property
    def period_label(self) -> str:
        """The label of its period in JSON; ``plan`` for what does not begin anew."""
        return "plan" if self.period is None else self.period.label

    @property
    def progress(self) -> Fraction | None:
        """The share of the way that is done, not capped; None where there is no way, or no figure."""
        if self.goal is None or self.actual is None:
            return None
        return measure_share(self.actual, self.goal, self.base)

    @property
    def shown_share(self) -> Fraction | None:
        """The share of the way as it is shown: what is unmet is never all of it.

        A level to keep below without a baseline has none: it comes no way, and 4.6 of 4 is not 115 % of it.
        """
        if self.goal is None or self.actual is None or self.has_no_way:
            return None
        if self.base is None:
            return cap_share(self.goal, self.actual)
        share = self.progress
        return share if share is None or self.met else min(share, NEARLY_ALL)

    @property
    def expected_share(self) -> Fraction | None:
        """Where on the way the line stands; None where there is no line, or no way."""
        if self.goal is None or self.expected is None or self.has_no_way:
            return None
        return measure_share(self.expected, self.goal, self.base)

    @property
    def has_no_way(self) -> bool:
        """Whether it is a level to keep below, without a baseline: that is kept on the day, or it is not."""
        upper = self.goal is not None and self.goal.is_upper
        return upper and self.base is None and not self.target.is_ceiling

    @property
    def held(self) -> Goal | None:
        """What it is held against on the day: without a line, the goal by period that holds then."""
        return self.goal if self.line is not None else self.binding or self.goal

    @property
    def lacks_data(self) -> bool:
        """Whether there is no figure where there should be one (无数据)."""
        return self.actual is None and all(one.actual is None for one in self.each)

    @property
    def years(self) -> tuple[PeriodFigure, ...]:
        """Each year so far, of a target of every year that has a goal."""
        return tuple(f for f in self.periods if f.period.every == YEAR and f.goal is not None)


def list_metrics(targets: Iterable[Target], plan: Plan) -> Iterator[Metric]:
    """Yield the metrics whose records decide where targets stand, each once."""
    found: dict[Metric, None] = {}
    for target in targets:
        found.update(dict.fromkeys(Measured(target.metric, target.reading).metrics))
        if (followed := find_followed(target, plan)) is not None:
            found.update(dict.fromkeys(list_metrics([followed], plan)))
    yield from found


def find_followed(target: Target, plan: Plan) -> Target | None:
    """Find the target whose figure is a target's goal (同步)."""
    return next((t for t in plan.targets if t.key == target.follows), None) if target.follows else None


def assess_target(target: Target, spans: Spans, plan: Plan, day: date) -> TargetStanding:
    """Work out where a target stands on a day."""
    follow = partial(_read_followed, target, spans, plan)
    owed = find_owed(target, plan, day, follow)
    gauge = make_gauge(target, owed, Recorded(spans, plan.calendar))
    base = None if gauge.towns else find_base(target, owed, gauge.series, day)
    line = draw_line(target, owed, gauge, base, milestones(target, plan.tasks))
    judged = _Judged(target, owed, gauge, line, base)
    light, actual = _light(judged, plan, day), gauge.on(day)
    return TargetStanding(
        target=target,
        period=owed.period,
        due=owed.due,
        actual=actual,
        goal=gauge.goal,
        met=gauge.met(day),
        expected=judged.expect(day),
        light=light,
        forecast=_forecast(judged, spans, plan, day),
        each=gauge.each(day),
        periods=tuple(_periods(target, spans, plan, day, follow)),
        gauge=gauge,
        line=line,
        binding=gauge.goal if gauge.towns else owed.binding,
        base=base,
        starting=light == NONE and gauge.goal is not None and actual is not None,
        lead=find_lead(target, plan),
        responsible=find_responsible(target, plan),
    )


def make_gauge(target: Target, owed: Owed, recorded: Recorded) -> Gauge:
    """Measure a target in a window."""
    measured = Measured(target.metric, target.reading)
    return Gauge(measured, owed.goal, recorded, owed.window, target.town_goals)


def _read_followed(target: Target, spans: Spans, plan: Plan, day: date) -> Fraction | None:
    """Return the figure of the target that another follows, on a day; None while it has none."""
    followed = find_followed(target, plan)
    if followed is None:
        return None
    owed = find_owed(followed, plan, day)
    return make_gauge(followed, owed, Recorded(spans, plan.calendar)).on(day)


class _Judged(NamedTuple):
    """What a light is chosen by."""

    target: Target
    owed: Owed
    gauge: Gauge
    line: Trajectory | None
    base: Base | None

    @property
    def by_towns(self) -> bool:
        """Whether the row counts the towns that are where each of them should be."""
        return judges_towns(self.target, self.gauge)

    @property
    def is_level(self) -> bool:
        """Whether it is held against its goal alone: a level without a line, or a goal near its baseline."""
        return self.line is None and (self.target.reading.is_level or has_baseline(self.target))

    def expect(self, day: date) -> Fraction | None:
        """Return where the row should stand on a day; None for a ceiling or without a goal."""
        goal = self.gauge.goal
        if goal is None:
            return None
        if self.by_towns:
            return Fraction(self.gauge.count_known(day))
        if self.line is not None:
            return self.gauge.rounded(self.line.on(day), falling=self.line.falling)
        return expect_level(self.owed.binding or goal, self.gauge.series, day) if self.is_level else None

    def count_on_line(self, day: date) -> int:
        """Count the towns that are where their own line stands, or at their goal where they have none."""
        on = self.gauge.hold(day)
        return sum(self._is_on_line(town, on) for town in self.gauge.towns)

    def _is_on_line(self, town: str, day: date) -> bool:
        figures, goal = self.gauge.towns[town], self.gauge.town_goals[town]
        actual = figures.on(day)
        base = find_base(self.target, self.owed, figures, day, town)
        line = draw_from(base, goal, self.owed) if base else None
        if actual is None or line is None or goal.met(actual):
            return actual is not None and goal.met(actual)
        return actual <= line.on(day) if line.falling else actual >= line.on(day)


def _light(judged: _Judged, plan: Plan, day: date) -> str:
    gauge, owed = judged.gauge, judged.owed
    actual = gauge.on(day)
    if gauge.goal is None or actual is None:
        return NONE
    if day < plan.starts:  # before it starts, nothing is expected
        return GREEN
    if judged.target.is_ceiling and not judged.by_towns:
        return GREEN if (owed.binding or gauge.goal).met(actual) else RED
    held = owed.binding if judged.is_level and not gauge.towns else gauge.goal
    if held is None or held.met(actual):
        return GREEN
    lit = _light_on_the_way(judged, held, actual, plan, day)
    if lit != GREEN and day > owed.due:
        return RED
    begun = max(gauge.start, plan.starts)
    return NONE if lit != GREEN and in_grace(begun, owed.due, day, plan.lights.grace_days) else lit


def _light_on_the_way(judged: _Judged, held: Goal, actual: Fraction, plan: Plan, day: date) -> str:
    """Choose the light of what is not met yet."""
    expected = judged.expect(day)
    if day > judged.owed.due or expected is None:
        return RED
    if judged.by_towns:
        return choose_light(Fraction(judged.count_on_line(day)), expected, plan.lights, held)
    if judged.is_level:
        return choose_light_of_level(actual, held, plan.lights)
    base = judged.base.amount if judged.base else Fraction(0)
    return choose_light(actual, expected, plan.lights, held, base)


def _forecast(judged: _Judged, spans: Spans, plan: Plan, day: date) -> Forecast | None:
    """Project the row to its deadline; None before the plan starts, and for what has no line."""
    target, line = judged.target, judged.line
    if day < plan.starts or (line is None and not (judged.gauge.towns and not judged.by_towns)):
        return None
    falling = line is not None and line.falling
    way = Way(
        due=judged.owed.due,
        base=judged.base,
        ahead=find_next(list_milestones(target, plan.tasks), day, judged.owed.due, falling=falling),
        last_year=_last_year(target, spans, plan, judged.owed.period),
    )
    return forecast(judged.gauge, day, way)


def _last_year(target: Target, spans: Spans, plan: Plan, period: Period | None) -> Gauge | None:
    """Measure a yearly target in the year before, when the plan covers that: its season is the same."""
    if period is None or period.every != YEAR:
        return None
    before = [p for p in plan.calendar.list_periods(YEAR) if p.year == period.year - 1]
    if not before:
        return None
    owed = find_owed_in_period(target, plan, before[0])
    return make_gauge(target, owed, Recorded(spans, plan.calendar))


def _periods(target: Target, spans: Spans, plan: Plan, day: date, follow: Follow) -> Iterator[PeriodFigure]:
    """Measure each period until a day of a target that begins anew."""
    if target.every is None:
        return
    now = plan.calendar.find_period(target.every, day)
    for period in plan.calendar.list_periods(target.every):
        begun = plan.calendar.year_of(day) >= period.year if period.every == YEAR else period.first <= day
        if not begun:
            break
        on = day if period == now else period.last
        owed = find_owed_in_period(target, plan, period, follow, on)
        gauge = make_gauge(target, owed, Recorded(spans, plan.calendar))
        goal = gauge.goal.amount if gauge.goal else None
        yield PeriodFigure(period, gauge.on(day), goal, gauge.met(day))
