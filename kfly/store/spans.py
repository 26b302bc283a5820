"""The one place that turns a metric into a query."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from kfly.plan.model import Condition, Metric, Span
from kfly.store.schema.tables import quote


def read(
    db: sqlite3.Connection, metrics: Iterable[Metric], *, by_town: bool = False
) -> dict[Metric, tuple[Span, ...]]:
    """Read what each metric's records amount to, grouped by the days between which they count.

    Args:
        db: the database.
        metrics: what is asked for.
        by_town: group by their towns too, whatever the metric is; None stands for records without one.
    """
    return {
        metric: tuple(_spans(db, metric, by_town=by_town or metric.towns is not None)) for metric in metrics
    }


def read_called(db: sqlite3.Connection, kind: str) -> dict[int, tuple[Any, Any]]:
    """Read what a condition knows each record of a kind by: its name, and the name behind its other parts."""
    name, qualified = _titles(db, kind)
    rows = db.execute(f"SELECT id, {name}, {qualified} FROM {quote(kind)}")
    return {record: (alone, whole) for record, alone, whole in rows}


class _Columns(NamedTuple):
    """The columns of a kind that counting needs."""

    town: str
    since: str
    until: str
    scale: int


def _spans(db: sqlite3.Connection, metric: Metric, *, by_town: bool) -> Iterable[Span]:
    columns = _columns(db, metric)
    where, values = _conditions(db, metric, columns)
    amount = (
        "count(*)"
        if metric.field is None
        else f"sum(CAST(round({quote(metric.field)} * {columns.scale}) AS INTEGER))"
    )
    # Grouped by town first, always: that walks the (town, date) index, which the date alone cannot, nor with
    # a constant among the groups: SQLite would sort all rows for it.
    groups = ", ".join(str(n) for n, column in enumerate(columns[:3], start=1) if column != "NULL")
    grouped = (
        f"SELECT {columns.town} AS town, {columns.since} AS since, {columns.until} AS until,"
        f" {amount} AS amount FROM {quote(metric.kind)} WHERE {where} GROUP BY {groups}"
    )
    if not by_town:
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
        since=quote(metric.dated or since),
        until=quote(until) if until else "NULL",
        town=quote(town) if town else "NULL",
        scale=10**decimals if type_ == "number" else 1,
    )


def _conditions(db: sqlite3.Connection, metric: Metric, columns: _Columns) -> tuple[str, list[str | float]]:
    """Write the conditions for a record to count at all, with the values to fill in."""
    parts = [f"{columns.since} IS NOT NULL"]
    if columns.until != "NULL":
        parts.append(f"({columns.until} IS NULL OR {columns.until} > {columns.since})")
    if metric.field is not None:
        parts.append(f"{quote(metric.field)} IS NOT NULL")
    values: list[str | float] = []
    for condition in metric.where:
        part, filled_in = _compared(db, metric.kind, condition)
        parts.append(part)
        values += filled_in
    return " AND ".join(parts), values


def _compared(db: sqlite3.Connection, kind: str, condition: Condition) -> tuple[str, Iterable[str | float]]:
    """Write one condition, with the values to fill in."""
    sql = "SELECT type, refers_to FROM fields WHERE kind = ? AND name = ?"
    type_, refers_to = db.execute(sql, (kind, condition.field)).fetchone()
    column = quote(condition.field)
    marks = ", ".join("?" * len(condition.values))
    values: Iterable[str | float] = condition.values
    if type_ in ("number", "integer", "year"):
        # SQLite's own reading of 877.133578 is not always the nearest number.
        values = map(float, condition.values)
    if refers_to:
        name, qualified = _titles(db, refers_to)
        marks = f"SELECT id FROM {quote(refers_to)} WHERE {name} IN ({marks}) OR {qualified} IN ({marks})"
        values = condition.values * 2
    if condition.operator == "!=":
        return f"({column} IS NULL OR {column} NOT IN ({marks}))", values
    if condition.operator in ("=", "in"):
        return f"{column} IN ({marks})", values
    return f"{column} {condition.operator} {marks}", values


def _titles(db: sqlite3.Connection, kind: str) -> tuple[str, str]:
    """Write what people call a record: the first part of its natural key alone, or behind the others."""
    sql = (
        "SELECT name, refers_to FROM fields WHERE kind = ? AND key_position IS NOT NULL ORDER BY key_position"
    )
    name, *others = [_part(db, kind, *row) for row in db.execute(sql, (kind,)).fetchall()]
    return name, " || '/' || ".join([*others, name])


def _part(db: sqlite3.Connection, kind: str, field: str, refers_to: str | None) -> str:
    """Write a part of the natural key as people read it: another record by its name."""
    column = f"{quote(kind)}.{quote(field)}"
    if refers_to is None or refers_to == kind:
        return f"coalesce({column}, '')"
    name, _qualified = _titles(db, refers_to)
    return f"coalesce((SELECT {name} FROM {quote(refers_to)} WHERE id = {column}), '')"
