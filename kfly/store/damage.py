"""Damage inside a file whose pages are sound: tables that are none, kinds that are gone, odd values."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.changes import Key
from kfly.plan.kinds import RESERVED_KINDS
from kfly.store import signs, soundness
from kfly.store.file.identity import SCHEMA
from kfly.store.log.reading import has_log
from kfly.store.log.row_text import write_key
from kfly.store.schema.check_tables import CHECK_TABLES
from kfly.store.schema.course_tables import COURSE_TABLES
from kfly.store.schema.evidence_tables import EVIDENCE_TABLES
from kfly.store.schema.log_tables import LOG_TABLES
from kfly.store.schema.notice_tables import NOTICE_TABLES
from kfly.store.schema.plan_tables import PLAN_TABLES
from kfly.store.schema.promise_tables import PROMISE_TABLES
from kfly.store.schema.supervision_tables import SUPERVISION_TABLES
from kfly.store.schema.tables import quote
from kfly.store.schema.task_tables import TASK_TABLES
from kfly.store.soundness import LostReference

_STORED = {"INTEGER": ("integer",), "REAL": ("real", "integer"), "TEXT": ("text",)}  # columns, values


class InnerDamage(NamedTuple):
    """One thing that is not as kfly keeps it, and the row that is gone: the log may know who took it."""

    message: str
    table: str
    lost: Key | None = None


def find_damage(db: sqlite3.Connection) -> Iterator[InnerDamage]:
    """Yield what is damaged of the tables themselves; where they are whole, of what the plan's tables say."""
    present = dict(
        db.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    )
    broken = False
    for damage in _find_in_schema(db, present):
        broken = True
        yield damage
    if not broken:
        yield from _find_lost_declarations(db)
        yield from _find_odd_declarations(db)


def find_everything(db: sqlite3.Connection) -> Iterator[str]:
    """Yield in words all that is damaged; single values are looked at only where the tables are whole."""
    inside = [one.message for one in find_damage(db)]
    yield from inside
    if not inside:
        kinds = [kind for (kind,) in db.execute("SELECT name FROM kinds").fetchall()]
        yield from (one.message for one in find_odd_values(db, (*OWN_TABLES, *kinds)))
        yield from map(_tell_lost, soundness.find_lost(db))
        yield from (one.message for one in soundness.find_damages(db))


def _tell_lost(lost: LostReference) -> str:
    told = _(
        "{column} “{value}” is not in {parent}", column=lost.column, value=lost.value, parent=lost.parent
    )
    return _("{where}: {message}", where=f"{lost.table} #{lost.row}", message=told)


def find_odd_values(db: sqlite3.Connection, tables: Iterable[str]) -> Iterator[InnerDamage]:
    """Yield the values of some tables that their columns do not take: texts among numbers, infinity."""
    for table in tables:
        columns = db.execute("SELECT name, upper(type), pk FROM pragma_table_info(?)", (table,)).fetchall()
        key = [name for name, _type, part in sorted(columns, key=lambda c: c[2]) if part] or ["rowid"]
        for name, type_, _part in columns:
            if type_ in _STORED:
                yield from _find_odd_in_column(db, table, write_key(key), name, type_)


def _find_odd_in_column(
    db: sqlite3.Connection, table: str, key: str, name: str, type_: str
) -> Iterator[InnerDamage]:
    column, stored = quote(name), ", ".join(f"'{kind}'" for kind in (*_STORED[type_], "null"))
    sql = (
        f"SELECT {key}, CAST({column} AS TEXT) FROM {quote(table)}"
        f" WHERE typeof({column}) NOT IN ({stored}) OR {type_ == 'REAL':d} AND abs({column}) >= 9e999"
        f" OR {_is_moment(table, name):d} AND {column} NOT LIKE '____-__-__T__:__:__%'"
    )
    for row, value in db.execute(sql):
        meaning = _("is no number")
        if type_ == "TEXT":
            meaning = _("is no time") if _is_moment(table, name) else _("is no text")
        message = _(
            "{table} {row}, {column}: “{value}” {meaning}",
            table=table,
            row=f"#{row}",
            column=name,
            value=value,
            meaning=meaning,
        )
        yield InnerDamage(message, table)


def _is_moment(table: str, column: str) -> bool:
    """Tell whether a column of the plan's own tables says when something was done."""
    return table in OWN_TABLES and column.endswith("_at")


