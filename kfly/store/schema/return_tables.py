"""The tables since schema 10: what is to be sent by whom, nil returns, and whose entries have come."""

import sqlite3

from kfly.store.schema.tables import has_table, split_statements

RETURN_TABLES = """
-- Returns (报送): records of which kind are to be sent, how often, and by which day of the month after.
CREATE TABLE returns (
    kind TEXT PRIMARY KEY REFERENCES kinds (name),
    every TEXT NOT NULL CHECK (every IN ('year', 'half', 'quarter', 'month')),
    due_day INTEGER NOT NULL CHECK (due_day BETWEEN 1 AND 31),
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE return_organisations (
    kind TEXT NOT NULL REFERENCES returns (kind),
    position INTEGER NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    PRIMARY KEY (kind, position)
) STRICT;
-- Nil returns (零报告): the word that there was nothing to send. They name a kind and refer to none.
CREATE TABLE returned (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    returned_on TEXT NOT NULL CHECK (returned_on IS date(returned_on, '+0 days')),
    period TEXT,                        -- the one it is for: 2022-02; NULL: by its day, as any other entry
    recorded_at TEXT NOT NULL           -- UTC
) STRICT;
CREATE INDEX "returned by an organisation" ON returned (organisation);
"""
ENTRY_TABLES = """
-- Of which towns each command brought in records of the kinds that are to be sent, so that nobody reads the
-- whole log for it. Derived, never logged.
CREATE TABLE "kept entries" (
    kind TEXT NOT NULL,
    town TEXT NOT NULL,
    "group" INTEGER NOT NULL,           -- of the log
    PRIMARY KEY (kind, town, "group")
) STRICT, WITHOUT ROWID;
-- The last group of the log of which the entries of a kind are kept.
CREATE TABLE "entries kept up to" (
    kind TEXT PRIMARY KEY,
    "group" INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
KEPT = ("kept entries", "entries kept up to")
TABLES = ("returns", "return_organisations", "returned")


def add_returns(db: sqlite3.Connection) -> None:
    """Add the tables that a database lacks."""
    if not has_table(db, TABLES[0]):
        for statement in split_statements(RETURN_TABLES + ENTRY_TABLES):
            db.execute(statement)
