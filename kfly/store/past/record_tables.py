"""The records as they were at a moment, in tables as the kinds of that moment declare them."""

import sqlite3
from collections.abc import Collection

from kfly.plan.kinds import NOTE, Kind
from kfly.store.past import shadows
from kfly.store.past.first_events import note_first_changes, read_former_rows
from kfly.store.past.shadows import Shadow, ShadowColumn
from kfly.store.plan.kinds import read_whole_kinds
from kfly.store.schema.tables import kind_indexes, type_of_column

_KEY = ("id",)


def rewind_records(db: sqlite3.Connection, touched: Collection[str], change: int) -> None:
    """Put the earlier tables before those whose records, or columns, are others now.

    The kinds are already those of the moment.
    """
    kinds, _broken = read_whole_kinds(db)
    for kind in kinds:
        there = {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?, 'main')", (kind.name,))}
        shadow = _describe(kind, there)
        if kind.name in touched or not there.issuperset(shadow.columns):
            _rewind(db, kind, shadow, change)


def _describe(kind: Kind, there: Collection[str]) -> Shadow:
    """Describe a kind's table by its declaration; what ``load`` made of the columns since is in the log."""
    columns = {"id": ShadowColumn("INTEGER")}
    columns |= {field.name: ShadowColumn(type_of_column(field)) for field in (*kind.fields, NOTE)}
    return Shadow(kind.name, columns, _KEY, tuple(name for name in columns if name in there))


def _rewind(db: sqlite3.Connection, kind: Kind, shadow: Shadow, change: int) -> None:
    note_first_changes(db, kind.name, _KEY, change)
    shadows.make(db, shadow)
    if shadow.shared:
        shadows.copy_untouched(db, shadow)
    shadows.insert(db, shadow, (row for *_, row in read_former_rows(db, kind.name)))
    for index in kind_indexes(kind, "temp."):
        db.execute(index)
