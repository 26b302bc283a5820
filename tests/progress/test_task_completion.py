"""When a task was completed: the earlier of its sign-off and the first day on which all needs held."""

import pytest

from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    INVESTORS,
    at_least,
    at_most,
    day,
    need,
    signed,
    span,
    task,
    task_standing,
)

BUILT_BY_AUGUST = {BUILDINGS: [span("2022-03-01", 6), span("2022-08-15", 4), span("2022-09-01", 5)]}
TASK_11 = task(11, "2022-11-30", need(at_least(10)))


def test_figures_complete_a_task_on_the_first_day_they_hold() -> None:
    stood = task_standing(TASK_11, BUILT_BY_AUGUST, "2022-12-31")
    assert (stood.completed_on, stood.late) == (day("2022-08-15"), False)


@pytest.mark.parametrize("as_of", ["2022-08-15", "2022-08-16", "2030-01-01"])
def test_the_day_of_completion_is_the_same_from_that_day_on(as_of: str) -> None:
    assert task_standing(TASK_11, BUILT_BY_AUGUST, as_of).completed_on == day("2022-08-15")


@pytest.mark.parametrize(
    ("signed_on", "completed_on"),
    [
        pytest.param("2022-05-01", "2022-05-01", id="signed first"),
        pytest.param("2022-08-15", "2022-08-15", id="on the same day"),
        pytest.param("2022-10-01", "2022-08-15", id="the figures held first"),
    ],
)
def test_a_task_is_completed_by_whichever_came_first(signed_on: str, completed_on: str) -> None:
    stood = task_standing(TASK_11, BUILT_BY_AUGUST, "2022-12-31", signed(signed_on))
    assert stood.completed_on == day(completed_on)


def test_a_sign_off_after_the_day_asked_completes_nothing_yet() -> None:
    stood = task_standing(TASK_11, {}, "2022-06-30", signed("2022-07-01"))
    assert stood.completed_on is None


def test_a_task_without_needs_is_completed_by_its_sign_off() -> None:
    stood = task_standing(task(1, "2022-01-31"), {}, "2022-12-31", signed("2022-01-20"))
    assert stood.completed_on == day("2022-01-20")


@pytest.mark.parametrize(
    ("tenth_on", "late"),
    [("2022-11-29", False), ("2022-11-30", False), ("2022-12-01", True), ("2023-05-01", True)],
    ids=["before it is due", "on its due date", "a day late", "in the next year"],
)
def test_a_task_completed_after_its_due_date_is_late(tenth_on: str, late: bool) -> None:
    spans = {BUILDINGS: [span("2022-03-01", 9), span(tenth_on)]}
    stood = task_standing(TASK_11, spans, "2023-06-30")
    assert (stood.state, stood.completed_on, stood.late) == ("done", day(tenth_on), late)


@pytest.mark.parametrize(
    ("signed_on", "late"), [("2022-11-30", False), ("2022-12-01", True)], ids=["in time", "late"]
)
def test_a_sign_off_after_the_due_date_is_late(signed_on: str, late: bool) -> None:
    assert task_standing(task(1, "2022-11-30"), {}, "2023-06-30", signed(signed_on)).late is late


def test_figures_in_time_save_a_late_sign_off() -> None:
    stood = task_standing(TASK_11, BUILT_BY_AUGUST, "2023-06-30", signed("2023-02-01"))
    assert (stood.completed_on, stood.late) == (day("2022-08-15"), False)


def test_all_needs_must_hold_on_one_day() -> None:
    """Buildings hold in March only and again from June; investors from May: June is the first with both."""
    row = task(11, "2022-11-30", need(at_least(10)), need(at_least(1), INVESTORS))
    spans = {
        BUILDINGS: [span("2022-03-01", 10, until="2022-04-01"), span("2022-06-01", 10)],
        INVESTORS: [span("2022-05-01")],
    }
    stood = task_standing(row, spans, "2022-12-31")
    assert stood.completed_on == day("2022-06-01")
    assert [task_standing(row, spans, d).state for d in ("2022-03-15", "2022-05-31")] == ["open", "open"]


def test_held_lost_and_held_again_was_completed_the_first_time() -> None:
    row = task(18, "2022-12-31", need(at_least(10), INVESTORS))
    spans = {INVESTORS: [span("2022-02-01", 10, until="2022-03-01"), span("2022-07-01", 10)]}
    assert task_standing(row, spans, "2022-08-01").completed_on == day("2022-02-01")


def test_held_and_lost_before_a_sign_off_was_still_the_first_day() -> None:
    row = task(18, "2022-12-31", need(at_least(10), INVESTORS))
    spans = {INVESTORS: [span("2022-02-01", 10, until="2022-03-01")]}
    stood = task_standing(row, spans, "2022-08-01", signed("2022-05-01", forced=True))
    assert stood.completed_on == day("2022-02-01")


@pytest.mark.parametrize("year", [2022, 2023])
def test_a_stock_that_was_there_before_completes_a_task_on_1_january(year: int) -> None:
    row = task(18, f"{year}-12-31", need(at_least(10), INVESTORS), year=year)
    stood = task_standing(row, {INVESTORS: [span("2010-01-01", 12)]}, "2023-06-30")
    assert (stood.completed_on, stood.late) == (day(f"{year}-01-01"), False)


def test_a_stock_lost_before_1_january_completes_nothing() -> None:
    row = task(18, "2022-12-31", need(at_least(10), INVESTORS))
    spans = {INVESTORS: [span("2010-01-01", 12, until="2022-01-01"), span("2022-06-01", 10)]}
    assert task_standing(row, spans, "2022-12-31").completed_on == day("2022-06-01")


def test_a_ceiling_that_is_kept_holds_from_1_january() -> None:
    row = task(2, "2022-02-28", need(at_most(10), EXPENDITURE))
    assert task_standing(row, {}, "2022-06-30").completed_on == day("2022-01-01")


def test_a_sign_off_before_the_tables_year_is_when_it_was_completed() -> None:
    stood = task_standing(TASK_11, BUILT_BY_AUGUST, "2022-12-31", signed("2021-12-20"))
    assert stood.completed_on == day("2021-12-20")


def test_figures_of_the_days_to_come_complete_nothing() -> None:
    stood = task_standing(TASK_11, BUILT_BY_AUGUST, "2022-08-14", signed("2022-08-14", forced=True))
    assert stood.completed_on == day("2022-08-14")
    assert task_standing(TASK_11, BUILT_BY_AUGUST, "2022-08-14").completed_on is None
