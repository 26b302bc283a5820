"""Groups of the log: all that one command does is one.

A group's row is open while the command's transaction runs, which nobody else can see. It is dated when it
closes: what nobody could see at a moment was not known then. A change that finds no open group is another
program's, and opens one for its second, dated by its last change.
"""

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getuser

from kfly.store import totals
from kfly.store.log import entries
from kfly.store.schema.log_tables import LOG_TABLES
from kfly.store.schema.tables import split_statements


def create(db: sqlite3.Connection) -> None:
    """Create the log's own tables."""
    for statement in split_statements(LOG_TABLES):
        db.execute(statement)


@contextmanager
def open_group(
    db: sqlite3.Connection, command: str, undoes: int | None = None, reason: str | None = None
) -> Iterator[None]:
    """Gather all that is changed inside into one group of the log; when nothing is, keep no group.

    Args:
        db: in a transaction that holds the write lock.
        command: what was typed.
        undoes: the group that is undone.
        reason: what was said of why all of it is done.
    """
    _close_forged(db)
    db.execute("DELETE FROM replaced")
    cursor = db.execute(
        "INSERT INTO change_groups (made_at, user, host, command, first, undoes, reason, open)"
        " VALUES (?, ?, ?, ?, (SELECT coalesce(max(id), 0) + 1 FROM changes), ?, ?, 1)",
        (_this_moment(), current_user(), socket.gethostname(), command, undoes, reason),
    )
    yield
    own = (cursor.lastrowid,)
    db.execute(
        "DELETE FROM change_groups WHERE id = ? AND first > (SELECT coalesce(max(id), 0) FROM changes)", own
    )
    totals.keep_up(db)
    entries.keep_up(db)
    db.execute("UPDATE change_groups SET open = 0, made_at = ? WHERE id = ?", (_this_moment(), *own))


def _this_moment() -> str:
    """Return the present moment as groups keep it: UTC, to the microsecond."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _close_forged(db: sqlite3.Connection) -> None:
    """Close a group that stands open: nobody can see ours at work, so another program has made it."""
    if db.execute("SELECT 1 FROM change_groups WHERE open").fetchone() is None:
        return
    db.execute("DELETE FROM change_groups WHERE open AND first > (SELECT coalesce(max(id), 0) FROM changes)")
    db.execute(
        "UPDATE change_groups SET open = 0, user = NULL, host = NULL, command = NULL, undoes = NULL,"
        " reason = NULL, reshaped = 0 WHERE open"
    )


def note_reshaped(db: sqlite3.Connection) -> None:
    """Note that the open group changes tables too, and log their rows with the columns they have now."""
    from kfly.store.log.triggers import watch_anew

    db.execute("UPDATE change_groups SET reshaped = 1 WHERE open")
    watch_anew(db)


def find_who() -> str:
    """Return who is at work, and where: 张三@office."""
    return f"{current_user()}@{socket.gethostname()}"


def current_user() -> str:
    """Return the name of the person, or of the service, at work."""
    try:
        return getuser()
    except (KeyError, OSError):  # a number without a name, as in some containers
        return str(os.getuid())
