"""Reading the log: its groups, and what each of them changed."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from kfly.plan.changes import Change, ChangeGroup, Key, LoggedRow
from kfly.plan.numbers import TaskKey, TaskNumber
from kfly.store.log.row_reading import read_row
from kfly.store.schema.tables import has_column, has_table, quote


def has_log(db: sqlite3.Connection) -> bool:
    """Tell whether the database has a log; one of the first release has none until it is written to."""
    return has_table(db, "change_groups")


def read_groups(db: sqlite3.Connection) -> list[ChangeGroup]:
    """Read all groups that have changed something, the oldest first."""
    groups = _read_groups(db, _BELIEVED) if has_log(db) else []
    return [group for group in groups if group.first <= group.last]


def read_latest_groups(db: sqlite3.Connection) -> Iterator[ChangeGroup]:
    """Yield the groups, the latest first, as they are asked for; one that has changed nothing is none."""
    if not has_log(db):
        return
    last = int(db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])
    for row in db.execute(
        f"SELECT id, made_at, {_told(db, _BELIEVED)}, first FROM change_groups ORDER BY id DESC"
    ):
        if row[-1] <= last:
            yield _group(row, last)
        last = row[-1] - 1


def read_undoing(db: sqlite3.Connection) -> list[tuple[int, int]]:
    """Read the groups that take others back, the oldest first: the number of each, and of the other."""
    if not has_log(db):
        return []
    sql = f"SELECT id, undoes FROM change_groups WHERE undoes IS NOT NULL AND {_BELIEVED} ORDER BY id"
    return db.execute(sql).fetchall()


def read_open_group(db: sqlite3.Connection) -> ChangeGroup:
    """Read the group that is open in this transaction; it may have changed nothing yet."""
    return _read_groups(db, "1")[-1]


# What a group says of itself is not believed while it is open: nobody else can see one of ours at work.
_BELIEVED = "NOT open"


def _read_groups(db: sqlite3.Connection, believed: str) -> list[ChangeGroup]:
    rows = db.execute(
        f"SELECT id, made_at, {_told(db, believed)}, first,"
        " lead(first, 1, (SELECT coalesce(max(id), 0) + 1 FROM changes)) OVER (ORDER BY id) - 1"
        " FROM change_groups ORDER BY id"
    )
    return [_group(row[:-1], row[-1]) for row in rows]


def _told(db: sqlite3.Connection, believed: str) -> str:
    """Write the columns of what groups say of themselves, empty for those that are not believed."""
    told = [f"iif({believed}, {name}, NULL)" for name in ("user", "host", "command", "undoes", "reshaped")]
    has_reason = has_column(db, "change_groups", "reason")  # which schema 3 has not
    return ", ".join([*told, f"iif({believed}, reason, NULL)" if has_reason else "NULL"])


def _group(row: Sequence[Any], last: int) -> ChangeGroup:
    own, made_at, user, host, command, undoes, reshaped, reason, first = row
    return ChangeGroup(
        id=own,
        made_at=made_at,
        user=user,
        host=host,
        command=command,
        undoes=undoes,
        reshaped=bool(reshaped),
        first=first,
        last=last,
        reason=reason,
    )


def read_changes(
    db: sqlite3.Connection, first: int, last: int, table: str | None = None, key: Key | None = None
) -> Iterator[Change]:
    """Read the changes of a stretch of the log, of one table or of one row if asked, the oldest first."""
    conditions = "id BETWEEN ? AND ?"
    values: list[Key] = [first, last]
    for column, value in (('"table"', table), ("key", key)):
        if value is not None:
            conditions += f" AND {column} IS ?"
            values.append(value)
    return _select_changes(db, conditions, *values)


def read_changes_of_record(db: sqlite3.Connection, kind: str, record: int) -> Iterator[Change]:
    """Read all changes of one record, why it was removed, and what was accepted of it as it is."""
    told = f"{_either('kind')} IS ? AND CAST({_either('record')} AS TEXT) IS ?"
    conditions = f"({_TABLE} = ? AND key = ?) OR ({_TABLE} IN ('removals', 'accepted_findings') AND {told})"
    return _select_changes(db, conditions, kind, record, kind, str(record))


def read_changes_of_task(db: sqlite3.Connection, year: int, number: TaskNumber) -> Iterator[Change]:
    """Read all changes of one task: of its row, and of all that belongs to it."""
    own = f"{_either('year')} IS ? AND {_either('task')} IS ?"
    conditions = (
        f'"table" NOT IN (SELECT name FROM kinds) AND ({_OF_ITS_ROW} OR ({own})'
        f" OR (\"table\" = 'evidence' AND {_either('sign_off')} IN"
        f" (SELECT key FROM changes WHERE \"table\" = 'sign_offs' AND {own})))"
    )
    return _select_changes(db, conditions, *(year, number) * 4)


def read_plan_changes_of_task(db: sqlite3.Connection, year: int, number: TaskNumber) -> Iterator[Change]:
    """Read what was changed of a task's row in the plan, of who owes it, and of its needs."""
    if not has_log(db):
        return iter(())
    own = f"{_either('year')} IS ? AND {_either('task')} IS ?"
    hanging = "\"table\" IN ('task_organisations', 'task_needs')"
    return _select_changes(db, f"{_OF_ITS_ROW} OR ({hanging} AND {own})", *(year, number) * 3)


