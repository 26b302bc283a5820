"""A task is open, overdue or done on a day, by its figures or by the office's word."""

import pytest

from kfly.plan.course import Course
from kfly.plan.metrics import Goal, Metric
from kfly.plan.model import Task
from kfly.progress.tasks import assess_task
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    INVESTORS,
    Amount,
    at_least,
    at_most,
    more_than,
    need,
    plan,
    signed,
    span,
    task,
    task_standing,
)

BY_WORD = task(1, "2022-11-30")  # without needs: people sign it off
BY_FIGURES = task(11, "2022-11-30", need(at_least(10)))


@pytest.mark.parametrize(
    ("as_of", "state", "days_left", "days_overdue"),
    [
        pytest.param("2022-01-01", "open", 333, None, id="1 January"),
        pytest.param("2022-10-31", "open", 30, None, id="a month before"),
        pytest.param("2022-11-30", "open", 0, None, id="the due date itself"),
        pytest.param("2022-12-01", "overdue", None, 1, id="a day after"),
        pytest.param("2023-11-30", "overdue", None, 365, id="a year after"),
    ],
)
@pytest.mark.parametrize("row", [BY_WORD, BY_FIGURES], ids=["without needs", "with needs"])
def test_an_undone_task_is_open_to_its_due_date_and_overdue_after(
    row: Task, as_of: str, state: str, days_left: int | None, days_overdue: int | None
) -> None:
    stood = task_standing(row, {BUILDINGS: [span("2022-02-01", 9)]}, as_of)
    assert (stood.state, stood.days_left, stood.days_overdue) == (state, days_left, days_overdue)
    assert (stood.completed_on, stood.late, stood.awaits_sign_off) == (None, False, False)


@pytest.mark.parametrize("as_of", ["2022-06-30", "2022-12-31"], ids=["before it is due", "after"])
def test_a_done_task_counts_no_days(as_of: str) -> None:
    stood = task_standing(BY_WORD, {}, as_of, signed("2022-05-01"))
    assert (stood.state, stood.days_left, stood.days_overdue) == ("done", None, None)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2022-04-30", "open"), ("2022-05-01", "done"), ("2022-05-02", "done"), ("2030-01-01", "done")],
    ids=["dated after the day asked", "dated that day", "dated the day before", "for good"],
)
def test_a_task_is_done_from_the_date_of_its_sign_off_on(as_of: str, state: str) -> None:
    stood = task_standing(BY_WORD, {}, as_of, signed("2022-05-01"))
    assert stood.state == state
    assert (stood.sign_off is not None) == (state == "done")


def test_before_a_later_sign_off_the_task_was_overdue() -> None:
    stood = task_standing(BY_WORD, {}, "2022-12-10", signed("2022-12-20"))
    assert (stood.state, stood.days_overdue, stood.completed_on) == ("overdue", 10, None)


@pytest.mark.parametrize(
    ("goal", "metric", "amount", "state"),
    [
        pytest.param(at_least(10), BUILDINGS, 9, "open", id="one short"),
        pytest.param(at_least(10), BUILDINGS, 10, "done", id="exactly"),
        pytest.param(more_than(10), BUILDINGS, 10, "open", id="not exceeded"),
        pytest.param(more_than(10), BUILDINGS, 11, "done", id="exceeded"),
        pytest.param(at_most(10), EXPENDITURE, "10.01", "open", id="a ceiling exceeded"),
        pytest.param(at_most(10), EXPENDITURE, 10, "done", id="a ceiling kept"),
    ],
)
def test_a_task_is_done_when_its_need_is_met(goal: Goal, metric: Metric, amount: Amount, state: str) -> None:
    row = task(11, "2022-11-30", need(goal, metric))
    assert task_standing(row, {metric: [span("2022-02-01", amount)]}, "2022-06-30").state == state


def test_a_task_is_done_only_when_all_its_needs_are_met() -> None:
    row = task(11, "2022-11-30", need(at_least(10)), need(at_least(1), INVESTORS))
    buildings = [span("2022-02-01", 10)]
    one_of_two = task_standing(row, {BUILDINGS: buildings}, "2022-06-30")
    both = task_standing(row, {BUILDINGS: buildings, INVESTORS: [span("2022-03-01")]}, "2022-06-30")
    assert (one_of_two.state, [n.met for n in one_of_two.needs]) == ("open", [True, False])
    assert (both.state, [n.met for n in both.needs]) == ("done", [True, True])


