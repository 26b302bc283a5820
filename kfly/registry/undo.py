"""Checks of the records from which a change is taken back: they must be as right as any others."""

from collections.abc import Iterator

from kfly.plan.kinds import Kind
from kfly.registry.checks import FieldFault
from kfly.registry.registry import Registry
from kfly.store import records
from kfly.store.log.undo import Work
from kfly.store.log.undo_rows import RestoreRefused


def find_faults(registry: Registry, work: Work) -> Iterator[tuple[Kind, int, FieldFault]]:
    """Yield what is wrong with the records from which a change was taken back."""
    for touched in work.rows:
        kind = registry.kinds.get(touched.table)
        record = touched.key
        if kind is None or touched.adds or not isinstance(record, int):
            continue
        values = records.get(registry.db, kind, record)
        for fault in registry.checks(kind).faults(values, set()) if values else ():
            yield kind, record, fault


def find_occupant(registry: Registry, taken: RestoreRefused) -> tuple[Kind, int] | None:
    """Find the record that has taken the place of another, by its id or its natural key."""
    kind = registry.kinds.get(taken.table)
    if kind is None or not taken.is_a_matter_of_place:
        return None
    found = records.find_same_key(registry.db, kind, taken.row)
    if found in (None, taken.row.get("id")) and records.get(registry.db, kind, taken.row["id"]):
        found = taken.row["id"]
    return None if found is None else (kind, int(found))
