"""What was reported of targets, day by day: read for all of them at once.

No totals of these are kept: where a figure was removed or moved to another day, a total of 0 would be left,
and a figure of 0 is not the same as none.
"""

import sqlite3
from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise

from kfly.plan.known_kinds import FIGURE, FIGURE_DAY, FIGURE_TARGET, FIGURE_TOWN, FIGURE_VALUE
from kfly.plan.metrics import Metric
from kfly.plan.stepped import SteppedSpans
from kfly.store.schema.tables import quote

SCALE = 10**6  # as many decimals as a figure has
# Of each target and town the days as one text and the figures as another, which is several times as quick
# as row by row; grouped as the index of the natural key is, so that nothing is sorted.
_ALL = """
SELECT {target}, coalesce({town}, ''), group_concat({day}),
    group_concat(CAST(round({value} * {scale}) AS INTEGER))
FROM {table} WHERE {target} IN ({marks}) AND {day} IS NOT NULL AND {value} IS NOT NULL
GROUP BY {target}, coalesce({town}, '')
"""


def is_reported(metric: Metric) -> bool:
    """Tell whether a metric is that of a target that is reported from outside."""
    if (metric.kind, metric.field, metric.dated) != (FIGURE, FIGURE_VALUE, FIGURE_DAY):
        return False  # an older plan's own kind of that name
    return [condition.field for condition in metric.where] == [FIGURE_TARGET]


def read(
    db: sqlite3.Connection, metrics: Collection[Metric], *, by_town: bool
) -> Iterator[tuple[Metric, SteppedSpans]]:
    """Read the figures of targets, those of one day added up.

    Args:
        db: the database.
        metrics: those of the targets.
        by_town: by their towns, even where a metric is not.
    """
    if not metrics:
        return
    keys = {metric: metric.where[0].values[0] for metric in metrics}
    found: dict[str, dict[str, tuple[list[str], list[int]]]] = {}
    for key, town, days, steps in db.execute(_write(len(keys)), list(keys.values())):
        found.setdefault(key, {})[town] = _put_in_order(days.split(","), list(map(int, steps.split(","))))
    for metric, key in keys.items():
        its = found.get(key, {})
        yield metric, _by_town(its) if by_town or metric.towns is not None else _add_up(its)


def _write(number: int) -> str:
    return _ALL.format(
        target=quote(FIGURE_TARGET),
        town=quote(FIGURE_TOWN),
        day=quote(FIGURE_DAY),
        value=quote(FIGURE_VALUE),
        scale=SCALE,
        table=quote(FIGURE),
        marks=", ".join("?" * number),
    )


def _put_in_order(days: list[str], steps: list[int]) -> tuple[list[str], list[int]]:
    """Put figures in the order of their days, those of one day added up."""
    if all(day < later for day, later in pairwise(days)):
        return days, steps
    added: dict[str, int] = {}
    for day, its in zip(days, steps, strict=True):
        added[day] = added.get(day, 0) + its
    return sorted(added), [added[day] for day in sorted(added)]


def _by_town(found: dict[str, tuple[list[str], list[int]]]) -> SteppedSpans:
    since = [date.fromisoformat(day) for days, _steps in found.values() for day in days]
    steps = [each for _days, its in found.values() for each in its]
    towns = [town or None for town, (days, _steps) in found.items() for _day in days]
    return SteppedSpans(since, None, steps, SCALE, towns)


def _add_up(found: dict[str, tuple[list[str], list[int]]]) -> SteppedSpans:
    """Add up all towns, if there are any where none should be."""
    days, steps = next(iter(found.values())) if len(found) == 1 else ([], [])
    if len(found) > 1:
        days, steps = _put_in_order(
            [day for its, _steps in found.values() for day in its],
            [each for _days, its in found.values() for each in its],
        )
    return SteppedSpans(list(map(date.fromisoformat, days)), None, steps, SCALE)
