"""The way of one target over many counties, out of the figures that were kept day by day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.counties import ZERO, CountyRow, find_decimals

Days = Iterable[tuple[date, Mapping[str, CountyRow]]]


class RollupPoint(NamedTuple):
    """One kept day.

    Attributes:
        total: None where the figures of several counties do not add up.
        met: how many counties kept the promise.
        counties: how many stand in the figures.
        carried: those that did not answer on that day, and stand with their last figures.
    """

    on: date
    period: str
    total: Fraction | None
    goal: Fraction | None
    met: int
    counties: int
    carried: tuple[str, ...]


class RollupWay(NamedTuple):
    """A target's way.

    Attributes:
        others: counties whose figure has another unit or comparison: they do not stand in it.
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


def follow(key: str, days: Days) -> RollupWay | None:
    """Follow a target from day to day; a county that did not answer stands with its last figures.

    Only within a period: what was reached last year says nothing of this one.

    Returns:
        None where nothing was kept of it.
    """
    kept = [(day, dict(rows)) for day, rows in days]
    shapes = Counter(_shape(row) for _day, rows in kept for row in rows.values())
    if not shapes:
        return None
    usual = shapes.most_common(1)[0][0]
    others = sorted({name for _day, rows in kept for name, row in rows.items() if _shape(row) != usual})
    alike = [(day, {n: row for n, row in rows.items() if _shape(row) == usual}) for day, rows in kept]
    rows = next(list(rows.values()) for _day, rows in reversed(alike) if rows)
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


def _shape(row: CountyRow) -> tuple[str, str | None, bool]:
    return row.unit, row.comparison, row.adds_up


def _add_days(kept: Iterable[tuple[date, dict[str, CountyRow]]]) -> Iterator[RollupPoint]:
    known: dict[str, CountyRow] = {}
    for day, rows in kept:
        if not rows:
            continue
        period = Counter(row.period for row in rows.values()).most_common(1)[0][0]
        known = {name: row for name, row in {**known, **rows}.items() if row.period == period}
        carried = tuple(name for name in known if name not in rows)
        yield _add(day, period, list(known.values()), carried)


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
        carried,
    )
