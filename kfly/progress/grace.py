"""The first days of a window (起步), in which nothing is called late."""

from datetime import date

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
