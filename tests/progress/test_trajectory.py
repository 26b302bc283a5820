"""Where a target should stand on a day (序时进度), without milestones."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.plan.metrics import Metric
from kfly.progress.trajectory import Trajectory
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    HUNDREDTH_DAY,
    INVESTORS,
    at_least,
    at_most,
    day,
    more_than,
    nth_day,
    plan,
    span,
    standing,
    target,
)

TEN_TO_FORTY = [(day("2022-01-01"), Fraction(10)), (day("2022-01-31"), Fraction(40))]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("2021-12-31", 10, id="before its first point: as on it"),
        pytest.param("2022-01-01", 10, id="on its first point"),
        pytest.param("2022-01-16", 25, id="halfway"),
        pytest.param("2022-01-30", 39, id="a day before its last point"),
        pytest.param("2022-01-31", 40, id="on its last point"),
        pytest.param("2030-01-01", 40, id="after its last point: its highest value"),
    ],
)
def test_a_line_goes_straight_by_calendar_day(asked: str, expected: int) -> None:
    assert Trajectory(TEN_TO_FORTY).on(day(asked)) == expected
    assert Trajectory(reversed(TEN_TO_FORTY)).on(day(asked)) == expected


def test_a_line_never_falls() -> None:
    line = Trajectory([*TEN_TO_FORTY, (day("2022-02-10"), Fraction(20)), (day("2022-02-20"), Fraction(50))])
    days = ("2022-01-31", "2022-02-05", "2022-02-10", "2022-02-15", "2022-02-20")
    assert [line.on(day(d)) for d in days] == [40, 40, 40, 45, 50]


@pytest.mark.parametrize("reverse", [False, True])
def test_of_two_points_on_one_day_the_higher_counts(reverse: bool) -> None:
    points = [(day("2022-01-31"), Fraction(30)), *TEN_TO_FORTY]
    assert Trajectory(sorted(points, reverse=reverse)).on(day("2022-01-31")) == 40


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2021-06-30", 0, id="before the plan"),
        pytest.param("2021-12-31", 0, id="the eve"),
        pytest.param("2022-01-01", 1, id="the first day"),
        pytest.param("2022-12-31", 365, id="after one year"),
        pytest.param("2024-02-29", 790, id="a leap day is a day"),
        pytest.param("2024-12-30", 1095, id="the day before the deadline"),
        pytest.param("2024-12-31", 1096, id="the deadline"),
        pytest.param("2025-12-31", 1096, id="after the deadline"),
    ],
)
@pytest.mark.parametrize("metric", [BUILDINGS, EXPENDITURE, INVESTORS], ids=["count", "sum", "stock"])
def test_what_is_expected_grows_day_by_day_from_the_eve_to_the_deadline(
    metric: Metric, as_of: str, expected: int
) -> None:
    assert standing(target(at_least(1096), metric), [], as_of).expected == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2022-12-31", 9, id="9.99 of 30 after 365 days"),
        pytest.param("2023-01-01", 10, id="10.02 of 30 after 366 days"),
        pytest.param("2024-12-30", 29, id="29.97"),
        pytest.param("2024-12-31", 30, id="all"),
    ],
)
def test_half_a_building_is_not_expected(as_of: str, expected: int) -> None:
    assert standing(target(at_least(30)), [], as_of).expected == expected


def test_a_part_of_a_sum_is_expected() -> None:
    promise = target(at_least(30), EXPENDITURE, due=HUNDREDTH_DAY)
    assert standing(promise, [], nth_day(1)).expected == Fraction(3, 10)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2022-04-09", 15), ("2022-04-10", 16)],
    ids=["15.84 the day before", "16 on the deadline"],
)
def test_a_count_that_must_exceed_fifteen_is_expected_at_sixteen(as_of: str, expected: int) -> None:
    assert standing(target(more_than(15), due=HUNDREDTH_DAY), [], as_of).expected == expected


def test_a_sum_that_must_exceed_is_expected_at_its_goal() -> None:
    promise = target(more_than(100), EXPENDITURE, due=HUNDREDTH_DAY)
    assert [standing(promise, [], d).expected for d in (nth_day(50), HUNDREDTH_DAY)] == [50, 100]


@pytest.mark.parametrize("goal", [None, at_most(10000)], ids=["no goal", "a ceiling"])
@pytest.mark.parametrize("as_of", ["2021-12-31", "2022-06-30", "2025-06-30"])
def test_nothing_is_expected_of_a_ceiling_or_without_a_goal(goal: None, as_of: str) -> None:
    assert standing(target(goal, EXPENDITURE), [span("2022-03-01")], as_of).expected is None


def test_a_plan_that_starts_in_march_expects_nothing_on_its_eve() -> None:
    spring = plan(starts="2022-03-01", ends="2025-02-28")
    promise = target(at_least(100), EXPENDITURE, due="2022-06-08")  # a hundred days from the eve, 28 February
    stood = [standing(promise, [], d, spring).expected for d in (date(2022, 2, 28), date(2022, 3, 1))]
    assert stood == [0, 1]


def test_what_is_done_already_does_not_bend_the_line() -> None:
    promise = target(at_least(100), EXPENDITURE, due=HUNDREDTH_DAY)
    assert standing(promise, [span("2022-01-05", 90)], nth_day(50)).expected == 50
