"""Checks of the file that only read: its pages, what its rows refer to, and its log against its rows."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from kfly.plan.changes import Key, LoggedRow, is_as_logged
from kfly.plan.kinds import Kind
from kfly.store.log import triggers
from kfly.store.log.reading import has_log
from kfly.store.log.row_reading import read_row
from kfly.store.log.row_text import Columns, find_key, write_key, write_row
from kfly.store.schema.tables import quote

MOST_DAMAGES = 20

_OF_A_ROW = re.compile(r"(?:CHECK constraint failed in|\S+ value in) (?P<table>\w+)(?:\.\w+)?", re.ASCII)
_OF_AN_INDEX = re.compile(
    r"row \d+ missing from index .*|wrong # of entries in index .*|row \d+ values differ from index .*"
)


class Damage(NamedTuple):
    """One thing that SQLite's own check has found.

    ``table`` is set for a row that breaks a rule of its table; ``of_index`` means that the rows are whole.
    """

    message: str
    table: str | None = None
    of_index: bool = False


class LostReference(NamedTuple):
    """A row that refers to one that is not there."""

    table: str
    row: int
    column: str
    value: Any
    parent: str


class Drift(NamedTuple):
    """A row that is not as the log left it; None stands for no row at all."""

    table: str
    key: Key
    logged: LoggedRow | None
    present: LoggedRow | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ; columns that only one of the two knows came, or went, with the tables."""
        logged, present = self.logged or {}, self.present or {}
        both = (name for name in present if name in logged)
        return tuple(name for name in both if not is_as_logged(present[name], logged[name]))


def find_damages(db: sqlite3.Connection) -> list[Damage]:
    """Ask SQLite what is wrong with its pages, its indexes, and the rules of its tables."""
    try:
        rows = db.execute(f"PRAGMA integrity_check({MOST_DAMAGES})").fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return [Damage(str(error))]
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot read
        return [Damage(error.object.decode(errors="backslashreplace"))]
    lines = [line.strip() for row in rows for line in str(row[0]).splitlines()]
    return [_damage(line) for line in lines if line and line != "ok" and not line.startswith("***")]


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell whether SQLite could not go on because the file is damaged."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_undecodable(error: Exception) -> bool:
    """Tell whether an error means that a text in the file is not UTF-8, so that Python cannot read it."""
    return isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error)


def spell_out(db: sqlite3.Connection) -> Set[str]:
    """Spell out texts that are not UTF-8 from now on, and return the set that gathers those met."""
    broken: set[str] = set()

    def read(text: bytes) -> str:
        try:
            return text.decode()
        except UnicodeDecodeError:
            spelled = text.decode(errors="backslashreplace")
            broken.add(spelled)
            return spelled

    db.text_factory = read
    return broken


def _damage(line: str) -> Damage:
    of_a_row = _OF_A_ROW.fullmatch(line)
    return Damage(line, of_a_row["table"] if of_a_row else None, bool(_OF_AN_INDEX.fullmatch(line)))


def find_lost(db: sqlite3.Connection) -> Iterator[LostReference]:
    """Find the rows that refer to rows that are not there; yield one for each such reference."""
    for table, row, parent, number in db.execute("PRAGMA foreign_key_check").fetchall():
        columns = [
            key[3] for key in db.execute(f"PRAGMA foreign_key_list({quote(table)})") if key[0] == number
        ]
        listed = ", ".join(map(quote, columns))
        values = db.execute(f"SELECT {listed} FROM {quote(table)} WHERE rowid = ?", (row,)).fetchone()
        yield LostReference(
            table=table,
            row=row,
            column=", ".join(columns),
            value=values[0] if len(columns) == 1 else tuple(values or ()),
            parent=parent,
        )


def find_removals(db: sqlite3.Connection, table: str) -> dict[Key, int]:
    """Find the rows of a table that are gone according to the log, each with the group that removed it."""
    if not has_log(db):
        return {}
    rows = db.execute(
        'SELECT key, "group", after, max(id) FROM changes WHERE "table" = ? GROUP BY key', (table,)
    )
    return {key: group for key, group, after, _last in rows if after is None}


def find_without(db: sqlite3.Connection, kind: Kind, column: str) -> Iterator[int]:
    """Yield the ids of the records whose column is empty."""
    for row in db.execute(f"SELECT id FROM {quote(kind.name)} WHERE {quote(column)} IS NULL"):
        yield row[0]


def find_drifts(db: sqlite3.Connection) -> Iterator[Drift]:
    """Find the rows that are not as the log left them; it says nothing of rows it never mentions."""
    if not has_log(db):
        return
    tables = triggers.read_columns(db)
    # The log has no index: most tables are read of in a short stretch of it alone.
    mentioned = db.execute('SELECT "table", min(id), max(id) FROM changes GROUP BY "table" ORDER BY "table"')
    for table, *stretch in mentioned.fetchall():
        if table in tables:
            yield from _find_drifts_in_table(db, table, tables[table], stretch)


def _find_drifts_in_table(
    db: sqlite3.Connection, table: str, columns: Columns, stretch: Sequence[int]
) -> Iterator[Drift]:
    found = [
        Drift(table, row, read_row(logged), read_row(present))
        for row, logged, present in db.execute(_last_against_present(table, columns), (*stretch, table))
    ]
    # A row whose key itself was changed is logged under the old one.
    key = find_key(columns)
    moved = {drift.key: _key_in(drift.logged, key) for drift in found if drift.logged}
    arrived = {now for was, now in moved.items() if was != now}
    for drift in found:
        if moved.get(drift.key, drift.key) == drift.key and drift.key not in arrived:
            both = drift.logged is not None and drift.present is not None
            if not both or drift.columns:
                yield drift


def _last_against_present(table: str, columns: Columns) -> str:
    """Write the query for the last logged state of each row of a table whose text is another one now."""
    key = find_key(columns)
    made = "MATERIALIZED" if len(key) > 1 else "NOT MATERIALIZED"  # a key made of several has no index
    row = f"SELECT {write_key(key)} AS key, {write_row(columns)} AS row FROM {quote(table)}"
    return (
        "WITH last AS (SELECT key, after, max(id) FROM changes WHERE id BETWEEN ? AND ?"
        ' AND "table" = ? GROUP BY key),'
        f" present AS {made} ({row})"
        " SELECT last.key, last.after, present.row FROM last LEFT JOIN present"
        " ON present.key = last.key WHERE last.after IS NOT present.row"
    )


def _key_in(row: LoggedRow, key: tuple[str, ...]) -> Key:
    """Return the log's name for a row, from the row's own columns."""
    if len(key) == 1:
        own: Key = row.get(key[0], "")
        return own
    return key_of([row.get(name) for name in key])


def key_of(parts: Sequence[Any]) -> Key:
    """Return the log's name for a row whose primary key is of several columns."""
    return json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