def find_once_called(
    db: sqlite3.Connection, kind: str, column: str, name: str
) -> Iterator[tuple[int, LoggedRow, bool]]:
    """Find the records that ever had a name.

    Yields:
        their ids, what they were then, and whether they kept the name to the end.
    """
    path = "$." + quote(column)
    sql = (
        "SELECT key, row, place = max(place) OVER (PARTITION BY key) FROM ("
        ' SELECT 2 * id + 1 AS place, key, coalesce(after, before) AS row FROM changes WHERE "table" = ?1'
        ' UNION ALL SELECT 2 * id, key, before FROM changes WHERE "table" = ?1 AND before IS NOT NULL)'
    )
    for key, row, last in db.execute(
        f"SELECT * FROM ({sql}) WHERE iif(json_valid(row), json_extract(row, ?2), NULL) = ?3",
        (kind, path, name),
    ):
        yield int(key), read_row(row) or {}, bool(last)


def has_record(db: sqlite3.Connection, kind: str, record: int) -> bool:
    """Tell whether the log knows a record by this id."""
    sql = f"SELECT 1 FROM changes WHERE {_TABLE} = ? AND key = ?"
    return db.execute(sql, (kind, record)).fetchone() is not None


def tasks(db: sqlite3.Connection) -> set[TaskKey]:
    """Read the years and numbers of all tasks that the log knows, removed ones too."""
    keys = db.execute("SELECT DISTINCT key FROM changes WHERE \"table\" = 'tasks'")
    return {tuple(json.loads(key)) for (key,) in keys}


_TABLE = """"table" || ''"""  # as the index of rows has it


def _either(column: str) -> str:
    """Write the SQL for a column's value in a changed row: after the change, or else before it."""
    row = "coalesce(after, before)"
    return f"iif(json_valid({row}), json_extract({row}, '$.\"{column}\"'), NULL)"


# The changes of a task's own row, and of how its needs are counted.
_OF_ITS_ROW = (
    "(\"table\" = 'tasks' AND key = json_array(?, ?)"
    " OR \"table\" IN ('metrics', 'metric_conditions', 'metric_towns')"
    f" AND coalesce({_either('metric')}, {_either('id')}) IN"
    " (SELECT metric FROM task_needs WHERE year = ? AND task = ?))"
)


def _select_changes(db: sqlite3.Connection, conditions: str, *values: Key) -> Iterator[Change]:
    sql = f'SELECT id, "group", "table", key, before, after FROM changes WHERE {conditions} ORDER BY id'
    for number, group, name, row, before, after in db.execute(sql, values):
        yield Change(
            id=number, group=group, table=name, key=row, before=read_row(before), after=read_row(after)
        )


def read_net_changes(
    db: sqlite3.Connection, after: int, table: str, columns: Iterable[str]
) -> Iterator[tuple[Change, bool]]:
    """Yield what became of the rows of a table after a change, the last touched ones last.

    Args:
        db: the database.
        after: the change.
        table: theirs.
        columns: rows that neither came nor went and are as they were in these are passed over.

    Yields:
        the row before all that was done to it and after that, with the number and the group of the last of
        its changes, and whether that was the only one.
    """
    paths = ["$." + quote(column) for column in columns]
    differs = " OR ".join(["json_extract(f.before, ?) IS NOT json_extract(l.after, ?)"] * len(paths)) or "0"
    sql = (
        'WITH ends AS (SELECT min(id) AS first, max(id) AS last FROM changes WHERE id > ? AND "table" = ?'
        " GROUP BY key)"
        ' SELECT l.id, l."group", f.key, f.before, l.after, first = last FROM ends'
        " JOIN changes AS f ON f.id = first JOIN changes AS l ON l.id = last"
        " WHERE f.before IS NOT l.after AND (f.before IS NULL OR l.after IS NULL"
        f" OR iif(json_valid(f.before) AND json_valid(l.after), {differs}, 0)) ORDER BY l.id"
    )
    values = (after, table, *(path for path in paths for _side in range(2)))
    for number, group, row, before, now, alone in db.execute(sql, values):
        whole = Change(
            id=number, group=group, table=table, key=row, before=read_row(before), after=read_row(now)
        )
        yield whole, bool(alone)


def read_changes_of_rows(
    db: sqlite3.Connection, after: int, table: str, keys: Iterable[Key]
) -> Iterator[Change]:
    """Read the changes of some rows of a table after a change, the oldest first."""
    own = 'id > ? AND "table" = ? AND key IN (SELECT value FROM json_each(?))'
    return _select_changes(db, own, after, table, json.dumps(list(keys)))


def read_days(db: sqlite3.Connection, groups: Collection[int]) -> dict[int, str]:
    """Read when some groups were made, in UTC."""
    if not groups:
        return {}
    span = db.execute(
        "SELECT id, made_at FROM change_groups WHERE id BETWEEN ? AND ?", (min(groups), max(groups))
    )
    return {number: made_at for number, made_at in span if number in groups}


def find_last_change(db: sqlite3.Connection) -> int:
    """Find the number of the last change; 0 where there is none."""
    (number,) = db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()
    return int(number)


def find_changed_tables(db: sqlite3.Connection, after: int) -> set[str]:
    """Find the tables that were changed after a change, by whomever."""
    return {table for (table,) in db.execute('SELECT DISTINCT "table" FROM changes WHERE id > ?', (after,))}
