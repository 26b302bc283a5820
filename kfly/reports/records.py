"""Records: a list of them, one of them, and what was changed."""

from collections.abc import Mapping
from fractions import Fraction

from kfly.locale import _, language
from kfly.plan.kinds import NOTE, Field, Kind
from kfly.reports import words
from kfly.reports.figures import shown
from kfly.reports.screen import Column, show, table
from kfly.store.records import Record, Value


def title(kind: Kind, record: Record) -> str:
    """What a record is called: the first part of its natural key."""
    return str(record[kind.key[0]])


def label(field: Field) -> str:
    """A field's label, with its unit."""
    name = field.label.in_(language())
    return f"{name} ({field.unit})" if field.unit else name


def written(value: Value, field: Field | None = None) -> str:
    """A value in a cell; years stand without a thousands separator."""
    if value is None:
        return ""
    if isinstance(value, bool | str) or (field and field.type == "year"):
        return str(value)
    return shown(Fraction(repr(value)))


def render_list(kind: Kind, records: list[Record]) -> None:
    """Print some records: the fields that any of them fills in."""
    fields = [f for f in (*kind.fields, NOTE) if any(record[f.name] is not None for record in records)]
    extra = _derived_columns(kind)
    if records:
        columns = [
            Column("#", justify="right"),
            *(_column(f) for f in fields),
            *(Column(n) for n, _key in extra),
        ]
        show(table(columns, [_cells(kind, record, fields) for record in records]), "")
    show(_("{kind}: {count}", kind=kind.label.in_(language()), count=len(records)))


def render_record(kind: Kind, record: Record) -> None:
    """Print one record, a line a field."""
    rows = [(label(f), written(record[f.name], f) or "—") for f in (*kind.fields, NOTE)]
    rows += [(name, _derived(kind, key, record) or "—") for name, key in _derived_columns(kind)]
    show(table((Column(kind.label.in_(language()), 8), Column(f"#{record['id']}", 12)), rows))


def render_changes(kind: Kind, record: Record, changes: Mapping[str, tuple[Value, Value]]) -> None:
    """Print what a change did."""
    if not changes:
        show(_("{title}: nothing to change.", title=title(kind, record)))
    fields = {field.name: field for field in (*kind.fields, NOTE)}
    for name, (before, after) in changes.items():
        field = fields[name]
        show(
            _(
                "{title}: {label} {before} → {after}",
                title=title(kind, record),
                label=label(field),
                before=written(before, field) or "—",
                after=written(after, field) or "—",
            )
        )


def _column(field: Field) -> Column:
    right = field.numeric and field.type != "year"
    return Column(label(field), narrowest=8, justify="right" if right else "left")


def _cells(kind: Kind, record: Record, fields: list[Field]) -> list[str]:
    cells = [written(record[field.name], field) for field in fields]
    return [
        str(record["id"]),
        *cells,
        *(_derived(kind, key, record) for _name, key in _derived_columns(kind)),
    ]


def _derived_columns(kind: Kind) -> list[tuple[str, str]]:
    columns = []
    if kind.stages:
        columns.append((_("Stage"), "stage"))
    if kind.graded_by:
        columns.append((_("Outcome"), "outcome"))
    if kind.counts_on:
        columns.append((_("Counts"), "counts"))
    return columns


def _derived(kind: Kind, key: str, record: Record) -> str:
    value = record[key]
    if key == "stage":
        return next((s.label.in_(language()) for s in kind.stages if s.key == value), "")
    if key == "outcome":
        return words.outcome(str(value) if value else None)
    return _("yes") if value else _("no")
