"""What the views of the registry say alike: that nothing is recorded, that a field is not there."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from kfly.locale import _, format_number
from kfly.plan.kinds import Kind


def find_heading(kind: Kind, name: str, otherwise: str) -> str:
    """Return the heading of a field's column."""
    field = kind.field(name)
    return field.label.spoken if field else otherwise


def tell_none_recorded(kind: Kind, day: date) -> str:
    """Say that nothing of this kind was recorded by a day."""
    return _(
        "{kind}: none recorded up to {day}; “kfly {command}” records one.",
        kind=kind.label.spoken,
        day=day.isoformat(),
        command=kind.command,
    )


def tell_absent_fields(kind: Kind, names: Iterable[str]) -> list[str]:
    """Say on one line which fields a view reads that this registry's kind is without, if there are any."""
    missing = [name for name in dict.fromkeys(names) if kind.field(name) is None]
    if not missing:
        return []
    listed = _(", ").join(missing)
    kind_label = kind.label.spoken
    return [_("{kind}: no field {fields} here; what needs it is left out.", kind=kind_label, fields=listed)]


def write_figure(amount: Fraction | None) -> str:
    """Write a figure for a cell; nothing for nothing."""
    return format_number(amount) if amount else ""
