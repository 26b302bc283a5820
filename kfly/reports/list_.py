"""``list KIND``: the records of a kind, what tells them apart and where each stands."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, count, islice
from typing import Any, NamedTuple

from kfly.console.screen import show, text
from kfly.console.tables import DECIDING, Column, make_table_in_parts
from kfly.locale import _, format_number
from kfly.plan.derived import COUNTED, COUNTS_TOWARD, NOT_COUNTED, derived_fields
from kfly.plan.kinds import NOTE, Field, Kind, Record, is_a_name
from kfly.plan.model import Name, Plan
from kfly.progress.counting import Counting
from kfly.reports import counting
from kfly.reports.records import write_derived, write_label, write_value

NUMBER = Field("id", "integer", Name("#", "#"))
DIGITS = 6  # of the numbers that may follow in a long list


class Listing(NamedTuple):
    """Some records of a kind, as they are to be shown.

    Attributes:
        kind: theirs.
        plan: for the names of its targets.
        rows: each record as people read it, with what follows from it and toward which targets it counts;
            read as they are printed.
        columns: the fields that are asked for; empty where the view chooses.
        sums: fields with what they add up to, over all that was found.
        number: how many were found, shown or not; None where all are shown.
    """

    kind: Kind
    plan: Plan
    rows: Iterable[tuple[Record, Counting]]
    columns: tuple[Field, ...]
    sums: Sequence[tuple[Field, Fraction]] = ()
    number: int | None = None


def document(
    kind: Kind, columns: Sequence[Field], records: Iterable[tuple[Record, Counting]]
) -> Iterator[dict[str, Any]]:
    """Yield the JSON that other programs rely on: each record with all its fields, or those asked for."""
    names = ["id", *(field.name for field in columns)]
    names += [NOT_COUNTED] if COUNTS_TOWARD in names else []
    for record, found in records:
        whole = {**record, **counting.document(found, kind)}
        yield {name: whole[name] for name in dict.fromkeys(names)} if columns else whole


def render(listing: Listing) -> None:
    """Print some records as they are read; then how many there are, and what they add up to."""
    kind, coming, shown = listing.kind, iter(listing.rows), count()
    first = list(islice(coming, DECIDING))
    fields = listing.columns or _choose_fields(listing, [record for record, _found in first])
    fields = (NUMBER, *(field for field in fields if field.name != NUMBER.name))
    if first:
        rows = (
            [_cell(listing, field, record, found) for field in fields]
            for (record, found), _number in zip(chain(first, coming), shown, strict=False)
        )
        columns = [_column(field, more=len(first) == DECIDING) for field in fields]
        for part in make_table_in_parts(columns, rows):
            show(part)
        show("")
    show(_tell_number(listing, next(shown)))
    for field, amount in listing.sums:
        show(_("Sum of {label}: {amount}", label=write_label(field), amount=format_number(amount)))
    show(text(_("“kfly show {kind} WHICH” shows every field.", kind=kind.name), "dim"))


def _tell_number(listing: Listing, shown: int) -> str:
    label = listing.kind.label.spoken
    if listing.number is None or shown == listing.number:
        return _("{kind}: {count}", kind=label, count=shown)
    return _("{kind}: {count} of {total}", kind=label, count=shown, total=listing.number)


def _choose_fields(listing: Listing, first: Sequence[Record]) -> tuple[Field, ...]:
    """Choose what tells records apart, what they must have, and where each stands.

    What none of the records has is left out; where more may follow than the first, nobody knows that.
    """
    kind, more = listing.kind, len(first) == DECIDING
    fields = [
        field
        for field in kind.fields
        if field.required
        or (_is_telling(kind, field) and (more or any(record[field.name] is not None for record in first)))
    ]
    counted = (COUNTED,) if any(target.metric.kind == kind.name for target in listing.plan.targets) else ()
    return (*fields, *derived_fields(kind), *counted)


def _is_telling(kind: Kind, field: Field) -> bool:
    return field.name in (*kind.key, kind.counts_on, kind.counts_until)


def _column(field: Field, *, more: bool) -> Column:
    if field == NUMBER:
        return Column(NUMBER.label.spoken, justify="right", least=DIGITS if more else 0)
    right = field.numeric and field.type != "year"
    return Column(write_label(field), narrowest=8, justify="right" if right else "left")


def _cell(listing: Listing, field: Field, record: Record, found: Counting) -> str:
    if field == NUMBER:
        return str(record["id"])
    if field == COUNTED:
        return counting.write_counting(found, listing.kind, listing.plan)
    if field == NOTE or listing.kind.field(field.name):
        return _write_named(listing.kind, record, field)
    return write_derived(listing.kind, field, record)


def _write_named(kind: Kind, record: Record, field: Field) -> str:
    """Write a value; a name that names nothing gives way to what the record is called without one."""
    value = write_value(record[field.name], field)
    named = field.name != kind.key[0] or not field.required or is_a_name(value)
    return value if named else kind.without_name(int(record["id"] or 0))
