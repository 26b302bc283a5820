"""``evaluations``: the carriers by score and outcome, and those that are still to be evaluated."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, YearShown, read_day, read_whole_number, session_of
from kfly.reports import evaluations as report
from kfly.services.views.evaluations import read_evaluations


def evaluations(ctx: typer.Context, year: YearShown = None, as_of: AsOf = None) -> Answer:
    """The carriers by score and outcome, and those that are still to be evaluated."""
    day, asked = read_day(as_of), read_whole_number(year, "--year")
    with session_of(ctx).reading() as desk:
        plan = desk.plan
        found, titles, carriers = read_evaluations(desk, day, asked)
    return Answer(
        partial(report.document, found, titles, plan),
        partial(report.render, found, titles, carriers, plan, day),
    )
