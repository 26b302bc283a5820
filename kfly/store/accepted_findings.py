"""Reading and writing the findings of ``check`` that the office has accepted."""

import sqlite3
from collections.abc import Mapping

from kfly.clock import now
from kfly.store.schema.tables import has_table


def read_reasons(db: sqlite3.Connection) -> dict[str, str]:
    """Read why each finding was accepted, by its ID; a database older than schema 4 has none."""
    if not has_table(db, "accepted_findings"):
        return {}
    return dict(db.execute("SELECT finding, reason FROM accepted_findings").fetchall())


def insert(db: sqlite3.Connection, row: Mapping[str, str | None]) -> None:
    """Note that a finding is accepted: its ID, code, kind and record, and the reason."""
    db.execute(
        "INSERT INTO accepted_findings (finding, code, kind, record, reason, accepted_at)"
        " VALUES (:finding, :code, :kind, :record, :reason, :accepted_at)",
        {**row, "accepted_at": now()},
    )
