"""Commands for sheets of records."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import AsJson
from kfly.cli.session import Session
from kfly.errors import REFUSED
from kfly.locale import N_, _


def import_sheet(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar=N_("KIND"), help=N_("A kind of record: building, talent …; “kfly kinds” lists them.")
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(metavar=N_("FILE"), help=N_("A CSV file in UTF-8 whose headings are field names.")),
    ],
    as_json: AsJson = False,
) -> None:
    """Bring in a sheet: all its rows, or none with every fault listed."""
    from kfly.registry.sheets import SheetRefusedError, read_csv, take_in
    from kfly.reports import imports as report
    from kfly.reports.screen import say, show_json

    try:
        sheet = read_csv(file)
        with Session.of(ctx).writing() as desk:
            registry = desk.registry
            added = take_in(registry, registry.kind(kind), sheet)
    except SheetRefusedError as refusal:
        if not as_json:
            raise
        show_json(report.document(0, (fault._asdict() for fault in refusal.faults)))
        raise typer.Exit(REFUSED) from None
    if as_json:
        show_json(report.document(added, ()), done=True)
    else:
        say(_("{file}: {added} added.", file=file.name, added=added))
