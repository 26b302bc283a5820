"""Undoing a group of the log: each row that it touched becomes again what it was before."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from kfly.plan.changes import LoggedRow
from kfly.store.log import reading as log
from kfly.store.log.undo import PresentTable, Touched, Work, match_columns, read_row, sum_up_row
from kfly.store.schema.tables import quote


class Dangling(NamedTuple):
    """A row that refers to one that is gone."""

    table: str
    rowid: int | None
    to: str
    constraint: int


class RestoreRefused(Exception):  # noqa: N818  (no error of the program's)
    """A row cannot become what it was: another has its place, or its table requires more by now.

    ``by`` is the row of the same table that has the place, ``lacks`` the column that must not be empty now.
    """

    def __init__(
        self, table: str, row: LoggedRow, error: sqlite3.IntegrityError, by: LoggedRow | None = None
    ) -> None:
        super().__init__(table, row)
        self.table, self.row, self.by = table, row, by
        self.is_a_matter_of_place = _is_a_matter_of_place(error)
        name = getattr(error, "sqlite_errorname", "")
        self.lacks = str(error).rpartition(".")[2] if name == "SQLITE_CONSTRAINT_NOTNULL" else None


def read_dangling_row(db: sqlite3.Connection, found: Dangling) -> LoggedRow:
    """Read what stands in a row that refers to nothing."""
    cursor = db.execute(f"SELECT * FROM {quote(found.table)} WHERE rowid = ?", (found.rowid,))
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone() or (), strict=False))


def apply(db: sqlite3.Connection, work: Work) -> list[Dangling]:
    """Undo the group, and find the references that lead nowhere now and did not before.

    Raises:
        Taken: a row cannot become what it was.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")  # a row may refer to one that comes back after it
    before = set(_find_dangling(db, work))
    for name, table in work.tables.items():
        rows = [row for row in work.rows if row.table == name]
        gone = (table.parts(row.key) for row in rows if row.adds)
        db.executemany(f"DELETE FROM {quote(name)} WHERE {match_columns(table.key)}", gone)
    for name, table in work.tables.items():
        _set_back(db, [row for row in work.rows if row.table == name and not row.adds | row.removes], table)
    for name, table in work.tables.items():
        for row in work.rows:
            if row.table == name and row.removes:
                (first,) = log.read_changes(db, row.first, row.first)
                _insert(db, name, table, first.before or {})
    return [found for found in _find_dangling(db, work) if found not in before]


def _set_back(db: sqlite3.Connection, rows: list[Touched], table: PresentTable) -> None:
    """Set changed columns back, in whatever order they make room for each other; the last comes first."""
    rows.reverse()
    while rows:
        waiting = [row for row in rows if not _update(db, row, table)]
        if len(waiting) == len(rows):  # they wait for each other: two that swapped their names
            return _swap_back(db, rows, table)
        rows = waiting
    return None


def _update(db: sqlite3.Connection, touched: Touched, table: PresentTable) -> bool:
    """Set a row's columns back; return False when another row has such values."""
    change = sum_up_row(db, touched)
    columns = [name for name in change.columns if name in table.columns]
    if not columns or change.before is None:
        return True
    values = [change.before.get(name) for name in columns]
    sets = ", ".join(f"{quote(name)} = ?" for name in columns)
    differs = " OR ".join(f"{quote(name)} IS NOT ?" for name in columns)
    try:
        db.execute(
            f"UPDATE {quote(touched.table)} SET {sets} WHERE {match_columns(table.key)} AND ({differs})",
            (*values, *table.parts(touched.key), *values),
        )
    except sqlite3.IntegrityError as error:
        if _is_a_matter_of_place(error):
            return False
        raise RestoreRefused(touched.table, change.before, error) from error
    return True


def _swap_back(db: sqlite3.Connection, rows: list[Touched], table: PresentTable) -> None:
    """Take rows out and put them in again as they were."""
    former: list[LoggedRow] = []
    for touched in rows:
        change, row = sum_up_row(db, touched), read_row(db, touched, table)
        former.append({**(row or {}), **{name: (change.before or {}).get(name) for name in change.columns}})
    name = rows[0].table
    db.executemany(
        f"DELETE FROM {quote(name)} WHERE {match_columns(table.key)}", (table.parts(row.key) for row in rows)
    )
    for row in former:
        _insert(db, name, table, row)


def _insert(db: sqlite3.Connection, name: str, table: PresentTable, row: LoggedRow) -> None:
    columns = [column for column in row if column in table.columns]
    listed, marks = ", ".join(map(quote, columns)), ", ".join("?" * len(columns))
    try:
        db.execute(
            f"INSERT INTO {quote(name)} ({listed}) VALUES ({marks})", [row[column] for column in columns]
        )
    except sqlite3.IntegrityError as error:
        raise RestoreRefused(name, row, error, _with_its_key(db, name, table, row)) from error


def _with_its_key(db: sqlite3.Connection, name: str, table: PresentTable, row: LoggedRow) -> LoggedRow | None:
    """Find the row that now has the key of the one to be put in."""
    cursor = db.execute(
        f"SELECT * FROM {quote(name)} WHERE {match_columns(table.key)}",
        [row.get(column) for column in table.key],
    )
    names = [column[0] for column in cursor.description]
    found = cursor.fetchone()
    return dict(zip(names, found, strict=True)) if found else None


def _is_a_matter_of_place(error: sqlite3.IntegrityError) -> bool:
    return str(getattr(error, "sqlite_errorname", "")) in (
        "SQLITE_CONSTRAINT_UNIQUE",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
    )


def _find_dangling(db: sqlite3.Connection, work: Work) -> Iterator[Dangling]:
    """Find references that lead nowhere, in the tables that are touched and in those that refer to them."""
    near = db.execute(
        'SELECT DISTINCT t.name, f."table" FROM sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS f'
        " WHERE t.type = 'table'"
    ).fetchall()
    for name in dict.fromkeys(child for child, parent in near if {child, parent} & work.tables.keys()):
        for row in db.execute(f"PRAGMA foreign_key_check({quote(name)})"):
            yield Dangling._make(row)
