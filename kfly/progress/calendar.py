"""The days that a calendar holds: when each task is due, whatever became of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kfly.plan.course import CANCELLED
from kfly.progress.states import CARRIED, DONE, RESTING
from kfly.progress.tasks import TaskStanding


class CalendarDay(NamedTuple):
    """A day on which a task, or a stage of it, is due.

    Attributes:
        row: the task, as it stands.
        due: the day.
        is_settled: nobody has to be reminded of it any more.
        is_done: it was done, as a task or as a stage of one.
        is_cancelled: it is owed no longer, and must not vanish from calendars that have it already.
        stage: which of the task's stages, from 1 on; None: the task as a whole.
    """

    row: TaskStanding
    due: date
    is_settled: bool
    is_done: bool = False
    is_cancelled: bool = False
    stage: int | None = None


def list_calendar_days(rows: Iterable[TaskStanding]) -> Iterator[CalendarDay]:
    """Yield the days of some tasks and their stages, in the order of the tables: past and settled ones too.

    What is ongoing has no day of its own. Of what is cancelled, or carried on by a later table, nothing is
    owed any more; nobody is reminded of what is suspended.
    """
    for row in rows:
        gone, resting = row.state in (CANCELLED, CARRIED), row.state in RESTING
        for stage in row.stages:
            done = row.is_done or stage.state == DONE
            yield CalendarDay(row, stage.stage.due, done or resting, done, gone and not done, stage.number)
        if row.task.due is not None:
            yield CalendarDay(row, row.task.due, row.is_done or resting, row.is_done, gone)
