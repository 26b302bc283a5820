"""The day on which a goal was first met, or on which the pace would meet it."""

from datetime import date

import pytest

from kfly.plan.metrics import Goal, Metric, Span
from kfly.plan.model import Target
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    FUND_SCALE,
    HUNDREDTH_DAY,
    INVESTORS,
    Amount,
    Day,
    at_least,
    day,
    more_than,
    nth_day,
    span,
    standing,
    target,
)


def reached_on(promise: Target, spans: list[Span], as_of: Day) -> date | None:
    """The day reached, of a forecast that there must be."""
    found = standing(promise, spans, as_of).forecast
    assert found is not None
    return found.reached_on


@pytest.mark.parametrize(
    ("goal", "metric", "actual", "reached"),
    [
        pytest.param(at_least(100), EXPENDITURE, 50, nth_day(100), id="50 at 1 a day"),
        pytest.param(at_least(100), EXPENDITURE, 40, nth_day(125), id="60 at 0.8 a day"),
        pytest.param(at_least(100), EXPENDITURE, 30, nth_day(167), id="70 at 0.6 a day: 116.7 days"),
        pytest.param(
            more_than(100), EXPENDITURE, 50, nth_day(101), id="a sum stands on its goal a day before"
        ),
        pytest.param(more_than(100), EXPENDITURE, 30, nth_day(167), id="a sum passes its goal between days"),
        pytest.param(at_least(10), BUILDINGS, 3, nth_day(167), id="a count needs whole ones"),
        pytest.param(more_than(100), BUILDINGS, 50, nth_day(101), id="a count that must exceed: 51 more"),
        pytest.param(more_than(100), BUILDINGS, 25, nth_day(202), id="76 more at 0.5 a day"),
        pytest.param(more_than(100), BUILDINGS, 100, nth_day(51), id="a count on its goal needs one more"),
        pytest.param(more_than(100), EXPENDITURE, 100, nth_day(51), id="a sum on its goal needs a day"),
    ],
)
def test_an_unmet_goal_is_reached_when_the_pace_gets_there(
    goal: Goal, metric: Metric, actual: Amount, reached: date
) -> None:
    """All on the fiftieth of a hundred days."""
    promise = target(goal, metric, due=HUNDREDTH_DAY)
    assert reached_on(promise, [span("2022-01-01", actual)], nth_day(50)) == reached


@pytest.mark.parametrize(
    ("amount", "reached"),
    [("2.5", nth_day(150)), ("3", nth_day(150))],
    ids=["two and a half", "three"],
)
def test_a_count_reaches_two_and_a_half_with_the_third(amount: str, reached: date) -> None:
    """One in 50 days: the projection, rounded down, is 3 on the 150th day."""
    promise = target(at_least(amount), due=HUNDREDTH_DAY)
    assert reached_on(promise, [span("2022-01-01")], nth_day(50)) == reached


@pytest.mark.parametrize("as_of", [nth_day(60), nth_day(75), HUNDREDTH_DAY])
def test_a_met_goal_was_reached_on_its_first_day(as_of: date) -> None:
    spans = [span("2022-01-10", 60), span(nth_day(60), 40), span(nth_day(70), 40)]
    assert reached_on(target(at_least(100), due=HUNDREDTH_DAY), spans, as_of) == nth_day(60)


def test_a_goal_lost_and_met_again_was_first_met_the_first_time() -> None:
    promise = target(more_than(15), INVESTORS)
    investors = [
        span("2019-01-01", 15),
        span("2022-03-05", until="2022-04-01"),
        span("2022-05-01"),
    ]
    assert reached_on(promise, investors, "2022-06-01") == day("2022-03-05")


def test_reaching_it_on_the_plans_first_day_is_reaching_it() -> None:
    assert reached_on(target(at_least(30)), [span("2022-01-01", 30)], "2022-01-01") == day("2022-01-01")


def test_a_met_goal_keeps_its_day_when_the_pace_has_died() -> None:
    spans = [span("2022-02-01", 30)]
    assert reached_on(target(at_least(30)), spans, "2024-06-30") == day("2022-02-01")


def test_on_the_deadline_the_pace_still_leads_somewhere() -> None:
    """0.5 a day for a hundred days: the other half is there a hundred days on."""
    promise = target(at_least(100), due=HUNDREDTH_DAY)
    assert reached_on(promise, [span("2022-02-01", 50)], HUNDREDTH_DAY) == nth_day(200)


@pytest.mark.parametrize(
    ("metric", "spans"),
    [
        pytest.param(BUILDINGS, [], id="nothing at all"),
        pytest.param(BUILDINGS, [span("2022-03-01", 20)], id="nothing for more than 365 days"),
        pytest.param(FUND_SCALE, [span("2010-01-01", 20)], id="a stock that stands still"),
        pytest.param(
            FUND_SCALE,
            [span("2010-01-01", 20), span("2010-01-01", 5, until="2023-06-01")],
            id="a stock that shrinks",
        ),
    ],
)
def test_without_a_pace_it_is_never_reached(metric: Metric, spans: list[Span]) -> None:
    assert reached_on(target(at_least(30), metric), spans, "2023-12-31") is None


FIVE_YEARS_ON = date(2029, 12, 31)
DAYS_TO_IT = (FIVE_YEARS_ON - date(2022, 1, 1)).days


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        pytest.param(at_least(1 + DAYS_TO_IT), FIVE_YEARS_ON, id="five years past the deadline"),
        pytest.param(at_least(2 + DAYS_TO_IT), None, id="a day later"),
        pytest.param(more_than(1 + DAYS_TO_IT), None, id="exceeded a day later"),
        pytest.param(at_least(10**12), None, id="long after it"),
    ],
)
@pytest.mark.parametrize("metric", [BUILDINGS, EXPENDITURE], ids=["count", "sum"])
def test_a_day_more_than_five_years_past_the_deadline_is_no_day(
    metric: Metric, goal: Goal, reached: date | None
) -> None:
    """One on the first day is one a day."""
    assert reached_on(target(goal, metric), [span("2022-01-01")], "2022-01-01") == reached


@pytest.mark.parametrize(
    ("due", "last"),
    [("2024-02-29", "2029-02-28"), ("2024-02-28", "2029-02-28"), ("9998-12-31", "9999-12-31")],
    ids=["due on a 29 February", "a day before it", "as long as there are dates"],
)
def test_five_years_past_the_deadline_are_five_years_of_the_calendar(due: str, last: str) -> None:
    days = (day(last) - date(2022, 1, 1)).days
    found = [
        reached_on(target(at_least(1 + n), due=due), [span("2022-01-01")], "2022-01-01")
        for n in (days, days + 1)
    ]
    assert found == [day(last), None]


@pytest.mark.parametrize(
    ("events", "reached"),
    [(6, "2023-12-31"), (5, None)],
    ids=["on the last day of the year", "in another year"],
)
def test_a_yearly_goal_is_never_reached_in_another_year(events: int, reached: str | None) -> None:
    """On the 73rd of 365 days, 6 of 30 are a fifth of them."""
    promise = target(at_least(30), every="year")
    found = reached_on(promise, [span("2023-01-05", events)], "2023-03-14")
    assert found == (day(reached) if reached else None)
