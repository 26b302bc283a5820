"""Goals that a period has or has not: followed figures, tracked towns, scores, and what a league compares."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import LEVEL, Metric, PeriodGoal, Reading, Span
from kfly.plan.model import Lights, Organisation, Plan, Target
from kfly.progress.league import league
from kfly.progress.score import score
from kfly.progress.seasons import find_season
from kfly.progress.targets import TargetStanding, assess_target
from tests.support.progress_examples import NANZHA, YUNTING, at_least, day, plan, span, target

REPORTED = Metric("figure", "value", dated="stated_on", stock=True)
AHEAD = target(at_least(5), REPORTED, key="growth", every="year")._replace(reading=Reading(LEVEL))
WAGES = REPORTED._replace(kind="other")
BEHIND = target(at_least(0), WAGES, every="year")._replace(reading=Reading(LEVEL), follows="growth")
BY_TOWN = REPORTED._replace(towns=(NANZHA, YUNTING))
TRACKED = target(at_least(80), BY_TOWN, every="year")._replace(
    reading=Reading(LEVEL), goals=(PeriodGoal("2022", None), PeriodGoal("2023", Fraction(80)))
)


def stand(promise: Target, spans: dict[Metric, list[Span]], on: str) -> TargetStanding:
    return assess_target(promise, spans, plan(promises=(AHEAD, promise)), day(on))


def test_each_year_is_held_against_what_the_other_target_had_that_year() -> None:
    spans = {
        REPORTED: [span("2022-12-31", 6), span("2023-06-30", 4)],
        WAGES: [span("2022-12-31", 5), span("2023-06-30", 5)],
    }
    row = stand(BEHIND, spans, "2023-07-01")
    assert [(each.actual, each.goal, each.met) for each in row.years] == [(5, 6, False), (5, 4, True)]
    assert (row.goal, row.met) == (at_least(4), True)


def test_a_later_line_runs_from_what_the_other_target_had_at_the_end_of_the_period_before() -> None:
    promise = BEHIND._replace(baseline=Fraction(1))
    spans = {REPORTED: [span("2022-12-31", 6), span("2023-06-30", 8)], WAGES: [span("2023-06-30", 7)]}
    row = stand(promise, spans, "2023-07-01")
    assert row.base
    assert (row.base.amount, row.progress) == (6, Fraction(1, 2))


def test_towns_without_a_goal_are_never_added_up_and_keep_their_figures() -> None:
    spans = {BY_TOWN: [span("2022-06-30", 70, town=NANZHA), span("2022-06-30", 90, town=YUNTING)]}
    row = stand(TRACKED, spans, "2022-07-01")
    assert (row.actual, row.goal, row.met, row.light, row.lacks_data) == (None, None, False, "none", False)
    assert [(each.town, each.actual, each.goal, each.met) for each in row.each] == [
        (NANZHA, 70, None, False),
        (YUNTING, 90, None, False),
    ]
    assert stand(TRACKED, {BY_TOWN: []}, "2022-07-01").lacks_data


def test_what_has_no_goal_in_the_period_of_the_day_stands_aside_in_the_score() -> None:
    weighed = TRACKED._replace(weight=Fraction(3))
    other = AHEAD._replace(weight=Fraction(1))
    spans = {BY_TOWN: [span("2023-06-30", 90, town=NANZHA)], REPORTED: [span("2022-06-30", 5)]}
    assert score([stand(weighed, spans, "2022-07-01"), stand(other, spans, "2022-07-01")], ()) == 100
    rows = [stand(weighed, spans, "2023-07-01"), stand(other, spans, "2023-07-01")]
    assert score(rows, ()) == Fraction(3, 2) / 4 * 100


def county(*promises: Target) -> Plan:
    towns = tuple(Organisation(name, name, "town") for name in (NANZHA, YUNTING))
    return plan(promises=promises)._replace(organisations=towns)


def test_the_league_weighs_its_goals_and_leaves_aside_those_without_a_weight() -> None:
    first = target(at_least(10), Metric("building", None, towns=(NANZHA, YUNTING)))
    second = target(at_least(10), Metric("event", None, towns=(NANZHA, YUNTING)))
    spans = {first.metric: [span("2022-02-01", 5, town=NANZHA)], second.metric: []}

    def find_score(*weights: int | None) -> Fraction | None:
        asked = (
            one._replace(key=str(n), weight=None if weight is None else Fraction(weight))
            for n, (one, weight) in enumerate(zip((first, second), weights, strict=True))
        )
        places = league(county(*asked), spans, day("2022-06-30"))
        return next(place.score for place in places if place.town == NANZHA)

    assert find_score(None, None) == Fraction(1, 4)
    assert find_score(3, 1) == Fraction(3, 8)
    assert find_score(3, None) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("on", "judged", "period", "counted"),
    [
        ("2022-01-10", "2022-01-10", "2022Q1", False),
        ("2022-04-10", "2022-03-31", "2022Q1", True),
        ("2022-05-10", "2022-05-10", "2022Q2", True),
        ("2023-01-10", "2022-12-31", "2022Q4", True),
    ],
)
def test_in_the_first_days_of_a_quarter_the_league_looks_at_the_one_before(
    on: str, judged: str, period: str, *, counted: bool
) -> None:
    promise = target(at_least(3), every="quarter")
    season = find_season(promise, plan(lights=Lights(Fraction(4, 5), 30, 30)), day(on))
    assert season.period
    assert (season.day, season.period.label, season.counted) == (day(judged), period, counted)
