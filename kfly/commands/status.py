"""``status``: targets against goals, pace, light and forecast; the tasks in one line."""

from datetime import date
from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, Lead, Org, check_choice, read_code, read_day, session_of
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.targets import is_divided, targets_concerning
from kfly.plan.tasks import tasks_concerning
from kfly.progress.score import score
from kfly.progress.tally import tally
from kfly.progress.tasks import Standing
from kfly.reports import status as report
from kfly.reports import words
from kfly.services.session import Desk, Session


def status(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="town", help=N_("What each town has contributed, a row a town.")),
    ] = None,
    short: Annotated[
        bool, typer.Option("--short", help=N_("A line a target, to fit a small screen."))
    ] = False,
    org: Org = None,
    lead: Lead = None,
    light: Annotated[
        str | None,
        typer.Option("--light", metavar=N_("red|yellow|green|none"), help=N_("Only targets of this light.")),
    ] = None,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """Targets against goals, pace, light and forecast; the tasks in one line."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    asked_light = read_code(light, words.TYPED_LIGHTS, "--light")
    if check_choice(by, ["town"], "--by"):
        if short:
            raise WrongUsageError(_("--short and --by do not go together."))
        if org is not None or lead is not None or light is not None:
            raise WrongUsageError(_("--org, --lead and --light do not go with --by."))
        return _by_town(session, day)
    with session.reading() as desk:
        standing = _narrow(desk, day, org, lead, asked_light)
    document = partial(report.document, standing)
    if short:
        from kfly.reports import status_short

        return Answer(document, partial(status_short.render, standing))
    return Answer(document, partial(report.render, standing))


def _narrow(desk: Desk, day: date, org: str | None, lead: str | None, light: str | None) -> Standing:
    """Say where the plan stands, or the part that some organisations lead or answer for.

    A light narrows the targets only: the tasks in one line have lights of their own.
    """
    whole = desk.standing(day)
    rows = whole.targets
    if org is not None or lead is not None:
        plan = desk.plan
        asked = {target.key for target in targets_concerning(plan, org, lead)}
        rows = tuple(row for row in rows if row.target.key in asked)
        tasks = desk.stand(tasks_concerning(plan, plan.tasks_in_view(day), org, lead), day)
        whole = whole._replace(tasks=tally(tasks), score=score(rows, tasks))
    return whole._replace(targets=tuple(row for row in rows if light in (None, row.light)))


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
        read = spans.read(desk.db, targets.list_metrics(plan.targets, plan))
        rows = [targets.assess_target(target, read, plan, day) for target in plan.targets]
        divided = {target.key for target in plan.targets if is_divided(target, desk.registry.kinds)}
    return Answer(
        partial(status_by_town.document, found, rows, plan, day),
        partial(status_by_town.render, found, rows, plan, day, divided),
    )
