"""The contest among towns (比学赶超, 四.2): what each has contributed, and how far it keeps what it owes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from kfly.plan.metrics import AT_LEAST, Goal, Metric, Span
from kfly.plan.model import Plan, Target
from kfly.plan.periods import Period
from kfly.progress.figures import Measured, Recorded, Spans, make_figures
from kfly.progress.lines import Base, find_base, measure_share
from kfly.progress.owed import find_owed, find_window
from kfly.progress.seasons import Season, find_season
from kfly.progress.series import Series, sort_by_town
from kfly.progress.shortfall import cap_share
from kfly.progress.targets import list_metrics as list_metrics_of

DAYS_BEFORE = 30  # a change of rank is told against the rank so long ago
ZERO, ONE = Fraction(0), Fraction(1)
UNASKED = Series([], [])  # a first figure is no base here, as its day is not asked for


class TownGoal(NamedTuple):
    """What a town owes of a target, and how far it has come."""

    target: Target
    actual: Fraction | None  # None where it has no figure
    goal: Goal
    period: Period | None = None  # whose figure this is; None for the whole plan
    counted: bool = True  # in the score; not while the plan's first year has only begun, or without a weight
    base: Base | None = None  # from where its line runs, where that is not nothing

    @property
    def year(self) -> int | None:
        """The plan's year of the figure; None for the whole plan."""
        return self.period.year if self.period else None

    @property
    def met(self) -> bool:
        """Whether it keeps what it owes."""
        return self.actual is not None and self.goal.met(self.actual)

    @property
    def share(self) -> Fraction:
        """What of it is reached, between nothing and all; a ceiling is kept or it is not."""
        if self.actual is None:
            return ZERO
        way = None if self.goal.is_upper and self.base is None else self.way
        return (ONE if self.met else ZERO) if way is None else min(ONE, max(ZERO, way))

    @property
    def shown_share(self) -> Fraction | None:
        """The share as it is shown: what is unmet is never all of it."""
        if self.goal.is_upper and self.base is None and not self.target.is_ceiling:
            return None
        if self.actual is None or self.base is not None:
            return self.way
        return cap_share(self.goal, self.actual)

    @property
    def way(self) -> Fraction | None:
        """The share of the way that is done, not held between nothing and all; None where there is none."""
        return None if self.actual is None else measure_share(self.actual, self.goal, self.base)


class Contribution(NamedTuple):
    """What a town, or None for records without one, has contributed to each target, by the target's key.

    Of a level it is the town's own; None where it has no figure.
    """

    town: str | None
    figures: Mapping[str, Fraction | None]


class Place(NamedTuple):
    """A town in the league."""

    town: str
    rank: int
    rank_before: int | None  # thirty days ago; None before the plan began
    score: Fraction | None  # the mean of its shares, weighed where targets are; None where none counts
    goals: tuple[TownGoal, ...]
    figures: Mapping[str, Fraction | None]
    ranked_figure: Fraction | None = None  # of the target by which it is ranked; None by score

    @property
    def counted(self) -> tuple[TownGoal, ...]:
        """The goals that its score is the mean of."""
        return tuple(goal for goal in self.goals if goal.counted)

    @property
    def change(self) -> int | None:
        """By how many ranks it has risen; below 0 when it fell."""
        return None if self.rank_before is None else self.rank_before - self.rank


class League(NamedTuple):
    """The towns in their order.

    Attributes:
        places: the best first.
        seasons: by the key of a target, which period's figures are compared.
    """

    places: tuple[Place, ...]
    seasons: Mapping[str, Season]


def list_metrics(plan: Plan) -> dict[Metric, None]:
    """Return the metrics that must be read by town, each once."""
    return dict.fromkeys(list_metrics_of(plan.targets, plan))


def list_days(plan: Plan, day: date) -> set[date]:
    """List the days whose figures a league of a day is made from, and the eves of all windows."""
    asked = {day, day - timedelta(days=DAYS_BEFORE)}
    asked |= {find_season(target, plan, on).day for target in plan.targets for on in asked}
    windows = [find_window(target, plan, on) for target in plan.targets for on in asked]
    return (
        asked | {start - timedelta(days=1) for start, _end in windows} | {end for _s, end in windows if end}
    )


def contributions(plan: Plan, spans: Spans, day: date) -> tuple[Contribution, ...]:
    """Sum up what each town and zone has contributed until a day, and last what belongs to no town.

    It is counted by the rules of the target itself: the same window, the same records.

    Args:
        plan: the plan.
        spans: of each target's metric, by town.
        day: the day asked.
    """
    return _contributions(plan, spans, {target.key: day for target in plan.targets})


def _contributions(plan: Plan, spans: Spans, days: Mapping[str, date]) -> tuple[Contribution, ...]:
    """Sum up what each has contributed to each target until the target's own day."""
    towns = [place.name for place in plan.places]
    sorted_out = {metric: _by_town(spans[metric], towns) for metric in list_metrics(plan)}
    return tuple(
        Contribution(
            town,
            {t.key: _figure(t, _of_town(t, sorted_out, town), plan, days[t.key]) for t in plan.targets},
        )
        for town in (*towns, None)
    )


def league(plan: Plan, spans: Spans, day: date, by: str | None = None) -> tuple[Place, ...]:
    """Rank the towns and zones, the best first; equals share a rank, and the ranks they take up are skipped.

    Args:
        plan: the plan.
        spans: of each target's metric, by town.
        day: the day asked.
        by: the key of a target by whose figure they are ranked; None ranks by score, those without a score
            below those with one: by how many targets they contributed to, then by their shares of the whole.
    """
    now = _ranked(plan, spans, day, by)
    earlier = day - timedelta(days=DAYS_BEFORE)
    ranks = (
        {place.town: place.rank for place in _ranked(plan, spans, earlier, by)}
        if earlier >= plan.starts
        else {}
    )
    return tuple(place._replace(rank_before=ranks.get(place.town)) for place in now)


