"""``resume N``: a task that rested is to be done again (恢复)."""

import typer

from kfly.cli.options import HeldOn, OptionalReason, TaskNumber, read_past_day, read_reason, session_of
from kfly.console.screen import say
from kfly.locale import _
from kfly.plan.course import RESUMED, CourseEvent
from kfly.plan.tasks import find_task, task_name
from kfly.services.course import decide


def resume(ctx: typer.Context, number: TaskNumber, reason: OptionalReason = None, on: HeldOn = None) -> None:
    """Go on with a task that rested."""
    why, day = None if reason is None else read_reason(reason), read_past_day(on)
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        decide(desk, task, CourseEvent(task.year, task.number, RESUMED, day, why))
        name = task_name(task, desk.plan)
    say(
        _(
            "Resumed task {number} from {day} on: {title}",
            number=name,
            day=day.isoformat(),
            title=task.title.spoken,
        )
    )
