"""不低于, 超 and a ceiling: on which side of the goal the promise is kept."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Goal, Metric
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    FUND_SCALE,
    INVESTORS,
    at_least,
    at_most,
    more_than,
    span,
    standing,
    target,
)


@pytest.mark.parametrize(
    ("goal", "actual", "met"),
    [
        pytest.param(at_least(30), "29.99", False, id="at_least, just below"),
        pytest.param(at_least(30), "30", True, id="at_least, exactly"),
        pytest.param(at_least(30), "30.01", True, id="at_least, just above"),
        pytest.param(more_than(150), "149.99", False, id="more_than, just below"),
        pytest.param(more_than(150), "150", False, id="more_than, exactly"),
        pytest.param(more_than(150), "150.01", True, id="more_than, just above"),
        pytest.param(at_most(10000), "9999.99", True, id="at_most, just below"),
        pytest.param(at_most(10000), "10000", True, id="at_most, exactly"),
        pytest.param(at_most(10000), "10000.01", False, id="at_most, just above"),
        pytest.param(at_most(10000), "0", True, id="at_most, nothing spent"),
    ],
)
def test_a_goal_is_met_as_its_boundary_word_says(goal: Goal, actual: str, met: bool) -> None:
    assert goal.met(Fraction(actual)) is met
    assert standing(target(goal, EXPENDITURE), [span("2022-03-01", actual)], "2022-03-01").met is met


@pytest.mark.parametrize(
    ("goal", "metric", "arrives_at"),
    [
        pytest.param(at_least(30), BUILDINGS, 30, id="a count of at least"),
        pytest.param(more_than(15), BUILDINGS, 16, id="a count that must exceed"),
        pytest.param(more_than(15), INVESTORS, 16, id="a stock count that must exceed"),
        pytest.param(more_than(150), FUND_SCALE, 150, id="a sum that must exceed"),
        pytest.param(at_least(150), EXPENDITURE, 150, id="a sum of at least"),
    ],
)
def test_the_trajectory_arrives_at_what_keeps_the_promise(
    goal: Goal, metric: Metric, arrives_at: int
) -> None:
    assert standing(target(goal, metric), [], "2024-12-31").expected == arrives_at


def test_a_target_without_a_goal_is_never_met() -> None:
    row = standing(target(None), [span("2022-03-01", 1000)], "2022-03-01")
    assert (row.actual, row.met, row.goal) == (1000, False, None)


@pytest.mark.parametrize(
    ("actual", "progress"),
    [(0, Fraction(0)), (10, Fraction(1, 3)), (30, Fraction(1)), (45, Fraction(3, 2))],
    ids=["nothing", "a third", "all", "more than all: not capped"],
)
def test_progress_is_the_actual_figure_over_the_goal(actual: int, progress: Fraction) -> None:
    assert standing(target(at_least(30)), [span("2022-03-01", actual)], "2022-06-30").progress == progress


def test_the_progress_of_a_target_that_must_be_exceeded_is_over_its_goal_too() -> None:
    assert standing(target(more_than(15)), [span("2022-03-01", 15)], "2022-06-30").progress == 1


def test_the_share_used_of_a_ceiling_is_its_progress() -> None:
    row = standing(target(at_most(10000), EXPENDITURE), [span("2022-03-01", 12500)], "2022-06-30")
    assert row.progress == Fraction(5, 4)


def test_a_target_without_a_goal_makes_no_progress() -> None:
    assert standing(target(None), [span("2022-03-01")], "2022-06-30").progress is None
