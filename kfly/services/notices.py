"""Issuing supervision notices: who gets one about what, and that nobody gets the same one twice."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kfly.plan.model import Organisation, Plan
from kfly.plan.notices import Notice, NoticedTask
from kfly.plan.organisations import find_related
from kfly.progress.notices import Supervised, colour_tasks, find_worst
from kfly.progress.supervision import supervise
from kfly.progress.tasks import TaskStanding
from kfly.services.session import Desk
from kfly.store import notices as kept
from kfly.store.plan import progress_notes


class NoticeDraft(NamedTuple):
    """What is to be told to an organisation.

    Attributes:
        organisation: whom.
        tasks: the tasks it leads that are to be supervised, the worst first; none where all is well.
    """

    organisation: Organisation
    tasks: tuple[Supervised, ...]

    @property
    def news(self) -> tuple[Supervised, ...]:
        """The tasks of it that were not told already, or not in so bad a colour."""
        return tuple(task for task in self.tasks if task.is_news)

    @property
    def told_by(self) -> Notice | None:
        """The last notice that told it already."""
        told = [task.last for task in self.tasks if task.last]
        return max(told, key=lambda notice: (notice.issued_on, notice.number), default=None)


class IssuedNotice(NamedTuple):
    """A notice that was issued, and what it tells."""

    notice: Notice
    draft: NoticeDraft


class NoticeReplies(NamedTuple):
    """A notice, and the tasks of it on which feedback has come since."""

    notice: Notice
    answered: frozenset[NoticedTask]

    @property
    def is_answered(self) -> bool:
        """Whether feedback has come on all its tasks."""
        return self.answered.issuperset(self.notice.tasks)


def draft_notices(desk: Desk, organisations: Iterable[Organisation], day: date) -> list[NoticeDraft]:
    """Find what is to be told to some organisations on a day, of the tasks that each leads."""
    plan, earlier = desk.plan, kept.read(desk.db, day)
    rows = desk.stand(plan.tasks_in_view(day), day)
    return [_draft(plan, rows, organisation, earlier, day) for organisation in organisations]


def list_leads(desk: Desk, day: date) -> list[Organisation]:
    """List the organisations that lead a task in view, in the plan's order."""
    leads = {name for task in desk.plan.tasks_in_view(day) for name in task.lead}
    return [organisation for organisation in desk.plan.organisations if organisation.name in leads]


def _draft(
    plan: Plan, rows: Iterable[TaskStanding], to: Organisation, earlier: Iterable[Notice], day: date
) -> NoticeDraft:
    related = find_related(to, plan)
    own = [row for row in rows if related.intersection(row.task.lead)]
    found = supervise(own, behind=True, within=plan.lights.due_soon_days)
    told = [notice for notice in earlier if notice.organisation == to.name]
    return NoticeDraft(to, colour_tasks(found, told, day))


def issue(desk: Desk, draft: NoticeDraft, day: date, reply_by: date) -> IssuedNotice:
    """Record a notice, with the next number of the year.

    Args:
        desk: open for writing.
        draft: what it tells.
        day: of issue.
        reply_by: the last day for an answer.
    """
    tasks = tuple(NoticedTask(one.row.task.year, one.row.task.number, one.light) for one in draft.tasks)
    notice = Notice(
        year=day.year,
        number=0,  # the next one
        organisation=draft.organisation.name,
        light=find_worst(task.light for task in tasks),
        issued_on=day,
        reply_by=reply_by,
        tasks=tasks,
    )
    return IssuedNotice(kept.record(desk.db, notice), draft)


def read_replies(desk: Desk, day: date) -> Iterator[NoticeReplies]:
    """Yield the notices issued until a day, each with what was answered by then."""
    notes = progress_notes.read_latest(desk.db, day)
    for notice in kept.read(desk.db, day):
        answered = frozenset(task for task in notice.tasks if notice.is_answered_by(notes.get(task.key)))
        yield NoticeReplies(notice, answered)
