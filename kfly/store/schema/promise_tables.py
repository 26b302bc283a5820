"""What targets promise beyond one amount, since schema 9: amounts by period and town, baselines, shares."""

import re
import sqlite3

from kfly.store.schema.tables import has_column, has_table, quote, split_statements

PROMISE_TABLES = """
-- What a target promises period by period: 2022, 2022H1, 2022Q3, 2022-07, 2024/25; NULL: tracked only.
CREATE TABLE period_goals (
    target TEXT NOT NULL REFERENCES targets (key),
    period TEXT NOT NULL,
    position INTEGER NOT NULL,
    amount REAL,
    PRIMARY KEY (target, period)
) STRICT;
-- What single towns owe of a target, or of a task's need, that has a figure for each of them.
CREATE TABLE town_goals (
    target TEXT NOT NULL REFERENCES targets (key),
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    position INTEGER NOT NULL,
    amount REAL NOT NULL,
    PRIMARY KEY (target, organisation)
) STRICT;
CREATE TABLE need_town_goals (
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    need INTEGER NOT NULL,              -- position among the needs of the task
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    position INTEGER NOT NULL,
    amount REAL NOT NULL,
    PRIMARY KEY (year, task, need, organisation),
    FOREIGN KEY (year, task, need) REFERENCES task_needs (year, task, position)
) STRICT;
-- From where the lines of single towns run.
CREATE TABLE town_baselines (
    target TEXT NOT NULL REFERENCES targets (key),
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    position INTEGER NOT NULL,
    amount REAL NOT NULL,
    PRIMARY KEY (target, organisation)
) STRICT;
-- Who leads a target and answers for it, where that is not who does so for its measure.
CREATE TABLE target_organisations (
    target TEXT NOT NULL REFERENCES targets (key),
    role TEXT NOT NULL CHECK (role IN ('lead', 'responsible')),
    position INTEGER NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    PRIMARY KEY (target, role, position)
) STRICT;
"""
TABLES = ("period_goals", "town_goals", "need_town_goals", "town_baselines", "target_organisations")
_READING = (
    "TEXT NOT NULL DEFAULT 'total'"
    " CHECK (reading IN ('total', 'level', 'running', 'amount', 'share', 'average'))"
)
_FACTOR = (
    "TEXT NOT NULL DEFAULT '1' CHECK (factor GLOB '[1-9]*' AND factor NOT GLOB '*[^0-9/]*'"
    " AND factor NOT GLOB '*/[0/]*' AND factor NOT GLOB '*/*/*' AND factor NOT GLOB '*/')"
)
_BASELINE = "ANY CHECK (baseline IS NULL OR typeof(baseline) IN ('integer', 'real') OR baseline = 'first')"
_COLUMNS = (
    ("plan", "red", "REAL"),
    ("plan", "year_starts", "INTEGER NOT NULL DEFAULT 1"),
    ("tasks", "weight", "REAL"),
    ("targets", "every_part", "TEXT CHECK (every_part IN ('half', 'quarter', 'month'))"),
    ("targets", "reading", _READING),
    ("targets", "to_metric", "INTEGER REFERENCES metrics (id)"),
    ("targets", "factor", _FACTOR),
    ("targets", "follows", "TEXT REFERENCES targets (key) DEFERRABLE INITIALLY DEFERRED"),
    ("targets", "baseline", _BASELINE),
    ("targets", "decimals", "INTEGER"),
    ("targets", "weight", "REAL"),
)
_COMPARISONS = "'at_least', 'more_than', 'at_most')"


def add_promises(db: sqlite3.Connection) -> None:
    """Add the tables and columns that a database lacks, and let it compare with ``less_than``."""
    for table in ("targets", "task_needs"):
        _allow_less_than(db, table)
    for table, column, declaration in _COLUMNS:
        if not has_column(db, table, column):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declaration}")
    if not has_table(db, TABLES[0]):
        for statement in split_statements(PROMISE_TABLES):
            db.execute(statement)


def _allow_less_than(db: sqlite3.Connection, table: str) -> None:
    """Make a table anew whose own check knows three comparisons; whatever columns it has, it keeps.

    Its triggers go with it: those of the log are made anew anyway.
    """
    (declared,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    wider = declared.replace(_COMPARISONS, _COMPARISONS.replace(")", ", 'less_than')"))
    if wider == declared:
        return
    passing = quote(f"{table} passing")
    db.execute(re.sub(rf'^CREATE TABLE\s+"?{table}"?', f"CREATE TABLE {passing}", wider))
    names = db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    columns = ", ".join(quote(name) for (name,) in names)
    db.execute(f"INSERT INTO {passing} ({columns}) SELECT {columns} FROM {table} ORDER BY rowid")
    db.execute(f"DROP TABLE {table}")
    db.execute("PRAGMA legacy_alter_table = ON")  # or a view of somebody's on the table would forbid it
    db.execute(f"ALTER TABLE {passing} RENAME TO {table}")
    db.execute("PRAGMA legacy_alter_table = OFF")
