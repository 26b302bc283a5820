"""``reopen N``: take a sign-off back; it stays in the task's history with the reason."""

import typer

from kfly.cli.options import Reason, StageNumber, TaskNumber, read_reason, session_of
from kfly.console.screen import say
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.tasks import find_stage, find_task, part_name
from kfly.store.plan import sign_offs


def reopen(
    ctx: typer.Context,
    number: TaskNumber,
    reason: Reason,
    stage: StageNumber = None,
) -> None:
    """Take a sign-off back; it stays in the task's history with the reason."""
    why = read_reason(reason)
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        which = find_stage(task, stage)
        name = part_name(task, desk.plan, which)
        course, key = sign_offs.read_course(desk.db), (task.year, task.number)
        if (key not in course.sign_offs) if which is None else ((*key, which) not in course.stages):
            raise KflyError(_("Task {number} is not signed off.", number=name))
        sign_offs.take_back(desk.db, task, why, which)
    title = task.stages[which - 1].title if which else task.title
    say(_("Reopened task {number}: {title}", number=name, title=title.spoken))
