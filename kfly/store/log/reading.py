"""Reading the log: its groups, and what each of them changed."""

import json
import sqlite3
from collections.abc import Iterator

from kfly.plan.changes import Change, ChangeGroup, Key, LoggedRow, TableTally
from kfly.store.schema.tables import has_column, has_table, quote


def has_log(db: sqlite3.Connection) -> bool:
    """Tell whether the database has a log; one of the first release has none until it is written to."""
    return has_table(db, "change_groups")


def read_groups(db: sqlite3.Connection) -> list[ChangeGroup]:
    """Read all groups, the oldest first; one that is still open only if it has changed something."""
    return [group for group in _groups(db) if group.first <= group.last] if has_log(db) else []


def read_latest_groups(db: sqlite3.Connection) -> Iterator[ChangeGroup]:
    """Yield the groups, the latest first, as they are asked for; one that has changed nothing is none."""
    if not has_log(db):
        return
    last = int(db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])
    for row in db.execute(
        "SELECT id, made_at, user, host, command, undoes, reshaped, first,"
        f" {_reason(db)} FROM change_groups ORDER BY id DESC"
    ):
        *told, reshaped, first, reason = row
        if first <= last:
            yield ChangeGroup._make((*told, bool(reshaped), first, last, reason))
        last = first - 1


def read_undoing(db: sqlite3.Connection) -> list[tuple[int, int]]:
    """Read the groups that take others back, the oldest first: the number of each, and of the other."""
    if not has_log(db):
        return []
    sql = "SELECT id, undoes FROM change_groups WHERE undoes IS NOT NULL ORDER BY id"
    return db.execute(sql).fetchall()


def read_open_group(db: sqlite3.Connection) -> ChangeGroup:
    """Read the group that is open in this transaction; it may have changed nothing yet."""
    return _groups(db)[-1]


def _groups(db: sqlite3.Connection) -> list[ChangeGroup]:
    rows = db.execute(
        "SELECT id, made_at, user, host, command, undoes, reshaped, first,"
        " lead(first, 1, (SELECT coalesce(max(id), 0) + 1 FROM changes)) OVER (ORDER BY id) - 1,"
        f" {_reason(db)} FROM change_groups ORDER BY id"
    )
    return [ChangeGroup._make(row)._replace(reshaped=bool(row[6])) for row in rows]


def _reason(db: sqlite3.Connection) -> str:
    return "reason" if has_column(db, "change_groups", "reason") else "NULL"  # which schema 3 has not


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
    conditions = f"(\"table\" = ? AND key = ?) OR (\"table\" IN ('removals', 'accepted_findings') AND {told})"
    return _select_changes(db, conditions, kind, record, kind, str(record))


def read_changes_of_task(db: sqlite3.Connection, year: int, number: int) -> Iterator[Change]:
    """Read all changes of one task: of its row, and of all that belongs to it."""
    own = f"{_either('year')} IS ? AND {_either('task')} IS ?"
    conditions = (
        f'"table" NOT IN (SELECT name FROM kinds) AND ({_OF_ITS_ROW} OR ({own})'
        f" OR (\"table\" = 'evidence' AND {_either('sign_off')} IN"
        f" (SELECT key FROM changes WHERE \"table\" = 'sign_offs' AND {own})))"
    )
    return _select_changes(db, conditions, *(year, number) * 4)


def read_plan_changes_of_task(db: sqlite3.Connection, year: int, number: int) -> Iterator[Change]:
    """Read what was changed of a task's row in the plan, of who owes it, and of its needs."""
    if not has_log(db):
        return iter(())
    own = f"{_either('year')} IS ? AND {_either('task')} IS ?"
    hanging = "\"table\" IN ('task_organisations', 'task_needs')"
    return _select_changes(db, f"{_OF_ITS_ROW} OR ({hanging} AND {own})", *(year, number) * 3)


def count_changes(db: sqlite3.Connection, group: ChangeGroup) -> list[TableTally]:
    """Count the rows of each table that a group added, changed and removed."""
    rows = db.execute(
        'SELECT "table", sum(before IS NULL), sum(before IS NOT NULL AND after IS NOT NULL),'
        ' sum(after IS NULL) FROM changes WHERE id BETWEEN ? AND ? GROUP BY "table" ORDER BY min(id)',
        (group.first, group.last),
    )
    return [TableTally._make(row) for row in rows]


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
        f"SELECT * FROM ({sql}) WHERE json_extract(row, ?2) = ?3", (kind, path, name)
    ):
        yield int(key), json.loads(row), bool(last)


def has_record(db: sqlite3.Connection, kind: str, record: int) -> bool:
    """Tell whether the log knows a record by this id."""
    sql = 'SELECT 1 FROM changes WHERE "table" = ? AND key = ?'
    return db.execute(sql, (kind, record)).fetchone() is not None


def tasks(db: sqlite3.Connection) -> set[tuple[int, int]]:
    """Read the years and numbers of all tasks that the log knows, removed ones too."""
    keys = db.execute("SELECT DISTINCT key FROM changes WHERE \"table\" = 'tasks'")
    return {tuple(json.loads(key)) for (key,) in keys}


def _either(column: str) -> str:
    """Write the SQL for a column's value in a changed row: after the change, or else before it."""
    return f"json_extract(coalesce(after, before), '$.\"{column}\"')"


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
        yield Change(id=number, group=group, table=name, key=row, before=_row(before), after=_row(after))


def _row(text: str | None) -> LoggedRow | None:
    return None if text is None else json.loads(text)


def find_last_change(db: sqlite3.Connection) -> int:
    """Find the number of the last change; 0 where there is none."""
    (number,) = db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()
    return int(number)


def find_changed_tables(db: sqlite3.Connection, after: int) -> set[str]:
    """Find the tables that were changed after a change, by whomever."""
    return {table for (table,) in db.execute('SELECT DISTINCT "table" FROM changes WHERE id > ?', (after,))}
