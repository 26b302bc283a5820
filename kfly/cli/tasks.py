"""Which task is meant, and which tasks are asked for."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kfly.cli.session import Desk
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.model import Plan, Task
from kfly.plan.organisations import circle, find
from kfly.progress.standing import metrics_of, of_tasks
from kfly.progress.tasks import TaskStanding
from kfly.store import sign_offs, spans


class TaskFilter(NamedTuple):
    """What ``tasks`` and ``overdue`` are narrowed to; everything that is given must hold."""

    org: str | None = None
    lead: str | None = None
    light: str | None = None
    state: str | None = None
    year: int | None = None


def standings(desk: Desk, day: date, asked: TaskFilter) -> list[TaskStanding]:
    """The tasks asked for, as they stand on a day.

    Raises:
        KflyError: an organisation that nobody is, or a year that has no table.
    """
    plan = desk.plan
    chosen = [task for task in _of_year(plan, asked.year, day) if _concerns(task, plan, asked)]
    rows = _stand(desk, chosen, day)
    return [row for row in rows if asked.light in (None, row.light) and asked.state in (None, row.state)]


def standing_of(desk: Desk, task: Task, day: date) -> TaskStanding:
    """One task as it stands on a day."""
    return _stand(desk, [task], day)[0]


def find_task(plan: Plan, text: str, day: date) -> Task:
    """The task that ``11`` or ``2022/11`` means.

    Raises:
        KflyError: there is none, or several tables have one of this number.
    """
    year, _slash, number = text.strip().rpartition("/")
    if not (number.isascii() and number.isdigit()) or (year and not (year.isascii() and year.isdigit())):
        raise KflyError(_("“{text}” is not a task; name it by its number: 11, or 2022/11.", text=text))
    pool = plan.tasks if year else plan.tasks_in_view(day)
    found = [t for t in pool if t.number == int(number) and (not year or t.year == int(year))]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{task.year}/{task.number}" for task in found)
        raise KflyError(
            _("Several tables have a task {number}: {listed}. Say which.", number=number, listed=listed)
        )
    raise KflyError(_("There is no task {text}; “kfly tasks” lists them.", text=text))


def _stand(desk: Desk, tasks: list[Task], day: date) -> list[TaskStanding]:
    measured = spans.read(desk.db, metrics_of((), tasks))
    return list(of_tasks(desk.plan, tasks, measured, sign_offs.in_force(desk.db), day))


def _of_year(plan: Plan, year: int | None, day: date) -> Iterable[Task]:
    if year is None:
        return plan.tasks_in_view(day)
    years = sorted({task.year for task in plan.tasks})
    if year not in years:
        listed = ", ".join(str(known) for known in years)
        raise KflyError(
            _("There is no table of {year}; there are: {listed}.", year=year, listed=listed or "—")
        )
    return [task for task in plan.tasks if task.year == year]


def _concerns(task: Task, plan: Plan, asked: TaskFilter) -> bool:
    for name, owners in ((asked.org, task.lead + task.responsible), (asked.lead, task.lead)):
        if name is not None and not circle(find(name, plan.organisations), plan).intersection(owners):
            return False
    return True
