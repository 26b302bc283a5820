"""The contest among towns (比学赶超, 四.2): what each has contributed, and how far it keeps what it owes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import Goal, Metric, Plan, Span, Target
from kfly.progress.gauge import Gauge
from kfly.progress.targets import window

DAYS_BEFORE = 30  # a change of rank is told against the rank so long ago
ZERO, ONE = Fraction(0), Fraction(1)

Spans = Mapping[Metric, Sequence[Span]]


class TownGoal(NamedTuple):
    """What a town owes of a target, and how far it has come."""

    target: Target
    actual: Fraction
    goal: Goal

    @property
    def share(self) -> Fraction:
        """What of it is reached, at most all."""
        return min(ONE, self.actual / self.goal.amount) if self.goal.amount else ONE


class Contribution(NamedTuple):
    """What a town, or None for records without one, has contributed to each target, by the target's key."""

    town: str | None
    figures: Mapping[str, Fraction]


class Place(NamedTuple):
    """A town in the league."""

    town: str
    rank: int
    rank_before: int | None  # thirty days ago; None before the plan began
    score: Fraction | None  # the mean of its shares; None for one that owes nothing
    goals: tuple[TownGoal, ...]
    figures: Mapping[str, Fraction]

    @property
    def change(self) -> int | None:
        """By how many ranks it has risen; below 0 when it fell."""
        return None if self.rank_before is None else self.rank_before - self.rank


def list_metrics(plan: Plan) -> dict[Metric, None]:
    """Return the metrics that must be read by town, each once."""
    return dict.fromkeys(target.metric for target in plan.targets)


def contributions(plan: Plan, spans: Spans, day: date) -> tuple[Contribution, ...]:
    """Sum up what each town and zone has contributed until a day, and last what belongs to no town.

    It is counted by the rules of the target itself: the same window, the same records.

    Args:
        plan: the plan.
        spans: of each target's metric, by town.
        day: the day asked.
    """
    towns = [place.name for place in plan.places]
    sorted_out = {metric: _by_town(spans[metric], towns) for metric in list_metrics(plan)}
    return tuple(
        Contribution(
            town, {t.key: _figure(t, sorted_out[t.metric].get(town, ()), plan, day) for t in plan.targets}
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
    whole: dict[str, Fraction] = {}
    found = contributions(plan, spans, day)
    for contribution in found:
        for key, figure in contribution.figures.items():
            whole[key] = whole.get(key, ZERO) + figure
    entered = []
    for town, figures in found:
        if town is not None:
            goals = tuple(_goals(plan, town, figures))
            score = sum((goal.share for goal in goals), ZERO) / len(goals) if goals else None
            entered.append(
                Place(town=town, rank=0, rank_before=None, score=score, goals=goals, figures=figures)
            )
    ordered = sorted(
        entered, key=lambda place: _order(place, whole, by)
    )  # those that are equal, as in the plan
    ranked: list[Place] = []
    for position, place in enumerate(ordered, start=1):
        above = ordered[position - 2] if ranked else None
        tied = above is not None and _order(above, whole, by) == _order(place, whole, by)
        ranked.append(place._replace(rank=ranked[-1].rank if tied else position))
    return ranked


def _order(place: Place, whole: Mapping[str, Fraction], by: str | None) -> tuple[Fraction, ...]:
    """Return what a place is sorted by, the smallest first."""
    if by is not None:
        return (-place.figures[by],)
    if place.score is not None:
        return (ZERO, -place.score)
    given = [figure / whole[key] for key, figure in place.figures.items() if figure > 0]
    return (ONE, Fraction(-len(given)), -sum(given, ZERO))


def _goals(plan: Plan, town: str, figures: Mapping[str, Fraction]) -> Iterable[TownGoal]:
    """Yield what a town owes: its quotas, and the goals of the per-town targets that cover it."""
    for target in plan.targets:
        quota = dict(target.quotas).get(town)
        if quota is not None:
            comparison = target.goal.comparison if target.goal else "at_least"
            yield TownGoal(target, figures[target.key], Goal(comparison, quota))
        elif target.goal and target.metric.towns is not None and town in target.metric.towns:
            yield TownGoal(target, figures[target.key], target.goal)


def _by_town(spans: Iterable[Span], towns: Iterable[str]) -> dict[str | None, list[Span]]:
    """Group the spans by town; those of none, or of one that the plan does not know, stand under None."""
    sorted_out: dict[str | None, list[Span]] = {town: [] for town in (*towns, None)}
    for span in spans:
        sorted_out[span.town if span.town in sorted_out else None].append(span)
    return sorted_out


def _figure(target: Target, spans: Iterable[Span], plan: Plan, day: date) -> Fraction:
    start, end = window(target, plan, day)
    return Gauge(metric=target.metric._replace(towns=None), goal=None, spans=spans, start=start, end=end).on(
        day
    )
