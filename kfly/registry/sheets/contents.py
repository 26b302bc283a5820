"""The registry as an export hands it out: no ids, references by title, personal data masked if asked."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kfly.plan import kinds
from kfly.plan.kinds import NOTE, Field, Kind, Value
from kfly.registry.registry import Registry
from kfly.registry.sheets.personal_numbers import MASK, mask_numbers
from kfly.registry.values import show_value
from kfly.store import records


class Masked:
    """What has been masked so far: values of personal fields, and numbers found in other texts."""

    def __init__(self) -> None:
        self.values = 0
        self.numbers = 0

    def mask(self, _value: Value) -> Value:
        """Mask a personal value."""
        self.values += 1
        return MASK

    def mask_within(self, value: Value) -> Value:
        """Mask the phone numbers and identity numbers in a text."""
        if not isinstance(value, str):
            return value
        text, found = mask_numbers(value)
        self.numbers += found
        return text


class Contents(NamedTuple):
    """The records of one kind."""

    kind: Kind
    fields: tuple[Field, ...]
    rows: Iterator[list[Value]]
    height: int  # how many


def read_contents(registry: Registry, kind: Kind, masked: Masked | None = None) -> Contents:
    """Read the records of a kind, in the order they came.

    Args:
        registry: where they are.
        kind: which.
        masked: mask every field that is marked personal, references whose titles would tell one, and the
            numbers of phones and identity cards in all other texts; and count here what is masked.
    """
    fields = (*kind.fields, NOTE)
    outward = [_outward(registry, field, masked) for field in fields]
    found = records.select_values(registry.db, kind, [field.name for field in fields])
    rows = (_convert_row(outward, row) for row in found) if any(outward) else map(list, found)
    return Contents(kind, fields, rows, records.count(registry.db, kind))


def _outward(registry: Registry, field: Field, masked: Masked | None) -> Callable[[Value], Value] | None:
    """Return what turns a kept value into the one handed out; None where it stays as it is."""
    if masked and is_personal(registry, field):
        return masked.mask

    def convert(value: Value) -> Value:
        return show_value(field, value, registry.titles)

    if masked and field.type == "reference":
        return lambda value: masked.mask_within(convert(value))
    if field.type in ("reference", "number"):
        return convert
    return masked.mask_within if masked and field.type == "text" else None


def _convert_row(outward: Sequence[Callable[[Value], Value] | None], row: Sequence[Value]) -> list[Value]:
    return [
        value if value is None or show is None else show(value)
        for show, value in zip(outward, row, strict=True)
    ]


def is_personal(registry: Registry, field: Field) -> bool:
    """Tell whether a field is marked personal, or refers to records whose titles hold one that is."""
    return kinds.is_personal(field, registry.kinds)
