"""Deciding what becomes of a task: extended, suspended, resumed, cancelled; each only where it can be."""

from collections.abc import Iterator
from datetime import date

from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.plan.course import CourseEvent, find_carried
from kfly.plan.model import Task
from kfly.plan.numbers import write_task_key
from kfly.plan.tasks import must_be_there, part_name, task_name
from kfly.progress import course
from kfly.progress.course import Obstacle, find_misplaced, find_obstacle
from kfly.services.session import Desk
from kfly.store.plan import sign_offs, task_events


def decide(desk: Desk, task: Task, event: CourseEvent) -> None:
    """Record what was decided of a task.

    Raises:
        KflyError: it is signed off, or the decision does not fit behind those before it.
    """
    must_be_there(task, desk.plan, event.on)
    must_not_be_carried(desk, task, event.on)
    _must_not_be_signed_off(desk, task, event)
    before = task_events.read_for_task(desk.db, task)
    obstacle = find_obstacle(task, before, event)
    if obstacle:
        raise KflyError(describe_obstacle(part_name(task, desk.plan, event.stage), event, obstacle))
    task_events.record(desk.db, event)


def must_not_be_carried(desk: Desk, task: Task, day: date) -> None:
    """Check that no later table goes on with a task by a day: what is decided is decided of the later one.

    Raises:
        KflyError: one does.
    """
    carrier = find_carried(desk.plan).get((task.year, task.number))
    if carrier and carrier.on <= day:
        raise KflyError(
            _(
                "Task {number} is carried on by {other} since {day}; that is the one to name.",
                number=task_name(task, desk.plan),
                other=write_task_key(carrier.task),
                day=carrier.on.isoformat(),
            )
        )


def _must_not_be_signed_off(desk: Desk, task: Task, event: CourseEvent) -> None:
    known, key = sign_offs.read_course(desk.db), (task.year, task.number)
    signed = known.sign_offs.get(key)
    if signed is None and event.stage is not None:
        signed = known.stages.get((*key, event.stage))
    if signed is not None:
        whole = task_name(task, desk.plan)
        raise KflyError(
            _(
                "Task {number} was signed off on {day}; “kfly reopen {command} --reason …” takes that back.",
                number=part_name(task, desk.plan, signed.stage),
                day=signed.on.isoformat(),
                command=whole if signed.stage is None else f"{whole} --stage {signed.stage}",
            )
        )


def find_misplaced_decisions(desk: Desk) -> Iterator[tuple[Task, CourseEvent, str]]:
    """Find what was decided and does not fit behind what was decided before; with the reason in words."""
    tasks = {(task.year, task.number): task for task in desk.plan.tasks}
    for key, events in task_events.read(desk.db, as_recorded=True).items():
        for event, obstacle in find_misplaced(tasks[key], events) if key in tasks else ():
            told = _("stage {n} was extended, which it has not", n=event.stage)
            if obstacle:
                name = part_name(tasks[key], desk.plan, event.stage)
                told = describe_obstacle(name, event, obstacle)
            yield tasks[key], event, told


_OBSTACLES = {
    course.GONE: N_("Task {number} was cancelled on {day}; “kfly undo” takes that back."),
    course.BEFORE: N_("--on: {on} lies before {day}, when something else was decided of task {number}."),
    course.TWICE: N_("Task {number} has been suspended since {day} already."),
    course.AWAKE: N_("Task {number} is not suspended on {on}."),
    course.ENDLESS: N_("Task {number} is ongoing and has no due day; there is nothing to extend."),
    course.PAST_NEXT: N_("Task {number}: the stage after it is due on {day}; extend that one first."),
    course.NOT_LATER: N_("Task {number} is due on {day} already; an extension needs a later day."),
}
_EARLIER = N_(
    "Task {number} is due on {day}; {to} lies before that, and is no extension. Where the table is wrong,"
    " mend it: “kfly load FILE --correct”."
)


def describe_obstacle(name: str, event: CourseEvent, obstacle: Obstacle) -> str:
    """Say why something cannot be decided of a task, and what to do."""
    is_earlier = obstacle.code == course.NOT_LATER and obstacle.day != event.due
    return _(
        _EARLIER if is_earlier else _OBSTACLES[obstacle.code],
        number=name,
        day=obstacle.day and obstacle.day.isoformat(),
        on=event.on.isoformat(),
        to=event.due and event.due.isoformat(),
    )
