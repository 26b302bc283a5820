"""Taking a group of the log back: each row that it touched becomes again what it was before.

Rows are told apart by their keys, and followed where a key itself was changed. Only the changes' numbers are
kept in memory; what stood in the rows is read from the log when it is needed.
"""

import json
import sqlite3
from collections.abc import Container, Iterator
from typing import NamedTuple

from kfly.plan.changes import Change, Group, Key, Row
from kfly.store import history, log
from kfly.store.schema import quoted

MOST = 5  # obstacles that are named


class Touched:
    """A row that the group touched: the first and the last of its changes, and the row's key now."""

    __slots__ = ("adds", "first", "key", "last", "removes", "table")

    def __init__(self, table: str, number: int, *, adds: bool) -> None:
        self.table = table
        self.first = self.last = number
        self.adds, self.removes = adds, False  # taken together: before the first, after the last
        self.key: Key = ""


class Table(NamedTuple):
    """A table as it is now."""

    key: tuple[str, ...]
    columns: frozenset[str]

    def parts(self, key: Key) -> tuple[Key, ...]:
        """The values of the primary key, out of the log's name for the row."""
        return tuple(json.loads(str(key))) if len(self.key) > 1 else (key,)


class Work(NamedTuple):
    """What taking a group back comes to."""

    group: Group
    rows: tuple[Touched, ...]
    tables: dict[str, Table]


class Drifted(NamedTuple):
    """A row that is no longer as the log says, or a column that is needed and gone (row is None)."""

    table: str
    key: Key
    row: Row | None
    column: str | None = None


class Dangling(NamedTuple):
    """A row that refers to one that is gone."""

    table: str
    rowid: int | None
    to: str
    constraint: int


class Taken(Exception):  # noqa: N818  (no error of the program's)
    """Something else has taken the place of a row."""

    def __init__(self, table: str, row: Row, why: str) -> None:
        super().__init__(table, row, why)
        self.table, self.row, self.why = table, row, why


def work_of(
    db: sqlite3.Connection, group: Group, in_force: Container[int]
) -> tuple[Work, list[int], list[str]]:
    """What taking a group back comes to, the later groups in its way, and the tables that are gone.

    Args:
        db: the database.
        group: the group.
        in_force: the later groups that count: a pair of them that cancels out stands in nobody's way.
    """
    keys = history.primary_keys(db)
    names = _tables(db, group)
    known = {name: Table(keys[name], _columns(db, name)) for name in names if name in keys}
    rows: list[Touched] = []
    blocking: set[int] = set()
    for name, table in known.items():
        its, later = _followed(db, group, name, table, in_force)
        rows += its
        blocking |= later
    gone = [name for name in names if name not in keys]
    return Work(group, tuple(rows), known), sorted(blocking), gone


def _tables(db: sqlite3.Connection, group: Group) -> list[str]:
    sql = 'SELECT "table" FROM changes WHERE id BETWEEN ? AND ? GROUP BY "table" ORDER BY min(id)'
    return [row[0] for row in db.execute(sql, (group.first, group.last))]


