"""How many rows of each table a group of the log has touched: of large ones counted once, when they came."""

import sqlite3

from kfly.plan.changes import ChangeGroup, TableTally

LARGE = 1000  # changes; fewer are counted as quickly as a tally is found

_COUNTED = """
SELECT "table", sum(before IS NULL), sum(before IS NOT NULL AND after IS NOT NULL), sum(after IS NULL)
FROM changes WHERE id BETWEEN ? AND ? GROUP BY "table" ORDER BY min(id)
"""


def count_changes(db: sqlite3.Connection, group: ChangeGroup) -> list[TableTally]:
    """Count the rows of each table that a group added, changed and removed."""
    size = group.last - group.first + 1
    kept = _read_kept(db, group) if size >= LARGE else []
    return kept if sum(tally.rows for tally in kept) == size else _count(db, group.first, group.last)


def tally_large_groups(db: sqlite3.Connection, after: int) -> None:
    """Keep the tallies of the large groups that have come after a change."""
    last = int(db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])
    for group, first in db.execute("SELECT id, first FROM change_groups ORDER BY id DESC"):
        if last - first + 1 >= LARGE:
            _keep(db, group, _count(db, first, last))
        last = first - 1
        if last <= after:
            break


def _keep(db: sqlite3.Connection, group: int, tallies: list[TableTally]) -> None:
    db.executemany(
        'INSERT OR REPLACE INTO "kept tallies" VALUES (?, ?, ?, ?, ?, ?)',
        [(group, position, *tally) for position, tally in enumerate(tallies)],
    )


def _count(db: sqlite3.Connection, first: int, last: int) -> list[TableTally]:
    return [TableTally._make(row) for row in db.execute(_COUNTED, (first, last))]


def _read_kept(db: sqlite3.Connection, group: ChangeGroup) -> list[TableTally]:
    sql = 'SELECT "table", added, changed, removed FROM "kept tallies" WHERE "group" = ? ORDER BY position'
    try:
        rows = db.execute(sql, (group.id,)).fetchall()
    except sqlite3.OperationalError:  # a database that nothing was written to since it keeps none
        return []
    return [TableTally._make(row) for row in rows]
