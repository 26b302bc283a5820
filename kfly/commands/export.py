"""``export``: write the registry out; what was written can be imported again. Or the table of tasks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kfly.cli.options import (
    STDOUT,
    AsKnown,
    AsOf,
    Force,
    Lead,
    Org,
    Redact,
    Year,
    check_choice,
    read_day,
    session_of,
)
from kfly.cli.task_filters import Leader, TaskFilters, TaskLight, TaskState
from kfly.console.progress_bar import watch_progress
from kfly.console.screen import complain, say, stdout_bytes
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.kinds import TASKS, Kind
from kfly.registry.registry import Registry
from kfly.registry.sheets.contents import Masked
from kfly.registry.sheets.export import FORMATS, Rows, find_recorded_kinds
from kfly.registry.sheets.export import export as write
from kfly.registry.sheets.geojson import FORMAT as MAP
from kfly.registry.sheets.geojson import Drawn, export_map
from kfly.registry.sheets.outfile import replacing
from kfly.registry.sheets.sources import order_kinds
from kfly.services.outputs import must_not_be_the_database

ALL_FORMATS = (*FORMATS, MAP)

Output = Annotated[
    str, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("The file to write; “-” for stdout."))
]


def export(
    ctx: typer.Context,
    output: Output,
    kinds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[KIND…]"),
            help=N_("The kinds of record, all that have any otherwise; or “tasks” for the table of tasks."),
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="xlsx|csv|json|jsonl|geojson",
            help=N_("The format; FILE's own otherwise, json for “-”."),
        ),
    ] = None,
    org: Org = None,
    lead: Lead = None,
    leader: Leader = None,
    light: TaskLight = None,
    state: TaskState = None,
    year: Year = None,
    as_of: AsOf = None,
    redact: Redact = False,
    force: Force = False,
    as_known: AsKnown = None,
) -> None:
    """Write the registry out, which can be imported again; or the table of tasks as it stands.

    What chooses among tasks, and --as-of, goes with “tasks” alone.
    """
    chosen = _format(output, form, FORMATS if kinds == [TASKS] else ALL_FORMATS)
    session = session_of(ctx, as_known)
    path, masked = Path(output), Masked() if redact else None
    must_not_be_the_database(session.path, path)
    filters = TaskFilters(org, lead, leader, light, state, year)
    if kinds == [TASKS]:
        from kfly.commands.export_tasks import Wanted, export_tasks  # and all that says where tasks stand

        wanted = Wanted(read_day(as_of, known=session.known), filters, chosen, masked)
        export_tasks(session, wanted, None if output == STDOUT else path, force=force)
        _say_masked(masked, output)
        return
    _must_be_records(kinds or [], filters, as_of)
    with session.reading() as desk:
        registry = desk.registry
        declared = _kinds(registry, kinds or [])
        with (
            stdout_bytes()
            if output == STDOUT
            else replacing(path, private_as=session.path, force=force) as stream
        ):
            drawn = _write(registry, declared, stream, chosen, masked, output)
    if output != STDOUT:
        say(_("Wrote {path}. Records: {n}.", path=output, n=drawn.records))
    _say_masked(masked, output)
    if drawn.without_place:
        complain([_("{n} of them have no coordinates: their geometry is null.", n=drawn.without_place)])


def _write(
    registry: Registry, kinds: list[Kind], stream: BinaryIO, form: str, masked: Masked | None, output: str
) -> Drawn:
    def watch(rows: Rows, total: int) -> Rows:
        return watch_progress(rows, total, output)

    if form == MAP:
        return export_map(registry, kinds, stream, masked=masked, watch=watch)
    return Drawn(write(registry, kinds, stream, form, masked=masked, watch=watch), 0)


def _say_masked(masked: Masked | None, output: str) -> None:
    """Say how much was masked, if that was asked for; not among what is printed."""
    if masked is None:
        return
    told = _(
        "Masked: {values} personal values, {numbers} phone or identity numbers in other texts.",
        values=masked.values,
        numbers=masked.numbers,
    )
    if output != STDOUT:
        say(told)
    elif masked.numbers:  # nobody marked them: whoever hands the document on should know
        complain([told])


def _must_be_records(kinds: list[str], filters: TaskFilters, as_of: str | None) -> None:
    """Check that records alone are exported, and that nothing was said of tasks.

    Raises:
        WrongUsageError: it is not so.
    """
    if TASKS in kinds:
        raise WrongUsageError(_("“tasks” is exported by itself, without kinds of record."))
    for option in (*filters.given, *(["--as-of"] if as_of is not None else [])):
        raise WrongUsageError(_("{option} goes with “kfly export tasks” alone.", option=option))


def _format(output: str, form: str | None, formats: Sequence[str]) -> str:
    """Return which of some formats is asked for, or which the file's name says.

    Raises:
        WrongUsageError: neither says one.
    """
    if form is not None or output == STDOUT:
        return check_choice(form, formats, "--format") or "json"
    suffix = Path(output).suffix.lower().removeprefix(".")
    if suffix not in formats:
        listed = _(", ").join(f".{known}" for known in formats)
        raise WrongUsageError(_("--output: “{value}” is none of {suffixes}.", value=output, suffixes=listed))
    return suffix


def _kinds(registry: Registry, asked: list[str]) -> list[Kind]:
    """Return the kinds that are asked for, or all with records; each after those it refers to."""
    named = {registry.kind(word).name for word in asked}
    ordered = order_kinds(registry.kinds.values())
    return (
        [kind for kind in ordered if kind.name in named] if asked else find_recorded_kinds(registry, ordered)
    )
