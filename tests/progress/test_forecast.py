"""Where the pace of the last twelve months leads by the deadline."""

from fractions import Fraction

import pytest

from kfly.plan.model import Goal, Metric, Span, Target
from kfly.progress.forecast import Forecast
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    FUND_SCALE,
    HUNDREDTH_DAY,
    INVESTORS,
    Amount,
    Day,
    at_least,
    at_most,
    more_than,
    nth_day,
    plan,
    span,
    standing,
    target,
)


def forecast(promise: Target, spans: list[Span], as_of: Day) -> Forecast:
    """The forecast, which there must be."""
    found = standing(promise, spans, as_of).forecast
    assert found is not None
    return found


def of_hundred_days(goal: Goal, metric: Metric, actual: Amount, number: int) -> Forecast:
    """The forecast on the n-th of the hundred days."""
    return forecast(target(goal, metric, due=HUNDREDTH_DAY), [span("2022-01-01", actual)], nth_day(number))


@pytest.mark.parametrize(
    ("goal", "metric", "actual", "number", "leads_to"),
    [
        pytest.param(at_least(100), EXPENDITURE, 40, 50, (80, False), id="0.8 a day makes 80"),
        pytest.param(at_least(100), EXPENDITURE, 50, 50, (100, True), id="exactly the goal"),
        pytest.param(more_than(100), EXPENDITURE, 50, 50, (100, False), id="a sum must exceed it"),
        pytest.param(more_than(100), EXPENDITURE, "50.5", 50, (101, True), id="a sum exceeds it"),
        pytest.param(at_least(8), EXPENDITURE, 3, 40, ("7.5", False), id="a sum keeps its parts"),
        pytest.param(more_than(7), EXPENDITURE, 3, 40, ("7.5", True), id="half is more than nothing"),
        pytest.param(at_least(8), BUILDINGS, 3, 40, (7, False), id="half a building is none"),
        pytest.param(more_than(7), BUILDINGS, 3, 40, (7, False), id="rounded first, compared then"),
        pytest.param(at_least(7), BUILDINGS, 3, 40, (7, True), id="rounded down to the goal"),
    ],
)
def test_the_pace_since_the_plans_start_carries_on(
    goal: Goal, metric: Metric, actual: Amount, number: int, leads_to: tuple[Amount, bool]
) -> None:
    found = of_hundred_days(goal, metric, actual, number)
    projected, on_course = leads_to
    assert (found.projected, found.on_course) == (Fraction(projected), on_course)


def test_after_a_year_only_the_last_365_days_set_the_pace() -> None:
    """As of 2023-12-31: 73 in 365 days, 366 days left; the 100 of 2022 are no pace any more."""
    spans = [span("2022-05-01", 100), span("2023-03-01", 73)]
    found = forecast(target(at_least(1000), EXPENDITURE), spans, "2023-12-31")
    assert found.projected == 173 + Fraction(73, 365) * 366


@pytest.mark.parametrize(
    ("since", "projected"),
    [("2022-12-31", 73), ("2023-01-01", 73 + Fraction(366, 5))],
    ids=["365 days ago: already there then", "364 days ago: part of the pace"],
)
def test_the_pace_takes_in_what_came_after_the_day_365_days_ago(since: str, projected: Fraction) -> None:
    found = forecast(target(at_least(1000), EXPENDITURE), [span(since, 73)], "2023-12-31")
    assert found.projected == projected


@pytest.mark.parametrize(
    ("as_of", "days", "days_left"),
    [("2022-12-30", 364, 732), ("2022-12-31", 365, 731), ("2023-01-01", 365, 730)],
)
def test_the_pace_is_over_the_days_since_the_eve_and_365_at_most(
    as_of: str, days: int, days_left: int
) -> None:
    found = forecast(target(at_least(10**6), EXPENDITURE), [span("2022-06-01", 10)], as_of)
    assert found.projected == 10 + Fraction(10, days) * days_left


def test_on_the_plans_first_day_one_day_is_the_pace() -> None:
    """One building on the first day and 1095 days left make 1096."""
    found = forecast(target(at_least(30)), [span("2022-01-01")], "2022-01-01")
    assert (found.projected, found.on_course) == (1096, True)


def test_what_lay_before_the_window_of_a_flow_is_no_pace() -> None:
    found = forecast(target(at_least(30)), [span("2021-12-31", 50)], "2022-01-01")
    assert (found.projected, found.on_course, found.reached_on) == (0, False, None)


