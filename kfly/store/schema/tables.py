"""The table and the indexes of each kind, written from its declaration; and names quoted for SQL."""

import sqlite3
from collections.abc import Container, Iterator

from kfly.plan.kinds import NOTE, Field, Kind

_AFFINITY = {"integer": "INTEGER", "year": "INTEGER", "reference": "INTEGER", "number": "REAL"}


def quote(name: str) -> str:
    """Quote a table's or column's name, so that SQL takes it whatever it is."""
    return '"' + name.replace('"', '""') + '"'


def has_table(db: sqlite3.Connection, name: str) -> bool:
    """Tell whether a database has a table.

    One of an older schema lacks the tables made since, until it is written to.
    """
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return db.execute(sql, (name,)).fetchone() is not None


def has_column(db: sqlite3.Connection, table: str, column: str) -> bool:
    """Tell whether a table has a column; those of an older schema lack the columns added since."""
    sql = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?"
    return db.execute(sql, (table, column)).fetchone() is not None


def split_statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: ``executescript`` would commit what is under way."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def kind_table(kind: Kind, name: str | None = None, may_lack: Container[str] = ()) -> str:
    """Write the statement that makes a kind's table. Ids are never used twice.

    Args:
        kind: the declaration.
        name: the table's, if it is not the kind's.
        may_lack: required fields that older records have no value in.
    """
    columns = [
        _column(field._replace(required=field.required and field.name not in may_lack))
        for field in (*kind.fields, NOTE)
    ]
    lines = ",\n    ".join(["id INTEGER PRIMARY KEY AUTOINCREMENT", *columns])
    return f"CREATE TABLE {quote(name or kind.name)} (\n    {lines}\n) STRICT"


def kind_indexes(kind: Kind, of: str = "") -> list[str]:
    """Write the indexes of a kind: its natural key, its totals by town and date, its references.

    An index shares its names with the tables; with a space or a dot in it, no kind can be called the same.

    Args:
        kind: the declaration.
        of: ``temp.`` for those of a temporary table.
    """
    table = quote(kind.name)
    indexes = []
    if kind.key:
        parts = ", ".join(key_part(field) for name in kind.key if (field := kind.field(name)))
        indexes.append(f"CREATE UNIQUE INDEX {of}{quote(kind.name + ' key')} ON {table} ({parts})")
    if kind.counts_on:
        # Never the date alone: SQLite would walk it for grouped totals and fetch each row for its town.
        columns = [kind.town.name] if kind.town else []
        listed = ", ".join(quote(name) for name in [*columns, kind.counts_on])
        indexes.append(f"CREATE INDEX {of}{quote(kind.name + ' counts')} ON {table} ({listed})")
    for field in kind.fields:
        if field.type == "reference":
            name = quote(f"{kind.name}.{field.name}")
            indexes.append(f"CREATE INDEX {of}{name} ON {table} ({quote(field.name)})")
    return indexes


def key_part(field: Field) -> str:
    """Write a part of the natural key. Empty ones compare equal, which NULLs in a unique index would not."""
    return quote(field.name) if field.required else f"coalesce({quote(field.name)}, '')"


def type_of_column(field: Field) -> str:
    """Return what SQLite stores a field's values as."""
    return _AFFINITY.get(field.type, "TEXT")


def _column(field: Field) -> str:
    name = quote(field.name)
    parts = [name, type_of_column(field)]
    if field.required:
        parts.append("NOT NULL")
    if field.type == "date":
        # date(x) alone would let 2022-02-30 pass; with a modifier it becomes 2022-03-02.
        parts.append(f"CHECK ({name} IS date({name}, '+0 days'))")
    if field.minimum is not None:
        parts.append(f"CHECK ({name} >= {field.minimum})")
    if field.maximum is not None:
        parts.append(f"CHECK ({name} <= {field.maximum})")
    if field.type == "town":
        parts.append("REFERENCES organisations (name) ON UPDATE CASCADE")
    if field.type == "reference":
        parts.append(f"REFERENCES {quote(field.to or '')} (id)")
    return " ".join(parts)
