"""What the check asks of reported figures: each question is one statement, and few rows come back."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from kfly.plan.known_kinds import FIGURE, FIGURE_DAY, FIGURE_TARGET, FIGURE_TOWN, FIGURE_VALUE
from kfly.store.schema.tables import quote

_TABLE, _TARGET, _TOWN, _VALUE, _DAY = map(
    quote, (FIGURE, FIGURE_TARGET, FIGURE_TOWN, FIGURE_VALUE, FIGURE_DAY)
)
_AMONG = f"{_TARGET} IN (SELECT value FROM json_each(:targets))"
# Figures of 0 say nothing of size, so those before and behind one are compared.
_STEPS = f"""
SELECT id, {_TARGET} AS target, {_DAY} AS day, CAST(round({_VALUE} * :scale) AS INTEGER) AS steps,
    {_TOWN} AS town, CAST(substr({_DAY}, 1, 4) AS INTEGER) - (substr({_DAY}, 6, 2) < :month) AS year
FROM {_TABLE} WHERE {_VALUE} <> 0 AND {_AMONG}
"""
_LEAPS = f"""
SELECT id, target, day, steps, before_day, before, earlier_day, earlier FROM (
    SELECT id, target, day, steps, year, lag(year) OVER its AS before_year,
        lag(day) OVER its AS before_day, lag(steps) OVER its AS before,
        lag(day, 2) OVER its AS earlier_day, lag(steps, 2) OVER its AS earlier
    FROM ({_STEPS}) WINDOW its AS (PARTITION BY target, town ORDER BY day, id)
)
WHERE steps > 0 = before > 0 AND (
    abs(steps) >= :factor * abs(before) OR :factor * abs(steps) <= abs(before) OR year <> before_year
)
ORDER BY id
"""
# The plus takes the column's type away from the id: else SQLite would not look the key up in the log's index.
ENTERED = f"""
SELECT id, day, made_at FROM (
    SELECT f.id, f.{_DAY} AS day, (
        SELECT made_at FROM changes AS c JOIN change_groups AS g ON g.id = c."group"
        WHERE c."table" || '' = :table AND c.key = +f.id AND (
            c.before IS NULL
            OR json_extract(c.before, '$.{FIGURE_DAY}') IS NOT json_extract(c.after, '$.{FIGURE_DAY}')
            OR json_extract(c.before, '$.{FIGURE_VALUE}') IS NOT json_extract(c.after, '$.{FIGURE_VALUE}')
        ) ORDER BY c.id DESC LIMIT 1
    ) AS made_at
    FROM {_TABLE} AS f
    WHERE f.{_DAY} >= (SELECT min(substr(made_at, 1, 10)) FROM change_groups) AND f.{_DAY} <= :until
)
WHERE day >= substr(made_at, 1, 10)
ORDER BY id
"""


class Step(NamedTuple):
    """A figure on a day, in smallest steps."""

    day: date
    steps: int


class Leap(NamedTuple):
    """A figure that may be far from the one before it.

    Attributes:
        record: its id.
        target: the key of its target.
        its: the figure.
        before: the one before it, of the same target and town.
        earlier: the one before that, if there is one.
    """

    record: int
    target: str
    its: Step
    before: Step
    earlier: Step | None


def find_leaps(
    db: sqlite3.Connection, targets: Collection[str], *, scale: int, factor: int, year_starts: int
) -> Iterator[Leap]:
    """Find figures that are so many times the one before them, or as small a part, or in another year.

    Args:
        db: the database.
        targets: the keys of the targets whose figures are looked at.
        scale: how many smallest steps make one.
        factor: how many times.
        year_starts: the month in which the plan's years begin.
    """
    asked = {
        "targets": json.dumps([*targets]),
        "scale": scale,
        "factor": factor,
        "month": f"{year_starts:02d}",
    }
    for record, target, day, steps, before_day, before, earlier_day, earlier in db.execute(_LEAPS, asked):
        first = None if earlier is None else _step(earlier_day, earlier)
        yield Leap(record, target, _step(day, steps), _step(before_day, before), first)


def find_above(db: sqlite3.Connection, targets: Collection[str], most: int) -> Iterator[tuple[int, float]]:
    """Find the figures of some targets that are above an amount: their ids and values."""
    sql = f"SELECT id, {_VALUE} FROM {_TABLE} WHERE {_VALUE} > :most AND {_AMONG} ORDER BY id"
    yield from db.execute(sql, {"targets": json.dumps([*targets]), "most": most})


def read_months(db: sqlite3.Connection) -> dict[str, dict[str | None, set[int]]]:
    """Read the months of which there are figures, by target and town: months since the year 0."""
    found: dict[str, dict[str | None, set[int]]] = {}
    sql = f"SELECT DISTINCT {_TARGET}, {_TOWN}, substr({_DAY}, 1, 7) FROM {_TABLE}"
    for target, town, month in db.execute(sql):
        number = int(month[:4]) * 12 + int(month[5:]) - 1
        found.setdefault(target, {}).setdefault(town, set()).add(number)
    return found


def find_entered_early(db: sqlite3.Connection, until: date) -> Iterator[tuple[int, date, str]]:
    """Find figures that were entered, by the log, no later than on the day they speak of.

    Args:
        db: the database.
        until: the last such day that is asked about.

    Yields:
        the figure's id, that day, and when its value or day came to be what it is, in UTC.
    """
    for record, day, made_at in db.execute(ENTERED, {"table": FIGURE, "until": until.isoformat()}):
        yield record, date.fromisoformat(day), made_at


def _step(day: Any, steps: Any) -> Step:
    return Step(date.fromisoformat(day), steps)