def _find_in_schema(db: sqlite3.Connection, present: dict[str, str]) -> Iterator[InnerDamage]:
    """Find tables that are gone, are views, or have lost columns."""
    wanted = _read_wanted_tables(db)
    if present.get("kinds") == "table":
        wanted |= {kind: ["id", "note"] for (kind,) in db.execute("SELECT name FROM kinds").fetchall()}
    if {present.get("kinds"), present.get("fields")} == {"table"}:
        for kind, field in db.execute("SELECT kind, name FROM fields").fetchall():
            wanted.setdefault(kind, []).append(field)
    loose = {name for (name,) in db.execute(_LOOSE)}
    for table, columns in wanted.items():
        if table not in present:
            yield InnerDamage(_("the table {table} is gone", table=table), table)
        elif present[table] == "view":
            yield InnerDamage(_("{table} is a view and no table", table=table), table)
        elif table in loose:
            yield InnerDamage(_("the table {table} takes texts for numbers", table=table), table)
        else:
            there = {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}
            for column in (column for column in columns if column not in there):
                message = _("the table {table} has lost its column {column}", table=table, column=column)
                yield InnerDamage(message, table)


def _read_wanted_tables(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Read from a new database which tables there are, with their columns; those of an older schema."""
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    with closing(sqlite3.connect(":memory:")) as new:
        newer = (
            SUPERVISION_TABLES
            + CHECK_TABLES
            + LOG_TABLES
            + EVIDENCE_TABLES
            + NOTICE_TABLES
            + PROMISE_TABLES
            + TASK_TABLES
            + COURSE_TABLES
        )
        new.executescript(PLAN_TABLES + (newer if schema == SCHEMA else ""))
        tables: dict[str, list[str]] = {}
        for table, column in new.execute(
            "SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c"
            " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
        ):
            tables.setdefault(table, []).append(column)
    return tables if schema == SCHEMA else {table: [] for table in tables}


def _find_lost_declarations(db: sqlite3.Connection) -> Iterator[InnerDamage]:
    """Find kinds, fields and metrics that are gone, though something still needs them."""
    for (kind,) in db.execute(signs.LOST_KINDS):
        yield InnerDamage(_("the kind {kind} is gone", kind=kind), "kinds", kind)
    for (kind,) in db.execute(signs.WITHOUT_FIELDS):
        message = _("the kind {kind} has lost its fields", kind=kind)
        yield InnerDamage(message, "fields", _find_removed_field(db, kind))
    for kind, field in db.execute(f"{signs.LOST_FIELDS} UNION {_REQUIRED_BY_ITS_TABLE}"):
        message = _("the kind {kind} has lost its field {field}", kind=kind, field=field)
        key = json.dumps([kind, field], ensure_ascii=False, separators=(",", ":"))
        yield InnerDamage(message, "fields", key)
    for (key,) in db.execute(signs.write_lost_metrics(db)):
        yield InnerDamage(_("what {key} is measured by is gone", key=key), "metrics")


def _find_removed_field(db: sqlite3.Connection, kind: str) -> Key | None:
    """Find a field of a kind that was removed, as the log names it."""
    sql = (
        "SELECT key FROM changes WHERE \"table\" = 'fields' AND after IS NULL"
        " AND json_valid(key) AND json_extract(key, '$[0]') = ? ORDER BY id DESC"
    )
    row = db.execute(sql, (kind,)).fetchone() if has_log(db) else None
    return row and row[0]


def _find_odd_declarations(db: sqlite3.Connection) -> Iterator[InnerDamage]:
    """Find what is declared as it cannot be: unknown types; limits and goals that are no numbers."""
    for field, value in db.execute(signs.ODD_FIELDS):
        yield InnerDamage(
            _("the field {field} is declared with “{value}”", field=field, value=value), "fields"
        )
    for field, told in db.execute(signs.ODD_CONDITIONS):
        message = _("a metric asks for {field} “{told}”", field=field, told=told)
        yield InnerDamage(message, "metric_conditions")
    for key, value in db.execute(signs.ODD_AMOUNTS):
        yield InnerDamage(_("{key}: “{value}” is no amount or year", key=key, value=value), "targets")


_LOOSE = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(sql, -6) <> 'STRICT'"
# A column that must be filled belongs to a field; only others may be another program's own.
_REQUIRED_BY_ITS_TABLE = """
SELECT k.name, c.name FROM kinds AS k JOIN pragma_table_info(k.name) AS c
WHERE c."notnull" AND c.dflt_value IS NULL AND c.name <> 'id' AND k.name IN (SELECT kind FROM fields)
AND NOT EXISTS (SELECT 1 FROM fields AS f WHERE f.kind = k.name AND f.name = c.name)
"""
OWN_TABLES = tuple(name for name in RESERVED_KINDS if name not in ("changes", "evidence_files"))
