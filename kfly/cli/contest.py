"""The command that ranks the towns, and the view of ``status`` by town."""

from datetime import date
from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, day_asked
from kfly.cli.session import Desk, Session
from kfly.console.screen import show_json
from kfly.locale import N_
from kfly.plan.model import Metric, Span
from kfly.plan.targets import find_target
from kfly.progress import league as contest
from kfly.progress import targets
from kfly.reports import league as report
from kfly.reports import status_by_town as status_by_town_report
from kfly.store import spans

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
    as_json: AsJson = False,
) -> None:
    """The towns and zones, ranked by how far they keep what they owe, or by one target."""
    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        plan = desk.plan
        target = None if by == SCORE else find_target(plan, by)
        places = contest.league(plan, _by_town(desk), day, target.key if target else None)
    if as_json:
        show_json(report.document(places, plan))
    else:
        report.render(places, plan, day, target)


def status_by_town(session: Session, day: date, *, as_json: bool) -> None:
    """What each town has contributed to each target."""
    with session.reading() as desk:
        plan = desk.plan
        found = contest.contributions(plan, _by_town(desk), day)
        read = spans.read(desk.db, contest.metrics(plan))
        rows = [targets.stand(target, read[target.metric], plan, day) for target in plan.targets]
    if as_json:
        show_json(status_by_town_report.document(found, rows, plan, day))
    else:
        status_by_town_report.render(found, rows, plan, day)


def _by_town(desk: Desk) -> dict[Metric, tuple[Span, ...]]:
    return spans.read(desk.db, contest.metrics(desk.plan), by_town=True)
