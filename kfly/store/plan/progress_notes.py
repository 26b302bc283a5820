"""Progress notes: what was reported of tasks on their way (反馈)."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from kfly.plan.model import ProgressNote, Task
from kfly.store.records import now
from kfly.store.schema.tables import has_table

_SELECT = "SELECT year, task, noted_on, text, percent, organisation, recorded_at FROM progress_notes"


def record(db: sqlite3.Connection, note: ProgressNote) -> None:
    """Add a note to its task."""
    db.execute(
        "INSERT INTO progress_notes (year, task, noted_on, text, percent, organisation, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (note.year, note.number, note.on.isoformat(), note.text, note.percent, note.organisation, now()),
    )


def read_latest(db: sqlite3.Connection, day: date) -> dict[tuple[int, int], ProgressNote]:
    """Read the last note of each task that has any until a day, by the task's year and number."""
    if not has_table(db, "progress_notes"):
        return {}
    rows = db.execute(_SELECT + " WHERE noted_on <= ? ORDER BY noted_on, id", (day.isoformat(),))
    return {(note.year, note.number): note for note in _read(rows)}


def read_for_task(db: sqlite3.Connection, task: Task) -> list[ProgressNote]:
    """Read all notes of a task, by their day."""
    if not has_table(db, "progress_notes"):
        return []
    asked = " WHERE year = ? AND task = ? ORDER BY noted_on, id"
    return list(_read(db.execute(_SELECT + asked, (task.year, task.number))))


def _read(rows: sqlite3.Cursor) -> Iterator[ProgressNote]:
    for year, number, on, *rest in rows:
        yield ProgressNote(year, number, date.fromisoformat(on), *rest)
