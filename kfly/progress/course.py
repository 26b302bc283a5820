"""The course of a task: as of a day it stands as it did on that day (延期、暂缓、恢复、取消)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kfly.plan.course import CANCELLED, EXTENDED, RESUMED, SUSPENDED, Carrier, CourseEvent
from kfly.plan.model import Task
from kfly.progress.states import CARRIED


class TaskCourse(NamedTuple):
    """A task on a day.

    Attributes:
        task: with the due days that were in force on the day.
        original: as its table has it.
        decided: all that was decided of it, in the order of the days, whatever the day asked.
        events: what was decided of it until the day.
        suspended: since when it rests; None: it does not.
        cancelled: since when it is cancelled; None: it is not.
        carrier: the later task that goes on with it by then.
    """

    task: Task
    original: Task
    decided: Sequence[CourseEvent] = ()
    events: tuple[CourseEvent, ...] = ()
    suspended: date | None = None
    cancelled: date | None = None
    carrier: Carrier | None = None

    @property
    def resting(self) -> str | None:
        """Whether it is carried on, cancelled or suspended: neither open nor overdue."""
        if self.carrier:
            return CARRIED
        return CANCELLED if self.cancelled else SUSPENDED if self.suspended else None

    def find_due(self, day: date, stage: int | None = None) -> date | None:
        """Find the due day, of the task or of a stage, that was in force on a day; None: it is ongoing."""
        then = follow_course(self.original, self.decided, day).task
        return then.due if stage is None else then.stages[stage - 1].due


def follow_course(
    task: Task, events: Sequence[CourseEvent], day: date, carrier: Carrier | None = None
) -> TaskCourse:
    """Follow what was decided of a task until a day.

    Args:
        task: as its table has it.
        events: what was decided of it, in the order of the days.
        day: the day asked.
        carrier: the later task that goes on with it, whatever the day.
    """
    carrier = carrier if carrier and carrier.on <= day else None
    known = tuple(event for event in events if event.on <= day)
    if not known:
        return TaskCourse(task, task, events, carrier=carrier)
    suspended = cancelled = None
    for event in known:
        if event.what == CANCELLED:
            cancelled = cancelled or event.on
        elif event.what in (SUSPENDED, RESUMED):
            suspended = event.on if event.what == SUSPENDED else None
    return TaskCourse(_put_in_force(task, known), task, events, known, suspended, cancelled, carrier)


def _put_in_force(task: Task, events: Iterable[CourseEvent]) -> Task:
    """Give a task the due days that it was extended to last; with stages it is due with the last of them.

    Where its table was corrected since to a later day, that one holds: no extension makes a day earlier.
    """
    extended = {event.stage: event.due for event in events if event.what == EXTENDED}
    if not extended:
        return task
    whole = extended.pop(None, None)
    if extended and task.stages:
        stages = tuple(
            stage._replace(due=max(stage.due, extended.get(number) or stage.due))
            for number, stage in enumerate(task.stages, 1)
        )
        whole = max(stage.due for stage in stages)
        task = task._replace(stages=stages)
    return task._replace(due=task.due and max(task.due, whole or task.due))


# What keeps an event from being recorded after those before it.
GONE, BEFORE, TWICE, AWAKE, ENDLESS, NOT_LATER, PAST_NEXT = (
    *("gone", "before", "twice", "awake", "endless", "not_later", "past_next"),
)


class Obstacle(NamedTuple):
    """Why an event does not fit behind those before it: a code from above, and the day that it is about."""

    code: str
    day: date | None = None


def find_obstacle(task: Task, before: Sequence[CourseEvent], event: CourseEvent) -> Obstacle | None:
    """Find what keeps an event from following those that were recorded before it; None where nothing does."""
    if before and event.on < before[-1].on:
        return Obstacle(BEFORE, before[-1].on)
    now = follow_course(task, before, event.on)
    if now.cancelled:
        return Obstacle(GONE, now.cancelled)
    if event.what == SUSPENDED:
        return Obstacle(TWICE, now.suspended) if now.suspended else None
    if event.what == RESUMED:
        return None if now.suspended else Obstacle(AWAKE)
    return _find_obstacle_to_extension(now.task, event) if event.what == EXTENDED else None


def _find_obstacle_to_extension(task: Task, event: CourseEvent) -> Obstacle | None:
    """Find what keeps a task, with the due days in force, from an extension."""
    stage = task.stages[event.stage - 1] if event.stage else None
    due = stage.due if stage else task.due
    if due is None:
        return Obstacle(ENDLESS)
    if event.due is None or event.due <= due:
        return Obstacle(NOT_LATER, due)
    following = task.stages[event.stage] if event.stage and event.stage < len(task.stages) else None
    return Obstacle(PAST_NEXT, following.due) if following and event.due > following.due else None


def find_misplaced(
    task: Task, recorded: Sequence[CourseEvent]
) -> Iterator[tuple[CourseEvent, Obstacle | None]]:
    """Yield the events that do not fit behind those before them, as another program may have written them.

    Args:
        task: whose they are.
        recorded: its events in the order in which they were recorded.

    Yields:
        the event, and why it does not fit; None: it is of a stage that the task has not.
    """
    fitting: list[CourseEvent] = []
    for event in recorded:
        if event.stage is not None and not 1 <= event.stage <= len(task.stages):
            yield event, None
        elif (obstacle := find_obstacle(task, fitting, event)) and obstacle.code != NOT_LATER:
            yield event, obstacle
        else:
            fitting.append(event)
