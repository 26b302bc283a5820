"""Orders beyond the yearly tables (交办): numbered by year, and recorded as tasks."""

import sqlite3

from kfly.plan.model import Task
from kfly.store.plan.task_rows import Row, make_task_roles, make_task_row, place_order
from kfly.store.schema.tables import quote

_GIVEN = """SELECT max(CAST(substr(json_extract(key, '$[1]'), 2) AS INTEGER)) FROM changes
    WHERE "table" || '' = 'tasks' AND json_extract(key, '$[0]') = ?1
    AND json_extract(key, '$[1]') GLOB 'A[0-9]*'"""


def find_next_number(db: sqlite3.Connection, year: int) -> str:
    """Find the number of the next order of a year; one that was given and taken back is not given again."""
    (given,) = db.execute(_GIVEN, (year,)).fetchone()
    return f"A{(given or 0) + 1}"


def record(db: sqlite3.Connection, task: Task) -> None:
    """Record an order, and who leads and answers for it."""
    _insert(db, "tasks", make_task_row(task, place_order(task)))
    for row in make_task_roles(task):
        _insert(db, "task_organisations", row)


def _insert(db: sqlite3.Connection, table: str, row: Row) -> None:
    columns, marks = ", ".join(map(quote, row)), ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))
