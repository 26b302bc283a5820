"""Progress notes: what was reported of tasks on their way (反馈)."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date

from kfly.clock import now
from kfly.plan.model import EvidenceFile, ProgressNote, Task
from kfly.plan.numbers import TaskKey
from kfly.store.schema.tables import has_column, has_table

_SELECT = "SELECT id, year, task, noted_on, text, percent, organisation, recorded_at FROM progress_notes"


def record(db: sqlite3.Connection, note: ProgressNote) -> int:
    """Add a note to its task, without its evidence; return the note's number."""
    cursor = db.execute(
        "INSERT INTO progress_notes (year, task, noted_on, text, percent, organisation, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (note.year, note.number, note.on.isoformat(), note.text, note.percent, note.organisation, now()),
    )
    return int(cursor.lastrowid or 0)


def read_latest(db: sqlite3.Connection, day: date) -> dict[TaskKey, ProgressNote]:
    """Read the last note of each task that has any until a day, by the task's year and number."""
    if not has_table(db, "progress_notes"):
        return {}
    latest = (  # of a group with a maximum SQLite gives the other columns of that very row
        "SELECT id FROM (SELECT id, max(noted_on || printf('%020d', id)) FROM progress_notes"
        " WHERE noted_on <= ? GROUP BY year, task)"
    )
    rows = db.execute(f"{_SELECT} WHERE id IN ({latest})", (day.isoformat(),))
    return {(note.year, note.number): note for note in _read(rows, {})}


def read_days_of_reports(db: sqlite3.Connection) -> dict[TaskKey, list[date]]:
    """Read on which days progress was reported, of the tasks of which each period wants a report."""
    if not has_column(db, "tasks", "report_every"):
        return {}
    days: dict[TaskKey, list[date]] = {}
    for year, task, on in db.execute(
        "SELECT DISTINCT n.year, n.task, n.noted_on FROM tasks AS t JOIN progress_notes AS n"
        " ON n.year = t.year AND n.task = t.number WHERE t.report_every IS NOT NULL"
    ):
        days.setdefault((year, task), []).append(date.fromisoformat(on))
    return days


def read_for_task(db: sqlite3.Connection, task: Task) -> list[ProgressNote]:
    """Read all notes of a task with their evidence, by their day."""
    if not has_table(db, "progress_notes"):
        return []
    asked = " WHERE year = ? AND task = ? ORDER BY noted_on, id"
    rows = db.execute(_SELECT + asked, (task.year, task.number))
    return list(_read(rows, _read_evidence(db, task)))


def _read(rows: sqlite3.Cursor, evidence: Mapping[int, tuple[EvidenceFile, ...]]) -> Iterator[ProgressNote]:
    for own, year, number, on, *rest in rows:
        note = ProgressNote(year, number, date.fromisoformat(on), *rest)
        yield note._replace(evidence=evidence.get(own, ()))


def _read_evidence(db: sqlite3.Connection, task: Task) -> dict[int, tuple[EvidenceFile, ...]]:
    """Read the files that came with a task's notes, by the number of each note."""
    if not has_table(db, "task_evidence"):
        return {}
    files: dict[int, tuple[EvidenceFile, ...]] = {}
    for note, *file in db.execute(
        "SELECT progress_note, name, size, sha256 FROM task_evidence"
        " WHERE year = ? AND task = ? AND progress_note IS NOT NULL ORDER BY id",
        (task.year, task.number),
    ):
        files[note] = (*files.get(note, ()), EvidenceFile(*file))
    return files
