"""The triggers by which the database writes its log itself: every change, what was before and after.

Each table has them, so that a change made with another program is logged too. They are made anew whenever
a column or a unique index is changed: a trigger that lacks a column would lose its changes.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from kfly.plan.kinds import RESERVED_KINDS
from kfly.store.log import watching
from kfly.store.log.replaced import UniqueIndex, find_unique_indexes, write_clash
from kfly.store.log.row_reading import INFINITE
from kfly.store.log.row_text import (
    Column,
    Columns,
    find_key,
    find_numbers,
    write_key,
    write_row,
)
from kfly.store.log.watching import Watch
from kfly.store.plan import kind_views
from kfly.store.schema.evidence_tables import EVIDENCE_TABLES
from kfly.store.schema.log_tables import LOG_TABLES, NO_NUMBER
from kfly.store.schema.tables import quote, split_statements

# Tables that are themselves records of what happened, and the bytes that others name.
NOT_LOGGED = ("change_groups", "changes", "replaced", "watched", "migrations", "mailings", "evidence_files")
_TRIGGER, _VIEW = "CREATE TRIGGER ", "CREATE VIEW "


def watch_anew(db: sqlite3.Connection) -> None:
    """See that each table has its triggers, for the columns and the unique indexes that it has now.

    The views of the kinds are seen to as well: they, too, follow what is declared.
    """
    for name, sql in _find_lacking(db, _find_wanted_views(db)).items():
        db.execute(f"DROP VIEW IF EXISTS {quote(name)}")  # its triggers go with it, and are lacking then
        db.execute(sql)
    for name in _find_orphans(db):
        db.execute(f"DROP VIEW {quote(name)}")
    for name, sql in _find_lacking(db, _find_wanted(db)).items():
        db.execute(f"DROP TRIGGER IF EXISTS {quote(name)}")
        db.execute(sql)
    kind_views.renew(db)
    watching.note_seen(db)


def find_unwatched(db: sqlite3.Connection) -> Watch:
    """Find what would have to be put back for all changes to be logged if another program wrote now."""
    lacking = _find_lacking(db, _find_wanted_views(db) | _find_wanted(db))
    older = _find_older(db, lacking) if lacking else frozenset()
    return Watch(
        broken=tuple(name for name in lacking if name not in older),
        outdated=tuple(name for name in lacking if name in older),
    )


def find_gone(db: sqlite3.Connection) -> Watch:
    """Find the triggers that the tables of an older schema have lost, whatever they said then."""
    present, tables = _read_present(db), read_columns(db)
    wanted = [name for table in tables for name in name_triggers(table)]
    return Watch(broken=tuple(name for name in wanted if name not in present))


def find_strangers(db: sqlite3.Connection) -> list[str]:
    """Find the triggers that another program has put on the log's own tables: they could lose its lines."""
    own = {name for name, _sql in _own_triggers()}
    on = ("changes", "change_groups", "replaced", "watched", "logged")
    marks = ", ".join("?" * len(on))
    rows = db.execute(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})", on)
    return sorted(name for (name,) in rows if name not in own)


def write_drop(name: str) -> str:
    """Write the statement that takes a trigger away."""
    return f"DROP TRIGGER {quote(name)}"


def _find_wanted(db: sqlite3.Connection) -> dict[str, str]:
    """Write all the triggers that there should be, by their names."""
    indexes = find_unique_indexes(db)
    wanted = dict(_own_triggers())
    for table, columns in read_columns(db).items():
        wanted |= _write_triggers(table, columns, indexes.get(table, ()))
    return wanted


def _find_lacking(db: sqlite3.Connection, wanted: dict[str, str]) -> dict[str, str]:
    """Find the triggers, or views, that are missing or other ones, with the statements that make them."""
    present = _read_present(db)
    return {name: sql for name, sql in wanted.items() if present.get(name) != sql}


