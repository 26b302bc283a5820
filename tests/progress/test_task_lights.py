"""A task's supervision light (三色督办): done green, overdue red, behind yellow, due soon blue, else none."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Goal, Metric
from kfly.plan.model import Lights
from tests.support.progress_examples import (
    BUILDINGS,
    ENCLAVES,
    EXPENDITURE,
    HUNDREDTH_DAY,
    INVESTORS,
    NANZHA,
    Amount,
    Day,
    at_least,
    at_most,
    more_than,
    need,
    nth_day,
    plan,
    signed,
    span,
    task,
    task_standing,
)


def light(goal: Goal, metric: Metric, actual: Amount, number: int) -> str:
    """The light of a task with one need on the n-th of its hundred days."""
    spans = {metric: [span("2022-01-01", actual)]}
    return task_standing(task(1, HUNDREDTH_DAY, need(goal, metric)), spans, nth_day(number)).light


@pytest.mark.parametrize(
    ("actual", "colour"),
    [
        pytest.param("50", "none", id="on its line"),
        pytest.param("40.01", "none", id="just above 0.8 of it"),
        pytest.param("40", "none", id="exactly 0.8 of it"),
        pytest.param("39.99", "yellow", id="just below 0.8 of it"),
        pytest.param("0", "yellow", id="nothing done"),
        pytest.param("100", "green", id="done"),
    ],
)
def test_an_open_task_is_yellow_below_0_8_of_its_line(actual: str, colour: str) -> None:
    assert light(at_least(100), EXPENDITURE, actual, 50) == colour


@pytest.mark.parametrize(("actual", "colour"), [(4, "none"), (3, "yellow")], ids=["0.8 of 5", "below"])
def test_a_count_is_compared_with_its_line_as_rounded(actual: int, colour: str) -> None:
    """On the 59th day 5.9 of 10: 5."""
    assert light(at_least(10), BUILDINGS, actual, 59) == colour


@pytest.mark.parametrize(("actual", "colour"), [(80, "none"), (79, "yellow")], ids=["0.8 of 100", "below"])
def test_a_count_that_must_exceed_runs_to_one_more(actual: int, colour: str) -> None:
    """More than 199 by the hundredth day is 200: 100 on the fiftieth, while 199 would have made it 99."""
    assert light(more_than(199), BUILDINGS, actual, 50) == colour


@pytest.mark.parametrize(
    ("number", "colour"),
    [
        pytest.param(1, "none", id="99 days left"),
        pytest.param(69, "none", id="31 days left"),
        pytest.param(70, "blue", id="30 days left"),
        pytest.param(99, "blue", id="a day left"),
        pytest.param(100, "blue", id="due today"),
        pytest.param(101, "red", id="overdue"),
    ],
)
def test_a_task_that_is_due_soon_is_blue(number: int, colour: str) -> None:
    assert task_standing(task(1, HUNDREDTH_DAY), {}, nth_day(number)).light == colour
    assert light(at_least(100), EXPENDITURE, "99.99", number) == colour


@pytest.mark.parametrize(("actual", "colour"), [(64, "blue"), ("63.99", "yellow")])
def test_behind_outweighs_due_soon(actual: Amount, colour: str) -> None:
    """On the eightieth day 80 of 100 are due, 64 is four fifths of it, and 20 days are left."""
    assert light(at_least(100), EXPENDITURE, actual, 80) == colour


def test_one_need_behind_is_enough() -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(100)), need(at_least(100), EXPENDITURE))
    spans = {BUILDINGS: [span("2022-01-01", 100)], EXPENDITURE: [span("2022-01-01", 39)]}
    assert task_standing(row, spans, nth_day(50)).light == "yellow"
    assert task_standing(row, {**spans, EXPENDITURE: [span("2022-01-01", 40)]}, nth_day(50)).light == "none"


def test_a_ceiling_has_no_line_to_be_behind() -> None:
    assert light(at_most(10), EXPENDITURE, 11, 50) == "none"
    assert light(at_most(10), EXPENDITURE, 11, 80) == "blue"


def test_a_stock_is_held_against_its_own_line_too() -> None:
    assert light(at_least(100), INVESTORS, 40, 50) == "none"
    assert light(at_least(100), INVESTORS, 39, 50) == "yellow"


@pytest.mark.parametrize(
    ("number", "colour"),
    [(33, "none"), (34, "none"), (67, "yellow"), (68, "yellow")],
    ids=["0.99 towns: none", "1.02 towns: 1", "2.01 towns: 2", "2.04 towns: 2"],
)
def test_towns_are_expected_as_whole_towns(number: int, colour: str) -> None:
    """One of three towns is there: enough until two are expected."""
    row = task(10, HUNDREDTH_DAY, need(at_least(5000), ENCLAVES))
    spans = {ENCLAVES: [span("2022-01-01", 5000, town=NANZHA)]}
    assert task_standing(row, spans, nth_day(number)).light == colour


def test_a_line_runs_from_31_december_before_the_tables_year() -> None:
    """In the table of 2023 the hundredth day is 10 April 2023."""
    row = task(1, "2023-04-10", need(at_least(100), EXPENDITURE), year=2023)
    found = task_standing(row, {EXPENDITURE: [span("2023-01-02", 30)]}, "2023-02-19")
    assert found.needs[0].expected == 50
    assert found.light == "yellow"


def test_a_need_runs_on_its_own_line_whatever_its_target_expects() -> None:
    of = plan(
        task(1, HUNDREDTH_DAY, need(at_least(100), EXPENDITURE)),
        task(2, nth_day(50), need(at_least(90), EXPENDITURE)),
    )
    found = task_standing(of.tasks[0], {EXPENDITURE: [span("2022-01-01", 45)]}, nth_day(50), of=of)
    assert (found.needs[0].expected, found.light) == (50, "none")


@pytest.mark.parametrize(
    ("as_of", "signed_on", "colour"),
    [
        pytest.param(nth_day(50), nth_day(50), "green", id="signed off though behind"),
        pytest.param(nth_day(50), nth_day(51), "yellow", id="signed off tomorrow"),
        pytest.param(nth_day(150), nth_day(140), "green", id="signed off late"),
        pytest.param(nth_day(150), nth_day(151), "red", id="overdue until it is signed off"),
    ],
)
def test_a_sign_off_turns_the_light_green(as_of: Day, signed_on: Day, colour: str) -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(100)))
    assert task_standing(row, {}, as_of, signed(signed_on, forced=True)).light == colour


def test_what_is_done_late_is_green() -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(100)))
    assert task_standing(row, {BUILDINGS: [span(nth_day(120), 100)]}, nth_day(130)).light == "green"


@pytest.mark.parametrize(
    ("due_soon_days", "number", "colour"),
    [(10, 89, "none"), (10, 90, "blue"), (0, 99, "none"), (0, 100, "blue"), (60, 40, "blue")],
)
def test_how_soon_is_soon_is_the_plans_to_say(due_soon_days: int, number: int, colour: str) -> None:
    of = plan(lights=Lights(yellow=Fraction(4, 5), due_soon_days=due_soon_days))
    assert task_standing(task(1, HUNDREDTH_DAY), {}, nth_day(number), of=of).light == colour


def test_before_its_year_a_task_is_not_yet_due_soon() -> None:
    row = task(1, "2022-01-15")
    assert [task_standing(row, {}, d).light for d in ("2021-12-31", "2022-01-01")] == ["none", "blue"]
