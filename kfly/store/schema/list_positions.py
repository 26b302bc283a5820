"""The places of rows in lists; in older databases they stood in the order in which the rows had come."""

import sqlite3
from typing import NamedTuple

from kfly.store.schema.tables import has_column, quote


class ListColumn(NamedTuple):
    """The column that says where a row stands in its list, and the columns that say which list it is in."""

    name: str
    lists: tuple[str, ...]


LIST_COLUMNS = {
    "organisation_aliases": ListColumn("position", ("organisation",)),
    "group_members": ListColumn("position", ("group",)),
    "metric_conditions": ListColumn("value_position", ("metric", "position")),
    "evidence": ListColumn("position", ("sign_off",)),
    "left_out_kinds": ListColumn("position", ()),
}


def add_list_positions(db: sqlite3.Connection) -> None:
    """Give each row of a list the place that it has had by its coming; that is no change, and not logged.

    The triggers that would log it are taken away; they do not know the column, and are made anew anyway.
    """
    for table, column in LIST_COLUMNS.items():
        if has_column(db, table, column.name):  # made by an earlier step of this program
            continue
        for event in ("before update", "after update"):
            db.execute(f"DROP TRIGGER IF EXISTS {quote(f'{table} {event}')}")
        name, own = quote(column.name), " AND ".join(f"o.{quote(c)} IS t.{quote(c)}" for c in column.lists)
        db.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER NOT NULL DEFAULT 0")
        earlier = f"SELECT count(*) FROM {table} AS o WHERE o.rowid < t.rowid AND {own or 1}"
        db.execute(f"UPDATE {table} AS t SET {name} = ({earlier})")


def write_order(db: sqlite3.Connection, table: str, prefix: str = "") -> str:
    """Write by which columns the members of a list are ordered; an older schema has none but their coming."""
    column = LIST_COLUMNS[table].name
    places = f"{prefix}{quote(column)}, " if has_column(db, table, column) else ""
    return f"{places}{prefix}rowid"
