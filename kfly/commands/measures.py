"""``measures``: the plan's lines of work, and one of them with all that it has promised."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, read_day, read_whole_number, session_of
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.reports import measures as report
from kfly.services.views.measures import read_measures


def measures(
    ctx: typer.Context,
    number: Annotated[
        str | None, typer.Argument(metavar="[N]", help=N_("One line of work, with all that it has promised."))
    ] = None,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """The plan's lines of work: tasks and deliverables done, the lights of the targets they serve."""
    session = session_of(ctx, as_known)
    day, asked = read_day(as_of, known=session.known), read_whole_number(number, "N")
    with session.reading() as desk:
        plan = desk.plan
        found = read_measures(desk, day)
    if asked is None:
        return Answer(partial(report.document, found, plan), partial(report.render, found, plan, day))
    row = next((row for row in found if row.measure and row.measure.number == asked), None)
    if row is None:
        numbers = _(", ").join(str(measure.number) for measure in plan.measures) or "—"
        raise KflyError(
            _("There is no line of work {number}; there are: {numbers}.", number=asked, numbers=numbers)
        )
    return Answer(partial(report.measure_document, row, plan), partial(report.render_measure, row, plan, day))
