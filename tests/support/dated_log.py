"""Logs whose groups are dated as a test wants them, and lines of the log that are forged."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from time import sleep, time

GUARDS = ("groups are never changed", "changes are never changed")


def forge(path: Path, *statements: str) -> None:
    """Change the log itself, which its triggers forbid: they are gone for that long."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        marks = ", ".join("?" * len(GUARDS))
        kept = db.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN ({marks})", GUARDS).fetchall()
        for name, _sql in kept:
            db.execute(f'DROP TRIGGER "{name}"')
        for statement in (*statements, *(sql for _name, sql in kept)):
            db.execute(statement)


def date_groups(path: Path, moments: Iterable[str]) -> None:
    """Date the groups of a log, from the first on."""
    dated = enumerate(moments, start=1)
    forge(path, *(f"UPDATE change_groups SET made_at = '{at}' WHERE id = {number}" for number, at in dated))


def await_second() -> None:
    """Wait, if a second is nearly over: what another program does makes one group within one second only."""
    if (spent := time() % 1) > 0.4:
        sleep(1 - spent)


def last_group(path: Path) -> int:
    """The number of the last group."""
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT max(id) FROM change_groups").fetchone()[0])
