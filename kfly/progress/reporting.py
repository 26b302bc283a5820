"""Whether progress was reported of a task, where each period wants a report (反馈)."""

from collections.abc import Iterable
from datetime import date, timedelta

from kfly.plan.model import Plan, Task
from kfly.plan.periods import MONTHS, Period

_DAY = timedelta(days=1)


def find_unreported(task: Task, plan: Plan, reports: Iterable[date], day: date) -> Period | None:
    """Find the last whole period of a task's reports, if none came in it; None if one did, or none was due.

    Args:
        task: with its table, before whose first day no report is due.
        plan: its run; what it cuts of a period leaves no whole one.
        reports: the days on which progress was reported.
        day: the day asked: a period is over on the day after its last.
    """
    if task.report_every is None:
        return None
    begun, _ends = plan.year_window(task.year)
    periods = plan.calendar.list_periods(task.report_every)
    over = [p for p in periods if begun <= p.first and p.last < day and _is_whole(p, plan)]
    if not over or any(over[-1].first <= on <= over[-1].last for on in reports):
        return None
    return over[-1]


def _is_whole(period: Period, plan: Plan) -> bool:
    return all(
        on.day == 1 and (on.month - plan.year_starts) % MONTHS[period.every] == 0
        for on in (period.first, period.last + _DAY)
    )
