"""``extend N``: a later due day for a task, or for a stage of it (延期)."""

from typing import Annotated

import typer

from kfly.cli.options import (
    HeldOn,
    Reason,
    StageNumber,
    TaskNumber,
    check_text,
    read_day,
    read_past_day,
    read_reason,
    session_of,
)
from kfly.console.screen import say
from kfly.locale import N_, _
from kfly.plan.course import EXTENDED, CourseEvent
from kfly.plan.tasks import find_stage, find_task, part_name
from kfly.services.course import decide


def extend(
    ctx: typer.Context,
    number: TaskNumber,
    to: Annotated[str, typer.Option("--to", metavar=N_("DATE"), help=N_("The new last day."))],
    reason: Reason,
    stage: StageNumber = None,
    approved_by: Annotated[
        str | None, typer.Option("--approved-by", metavar=N_("WHO"), help=N_("Who has approved it."))
    ] = None,
    on: HeldOn = None,
) -> None:
    """Give a task a later due day; until then it stands as it did."""
    why, last, day = read_reason(reason), read_day(to, "--to"), read_past_day(on)
    by = (check_text(approved_by, "--approved-by") or "").strip() or None
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        which = find_stage(task, stage)
        if which is None and task.stages and not task.is_ongoing:
            which = len(task.stages)  # with which the task itself is due
        event = CourseEvent(task.year, task.number, EXTENDED, day, why, last, which, by)
        decide(desk, task, event)
        name = part_name(task, desk.plan, which)
    title = task.stages[which - 1].title if which else task.title
    say(_("Extended task {number} to {day}: {title}", number=name, day=last.isoformat(), title=title.spoken))
