"""The plan's own tables, sign-offs and all else that has no kind, as they were at a moment."""

import sqlite3
from collections.abc import Collection

from kfly.plan.kinds import RESERVED_KINDS
from kfly.store.past import births, shadows
from kfly.store.past.first_events import note_first_changes, read_former_rows
from kfly.store.past.shadows import Shadow, ShadowColumn
from kfly.store.schema.list_positions import LIST_COLUMNS


def rewind_plan_tables(db: sqlite3.Connection, touched: Collection[str], change: int) -> None:
    """Put the earlier tables before those of which rows were changed since."""
    for table in touched:
        if table in RESERVED_KINDS and (shadow := _describe(db, table)):
            note_first_changes(db, table, shadow.key, change)
            shadows.make(db, shadow)
            _fill(db, shadow, change)


def _describe(db: sqlite3.Connection, table: str) -> Shadow | None:
    """Describe a table as it is now: kfly only ever adds columns to it."""
    rows = db.execute(
        "SELECT name, type, dflt_value, pk FROM pragma_table_info(?, 'main')", (table,)
    ).fetchall()
    columns = {name: ShadowColumn(type_, default) for name, type_, default, _part in rows}
    key = tuple(row[0] for row in sorted(rows, key=lambda row: row[3]) if row[3])
    return Shadow(table, columns, key, tuple(columns)) if key else None


def _fill(db: sqlite3.Connection, shadow: Shadow, change: int) -> None:
    former = list(read_former_rows(db, shadow.name))
    place = LIST_COLUMNS.get(shadow.name)
    if place is not None and (
        place.name not in shadow.columns or any(place.name not in row for *_, row in former)
    ):
        shadows.insert(db, shadow, births.sort_by_birth(db, shadow, former, place.name, change))
        return
    shadows.copy_untouched(db, shadow)
    shadows.insert(db, shadow, (row for *_, row in former))
