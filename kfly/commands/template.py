"""``template KIND``: write a sheet for others to fill in, of records or of tasks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import Force, session_of, split_names
from kfly.clock import today
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.kinds import TASKS, Field, Kind
from kfly.registry.kinds import find_field
from kfly.registry.registry import Registry
from kfly.registry.sheets.outfile import replacing
from kfly.registry.sheets.template import Excerpt, choose_fields, write
from kfly.registry.values import BadValueError
from kfly.services.draft import find_names
from kfly.services.outputs import must_not_be_the_database
from kfly.services.session import Session


def template(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar=N_("KIND"),
            help=N_("A kind of record, “kfly kinds” lists them; or “tasks” for an empty table of tasks."),
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=N_("F.xlsx"), help=N_("The workbook to write."))
    ],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            metavar=N_("FIELD,…"),
            help=N_("Only these columns, beside those that every record must have."),
        ),
    ] = None,
    town: Annotated[
        str | None,
        typer.Option(
            "--town", metavar=N_("NAME"), help=N_("Whose sheet it is: its column is filled in beforehand.")
        ),
    ] = None,
    xlsform: Annotated[
        bool,
        typer.Option(
            "--xlsform",
            help=N_("A form for phones instead, as ODK and Kobo take it; import reads the answers."),
        ),
    ] = False,
    force: Force = False,
) -> None:
    """Write a sheet to be filled in: headings, drop-downs, input checks, instructions."""
    if output.suffix.lower() != ".xlsx":
        raise WrongUsageError(_("--output: “{value}” is not an .xlsx file.", value=output))

    session = session_of(ctx)
    must_not_be_the_database(session.path, output)
    if kind == TASKS:
        _must_be_for_records(columns, town, xlsform=xlsform)
        _write_table(session, output, force=force)
        return
    with session.reading() as desk:
        declared = desk.registry.kind(kind)
        chosen = tuple(find_field(name, declared).name for name in split_names(columns))
        excerpt = Excerpt(chosen, _read_town(desk.registry, declared, town))
        with replacing(output, force=force) as stream:
            if xlsform:
                from kfly.registry.sheets.form import write_form  # which few need

                write_form(desk.registry, declared, stream, excerpt)
            else:
                write(desk.registry, declared, stream, excerpt)
    say(_("Wrote {path}.", path=output), *_tell_required(choose_fields(declared, excerpt), chosen))


def _must_be_for_records(columns: list[str] | None, town: str | None, *, xlsform: bool) -> None:
    """Check that no option was given that sheets for records alone take.

    Raises:
        WrongUsageError: one was.
    """
    if columns or town is not None or xlsform:
        raise WrongUsageError(_("The table of tasks takes none of --columns, --town and --xlsform."))


def _write_table(session: Session, output: Path, *, force: bool) -> None:
    """Write the empty table of tasks, which needs no database."""
    from kfly.drafting.form import write_form

    names = find_names(session)
    with replacing(output, force=force) as stream:
        write_form(stream, names, today().year)
    say(_("Wrote {path}.", path=output))


def _read_town(registry: Registry, kind: Kind, text: str | None) -> str | None:
    """Read the town whose sheet it is.

    Raises:
        WrongUsageError: the kind has no towns, or the plan no such town.
    """
    if text is None:
        return None
    if kind.town is None:
        raise WrongUsageError(_("--town: a record of {kind} names no town.", kind=kind.label.spoken))
    try:
        town = registry.values.read(kind.town, text)
    except BadValueError as error:
        raise WrongUsageError(_("--town: “{value}” {message}.", value=text, message=error)) from None
    if town is None:
        raise WrongUsageError(_("--town: a name is missing."))
    return str(town)


def _tell_required(fields: Sequence[Field], asked: Sequence[str]) -> list[str]:
    """Say which columns are there although nobody asked for them."""
    more = [field.label.spoken for field in fields if field.name not in asked] if asked else []
    return [_("Also there, since a record needs it: {fields}.", fields=_(", ").join(more))] if more else []
