"""What the records of metrics amount to, day by day: as it was kept up to date, else counted now."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from kfly.plan.metrics import Metric
from kfly.plan.stepped import SteppedSpans
from kfly.store import figures, totals
from kfly.store.asking import ask, name_records
from kfly.store.plan.reading import read_metrics
from kfly.store.schema.tables import quote
from kfly.store.totals import Totals


def read(
    db: sqlite3.Connection,
    metrics: Iterable[Metric],
    *,
    by_town: bool = False,
    days: Collection[date] = (),
) -> dict[Metric, SteppedSpans]:
    """Read what each metric's records amount to, grouped by the days between which they count.

    Args:
        db: the database.
        metrics: what is asked for.
        by_town: group by their towns too, whatever the metric is; None stands for records without one.
        days: the only days that are asked about, and the eves of all windows; then what comes between two
            of them may come as one, on the later.
    """
    kept = totals.find_kept(db)
    asked = [day.isoformat() for day in sorted(days)]
    wanted = list(metrics)
    reported = [metric for metric in wanted if figures.is_reported(metric)]
    found = dict(figures.read(db, reported, by_town=by_town))
    for metric in wanted:
        if metric not in found:
            found[metric] = _read_one(db, metric, kept, asked, by_town=by_town or metric.towns is not None)
    return found


def _read_one(
    db: sqlite3.Connection,
    metric: Metric,
    kept: dict[str, tuple[int, int]],
    days: Sequence[str],
    *,
    by_town: bool,
) -> SteppedSpans:
    name = totals.name_question(metric, by_town=by_town)
    if name in kept:
        question, scale = kept[name]
        if days:
            return _make(totals.read_until(db, question, days), scale, by_town=by_town)
        return _join(totals.read(db, question), scale, by_town=by_town)
    return count(db, metric, by_town=by_town)


def find_wrong_totals(db: sqlite3.Connection) -> list[Metric]:
    """Find the metrics whose kept totals are not those of the records, counted one by one."""
    kept = totals.find_kept(db)
    wrong = []
    for metric in read_metrics(db).values() if kept else ():
        for by_town in (False, True):
            name = totals.name_question(metric, by_town=by_town)
            if name not in kept:
                continue
            number, scale = kept[name]
            question = ask(db, metric, by_town=by_town)
            rows = db.execute(question.statement(), question.values)
            counted = ((town or "", since, until or "", steps) for town, since, until, steps in rows)
            if _sort(totals.read_rows(db, number), question.scale) != _sort(counted, scale):
                wrong.append(metric)
                break
    return wrong


def _sort(rows: Iterable[tuple[str, str, str, int]], factor: int) -> list[tuple[str, str, str, int]]:
    """Sort what there is for each town and days, in smallest steps times a factor."""
    return sorted((town, since, until, steps * factor) for town, since, until, steps in rows if steps)


def count(db: sqlite3.Connection, metric: Metric, *, by_town: bool) -> SteppedSpans:
    """Count a metric's records now, one by one."""
    question = ask(db, metric, by_town=by_town)
    rows = db.execute(question.statement(), question.values).fetchall()
    return _make(rows, question.scale, by_town=by_town)


def _join(kept: Iterable[Totals], scale: int, *, by_town: bool) -> SteppedSpans:
    """Make spans of the totals of towns that were kept."""
    since: list[date] = []
    until: list[date | None] = []
    steps: list[int] = []
    towns: list[str | None] = []
    for town, begins, ends, its in kept:
        since += map(date.fromisoformat, begins)
        until += (
            [date.fromisoformat(day) if day else None for day in ends] if any(ends) else [None] * len(its)
        )
        steps += its
        towns += [town or None] * len(its)
    return SteppedSpans(since, until if any(until) else None, steps, scale, towns if by_town else None)


def _make(rows: list[tuple[Any, ...]], scale: int, *, by_town: bool) -> SteppedSpans:
    towns, since, until, steps = zip(*rows, strict=True) if rows else ((), (), (), ())
    return SteppedSpans(
        list(map(date.fromisoformat, since)),
        [date.fromisoformat(day) if day else None for day in until] if any(until) else None,
        list(steps),
        scale,
        [town or None for town in towns] if by_town else None,
    )


def read_called(db: sqlite3.Connection, kind: str) -> dict[int, tuple[Any, Any]]:
    """Read what a condition knows each record of a kind by: its name, and the name behind its other parts."""
    name, qualified = name_records(db, kind, set())
    rows = db.execute(f"SELECT id, {name}, {qualified} FROM {quote(kind)}")
    return {record: (alone, whole) for record, alone, whole in rows}
