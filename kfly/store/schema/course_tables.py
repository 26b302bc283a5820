"""The course of tasks, since schema 13: what was decided of them after they stood in their tables."""

import sqlite3

from kfly.store.schema.tables import has_column, has_table, split_statements

COURSE_TABLES = """
-- What was decided of a task on a day: 延期、暂缓、恢复、取消. The plan's own tables keep the first due day.
CREATE TABLE task_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    stage INTEGER,                      -- of the task, from 1, that alone is extended; NULL: all of it
    decision TEXT NOT NULL CHECK (decision IN ('extended', 'suspended', 'resumed', 'cancelled')),
    held_on TEXT NOT NULL CHECK (held_on IS date(held_on, '+0 days')),  -- from this day on
    due TEXT CHECK (due IS date(due, '+0 days')),  -- the new last day, of an extension
    reason TEXT CHECK (reason IS NOT NULL OR decision = 'resumed'),
    approved_by TEXT,
    recorded_at TEXT NOT NULL,          -- UTC
    FOREIGN KEY (year, task) REFERENCES tasks (year, number),
    CHECK ((decision = 'extended') = (due IS NOT NULL))
) STRICT;
CREATE INDEX "task_events of a task" ON task_events (year, task);
"""
TABLES = ("task_events",)
_COLUMNS = (
    ("carries", "TEXT"),
    ("assigned_on", "TEXT CHECK (assigned_on IS date(assigned_on, '+0 days'))"),
    ("assigned_by", "TEXT"),
)


def follow_tasks(db: sqlite3.Connection) -> None:
    """Make the table of what is decided of tasks; say what each carries on, and when it was ordered."""
    for column, declaration in _COLUMNS:
        if not has_column(db, "tasks", column):
            db.execute(f"ALTER TABLE tasks ADD COLUMN {column} {declaration}")
    if not has_table(db, TABLES[0]):
        for statement in split_statements(COURSE_TABLES):
            db.execute(statement)
