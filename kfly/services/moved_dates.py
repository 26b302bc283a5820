"""Due days that a new plan file moves: an extension of the task, which the table's first day outlives."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kfly.clock import today
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.course import EXTENDED, CourseEvent
from kfly.plan.files.loading import LoadedPlan, name_tables
from kfly.plan.files.marked_yaml import PlanFile
from kfly.plan.model import Task
from kfly.plan.numbers import TaskKey
from kfly.progress.course import follow_course
from kfly.services.course import decide
from kfly.services.session import Desk
from kfly.store.plan import task_events

Moved = tuple[int | None, date]  # the stage, if it is one that was moved, and its new day


def keep_first_days(desk: Desk, wanted: LoadedPlan, files: Iterable[PlanFile]) -> LoadedPlan:
    """Record the due days that a revised plan moves as extensions, and leave the tables their first ones.

    A day that a task was extended to already is no news; that of another task under the same number, or of
    one that went on without an end, is simply the new table's.

    Args:
        desk: the database, with the plan in force.
        wanted: the revised plan.
        files: those that it was read from.

    Returns:
        the revised plan, with the due days that the tables had.

    Raises:
        KflyError: a day was moved forward, or a task is signed off or cancelled: a line for each.
    """
    present = {(task.year, task.number): task for task in desk.plan.tasks}
    decided = task_events.read(desk.db)
    tasks: list[Task] = []
    moved: list[tuple[Task, CourseEvent]] = []
    for task in wanted.plan.tasks:
        was = present.get((task.year, task.number))
        if was is None or not _is_comparable(was, task):
            tasks.append(task)
            continue
        moved += [(was, event) for event in _find_extensions(was, task, decided)]
        tasks.append(_with_days_of(task, was))
    _extend(desk, moved, files)
    return wanted._replace(plan=wanted.plan._replace(tasks=tuple(tasks)))


def _extend(desk: Desk, moved: Iterable[tuple[Task, CourseEvent]], files: Iterable[PlanFile]) -> None:
    """Record extensions, the file that says so as their reason."""
    names = name_tables(files) if moved else {}
    lines: list[str] = []
    for task, event in moved:
        try:
            decide(desk, task, event._replace(reason=names[task.year]))
        except KflyError as error:
            lines += error.lines
    if lines:
        raise KflyError(*lines, *_say_how_to_mend(lines))


def _say_how_to_mend(lines: Sequence[str]) -> Iterator[str]:
    """Say what mends a table that was wrong from its first day, where no line says so yet."""
    if not any("--correct" in line for line in lines):
        yield _("Where the table was wrong, and nothing is to be extended: “kfly load FILE --correct”.")


def _is_comparable(was: Task, now: Task) -> bool:
    """Tell whether a task is the same, with the same stages, and was and is due on a day."""
    same = was.title.zh == now.title.zh and len(was.stages) == len(now.stages)
    return same and (was.due is None) == (now.due is None)


def _find_extensions(
    was: Task, now: Task, decided: Mapping[TaskKey, list[CourseEvent]]
) -> Iterator[CourseEvent]:
    """Yield an extension for each day that was moved, the last stage first, so that each has room."""
    key = (was.year, was.number)
    in_force = follow_course(was, decided.get(key, ()), date.max).task
    for stage, due in sorted(_list_moved(was, now), key=lambda moved: -(moved[0] or 0)):
        if due != (in_force.stages[stage - 1].due if stage else in_force.due):
            yield CourseEvent(*key, EXTENDED, today(), None, due, stage)


def _list_moved(was: Task, now: Task) -> Iterator[Moved]:
    for number, (before, after) in enumerate(zip(was.stages, now.stages, strict=True), 1):
        if before.due != after.due:
            yield number, after.due
    if not was.stages and now.due is not None and was.due != now.due:
        yield None, now.due


def _with_days_of(task: Task, was: Task) -> Task:
    stages = (stage._replace(due=old.due) for stage, old in zip(task.stages, was.stages, strict=True))
    return task._replace(due=was.due, stages=tuple(stages))
