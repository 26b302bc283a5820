"""The mails that were tried; no part of the log, as what was sent cannot be undone."""

import json
import sqlite3
from collections.abc import Iterator

from kfly.plan.mailings import Mailing
from kfly.store.schema.tables import has_table

_COLUMNS = "as_of, recipient, organisation, scope, subject, tasks, message_id, tries, error, tried_at"


def record(db: sqlite3.Connection, mailing: Mailing) -> None:
    """Note what became of a mail."""
    db.execute(
        f"INSERT INTO mailings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *mailing[:5],
            json.dumps(mailing.tasks, ensure_ascii=False),
            *(mailing.message_id, mailing.tries, mailing.error, mailing.tried_at),
        ),
    )


def read(db: sqlite3.Connection, as_of: str | None = None) -> Iterator[Mailing]:
    """Read all mails, or those of the report for one day, in the order they were tried."""
    if not has_table(db, "mailings"):
        return
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM mailings WHERE ?1 IS NULL OR as_of = ?1 ORDER BY id",
        (as_of,),
    )
    for row in map(Mailing._make, rows):
        yield row._replace(tasks=tuple((task, found) for task, found in json.loads(str(row.tasks))))