def test_what_a_stock_held_on_the_eve_is_no_pace() -> None:
    """10 before the plan and 5 since: 5 in 50 days, 50 days left."""
    promise = target(more_than(15), INVESTORS, due=HUNDREDTH_DAY)
    found = forecast(promise, [span("2010-01-01", 10), span("2022-02-01", 5)], nth_day(50))
    assert (found.projected, found.on_course) == (20, True)


def test_a_stock_that_shrinks_goes_on_shrinking() -> None:
    promise = target(at_least(100), FUND_SCALE, due=HUNDREDTH_DAY)
    funds = [span("2010-01-01", 90), span("2010-01-01", 10, until="2022-02-01")]
    found = forecast(promise, funds, nth_day(50))
    assert (found.projected, found.on_course, found.reached_on) == (80, False, None)


@pytest.mark.parametrize(
    ("actual", "on_course"),
    [(99, False), (100, True)],
)
def test_on_the_deadline_the_projection_is_what_there_is(actual: int, on_course: bool) -> None:
    found = of_hundred_days(at_least(100), BUILDINGS, actual, 100)
    assert (found.projected, found.on_course) == (actual, on_course)


@pytest.mark.parametrize("actual", [99, 100], ids=["unmet", "met"])
def test_past_the_deadline_there_is_no_forecast(actual: int) -> None:
    promise = target(at_least(100), due=HUNDREDTH_DAY)
    assert standing(promise, [span("2022-01-01", actual)], nth_day(101)).forecast is None


@pytest.mark.parametrize("metric", [BUILDINGS, INVESTORS], ids=["flow", "stock"])
@pytest.mark.parametrize("every_year", [False, True], ids=["for the plan", "every year"])
def test_before_the_plan_starts_there_is_no_forecast(metric: Metric, every_year: bool) -> None:
    promise = target(at_least(100), metric, every_year=every_year)
    assert standing(promise, [span("2010-01-01", 99)], "2021-12-31").forecast is None


def test_before_a_plan_that_starts_in_march_there_is_no_forecast_of_the_year() -> None:
    spring = plan(starts="2022-03-01", ends="2025-02-28")
    promise = target(at_least(30), every_year=True)
    assert standing(promise, [span("2022-01-01")], "2022-02-28", spring).forecast is None
    assert standing(promise, [span("2022-01-01")], "2022-03-01", spring).forecast is not None


@pytest.mark.parametrize("goal", [None, at_most(100)], ids=["no goal", "a ceiling"])
@pytest.mark.parametrize("actual", [1, 1000])
def test_a_ceiling_or_no_goal_has_no_forecast(goal: Goal | None, actual: int) -> None:
    promise = target(goal, EXPENDITURE, due=HUNDREDTH_DAY)
    assert standing(promise, [span("2022-01-01", actual)], nth_day(50)).forecast is None


def test_the_pace_needed_and_the_pace_so_far_are_in_the_same_month() -> None:
    """40 in 50 days so far, 60 in 50 days to come: half as much again."""
    found = of_hundred_days(at_least(100), EXPENDITURE, 40, 50)
    assert found.pace_needed is not None
    assert found.pace_needed / found.pace == Fraction(3, 2)
    assert 28 <= found.pace / Fraction(40, 50) <= 31


@pytest.mark.parametrize(
    ("goal", "metric", "missing"),
    [
        pytest.param(at_least(100), BUILDINGS, 50, id="a count of at least"),
        pytest.param(more_than(100), BUILDINGS, 51, id="a count that must exceed needs one more"),
        pytest.param(more_than(100), EXPENDITURE, 50, id="a sum that must exceed"),
    ],
)
def test_the_pace_needed_leads_to_where_the_trajectory_arrives(
    goal: Goal, metric: Metric, missing: int
) -> None:
    found = of_hundred_days(goal, metric, 50, 50)
    assert found.pace_needed is not None
    assert found.pace_needed / found.pace == Fraction(missing, 50)


def test_what_is_met_needs_no_pace() -> None:
    assert of_hundred_days(at_least(100), EXPENDITURE, 120, 50).pace_needed == 0


def test_without_progress_there_is_no_pace_but_one_is_needed() -> None:
    found = forecast(target(at_least(100), due=HUNDREDTH_DAY), [], nth_day(50))
    assert (found.projected, found.on_course, found.pace) == (0, False, 0)
    assert found.pace_needed is not None
    assert found.pace_needed > 0
