"""A target's light: green, yellow from 0.8 of what is expected, red below it or past the deadline."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Goal, Metric
from kfly.plan.model import Lights
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    FUND_SCALE,
    HUNDREDTH_DAY,
    at_least,
    at_most,
    more_than,
    need,
    nth_day,
    plan,
    span,
    standing,
    target,
    task,
)


def light(goal: Goal | None, metric: Metric, actual: int | str, number: int) -> str:
    """The light on the n-th of the hundred days."""
    spans = [span("2022-01-01", actual)] if Fraction(actual) else []
    return standing(target(goal, metric, due=HUNDREDTH_DAY), spans, nth_day(number)).light


@pytest.mark.parametrize(
    ("actual", "colour"),
    [
        pytest.param("51", "green", id="above what is expected"),
        pytest.param("50", "green", id="exactly what is expected"),
        pytest.param("49.99", "yellow", id="just below what is expected"),
        pytest.param("40", "yellow", id="exactly 0.8 of it"),
        pytest.param("39.99", "red", id="just below 0.8 of it"),
        pytest.param("0", "red", id="nothing"),
    ],
)
def test_a_light_on_the_fiftieth_of_a_hundred_days(actual: str, colour: str) -> None:
    assert light(at_least(100), EXPENDITURE, actual, 50) == colour


@pytest.mark.parametrize(
    ("actual", "colour"),
    [(5, "green"), (4, "yellow"), (3, "red")],
    ids=["5 of 5", "exactly 0.8 of 5", "below"],
)
def test_a_count_is_compared_with_what_is_expected_as_rounded(actual: int, colour: str) -> None:
    """On the 59th day 5.9 of 10 are due: 5. Four fifths of 5.9 would have made 4 red."""
    assert light(at_least(10), BUILDINGS, actual, 59) == colour


def test_while_less_than_one_is_expected_nothing_is_late() -> None:
    assert light(at_least(10), BUILDINGS, 0, 9) == "green"
    assert light(at_least(10), BUILDINGS, 0, 10) == "red"


def test_a_goal_met_early_is_green() -> None:
    assert light(at_least(100), EXPENDITURE, 100, 2) == "green"


def test_a_goal_met_is_green_though_a_milestone_asks_for_more() -> None:
    of = plan(task(1, "2022-02-19", need(at_least(400))))
    promise = target(at_least(100), due=HUNDREDTH_DAY)
    assert standing(promise, [span("2022-01-05", 100)], "2022-02-19", of).light == "green"


@pytest.mark.parametrize(
    ("goal", "metric", "actual", "on_the_day", "the_day_after"),
    [
        pytest.param(at_least(100), BUILDINGS, 100, "green", "green", id="met"),
        pytest.param(at_least(100), BUILDINGS, 99, "yellow", "red", id="one short"),
        pytest.param(at_least(100), BUILDINGS, 80, "yellow", "red", id="0.8 of it"),
        pytest.param(at_least(100), BUILDINGS, 79, "red", "red", id="below 0.8"),
        pytest.param(more_than(15), BUILDINGS, 16, "green", "green", id="exceeded"),
        pytest.param(more_than(15), BUILDINGS, 15, "yellow", "red", id="not exceeded"),
        pytest.param(more_than(15), BUILDINGS, 12, "red", "red", id="below 0.8 of 16"),
        pytest.param(at_most(100), EXPENDITURE, 100, "green", "green", id="a ceiling kept"),
        pytest.param(at_most(100), EXPENDITURE, 101, "red", "red", id="a ceiling exceeded"),
        pytest.param(None, BUILDINGS, 5, "none", "none", id="no goal"),
    ],
)
def test_the_deadline_is_passed_on_the_day_after_it(
    goal: Goal | None, metric: Metric, actual: int, on_the_day: str, the_day_after: str
) -> None:
    assert light(goal, metric, actual, 100) == on_the_day
    assert light(goal, metric, actual, 101) == the_day_after


def test_a_sum_that_must_exceed_is_green_on_its_trajectory_until_the_deadline_has_passed() -> None:
    """On the deadline 150 of 150 is all that its line asks for; not until the day after is it too little."""
    assert light(more_than(150), EXPENDITURE, 150, 100) == "green"
    assert light(more_than(150), EXPENDITURE, 150, 101) == "red"
    assert light(more_than(150), EXPENDITURE, "150.01", 101) == "green"


@pytest.mark.parametrize(
    ("actual", "colour"),
    [("0", "green"), ("99.99", "green"), ("100", "green"), ("100.01", "red")],
)
@pytest.mark.parametrize("number", [1, 50, 100, 400])
def test_a_ceiling_is_green_until_it_is_exceeded(actual: str, colour: str, number: int) -> None:
    assert light(at_most(100), EXPENDITURE, actual, number) == colour


def test_a_target_without_a_goal_has_no_light() -> None:
    assert light(None, BUILDINGS, 0, 50) == light(None, BUILDINGS, 1000, 50) == "none"


@pytest.mark.parametrize("as_of", ["2015-01-01", "2021-12-31"], ids=["years before", "the eve"])
@pytest.mark.parametrize(
    ("goal", "metric"),
    [
        pytest.param(at_least(30), BUILDINGS, id="flow"),
        pytest.param(more_than(150), FUND_SCALE, id="stock"),
        pytest.param(at_most(10000), EXPENDITURE, id="ceiling"),
    ],
)
@pytest.mark.parametrize("every_year", [False, True], ids=["for the plan", "every year"])
def test_before_the_plan_starts_every_target_with_a_goal_is_green(
    goal: Goal, metric: Metric, as_of: str, every_year: bool
) -> None:
    assert standing(target(goal, metric, every="year" if every_year else None), [], as_of).light == "green"


def test_before_the_plan_starts_a_target_without_a_goal_has_no_light() -> None:
    assert standing(target(None), [], "2021-12-31").light == "none"


def test_before_a_plan_that_starts_in_march_its_yearly_targets_are_green() -> None:
    """Its first year has 306 days: on the eleventh 1 of 30 is expected."""
    spring = plan(starts="2022-03-01", ends="2025-02-28")
    promise = target(at_least(30), every="year")
    assert standing(promise, [], "2022-02-15", spring).light == "green"
    stood = {d: standing(promise, [], d, spring) for d in ("2022-03-10", "2022-03-11")}
    assert [(row.expected, row.light) for row in stood.values()] == [(0, "green"), (1, "red")]


@pytest.mark.parametrize(
    ("yellow", "colour"),
    [(Fraction(1, 2), "yellow"), (Fraction(3, 5), "yellow"), (Fraction(61, 100), "red")],
)
def test_where_yellow_ends_is_the_plans_to_say(yellow: Fraction, colour: str) -> None:
    of = plan(lights=Lights(yellow=yellow, due_soon_days=30))
    promise = target(at_least(100), EXPENDITURE, due=HUNDREDTH_DAY)
    assert standing(promise, [span("2022-01-01", 30)], nth_day(50), of).light == colour


def test_a_stock_that_shrinks_loses_its_light() -> None:
    promise = target(at_least(100), FUND_SCALE, due=HUNDREDTH_DAY)
    funds = [span("2015-01-01", 100, until=nth_day(50))]
    assert standing(promise, funds, nth_day(49)).light == "green"
    assert standing(promise, funds, nth_day(50)).light == "red"
