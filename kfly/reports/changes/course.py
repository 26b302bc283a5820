"""Changes of the course of tasks, in words: what was decided, and taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kfly.locale import _
from kfly.plan.changes import Change
from kfly.plan.course import CourseEvent
from kfly.reports.changes.names import Names
from kfly.reports.course import tell_event


def tell_decision(change: Change, names: Names) -> str:
    """Say what was decided of a task, or that it is decided no more."""
    row: Mapping[str, Any] = change.after or change.before or {}
    words = {"title": names.called("task_events", change.key, dict(row)), "day": row["held_on"]}
    told = _read(row)
    if change.before is None:
        return _("{title}: on {day} {told}", **words, told=told)
    if change.after is None:
        return _("{title}: no longer on {day} {told}", **words, told=told)
    return _("{title}: {before} → {after}", title=words["title"], before=_read(change.before), after=told)


def _read(row: Mapping[str, Any]) -> str:
    event = CourseEvent(
        year=row["year"],
        number=row["task"],
        what=row["decision"],
        on=date.fromisoformat(row["held_on"]),
        reason=row["reason"],
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        stage=row["stage"],
        approved_by=row["approved_by"],
    )
    return tell_event(event)
