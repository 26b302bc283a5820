"""Records: a list of them, one of them, and what was changed."""

from collections.abc import Mapping
from fractions import Fraction

from kfly.console.screen import say, show, text
from kfly.console.tables import Column, table
from kfly.locale import _, language
from kfly.locale.figures import shown
from kfly.plan.kinds import NOTE, Field, Kind, Record, Value
from kfly.reports import words


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
    """Print some records: what tells them apart, what they must have, and where each stands."""
    fields = [field for field in kind.fields if _is_listed(kind, field)]
    fields = [f for f in fields if f.required or any(record[f.name] is not None for record in records)]
    if records:
        columns = [
            Column("#", justify="right"),
            *(_column(field) for field in fields),
            *(Column(name) for name, _key in _derived_columns(kind)),
        ]
        show(table(columns, [_cells(kind, record, fields) for record in records]), "")
    count = _("{kind}: {count}", kind=kind.label.in_(language()), count=len(records))
    show(count, text(_("“kfly show {kind} WHICH” shows every field.", kind=kind.name), "dim"))


def _is_listed(kind: Kind, field: Field) -> bool:
    return field.required or field.name in (*kind.key, kind.counts_on, kind.counts_until)


def render_record(kind: Kind, record: Record) -> None:
    """Print one record, a line a field."""
    rows = [(label(f), written(record[f.name], f) or "—") for f in (*kind.fields, NOTE)]
    rows += derived_rows(kind, record)
    show(table((Column(kind.label.in_(language()), 8), Column(f"#{record['id']}", 12)), rows))


def derived_rows(kind: Kind, record: Record) -> list[tuple[str, str]]:
    """What follows from a record's dates and scores, a line each."""
    return [(name, _derived(kind, key, record) or "—") for name, key in _derived_columns(kind)]


def render_changes(kind: Kind, title: str, changes: Mapping[str, tuple[Value, Value]]) -> None:
    """Print what a change did to the record of this title."""
    say(*(told(kind, title, changes) or [_("{title}: nothing to change.", title=title)]))


def told(kind: Kind, title: str, changes: Mapping[str, tuple[Value, Value]]) -> list[str]:
    """What a change did to the record of this title, a line a field."""
    fields = {field.name: field for field in (*kind.fields, NOTE)}
    lines = []
    for name, (before, after) in changes.items():
        was, now = (written(value, fields[name]) or "—" for value in (before, after))
        heading = label(fields[name])
        lines.append(
            _("{title}: {label} {before} → {after}", title=title, label=heading, before=was, after=now)
        )
    return lines


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
