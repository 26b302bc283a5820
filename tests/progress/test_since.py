"""Two moments are compared: figures, lights that turned, what became of the tasks."""

from fractions import Fraction

import pytest

from kfly.plan.course import SUSPENDED, Course, CourseEvent
from kfly.plan.metrics import Metric, Span
from kfly.plan.model import Plan, SignOff, Target, Task
from kfly.plan.numbers import TaskKey
from kfly.progress.since import Moment, Since, assess_moment, compare
from kfly.progress.targets import TargetStanding
from tests.support.progress_examples import (
    BUILDINGS,
    FUND_SCALE,
    INVESTORS,
    at_least,
    day,
    need,
    plan,
    signed,
    span,
    target,
    task,
)


def moment(on: str, promised: Plan, *signed_off: tuple[int, str], **spans: list[Span]) -> Moment:
    """Where a plan stands on a day; ``signed_off`` are tasks of 2022 with their days."""
    given = {"building": BUILDINGS, "investor": INVESTORS, "fund": FUND_SCALE}
    measured: dict[Metric, list[Span]] = {metric: spans.get(kind, []) for kind, metric in given.items()}
    words: dict[TaskKey, SignOff] = {(2022, number): signed(on, number=number) for number, on in signed_off}
    return assess_moment(promised, measured, Course(words), day(on))


def changes(found: Since) -> dict[str, Fraction | None]:
    return {pair.row.target.key: pair.change for pair in found.targets}


def of(*promises: Target, tasks: tuple[Task, ...] = ()) -> Plan:
    return plan(*tasks, promises=promises)


def test_each_figure_then_and_now_with_the_change() -> None:
    promised = of(target(at_least(30), key="halls"), target(at_least(5), INVESTORS, key="investors"))
    built = [span("2022-02-01", 4), span("2022-05-01", 2)]
    left = [span("2021-01-01", 3, until="2022-05-02")]
    then = moment("2022-03-01", promised, building=built, investor=left)
    now = moment("2022-06-01", promised, building=built, investor=left)
    assert changes(compare(then, now)) == {"halls": 2, "investors": -3}
    assert [(p.then and p.then.actual, p.now and p.now.actual) for p in compare(then, now).targets] == [
        (4, 6),
        (3, 0),
    ]


def test_a_new_year_of_a_yearly_target_is_not_compared_with_the_old_one() -> None:
    promised = of(target(at_least(30), every="year"))
    then, now = (
        moment(on, promised, building=[span("2022-02-01", 9)]) for on in ("2022-12-01", "2023-02-01")
    )
    assert changes(compare(then, now)) == {"asked": None}


def test_a_target_that_came_and_one_that_went_are_both_there() -> None:
    kept, new, old = (target(at_least(30), key=key) for key in ("kept", "new", "old"))
    found = compare(moment("2022-03-01", of(kept, old)), moment("2022-03-01", of(new, kept)))
    pairs = [(p.row.target.key, p.then is None, p.now is None) for p in found.targets]
    assert pairs == [("new", True, False), ("kept", False, False), ("old", False, True)]
    assert changes(found) == {"new": None, "kept": 0, "old": None}


def test_lights_that_turned_stand_worst_first_and_of_these_the_deepest_fall() -> None:
    promises = tuple(target(at_least(30), key=key) for key in ("a", "b", "c", "d", "e"))

    def lit(*lights: str) -> Moment:
        standing = moment("2022-03-01", of(*promises)).standing
        rows = [row._replace(light=light) for row, light in zip(standing.targets, lights, strict=True)]
        return Moment(standing._replace(targets=tuple(rows)), ())

    found = compare(
        lit("red", "green", "yellow", "green", "red"), lit("green", "yellow", "red", "red", "red")
    )
    assert [
        (turn.row.target.key, turn.then, turn.now)
        for turn in found.turned
        if isinstance(turn.row, TargetStanding)
    ] == [("d", "green", "red"), ("c", "yellow", "red"), ("b", "green", "yellow"), ("a", "red", "green")]


WORD, FIGURES = task(1, "2022-06-30"), task(2, "2022-09-30", need(at_least(3)))


@pytest.mark.parametrize(
    ("then", "now", "what"),
    [
        pytest.param([], ["2022-06-30"], ("done", "due"), id="signed off in time"),
        pytest.param([], ["2022-07-15"], ("done", "late", "due"), id="signed off late"),
        pytest.param([], [], ("overdue", "due"), id="its day passed"),
        pytest.param(["2022-04-01"], ["2022-04-01"], ("due",), id="done before already"),
        pytest.param(["2022-04-01"], [], ("overdue", "due", "reopened"), id="its sign-off taken back"),
    ],
)
def test_what_became_of_a_task(then: list[str], now: list[str], what: tuple[str, ...]) -> None:
    promised = of(tasks=(WORD,))
    before, after = (
        moment(on, promised, *((1, at) for at in days))
        for days, on in ((then, "2022-05-01"), (now, "2022-08-01"))
    )
    found = compare(before, after)
    assert [change.what for change in found.tasks] == [what]


def test_what_rests_on_its_day_is_not_due() -> None:
    event = CourseEvent(2022, 1, SUSPENDED, day("2022-06-01"), "待批")
    course = Course({}, {}, events={(2022, 1): (event,)})
    then, now = (assess_moment(of(tasks=(WORD,)), {}, course, day(on)) for on in ("2022-05-01", "2022-08-01"))
    assert [change.what for change in compare(then, now).tasks] == [("suspended",)]


def test_a_task_that_nothing_became_of_is_left_out() -> None:
    then, now = (moment(on, of(tasks=(WORD,))) for on in ("2022-04-01", "2022-05-01"))
    assert compare(then, now).tasks == ()


def test_tasks_done_by_their_figures_count_as_newly_done() -> None:
    then, now = (
        moment(on, of(tasks=(FIGURES,)), building=[span("2022-07-01", 3)])
        for on in ("2022-06-01", "2022-08-01")
    )
    (change,) = compare(then, now).tasks
    assert (change.what, change.row.awaits_sign_off) == (("done",), True)


def test_the_table_of_a_new_year_and_a_row_taken_out_are_told() -> None:
    then = moment("2022-12-30", of(tasks=(WORD, FIGURES)))
    now = moment("2023-01-02", of(tasks=(WORD, task(1, "2023-06-30", year=2023))))
    assert [
        (change.row.task.year, change.row.task.number, change.what) for change in compare(then, now).tasks
    ] == [
        (2023, 1, ("added",)),
        (2022, 2, ("removed",)),
    ]


def test_the_earlier_day_itself_does_not_fall_due_again() -> None:
    then, now = (moment(on, of(tasks=(WORD,))) for on in ("2022-06-30", "2022-07-01"))
    assert [change.what for change in compare(then, now).tasks] == [("overdue",)]
