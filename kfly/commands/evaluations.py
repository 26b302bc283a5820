"""``evaluations``: the carriers by score and outcome, and those that are still to be evaluated."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, YearShown, read_day, read_whole_number, session_of
from kfly.reports import evaluations as report
from kfly.services.views.evaluations import read_evaluations


def evaluations(
    ctx: typer.Context, year: YearShown = None, as_of: AsOf = None, as_known: AsKnown = None
) -> Answer:
    """The carriers by score and outcome, and those that are still to be evaluated."""
    session = session_of(ctx, as_known)
    day, asked = read_day(as_of, known=session.known), read_whole_number(year, "--year")
    with session.reading() as desk:
        plan = desk.plan
        found, titles, carriers = read_evaluations(desk, day, asked)
    return Answer(
        partial(report.document, found, titles, plan),
        partial(report.render, found, titles, carriers, plan, day),
    )
