"""The tasks in one line, and which tables are in view on a day."""

from collections.abc import Iterable

import pytest

from kfly.plan.course import Course
from kfly.plan.model import SignOff, Task
from kfly.plan.numbers import TaskKey
from kfly.progress import tasks as standing
from kfly.progress.tally import TaskTally, tally
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    HUNDREDTH_DAY,
    INVESTORS,
    at_least,
    day,
    need,
    nth_day,
    plan,
    signed,
    span,
    target,
    task,
    task_standing,
)

BEHIND = need(at_least(100))  # nothing is ever recorded for it
DONE_BY_FIGURES = task(1, HUNDREDTH_DAY, need(at_least(1), INVESTORS))
SIGNED_OFF = task(2, nth_day(40))
OVERDUE = task(3, nth_day(69), BEHIND)
YELLOW = task(4, HUNDREDTH_DAY, BEHIND)
YELLOW_AND_DUE_SOON = task(5, nth_day(75), BEHIND)
BLUE = task(6, nth_day(100))
BLUE_TOO = task(7, nth_day(70))
NOTHING_TO_SAY = task(8, nth_day(300))
ROWS = (DONE_BY_FIGURES, SIGNED_OFF, OVERDUE, YELLOW, YELLOW_AND_DUE_SOON, BLUE, BLUE_TOO, NOTHING_TO_SAY)

SPANS = {INVESTORS: [span("2019-01-01")], BUILDINGS: [], EXPENDITURE: []}
SIGN_OFFS: dict[TaskKey, SignOff] = {(2022, 2): signed(nth_day(35), number=2)}


def test_the_tally_counts_each_task_once_and_the_lights_of_the_open_ones() -> None:
    """On the seventieth day."""
    rows = [task_standing(row, SPANS, nth_day(70), SIGN_OFFS.get((2022, row.number))) for row in ROWS]
    assert tally(rows) == TaskTally(total=8, done=2, overdue=1, open=5, behind=2, due_soon=2, unsigned=1)


def test_a_tally_takes_any_iterable_and_of_no_tasks_is_nothing() -> None:
    assert tally(iter(())) == TaskTally(0, 0, 0, 0, 0, 0)


def test_a_tally_before_the_year_is_all_open_and_quiet() -> None:
    rows = [task_standing(row, SPANS, "2021-12-31") for row in ROWS]
    assert tally(rows) == TaskTally(total=8, done=0, overdue=0, open=8, behind=0, due_soon=0)


def tables(rows: Iterable[Task]) -> list[TaskKey]:
    """Year and number of tasks."""
    return [(row.year, row.number) for row in rows]


@pytest.mark.parametrize(
    ("as_of", "in_view"),
    [
        pytest.param("2019-06-30", [(2022, 1)], id="long before: the earliest"),
        pytest.param("2021-12-31", [(2022, 1)], id="the eve: the earliest"),
        pytest.param("2022-12-31", [(2022, 1)], id="the first year"),
        pytest.param("2023-01-01", [(2022, 1), (2023, 1)], id="the second year"),
        pytest.param("2024-01-01", [(2022, 1), (2023, 1), (2024, 1)], id="the third year"),
        pytest.param("2030-01-01", [(2022, 1), (2023, 1), (2024, 1)], id="after the plan"),
    ],
)
def test_the_tables_in_view_are_those_of_the_years_so_far(as_of: str, in_view: list[TaskKey]) -> None:
    of = plan(*(task(1, f"{year}-12-31", year=year) for year in (2022, 2023, 2024)))
    assert sorted(tables(of.tasks_in_view(day(as_of)))) == in_view


@pytest.mark.parametrize("as_of", ["2022-06-30", "2023-06-30"])
def test_the_earliest_table_is_in_view_even_when_it_is_of_the_plans_second_year(as_of: str) -> None:
    of = plan(task(1, "2023-12-31", year=2023), task(1, "2024-12-31", year=2024))
    assert tables(of.tasks_in_view(day(as_of))) == [(2023, 1)]


def test_a_plan_without_tables_has_nothing_in_view() -> None:
    assert tuple(plan().tasks_in_view(day("2022-06-30"))) == ()


def test_the_standing_of_a_plan_is_its_targets_in_order_and_its_tasks_in_view() -> None:
    promises = (target(at_least(3), key="second"), target(at_least(1), INVESTORS, key="first"))
    of = plan(*ROWS, task(1, "2023-12-31", year=2023), promises=promises)
    stood = standing.assess_plan(of, SPANS, Course(SIGN_OFFS), nth_day(70))
    assert [row.target.key for row in stood.targets] == ["second", "first"]
    assert [row.actual for row in stood.targets] == [0, 1]
    assert stood.tasks == TaskTally(total=8, done=2, overdue=1, open=5, behind=2, due_soon=2, unsigned=1)
    assert stood.as_of == nth_day(70)


def test_a_sign_off_is_that_of_the_tasks_own_table() -> None:
    """Both tables have a task 2; only that of 2022 is signed off."""
    of = plan(task(2, "2022-12-31"), task(2, "2023-12-31", year=2023))
    rows = standing.assess_tasks(of, of.tasks, {}, Course(SIGN_OFFS), day("2023-06-30"))
    assert [(row.task.year, row.state) for row in rows] == [(2022, "done"), (2023, "open")]


def test_each_metric_is_asked_for_once() -> None:
    promises = (target(at_least(3)), target(at_least(9), key="again"))
    rows = (task(1, "2022-12-31", need(at_least(1)), need(at_least(1), INVESTORS)),)
    assert list(standing.metrics_of(plan(), promises, rows)) == [BUILDINGS, INVESTORS]
