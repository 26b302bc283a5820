"""The one place that turns a metric into a query."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kfly.plan.metrics import KNOWN, Condition, Metric
from kfly.store.schema.tables import quote


class Question(NamedTuple):
    """A metric as SQL: what its records amount to, grouped by town and by the days between which they count.

    Attributes:
        columns: what is selected: town, since, until, amount.
        kind: the table it is asked of.
        where: the conditions for a record to count at all.
        groups: what is grouped by; empty for none.
        values: what is filled into the conditions.
        scale: the amounts are in steps of which so many make one.
        reads: the tables that the conditions look into.
    """

    columns: str
    kind: str
    where: str
    groups: str
    values: tuple[str | float, ...]
    scale: int
    by_town: bool
    reads: frozenset[str]

    def statement(self, source: str | None = None) -> str:
        """Write the query: of the kind's own table, or of a source that has its columns."""
        grouped = (
            f"SELECT {self.columns} FROM {source or quote(self.kind)} WHERE {self.where}"
            f" GROUP BY {self.groups}"
        )
        if self.by_town:
            return f"{grouped} ORDER BY {self.groups}"
        return (
            "SELECT NULL AS town, since, until, sum(amount) AS amount"
            f" FROM ({grouped}) GROUP BY since, until ORDER BY since, until"
        )


def find_lacking(db: sqlite3.Connection, metric: Metric, day: date) -> Iterator[int]:
    """Find the records that a metric is of on a day, and that lack the field it sums."""
    others = tuple(c for c in metric.where if (c.operator, c.field) != (KNOWN, metric.field))
    whole = metric._replace(field=None, where=others)
    columns = _columns(db, whole)
    where, values = _conditions(db, whole, columns, set())
    ended = "" if columns.until == "NULL" else f" AND ({columns.until} IS NULL OR {columns.until} > ?)"
    days = [day.isoformat()] * (2 if ended else 1)
    sql = (
        f"SELECT id FROM {quote(metric.kind)} WHERE {quote(metric.field or '')} IS NULL AND {where}"
        f" AND {columns.since} <= ?{ended} ORDER BY id"
    )
    for (record,) in db.execute(sql, (*values, *days)):
        yield record


class _Columns(NamedTuple):
    """The columns of a kind that counting needs."""

    town: str
    since: str
    until: str
    scale: int


def ask(db: sqlite3.Connection, metric: Metric, *, by_town: bool) -> Question:
    """Write the question that a metric puts to the records of its kind."""
    columns = _columns(db, metric)
    reads: set[str] = set()
    where, values = _conditions(db, metric, columns, reads)
    amount = (
        "count(*)"
        if metric.field is None
        else f"sum(CAST(round({quote(metric.field)} * {columns.scale}) AS INTEGER))"
    )
    # Grouped by town first, always: that walks the (town, date) index, which the date alone cannot, nor with
    # a constant among the groups: SQLite would sort all rows for it.
    groups = ", ".join(str(n) for n, column in enumerate(columns[:3], start=1) if column != "NULL")
    return Question(
        f"{columns.town} AS town, {columns.since} AS since, {columns.until} AS until, {amount} AS amount",
        metric.kind,
        where,
        groups,
        tuple(values),
        columns.scale,
        by_town,
        frozenset(reads),
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


def _conditions(
    db: sqlite3.Connection, metric: Metric, columns: _Columns, reads: set[str]
) -> tuple[str, list[str | float]]:
    """Write the conditions for a record to count at all, with the values to fill in; note what they read."""
    parts = [f"{columns.since} IS NOT NULL"]
    if columns.until != "NULL":
        parts.append(f"({columns.until} IS NULL OR {columns.until} > {columns.since})")
    if metric.field is not None:
        parts.append(f"{quote(metric.field)} IS NOT NULL")
    values: list[str | float] = []
    for condition in metric.where:
        part, filled_in = _compared(db, metric.kind, condition, reads)
        parts.append(part)
        values += filled_in
    return " AND ".join(parts), values


def _compared(
    db: sqlite3.Connection, kind: str, condition: Condition, reads: set[str]
) -> tuple[str, Iterable[str | float]]:
    """Write one condition, with the values to fill in."""
    sql = "SELECT type, refers_to FROM fields WHERE kind = ? AND name = ?"
    type_, refers_to = db.execute(sql, (kind, condition.field)).fetchone()
    column = quote(condition.field)
    if condition.operator == KNOWN:
        return f"{column} IS NOT NULL", ()
    marks = ", ".join("?" * len(condition.values))
    values: Iterable[str | float] = condition.values
    if type_ in ("number", "integer", "year"):
        # SQLite's own reading of 877.133578 is not always the nearest number.
        values = map(float, condition.values)
    if refers_to:
        name, qualified = name_records(db, refers_to, reads)
        marks = f"SELECT id FROM {quote(refers_to)} WHERE {name} IN ({marks}) OR {qualified} IN ({marks})"
        values = condition.values * 2
    if condition.operator == "!=":
        return f"({column} IS NULL OR {column} NOT IN ({marks}))", values
    if condition.operator in ("=", "in"):
        return f"{column} IN ({marks})", values
    return f"{column} {condition.operator} {marks}", values


def name_records(db: sqlite3.Connection, kind: str, reads: set[str]) -> tuple[str, str]:
    """Write what people call a record: the first part of its natural key alone, or behind the others."""
    reads.add(kind)
    sql = (
        "SELECT name, refers_to FROM fields WHERE kind = ? AND key_position IS NOT NULL ORDER BY key_position"
    )
    name, *others = [_part(db, kind, field, to, reads) for field, to in db.execute(sql, (kind,)).fetchall()]
    return name, " || '/' || ".join([*others, name])


def _part(db: sqlite3.Connection, kind: str, field: str, refers_to: str | None, reads: set[str]) -> str:
    """Write a part of the natural key as people read it: another record by its name."""
    column = f"{quote(kind)}.{quote(field)}"
    if refers_to is None or refers_to == kind:
        return f"coalesce({column}, '')"
    name, _qualified = name_records(db, refers_to, reads)
    return f"coalesce((SELECT {name} FROM {quote(refers_to)} WHERE id = {column}), '')"