def _ranked(plan: Plan, spans: Spans, day: date, by: str | None) -> list[Place]:
    found = contributions(plan, spans, day)
    whole: dict[str, Fraction] = {}
    for contribution in found:
        for target in plan.targets:
            figure = contribution.figures[target.key]
            if figure is not None and not target.reading.is_level:  # levels never add up
                whole[target.key] = whole.get(target.key, ZERO) + figure
    entered = _enter(plan, spans, day, by, found)
    ranked_by = next((target for target in plan.targets if target.key == by), None)
    order = partial(_order, whole=whole, by=ranked_by)
    ordered = sorted(entered, key=order)  # equals as in the plan
    ranked: list[Place] = []
    for position, place in enumerate(ordered, start=1):
        above = ordered[position - 2] if ranked else None
        tied = above is not None and order(above) == order(place)
        ranked.append(place._replace(rank=ranked[-1].rank if tied else position))
    return ranked


def _enter(
    plan: Plan, spans: Spans, day: date, by: str | None, found: Iterable[Contribution]
) -> Iterator[Place]:
    """Yield the towns, not ranked yet, with their goals as of what each target is ranked by."""
    seasons = {target.key: find_season(target, plan, day) for target in plan.targets}
    judged = _contributions(plan, spans, {key: season.day for key, season in seasons.items()})
    for (town, figures), (_town, ranked_by) in zip(found, judged, strict=True):
        if town is not None:
            goals = tuple(_goals(plan, town, ranked_by, seasons))
            yield Place(
                town=town,
                rank=0,
                rank_before=None,
                score=_weigh([goal for goal in goals if goal.counted]),
                goals=goals,
                figures=figures,
                ranked_figure=ranked_by[by] if by else None,
            )


def _weigh(goals: Sequence[TownGoal]) -> Fraction | None:
    """Weigh what is kept of goals as the score of the plan does: by their weights, or all alike."""
    weights = [ONE if goal.target.weight is None else goal.target.weight for goal in goals]
    kept = sum((weight * goal.share for weight, goal in zip(weights, goals, strict=True)), ZERO)
    return kept / sum(weights, ZERO) if any(weights) else None


def _order(place: Place, whole: Mapping[str, Fraction], by: Target | None) -> tuple[Fraction, ...]:
    """Return what a place is sorted by, the smallest first.

    By a target: the largest figure first, of a level that is to sink the smallest, last who has none.
    """
    if by is not None:
        return _order_by_figure(place.ranked_figure, by)
    if place.score is not None:
        return (ZERO, -place.score)
    given = [
        figure / whole[key] for key, figure in place.figures.items() if figure and key in whole and figure > 0
    ]
    return (ONE, Fraction(-len(given)), -sum(given, ZERO))


def _order_by_figure(figure: Fraction | None, by: Target) -> tuple[Fraction, ...]:
    if figure is None:
        return (ONE,)
    sinks = by.reading.is_level and by.goal is not None and by.goal.is_upper
    return (ZERO, figure if sinks else -figure)


def _goals(
    plan: Plan, town: str, figures: Mapping[str, Fraction | None], seasons: Mapping[str, Season]
) -> Iterable[TownGoal]:
    """Yield what a town owes: its quotas, and the goals of the per-town targets that cover it.

    A quota is met at its amount, also of a target that the plan as a whole must exceed.
    """
    weighs = any(target.weight is not None for target in plan.targets if _is_owed_by_towns(target))
    for target in plan.targets:
        season = seasons[target.key]
        counted = season.counted and (target.weight is not None or not weighs)
        owed = find_owed(target, plan, season.day)
        quota = dict(target.quotas).get(town)
        if quota is not None:
            goal: Goal | None = Goal(AT_LEAST, quota)
        elif target.metric.towns is not None and town in target.metric.towns:
            amount = dict(target.town_goals).get(town)
            goal = owed.goal if amount is None or owed.goal is None else owed.goal._replace(amount=amount)
        else:
            continue
        if goal is not None:
            actual = figures[target.key]
            base = None if quota is not None else find_base(target, owed, UNASKED, season.day, town)
            yield TownGoal(target, actual, goal, season.period, counted, base)


def _is_owed_by_towns(target: Target) -> bool:
    """Tell whether towns owe anything of a target."""
    return bool(target.quotas) or target.metric.towns is not None


def _of_town(
    target: Target, sorted_out: Mapping[Metric, Mapping[str | None, Sequence[Span]]], town: str | None
) -> Spans:
    """Return what the records of a town amount to, for each metric that a target is measured by."""
    metrics = Measured(target.metric, target.reading).metrics
    return {metric: sorted_out[metric].get(town, ()) for metric in metrics}


def _by_town(spans: Sequence[Span], towns: Iterable[str]) -> dict[str | None, Sequence[Span]]:
    """Group the spans by town; those of none, or of one that the plan does not know, stand under None."""
    found = sort_by_town(spans)
    known: dict[str | None, Sequence[Span]] = {town: found.get(town, ()) for town in towns}
    return {**known, None: [span for town, its in found.items() if town not in known for span in its]}


def _figure(target: Target, spans: Mapping[Metric, Sequence[Span]], plan: Plan, day: date) -> Fraction | None:
    """Measure a target over some records as if it were not per town."""
    measured = Measured(target.metric._replace(towns=None), target.reading)
    own = {**spans, measured.metric: spans[target.metric]}
    window = find_window(target, plan, day)
    end = window.end or day
    return make_figures(measured, Recorded(own, plan.calendar), window).on(min(day, end))
