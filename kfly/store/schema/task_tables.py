"""Tasks of every kind, since schema 11: numbered by text, in the order of their file, ongoing, in stages."""

import re
import sqlite3

from kfly.store.schema.tables import has_column, has_table, quote, split_statements

TASK_TABLES = """
-- The stages of tasks, numbered from 1, each with a due day of its own.
CREATE TABLE task_stages (
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    position INTEGER NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    due TEXT NOT NULL CHECK (due IS date(due, '+0 days')),
    PRIMARY KEY (year, task, position),
    FOREIGN KEY (year, task) REFERENCES tasks (year, number)
) STRICT;
-- Who leads a stage, where that is not who leads its task.
CREATE TABLE task_stage_organisations (
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    stage INTEGER NOT NULL,
    position INTEGER NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    PRIMARY KEY (year, task, stage, position),
    FOREIGN KEY (year, task, stage) REFERENCES task_stages (year, task, position)
) STRICT;
"""
TABLES = ("task_stages", "task_stage_organisations")

# What the declarations of older schemas say, and what they say now; whatever else they say stays.
_NUMBER = (r"\bnumber INTEGER NOT NULL", "number ANY NOT NULL")
_TASK = (r"\btask INTEGER\b", "task ANY")
_MAY_BE_ONGOING = (r"\bdue TEXT NOT NULL CHECK", "due TEXT CHECK")
_MAY_SUPPORT = (r"'lead', 'responsible'\)", "'lead', 'responsible', 'support')")
_CHANGED = {
    "tasks": (_NUMBER, _MAY_BE_ONGOING),
    "task_organisations": (_TASK, _MAY_SUPPORT),
    "deliverables": (_TASK,),
    "task_needs": (_TASK,),
    "need_town_goals": (_TASK,),
    "sign_offs": (_TASK,),
    "progress_notes": (_TASK,),
    "task_evidence": (_TASK,),
}
_EVERY = "TEXT CHECK (report_every IN ('year', 'half', 'quarter', 'month'))"
_COLUMNS = (
    ("tasks", "position", "INTEGER"),
    ("tasks", "leader", "TEXT"),
    ("tasks", "report_every", _EVERY),
    ("task_needs", "stage", "INTEGER"),
    ("sign_offs", "stage", "INTEGER"),
)
_IN_FORCE = """CREATE UNIQUE INDEX "sign_offs in force" ON sign_offs (year, task, coalesce(stage, 0))
    WHERE reopened_at IS NULL"""


def let_tasks_be_of_every_kind(db: sqlite3.Connection) -> None:
    """Make the tables anew that take whole numbers of tasks only, and add the columns that are lacking."""
    for table, changes in _CHANGED.items():
        _declare_anew(db, table, changes)
    for table, column, declaration in _COLUMNS:
        if not has_column(db, table, column):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declaration}")
    earlier = "SELECT count(*) FROM tasks AS o WHERE o.year = t.year AND o.number < t.number"
    db.execute(f"UPDATE tasks AS t SET position = ({earlier}) WHERE position IS NULL")  # as they were listed
    db.execute('DROP INDEX IF EXISTS "sign_offs in force"')
    db.execute(_IN_FORCE)
    if not has_table(db, TABLES[0]):
        for statement in split_statements(TASK_TABLES):
            db.execute(statement)


def _declare_anew(db: sqlite3.Connection, table: str, changes: tuple[tuple[str, str], ...]) -> None:
    """Make a table anew whose declaration changes; its columns, rows, ids and indexes it keeps.

    Its triggers go with it: those of the log are made anew anyway.
    """
    (declared,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    wanted = declared
    for old, new in changes:
        wanted = re.sub(old, new, wanted)
    if wanted == declared:
        return
    others = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = 'index' AND sql IS NOT NULL"
    indexes = [sql for (sql,) in db.execute(others, (table,)).fetchall()]
    passing = quote(f"{table} passing")
    db.execute(re.sub(rf'^CREATE TABLE\s+"?{table}"?', f"CREATE TABLE {passing}", wanted))
    names = db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    columns = ", ".join(quote(name) for (name,) in names)
    db.execute(f"INSERT INTO {passing} ({columns}) SELECT {columns} FROM {table} ORDER BY rowid")
    _keep_used_ids(db, table)
    db.execute(f"DROP TABLE {table}")
    db.execute("PRAGMA legacy_alter_table = ON")  # or a view of somebody's on the table would forbid it
    db.execute(f"ALTER TABLE {passing} RENAME TO {table}")
    db.execute("PRAGMA legacy_alter_table = OFF")
    for index in indexes:
        db.execute(index)


def _keep_used_ids(db: sqlite3.Connection, table: str) -> None:
    """Hand on which ids were used: those of rows that are gone are never used again."""
    if not has_table(db, "sqlite_sequence"):
        return
    used = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    if used:
        passing = f"{table} passing"
        db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (passing,))
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (passing, *used))
