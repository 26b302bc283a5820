"""``buildings``: the pipeline by stage and town, what is overdue, the tailored plans, the idle area left."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, read_day, session_of
from kfly.reports import buildings as report
from kfly.services.views.buildings import read_pipeline


def buildings(ctx: typer.Context, as_of: AsOf = None, as_known: AsKnown = None) -> Answer:
    """The pipeline by stage and town, what is overdue, the tailored plans, the idle area left."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        plan = desk.plan
        found, kind = read_pipeline(desk, day)
    return Answer(
        partial(report.document, found, kind, plan, day), partial(report.render, found, kind, plan, day)
    )
