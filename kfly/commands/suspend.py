"""``suspend N``: a task rests, neither open nor overdue, until it is resumed (暂缓)."""

import typer

from kfly.cli.options import HeldOn, Reason, TaskNumber, read_past_day, read_reason, session_of
from kfly.console.screen import say
from kfly.locale import _
from kfly.plan.course import SUSPENDED, CourseEvent
from kfly.plan.tasks import find_task, task_name
from kfly.services.course import decide


def suspend(ctx: typer.Context, number: TaskNumber, reason: Reason, on: HeldOn = None) -> None:
    """Let a task rest: it is neither open nor overdue until it is resumed."""
    why, day = read_reason(reason), read_past_day(on)
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        decide(desk, task, CourseEvent(task.year, task.number, SUSPENDED, day, why))
        name = task_name(task, desk.plan)
    say(
        _(
            "Suspended task {number} from {day} on: {title}",
            number=name,
            day=day.isoformat(),
            title=task.title.spoken,
        )
    )
