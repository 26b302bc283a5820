"""The one place that turns a metric into a query."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import Condition, Metric, Span
from kfly.store.schema import quoted


def read(db: sqlite3.Connection, metrics: Iterable[Metric]) -> dict[Metric, tuple[Span, ...]]:
    """What each metric's records amount to, grouped by the days between which they count."""
    return {metric: tuple(_spans(db, metric)) for metric in metrics}


class _Columns(NamedTuple):
    """The columns of a kind that counting needs."""

    since: str
    until: str
    town: str
    scale: int


def _spans(db: sqlite3.Connection, metric: Metric) -> Iterable[Span]:
    columns = _columns(db, metric)
    where, values = _conditions(db, metric)
    amount = (
        "count(*)"
        if metric.field is None
        else f"sum(CAST(round({quoted(metric.field)} * {columns.scale}) AS INTEGER))"
    )
    # Grouped by town first, always: that walks the (town, date) index, which the date alone cannot.
    grouped = (
        f"SELECT {columns.town} AS town, {columns.since} AS since, {columns.until} AS until,"
        f" {amount} AS amount FROM {quoted(metric.kind)} WHERE {where} GROUP BY 1, 2, 3"
    )
    if metric.towns is None:
        grouped = f"SELECT NULL, since, until, sum(amount) FROM ({grouped}) GROUP BY 2, 3"
    for town, since, until, total in db.execute(grouped, values):
        yield Span(
            date.fromisoformat(since),
            date.fromisoformat(until) if until else None,
            Fraction(total, columns.scale),
            town,
        )


def _columns(db: sqlite3.Connection, metric: Metric) -> _Columns:
    since, until, town, type_, decimals = db.execute(
        "SELECT counts_on, counts_until,"
        " (SELECT name FROM fields WHERE kind = kinds.name AND type = 'town' ORDER BY position LIMIT 1),"
        " (SELECT type FROM fields WHERE kind = kinds.name AND name = ?1),"
        " (SELECT decimals FROM fields WHERE kind = kinds.name AND name = ?1)"
        " FROM kinds WHERE name = ?2",
        (metric.field, metric.kind),
    ).fetchone()
    return _Columns(
        since=quoted(metric.dated or since),
        until=quoted(until) if until else "NULL",
        town=quoted(town) if town else "NULL",
        scale=10**decimals if type_ == "number" else 1,
    )


def _conditions(db: sqlite3.Connection, metric: Metric) -> tuple[str, list[str]]:
    """What a record must satisfy to count at all, with the values to fill in."""
    columns = _columns(db, metric)
    parts = [f"{columns.since} IS NOT NULL"]
    if columns.until != "NULL":
        parts.append(f"({columns.until} IS NULL OR {columns.until} > {columns.since})")
    values: list[str] = []
    for condition in metric.where:
        parts.append(_compared(db, metric.kind, condition))
        values += condition.values
    return " AND ".join(parts), values


def _compared(db: sqlite3.Connection, kind: str, condition: Condition) -> str:
    column = quoted(condition.field)
    marks = ", ".join("?" * len(condition.values))
    refers_to = _refers_to(db, kind, condition.field)
    if refers_to:
        marks = f"SELECT id FROM {quoted(refers_to)} WHERE {quoted(_title(db, refers_to))} IN ({marks})"
    if condition.operator == "!=":
        return f"({column} IS NULL OR {column} NOT IN ({marks}))"
    if condition.operator in ("=", "in") or refers_to:
        return f"{column} IN ({marks})"
    return f"{column} {condition.operator} {marks}"


def _refers_to(db: sqlite3.Connection, kind: str, field: str) -> str | None:
    row = db.execute("SELECT refers_to FROM fields WHERE kind = ? AND name = ?", (kind, field)).fetchone()
    return str(row[0]) if row and row[0] else None


def _title(db: sqlite3.Connection, kind: str) -> str:
    """The field by which people call a record: the first of its natural key."""
    sql = "SELECT name FROM fields WHERE kind = ? ORDER BY key_position IS NULL, key_position LIMIT 1"
    return str(db.execute(sql, (kind,)).fetchone()[0])
