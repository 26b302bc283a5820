"""The command that shows the way of one target."""

from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, day_asked, one_of
from kfly.cli.session import Session
from kfly.console.screen import show_json
from kfly.locale import N_
from kfly.plan.targets import find_target
from kfly.progress import targets
from kfly.progress.trend import MONTH, PERIODS, QUARTER, trend
from kfly.store import spans


def show_trend(
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
    as_json: AsJson = False,
) -> None:
    """The burn-up of a target: actual, trajectory, and where the pace so far leads by the deadline."""
    period = one_of(by, PERIODS, "--by")
    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        plan = desk.plan
        target = find_target(plan, key)
        row = targets.stand(target, spans.read(desk.db, [target.metric])[target.metric], plan, day)
    points = trend(row, day, period or (MONTH if target.every_year else QUARTER))
    from kfly.reports import trend as report

    if as_json:
        show_json(report.document(row, points, plan, day))
    else:
        report.render(row, points, day)
