"""Rows as the log keeps them: each a JSON object, and the SQL that writes it, numbers to the last digit."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kfly.plan.changes import UNREADABLE, LoggedRow
from kfly.store.schema.tables import quote

# What no REAL column may hold, as SQLite and JSON both read it; before schema 5 the log called it “Inf”,
# which no reader of JSON knows.
INFINITE = "9e999"
_TEXT_OR_INFINITE = re.compile(r'"(?:[^"\\]|\\.)*"|-?\bInf\b')
_EXACT = ("INTEGER", "INT", "TEXT")  # types whose values json_object writes as they are


class Column(NamedTuple):
    """A column of a table: its place in the primary key from 1, or 0; its type."""

    part: int
    type: str


Columns = Mapping[str, Column]


def find_key(columns: Columns) -> tuple[str, ...]:
    """Find the columns of a table's primary key, in their order."""
    return tuple(name for name, its in sorted(columns.items(), key=lambda c: c[1].part) if its.part)


def write_key(columns: Iterable[str], prefix: str = "") -> str:
    """Write the SQL that names a row in the log: its primary key, of one column or of several."""
    parts = [prefix + quote(name) for name in columns]
    return parts[0] if len(parts) == 1 else f"json_array({', '.join(parts)})"


def write_row(columns: Columns, prefix: str = "") -> str:
    """Write the SQL that makes a row a JSON object."""
    pairs = (_text(name) + ", " + _write_value(prefix + quote(name), its) for name, its in columns.items())
    return f"json_object({', '.join(pairs)})"


def find_numbers(columns: Columns) -> tuple[str, ...]:
    """Find the columns that may hold numbers with a fraction, and so an infinite one."""
    return tuple(name for name, its in columns.items() if its.type not in _EXACT)


def _write_value(column: str, its: Column) -> str:
    """Write the SQL for a value in JSON: by itself SQLite gives 15 digits of a number, or a word."""
    if its.type in _EXACT:
        return column
    inexact = f"{column} <> round({column}, 6) OR abs({column}) >= 1e9"
    if its.type != "REAL":
        inexact = f"typeof({column}) = 'real' AND ({inexact})"
    digits = f"replace(printf('%!.20g', {column}), 'Inf', '{INFINITE}')"
    return f"iif({inexact}, json({digits}), {column})"


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def read_row(text: str | None) -> LoggedRow | None:
    """Read a row as it stands in a line of the log; ``UNREADABLE`` for what is no row at all."""
    if text is None:
        return None
    try:
        row = json.loads(text)
    except ValueError:
        row = _read_infinite(text)
    return row if isinstance(row, dict) else UNREADABLE


def _read_infinite(text: str) -> object:
    """Read a row of before schema 5 that holds an infinite number."""
    try:
        return json.loads(_TEXT_OR_INFINITE.sub(_spell, text))
    except ValueError:
        return None


def _spell(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else found[0].replace("Inf", INFINITE)
