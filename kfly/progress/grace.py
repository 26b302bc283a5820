"""The first days of a window (起步), in which nothing is called late."""

from datetime import date

from kfly.plan.model import Plan, Task

QUARTERS = 4  # the grace is at most one of them


def in_grace(start: date, end: date, day: date, days: int) -> bool:
    """Tell whether a day is one of the first of a window: of so many days, and of its first quarter.

    Args:
        start: the first day of the window.
        end: its last day: the deadline.
        day: the day asked.
        days: the plan's ``lights: grace_days``.
    """
    passed = (day - start).days + 1
    length = (end - start).days + 1
    return 0 < passed <= days and passed * QUARTERS <= length


def has_only_begun(task: Task, plan: Plan, day: date) -> bool:
    """Tell whether a task has only begun: its window runs from its table's first day until it is due."""
    begun, ends = plan.year_window(task.year)
    return in_grace(begun, task.due or ends, day, plan.lights.grace_days)
