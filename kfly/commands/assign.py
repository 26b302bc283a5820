"""``assign TITLE``: what a meeting or a leader orders beyond the yearly tables (交办)."""

from typing import Annotated

import typer

from kfly.cli.options import check_text, find_told_day, read_past_day, session_of, split_names
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.services.assign import Order
from kfly.services.assign import assign as record


def assign(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("What is to be done."))],
    lead: Annotated[
        list[str], typer.Option("--lead", metavar=N_("NAME"), help=N_("Who leads it. Repeatable."))
    ],
    due: Annotated[
        str, typer.Option("--due", metavar=N_("WHEN"), help=N_("By when: 2022-06-30, 2022Q3, end of June …"))
    ],
    responsible: Annotated[
        list[str] | None,
        typer.Option("--responsible", metavar=N_("NAME"), help=N_("Who answers for it. Repeatable.")),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option("--meeting", metavar=N_("WHICH"), help=N_("The recorded meeting that ordered it.")),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=N_("DATE"), help=N_("The day of the order; today otherwise.")),
    ] = None,
) -> None:
    """Order a task beyond the yearly tables; it is numbered A1, A2 … by year."""
    day, told = read_past_day(on), (check_text(title, "TITLE") or "").strip()
    if not told:
        raise WrongUsageError(_("TITLE must not be empty."))
    meant = find_told_day(due)
    order = Order(
        told, split_names(lead), meant.isoformat() if meant else due, day, split_names(responsible), meeting
    )
    with session_of(ctx).writing() as desk:
        task = record(desk, order)
    name = f"{task.year}/{task.number}"
    if task.due is None:
        say(_("Assigned task {number}, ongoing: {title}", number=name, title=told))
    else:
        due_on = task.due.isoformat()
        say(_("Assigned task {number}, due {day}: {title}", number=name, day=due_on, title=told))
