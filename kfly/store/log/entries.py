"""Which towns' records came in by which command: kept group by group, so that nobody reads the whole log."""

import sqlite3
from collections.abc import Iterator

from kfly.store.log.reading import has_log, read_undoing
from kfly.store.schema.tables import has_table, quote

# Commands by which records come in; whatever else touches them is no entry.
_BRINGS_IN = "(command = 'import' OR command GLOB 'import *' OR command GLOB 'add-*')"


def keep_up(db: sqlite3.Connection) -> None:
    """Keep the entries of the groups that have come since; nothing is read where nothing is to be sent."""
    if not has_table(db, "returns"):
        return
    last = "SELECT coalesce(max(id), 0) FROM change_groups"
    for kind, column, kept in _read_asked(db):
        db.execute(
            f'INSERT OR IGNORE INTO "kept entries" (kind, town, "group") {_select_new(kept)}',
            {"kind": kind, "path": f"$.{quote(column)}"},
        )
        db.execute(f'INSERT OR REPLACE INTO "entries kept up to" VALUES (?, ({last}))', (kind,))


def read_entries(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the town by its name then, and the moment (UTC) of what came in and was not undone."""
    if not has_table(db, "returns") or not has_log(db):
        return
    undone = _find_undone(db)
    for kind, column, kept in _read_asked(db):
        new = _select_new(kept, 'town, "group"')
        sql = (
            'SELECT town, made_at, id FROM (SELECT town, "group" FROM "kept entries" WHERE kind = :kind'
            f' UNION {new}) JOIN change_groups ON id = "group" ORDER BY id'
        )
        for town, made_at, group in db.execute(sql, {"kind": kind, "path": f"$.{quote(column)}"}):
            if group not in undone:
                yield kind, town, made_at


def _read_asked(db: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Read of which kinds records are to be sent, their town's column, and up to which group all is kept."""
    return db.execute(
        "SELECT r.kind, (SELECT name FROM fields AS f WHERE f.kind = r.kind AND f.type = 'town'"
        ' ORDER BY f.position LIMIT 1) AS town, coalesce(k."group", 0)'
        ' FROM returns AS r LEFT JOIN "entries kept up to" AS k ON k.kind = r.kind WHERE town IS NOT NULL'
    ).fetchall()


def _select_new(kept: int, columns: str = 'kind, town, "group"') -> str:
    """Write the query for the entries of a kind in the groups after one."""
    return (
        f'SELECT DISTINCT {columns} FROM (SELECT :kind AS kind, c."group",'
        " iif(json_valid(c.after), json_extract(c.after, :path), NULL) AS town"
        ' FROM change_groups AS g CROSS JOIN changes AS c ON c.id >= g.first AND c."group" = g.id'
        " AND c.id < coalesce((SELECT first FROM change_groups WHERE id > g.id ORDER BY id LIMIT 1), 9e18)"
        f" WHERE g.id > {kept:d} AND {_BRINGS_IN} AND c.\"table\" = :kind) WHERE typeof(town) = 'text'"
    )


def _find_undone(db: sqlite3.Connection) -> set[int]:
    """Find the groups that were taken back, and not by one that was itself taken back."""
    undone: set[int] = set()
    for group, undoes in reversed(read_undoing(db)):
        if group not in undone:
            undone.add(undoes)
    return undone
