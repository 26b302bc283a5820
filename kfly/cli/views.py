"""Commands that show how the plan stands."""

from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, Year, day_asked, one_of, whole_number
from kfly.cli.session import Session
from kfly.locale import N_


def status(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="town", help=N_("What each town has contributed, a row a town.")),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Targets against goals, pace, light and forecast; the tasks in one line."""
    day = day_asked(as_of)
    if one_of(by, ["town"], "--by"):
        from kfly.cli.contest import status_by_town

        status_by_town(Session.of(ctx), day, as_json=as_json)
        return
    from kfly.reports import status as report

    with Session.of(ctx).reading() as desk:
        standing = desk.standing(day)
    if as_json:
        from kfly.console.screen import show_json

        show_json(report.document(standing))
    else:
        report.render(standing)


def tasks(
    ctx: typer.Context,
    org: Annotated[
        str | None,
        typer.Option(
            "--org", metavar=N_("NAME"), help=N_("Only what this organisation leads or answers for.")
        ),
    ] = None,
    lead: Annotated[
        str | None, typer.Option("--lead", metavar=N_("NAME"), help=N_("Only what this organisation leads."))
    ] = None,
    light: Annotated[
        str | None, typer.Option("--light", metavar="red|yellow|blue|green|none", help=N_("Only this light."))
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="done|overdue|open", help=N_("Only this state."))
    ] = None,
    year: Year = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="lead", help=N_("Tally the tasks by who leads them, instead of a list.")
        ),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The table, filtered; the filters combine."""
    from kfly.console.screen import show_json
    from kfly.plan.organisations import circle, find
    from kfly.plan.tasks import concerning, of_year
    from kfly.progress.departments import by_lead
    from kfly.progress.targets import LIGHTS
    from kfly.progress.tasks import STATES
    from kfly.reports import tasks as report
    from kfly.reports import tasks_by_lead as departments

    one_of(by, ["lead"], "--by")
    day, of = day_asked(as_of), whole_number(year, "--year")
    asked_light, asked_state = one_of(light, LIGHTS, "--light"), one_of(state, STATES, "--state")
    with Session.of(ctx).reading() as desk:
        plan = desk.plan
        chosen = desk.stand(concerning(plan, of_year(plan, of, day), org, lead), day)
    rows = [r for r in chosen if asked_light in (None, r.light) and asked_state in (None, r.state)]
    if by:
        only = circle(find(lead, plan.organisations), plan) if lead is not None else None
        tallies = by_lead(rows, plan, only)
        given = {"--org": org, "--lead": lead, "--light": light, "--state": state, "--year": year}
        # Of the tasks in one state, or under one light, no share of those on time can be told.
        rated = asked_light is None and asked_state is None
        if as_json:
            show_json(departments.document(tallies, plan, rated=rated))
        else:
            filters = " ".join(f"{option} {value}" for option, value in given.items() if value is not None)
            departments.render(tallies, plan, day, filters, rated=rated)
    elif as_json:
        show_json(report.document(rows, plan))
    else:
        report.render(rows, plan, day)


def task(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help=N_("The task: 11, or 2022/11."))],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """One task: who owes it, what it must reach, and what happened."""
    from kfly.cli.telling import plan_changes
    from kfly.console.screen import show_json
    from kfly.plan.organisations import called
    from kfly.plan.tasks import find_task
    from kfly.reports import task as report
    from kfly.reports.timeline import events
    from kfly.store.plan import progress_notes, sign_offs

    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        plan = desk.plan
        (row,) = desk.stand((find_task(plan, number),), day)
        history = [sign_off for sign_off in sign_offs.history(desk.db, row.task) if sign_off.on <= day]
        notes = [note for note in progress_notes.of_task(desk.db, row.task) if note.on <= day]
        # The plan shown is today's, whatever the day; so are its changes.
        happened = events(row, history, notes, plan_changes(desk, row.task), called(plan))
    if as_json:
        show_json(report.document(row, history, happened, plan))
    else:
        report.render(row, happened, plan, day)
