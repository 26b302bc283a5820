"""The work of undoing a group of the log: the rows that it touched, and what happened to them since.

Rows are told apart by their keys, and followed where a key itself was changed. Only the changes' numbers are
kept in memory; what stood in the rows is read from the log when it is needed.
"""

import json
import sqlite3
from collections.abc import Container, Iterator
from typing import NamedTuple

from kfly.plan.changes import UNREADABLE, Change, ChangeGroup, Key, LoggedRow, is_as_logged
from kfly.plan.kinds import RESERVED_KINDS
from kfly.store.log import reading as log
from kfly.store.log import triggers
from kfly.store.schema.tables import quote

MOST = 5  # how many obstacles are named
# Tables that refer to the plan, but are no part of it.
NO_PLAN = (
    *("sign_offs", "evidence", "task_evidence", "removals", "accepted_findings", "notices", "returned"),
    "task_events",
)


class Touched:
    """A row that the group touched: the first and the last of its changes, and the row's key now."""

    __slots__ = ("adds", "first", "key", "last", "removes", "table")

    def __init__(self, table: str, number: int, *, adds: bool) -> None:
        self.table = table
        self.first = self.last = number
        self.adds, self.removes = adds, False  # taken together: before the first, after the last
        self.key: Key = ""


class PresentTable(NamedTuple):
    """A table as it is now."""

    key: tuple[str, ...]
    columns: frozenset[str]

    def parts(self, key: Key) -> tuple[Key, ...]:
        """Split the log's name for a row into the values of its primary key."""
        return tuple(json.loads(str(key))) if len(self.key) > 1 else (key,)


class Work(NamedTuple):
    """The work of undoing a group: the rows that it touched, and their tables."""

    group: ChangeGroup
    rows: tuple[Touched, ...]
    tables: dict[str, PresentTable]

    @property
    def is_of_the_plan(self) -> bool:
        """Whether anything is done to the plan or its kinds."""
        return any(name in RESERVED_KINDS and name not in NO_PLAN for name in self.tables)


class Obstacle(NamedTuple):
    """A row that is no longer as the log says, or of which the log cannot be read; or a column that is gone.

    ``row`` is None for a column that is needed and gone.
    """

    table: str
    key: Key
    row: LoggedRow | None
    column: str | None = None


def find_work(
    db: sqlite3.Connection, group: ChangeGroup, in_force: Container[int]
) -> tuple[Work, list[int], list[str]]:
    """Find the work of undoing a group, the later groups that block it, and the tables that are gone.

    Args:
        db: the database.
        group: the group.
        in_force: the later groups that count; one that was undone and its undoing block nothing.
    """
    keys = triggers.primary_keys(db)
    names = _tables(db, group)
    known = {name: PresentTable(keys[name], _columns(db, name)) for name in names if name in keys}
    rows: list[Touched] = []
    blocking: set[int] = set()
    for name, table in known.items():
        its, later = _followed(db=db, group=group, name=name, table=table, in_force=in_force)
        rows += its
        blocking |= later
    gone = [name for name in names if name not in keys]
    return Work(group, tuple(rows), known), sorted(blocking), gone


def _tables(db: sqlite3.Connection, group: ChangeGroup) -> list[str]:
    sql = 'SELECT "table" FROM changes WHERE id BETWEEN ? AND ? GROUP BY "table" ORDER BY min(id)'
    return [row[0] for row in db.execute(sql, (group.first, group.last))]


def _columns(db: sqlite3.Connection, table: str) -> frozenset[str]:
    return frozenset(row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def _followed(
    db: sqlite3.Connection, group: ChangeGroup, name: str, table: PresentTable, in_force: Container[int]
) -> tuple[list[Touched], set[int]]:
    """Follow the rows that the group touched in a table; find groups that later touched the same cells."""
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
    db: sqlite3.Connection, group: ChangeGroup, name: str, table: PresentTable
) -> Iterator[tuple[int, int, Key, Key, int, int]]:
    """Read the changes of a table since the group began, each with the row's key before and after."""
    parts = ", ".join("json_extract(after, '$.\"" + part.replace("'", "''") + "\"')" for part in table.key)
    new_key = f"json_array({parts})" if len(table.key) > 1 else parts
    return db.execute(
        'SELECT id, "group", key,'
        f" coalesce(iif(before IS NOT NULL AND json_valid(after), {new_key}, key), key),"
        ' before IS NULL, after IS NULL FROM changes WHERE id >= ? AND "table" = ? ORDER BY id',
        (group.first, name),
    )


def _meet(db: sqlite3.Connection, touched: Touched, number: int) -> bool:
    """Tell whether a later change touched cells that the group had touched."""
    (later,) = log.read_changes(db, number, number)
    if not later.is_readable:
        return True
    if touched.adds or touched.removes:  # the whole row, with columns that the table did not have then
        return bool(later.columns)
    return not set(sum_up_row(db, touched).columns).isdisjoint(later.columns)


def sum_up_row(db: sqlite3.Connection, touched: Touched) -> Change:
    """Sum up all that the group did to a row as one change."""
    (first,) = log.read_changes(db, touched.first, touched.first)
    if touched.first == touched.last:
        return first
    (last,) = log.read_changes(db, touched.last, touched.last)
    return first._replace(after=last.after)


def find_obstacles(db: sqlite3.Connection, work: Work) -> list[Obstacle]:
    """Find the first rows that were changed past the log, and columns that are needed and gone."""
    found: list[Obstacle] = []
    for touched in work.rows:
        found += _find_obstacles_of_row(db, touched, sum_up_row(db, touched), work.tables[touched.table])
        if len(found) >= MOST:
            break
    return found[:MOST]


def _find_obstacles_of_row(
    db: sqlite3.Connection, touched: Touched, change: Change, table: PresentTable
) -> Iterator[Obstacle]:
    here = touched.table, touched.key
    if not change.is_readable:
        yield Obstacle(*here, UNREADABLE)
        return
    if change.before is not None:
        kept = {name for name in change.columns if change.before.get(name) is not None}
        if change.after is not None:
            kept = set(change.columns)
        yield from (Obstacle(*here, None, name) for name in sorted(kept - table.columns))
    if change.after is not None:
        row = read_row(db, touched, table)
        asked = table.columns.intersection(change.columns).intersection(change.after)
        if row is None or not all(is_as_logged(row[name], change.after[name]) for name in asked):
            yield Obstacle(*here, change.after)


def read_row(db: sqlite3.Connection, touched: Touched, table: PresentTable) -> LoggedRow | None:
    """Read what stands in a row now."""
    cursor = db.execute(
        f"SELECT * FROM {quote(touched.table)} WHERE {match_columns(table.key)}", table.parts(touched.key)
    )
    row = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def match_columns(columns: tuple[str, ...]) -> str:
    """Write the condition that a row has these values."""
    return " AND ".join(f"{quote(name)} = ?" for name in columns)
