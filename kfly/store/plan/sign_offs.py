"""Sign-offs of tasks: recorded with their evidence, read, and taken back."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from kfly.clock import now
from kfly.plan.model import EvidenceFile, SignOff, Task
from kfly.plan.numbers import TaskKey
from kfly.store.schema.list_positions import write_order


def read_in_force(db: sqlite3.Connection) -> dict[TaskKey, SignOff]:
    """Read the sign-offs that nobody took back, by year and number of their task."""
    rows = db.execute(_SELECT + " WHERE reopened_at IS NULL")
    return {(row[1], row[2]): _sign_off(row, ()) for row in rows}


def read_for_task(db: sqlite3.Connection, task: Task) -> list[SignOff]:
    """Read all sign-offs of a task, those taken back too, with their evidence, in the order of recording."""
    rows = db.execute(_SELECT + " WHERE year = ? AND task = ? ORDER BY id", (task.year, task.number))
    return [_sign_off(row, _evidence(db, row[0])) for row in rows.fetchall()]


def record(db: sqlite3.Connection, sign_off: SignOff, evidence: Iterable[EvidenceFile]) -> None:
    """Sign a task off."""
    cursor = db.execute(
        "INSERT INTO sign_offs (year, task, signed_on, forced, note, recorded_at) VALUES (?, ?, ?, ?, ?, ?)",
        (sign_off.year, sign_off.number, sign_off.on.isoformat(), int(sign_off.forced), sign_off.note, now()),
    )
    db.executemany(
        "INSERT INTO evidence (sign_off, position, path, size, sha256) VALUES (?, ?, ?, ?, ?)",
        [(cursor.lastrowid, position, *file) for position, file in enumerate(evidence)],
    )


def take_back(db: sqlite3.Connection, task: Task, reason: str) -> None:
    """Reopen a task; the sign-off stays on record with the reason."""
    db.execute(
        "UPDATE sign_offs SET reopened_at = ?, reopen_reason = ?"
        " WHERE year = ? AND task = ? AND reopened_at IS NULL",
        (now(), reason, task.year, task.number),
    )


_SELECT = (
    "SELECT id, year, task, signed_on, forced, note, recorded_at, reopened_at, reopen_reason FROM sign_offs"
)


def _sign_off(
    row: tuple[int, int, int, str, int, str, str, str, str], evidence: tuple[EvidenceFile, ...]
) -> SignOff:
    _id, year, number, on, forced, note, recorded_at, reopened_at, reason = row
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
    )


def _evidence(db: sqlite3.Connection, sign_off: int) -> tuple[EvidenceFile, ...]:
    sql = f"SELECT path, size, sha256 FROM evidence WHERE sign_off = ? ORDER BY {write_order(db, 'evidence')}"
    rows = db.execute(sql, (sign_off,))
    return tuple(EvidenceFile._make(row) for row in rows)
