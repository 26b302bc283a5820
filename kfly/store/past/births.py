"""The order in which the rows of a list came, for moments at which rows did not say their places yet."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from kfly.plan.changes import Key, LoggedRow
from kfly.store.log.row_text import write_key
from kfly.store.past.first_events import is_untouched, write_new_key
from kfly.store.past.shadows import Shadow
from kfly.store.schema.tables import quote

_Row = dict[str, Any]


def sort_by_birth(
    db: sqlite3.Connection,
    shadow: Shadow,
    former: Sequence[tuple[int, Key, LoggedRow]],
    place: str,
    change: int,
) -> list[_Row]:
    """Return the rows of a list at a moment, those that came first before the others, without their places.

    Args:
        db: the database.
        shadow: the list's table.
        former: the rows that were changed since, as they stood, with their keys and those changes.
        place: the column that says where a row stands now.
        change: the last one of the log by that moment.
    """
    born = _find_births(db, shadow, change)
    rows: list[tuple[int, int, int, _Row]] = []
    for rowid, key, row in _read_untouched(db, shadow):
        rows.append((born.get(key, 0), 0, rowid, row))
    rows += [(born.get(key, 0), 1, number, dict(row)) for number, key, row in former]
    rows.sort(key=lambda found: found[:3])
    return [{name: value for name, value in row.items() if name != place} for *_, row in rows]


def _find_births(db: sqlite3.Connection, shadow: Shadow, change: int) -> dict[Key, int]:
    """Find the change that added each row, by its key at the moment; the others are older than the log."""
    born: dict[Key, int] = {}
    new_key = f"iif(before IS NULL, key, {write_new_key(shadow.key)})"
    for number, key, now, adds, removes in db.execute(
        f"SELECT id, key, {new_key}, before IS NULL, after IS NULL FROM main.changes"
        ' WHERE id <= ? AND "table" = ? ORDER BY id',
        (change, shadow.name),
    ):
        if removes:
            born.pop(key, None)
        elif adds:
            born[key] = number
        elif now != key:
            born[now] = born.pop(key, 0)
    return born


def _read_untouched(db: sqlite3.Connection, shadow: Shadow) -> list[tuple[int, Key, _Row]]:
    """Read the rows that were not changed since, with their places in the file and their keys."""
    names = list(shadow.shared)
    listed = ", ".join(map(quote, names))
    rows = db.execute(
        f"SELECT rowid, {write_key(shadow.key)}, {listed} FROM main.{quote(shadow.name)}"
        f" WHERE {is_untouched(shadow.name, shadow.key)} ORDER BY rowid"
    )
    return [(rowid, key, dict(zip(names, values, strict=True))) for rowid, key, *values in rows]