def _columns(db: sqlite3.Connection, table: str) -> frozenset[str]:
    return frozenset(row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def _followed(
    db: sqlite3.Connection, group: Group, name: str, table: Table, in_force: Container[int]
) -> tuple[list[Touched], set[int]]:
    """The rows of a table that the group touched, and the groups that touched the same cells later."""
    rows: list[Touched] = []
    here: dict[Key, Touched] = {}  # by the key that the row has at this point of the log
    blocking: set[int] = set()
    for number, by, key, new_key, adds, removes in _steps(db, group, name, table):
        touched = here.get(key)
        if number <= group.last:
            if touched is None:
                touched = here[key] = Touched(name, number, adds=bool(adds))
                rows.append(touched)
            touched.last, touched.removes = number, bool(removes)
        elif touched and by in in_force and by not in blocking and _meet(db, touched, number):
            blocking.add(by)
        if touched is not None and new_key != key:
            del here[key]
            here[new_key] = touched
        elif touched is None and new_key != key:
            here.pop(new_key, None)
    for key, touched in here.items():
        touched.key = key
    return [row for row in rows if not (row.adds and row.removes)], blocking


def _steps(
    db: sqlite3.Connection, group: Group, name: str, table: Table
) -> Iterator[tuple[int, int, Key, Key, int, int]]:
    """The changes of a table since the group began, each with the row's key before and after."""
    parts = ", ".join("json_extract(after, '$.\"" + part.replace("'", "''") + "\"')" for part in table.key)
    new_key = f"json_array({parts})" if len(table.key) > 1 else parts
    return db.execute(
        f'SELECT id, "group", key, iif(before IS NULL OR after IS NULL, key, {new_key}),'
        ' before IS NULL, after IS NULL FROM changes WHERE id >= ? AND "table" = ? ORDER BY id',
        (group.first, name),
    )


def _meet(db: sqlite3.Connection, touched: Touched, number: int) -> bool:
    """Whether a later change touched cells that the group had touched."""
    (later,) = log.changes(db, number, number)
    if touched.adds or touched.removes:  # the whole row, with columns that the table had not then
        return bool(later.columns)
    return not set(_whole(db, touched).columns).isdisjoint(later.columns)


def _whole(db: sqlite3.Connection, touched: Touched) -> Change:
    """All that the group did to a row, as one change."""
    (first,) = log.changes(db, touched.first, touched.first)
    if touched.first == touched.last:
        return first
    (last,) = log.changes(db, touched.last, touched.last)
    return first._replace(after=last.after)


def whole(db: sqlite3.Connection, work: Work) -> Iterator[tuple[Touched, Change]]:
    """All that is to be taken back, a change a row."""
    for touched in work.rows:
        yield touched, _whole(db, touched)


def drifted(db: sqlite3.Connection, work: Work) -> list[Drifted]:
    """The first rows that were changed past the log, and columns that are needed and gone."""
    found: list[Drifted] = []
    for touched, change in whole(db, work):
        found += _drifted(db, touched, change, work.tables[touched.table])
        if len(found) >= MOST:
            break
    return found[:MOST]


def _drifted(db: sqlite3.Connection, touched: Touched, change: Change, table: Table) -> Iterator[Drifted]:
    here = touched.table, touched.key
    if change.before is not None:
        kept = {name for name in change.columns if change.before.get(name) is not None}
        if change.after is not None:
            kept = set(change.columns)
        yield from (Drifted(*here, None, name) for name in sorted(kept - table.columns))
    if change.after is not None:
        present = _present(db, touched, table)
        asked = table.columns.intersection(change.columns).intersection(change.after)
        if present is None or any(present[name] != change.after[name] for name in asked):
            yield Drifted(*here, change.after)


def _present(db: sqlite3.Connection, touched: Touched, table: Table) -> Row | None:
    cursor = db.execute(
        f"SELECT * FROM {quoted(touched.table)} WHERE {_is(table.key)}", table.parts(touched.key)
    )
    row = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def _is(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{quoted(name)} = ?" for name in columns)


def apply(db: sqlite3.Connection, work: Work) -> list[Dangling]:
    """Take the group back; the references that hang in the air then, and did not before.

    Raises:
        Taken: something else has taken the place of a row.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")  # a row may refer to one that comes back after it
    before = set(_dangling(db, work))
    for name, table in work.tables.items():
        rows = [row for row in work.rows if row.table == name]
        gone = (table.parts(row.key) for row in rows if row.adds)
        db.executemany(f"DELETE FROM {quoted(name)} WHERE {_is(table.key)}", gone)
    for name, table in work.tables.items():
        _set_back(db, [row for row in work.rows if row.table == name and not row.adds | row.removes], table)
    for name, table in work.tables.items():
        for row in work.rows:
            if row.table == name and row.removes:
                (first,) = log.changes(db, row.first, row.first)
                _insert(db, name, table, first.before or {})
    return [found for found in _dangling(db, work) if found not in before]


def _set_back(db: sqlite3.Connection, rows: list[Touched], table: Table) -> None:
    """Set changed columns back, whichever row has to make room for which: most likely the last one."""
    rows.reverse()
    while rows:
        waiting = [row for row in rows if not _update(db, row, table)]
        if len(waiting) == len(rows):  # they wait for each other: two that swapped their names
            return _swap_back(db, rows, table)
        rows = waiting
    return None


def _update(db: sqlite3.Connection, touched: Touched, table: Table) -> bool:
    """Set a row's columns back; False when another row has such values."""
    change = _whole(db, touched)
    columns = [name for name in change.columns if name in table.columns]
    if not columns or change.before is None:
        return True
    values = [change.before.get(name) for name in columns]
    sets = ", ".join(f"{quoted(name)} = ?" for name in columns)
    differs = " OR ".join(f"{quoted(name)} IS NOT ?" for name in columns)
    try:
        db.execute(
            f"UPDATE {quoted(touched.table)} SET {sets} WHERE {_is(table.key)} AND ({differs})",
            (*values, *table.parts(touched.key), *values),
        )
    except sqlite3.IntegrityError as error:
        if _is_a_matter_of_place(error):
            return False
        raise Taken(touched.table, change.before, str(error)) from error
    return True


def _swap_back(db: sqlite3.Connection, rows: list[Touched], table: Table) -> None:
    """Take rows out and put them in again as they were."""
    former: list[Row] = []
    for touched in rows:
        change, present = _whole(db, touched), _present(db, touched, table)
        former.append(
            {**(present or {}), **{name: (change.before or {}).get(name) for name in change.columns}}
        )
    name = rows[0].table
    db.executemany(
        f"DELETE FROM {quoted(name)} WHERE {_is(table.key)}", (table.parts(row.key) for row in rows)
    )
    for row in former:
        _insert(db, name, table, row)


def _insert(db: sqlite3.Connection, name: str, table: Table, row: Row) -> None:
    columns = [column for column in row if column in table.columns]
    listed, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
    try:
        db.execute(
            f"INSERT INTO {quoted(name)} ({listed}) VALUES ({marks})", [row[column] for column in columns]
        )
    except sqlite3.IntegrityError as error:
        raise Taken(name, row, str(error)) from error


def _is_a_matter_of_place(error: sqlite3.IntegrityError) -> bool:
    return str(getattr(error, "sqlite_errorname", "")) in (
        "SQLITE_CONSTRAINT_UNIQUE",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
    )


def _dangling(db: sqlite3.Connection, work: Work) -> Iterator[Dangling]:
    """References into nowhere, of the tables that are touched and of those that refer to them."""
    near = db.execute(
        'SELECT DISTINCT t.name, f."table" FROM sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS f'
        " WHERE t.type = 'table'"
    ).fetchall()
    for name in dict.fromkeys(child for child, parent in near if {child, parent} & work.tables.keys()):
        for row in db.execute(f"PRAGMA foreign_key_check({quoted(name)})"):
            yield Dangling._make(row)
