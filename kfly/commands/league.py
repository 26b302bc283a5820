"""``league``: the towns ranked by how far they keep what they owe."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, read_day, session_of
from kfly.locale import N_
from kfly.plan.targets import find_target
from kfly.reports import league as report
from kfly.services.views.league import read_league

SCORE = "score"


def league(
    ctx: typer.Context,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar=N_("score|TARGET"), help=N_("A target's key or name; the score otherwise.")
        ),
    ] = SCORE,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """The towns and zones, ranked by how far they keep what they owe, or by one target."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        plan = desk.plan
        target = None if by == SCORE else find_target(plan, by)
        places, seasons = read_league(desk, day, target)
    return Answer(
        partial(report.document, places, plan, target, seasons),
        partial(report.render, places, plan, day, target, seasons),
    )
