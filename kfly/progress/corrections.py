"""Corrections of the past: what was changed later of records that counted on a day already."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kfly.plan.changes import Change, LoggedRow
from kfly.plan.kinds import Field, Kind, Value
from kfly.plan.metrics import Metric

# What became of a record: a value was changed, it was taken out, it was recorded after its own day (补录).
CHANGED, TAKEN_OUT, ENTERED = "changed", "removed", "entered"
CORRECTIONS = (CHANGED, TAKEN_OUT, ENTERED)


class CountedFields(NamedTuple):
    """The fields of a kind that figures look at.

    Attributes:
        starts: the days from which its records count.
        until: the day from which they no longer do; empty where there is none.
        others: what is summed, what conditions ask for, and the town.
    """

    starts: tuple[str, ...]
    until: str
    others: tuple[str, ...]

    @property
    def days(self) -> tuple[str, ...]:
        """All the days between which a record counts."""
        return (*self.starts, self.until) if self.until else self.starts


class Correction(NamedTuple):
    """One value of a record, or a whole record, that is otherwise than it was known.

    Attributes:
        kind: the record's.
        id: the record's.
        what: one of ``CORRECTIONS``.
        field: whose value was changed; None for a whole record.
        before: the value that was known.
        after: the value now.
        counts_on: the day from which a whole record counts.
        title: what the record is called.
        group: the change of the log that did it.
        made_at: when, in UTC.
    """

    kind: Kind
    id: int
    what: str
    field: Field | None = None
    before: Value = None
    after: Value = None
    counts_on: str | None = None
    title: str = ""
    group: int = 0
    made_at: str = ""


def find_counted_fields(kind: Kind, metrics: Iterable[Metric]) -> CountedFields | None:
    """Find which fields of a kind some metrics look at; None where they count no records of it."""
    own = [metric for metric in metrics if metric.kind == kind.name]
    if not own:
        return None
    starts = dict.fromkeys(metric.dated or kind.counts_on or "" for metric in own)
    others = dict.fromkeys(
        [
            *(metric.field for metric in own if metric.field),
            *(condition.field for metric in own for condition in metric.where),
            *([kind.town.name] if kind.town else []),
        ]
    )
    days = {*starts, kind.counts_until}
    return CountedFields(tuple(starts), kind.counts_until or "", tuple(n for n in others if n not in days))


def find_corrections(kind: Kind, fields: CountedFields, change: Change, day: date) -> Iterator[Correction]:
    """Find what a record's change since a day corrected of that day's figures.

    Args:
        kind: the record's.
        fields: which of its fields count.
        change: the record before all that was done to it since, and after.
        day: the day.
    """
    before, after, limit = change.before, change.after, day.isoformat()
    if not change.is_readable:
        return
    one = Correction(kind, int(change.key), CHANGED)
    if before is None or after is None:
        since = _find_start(before or after or {}, fields, limit)
        if since is not None:
            yield one._replace(what=TAKEN_OUT if after is None else ENTERED, counts_on=since)
        return
    for name in _list_corrected(before, after, fields, limit):
        yield one._replace(field=kind.field(name), before=before.get(name), after=after.get(name))


def _list_corrected(before: LoggedRow, after: LoggedRow, fields: CountedFields, limit: str) -> Iterator[str]:
    """Yield the fields whose change alters a day's figures: days up to it, all else of what counted on it."""
    for name in fields.days:
        if _until(before.get(name), limit) != _until(after.get(name), limit):
            yield name
    if _find_start(before, fields, limit) is not None:
        yield from (name for name in fields.others if before.get(name) != after.get(name))


def _find_start(row: LoggedRow, fields: CountedFields, limit: str) -> str | None:
    """Return the first day from which a record counts, if it does on a day."""
    ended = _until(row.get(fields.until), limit) is not None
    starts = (_until(row.get(name), limit) for name in fields.starts)
    return None if ended else min((start for start in starts if start is not None), default=None)


def _until(value: Value, limit: str) -> str | None:
    """Return a day that has come by another; what lies behind it was as good as empty then."""
    return value if isinstance(value, str) and value <= limit else None
