"""What the views of the registry say alike: that nothing is recorded, that a field is not there."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from kfly.locale import _
from kfly.locale.figures import shown
from kfly.plan.kinds import Kind


def heading(kind: Kind, name: str, otherwise: str) -> str:
    """What a column of this field is headed by."""
    field = kind.field(name)
    return field.label.spoken if field else otherwise


def none_recorded(kind: Kind, day: date) -> str:
    """Nothing of this kind is there by a day."""
    return _(
        "{kind}: none recorded up to {day}; “kfly {command}” records one.",
        kind=kind.label.spoken,
        day=day.isoformat(),
        command=kind.command,
    )


def absent(kind: Kind, names: Iterable[str]) -> list[str]:
    """A line about the fields that a view reads and this registry's kind is without, if there are any."""
    missing = [name for name in dict.fromkeys(names) if kind.field(name) is None]
    if not missing:
        return []
    listed = _(", ").join(missing)
    kind_label = kind.label.spoken
    return [_("{kind}: no field {fields} here; what needs it is left out.", kind=kind_label, fields=listed)]


def figure(amount: Fraction | None) -> str:
    """A figure in a cell; nothing for nothing."""
    return shown(amount) if amount else ""
