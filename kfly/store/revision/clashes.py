"""Records that a revised plan would no longer tell apart."""

import sqlite3
from collections.abc import Mapping, Sequence

from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Record
from kfly.store import records
from kfly.store.schema.tables import key_part, quote

MOST = 20  # how many pairs are named


def find_clashes(
    db: sqlite3.Connection, kind: Kind, key: Sequence[Field], towns: Mapping[str, str] | None = None
) -> list[str]:
    """Find the pairs of records that would have the same natural key, and describe each in a line.

    Args:
        db: the database.
        kind: the kind, as its records are now.
        key: the fields that are to tell records apart; one that lacks a required field is like no other.
        towns: towns that are merged into others, with the names of those.
    """
    filled = " AND ".join(f"{quote(f.name)} IS NOT NULL" for f in key if f.required) or "1"
    parts = ", ".join(_part(field, len(towns or {})) for field in key) or "''"
    moves = [name for pair in (towns or {}).items() for name in pair]
    values = [name for field in key if field.type == "town" for name in moves]
    sql = (
        f"SELECT min(id), max(id) FROM {quote(kind.name)} WHERE {filled}"
        f" GROUP BY {parts} HAVING count(*) > 1 ORDER BY 1 LIMIT {MOST}"
    )
    return [_told(db, kind, key, *pair) for pair in db.execute(sql, values).fetchall()]


def _part(field: Field, moves: int) -> str:
    """Write a part of the key for SQL, as the index will have it."""
    if field.type != "town" or not moves:
        return key_part(field)
    return f"CASE {key_part(field)}{' WHEN ? THEN ?' * moves} ELSE {key_part(field)} END"


def _told(db: sqlite3.Connection, kind: Kind, key: Sequence[Field], first: int, second: int) -> str:
    return _(
        "{kind}: {first} and {second} would be the same in the new plan, by {fields}."
        " Correct or remove one of them first; nothing was changed.",
        kind=kind.label.spoken,
        first=_called(kind, first, records.get(db, kind, first) or {}),
        second=_called(kind, second, records.get(db, kind, second) or {}),
        fields=_(", ").join(field.label.spoken for field in key),
    )


def _called(kind: Kind, record: int, values: Record) -> str:
    """Return the name of a record behind the other parts of its natural key, and its id."""
    name, *others = (_text(kind.field(part), values.get(part)) for part in kind.key)
    return f"{'/'.join(filter(None, (*others, name)))} (#{record})"


def _text(field: Field | None, value: object) -> str:
    if value is None:
        return ""
    return f"#{value}" if field and field.type == "reference" else str(value)
