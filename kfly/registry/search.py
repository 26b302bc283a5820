"""Records that are looked for: those that satisfy conditions, in an order, and what they add up to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from kfly.plan.derived import derived_fields
from kfly.plan.kinds import Field, Kind, Record
from kfly.registry.conditions import Comparison
from kfly.registry.derived import derive
from kfly.registry.registry import Registry
from kfly.store import records


def find_records(
    registry: Registry, kind: Kind, comparisons: Sequence[Comparison], day: date
) -> Iterator[Record]:
    """Find the records that satisfy all comparisons on a day, as the database keeps them, by their ids.

    Args:
        registry: where they are.
        kind: whose they are.
        comparisons: what must hold of them.
        day: decides what follows from their dates.
    """
    kept, following = _sort_out(kind, comparisons)
    found = records.select_compared(registry.db, kind, kept)
    return (row for row in found if all(_follows(registry, kind, row, day, c) for c in following))


def find_first(
    registry: Registry, kind: Kind, comparisons: Sequence[Comparison], day: date, most: int | None
) -> tuple[list[Record], int]:
    """Find the first records that satisfy all comparisons, and how many do; the others are not read."""
    kept, following = _sort_out(kind, comparisons)
    if following or most is None:
        found = list(find_records(registry, kind, comparisons, day))
        return found[:most], len(found)
    first = list(records.select_compared(registry.db, kind, kept, most))
    return first, len(first) if len(first) < most else records.count_compared(registry.db, kind, kept)


def _sort_out(
    kind: Kind, comparisons: Sequence[Comparison]
) -> tuple[list[records.Comparison], list[Comparison]]:
    """Part what the database compares from what follows from a record's values."""
    derived = {field.name for field in derived_fields(kind)}
    kept = [(c.field.name, c.operator, c.value) for c in comparisons if c.field.name not in derived]
    return kept, [c for c in comparisons if c.field.name in derived]


def _follows(registry: Registry, kind: Kind, row: Record, day: date, comparison: Comparison) -> bool:
    """Tell whether what follows from a record's values is as it is to be."""
    is_equal = derive(registry, kind, row, day)[comparison.field.name] == comparison.value
    return is_equal == (comparison.operator == "=")


class SortOrder(NamedTuple):
    """A field to sort by, and which way."""

    field: Field
    descending: bool = False


def sort_records(
    registry: Registry, kind: Kind, rows: Iterable[Record], order: SortOrder, day: date
) -> list[Record]:
    """Sort records by a field; those without a value come last, either way.

    Towns stand in the plan's order, choices in that of their declaration, references by title.
    """
    field, descending = order
    rank = _ranking(registry, field)
    filled: list[tuple[Any, Record]] = []
    blank: list[Record] = []
    for row in rows:
        value = row[field.name] if field.name in row else derive(registry, kind, row, day)[field.name]
        if value is None:
            blank.append(row)
        else:
            filled.append((rank(value), row))
    filled.sort(key=lambda pair: pair[0], reverse=descending)
    return [*(row for _rank, row in filled), *blank]


def _ranking(registry: Registry, field: Field) -> Callable[[Any], Any]:
    """Return what puts the values of a field into their order."""
    if field.type == "reference":
        return lambda value: registry.titles.title(field.to or "", value) or ""
    if field.type in ("town", "choice"):
        words = [o.name for o in registry.plan.organisations] if field.type == "town" else field.choices
        order = {word: n for n, word in enumerate(words)}
        return lambda value: (order.get(value, len(order)), value)
    return lambda value: value


def add_up(rows: Iterable[Record], field: Field) -> Fraction:
    """Add up a field of some records, exactly, in the field's unit; one without a value adds nothing."""
    values = (row[field.name] for row in rows)
    return sum((Fraction(repr(value)) for value in values if value is not None), Fraction(0))
