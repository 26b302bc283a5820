"""The columns of mail since schema 5: copies and replies, and what the server said of a mail that it took."""

import sqlite3

from kfly.store.schema.tables import has_column

_COLUMNS = (
    ("plan", "reply_to", "TEXT"),
    ("organisations", "email_cc", "TEXT"),
    ("mailings", "answer", "TEXT"),
    ("mailings", "without_workbook", "INTEGER NOT NULL DEFAULT 0"),
)


def add_mail_columns(db: sqlite3.Connection) -> None:
    """Add those that a database lacks; its tables may have been made by an earlier step of this program."""
    for table, column, declaration in _COLUMNS:
        if not has_column(db, table, column):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declaration}")
