"""The log, read: the groups, and what each of them changed."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

Key = int | str  # of a row: its id; its primary key, or a JSON array of its parts
Row = dict[str, Any]


class Group(NamedTuple):
    """What one command did, or another program within a second."""

    id: int
    made_at: str  # UTC
    user: str | None  # None: another program
    host: str | None
    command: str | None  # None: another program
    undoes: int | None
    reshaped: bool  # tables were changed too
    first: int  # its changes: from this one on,
    last: int  # to this one


class Change(NamedTuple):
    """A row before and after: added when there is nothing before, removed when there is nothing after."""

    id: int
    group: int
    table: str
    key: Key
    before: Row | None
    after: Row | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ; all of them for a row that was added or removed."""
        names = dict.fromkeys([*(self.before or ()), *(self.after or ())])
        if self.before is None or self.after is None:
            return tuple(names)
        return tuple(name for name in names if self.before.get(name) != self.after.get(name))


def is_kept(db: sqlite3.Connection) -> bool:
    """Whether the database has a log; one of the first release has none until it is written to."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'change_groups'").fetchone() is not None


def groups(db: sqlite3.Connection) -> list[Group]:
    """All groups, the oldest first."""
    if not is_kept(db):
        return []
    rows = db.execute(
        "SELECT id, made_at, user, host, command, undoes, reshaped, first,"
        " lead(first, 1, (SELECT coalesce(max(id), 0) + 1 FROM changes)) OVER (ORDER BY id) - 1"
        " FROM change_groups ORDER BY id"
    )
    return [Group._make(row)._replace(reshaped=bool(row[6])) for row in rows]


def changes(
    db: sqlite3.Connection, first: int, last: int, table: str | None = None, key: Key | None = None
) -> Iterator[Change]:
    """The changes of a stretch of the log, of one table or of one row if asked, the oldest first."""
    sql = 'SELECT id, "group", "table", key, before, after FROM changes WHERE id BETWEEN ? AND ?'
    values: list[Key] = [first, last]
    for column, value in (('"table"', table), ("key", key)):
        if value is not None:
            sql += f" AND {column} IS ?"
            values.append(value)
    for number, group, name, row, before, after in db.execute(sql + " ORDER BY id", values):
        yield Change(number, group, name, row, _row(before), _row(after))


def _row(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)
