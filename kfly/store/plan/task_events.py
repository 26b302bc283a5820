"""What was decided of tasks on a day (延期、暂缓、恢复、取消): recorded, and read in the order of days."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache

from kfly.clock import now
from kfly.plan.course import CourseEvent
from kfly.plan.model import Task
from kfly.plan.numbers import TaskKey
from kfly.store.schema.tables import has_table

_COLUMNS = "year, task, decision, held_on, reason, due, stage, approved_by, recorded_at"
_SELECT = f"SELECT {_COLUMNS} FROM task_events"


def record(db: sqlite3.Connection, event: CourseEvent) -> None:
    """Record what was decided of a task."""
    db.execute(
        f"INSERT INTO task_events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *event[:3],
            event.on.isoformat(),
            event.reason,
            event.due and event.due.isoformat(),
            event.stage,
            event.approved_by,
            now(),
        ),
    )


def read(db: sqlite3.Connection, *, as_recorded: bool = False) -> dict[TaskKey, list[CourseEvent]]:
    """Read what was decided of each task, by its year and number; before schema 13 nothing was.

    Args:
        db: the database.
        as_recorded: in the order in which it was recorded instead of that of the days.
    """
    if not has_table(db, "task_events"):
        return {}
    order = "id" if as_recorded else "held_on, id"
    found: dict[TaskKey, list[CourseEvent]] = {}
    for event in _read(db.execute(f"{_SELECT} ORDER BY {order}")):
        found.setdefault((event.year, event.number), []).append(event)
    return found


def read_for_task(db: sqlite3.Connection, task: Task) -> list[CourseEvent]:
    """Read what was decided of one task, in the order of the days."""
    if not has_table(db, "task_events"):
        return []
    sql = f"{_SELECT} WHERE year = ? AND task = ? ORDER BY held_on, id"
    return list(_read(db.execute(sql, (task.year, task.number))))


def _read(rows: sqlite3.Cursor) -> Iterator[CourseEvent]:
    read_day = cache(date.fromisoformat)  # many decisions are of few days
    for year, number, what, on, reason, due, *rest in rows:
        yield CourseEvent(year, number, what, read_day(on), reason, read_day(due) if due else None, *rest)
