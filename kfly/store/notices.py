"""Supervision notices that were issued: read, numbered and recorded."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from kfly.clock import now
from kfly.plan.notices import Notice, NoticedTarget, NoticedTask
from kfly.plan.numbers import read_task_number
from kfly.store.schema.tables import has_table

_COLUMNS = "year, number, organisation, light, issued_on, reply_by, tasks, recorded_at"


def read(db: sqlite3.Connection, day: date) -> list[Notice]:
    """Read the notices issued until a day, in the order of issue; before schema 7 there are none."""
    if not has_table(db, "notices"):
        return []
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM notices WHERE issued_on <= ? ORDER BY issued_on, id", (day.isoformat(),)
    )
    return [_read_row(*row) for row in rows]


def record(db: sqlite3.Connection, notice: Notice) -> Notice:
    """Record a notice, and return it with the next number of its year and the moment."""
    sql = "SELECT coalesce(max(number), 0) + 1 FROM notices WHERE year = ?"
    (number,) = db.execute(sql, (notice.year,)).fetchone()
    issued = notice._replace(number=number, recorded_at=now())
    db.execute(
        f"INSERT INTO notices ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *issued[:4],
            issued.issued_on.isoformat(),
            issued.reply_by.isoformat(),
            json.dumps(
                [*((f"{task.year}/{task.number}", task.light) for task in issued.tasks), *issued.targets]
            ),
            issued.recorded_at,
        ),
    )
    return issued


def rename(db: sqlite3.Connection, old: str, new: str) -> None:
    """Make the notices to an organisation those to its successor."""
    db.execute("UPDATE notices SET organisation = ? WHERE organisation = ?", (new, old))


def _read_tasks(kept: Iterable[tuple[str, str]]) -> Iterable[NoticedTask]:
    """Yield the tasks of a notice as they are kept: no key of a target has a slash."""
    for name, light in kept:
        year, slash, number = name.partition("/")
        if slash:
            yield NoticedTask(int(year), read_task_number(number), light)


def _read_targets(kept: Iterable[tuple[str, str]]) -> Iterable[NoticedTarget]:
    yield from (NoticedTarget(name, light) for name, light in kept if "/" not in name)


def _read_row(year: int, number: int, organisation: str, light: str, *rest: str) -> Notice:
    issued_on, reply_by, told, recorded_at = rest
    kept = json.loads(told)
    return Notice(
        year=year,
        number=number,
        organisation=organisation,
        light=light,
        issued_on=date.fromisoformat(issued_on),
        reply_by=date.fromisoformat(reply_by),
        tasks=tuple(_read_tasks(kept)),
        recorded_at=recorded_at,
        targets=tuple(_read_targets(kept)),
    )
