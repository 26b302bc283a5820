"""``tasks``: the yearly table, filtered, or tallied by who leads."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated, NamedTuple

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
from kfly.cli.task_filters import Leader, TaskFilters, TaskLight, TaskState
from kfly.locale import N_
from kfly.plan.model import Plan
from kfly.plan.organisations import find_organisation, find_related
from kfly.plan.tasks import tasks_concerning, tasks_led_by, tasks_of_year
from kfly.progress.tasks import TaskStanding
from kfly.reports import tasks as report
from kfly.reports import words
from kfly.services.session import Desk


class Choice(NamedTuple):
    """Which tasks are asked for, as read."""

    filters: TaskFilters
    light: str | None
    state: str | None
    year: int | None


def tasks(
    ctx: typer.Context,
    org: Org = None,
    lead: Lead = None,
    leader: Leader = None,
    light: TaskLight = None,
    state: TaskState = None,
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
    day = read_day(as_of, known=session.known)
    choice = read_choice(TaskFilters(org, lead, leader, light, state, year))
    with session.reading() as desk:
        plan = desk.plan
        rows = choose_tasks(desk, choice, day)
    if by:
        return _tally(by, rows, plan, day, choice.filters)
    return Answer(partial(report.document, rows, plan), partial(report.render, rows, plan, day))


def read_choice(filters: TaskFilters) -> Choice:
    """Read which tasks are asked for.

    Raises:
        WrongUsageError: there is no such light or state, or the year is no number.
    """
    year = read_whole_number(filters.year, "--year")
    light = read_code(filters.light, words.TYPED_LIGHTS, "--light")
    return Choice(filters, light, read_code(filters.state, words.TYPED_STATES, "--state"), year)


def choose_tasks(desk: Desk, choice: Choice, day: date) -> list[TaskStanding]:
    """Choose the tasks that are asked for, and say where they stand on a day.

    Raises:
        KflyError: nobody is called so, or the year has no table.
    """
    plan, asked = desk.plan, choice.filters
    concerned = tasks_concerning(plan, tasks_of_year(plan, choice.year, day), asked.org, asked.lead)
    rows = desk.stand(tasks_led_by(plan, concerned, asked.leader), day)
    return [row for row in rows if choice.light in (None, row.light) and _is_in_state(row, choice.state)]


def _is_in_state(row: TaskStanding, asked: str | None) -> bool:
    """Tell whether a task is in the state that is asked for, if one is."""
    return row.awaits_sign_off if asked == words.UNSIGNED else asked in (None, row.state)


def _tally(by: str, rows: Sequence[TaskStanding], plan: Plan, day: date, filters: TaskFilters) -> Answer:
    """Tally tasks by who leads them, is in charge, or by town."""
    from kfly.progress.departments import LEAD, tally_by
    from kfly.reports import tasks_by

    only = None
    if filters.lead is not None and by == LEAD:
        only = find_related(find_organisation(filters.lead, plan.organisations), plan)
    found = tasks_by.TallyOf(
        by=by,
        tallies=tally_by(by, rows, plan, only),
        # Of the tasks in one state, or under one light, no share of those on time can be told.
        rated=filters.light is None and filters.state is None,
        filters=filters.tell(),
    )
    return Answer(partial(tasks_by.document, found, plan), partial(tasks_by.render, found, plan, day))
