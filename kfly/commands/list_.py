"""``list KIND``: the records of a kind, all or some."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, KindName, read_day, session_of
from kfly.errors import KflyError
from kfly.locale import N_
from kfly.registry.derived import show_with_derived
from kfly.registry.kinds import parse_assignments
from kfly.reports import list_ as report
from kfly.store import records as rows


def list_(
    ctx: typer.Context,
    kind: KindName,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", metavar=N_("FIELD=VALUE"), help=N_("Only records with this value. Repeatable.")
        ),
    ] = None,
    as_of: AsOf = None,
) -> Answer:
    """The records of a kind, all or some."""
    day = read_day(as_of)
    with session_of(ctx).reading() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        values, faults = registry.read(declared, parse_assignments(where or [], declared))
        if faults:
            raise KflyError(*(str(fault) for fault in faults))
        found = [
            show_with_derived(registry, declared, row, day) for row in rows.select(desk.db, declared, values)
        ]
    return Answer(lambda: found, partial(report.render, declared, found))
