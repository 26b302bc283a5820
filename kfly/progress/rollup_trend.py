"""The way of one target over many counties, out of the figures that were kept day by day."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.counties import ZERO, CountyRow, KeptDay, find_decimals


class RollupPoint(NamedTuple):
    """One kept day.

    Attributes:
        total: None where the figures of several counties do not add up.
        met: how many counties kept the promise.
        counties: how many stand in the figures.
        reporting: how many of these have a figure.
        carried: those that did not answer on that day, and stand with their last figures.
    """

    on: date
    period: str
    total: Fraction | None
    goal: Fraction | None
    met: int
    counties: int
    reporting: int
    carried: tuple[str, ...]


class RollupWay(NamedTuple):
    """A target's way.

    Attributes:
        others: counties whose figure has another unit, comparison or rhythm: they do not stand in it.
        decimals: with which its figures are shown, if all plans say so; None: as given.
        reported: whether any of them is reported, a share or an average.
    """

    key: str
    name: str
    unit: str
    comparison: str | None
    points: tuple[RollupPoint, ...]
    others: tuple[str, ...]
    decimals: int | None
    reported: bool


def follow(key: str, days: Iterable[KeptDay]) -> RollupWay | None:
    """Follow a target from day to day; a county that did not answer stands with its last figures.

    Only within a period: what was reached last year says nothing of this one. A county that answered, and has
    the target no longer, stands in it no longer.

    Returns:
        None where nothing was kept of it.
    """
    kept = list(days)
    shapes = Counter(_shape(row) for day in kept for row in day.rows.values())
    if not shapes:
        return None
    usual = shapes.most_common(1)[0][0]
    others = sorted({name for day in kept for name, row in day.rows.items() if _shape(row) != usual})
    alike = [
        day._replace(rows={name: row for name, row in day.rows.items() if _shape(row) == usual})
        for day in kept
    ]
    rows = next(list(day.rows.values()) for day in reversed(alike) if day.rows)
    last = rows[0]
    points = tuple(_add_days(alike))
    return RollupWay(
        key,
        last.name,
        last.unit,
        last.comparison,
        points,
        tuple(others),
        find_decimals(rows),
        any(row.reported for row in rows),
    )


def _shape(row: CountyRow) -> tuple[str, str | None, bool, str]:
    """Return what rows must agree in; of a period its rhythm: ``H`` of 2022H1, nothing of 2022."""
    return row.unit, row.comparison, row.adds_up, re.sub(r"\d", "", row.period)


def _add_days(kept: Iterable[KeptDay]) -> Iterator[RollupPoint]:
    known: dict[str, CountyRow] = {}
    for day in kept:
        silent = {name: row for name, row in known.items() if name not in day.answered}
        known = {**silent, **day.rows}
        if not day.rows:
            continue
        period = Counter(row.period for row in day.rows.values()).most_common(1)[0][0]
        known = {name: row for name, row in known.items() if row.period == period}
        carried = tuple(name for name in known if name not in day.rows)
        yield _add(day.on, period, list(known.values()), carried)


def _add(day: date, period: str, rows: list[CountyRow], carried: tuple[str, ...]) -> RollupPoint:
    figures = [row.actual for row in rows if row.actual is not None]
    goals = [row.goal for row in rows if row.goal is not None]
    adds_up = rows[0].adds_up
    return RollupPoint(
        day,
        period,
        sum(figures, ZERO) if adds_up and figures else None,
        sum(goals, ZERO) if adds_up and goals else None,
        sum(row.met for row in rows),
        len(rows),
        len(figures),
        carried,
    )
