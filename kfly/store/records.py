"""Reading and writing records in their kinds' tables, with values that were checked before."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kfly.clock import now
from kfly.plan.kinds import NOTE, Kind, Record, Value
from kfly.store.schema.tables import key_part, quote

Comparison = tuple[str, str, Value]  # column, operator, value
_COMPARED = {"=": "IS", "!=": "IS NOT", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}


def columns(kind: Kind) -> list[str]:
    """Return the names of a kind's columns, the id first."""
    return ["id", *(field.name for field in kind.fields), NOTE.name]


def insert(db: sqlite3.Connection, kind: Kind, values: Mapping[str, Value]) -> int:
    """Add a record and return its id, which is never used twice."""
    names = ", ".join(quote(name) for name in values)
    marks = ", ".join("?" * len(values))
    cursor = db.execute(f"INSERT INTO {quote(kind.name)} ({names}) VALUES ({marks})", tuple(values.values()))
    return int(cursor.lastrowid or 0)


def next_id(db: sqlite3.Connection, kind: Kind) -> int:
    """Return the id that the next record gets; ask for it only while nobody else can write."""
    used = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (kind.name,)).fetchone()
    return int(used[0]) + 1 if used else 1


def defer_references(db: sqlite3.Connection) -> None:
    """Let a record refer to one that is written later in the same transaction."""
    db.execute("PRAGMA defer_foreign_keys = ON")


def count(db: sqlite3.Connection, kind: Kind) -> int:
    """Count the records of a kind."""
    return int(db.execute(f"SELECT count(*) FROM {quote(kind.name)}").fetchone()[0])


def update(db: sqlite3.Connection, kind: Kind, record: int, changes: Mapping[str, Value]) -> None:
    """Change some columns of a record."""
    assignments = ", ".join(f"{quote(name)} = ?" for name in changes)
    db.execute(f"UPDATE {quote(kind.name)} SET {assignments} WHERE id = ?", (*changes.values(), record))


def remove(db: sqlite3.Connection, kind: Kind, record: int, contents: str, reason: str) -> None:
    """Remove a record; its contents (JSON) and the reason are kept."""
    db.execute(
        "INSERT INTO removals (kind, record, contents, reason, removed_at) VALUES (?, ?, ?, ?, ?)",
        (kind.name, record, contents, reason, now()),
    )
    db.execute(f"DELETE FROM {quote(kind.name)} WHERE id = ?", (record,))


def get(db: sqlite3.Connection, kind: Kind, record: int) -> Record | None:
    """Read one record by its id."""
    return next(select(db, kind, {"id": record}), None)


def select(db: sqlite3.Connection, kind: Kind, where: Mapping[str, Value]) -> Iterator[Record]:
    """Yield the records whose columns have these values, in the order they came; an empty column is None."""
    return select_compared(db, kind, [(name, "=", value) for name, value in where.items()])


def select_compared(
    db: sqlite3.Connection, kind: Kind, comparisons: Sequence[Comparison], most: int | None = None
) -> Iterator[Record]:
    """Yield the records that satisfy all comparisons, or the first of them, in the order they came.

    An empty column equals None, differs from every value, and is neither above nor below any.
    """
    names = columns(kind)
    listed = ", ".join(quote(name) for name in names)
    conditions, values = _compare(comparisons)
    sql = f"SELECT {listed} FROM {quote(kind.name)} WHERE {conditions} ORDER BY id LIMIT ?"
    for row in db.execute(sql, (*values, -1 if most is None else most)):
        yield dict(zip(names, row, strict=True))


def count_begun(db: sqlite3.Connection, kind: Kind, after: str, until: str) -> list[tuple[str | None, int]]:
    """Count the records that begin to count after a day and until another, by their towns, the most first."""
    if kind.counts_on is None:
        return []
    town, on = quote(kind.town.name) if kind.town else "NULL", quote(kind.counts_on)
    sql = (
        f"SELECT {town}, count(*) FROM {quote(kind.name)} WHERE {on} > ? AND {on} <= ? GROUP BY {town}"
        f" ORDER BY 2 DESC, 1"
    )
    return [(place or None, count) for place, count in db.execute(sql, (after, until)) if count]


def count_compared(db: sqlite3.Connection, kind: Kind, comparisons: Sequence[Comparison]) -> int:
    """Count the records that satisfy all comparisons."""
    conditions, values = _compare(comparisons)
    found = db.execute(f"SELECT count(*) FROM {quote(kind.name)} WHERE {conditions}", values).fetchone()
    return int(found[0])


def _compare(comparisons: Sequence[Comparison]) -> tuple[str, tuple[Value, ...]]:
    """Write comparisons, with the values to fill in."""
    conditions = " AND ".join(f"{quote(name)} {_COMPARED[sign]} ?" for name, sign, _value in comparisons)
    return conditions or "1", tuple(value for _name, _sign, value in comparisons)


