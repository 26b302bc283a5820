"""Bringing an old database up to this program: its tables, and the kinds that the package has added since."""

import sqlite3
from collections.abc import Callable

from kfly import __version__
from kfly.store import history
from kfly.store.database import SCHEMA
from kfly.store.records import now


def _keep_a_log(db: sqlite3.Connection) -> None:
    history.create(db)


# What makes each schema out of the one before it. A step that was released is never changed.
STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {2: _keep_a_log}


def is_due(db: sqlite3.Connection) -> bool:
    """Whether the database is of an older schema than this program's."""
    return _schema(db) < SCHEMA


def bring_up(db: sqlite3.Connection) -> None:
    """Take each step that the database lacks, and note it; in the caller's transaction, all or nothing."""
    for schema in range(_schema(db) + 1, SCHEMA + 1):
        STEPS[schema](db)
        note(db, schema=schema)
        db.execute(f"PRAGMA user_version = {schema}")
    history.watch(db)


def note(db: sqlite3.Connection, schema: int | None = None, kinds: str | None = None) -> None:
    """Note in the database that it was made, or brought up, to a schema or to a declaration of kinds."""
    db.execute(
        "INSERT INTO migrations (schema, kinds, program, applied_at) VALUES (?, ?, ?, ?)",
        (schema, kinds, __version__, now()),
    )


def _schema(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
