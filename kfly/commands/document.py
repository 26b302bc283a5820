"""``document``: what a county sends when its records stay at home."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, Force, read_day, session_of
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.registry.sheets.outfile import must_be_free, replacing
from kfly.reports import status as report
from kfly.services.outputs import must_not_be_the_database
from kfly.services.rollup.documents import sign
from kfly.services.rollup.sources import DOCUMENT


def document(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar=N_("F.json"), help=N_("The document to write."))
    ],
    force: Force = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """Write the plan's figures for a roll-up: no record, no name of a person, signed with a SHA-256."""
    session = session_of(ctx, as_known)
    must_not_be_the_database(session.path, output)
    if output.suffix.lower() != DOCUMENT:  # by which a roll-up knows it
        raise WrongUsageError(_("“{path}” ends in none of {suffixes}.", path=output, suffixes=DOCUMENT))
    must_be_free(output, force=force)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        figures = report.document(desk.standing(day))
        if session.known is not None:  # before it is signed: what is added to it later alters it
            from kfly.cli.known import mark

            figures = mark(figures, session.known)
        signed = sign(figures, desk.plan)
    with replacing(output, force=force) as stream:
        stream.write(json.dumps(signed, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
    return Answer(lambda: signed, partial(say, _("Wrote {path}.", path=output)), done=True)
