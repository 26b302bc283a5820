"""The mails that were tried; no part of the log, as what was sent cannot be undone."""

import json
import sqlite3
from collections.abc import Iterator

from kfly.plan.mailings import Mailing
from kfly.store.schema.tables import has_column, has_table

_OLD = "as_of, recipient, organisation, scope, subject, tasks, message_id, tries, error, tried_at"
_COLUMNS = f"{_OLD}, answer, without_workbook"


def record(db: sqlite3.Connection, mailing: Mailing) -> None:
    """Note what became of a mail."""
    db.execute(
        f"INSERT INTO mailings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *mailing[:5],
            json.dumps(mailing.tasks, ensure_ascii=False),
            *(mailing.message_id, mailing.tries, mailing.error, mailing.tried_at),
            *(mailing.answer, mailing.without_workbook),
        ),
    )


def read(db: sqlite3.Connection, as_of: str | None = None) -> Iterator[Mailing]:
    """Read all mails, or those of the report for one day, in the order they were tried."""
    yield from _read(db, "?1 IS NULL OR as_of = ?1 ORDER BY id", as_of)


def read_sent_between(db: sqlite3.Connection, first: str, before: str) -> Iterator[Mailing]:
    """Read the mails that were sent of the reports from one day on, before another, in their order."""
    yield from _read(db, "as_of >= ? AND as_of < ? AND error IS NULL ORDER BY as_of, id", first, before)


def _read(db: sqlite3.Connection, which: str, *values: str | None) -> Iterator[Mailing]:
    if not has_table(db, "mailings"):
        return
    columns = _COLUMNS if has_column(db, "mailings", "answer") else _OLD  # schema 4 has no more
    for row in db.execute(f"SELECT {columns} FROM mailings WHERE {which}", values):
        mailing = Mailing(*row)
        tasks = tuple((task, found) for task, found in json.loads(str(mailing.tasks)))
        yield mailing._replace(tasks=tasks, without_workbook=bool(mailing.without_workbook))
