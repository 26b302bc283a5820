"""The journal that a file keeps: a write-ahead log, or a rollback journal on a network share.

With a log, readers and a writer do not wait for each other; but all must be on one machine, on a file system
with shared memory. The file itself remembers which it keeps. ``KFLY_JOURNAL`` decides for a new file, and
makes a writer change an existing one; where it is not set, each file stays as it is.
"""

import os
import sqlite3

from kfly.errors import WrongUsageError
from kfly.locale import _

VARIABLE = "KFLY_JOURNAL"
LOG, ROLLBACK = "wal", "delete"

READ_VERSION_AT = 19  # where a file's header says which it keeps
_LOGGED = 2


def read_asked() -> str | None:
    """Read from ``KFLY_JOURNAL`` which journal is asked for, if any.

    Raises:
        WrongUsageError: the variable names neither.
    """
    value = os.environ.get(VARIABLE, "")
    if value not in ("", LOG, ROLLBACK):
        raise WrongUsageError(
            _("{name}: “{value}” is neither wal nor delete.", name=VARIABLE, value=_spelled(value))
        )
    return value or None


def _spelled(value: str) -> str:
    """Spell out a variable's bytes that are not UTF-8."""
    return value.encode(errors="backslashreplace").decode()


def read_kept(header: bytes) -> str:
    """Read from a file's header which journal it keeps."""
    return LOG if header[READ_VERSION_AT] == _LOGGED else ROLLBACK


def begin(db: sqlite3.Connection) -> None:
    """Make a new file keep a log, unless a rollback journal is asked for or a log is refused there."""
    if read_asked() == ROLLBACK:
        return
    try:
        # Where a log is refused, SQLite answers ‘delete’, or fails when it tries to share memory.
        change(db, LOG)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise
        change(db, ROLLBACK)


def change(db: sqlite3.Connection, journal: str) -> None:
    """Make the file keep another journal; nobody else may have it open."""
    db.execute(f"PRAGMA journal_mode = {journal}")


def make_durable(db: sqlite3.Connection) -> None:
    """Make every commit wait for the disk: a change that was reported must survive a power cut."""
    # EXTRA, not FULL: a rollback journal whose deletion is lost would take the change back.
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA fullfsync = ON")  # a Mac's plain sync leaves it in the drive's memory
