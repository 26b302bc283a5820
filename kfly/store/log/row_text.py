"""Rows as the log keeps them: the SQL that makes each a JSON object, numbers to the last digit."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kfly.store.log.row_reading import INFINITE
from kfly.store.schema.tables import quote

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
