"""``tasks``: the yearly table, filtered, or tallied by who leads."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import (
    AsKnown,
    AsOf,
    Lead,
    Org,
    Year,
    check_choice,
    read_code,
    read_day,
    read_whole_number,
    session_of,
)
from kfly.locale import N_
from kfly.plan.model import Plan
from kfly.plan.organisations import find_organisation, find_related
from kfly.plan.tasks import tasks_concerning, tasks_led_by, tasks_of_year
from kfly.progress.tasks import TaskStanding
from kfly.reports import tasks as report
from kfly.reports import words


def tasks(
    ctx: typer.Context,
    org: Org = None,
    lead: Lead = None,
    leader: Annotated[
        str | None,
        typer.Option("--leader", metavar=N_("NAME"), help=N_("Only the tasks of this leader in charge.")),
    ] = None,
    light: Annotated[
        str | None,
        typer.Option("--light", metavar=N_("red|yellow|blue|green|none"), help=N_("Only this light.")),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar=N_("done|overdue|open|ongoing|suspended|cancelled|carried|unsigned"),
            help=N_("Only this state; unsigned: done by its figures, and nobody has signed it off."),
        ),
    ] = None,
    year: Year = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="lead|leader|town", help=N_("Tally the tasks by who has them, instead of a list.")
        ),
    ] = None,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """The table, filtered; the filters combine."""
    check_choice(by, ["lead", "leader", "town"], "--by")
    session = session_of(ctx, as_known)
    day, of = read_day(as_of, known=session.known), read_whole_number(year, "--year")
    asked_light = read_code(light, words.TYPED_LIGHTS, "--light")
    asked_state = read_code(state, words.TYPED_STATES, "--state")
    with session.reading() as desk:
        plan = desk.plan
        concerned = tasks_concerning(plan, tasks_of_year(plan, of, day), org, lead)
        chosen = desk.stand(tasks_led_by(plan, concerned, leader), day)
    rows = [r for r in chosen if asked_light in (None, r.light) and _is_in_state(r, asked_state)]
    if by:
        given = {
            "--org": org,
            "--lead": lead,
            "--leader": leader,
            "--light": light,
            "--state": state,
            "--year": year,
        }
        return _tally(by, rows, plan, day, given)
    return Answer(partial(report.document, rows, plan), partial(report.render, rows, plan, day))


def _is_in_state(row: TaskStanding, asked: str | None) -> bool:
    """Tell whether a task is in the state that is asked for, if one is."""
    return row.awaits_sign_off if asked == words.UNSIGNED else asked in (None, row.state)


def _tally(
    by: str, rows: Sequence[TaskStanding], plan: Plan, day: date, given: dict[str, str | None]
) -> Answer:
    """Tally tasks by who leads them, is in charge, or by town; ``given`` are the filters that chose them."""
    from kfly.progress.departments import LEAD, tally_by
    from kfly.reports import tasks_by

    lead, only = given["--lead"], None
    if lead is not None and by == LEAD:
        only = find_related(find_organisation(lead, plan.organisations), plan)
    found = tasks_by.TallyOf(
        by=by,
        tallies=tally_by(by, rows, plan, only),
        # Of the tasks in one state, or under one light, no share of those on time can be told.
        rated=given["--light"] is None and given["--state"] is None,
        filters=" ".join(f"{option} {value}" for option, value in given.items() if value is not None),
    )
    return Answer(partial(tasks_by.document, found, plan), partial(tasks_by.render, found, plan, day))
