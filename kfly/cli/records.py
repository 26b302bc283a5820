"""Commands of the registry: list, show, set, remove, kinds."""

from datetime import date
from typing import Annotated

import typer

from kfly.cli.ceilings import watching
from kfly.cli.options import AsJson, AsOf, KindName, assignments, day_asked, reason_given
from kfly.cli.session import Desk, Session
from kfly.console.screen import complain, say, show_json
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.plan.kinds import Kind, Record
from kfly.registry import derived
from kfly.registry.kinds import find_kind
from kfly.reports import list_
from kfly.reports import records as report
from kfly.reports import show as show_report
from kfly.store import records as rows

Which = Annotated[
    str, typer.Argument(metavar=N_("WHICH"), help=N_("The record: its name, town/name, or id."))
]


def list_records(
    ctx: typer.Context,
    kind: KindName,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", metavar=N_("FIELD=VALUE"), help=N_("Only records with this value. Repeatable.")
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The records of a kind, all or some."""
    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        values, faults = registry.read(declared, assignments(where or [], declared))
        if faults:
            raise KflyError(*(str(fault) for fault in faults))
        found = [_with_derived(desk, declared, row, day) for row in rows.select(desk.db, declared, values)]
    if as_json:
        show_json(found)
    else:
        list_.render_list(declared, found)


def show(
    ctx: typer.Context, kind: KindName, which: Which, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """One record, every field."""
    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        record = _with_derived(desk, declared, registry.get(declared, registry.which(declared, which)), day)
    if as_json:
        show_json(record)
    elif declared.stages:
        show_report.render_tailored_plan(declared, record, day)
    else:
        show_report.render_record(declared, record)


def set_fields(
    ctx: typer.Context,
    kind: KindName,
    which: Which,
    changes: Annotated[
        list[str], typer.Argument(metavar=N_("FIELD=VALUE…"), help=N_("What to change; “field=” clears it."))
    ],
    as_json: AsJson = False,
) -> None:
    """Change some fields of one record."""
    exceeded: list[str] = []
    with Session.of(ctx).writing() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        record = registry.which(declared, which)
        with watching(desk, declared, exceeded):
            made = registry.change(declared, record, assignments(changes, declared))
        after, title = registry.show(declared, record), registry.titles.of(declared.name)[record]
    if as_json:
        show_json(after, done=True)
    else:
        report.render_changes(declared, title, made)
    complain(exceeded)


def remove(
    ctx: typer.Context,
    kind: KindName,
    which: Which,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it is kept."))],
) -> None:
    """Take one record out; its contents and the reason are kept."""
    why = reason_given(reason)
    with Session.of(ctx).writing() as desk:
        registry = desk.registry
        declared = registry.kind(kind)
        title = registry.remove(declared, registry.which(declared, which), why)
    say(_("Removed {title}.", title=title))


def kinds(
    ctx: typer.Context,
    kind: Annotated[
        str | None, typer.Argument(metavar=N_("[KIND]"), help=N_("Show its fields, units and choices."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What can be recorded, or what one kind takes."""
    from kfly.reports import kinds as report_of_kinds

    with Session.of(ctx).reading() as desk:
        known = list(desk.registry.kinds.values())
    declared = find_kind(kind, known) if kind else None
    if as_json:
        show_json(
            report_of_kinds.document(declared) if declared else [report_of_kinds.document(k) for k in known]
        )
    elif declared:
        report_of_kinds.render_kind(declared, known)
    else:
        report_of_kinds.render_kinds(known)


def _with_derived(desk: Desk, kind: Kind, values: Record, day: date) -> Record:
    """A record as it is shown, with what follows from its dates and scores."""
    record = desk.registry.shown(kind, values)
    if kind.stages:
        record["stage"] = derived.stage_of(kind, values, day)
    if kind.graded_by:
        record["outcome"] = derived.outcome_of(kind, values, desk.plan.evaluation)
    if kind.counts_on:
        record["counts"] = derived.counts(kind, values, day)
    return record
