"""``notices``: the supervision notices that were issued, and which of them were answered."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, read_day, session_of
from kfly.locale import N_
from kfly.plan.organisations import find_organisation
from kfly.reports import notices as report
from kfly.services.notices import read_replies


def notices(
    ctx: typer.Context,
    org: Annotated[
        str | None,
        typer.Option("--org", metavar=N_("NAME"), help=N_("Only those to this organisation.")),
    ] = None,
    unanswered: Annotated[
        bool, typer.Option("--unanswered", help=N_("Only those on which feedback is missing."))
    ] = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """The supervision notices that were issued, and which of them were answered."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        plan = desk.plan
        to = find_organisation(org, plan.organisations).name if org is not None else None
        found = [
            (each.notice, each.answered)
            for each in read_replies(desk, day)
            if to in (None, each.notice.organisation) and not (unanswered and each.is_answered)
        ]
    return Answer(partial(report.document, found, plan, day), partial(report.render, found, plan, day))
