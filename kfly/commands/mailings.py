"""``mailings``: what was mailed to whom, when, about which tasks, and what failed."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, read_day, session_of
from kfly.locale import N_
from kfly.reports import mailings as report
from kfly.store import mailings as kept


def mailings(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar=N_("DATE"), help=N_("Only what was tried from this day on.")),
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help=N_("Only what failed."))] = False,
    as_known: AsKnown = None,
) -> Answer:
    """What was mailed to whom, when, about which tasks, and what failed."""
    first = read_day(since, "--since") if since is not None else None
    with session_of(ctx, as_known).reading() as desk:
        plan = desk.plan
        found = [
            mailing
            for mailing in kept.read(desk.db)
            if (first is None or report.parse_tried_at(mailing).date() >= first)
            and not (failed and mailing.is_sent)
        ]
    return Answer(partial(report.document, found, plan), partial(report.render, found, plan))
