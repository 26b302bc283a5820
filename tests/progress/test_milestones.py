"""What the yearly tables promise for a target on the way to its deadline."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Metric
from kfly.plan.model import Target, Task
from tests.support.progress_examples import (
    BUILDINGS,
    ENCLAVES,
    EVE,
    EXPENDITURE,
    FUND_SCALE,
    HUNDREDTH_DAY,
    INVESTORS,
    Day,
    at_least,
    at_most,
    more_than,
    need,
    nth_day,
    plan,
    standing,
    target,
    task,
)


def expected(promise: Target, as_of: Day, *rows: Task) -> Fraction:
    """What the plan with these tasks expects of a target."""
    amount = standing(promise, [], as_of, plan(*rows)).expected
    assert amount is not None
    return amount


TASK_11 = task(11, "2022-11-30", need(at_least(10)))


@pytest.mark.parametrize(
    ("as_of", "amount"),
    [
        pytest.param("2021-12-31", 0, id="the eve"),
        pytest.param("2022-06-15", 4, id="4.97, 166 of 334 days towards the milestone"),
        pytest.param("2022-06-16", 5, id="halfway to the milestone"),
        pytest.param("2022-11-30", 10, id="the milestone"),
        pytest.param("2023-12-16", 20, id="halfway from the milestone to the deadline, 381 of 762 days"),
        pytest.param("2024-12-31", 30, id="the deadline"),
    ],
)
def test_a_need_that_names_a_target_is_a_milestone(as_of: str, amount: int) -> None:
    assert expected(target(at_least(30)), as_of, TASK_11) == amount


@pytest.mark.parametrize("names", ["another", None], ids=["names another target", "spells its own metric"])
def test_other_needs_are_no_milestones(names: str | None) -> None:
    row = task(12, "2022-11-30", need(at_least(10), names=names))
    assert expected(target(at_least(1096)), "2022-11-30", row) == 334


def test_a_ceiling_among_the_needs_is_no_milestone() -> None:
    row = task(12, "2022-11-30", need(at_most(900)))
    assert expected(target(at_least(1096)), "2022-11-30", row) == 334


def test_a_count_that_must_exceed_its_goal_passes_its_milestone_on_the_way() -> None:
    row = task(13, "2022-12-31", need(at_least(5)))
    days = ("2022-12-31", "2024-12-30", "2024-12-31")
    assert [expected(target(more_than(15)), d, row) for d in days] == [5, 15, 16]


@pytest.mark.parametrize(
    ("as_of", "amount"),
    [("2022-06-30", 4), ("2022-11-30", 10), ("2023-12-31", 22), ("2024-12-31", 30)],
)
def test_within_a_table_the_largest_amount_counts_once(as_of: str, amount: int) -> None:
    """4 by June and 10 by November are 10 in the year; 12 in the next make 22."""
    rows = (
        task(3, "2022-06-30", need(at_least(4))),
        TASK_11,
        task(5, "2023-12-31", need(at_least(12)), year=2023),
    )
    assert expected(target(at_least(30)), as_of, *rows) == amount


@pytest.mark.parametrize(("as_of", "amount"), [("2022-06-30", 10), ("2022-11-30", 10), ("2023-12-31", 22)])
def test_a_smaller_amount_later_in_the_table_lowers_nothing(as_of: str, amount: int) -> None:
    rows = (
        task(3, "2022-06-30", need(at_least(10))),
        task(4, "2022-11-30", need(at_least(4))),
        task(5, "2023-12-31", need(at_least(12)), year=2023),
    )
    assert expected(target(at_least(30)), as_of, *rows) == amount


@pytest.mark.parametrize(
    ("as_of", "amount"),
    [("2022-12-31", 10), ("2023-06-30", 15), ("2023-12-31", 22), ("2024-06-30", 27), ("2024-12-31", 30)],
)
def test_a_flow_adds_up_over_the_tables(as_of: str, amount: int) -> None:
    """10 in 2022; 5 and then 12 in all in 2023; 5 in 2024: 10, 15, 22, 27."""
    rows = (
        task(1, "2024-06-30", need(at_least(5)), year=2024),
        task(1, "2023-06-30", need(at_least(5)), year=2023),
        task(2, "2023-12-31", need(at_least(12)), year=2023),
        task(1, "2022-12-31", need(at_least(10))),
    )
    assert expected(target(at_least(30)), as_of, *rows) == amount


def test_a_flow_of_sums_adds_up_too() -> None:
    rows = (
        task(1, "2022-12-31", need(at_least(100), EXPENDITURE)),
        task(1, "2023-12-31", need(at_least(150), EXPENDITURE), year=2023),
    )
    assert expected(target(at_least(900), EXPENDITURE), "2023-12-31", *rows) == 250


@pytest.mark.parametrize("metric", [INVESTORS, FUND_SCALE], ids=["count", "sum"])
def test_a_stocks_milestones_stand_as_they_are(metric: Metric) -> None:
    rows = (
        task(18, "2022-12-31", need(at_least(10), metric)),
        task(18, "2023-12-31", need(at_least(14), metric), year=2023),
    )
    days = ("2022-12-31", "2023-07-02", "2023-12-31")
    rising = [expected(target(at_least(20), metric), d, *rows) for d in days]
    assert rising[0] == 10
    assert 12 <= rising[1] < 13  # 183 of 365 days: 12.005
    assert rising[2] == 14


def test_a_stocks_lower_promise_in_a_later_table_lowers_nothing() -> None:
    rows = (
        task(18, "2022-12-31", need(at_least(10), INVESTORS)),
        task(18, "2023-12-31", need(at_least(8), INVESTORS), year=2023),
    )
    days = ("2022-12-31", "2023-06-30", "2023-12-31")
    assert [expected(target(at_least(20), INVESTORS), d, *rows) for d in days] == [10, 10, 10]


@pytest.mark.parametrize(
    ("as_of", "amount"),
    [("2022-12-30", 997), ("2022-12-31", 1000), ("2023-06-30", 1000), ("2024-12-31", 1000)],
)
def test_a_thousand_talents_in_2022_are_the_thousand_of_three_years(as_of: str, amount: int) -> None:
    """The document promises as many for the first year as for all three; both stand as written."""
    task_14 = task(14, "2022-12-31", need(at_least(1000)))
    assert expected(target(at_least(1000)), as_of, task_14) == amount


@pytest.mark.parametrize(
    ("milestone", "at_the_deadline"),
    [(80, 100), (100, 100), (120, 120)],
    ids=["below the goal", "the goal itself", "above the goal"],
)
def test_on_the_deadlines_own_date_the_higher_promise_counts(milestone: int, at_the_deadline: int) -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(milestone)))
    promise = target(at_least(100), due=HUNDREDTH_DAY)
    assert expected(promise, HUNDREDTH_DAY, row) == at_the_deadline
    assert expected(promise, nth_day(50), row) == at_the_deadline / 2


def test_tables_may_promise_more_than_the_target() -> None:
    rows = (
        task(1, "2022-12-31", need(at_least(20))),
        task(1, "2023-12-31", need(at_least(20)), year=2023),
    )
    days = ("2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31")
    assert [expected(target(at_least(30)), d, *rows) for d in days] == [20, 40, 40, 40]


def test_a_yearly_target_takes_no_milestones() -> None:
    row = task(1, "2023-03-14", need(at_least(30)), year=2023)
    promise = target(at_least(30), BUILDINGS, every="year")
    assert expected(promise, "2023-03-14", row) == 6  # 73 of 365 days


def test_a_per_town_target_takes_no_milestones() -> None:
    row = task(10, "2022-02-28", need(at_least(5000), ENCLAVES))
    promise = target(at_least(5000), ENCLAVES)
    assert expected(promise, "2022-02-28", row) == 0
    assert expected(promise, "2022-12-31", row) == 0  # 3 × 365 / 1096 is just short of a town
    assert expected(promise, "2023-01-01", row) == 1


def test_milestones_expect_nothing_before_the_plan() -> None:
    assert expected(target(at_least(30)), EVE, TASK_11) == 0