def _find_orphans(db: sqlite3.Connection) -> list[str]:
    """Find our views of tables that went: while there is one, others can rename no column of any table."""
    rows = db.execute("SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    tables = {name_view(name) for name, type_, _sql in rows if type_ == "table"}
    ours = [name for name, type_, sql in rows if type_ == "view" and f" AS {_ROW} FROM " in sql]
    return [name for name in ours if name not in tables]


def _read_present(db: sqlite3.Connection) -> dict[str, str]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    return dict(db.execute(sql).fetchall())


def _find_older(db: sqlite3.Connection, lacking: dict[str, str]) -> frozenset[str]:
    """Find those that do what they should but for a column or an index that their table has since."""
    present, indexes = _read_present(db), find_unique_indexes(db)
    older: set[str] = set()
    for table, columns in read_columns(db).items():
        view = present.get(name_view(table), "")
        known = {column: its for column, its in columns.items() if quote(column) in view}
        own = indexes.get(table, [])
        choices = chain.from_iterable(combinations(own, n) for n in range(len(own) + 1))
        once = {_write_view(table, known)} if known else set()
        once |= {sql for some in choices for _name, sql in _write_triggers(table, known, some) if known}
        names = [name_view(table), *name_triggers(table)]
        older |= {name for name in names if name in lacking and present.get(name) in once}
    return frozenset(older)


def primary_keys(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Read the primary key of each table whose changes are logged."""
    return {table: find_key(columns) for table, columns in read_columns(db).items()}


def composite_keys(db: sqlite3.Connection) -> frozenset[str]:
    """Find the tables whose rows the log names by a JSON array, as their keys are of several columns."""
    return frozenset(table for table, key in primary_keys(db).items() if len(key) > 1)


def read_columns(db: sqlite3.Connection) -> dict[str, Columns]:
    """Read the columns of each table that is logged."""
    columns: dict[str, dict[str, Column]] = {}
    for table, name, part, type_ in db.execute(
        "SELECT t.name, c.name, c.pk, upper(c.type)"
        " FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.rowid, c.cid"
    ).fetchall():
        columns.setdefault(table, {})[name] = Column(part, type_)
    # Other programs may keep tables of their own here, whose rows need not fit into a log.
    own = {*RESERVED_KINDS, *(name for (name,) in db.execute("SELECT name FROM kinds"))}.difference(
        NOT_LOGGED
    )
    return {table: its for table, its in columns.items() if table in own}


_EVENTS = ("before insert", "before update", "after insert", "after update", "after delete")
_ROW = '"as logged"'  # no field is called so


# A command that adds many rows at once logs them itself; the index of open groups answers this.
_ROW_BY_ROW = "WHEN NOT EXISTS (SELECT 1 FROM change_groups WHERE open AND open = 2)"


def name_view(table: str) -> str:
    """Return the name of the view of a table's rows as the log has them."""
    return f"{table} rows"


def name_triggers(table: str) -> list[str]:
    """Return the names of the triggers that log a table's changes."""
    return [f"{table} {event}" for event in _EVENTS]


def _write_view(table: str, columns: Columns) -> str:
    """Write the view of a table's rows as the log has them.

    The triggers share it: SQLite takes the whole schema apart whenever a file is opened.
    """
    return f"{_VIEW}{quote(name_view(table))} AS SELECT *, {write_row(columns)} AS {_ROW} FROM {quote(table)}"


def _write_triggers(
    table: str, columns: Columns, indexes: Sequence[UniqueIndex]
) -> Iterator[tuple[str, str]]:
    """Write the triggers that log a table's changes.

    Another program's REPLACE removes rows and fires no trigger for them. So before such a program adds or
    changes a row, the others in whose place it would stand are noted: they are gone if its row is there
    afterwards. Our own commands never replace rows.
    """
    key, text, rows = find_key(columns), "'" + table.replace("'", "''") + "'", quote(name_view(table))
    old, was = f"{text}, {write_key(key, 'OLD.')}", write_row(columns, "OLD.")
    here = f"FROM {rows} WHERE {' AND '.join(f'{quote(name)} IS NEW.{quote(name)}' for name in key)}"
    note = (
        "WHEN NOT (SELECT by_us FROM writer) BEGIN DELETE FROM replaced;"
        f" INSERT INTO replaced SELECT {write_key(key)}, {_ROW} FROM {rows}"
        f" WHERE ({write_clash(columns, indexes)})"
    )
    finite, still_finite = _write_refusals(columns)
    added = f"INSERT INTO logged SELECT {text}, {write_key(key)}, NULL, {_ROW} {here}"
    bodies = (
        f"{note};",
        f"{note} AND {write_key(key)} IS NOT {write_key(key, 'OLD.')};",
        f"{_ROW_BY_ROW} BEGIN {finite}{added};",
        f"BEGIN {still_finite}INSERT INTO logged SELECT {old}, {was}, {_ROW} {here};",
        f"BEGIN INSERT INTO logged VALUES ({old}, {was}, NULL);",
    )
    for name, event, body in zip(name_triggers(table), _EVENTS, bodies, strict=True):
        yield name, f"{_TRIGGER}{quote(name)} {event.upper()} ON {quote(table)} {body} END"


def _write_refusals(columns: Columns) -> tuple[str, str]:
    """Write the statements that refuse a row with an infinite number, and one that gets such a number now."""
    numbers = find_numbers(columns)
    if not numbers:
        return "", ""
    new, old = (
        f"{INFINITE} IN ({', '.join(f'abs({prefix}{quote(name)})' for name in numbers)})"
        for prefix in ("NEW.", "OLD.")
    )
    refuse = f"SELECT RAISE(ABORT, '{NO_NUMBER}') WHERE {new}"
    return f"{refuse}; ", f"{refuse} AND NOT coalesce({old}, 0); "


def _own_triggers() -> Iterator[tuple[str, str]]:
    """Yield the triggers that the log's own tables and views, and the evidence, were made with."""
    return _own(_TRIGGER)


def _find_wanted_views(db: sqlite3.Connection) -> dict[str, str]:
    """Write all the views that there should be for the log, by their names."""
    rows = {name_view(table): _write_view(table, columns) for table, columns in read_columns(db).items()}
    return dict(_own(_VIEW)) | rows


def _own(beginning: str) -> Iterator[tuple[str, str]]:
    for statement in split_statements(LOG_TABLES + EVIDENCE_TABLES):
        at = statement.find(beginning)
        if at >= 0:
            sql = statement[at:].strip().removesuffix(";")
            name = sql.split('"')[1] if beginning == _TRIGGER else sql.split()[2]
            yield name, sql


def note_cleared(db: sqlite3.Connection, table: str, column: str) -> None:
    """Log that a column loses all its values, before its table is made anew without it."""
    columns = read_columns(db)[table]
    kept = {name: its for name, its in columns.items() if name != column}
    db.execute(
        'INSERT INTO changes ("group", "table", key, before, after)'
        f" SELECT (SELECT max(id) FROM change_groups), ?, {write_key(find_key(columns))},"
        f" {write_row(columns)}, {write_row(kept)}"
        f" FROM {quote(table)} WHERE {quote(column)} IS NOT NULL",
        (table,),
    )
