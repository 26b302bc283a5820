"""``trend KEY``: the way of one target to its goal."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, check_choice, read_day, session_of
from kfly.locale import N_
from kfly.plan.targets import find_target
from kfly.progress import targets
from kfly.progress import trend as way
from kfly.reports import trend as report
from kfly.store import spans


def trend(
    ctx: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar=N_("KEY"), help=N_("The target's key, or its name, as in “kfly status”."))
    ],
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="month|quarter", help=N_("What the figures are told for; a quarter otherwise.")
        ),
    ] = None,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """The burn-up of a target: actual, trajectory, and where the pace so far leads by the deadline."""
    period = check_choice(by, way.PERIODS, "--by")
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        plan = desk.plan
        target = find_target(plan, key)
        row = targets.assess_target(
            target, spans.read(desk.db, targets.list_metrics([target], plan)), plan, day
        )
    points = way.trend(row, day, period or (way.MONTH if target.every_year else way.QUARTER))
    return Answer(partial(report.document, row, points, plan, day), partial(report.render, row, points, day))
