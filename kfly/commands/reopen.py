"""``reopen N``: take a sign-off back; it stays in the task's history with the reason."""

from typing import Annotated

import typer

from kfly.cli.options import TaskNumber, read_reason, session_of
from kfly.console.screen import say
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.plan.tasks import find_task, task_name
from kfly.store.plan import sign_offs


def reopen(
    ctx: typer.Context,
    number: TaskNumber,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it is kept."))],
) -> None:
    """Take a sign-off back; it stays in the task's history with the reason."""
    why = read_reason(reason)
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        name = task_name(task, desk.plan)
        if (task.year, task.number) not in sign_offs.read_in_force(desk.db):
            raise KflyError(_("Task {number} is not signed off.", number=name))
        sign_offs.take_back(desk.db, task, why)
    say(_("Reopened task {number}: {title}", number=name, title=task.title.spoken))
