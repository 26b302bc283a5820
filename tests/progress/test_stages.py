"""Tasks in stages: each is due, done and late by itself, and the next one lights its task."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.plan.course import Course, StageKey
from kfly.plan.model import Lights, Name, Need, SignOff, Stage, Task
from kfly.plan.numbers import TaskKey
from kfly.progress.tasks import TaskStanding, assess_task
from tests.support.progress_examples import BUILDINGS, at_least, day, need, plan, span

DAYS = ("2022-03-31", "2022-09-30", "2022-12-31")


def task(*needs: Need, ongoing: bool = False) -> Task:
    """Three stages; the first has these needs."""
    stages = tuple(Stage(Name(f"第{n}段", f"Stage {n}"), day(on)) for n, on in enumerate(DAYS, 1))
    return Task(
        year=2022,
        number=13,
        title=Name("事", "Task"),
        lead=("甲局",),
        responsible=(),
        due=None if ongoing else day(DAYS[-1]),
        measure=None,
        needs=(),
        stages=(stages[0]._replace(needs=needs), *stages[1:]),
    )


def stand(
    on: str, *stages: str, whole: str | None = None, row: Task | None = None, built: tuple[str, ...] = ()
) -> TaskStanding:
    """Where it stands on a day; ``stages`` are the days on which the first ones were signed off."""
    row = row or task()
    words: dict[StageKey, SignOff] = {
        (2022, 13, n): SignOff(2022, 13, day(done), forced=False, stage=n) for n, done in enumerate(stages, 1)
    }
    signed: dict[TaskKey, SignOff] = {(2022, 13): SignOff(2022, 13, day(whole), forced=True)} if whole else {}
    spans = {BUILDINGS: [span(since) for since in built]}
    return assess_task(row, spans, Course(signed, words), plan(row), day(on))


@pytest.mark.parametrize(
    ("on", "stages", "state", "light", "states"),
    [
        ("2022-02-15", (), "open", "none", "open open open"),
        ("2022-03-01", (), "open", "blue", "open open open"),
        ("2022-03-31", (), "open", "blue", "open open open"),
        ("2022-04-01", (), "open", "red", "overdue open open"),
        ("2022-04-01", ("2022-03-20",), "open", "none", "done open open"),
        ("2022-09-01", ("2022-03-20",), "open", "blue", "done open open"),
        ("2022-10-01", ("2022-03-20",), "open", "red", "done overdue open"),
        ("2022-12-31", ("2022-03-20", "2022-10-05"), "open", "blue", "done done open"),
        ("2023-01-01", ("2022-03-20", "2022-10-05"), "overdue", "red", "done done overdue"),
        ("2023-01-01", ("2022-03-20", "2022-10-05", "2022-12-30"), "done", "green", "done done done"),
        ("2022-03-10", ("2022-03-20",), "open", "blue", "open open open"),
    ],
)
def test_stages_stand_by_their_own_days(
    on: str, stages: tuple[str, ...], state: str, light: str, states: str
) -> None:
    row = stand(on, *stages)
    assert (row.state, row.light) == (state, light)
    assert [stage.state for stage in row.stages] == states.split()


def test_a_task_is_done_on_the_day_of_its_last_stage_and_awaits_its_sign_off() -> None:
    row = stand("2023-02-01", "2022-03-20", "2022-12-05", "2022-11-30")
    assert (row.completed_on, row.awaits_sign_off, row.late) == (date(2022, 12, 5), True, False)
    assert [stage.late for stage in row.stages] == [False, True, False]


def test_a_sign_off_of_the_whole_leaves_its_stages_as_they_are() -> None:
    row = stand("2022-06-01", "2022-03-20", whole="2022-05-31")
    assert (row.state, row.light, row.overdue_stages, row.next_stage) == ("done", "green", (), None)
    assert [stage.state for stage in row.stages] == ["done", "open", "open"]


def test_a_stage_is_done_by_its_figures_and_behind_by_its_own_line() -> None:
    row = task(need(at_least(9)))
    assert stand("2022-03-01", row=row).light == "yellow"
    done = stand("2022-04-15", row=row, built=("2022-02-01",) * 9)
    assert (done.stages[0].state, done.stages[0].completed_on, done.light) == (
        "done",
        date(2022, 2, 1),
        "none",
    )


def test_an_ongoing_task_may_have_stages_that_light_it() -> None:
    row = stand("2022-04-01", row=task(ongoing=True))
    assert (row.state, row.light, row.days_overdue) == ("ongoing", "red", None)
    closed = stand("2023-01-01", *DAYS, row=task(ongoing=True))
    assert (closed.state, closed.light) == ("ongoing", "none")


@pytest.mark.parametrize(("on", "light"), [("2022-01-30", "none"), ("2022-01-31", "yellow")])
def test_in_the_first_days_of_the_table_a_stage_is_not_behind_as_its_task_is_not(on: str, light: str) -> None:
    row = task(need(at_least(40)))
    office = plan(row, lights=Lights(yellow=Fraction(4, 5), due_soon_days=30, grace_days=30))
    stood = assess_task(row, {BUILDINGS: []}, Course({}), office, day(on))
    assert (stood.light, stood.stages[0].light, stood.starting) == (light, light, light == "none")
