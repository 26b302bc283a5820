"""``list KIND``: the records of a kind, what tells them apart and where each stands."""

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Record, is_a_name
from kfly.reports.records import derived_columns, write_derived, write_label, write_value


def render(kind: Kind, records: list[Record]) -> None:
    """Print some records: what tells them apart, what they must have, and where each stands."""
    fields = [field for field in kind.fields if _is_listed(kind, field)]
    fields = [f for f in fields if f.required or any(record[f.name] is not None for record in records)]
    if records:
        columns = [
            Column("#", justify="right"),
            *(_column(field) for field in fields),
            *(Column(name) for name, _key in derived_columns(kind)),
        ]
        show(make_table(columns, [_cells(kind, record, fields) for record in records]), "")
    count = _("{kind}: {count}", kind=kind.label.spoken, count=len(records))
    show(count, text(_("“kfly show {kind} WHICH” shows every field.", kind=kind.name), "dim"))


def _is_listed(kind: Kind, field: Field) -> bool:
    return field.required or field.name in (*kind.key, kind.counts_on, kind.counts_until)


def _column(field: Field) -> Column:
    right = field.numeric and field.type != "year"
    return Column(write_label(field), narrowest=8, justify="right" if right else "left")


def _cell(kind: Kind, record: Record, field: Field) -> str:
    """Write a value; a name that names nothing gives way to what the record is called without one."""
    value = write_value(record[field.name], field)
    named = field.name != kind.key[0] or not field.required or is_a_name(value)
    return value if named else kind.without_name(int(record["id"] or 0))


def _cells(kind: Kind, record: Record, fields: list[Field]) -> list[str]:
    cells = [_cell(kind, record, field) for field in fields]
    return [
        str(record["id"]),
        *cells,
        *(write_derived(kind, key, record) for _name, key in derived_columns(kind)),
    ]
