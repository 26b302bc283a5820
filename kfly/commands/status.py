"""``status``: targets against goals, pace, light and forecast; the tasks in one line."""

from datetime import date
from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, check_choice, read_day, session_of
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.reports import status as report
from kfly.services.session import Session


def status(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="town", help=N_("What each town has contributed, a row a town.")),
    ] = None,
    short: Annotated[
        bool, typer.Option("--short", help=N_("A line a target, to fit a small screen."))
    ] = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """Targets against goals, pace, light and forecast; the tasks in one line."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    if check_choice(by, ["town"], "--by"):
        if short:
            raise WrongUsageError(_("--short and --by do not go together."))
        return _by_town(session, day)
    with session.reading() as desk:
        standing = desk.standing(day)
    document = partial(report.document, standing)
    if short:
        from kfly.reports import status_short

        return Answer(document, partial(status_short.render, standing))
    return Answer(document, partial(report.render, standing))


def _by_town(session: Session, day: date) -> Answer:
    """Show what each town has contributed to each target."""
    from kfly.progress import league, targets
    from kfly.reports import status_by_town
    from kfly.store import spans

    with session.reading() as desk:
        plan = desk.plan
        by_town = spans.read(
            desk.db, league.list_metrics(plan), by_town=True, days=league.list_days(plan, day)
        )
        found = league.contributions(plan, by_town, day)
        read = spans.read(desk.db, league.list_metrics(plan))
        rows = [targets.assess_target(target, read[target.metric], plan, day) for target in plan.targets]
    return Answer(
        partial(status_by_town.document, found, rows, plan, day),
        partial(status_by_town.render, found, rows, plan, day),
    )
