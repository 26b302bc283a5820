"""Noticing, at each write, that what writes the log is no longer as kfly has made it.

Every command that writes runs through here; what makes triggers is imported only where some are to be made.
"""

import sqlite3
from typing import NamedTuple
from zlib import crc32

from kfly.store.schema.tables import has_column

UNSEEN = -1  # the count of changes of a schema, or of kinds, that are still to be looked at


class Watch(NamedTuple):
    """What is not as kfly makes it, of what writes the log: the names of views and triggers.

    ``outdated`` are those of tables to which a column, or a unique index, was added since; ``broken`` all
    others: they were taken away, or made to do something else.
    """

    broken: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


def watch(db: sqlite3.Connection) -> Watch:
    """See that the changes of all columns are logged, and return what had to be put back for that.

    The text of the whole schema is compared with that of the last time: SQLite's own count of changes can be
    put back, and does not count what is written into the schema itself.
    """
    if _read_last_seen(db) == (_read_schema_version(db), _read_fingerprint(db)):
        return Watch()
    from kfly.store.log import triggers

    found = triggers.find_unwatched(db)
    triggers.watch_anew(db)
    return found


def note_whole_schema(db: sqlite3.Connection) -> None:
    """Make room, in a database of an older schema, for a mark of all its statements."""
    if not has_column(db, "watched", "fingerprint"):
        db.execute("ALTER TABLE watched ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''")


def note_seen(db: sqlite3.Connection) -> None:
    """Note that the schema, as it is now, has every trigger that it should have; unless it looks damaged."""
    from kfly.store.signs import has_signs

    version = UNSEEN if has_signs(db) else _read_schema_version(db)
    db.execute("DELETE FROM watched")
    db.execute(
        "INSERT INTO watched (schema_version, fingerprint) VALUES (?, ?)", (version, _read_fingerprint(db))
    )


def _read_fingerprint(db: sqlite3.Connection) -> str:
    """Read what tells one schema from another: the checksum of all its statements.

    It is no seal: who can write it can forge it, which “check” sees through.
    """
    # As bytes: to make a text of them would cost more than the sum.
    sql = "SELECT CAST(group_concat(sql, char(10)) AS BLOB) FROM sqlite_master"
    return f"{crc32(db.execute(sql).fetchone()[0]):08x}"


def _read_last_seen(db: sqlite3.Connection) -> tuple[int, str] | None:
    seen: tuple[int, str] | None = db.execute("SELECT schema_version, fingerprint FROM watched").fetchone()
    return seen


def _read_schema_version(db: sqlite3.Connection) -> int:
    """Read how often the schema was changed, by anybody."""
    return int(db.execute("PRAGMA schema_version").fetchone()[0])
