"""What is kept as evidence for which task: with its sign-offs, with feedback, or added later."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from kfly.clock import now
from kfly.plan.model import ADDED, FEEDBACK, SIGN_OFF, Evidence, EvidenceFile, Task
from kfly.plan.numbers import TaskKey, TaskNumber
from kfly.store.evidence import contents, disk
from kfly.store.schema.list_positions import write_order
from kfly.store.schema.tables import has_table

_OF_SIGN_OFFS = (
    f"SELECT s.year, s.task, e.path, e.size, e.sha256, '{SIGN_OFF}', s.signed_on, s.recorded_at,"
    " s.reopened_at IS NOT NULL FROM sign_offs AS s JOIN evidence AS e ON e.sign_off = s.id"
)
_OF_TASKS = (
    f"SELECT s.year, s.task, s.name, s.size, s.sha256, iif(n.id IS NULL, '{ADDED}', '{FEEDBACK}'),"
    " n.noted_on, s.added_at, 0 FROM task_evidence AS s LEFT JOIN progress_notes AS n"
    " ON n.id = s.progress_note"
)


def add(db: sqlite3.Connection, task: Task, file: EvidenceFile, note: int | None = None) -> None:
    """Add a file to a task.

    Args:
        db: the database, in which the file's bytes are kept.
        task: the task.
        file: the file.
        note: the number of the feedback that it came with.
    """
    db.execute(
        "INSERT INTO task_evidence (year, task, progress_note, name, size, sha256, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (task.year, task.number, note, file.name, file.size, file.sha256, now()),
    )


def read_for_task(db: sqlite3.Connection, task: Task) -> list[Evidence]:
    """Read all evidence of a task, that of sign-offs taken back too, in the order in which it came."""
    return [evidence for _year, _number, evidence in _read(db, (task.year, task.number))]


def read_all(db: sqlite3.Connection) -> list[tuple[int, TaskNumber, Evidence]]:
    """Read the evidence of all tasks, with year and number of each."""
    return _read(db, None)


def keep_what_is_found(db: sqlite3.Connection) -> None:
    """Bring in the files of older sign-offs that still lie, unchanged, where they were shown."""
    for _year, _number, evidence in read_all(db):
        path = disk.find(evidence.file)
        if path is not None:
            contents.keep(db, disk.ShownFile(path, evidence.file))


def _read(db: sqlite3.Connection, task: TaskKey | None) -> list[tuple[int, TaskNumber, Evidence]]:
    kept = contents.read_kept(db)
    asked, values = (" WHERE s.year = ? AND s.task = ?", task) if task else ("", ())
    order = f" ORDER BY s.id, {write_order(db, 'evidence', 'e.')}"
    rows: list[Any] = db.execute(_OF_SIGN_OFFS + asked + order, values).fetchall()
    if has_table(db, "task_evidence"):
        rows += db.execute(_OF_TASKS + asked + " ORDER BY s.id", values).fetchall()
    rows.sort(key=lambda row: (row[0], isinstance(row[1], str), row[1], row[7]))
    return [(row[0], row[1], _evidence(row[2:], kept)) for row in rows]


def _evidence(row: Iterable[Any], kept: frozenset[str]) -> Evidence:
    path, size, digest, came_with, on, added_at, withdrawn = row
    return Evidence(
        file=EvidenceFile(path, size, digest),
        came_with=came_with,
        on=date.fromisoformat(on) if on else None,
        added_at=added_at,
        kept=digest in kept,
        withdrawn=bool(withdrawn),
    )
