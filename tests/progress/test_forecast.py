"""Where the pace of the last twelve months leads by the deadline."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Goal, Metric, Span
from kfly.plan.model import Target, Task
from kfly.plan.numbers import TaskNumber
from kfly.progress.forecast import MONTH, Forecast
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
    day,
    more_than,
    need,
    nth_day,
    plan,
    span,
    standing,
    target,
    task,
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
    promise = target(at_least(100), metric, every="year" if every_year else None)
    assert standing(promise, [span("2010-01-01", 99)], "2021-12-31").forecast is None


def test_before_a_plan_that_starts_in_march_there_is_no_forecast_of_the_year() -> None:
    spring = plan(starts="2022-03-01", ends="2025-02-28")
    promise = target(at_least(30), every="year")
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


@pytest.mark.parametrize(
    ("goal", "metric", "actual", "missing"),
    [
        pytest.param(more_than(100), BUILDINGS, 100, 1, id="a count that stands on what it must exceed"),
        pytest.param(more_than(100), EXPENDITURE, 100, Fraction(1, 100), id="a sum that does"),
        pytest.param(more_than(100), EXPENDITURE, 101, 0, id="a sum that has passed it"),
    ],
)
def test_what_is_unmet_never_needs_a_pace_of_nothing(
    goal: Goal, metric: Metric, actual: Amount, missing: Amount
) -> None:
    found = of_hundred_days(goal, metric, actual, 50)
    assert found.pace_needed == Fraction(missing) / 50 * MONTH


@pytest.mark.parametrize(
    ("held", "gone", "projected"),
    [
        pytest.param(150, 100, 0, id="50 left, 2 a day go for fifty days"),
        pytest.param(150, 75, 0, id="75 left, 1.5 a day: nothing is left on the last day"),
        pytest.param(150, 74, 2, id="76 left, 1.48 a day: 2"),
        pytest.param(150, 150, 0, id="all gone"),
    ],
)
def test_a_stock_is_never_projected_below_nothing(held: int, gone: int, projected: int) -> None:
    """On the fiftieth of a hundred days; what ended since is a falling pace."""
    promise = target(more_than(150), FUND_SCALE, due=HUNDREDTH_DAY)
    funds = [span("2010-01-01", held - gone), span("2010-01-01", gone, until="2022-02-01")]
    found = forecast(promise, funds, nth_day(50))
    assert found.projected == projected
    assert (found.on_course, found.reached_on) == (False, None)
    assert found.pace < 0
    assert found.on(Fraction(held - gone), nth_day(50), day("2031-01-01")) == 0


def test_a_sum_that_is_below_nothing_already_falls_no_further() -> None:
    """Refunds: 5 more came back than was paid; the pace is no reason to expect less."""
    found = forecast(target(at_least(100), EXPENDITURE), [span("2022-01-05", -5)], "2022-06-30")
    assert found.projected == -5


TEN_BY_NOVEMBER = task(11, "2022-11-30", need(at_least(10)))

Missed = tuple[Day, Amount, Amount, Amount, TaskNumber]


def missed_milestone(promise: Target, spans: list[Span], as_of: Day, *rows: Task) -> Missed | None:
    """Its day, what is owed, what is projected, what is short, and the task's number."""
    found = standing(promise, spans, as_of, plan(*rows)).forecast
    assert found is not None
    missed = found.milestone
    return missed and (
        missed.due.isoformat(),
        missed.amount,
        missed.projected,
        missed.short,
        missed.task.number,
    )


@pytest.mark.parametrize(
    ("actual", "as_of", "missed"),
    [
        pytest.param(4, "2022-06-16", (10, 8, 2), id="4 on day 167 of 334 make 8, and 26 by the end"),
        pytest.param(5, "2022-06-16", None, id="5 make 10"),
        pytest.param(3, "2022-06-16", None, id="the whole is short: that is what is told"),
        pytest.param(9, "2022-11-30", (10, 9, 1), id="on the day of the milestone"),
        pytest.param(10, "2022-11-30", None, id="met on its day"),
        pytest.param(9, "2022-12-01", None, id="it has passed, and no other comes"),
    ],
)
def test_though_the_whole_is_on_course_the_next_milestone_may_be_missed(
    actual: int, as_of: str, missed: tuple[int, int, int] | None
) -> None:
    found = missed_milestone(target(at_least(20)), [span("2022-01-01", actual)], as_of, TEN_BY_NOVEMBER)
    assert found == (missed and ("2022-11-30", *missed, 11))


def test_a_sum_misses_its_milestone_by_parts() -> None:
    row = task(11, "2022-11-30", need(at_least(10), EXPENDITURE))
    promise = target(at_least(20), EXPENDITURE)
    found = missed_milestone(promise, [span("2022-01-01", "4.9")], "2022-06-16", row)
    assert found == ("2022-11-30", 10, Fraction("9.8"), Fraction("0.2"), 11)


@pytest.mark.parametrize(
    ("metric", "owed"), [(BUILDINGS, 20), (INVESTORS, 10)], ids=["a flow adds up", "a stock stands as it is"]
)
def test_the_milestone_of_the_second_table_is_counted_from_the_plans_start(metric: Metric, owed: int) -> None:
    """As of 2023-06-30 nine stand, five of them since a year: ten a year, and 154 days to go."""
    rows = (
        task(11, "2022-11-30", need(at_least(10), metric)),
        task(3, "2023-11-30", need(at_least(10), metric), year=2023),
    )
    spans = [span("2022-02-01", 4), span("2023-01-02", 5)]
    found = missed_milestone(target(at_least(16), metric), spans, "2023-06-30", *rows)
    assert found == (("2023-11-30", 20, 11, 9, 3) if owed == 20 else None)


def test_what_an_earlier_milestone_promised_more_is_still_owed_on_the_next() -> None:
    rows = (task(1, "2022-03-31", need(at_least(10))), task(2, "2022-11-30", need(at_least(8))))
    found = missed_milestone(target(at_least(20)), [span("2022-01-01", 4)], "2022-06-16", *rows)
    assert found == ("2022-11-30", 10, 8, 2, 2)


@pytest.mark.parametrize(
    "promise",
    [
        pytest.param(target(at_least(20), every="year"), id="a yearly target takes none"),
        pytest.param(target(at_least(20), key="another"), id="the need names another target"),
        pytest.param(target(at_least(20), due="2022-11-30"), id="on the deadline it is the whole"),
        pytest.param(target(at_least(20), due="2022-10-31"), id="after the deadline"),
    ],
)
def test_what_is_no_milestone_on_the_way_is_not_missed(promise: Target) -> None:
    spans = [span("2022-01-01", 1), span("2022-06-01", 19)]
    assert missed_milestone(promise, spans, "2022-06-16", TEN_BY_NOVEMBER) is None
