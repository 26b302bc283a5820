"""The command that shows the way of one target."""

from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, day_asked, one_of
from kfly.cli.session import Session
from kfly.errors import KflyError, nearest
from kfly.locale import N_, _
from kfly.plan.model import Plan, Target
from kfly.progress import targets
from kfly.progress.trend import MONTH, PERIODS, QUARTER, trend
from kfly.reports.screen import show_json
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
        target = _target(desk.plan, key)
        row = targets.stand(target, spans.read(desk.db, [target.metric])[target.metric], desk.plan, day)
    points = trend(row, day, period or (MONTH if target.every_year else QUARTER))
    from kfly.reports import trend as report

    if as_json:
        show_json(report.document(row, points, day))
    else:
        report.render(row, points, day)


def _target(plan: Plan, text: str) -> Target:
    wanted = text.strip().replace("-", "_")
    for target in plan.targets:
        if wanted == target.key or text.strip() in target.name:
            return target
    near = nearest(wanted, [word for target in plan.targets for word in (target.key, *target.name)])
    raise KflyError(
        _("There is no target “{key}”; did you mean “{near}”?", key=text, near=near)
        if near
        else _("There is no target “{key}”; “kfly status --json” has their keys.", key=text)
    )