def select_values(db: sqlite3.Connection, kind: Kind, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield some columns of every record, in the order they came."""
    listed = ", ".join(quote(name) for name in names)
    return db.execute(f"SELECT {listed} FROM {quote(kind.name)} ORDER BY id")


def select_numbered(
    db: sqlite3.Connection, kind: Kind, names: Iterable[str], numbers: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield some columns of the records that have these ids, in the order they came."""
    listed = ", ".join(quote(name) for name in names)
    sql = f"SELECT {listed} FROM {quote(kind.name)} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return db.execute(sql, (f"[{', '.join(map(str, numbers))}]",))


def select_shared(
    db: sqlite3.Connection, kind: Kind, names: Iterable[str], by: str
) -> Iterator[tuple[Any, ...]]:
    """Yield some columns of the records that have a value in common with another, in the order they came.

    Args:
        db: the database.
        kind: theirs.
        names: the columns.
        by: the column whose values they share; empty ones are all alike.
    """
    listed, shared = ", ".join(quote(name) for name in names), quote(by)
    sql = (
        f"SELECT {listed} FROM {quote(kind.name)} WHERE {shared} IS NULL OR {shared} IN"
        f" (SELECT {shared} FROM {quote(kind.name)} GROUP BY {shared} HAVING count(*) > 1) ORDER BY id"
    )
    return db.execute(sql)


def select_columns(db: sqlite3.Connection, kind: Kind, names: Iterable[str]) -> Iterator[Record]:
    """Yield these columns of every record, and its id, in the order they came; a kind may lack some."""
    known = [name for name in columns(kind) if name == "id" or name in set(names)]
    for row in select_values(db, kind, known):
        yield dict(zip(known, row, strict=True))


def select_first(
    db: sqlite3.Connection, kind: Kind, field: str, words: Collection[str], until: date
) -> Iterator[Record]:
    """Yield the first record until a day whose field has a word, for each of some words."""
    names, marks = columns(kind), ", ".join("?" * len(words))
    listed, by, on = ", ".join(map(quote, names)), quote(field), quote(kind.counts_on or "")
    sql = (
        f"SELECT {listed} FROM (SELECT *, row_number() OVER (PARTITION BY {by} ORDER BY {on}, id) AS place"
        f" FROM {quote(kind.name)} WHERE {by} IN ({marks}) AND {on} <= ?)"
        " WHERE place = 1 ORDER BY id"
    )
    for row in db.execute(sql, (*words, until.isoformat())):
        yield dict(zip(names, row, strict=True))


def find_same_key(db: sqlite3.Connection, kind: Kind, values: Mapping[str, Value]) -> int | None:
    """Find the id of the record with the same natural key, if there is one; empty parts compare equal."""
    parts = [key_part(field) for name in kind.key if (field := kind.field(name))]
    conditions = " AND ".join(f"{part} = coalesce(?, '')" for part in parts)  # as the index has them
    sql = f"SELECT id FROM {quote(kind.name)} WHERE {conditions}"
    row = db.execute(sql, tuple(values.get(name) for name in kind.key)).fetchone()
    return int(row[0]) if row else None


def read_key(db: sqlite3.Connection, kind: Kind, record: int) -> tuple[Value, ...] | None:
    """Read the natural key of one record; None if there is no such record."""
    listed = ", ".join(quote(name) for name in kind.key)
    sql = f"SELECT {listed} FROM {quote(kind.name)} WHERE id = ?"
    found: tuple[Value, ...] | None = db.execute(sql, (record,)).fetchone()
    return found


def find_by_key(
    db: sqlite3.Connection, kind: Kind, parts: Sequence[Sequence[Value]], most: int = -1
) -> list[int]:
    """Find the ids of the records whose natural key begins with these parts, through its index.

    Args:
        db: the database.
        kind: theirs.
        parts: of each part of the key, from the first on, the values it may have; ``""`` is an empty one.
        most: so many are enough.
    """
    fields = [field for name in kind.key if (field := kind.field(name))]
    conditions = " AND ".join(
        f"{key_part(field)} IN ({', '.join('?' * len(values))})"
        for field, values in zip(fields, parts, strict=False)
    )
    sql = f"SELECT id FROM {quote(kind.name)} WHERE {conditions} LIMIT ?"
    return [row[0] for row in db.execute(sql, (*(v for values in parts for v in values), most))]


def has_more_than(db: sqlite3.Connection, kind: Kind, number: int) -> bool:
    """Tell whether a kind has more records than this, without counting the rest."""
    sql = f"SELECT 1 FROM {quote(kind.name)} LIMIT 1 OFFSET ?"
    return db.execute(sql, (number,)).fetchone() is not None


def find_around(db: sqlite3.Connection, kind: Kind, first: Value, most: int) -> list[int]:
    """Find the ids of the records whose keys come right before and right after a first part of it."""
    fields = [field for name in kind.key if (field := kind.field(name))]
    part, table = key_part(fields[0]), quote(kind.name)
    before = f"SELECT id FROM {table} WHERE {part} < ? ORDER BY {part} DESC LIMIT ?"
    behind = f"SELECT id FROM {table} WHERE {part} >= ? ORDER BY {part} LIMIT ?"
    return [row[0] for sql in (behind, before) for row in db.execute(sql, (first, most))]


def find_referring(db: sqlite3.Connection, kind: Kind, field: str, record: int) -> list[int]:
    """Find the ids of a kind's records whose field refers to a record."""
    sql = f"SELECT id FROM {quote(kind.name)} WHERE {quote(field)} = ? ORDER BY id"
    return [row[0] for row in db.execute(sql, (record,))]
