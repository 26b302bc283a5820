"""Tasks found by their number, their year or the organisations they concern."""

import re
from datetime import date
from operator import attrgetter

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.model import Plan, Task
from kfly.plan.organisations import keep_concerning

_NAME = re.compile(r"(?:(?P<year>\d{4})/)?(?P<number>\d{1,6})", re.ASCII)


def find_task(plan: Plan, text: str) -> Task:
    """Find the task that ``11`` or ``2022/11`` means.

    Raises:
        KflyError: there is none, or several tables have one of this number.
    """
    named = _NAME.fullmatch(text.strip())
    if named is None:
        raise KflyError(_("“{text}” is not a task; name it by its number: 11, or 2022/11.", text=text))
    year, number = named["year"], int(named["number"])
    found = [task for task in plan.tasks if task.number == number and year in (None, str(task.year))]
    if len(found) == 1:
        return found[0]
    if found:
        listed = _(", ").join(f"{task.year}/{task.number}" for task in found)
        raise KflyError(
            _("Several tables have a task {number}: {listed}. Say which.", number=number, listed=listed)
        )
    raise KflyError(_("There is no task {text}; “kfly tasks” lists them.", text=text))


def task_name(task: Task, plan: Plan) -> str:
    """Return what the command line calls a task: its number, with its year if there are several tables."""
    several = len({other.year for other in plan.tasks}) > 1
    return f"{task.year}/{task.number}" if several else str(task.number)


def tasks_of_year(plan: Plan, year: int | None, day: date) -> tuple[Task, ...]:
    """Return the tasks of a year's table; without a year, those of the tables in view on a day.

    Raises:
        KflyError: the year has no table.
    """
    if year is None:
        return plan.tasks_in_view(day)
    years = sorted({task.year for task in plan.tasks})
    if year not in years:
        listed = _(", ").join(str(known) for known in years) or "—"
        raise KflyError(_("There is no table of {year}; there are: {listed}.", year=year, listed=listed))
    return tuple(task for task in plan.tasks if task.year == year)


def tasks_concerning(
    plan: Plan, tasks: tuple[Task, ...], org: str | None, lead: str | None
) -> tuple[Task, ...]:
    """Return the tasks that ``org`` leads or answers for, and ``lead`` leads; groups open up both ways.

    Raises:
        KflyError: nobody is called so.
    """
    return keep_concerning(plan, tasks, (org, lead), attrgetter("lead"), attrgetter("responsible"))
