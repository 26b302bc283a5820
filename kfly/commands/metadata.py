"""``metadata``: say to Datasette what the tables mean, and who may see them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import STDOUT, Force, session_of
from kfly.console.screen import say, stdout_bytes
from kfly.locale import N_, _
from kfly.registry.sheets.outfile import replacing
from kfly.reports import metadata as report
from kfly.services.metadata import gather
from kfly.services.outputs import must_not_be_the_database


def metadata(
    ctx: typer.Context,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("The file to write; “-” for stdout.")),
    ],
    force: Force = False,
) -> None:
    """Write what Datasette is to know: titles, units, facets, queries, and what it must not show."""
    session = session_of(ctx)
    must_not_be_the_database(session.path, output)
    with session.reading() as desk:
        document = report.document(desk.plan, gather(desk), session.path.stem)
    printed = str(output) == STDOUT
    with stdout_bytes() if printed else replacing(output, force=force) as stream:
        stream.write(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")
    if not printed:
        say(_("Wrote {path}.", path=output))
