"""The registry as an export hands it out: no ids, references by title, personal data masked if asked."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from kfly.plan.kinds import NOTE, Field, Kind, Value
from kfly.registry.registry import Registry
from kfly.registry.values import show_value
from kfly.store import records

MASK = "***"


class Contents(NamedTuple):
    """The records of one kind."""

    kind: Kind
    fields: tuple[Field, ...]
    rows: Iterator[list[Value]]
    height: int  # how many


def read_contents(registry: Registry, kind: Kind, *, redact: bool) -> Contents:
    """Read the records of a kind, in the order they came.

    Args:
        registry: where they are.
        kind: which.
        redact: mask every field that is marked personal, and references whose titles would tell one.
    """
    fields = (*kind.fields, NOTE)
    outward = [_outward(registry, field, redact=redact) for field in fields]
    found = records.select_values(registry.db, kind, [field.name for field in fields])
    rows = (_convert_row(outward, row) for row in found) if any(outward) else map(list, found)
    return Contents(kind, fields, rows, records.count(registry.db, kind))


def _outward(registry: Registry, field: Field, *, redact: bool) -> Callable[[Value], Value] | None:
    """Return what turns a kept value into the one handed out; None where it stays as it is."""
    if redact and _is_personal(registry, field):
        return lambda _value: MASK
    if field.type in ("reference", "number"):
        return partial(_convert, field, registry)
    return None


def _convert_row(outward: Sequence[Callable[[Value], Value] | None], row: Sequence[Value]) -> list[Value]:
    return [
        value if value is None or show is None else show(value)
        for show, value in zip(outward, row, strict=True)
    ]


def _convert(field: Field, registry: Registry, value: Value) -> Value:
    return show_value(field, value, registry.titles)


def _is_personal(registry: Registry, field: Field, seen: frozenset[str] = frozenset()) -> bool:
    """Tell whether a field is marked personal, or refers to records whose titles hold one that is."""
    if field.personal or field.to is None or field.to in seen:
        return field.personal
    kind = registry.kinds[field.to]
    parts = [part for name in kind.key if (part := kind.field(name))]
    return any(_is_personal(registry, part, seen | {field.to}) for part in parts)
