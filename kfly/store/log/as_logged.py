"""SQL statements, for SQLite's own shell, that make a row again what the log says it is."""

import json
import re
import sqlite3
from typing import Any

from kfly.plan.changes import Key
from kfly.store.log import triggers
from kfly.store.log.drifts import Drift
from kfly.store.schema.tables import quote

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # what a command line does not accept


def write_statement(db: sqlite3.Connection, drift: Drift) -> str | None:
    """Write the statement that makes a row what was logged; triggers will log that too.

    Returns:
        the statement; None where the log's own row cannot be read.
    """
    table = quote(drift.table)
    if drift.logged is None:
        return f"DELETE FROM {table} WHERE {_is_it(db, drift)}"
    if drift.present is None:
        known = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
        row = {name: value for name, value in drift.logged.items() if name in known}
        columns, values = ", ".join(map(quote, row)), ", ".join(map(_literal, row.values()))
        return f"INSERT INTO {table} ({columns}) VALUES ({values})" if row else None
    changed = ", ".join(f"{quote(name)} = {_literal(drift.logged[name])}" for name in drift.columns)
    return f"UPDATE {table} SET {changed} WHERE {_is_it(db, drift)}" if changed else None


def _is_it(db: sqlite3.Connection, drift: Drift) -> str:
    key = triggers.primary_keys(db)[drift.table]
    values: list[Key] = json.loads(str(drift.key)) if len(key) > 1 else [drift.key]
    return " AND ".join(f"{quote(name)} = {_literal(value)}" for name, value in zip(key, values, strict=True))


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value).replace("'", "''")
    return "'" + _CONTROL.sub(lambda match: f"'||char({ord(match[0])})||'", text) + "'"
