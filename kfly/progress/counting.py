"""Whether one record counts toward a target on a day, and if not, the first reason why.

The same rule that ``store/spans.py`` puts to the database for all records at once (design, "Counting").
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from kfly.plan.kinds import Field, Kind, Record, Value
from kfly.plan.metrics import Condition, Metric
from kfly.plan.model import Plan
from kfly.progress.owed import find_window

# Why a record does not count.
DIFFERS = "differs"  # its value is none of those that are counted
EXCLUDED = "excluded"  # its value is the one that is not counted
OUT_OF_BOUNDS = "out_of_bounds"  # its value lies on the wrong side of a bound
EMPTY = "empty"  # it lacks a value that is asked for, or added up
UNDATED = "undated"  # it lacks the day from which it would count
ELSEWHERE = "elsewhere"  # its town owes none of it
TOO_EARLY = "too_early"  # it began before the window
TOO_LATE = "too_late"  # it began after the window of the last year
TO_COME = "to_come"  # its day has not come yet
ENDED = "ended"  # it counts no longer

COMPARED: dict[str, Callable[[Any, Any], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt}

Called = Mapping[int, tuple[Any, Any]]  # by id: a record's name, and the name behind its town
Referred = Mapping[str, Called]  # by kind


class Obstacle(NamedTuple):
    """What keeps a record from counting: a code, the field that it is about, and what stands in the way.

    Attributes:
        code: one of this module's.
        field: the name of the field.
        value: what the record has there, as people read it; None for nothing.
        operator: how it was compared.
        wanted: what it was held against: a condition's values, or the day at which a window begins or ends.
    """

    code: str
    field: str
    value: Value = None
    operator: str = "="
    wanted: tuple[str, ...] = ()


Counting = dict[str, Obstacle | None]  # by the key of each target of the kind; None where the record counts


class Window(NamedTuple):
    """The days from which a record counts toward a target: none before ``start``, none after ``end``."""

    start: date | None
    end: date | None
    day: date  # the day asked


def count_record(plan: Plan, kind: Kind, values: Record, referred: Referred, day: date) -> Counting:
    """Say of each target that is measured by records of this kind whether a record counts toward it.

    Args:
        plan: for its targets and their windows.
        kind: the record's.
        values: the record, as the database keeps it.
        referred: what the records are called that those of this kind refer to.
        day: the day asked.
    """
    return {
        target.key: find_obstacle(
            metric=target.metric,
            kind=kind,
            values=values,
            referred=referred,
            within=_within(target.metric, *find_window(target, plan, day), day),
        )
        for target in plan.targets
        if target.metric.kind == kind.name
    }


def _within(metric: Metric, start: date, end: date | None, day: date) -> Window:
    return Window(None if metric.stock else start, end, day)


def find_obstacle(
    metric: Metric, kind: Kind, values: Record, referred: Referred, within: Window
) -> Obstacle | None:
    """Find the first reason why a record does not count; None when it does."""
    return next(_obstacles(metric, kind, values, referred, within), None)


def _obstacles(
    metric: Metric, kind: Kind, values: Record, referred: Referred, within: Window
) -> Iterator[Obstacle]:
    """Yield what keeps a record from counting: what it is, whose it is, when it is, how much it is."""
    for condition in metric.where:
        field = kind.field(condition.field)
        if field is not None:
            yield from _unlike(condition, field, values, referred)
    yield from _elsewhere(metric, kind, values)
    yield from _at_another_time(metric.dated or kind.counts_on or "", kind, values, within)
    if metric.field is not None and values.get(metric.field) is None:
        yield Obstacle(EMPTY, metric.field)


def _unlike(condition: Condition, field: Field, values: Record, referred: Referred) -> Iterator[Obstacle]:
    """Yield an obstacle where a condition does not hold; what is empty only differs from any value."""
    value, operator, wanted = values.get(field.name), condition.operator, condition.values
    if value is None:
        if operator != "!=":
            yield Obstacle(EMPTY, field.name)
        return
    names = _names(field, value, referred)
    shown = names[0] if field.to else value
    known = [float(text) for text in wanted] if field.numeric else list[Any](wanted)
    if operator in COMPARED:
        if not COMPARED[operator](names[0], known[0]):
            yield Obstacle(OUT_OF_BOUNDS, field.name, shown, operator, wanted)
    elif any(name in known for name in names) == (operator == "!="):
        code = EXCLUDED if operator == "!=" else DIFFERS
        yield Obstacle(code, field.name, shown, operator, wanted)


def _names(field: Field, value: Value, referred: Referred) -> tuple[Any, ...]:
    """Return what a value is known by: itself, or of a reference the names of the record that it means."""
    if field.to is None:
        return (value,)
    return referred.get(field.to, {}).get(int(value or 0), (f"#{value}",))


def _elsewhere(metric: Metric, kind: Kind, values: Record) -> Iterator[Obstacle]:
    """Yield an obstacle where the target is per town, and the record's town owes none of it."""
    if metric.towns is None or kind.town is None:
        return
    town = values.get(kind.town.name)
    if town is None:
        yield Obstacle(EMPTY, kind.town.name)
    elif town not in metric.towns:
        yield Obstacle(ELSEWHERE, kind.town.name, town)


def _at_another_time(counts_on: str, kind: Kind, values: Record, within: Window) -> Iterator[Obstacle]:
    """Yield an obstacle where a record has not begun to count, began outside the window, or has ended."""
    since, until = values.get(counts_on), values.get(kind.counts_until or "")
    start, end, day = within
    if since is None:
        yield Obstacle(UNDATED, counts_on)
        return
    if start is not None and str(since) < start.isoformat():
        yield Obstacle(TOO_EARLY, counts_on, since, wanted=(start.isoformat(),))
    if str(since) > day.isoformat():
        yield Obstacle(TO_COME, counts_on, since)
    if end is not None and str(since) > end.isoformat():
        yield Obstacle(TOO_LATE, counts_on, since, wanted=(end.isoformat(),))
    last = min(day, end) if end else day  # what ends later was there in the year that is asked about
    if until is not None and (str(until) <= last.isoformat() or str(until) <= str(since)):
        yield Obstacle(ENDED, kind.counts_until or "", until)
