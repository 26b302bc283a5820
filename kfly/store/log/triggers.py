"""The triggers by which the database writes its log itself: every change, what was before and after.

Each table has them, so that a change made with another program is logged too. They are made anew whenever
a column or a natural key is changed: a trigger that lacks a column would lose its changes.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from kfly.plan.kinds import RESERVED_KINDS
from kfly.store.schema.log_tables import LOG_TABLES
from kfly.store.schema.tables import quote, split_statements

# Tables that are themselves records of what happened, and the bytes that others name.
NOT_LOGGED = ("change_groups", "changes", "replaced", "watched", "migrations", "mailings", "evidence_files")


def watch(db: sqlite3.Connection) -> None:
    """See that the changes of all columns are logged, whoever has added some since the last time."""
    if db.execute("SELECT schema_version FROM watched").fetchone() != _schema_version(db):
        watch_anew(db)


def watch_anew(db: sqlite3.Connection) -> None:
    """See that each table has its triggers, for the columns and the natural key that it has now."""
    for name, sql in _missing(db).items():
        db.execute(f"DROP TRIGGER IF EXISTS {quote(name)}")
        db.execute(sql)
    db.execute("DELETE FROM watched")
    db.execute("INSERT INTO watched VALUES (?)", _schema_version(db))


def is_watched(db: sqlite3.Connection) -> bool:
    """Tell whether all changes would be logged if another program wrote now."""
    return not _missing(db)


def _missing(db: sqlite3.Connection) -> dict[str, str]:
    """Find the triggers that are missing or outdated, with the statements that make them."""
    keys = _natural_keys(db)
    wanted = dict(_own_triggers())
    for table, its in _columns(db).items():
        wanted |= _write_triggers(table, its, keys.get(table, ()))
    present = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return {name: sql for name, sql in wanted.items() if present.get(name) != sql}


def _schema_version(db: sqlite3.Connection) -> tuple[int, ...]:
    """Read how often the schema was changed, by anybody."""
    counted: tuple[int, ...] = db.execute("PRAGMA schema_version").fetchone()
    return counted


def row_key(columns: Iterable[str], prefix: str = "") -> str:
    """Write the SQL that names a row in the log: its primary key, of one column or of several."""
    parts = [prefix + quote(name) for name in columns]
    return parts[0] if len(parts) == 1 else f"json_array({', '.join(parts)})"


def primary_keys(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Read the primary key of each table whose changes are logged."""
    return {
        table: tuple(name for name, _part in sorted(its.items(), key=lambda c: c[1]) if its[name])
        for table, its in _columns(db).items()
    }


def composite_keys(db: sqlite3.Connection) -> frozenset[str]:
    """Find the tables whose rows the log names by a JSON array, as their keys are of several columns."""
    return frozenset(table for table, key in primary_keys(db).items() if len(key) > 1)


def _columns(db: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Read the columns of each table that is logged, with their places in the primary key from 1."""
    columns: dict[str, dict[str, int]] = {}
    for table, name, part in db.execute(
        "SELECT t.name, c.name, c.pk FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.rowid, c.cid"
    ).fetchall():
        columns.setdefault(table, {})[name] = part
    # Other programs may keep tables of their own here, whose rows need not fit into a log.
    own = {*RESERVED_KINDS, *(name for (name,) in db.execute("SELECT name FROM kinds"))}.difference(
        NOT_LOGGED
    )
    return {table: its for table, its in columns.items() if table in own}


def _natural_keys(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Read the natural key of each kind: the fields that tell two of its records apart."""
    keys: dict[str, tuple[str, ...]] = {}
    for kind, field in db.execute("SELECT kind, name FROM fields WHERE key_position IS NOT NULL").fetchall():
        keys[kind] = (*keys.get(kind, ()), field)
    return keys


def _write_triggers(
    table: str, columns: dict[str, int], natural_key: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Write the triggers that log a table's changes.

    Another program's REPLACE removes rows and fires no trigger for them. So before such a program adds or
    changes a row, the others with the same key are noted: they are gone if its row is there afterwards. Our
    own commands never replace rows.
    """
    key = [name for name, part in sorted(columns.items(), key=lambda c: c[1]) if part]
    text = "'" + table.replace("'", "''") + "'"
    same = [
        " AND ".join(f"{quote(c)} IS NEW.{quote(c)}" for c in part) for part in (key, natural_key) if part
    ]
    old, new = (f"{text}, {row_key(key, prefix)}" for prefix in ("OLD.", "NEW."))
    was, now_is = _row(columns, "OLD."), _row(columns, "NEW.")
    note = (
        "WHEN NOT (SELECT by_us FROM writer) BEGIN DELETE FROM replaced;"
        f" INSERT INTO replaced SELECT {row_key(key)}, {_row(columns)}"
        f" FROM {quote(table)} WHERE ({' OR '.join(same)})"
    )
    events = {
        "BEFORE INSERT": f"{note};",
        "BEFORE UPDATE": f"{note} AND {row_key(key)} IS NOT {row_key(key, 'OLD.')};",
        "AFTER INSERT": f"BEGIN INSERT INTO logged VALUES ({new}, NULL, {now_is});",
        "AFTER UPDATE": f"BEGIN INSERT INTO logged VALUES ({old}, {was}, {now_is});",
        "AFTER DELETE": f"BEGIN INSERT INTO logged VALUES ({old}, {was}, NULL);",
    }
    for event, body in events.items():
        name = f"{table} {event.lower()}"
        yield name, f"CREATE TRIGGER {quote(name)} {event} ON {quote(table)} {body} END"


def _own_triggers() -> Iterator[tuple[str, str]]:
    """Yield the triggers that the log's own tables and views were made with."""
    for statement in split_statements(LOG_TABLES):
        at = statement.find("CREATE TRIGGER ")
        if at >= 0:
            sql = statement[at:].strip().removesuffix(";")
            yield sql.split('"')[1], sql


def _row(columns: Iterable[str], prefix: str = "") -> str:
    """Write the SQL that makes a row a JSON object."""
    pairs = ("'" + name.replace("'", "''") + "', " + prefix + quote(name) for name in columns)
    return f"json_object({', '.join(pairs)})"


def note_cleared(db: sqlite3.Connection, table: str, column: str) -> None:
    """Log that a column loses all its values, before its table is made anew without it."""
    columns = _columns(db)[table]
    key = row_key(name for name, part in sorted(columns.items(), key=lambda c: c[1]) if part)
    kept = [name for name in columns if name != column]
    db.execute(
        'INSERT INTO changes ("group", "table", key, before, after)'
        f" SELECT (SELECT max(id) FROM change_groups), ?, {key}, {_row(columns)}, {_row(kept)}"
        f" FROM {quote(table)} WHERE {quote(column)} IS NOT NULL",
        (table,),
    )
