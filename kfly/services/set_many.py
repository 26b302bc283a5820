"""Changing many records of a kind at once: all of them, or none."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import Kind, Record, Value
from kfly.registry.conditions import read_conditions
from kfly.registry.kinds import parse_assignments
from kfly.registry.registry import Registry
from kfly.registry.search import find_records
from kfly.services.ceilings import watching_ceilings
from kfly.services.session import Desk

MOST_TOLD = 20  # records of which is said why they cannot be changed


class RecordChange(NamedTuple):
    """One record, and what was and is in the fields that change, by their names."""

    record: int
    title: str  # before the change
    fields: dict[str, tuple[Value, Value]]


class MassChange(NamedTuple):
    """What was done to all records that satisfy some conditions.

    Attributes:
        kind: theirs.
        found: the ids of all of them.
        changes: those in which anything differs.
        exceeded: a line for each ceiling that is exceeded by it.
    """

    kind: Kind
    found: list[int]
    changes: list[RecordChange]
    exceeded: list[str]


def set_many(
    desk: Desk, kind: Kind, where: Sequence[str], assignments: Sequence[str], day: date
) -> MassChange:
    """Change fields of all records that satisfy conditions, within the transaction that is open.

    Args:
        desk: the open database.
        kind: whose records are changed.
        where: the conditions, as typed.
        assignments: ``field=value`` words.
        day: decides what follows from the records' dates.

    Raises:
        KflyError: a word cannot be read, or a record cannot be changed so: a line for each.
    """
    registry = desk.registry
    texts = parse_assignments(list(assignments), kind)
    values, faults = registry.read(kind, texts)
    if faults:  # of the values themselves: said once, not for each record
        raise KflyError(*map(str, faults))
    found = list(find_records(registry, kind, read_conditions(registry, kind, where), day))
    titles, exceeded = dict(registry.titles.of(kind.name)), list[str]()
    _must_stay_apart(kind, found, titles, values)
    with watching_ceilings(desk, kind, exceeded):
        changes = _change_each(registry, kind, found, titles, texts)
    return MassChange(kind, [int(row["id"] or 0) for row in found], changes, exceeded)


def _must_stay_apart(kind: Kind, found: Sequence[Record], titles: Mapping[int, str], values: Record) -> None:
    """Refuse to make two records the same one.

    Raises:
        KflyError: two would have the same natural key.
    """
    seen: dict[tuple[Value, ...], str] = {}
    for row in found:
        title = titles[int(row["id"] or 0)]
        key = tuple(values.get(name, row[name]) for name in kind.key)
        first = seen.setdefault(key, title)
        if first is not title:
            raise KflyError(_("{first} and {second} would be the same record.", first=first, second=title))


def _change_each(
    registry: Registry,
    kind: Kind,
    found: Sequence[Record],
    titles: Mapping[int, str],
    texts: Mapping[str, str],
) -> list[RecordChange]:
    """Change the records one by one; the caller rolls the transaction back when this raises."""
    changes, refused = list[RecordChange](), list[str]()
    for row in found:
        record = int(row["id"] or 0)
        try:
            fields = registry.change(kind, record, texts)
        except KflyError as error:
            refused += [_("{title}: {message}", title=titles[record], message=line) for line in error.lines]
            continue
        if fields:
            changes.append(RecordChange(record, titles[record], fields))
    if refused:
        more = len(refused) - MOST_TOLD
        raise KflyError(*refused[:MOST_TOLD], *([_("… and {n} more.", n=more)] if more > 0 else []))
    return changes