def test_a_task_done_by_its_figures_awaits_its_sign_off() -> None:
    """已达标待销号."""
    figures = {BUILDINGS: [span("2022-02-01", 10)]}
    unsigned = task_standing(BY_FIGURES, figures, "2022-06-30")
    to_come = task_standing(BY_FIGURES, figures, "2022-06-30", signed("2022-07-01"))
    there = task_standing(BY_FIGURES, figures, "2022-07-01", signed("2022-07-01"))
    stood = [(s.state, s.awaits_sign_off) for s in (unsigned, to_come, there)]
    assert stood == [("done", True), ("done", True), ("done", False)]


def test_figures_that_are_lost_again_do_not_leave_a_task_done() -> None:
    row = task(18, "2022-12-31", need(at_least(10), INVESTORS))
    investors = {INVESTORS: [span("2019-01-01", 10, until="2022-06-01")]}
    done, lost = (task_standing(row, investors, d) for d in ("2022-05-31", "2022-06-01"))
    assert (done.state, lost.state, lost.completed_on) == ("done", "open", None)
    assert task_standing(row, investors, "2023-01-01").state == "overdue"


def test_a_sign_off_stands_though_the_figures_are_lost_again() -> None:
    row = task(18, "2022-12-31", need(at_least(10), INVESTORS))
    investors = {INVESTORS: [span("2019-01-01", 10, until="2022-06-01")]}
    assert task_standing(row, investors, "2023-01-01", signed("2022-05-01")).state == "done"


def test_a_forced_sign_off_makes_a_task_done_and_says_so() -> None:
    stood = task_standing(BY_FIGURES, {}, "2022-06-30", signed("2022-05-01", forced=True))
    assert stood.state == "done"
    assert stood.sign_off is not None
    assert stood.sign_off.forced
    assert [n.met for n in stood.needs] == [False]


@pytest.mark.parametrize("as_of", ["2021-12-31", "2020-06-30"])
def test_before_1_january_of_its_year_an_unsigned_task_is_open_without_a_light(as_of: str) -> None:
    """Even where a stock already fulfils its need, or a ceiling is not yet touched."""
    investors = {INVESTORS: [span("2010-01-01", 99)]}
    for row in (
        BY_WORD,
        BY_FIGURES,
        task(18, "2022-12-31", need(at_least(10), INVESTORS)),
        task(2, "2022-01-15", need(at_most(10), EXPENDITURE)),
    ):
        stood = task_standing(row, investors, as_of)
        assert (stood.state, stood.light, stood.completed_on) == ("open", "none", None)


def test_on_1_january_a_stock_that_was_there_makes_a_task_done() -> None:
    row = task(18, "2022-12-31", need(at_least(10), INVESTORS))
    assert task_standing(row, {INVESTORS: [span("2010-01-01", 99)]}, "2022-01-01").state == "done"


def test_a_task_of_a_later_table_waits_for_its_own_year() -> None:
    row = task(18, "2023-12-31", need(at_least(10), INVESTORS), year=2023)
    investors = {INVESTORS: [span("2010-01-01", 99)]}
    stood = [task_standing(row, investors, d).state for d in ("2022-12-31", "2023-01-01")]
    assert stood == ["open", "done"]


def test_a_task_signed_off_before_its_year_is_done() -> None:
    stood = task_standing(BY_WORD, {}, "2021-12-31", signed("2021-12-20"))
    assert (stood.state, stood.light) == ("done", "green")


def test_a_sign_off_is_held_up_by_the_needs_that_are_unmet_on_its_day() -> None:
    row = task(11, "2022-11-30", need(at_least(10)), need(at_least(1), INVESTORS))
    spans = {BUILDINGS: [span("2022-02-01", 10)], INVESTORS: [span("2022-03-01")]}
    held_up = [
        [
            n.need.metric
            for n in assess_task(row, spans, Course({}), plan(row), span(on).since).needs
            if not n.met
        ]
        for on in ("2022-01-31", "2022-02-28", "2022-03-01")
    ]
    assert held_up == [[BUILDINGS, INVESTORS], [INVESTORS], []]
