"""The course of tasks: what was recorded of them since they were written into their tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from kfly.plan.model import Plan, SignOff
from kfly.plan.numbers import TaskKey, TaskNumber

StageKey = tuple[int, TaskNumber, int]  # year and number of a task, and the number of its stage
SignOffs = Mapping[TaskKey, SignOff]

EXTENDED, SUSPENDED, RESUMED, CANCELLED = "extended", "suspended", "resumed", "cancelled"


class CourseEvent(NamedTuple):
    """What was decided of a task on a day: 延期、暂缓、恢复、取消.

    Attributes:
        what: EXTENDED, SUSPENDED, RESUMED or CANCELLED.
        on: the day from which it holds.
        due: the new last day, of an extension alone.
        reason: None, where a task was resumed without one.
        stage: the stage that is extended, from 1; None: the task itself.
        recorded_at: UTC.
    """

    year: int
    number: TaskNumber
    what: str
    on: date
    reason: str | None
    due: date | None = None
    stage: int | None = None
    approved_by: str | None = None
    recorded_at: str = ""


class Carrier(NamedTuple):
    """The task that goes on with one of an earlier table, and the day from which it does."""

    task: TaskKey
    on: date


Events = Mapping[TaskKey, Sequence[CourseEvent]]


class Course(NamedTuple):
    """What was recorded of tasks, whatever the day: who asks for one leaves out what came later.

    Attributes:
        sign_offs: those in force of whole tasks.
        stages: those in force of single stages.
        reports: the days on which progress was reported, of the tasks that are asked for reports.
        events: what was decided of tasks, in the order of their days.
        carried: what goes on with tasks of earlier tables.
    """

    sign_offs: SignOffs
    stages: Mapping[StageKey, SignOff] = MappingProxyType({})
    reports: Mapping[TaskKey, Sequence[date]] = MappingProxyType({})
    events: Events = MappingProxyType({})
    carried: Mapping[TaskKey, Carrier] = MappingProxyType({})

    def find_end(self, key: TaskKey) -> date | None:
        """Find the day from which a task is cancelled or carried on, and owes nothing any more."""
        cancelled = (event.on for event in self.events.get(key, ()) if event.what == CANCELLED)
        carrier = self.carried.get(key)
        return min((*cancelled, *([carrier.on] if carrier else [])), default=None)


def find_carried(plan: Plan) -> dict[TaskKey, Carrier]:
    """Find which tasks later ones go on with: from the day on which the later one's table begins."""
    return {
        task.carries: Carrier((task.year, task.number), plan.year_window(task.year)[0])
        for task in plan.tasks
        if task.carries
    }
