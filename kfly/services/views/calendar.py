"""The deadlines of the plan for a calendar: what the tasks' days are, and what their events are called."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from kfly.plan.changes import Revision
from kfly.plan.numbers import TaskKey
from kfly.plan.tasks import tasks_concerning
from kfly.progress.calendar import CalendarDay, list_calendar_days
from kfly.services.session import Desk
from kfly.store.log import revisions

_DIGITS = 16  # of the identity: 64 bits, so that two plans never share one


class Deadlines(NamedTuple):
    """What a calendar holds.

    Attributes:
        identity: of the plan, whatever is loaded into it later.
        days: of the tasks.
        revisions: of the tasks, by year and number.
        changed_at: when anything was changed last, records too; None: the log does not say.
    """

    identity: str
    days: tuple[CalendarDay, ...]
    revisions: Mapping[TaskKey, Revision]
    changed_at: datetime | None


def read_deadlines(desk: Desk, org: str | None, day: date) -> Deadlines:
    """Read the deadlines of all tables, as they stand on a day; or those that concern an organisation.

    Raises:
        KflyError: nobody is called so.
    """
    given = tuple(task for task in desk.plan.tasks if task.is_there(day))
    tasks = tasks_concerning(desk.plan, given, org, None)
    days = tuple(list_calendar_days(desk.stand(tasks, day)))
    changed_at = revisions.read_last_moment(desk.db)
    return Deadlines(_identify(desk), days, revisions.read_revisions(desk.db), changed_at)


def _identify(desk: Desk) -> str:
    """Return what the plan is known by: its first Chinese name and its first day then.

    A plan that is loaded anew keeps it under any name, and a database made again of the same files has the
    same; so in both cases a new calendar takes the old one's place.
    """
    first = revisions.read_first_plan(desk.db)
    return sha256(f"{first.get('name_zh')}\n{first.get('starts')}".encode()).hexdigest()[:_DIGITS]
