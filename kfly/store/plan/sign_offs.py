"""Sign-offs of tasks: recorded with their evidence, read, and taken back."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from kfly.clock import now
from kfly.plan.course import Course
from kfly.plan.model import EvidenceFile, SignOff, Task
from kfly.plan.numbers import TaskKey
from kfly.store.plan import task_events
from kfly.store.plan.progress_notes import read_days_of_reports
from kfly.store.plan.promise_reading import write_columns
from kfly.store.schema.list_positions import write_order


def read_in_force(db: sqlite3.Connection) -> dict[TaskKey, SignOff]:
    """Read the sign-offs that nobody took back, by year and number of their task."""
    return {(s.year, s.number): s for s in _read_all_in_force(db) if s.stage is None}


def read_course(db: sqlite3.Connection) -> Course:
    """Read what was recorded of tasks: sign-offs in force, decisions, days of wanted reports."""
    signed = _read_all_in_force(db)
    return Course(
        sign_offs={(s.year, s.number): s for s in signed if s.stage is None},
        stages={(s.year, s.number, s.stage): s for s in signed if s.stage is not None},
        reports=read_days_of_reports(db),
        events=task_events.read(db),
    )


def _read_all_in_force(db: sqlite3.Connection) -> list[SignOff]:
    rows = db.execute(f"{_select(db)} WHERE reopened_at IS NULL")
    return [_sign_off(row, ()) for row in rows]


def read_for_task(db: sqlite3.Connection, task: Task) -> list[SignOff]:
    """Read all sign-offs of a task, those taken back too, with their evidence, in the order of recording."""
    sql = f"{_select(db)} WHERE year = ? AND task = ? ORDER BY id"
    rows = db.execute(sql, (task.year, task.number))
    return [_sign_off(row, _evidence(db, row[0])) for row in rows.fetchall()]


def record(db: sqlite3.Connection, sign_off: SignOff, evidence: Iterable[EvidenceFile]) -> None:
    """Sign a task off."""
    cursor = db.execute(
        "INSERT INTO sign_offs (year, task, stage, signed_on, forced, note, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*sign_off[:2], sign_off.stage, sign_off.on.isoformat(), int(sign_off.forced), sign_off.note, now()),
    )
    db.executemany(
        "INSERT INTO evidence (sign_off, position, path, size, sha256) VALUES (?, ?, ?, ?, ?)",
        [(cursor.lastrowid, position, *file) for position, file in enumerate(evidence)],
    )


def take_back(db: sqlite3.Connection, task: Task, reason: str, stage: int | None = None) -> None:
    """Reopen a task, or a stage of it; the sign-off stays on record with the reason."""
    db.execute(
        "UPDATE sign_offs SET reopened_at = ?, reopen_reason = ?"
        " WHERE year = ? AND task = ? AND stage IS ? AND reopened_at IS NULL",
        (now(), reason, task.year, task.number, stage),
    )


def _select(db: sqlite3.Connection) -> str:
    stage = write_columns(db, "sign_offs", {"stage": "NULL"})
    columns = "id, year, task, signed_on, forced, note, recorded_at, reopened_at, reopen_reason"
    return f"SELECT {columns}, {stage} FROM sign_offs"


def _sign_off(row: tuple[Any, ...], evidence: tuple[EvidenceFile, ...]) -> SignOff:
    _id, year, number, on, forced, note, recorded_at, reopened_at, reason, stage = row
    return SignOff(
        year=year,
        number=number,
        on=date.fromisoformat(on),
        forced=bool(forced),
        note=note,
        evidence=evidence,
        recorded_at=recorded_at,
        reopened_at=reopened_at,
        reopen_reason=reason,
        stage=stage,
    )


def _evidence(db: sqlite3.Connection, sign_off: int) -> tuple[EvidenceFile, ...]:
    sql = f"SELECT path, size, sha256 FROM evidence WHERE sign_off = ? ORDER BY {write_order(db, 'evidence')}"
    rows = db.execute(sql, (sign_off,))
    return tuple(EvidenceFile._make(row) for row in rows)
