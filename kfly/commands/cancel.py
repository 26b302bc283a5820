"""``cancel N``: a task is no longer to be done, and stays in the table (取消)."""

import typer

from kfly.cli.options import HeldOn, Reason, TaskNumber, read_past_day, read_reason, session_of
from kfly.console.screen import say
from kfly.locale import _
from kfly.plan.course import CANCELLED, CourseEvent
from kfly.plan.tasks import find_task, task_name
from kfly.services.course import decide


def cancel(ctx: typer.Context, number: TaskNumber, reason: Reason, on: HeldOn = None) -> None:
    """Cancel a task: it is no longer to be done, and stays in the table."""
    why, day = read_reason(reason), read_past_day(on)
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        decide(desk, task, CourseEvent(task.year, task.number, CANCELLED, day, why))
        name = task_name(task, desk.plan)
    say(
        _(
            "Cancelled task {number} from {day} on: {title}",
            number=name,
            day=day.isoformat(),
            title=task.title.spoken,
        )
    )
