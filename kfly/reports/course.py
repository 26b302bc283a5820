"""The course of a task in words and for programs: extended, suspended, resumed, cancelled."""

from collections.abc import Iterator
from typing import Any

from kfly.locale import N_, _
from kfly.plan.course import CANCELLED, EXTENDED, RESUMED, SUSPENDED, CourseEvent
from kfly.plan.numbers import write_task_key
from kfly.progress.states import RESTING
from kfly.progress.tasks import TaskStanding

_TOLD = {
    SUSPENDED: N_("suspended"),
    RESUMED: N_("resumed"),
    CANCELLED: N_("cancelled"),
}


def extension_document(event: CourseEvent) -> dict[str, Any]:
    """Return the JSON of an extension: of the task, or of the stage that it names."""
    return {
        "on": event.on.isoformat(),
        "to": event.due and event.due.isoformat(),
        "reason": event.reason,
        "approved_by": event.approved_by,
        **({} if event.stage is None else {"stage": event.stage}),
    }


def tell_event(event: CourseEvent) -> str:
    """Tell what was decided: extended to a day, suspended, resumed, cancelled; with the reason."""
    if event.what == EXTENDED:
        told = _("extended to {day}", day=event.due and event.due.isoformat())
    else:
        told = _(_TOLD[event.what])
    if event.reason:
        told = _("{told}: {reason}", told=told, reason=event.reason)
    if event.approved_by:
        told = _("{told} (approved by {who})", told=told, who=event.approved_by)
    return told if event.stage is None else _("stage {n}: {told}", n=event.stage, told=told)


def list_decided(row: TaskStanding) -> Iterator[str]:
    """Yield since when a task rests, and from which day its due day was moved."""
    if row.carrier:
        yield _("carried on by {task}", task=write_task_key(row.carrier.task))
    elif row.state in RESTING and (since := row.rests_since):
        yield _("since {day}", day=since.isoformat())
    yield from _list_origins(row)
    if row.original_due and row.task.due != row.original_due:
        yield _("extended, first due {day}", day=row.original_due.isoformat())


def list_history(row: TaskStanding) -> Iterator[str]:
    """Yield where a task comes from, what was decided of it with day and reason, and what carries it on."""
    yield from _list_origins(row)
    for event in row.events:
        yield _("{head}: {text}", head=event.on.isoformat(), text=tell_event(event))
    if row.carrier:
        yield _("carried on by {task}", task=write_task_key(row.carrier.task))


def _list_origins(row: TaskStanding) -> Iterator[str]:
    """Yield who ordered a task beyond the tables, or which earlier one it goes on with."""
    if row.task.assigned_on:
        told = _("assigned on {day}", day=row.task.assigned_on.isoformat())
        yield _("{told}: {reason}", told=told, reason=row.task.assigned_by) if row.task.assigned_by else told
    if row.task.carries:
        yield _("carries on {task}", task=write_task_key(row.task.carries))
