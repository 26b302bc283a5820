"""``list KIND``: the records of a kind, all or some."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, KindName, read_day, read_limit, session_of, split_names
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.derived import COUNTED, derived_fields
from kfly.plan.kinds import Field, Kind, Record
from kfly.registry.conditions import read_conditions
from kfly.registry.derived import show_with_derived
from kfly.registry.kinds import find_field
from kfly.registry.registry import Registry
from kfly.registry.search import SortOrder, add_up, find_records, sort_records
from kfly.reports import list_ as report
from kfly.services.counting import count_records


def list_(
    ctx: typer.Context,
    kind: KindName,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar=N_("'FIELD>=VALUE'"),
            help=N_(
                "Only records of which this holds: = != >= <= > <, also of stage and outcome; “field=” for"
                " an empty one. In quotes. Repeatable: all must hold."
            ),
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", metavar=N_("FIELD,…"), help=N_("Only these fields, in this order.")),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar=N_("[-]FIELD"),
            help=N_("Sort by this field; with - before it, the largest first."),
        ),
    ] = None,
    total: Annotated[
        list[str] | None,
        typer.Option(
            "--sum",
            metavar=N_("FIELD,…"),
            help=N_("Add up these numbers of all that is found, below the table; not in --json."),
        ),
    ] = None,
    limit: Annotated[
        str | None, typer.Option("--limit", metavar=N_("NUMBER"), help=N_("Show so many at most."))
    ] = None,
    as_of: AsOf = None,
) -> Answer:
    """The records of a kind, all or some."""
    day, most = read_day(as_of), read_limit(limit)
    with session_of(ctx).reading() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        chosen = _find_columns(declared, split_names(columns))
        added = [_find_number(declared, name) for name in split_names(total)]
        found = find_records(registry, declared, read_conditions(registry, declared, where or []), day)
        if sort is not None:
            found = _sort(registry, declared, found, sort, day)
        shown = found[:most]
        listing = report.Listing(
            kind=declared,
            plan=desk.plan,
            records=[show_with_derived(registry, declared, row, day) for row in shown],
            countings=count_records(desk, declared, shown, day),
            columns=chosen,
            sums=[(field, add_up(found, field)) for field in added],
            number=len(found),
        )
    return Answer(partial(report.document, listing), partial(report.render, listing))


def _find_columns(kind: Kind, names: Iterable[str]) -> tuple[Field, ...]:
    """Find the fields that are to be shown, each once; none where the view chooses."""
    others = (report.NUMBER, *derived_fields(kind), COUNTED)
    return tuple(dict.fromkeys(find_field(name, kind, others) for name in names))


def _find_number(kind: Kind, name: str) -> Field:
    """Find a field that can be added up.

    Raises:
        WrongUsageError: it holds no amounts.
    """
    field = find_field(name, kind, derived_fields(kind))
    if field.type not in ("number", "integer"):
        known = ", ".join(other.name for other in kind.fields if other.type in ("number", "integer"))
        raise WrongUsageError(
            _("--sum: {field} cannot be added up, only: {numbers}.", field=field.name, numbers=known)
            if known
            else _("--sum: {field} cannot be added up; there are no numbers here.", field=field.name)
        )
    return field


def _sort(registry: Registry, kind: Kind, rows: list[Record], wanted: str, day: date) -> list[Record]:
    """Sort records by the field that ``--sort`` names, with ``-`` before it downwards."""
    name = wanted.strip()
    field = find_field(name.removeprefix("-"), kind, (report.NUMBER, *derived_fields(kind)))
    return sort_records(registry, kind, rows, SortOrder(field, name.startswith("-")), day)
