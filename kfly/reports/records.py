"""What the views of records share: labels, values in cells, what follows from them, what was changed."""

from collections.abc import Mapping

from kfly.console.screen import say
from kfly.locale import _, format_kept
from kfly.plan.derived import code_names, derived_fields
from kfly.plan.kinds import NOTE, Field, Kind, Record, Value


def write_label(field: Field) -> str:
    """Write a field's label, with its unit."""
    name = field.label.spoken
    return _("{label} ({unit})", label=name, unit=field.unit) if field.unit else name


_OPERATORS = {"in": "=", ">=": "≥", "<=": "≤", "!=": "≠"}


def write_operator(operator: str) -> str:
    """Write the operator of a condition as people do: ≥ for >=."""
    return _OPERATORS.get(operator, operator)


def write_value(value: Value, field: Field | None = None) -> str:
    """Write a value for a cell; years stand without a thousands separator."""
    if value is None:
        return ""
    if isinstance(value, bool | str) or (field and field.type == "year"):
        return str(value)
    return format_kept(value)


def derived_rows(kind: Kind, record: Record) -> list[tuple[str, str]]:
    """List what follows from a record's dates and scores, a line each."""
    fields = derived_fields(kind)
    return [(field.label.spoken, write_derived(kind, field, record) or "—") for field in fields]


def render_changes(kind: Kind, title: str, changes: Mapping[str, tuple[Value, Value]]) -> None:
    """Print what a change did to the record of this title."""
    say(*(tell_changes(kind, title, changes) or [_("{title}: nothing to change.", title=title)]))


def tell_changes(kind: Kind, title: str, changes: Mapping[str, tuple[Value, Value]]) -> list[str]:
    """Say what a change did to the record of this title, a line a field."""
    fields = {field.name: field for field in (*kind.fields, NOTE)}
    lines = []
    for name, (before, after) in changes.items():
        was, now = (write_value(value, fields[name]) or "—" for value in (before, after))
        heading = write_label(fields[name])
        lines.append(
            _("{title}: {label} {before} → {after}", title=title, label=heading, before=was, after=now)
        )
    return lines


def write_derived(kind: Kind, field: Field, record: Record) -> str:
    """Write what follows from a record: its stage, its outcome."""
    name = code_names(kind, field).get(str(record[field.name]))
    return name.spoken if name else ""
