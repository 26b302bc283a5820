"""Temporary tables that stand before the real ones: each query that names a table finds the earlier one."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from kfly.store.past.first_events import is_untouched
from kfly.store.schema.tables import quote


class ShadowColumn(NamedTuple):
    """A column of a table: its type, and the value, as SQL, of rows from before there was such a column."""

    type: str
    default: str | None = None


class Shadow(NamedTuple):
    """A table as it was at a moment.

    Attributes:
        name: the table's.
        columns: those it had; no rule of theirs is kept, as rows of any time must fit.
        key: its primary key.
        shared: the columns that the real table has too, with the same values for rows not changed since.
    """

    name: str
    columns: Mapping[str, ShadowColumn]
    key: tuple[str, ...]
    shared: Sequence[str]


def make(db: sqlite3.Connection, shadow: Shadow) -> None:
    """Make the temporary table, empty."""
    # A type ANY, outside of STRICT tables, would make a number of a text such as 1.10.
    lines = [
        f"{quote(name)} {'' if its.type == 'ANY' else its.type}"
        + (f" DEFAULT {its.default}" if its.default is not None else "")
        for name, its in shadow.columns.items()
    ]
    lines.append(f"PRIMARY KEY ({', '.join(map(quote, shadow.key))})")
    db.execute(f"CREATE TEMP TABLE {quote(shadow.name)} ({', '.join(lines)})")


def copy_untouched(db: sqlite3.Connection, shadow: Shadow) -> None:
    """Copy the rows that were not changed since."""
    listed, name = ", ".join(map(quote, shadow.shared)), quote(shadow.name)
    db.execute(
        f"INSERT INTO temp.{name} ({listed}) SELECT {listed} FROM main.{name}"
        f" WHERE {is_untouched(shadow.name, shadow.key)} ORDER BY rowid"
    )


def insert(db: sqlite3.Connection, shadow: Shadow, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows as they stood, in their order; what a row does not know gets the column's default."""
    for columns, alike in groupby(rows, lambda row: tuple(name for name in row if name in shadow.columns)):
        listed, marks = ", ".join(map(quote, columns)), ", ".join("?" * len(columns))
        db.executemany(
            f"INSERT INTO temp.{quote(shadow.name)} ({listed}) VALUES ({marks})",
            ([row[name] for name in columns] for row in alike),
        )
