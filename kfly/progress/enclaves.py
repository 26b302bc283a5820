"""The enclaves (科创飞地, 二.1 and 三.4): what each town has set up in each year, where, and what it owes."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.known_kinds import ENCLAVE
from kfly.plan.metrics import Condition, Goal, Metric, Span
from kfly.plan.model import Plan, Target
from kfly.progress.series import sort_by_town, total
from kfly.progress.shortfall import measure_lack

FLOOR_AREA, HOST = "floor_area", "host"

Hosts = tuple[tuple[str, Fraction], ...]  # the host, and the area in it; the largest first


class YearArea(NamedTuple):
    """What a town set up in one year; ``met`` is None where it owes nothing."""

    year: int
    area: Fraction
    met: bool | None


class TownEnclaves(NamedTuple):
    """One town; ``owed``, ``met`` and ``missing`` are None where it owes nothing."""

    town: str
    owed: Fraction | None
    area: Fraction
    met: bool | None
    missing: Fraction | None
    hosts: Hosts
    years: tuple[YearArea, ...]


class Enclaves(NamedTuple):
    """What ``enclaves`` shows."""

    target: Target | None  # with the goal of each town; None where the plan sets none
    year: int
    towns: tuple[TownEnclaves, ...]


def find_yearly_target(plan: Plan) -> Target | None:
    """Find the target that sets each town a yearly goal for enclaves: the plan's first of that kind."""
    return next((target for target in plan.targets if _sets_a_goal(target)), None)


def _sets_a_goal(target: Target) -> bool:
    metric, goal = target.metric, target.goal
    each_town = metric.kind == ENCLAVE and metric.towns is not None and target.every_year
    return each_town and goal is not None and not goal.is_upper


def widen_to_all_towns(target: Target | None, plan: Plan) -> Metric:
    """Return the target's metric over all towns and zones, also those that owe nothing."""
    towns = tuple(place.name for place in plan.places)
    metric = target.metric if target else Metric(ENCLAVE, FLOOR_AREA)
    return metric._replace(towns=towns)


def narrow_to_host(metric: Metric, host: str) -> Metric:
    """Narrow a metric to what stands in one host."""
    return metric._replace(where=(*metric.where, Condition(HOST, "=", (host,))))


def year_of(plan: Plan, day: date) -> int:
    """Return the year that ``status`` counts on a day: held between the plan's first and last."""
    return min(max(day.year, plan.starts.year), plan.ends.year)


def assess_enclaves(
    target: Target | None,
    spans: Mapping[Metric, Sequence[Span]],
    plan: Plan,
    year: int,
    day: date,
) -> Enclaves:
    """Work out how the towns stand that owe enclaves or have some all the same, in the plan's order.

    Args:
        target: as :func:`find_yearly_target` found it.
        spans: of :func:`widen_to_all_towns`, and of that in each host.
        plan: its organisations and years.
        year: the year asked; the years of the plan until the day are shown beside it.
        day: what is set up later does not count yet.
    """
    metric = widen_to_all_towns(target, plan)
    last = max(min(day.year, plan.ends.year), year)
    years = range(plan.starts.year, last + 1)
    areas = {n: _areas(metric, spans[metric], plan.year_window(n), day) for n in years}
    areas = {n: its for n, its in areas.items() if n <= day.year or n == year}
    hosts = _hosts(metric, spans, plan.year_window(year), day)
    owing = set(target.metric.towns or ()) if target else set()
    goal = target.goal if target else None
    whole = metric.field is None
    rows = (
        _town(town, goal if town in owing else None, areas, year, whole=whole)._replace(
            hosts=hosts.get(town, ())
        )
        for town in metric.towns or ()
    )
    shown = tuple(row for row in rows if row.town in owing or any(figure.area for figure in row.years))
    return Enclaves(target, year, shown)


def _town(
    town: str, goal: Goal | None, areas: Mapping[int, Mapping[str, Fraction]], year: int, *, whole: bool
) -> TownEnclaves:
    """Work out how a town stands, its hosts apart."""
    years = tuple(
        YearArea(n, area[town], goal.met(area[town]) if goal else None) for n, area in areas.items()
    )
    area = areas[year][town]
    return TownEnclaves(
        town=town,
        owed=goal.amount if goal else None,
        area=area,
        met=goal.met(area) if goal else None,
        missing=measure_lack(goal, area, whole=whole) if goal else None,
        hosts=(),
        years=years,
    )


def _areas(
    metric: Metric, spans: Sequence[Span], window: tuple[date, date], day: date
) -> dict[str, Fraction]:
    """Sum up what each town has set up in a year's window, until a day: the figures of ``status``."""
    start, end = window
    by_town = sort_by_town(spans)
    first = None if metric.stock else start
    running = {town: total(by_town.get(town, ()), first, end) for town in metric.towns or ()}
    return {town: series.on(min(day, end)) or Fraction(0) for town, series in running.items()}


def _hosts(
    metric: Metric, spans: Mapping[Metric, Sequence[Span]], window: tuple[date, date], day: date
) -> dict[str, Hosts]:
    """Find where each town's enclaves of a year stand."""
    found: dict[str, list[tuple[str, Fraction]]] = {}
    for host in metric.towns or ():
        of_host = narrow_to_host(metric, host)
        for town, area in _areas(metric, spans.get(of_host, ()), window, day).items():
            if area:
                found.setdefault(town, []).append((host, area))
    return {town: tuple(sorted(its, key=lambda pair: -pair[1])) for town, its in found.items()}
