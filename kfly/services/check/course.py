"""The check of what was decided of tasks: each decision has to fit behind those before it."""

from collections.abc import Iterator

from kfly.locale import _
from kfly.plan.tasks import task_name
from kfly.services.check.evidence import TASK
from kfly.services.check.findings import ERROR, KFLY, Finding
from kfly.services.course import find_misplaced_decisions
from kfly.services.session import Desk


def check_course(desk: Desk) -> Iterator[Finding]:
    """Find decisions out of order, a task that is resumed though it never rested, and the like."""
    for task, event, message in find_misplaced_decisions(desk):
        name = task_name(task, desk.plan)
        yield Finding(
            severity=ERROR,
            code="course_out_of_order",
            kind=TASK,
            id=name,
            title=task.title.spoken,
            message=message,
            command=(KFLY, "log", "task", name),
            label=_("The task"),
            about=(task.year, task.number, event.what, event.on.isoformat()),
        )
