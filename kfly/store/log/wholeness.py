"""Whether the log is whole: what was taken out of it, put in, or keeps it from being written."""

import json
import sqlite3
from collections.abc import Sequence

from kfly.plan.changes import UNREADABLE
from kfly.store.file.identity import SCHEMA
from kfly.store.log import triggers
from kfly.store.log.drifts import Compared
from kfly.store.log.reading import has_log
from kfly.store.log.row_reading import read_row
from kfly.store.log.watching import Watch


def find_unwatched(db: sqlite3.Connection) -> Watch:
    """Find what would have to be put back for all changes to be logged if another program wrote now."""
    if not has_log(db):
        return Watch()
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    return triggers.find_unwatched(db) if schema == SCHEMA else triggers.find_gone(db)


def count_missing_changes(db: sqlite3.Connection) -> int:
    """Count the changes that were taken out of the log, at the least.

    Their numbers follow one another, whoever writes; each group of a command begins with one of its own.
    """
    if not has_log(db):
        return 0
    first, last, there = db.execute(
        "SELECT (SELECT min(id) FROM changes WHERE id > 0), (SELECT max(id) FROM changes WHERE id > 0),"
        " (SELECT count(*) FROM changes) - (SELECT count(*) FROM changes WHERE id <= 0)"
    ).fetchone()
    between = last - min(first, 1) + 1 - there if there else 0
    (cut,) = db.execute(f"SELECT count(*) FROM ({_WITHOUT_CHANGES} AND command IS NOT NULL)").fetchone()
    return int(max(between, cut))


def count_missing_groups(db: sqlite3.Connection) -> int:
    """Count the groups that were taken out of the log, of which changes are left."""
    if not has_log(db):
        return 0
    sql = 'SELECT count(DISTINCT "group") FROM changes WHERE "group" NOT IN (SELECT id FROM change_groups)'
    return int(db.execute(sql).fetchone()[0])


def find_empty_groups(db: sqlite3.Connection) -> list[int]:
    """Find the groups of another program in which no change is: it put them in, or took that out."""
    if not has_log(db):
        return []
    return [row[0] for row in db.execute(f"{_WITHOUT_CHANGES} AND command IS NULL ORDER BY id")]


def find_open_groups(db: sqlite3.Connection) -> list[int]:
    """Find the groups that stand open as if a command were at work; nobody else could see one of ours."""
    if not has_log(db):
        return []
    return [row[0] for row in db.execute("SELECT id FROM change_groups WHERE open ORDER BY id")]


def find_unreadable(db: sqlite3.Connection, compared: Sequence[Compared] = ()) -> list[int]:
    """Find the changes of which a row, before or after, is no row any more.

    Args:
        db: the database.
        compared: what was found of tables that the log was held against: a line that says what the row is
            now can be read.
    """
    if not has_log(db):
        return []
    proven = json.dumps([table.table for table in compared if table.is_whole])
    differing = json.dumps([line for table in compared for line in table.differing])
    no_row = " OR ".join(
        f"{row} IS NOT NULL AND iif(json_valid({row}), json_type({row}), '') <> 'object'"
        for row in ("before", "after")
    )
    rows = db.execute(
        'SELECT id, before, after FROM changes WHERE (before IS NOT NULL OR "table" NOT IN'
        " (SELECT value FROM json_each(?)) OR id IN (SELECT value FROM json_each(?)))"
        f" AND ({no_row}) ORDER BY id",
        (proven, differing),
    )
    return [own for own, *texts in rows if UNREADABLE in map(read_row, texts)]


_WITHOUT_CHANGES = (
    "SELECT id FROM change_groups AS g WHERE NOT open AND NOT EXISTS"
    ' (SELECT 1 FROM changes WHERE id = g.first AND "group" = g.id)'
)
