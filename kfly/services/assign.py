"""Ordering a task beyond the yearly tables (交办): by whom it is to be done, and by when."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kfly.errors import KflyError, WrongUsageError
from kfly.locale import _
from kfly.plan.deadlines.reading import DeadlineError, TaskDeadline, Years, read_task_deadline
from kfly.plan.known_kinds import MEETING
from kfly.plan.model import Name, Task
from kfly.plan.organisations import find_organisation
from kfly.services.session import Desk
from kfly.store.plan import orders


class Order(NamedTuple):
    """What is ordered, in the words of who orders it."""

    title: str
    lead: Sequence[str]
    due: str
    on: date
    responsible: Sequence[str] = ()
    meeting: str | None = None


def assign(desk: Desk, order: Order) -> Task:
    """Record an order under the next number of its year.

    Raises:
        WrongUsageError: the deadline is none.
        KflyError: nobody is called so, no such meeting is recorded, or the deadline lies before the order.
    """
    plan = desk.plan
    year = plan.calendar.year_of(order.on)
    lead, responsible = (
        tuple(dict.fromkeys(find_organisation(name, plan.organisations).name for name in names))
        for names in (order.lead, order.responsible)
    )
    due = read_due(order.due, order.on, year, plan.year_starts)
    task = Task(
        year=year,
        number=orders.find_next_number(desk.db, year),
        title=Name(order.title, order.title),
        lead=lead,
        responsible=responsible,
        due=due.due,
        measure=None,
        needs=(),
        report_every=due.report_every,
        assigned_on=order.on,
        assigned_by=_find_meeting(desk, order.meeting),
    )
    orders.record(desk.db, task)
    return task


def read_due(text: str, on: date, year: int, year_starts: int) -> TaskDeadline:
    """Read by when an order is to be done; where no year is named, on the first such day from its own on.

    Raises:
        WrongUsageError: the words are no deadline.
        KflyError: they name a day before the order.
    """
    try:
        found, later = (read_task_deadline(text, Years(year_starts, n)) for n in (year, year + 1))
    except DeadlineError as error:
        raise WrongUsageError(_("--due: {message}", message=str(error))) from None
    if found.due is not None and found.due < on:
        found = later
    if found.due is not None and found.due < on:
        message = _("--due: {due} lies before {on}, the day of the order.", due=found.due, on=on)
        raise KflyError(message)
    return found


def _find_meeting(desk: Desk, which: str | None) -> str | None:
    """Find what a recorded meeting is called, with its day where it has one."""
    if which is None:
        return None
    registry = desk.registry
    kind = registry.kind(MEETING)
    record = registry.which(kind, which)
    return registry.titles.title(kind.name, record) or kind.without_name(record)
