"""How the file keeps a change until it is whole: a write-ahead log, or a rollback journal on a network share.

With a log, readers and a writer do not wait for each other; but all must be on one machine, on a file system
with shared memory. The file itself remembers which it keeps. ``KFLY_JOURNAL`` decides for a new one, and
makes a writer change one that is there; where it is not set, each file stays as it is.
"""

import os
import sqlite3

from kfly.errors import WrongUsageError
from kfly.locale import _

VARIABLE = "KFLY_JOURNAL"
LOG, ROLLBACK = "wal", "delete"

READ_VERSION_AT = 19  # where a file's header says which it keeps
_LOGGED = 2


def asked() -> str | None:
    """Which is asked for, if any.

    Raises:
        WrongUsageError: the variable says something else.
    """
    value = os.environ.get(VARIABLE, "")
    if value not in ("", LOG, ROLLBACK):
        raise WrongUsageError(
            _("{name}: “{value}” is neither wal nor delete.", name=VARIABLE, value=_spelled(value))
        )
    return value or None


def _spelled(value: str) -> str:
    """A variable's bytes that are not UTF-8, spelled out."""
    return value.encode(errors="backslashreplace").decode()


def kept(header: bytes) -> str:
    """Which a file keeps, by its header."""
    return LOG if header[READ_VERSION_AT] == _LOGGED else ROLLBACK


def begin(db: sqlite3.Connection) -> None:
    """Have a new file keep a log, unless a rollback journal is asked for or a log is refused there."""
    if asked() == ROLLBACK:
        return
    try:
        # Where it is refused this answers ‘delete’, or fails when it comes to share memory.
        change(db, LOG)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise
        change(db, ROLLBACK)


def change(db: sqlite3.Connection, journal: str) -> None:
    """Have the file keep another; nobody else may have it open."""
    db.execute(f"PRAGMA journal_mode = {journal}")


def be_sure(db: sqlite3.Connection) -> None:
    """Have every commit wait for the disk: a change that was reported must outlive a power cut."""
    # EXTRA, not FULL: a rollback journal whose deletion is lost would take the change back.
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA fullfsync = ON")  # a Mac's plain sync leaves it in the drive's memory
