"""The check that nothing is larger than the thing it is in: an enclave, or all of them, than its building."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import _, format_number
from kfly.plan.kinds import Field, Kind
from kfly.registry.registry import Registry
from kfly.services.check.expectations import read_expectations
from kfly.services.check.findings import TO_FILL_IN, WARNING, Finding
from kfly.services.check.naming import Naming
from kfly.store import records


class _Part(NamedTuple):
    """A record in another one, and its size."""

    record: int
    size: Fraction


def find_too_large(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find the records that are larger than what they are in, alone or with what else is in there.

    Those that are too large by themselves are each named; else the one that was recorded last.
    """
    rule = read_expectations().within.get(kind.name)
    if rule is None or not (field := kind.field(rule.field)) or not (place := kind.field(rule.reference)):
        return
    whole = registry.kinds.get(place.to or "")
    if whole is None or whole.field(rule.whole) is None:
        return
    parts: dict[int, list[_Part]] = {}
    for record, size, where in records.select_values(registry.db, kind, ("id", field.name, place.name)):
        if where is not None and isinstance(size, int | float):
            parts.setdefault(where, []).append(_Part(record, Fraction(str(size))))
    if parts:
        for where, most in records.select_values(registry.db, whole, ("id", rule.whole)):
            if where in parts and isinstance(most, int | float):
                title = Naming(registry, whole).title(where)
                yield from _compare(Naming(registry, kind), field, parts[where], title, Fraction(str(most)))


def _compare(
    naming: Naming, field: Field, parts: list[_Part], title: str, most: Fraction
) -> Iterator[Finding]:
    alone = [part for part in parts if part.size > most]
    words = {"label": field.label.spoken, "most": format_number(most), "unit": field.unit, "title": title}
    for part in alone:
        size = format_number(part.size)
        message = _("{label}: {size} {unit}; {title}, where it is, has {most} {unit}", **words, size=size)
        yield _report(naming, field, part, message, (str(part.size), str(most)))
    total = sum((part.size for part in parts), Fraction(0))
    if not alone and total > most:
        others = ", ".join(f"#{part.record}" for part in parts[:-1])
        message = _(
            "{label}: with {others} it comes to {size} {unit}; {title}, where they are, has {most} {unit}",
            **words,
            others=others,
            size=format_number(total),
        )
        yield _report(naming, field, parts[-1], message, (others, str(total), str(most)))


def _report(naming: Naming, field: Field, part: _Part, message: str, about: tuple[str, ...]) -> Finding:
    command = naming.setting(part.record, f"{field.name}={TO_FILL_IN}")
    return naming.finding(WARNING, "too_large_for_place", part.record, message, *command, about=about)
