"""``since``: what changed since a day, or since the last recorded meeting."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.known import read_moment
from kfly.cli.options import AsKnown, AsOf, read_day, session_of
from kfly.locale import N_, _
from kfly.reports import since as report
from kfly.services.views.since import read_since


def since(
    ctx: typer.Context,
    then: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[DATE]"),
            help=N_(
                "The day (its end), a time, or '#17', as for --as-known; otherwise the last meeting's day."
            ),
        ),
    ] = None,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """What changed since a day, or since the last meeting: figures, lights, tasks, records, corrections."""
    session = session_of(ctx, as_known)
    asked = None if then is None else read_moment(then, _("DATE"))
    found = read_since(session, asked, read_day(as_of, known=session.known))
    return Answer(partial(report.document, found), partial(report.render, found))
