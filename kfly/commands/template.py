"""``template KIND``: write a sheet for others to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import Force, KindName, must_not_be_the_database, session_of
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.registry.sheets.outfile import replacing
from kfly.registry.sheets.template import write


def template(
    ctx: typer.Context,
    kind: KindName,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=N_("F.xlsx"), help=N_("The workbook to write."))
    ],
    force: Force = False,
) -> None:
    """Write a sheet to be filled in: headings, drop-downs, input checks, instructions."""
    if output.suffix.lower() != ".xlsx":
        raise WrongUsageError(_("--output: “{value}” is not an .xlsx file.", value=output))

    session = session_of(ctx)
    must_not_be_the_database(session.path, output)
    with session.reading() as desk:
        declared = desk.registry.kind(kind)
        with replacing(output, force=force) as stream:
            write(desk.registry, declared, stream)
    say(_("Wrote {path}.", path=output))
