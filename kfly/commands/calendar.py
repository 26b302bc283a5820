"""``calendar``: the deadlines as a file for calendars."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import AsKnown, AsOf, Force, Org, read_day, session_of
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.registry.sheets.outfile import must_be_free, replacing
from kfly.reports.calendar.events import CalendarPaper, write_calendar
from kfly.services.outputs import must_not_be_the_database
from kfly.services.views.calendar import read_deadlines

SUFFIX = ".ics"


def calendar(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=N_("F.ics"), help=N_("The calendar to write."))
    ],
    org: Org = None,
    force: Force = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> None:
    """Write the deadlines of all tasks for a calendar; a new file brings an old one up to date."""
    if output.suffix.lower() != SUFFIX:
        raise WrongUsageError(_("--output: “{value}” is not a {suffix} file.", value=output, suffix=SUFFIX))
    session = session_of(ctx, as_known)
    must_not_be_the_database(session.path, output)
    day = read_day(as_of, known=session.known)
    must_be_free(output, force=force)
    with session.reading() as desk:
        found = read_deadlines(desk, org, day)
        paper = CalendarPaper(desk.plan, found.identity, found.days, found.revisions, day, found.changed_at)
    with replacing(output, force=force) as stream:
        stream.write(write_calendar(paper))
    say(_("Wrote {path}. Deadlines: {n}.", path=output, n=len(paper.days)))
