"""Enclaves: each town's area in each year against the goal that it owes, and where they stand."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Metric, Span
from kfly.plan.model import Organisation, Target
from kfly.progress.enclaves import (
    Enclaves,
    TownEnclaves,
    assess_enclaves,
    find_yearly_target,
    narrow_to_host,
    widen_to_all_towns,
    year_of,
)
from tests.support.progress_examples import (
    BUILDINGS,
    CHENGJIANG,
    ENCLAVES,
    NANZHA,
    YUECHENG,
    YUNTING,
    at_least,
    at_most,
    day,
    plan,
    span,
    standing,
    target,
)

GOAL = target(at_least(5000), ENCLAVES, every="year")
ZONE = "高新区"
PLAN = plan()._replace(
    organisations=(
        *(Organisation(town, town, "town") for town in (CHENGJIANG, NANZHA, YUNTING, YUECHENG)),
        Organisation(ZONE, ZONE, "zone"),
        Organisation("市科技局", "Bureau", "department"),
    )
)
SPANS = [
    span("2022-03-01", 3000, town=NANZHA),
    span("2022-06-01", 2000, town=NANZHA),
    span("2022-06-01", "4999.99", town=YUNTING),
    span("2022-07-01", 1800, town=CHENGJIANG),
    span("2023-04-01", 6000, town=YUECHENG),
]


def found(
    year: int, on: str, promise: Target | None = GOAL, hosts: dict[str, list[Span]] | None = None
) -> Enclaves:
    metric = widen_to_all_towns(promise, PLAN)
    spans: dict[Metric, list[Span]] = {metric: SPANS}
    spans |= {narrow_to_host(metric, host): its for host, its in (hosts or {}).items()}
    return assess_enclaves(promise, spans, PLAN, year, day(on))


def row(shown: Enclaves, town: str) -> TownEnclaves:
    return next(each for each in shown.towns if each.town == town)


@pytest.mark.parametrize(
    ("on", "area", "met", "missing"),
    [
        ("2022-02-28", 0, False, 5000),
        ("2022-03-01", 3000, False, 2000),
        ("2022-06-01", 5000, True, 0),
        ("2023-05-01", 5000, True, 0),
    ],
)
def test_a_town_is_short_of_the_goal_by_what_is_missing(on: str, area: int, met: bool, missing: int) -> None:
    assert row(found(2022, on), NANZHA)[1:5] == (5000, area, met, missing)


def test_a_hundredth_of_a_square_metre_is_missing_too() -> None:
    short = row(found(2022, "2022-12-31"), YUNTING)
    assert (short.met, short.missing) == (False, Fraction("0.01"))


def test_a_town_that_owes_nothing_is_shown_when_it_has_enclaves() -> None:
    assert [each.town for each in found(2022, "2022-06-30").towns] == [NANZHA, YUNTING, YUECHENG]
    shown = found(2022, "2022-07-01")
    assert [each.town for each in shown.towns] == [CHENGJIANG, NANZHA, YUNTING, YUECHENG]
    assert row(shown, CHENGJIANG)[1:5] == (None, 1800, None, None)


def test_each_year_counts_for_itself_and_all_until_the_day_are_shown() -> None:
    assert row(found(2023, "2023-06-30"), NANZHA).years == ((2022, 5000, True), (2023, 0, False))
    assert row(found(2022, "2023-06-30"), YUECHENG).years == ((2022, 0, False), (2023, 6000, True))
    assert row(found(2024, "2022-06-30"), NANZHA).years == ((2022, 5000, True), (2024, 0, False))


@pytest.mark.parametrize("on", ["2021-06-01", "2022-06-30", "2023-04-01", "2024-12-31", "2026-01-01"])
def test_the_figures_are_those_of_the_target(on: str) -> None:
    status = standing(GOAL, [s for s in SPANS if s.town != CHENGJIANG], on, PLAN)
    owing = [each for each in found(year_of(PLAN, day(on)), on).towns if each.owed is not None]
    assert [(e.town, e.area, e.owed, e.met) for e in owing] == [tuple(each) for each in status.each]
    for figure in status.years:
        met = [year.met for each in owing for year in each.years if year.year == figure.year]
        assert sum(map(bool, met)) == figure.actual


def test_hosts_are_those_of_the_year_the_largest_first() -> None:
    hosts = {ZONE: [SPANS[0]], CHENGJIANG: [SPANS[1], SPANS[4]]}
    assert row(found(2022, "2022-12-31", hosts=hosts), NANZHA).hosts == ((ZONE, 3000), (CHENGJIANG, 2000))
    assert row(found(2022, "2022-12-31", hosts=hosts), YUECHENG).hosts == ()
    assert row(found(2023, "2023-12-31", hosts=hosts), YUECHENG).hosts == ((CHENGJIANG, 6000),)


@pytest.mark.parametrize(
    "promise",
    [
        target(at_least(5000), ENCLAVES),
        target(at_least(5000), ENCLAVES._replace(towns=None), every="year"),
        target(at_least(5), BUILDINGS._replace(towns=(NANZHA,)), every="year"),
        target(at_most(5000), ENCLAVES, every="year"),
        target(None, ENCLAVES, every="year"),
    ],
    ids=["once", "not per town", "another kind", "a ceiling", "tracked only"],
)
def test_only_a_yearly_goal_for_each_towns_enclaves_is_owed(promise: Target) -> None:
    assert find_yearly_target(plan(promises=(promise,))) is None
    assert find_yearly_target(plan(promises=(promise, GOAL))) is GOAL


def test_without_a_goal_the_areas_are_shown_and_nobody_owes() -> None:
    shown = found(2022, "2022-12-31", promise=None)
    assert [(each.town, each.area, each.owed) for each in shown.towns] == [
        (CHENGJIANG, 1800, None),
        (NANZHA, 5000, None),
        (YUNTING, Fraction("4999.99"), None),
    ]
