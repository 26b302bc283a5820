"""Issuing supervision notices: who gets one about what, and that nobody gets the same one twice."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kfly.plan.model import Organisation, Plan
from kfly.plan.notices import Notice, NoticedTarget, NoticedTask
from kfly.plan.organisations import find_related
from kfly.plan.targets import find_lead
from kfly.progress.departments import DepartmentTally, tally_together
from kfly.progress.notices import (
    Supervised,
    SupervisedTarget,
    colour_targets,
    colour_tasks,
    find_worst,
)
from kfly.progress.supervision import supervise
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.services.session import Desk
from kfly.store import notices as kept
from kfly.store.plan import progress_notes


class NoticeDraft(NamedTuple):
    """What is to be told to an organisation.

    Attributes:
        organisation: whom.
        tasks: the tasks it leads that are to be supervised, the worst first; none where all is well.
        targets: the targets in the same way.
        tally: of all tasks that it leads.
    """

    organisation: Organisation
    tasks: tuple[Supervised, ...]
    targets: tuple[SupervisedTarget, ...] = ()
    tally: DepartmentTally | None = None

    @property
    def has_any(self) -> bool:
        """Whether there is anything to be supervised."""
        return bool(self.tasks or self.targets)

    @property
    def news(self) -> "NoticeDraft":
        """What of it was not told already, or not in so bad a colour."""
        return self._replace(
            tasks=tuple(task for task in self.tasks if task.is_news),
            targets=tuple(target for target in self.targets if target.is_news),
        )

    @property
    def told_by(self) -> Notice | None:
        """The last notice that told it already."""
        lasts = [*(task.last for task in self.tasks), *(target.last for target in self.targets)]
        told = [last for last in lasts if last]
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
        """Whether feedback has come on all its tasks; one about targets alone waits for none."""
        return self.answered.issuperset(self.notice.tasks)


def draft_notices(desk: Desk, organisations: Iterable[Organisation], day: date) -> list[NoticeDraft]:
    """Find what is to be told to some organisations on a day, of the tasks and targets that each leads."""
    plan, earlier = desk.plan, kept.read(desk.db, day)
    standing = _PlanOnDay(
        plan, desk.stand(plan.tasks_in_view(day), day), desk.stand_targets(plan.targets, day)
    )
    return [_draft(standing, organisation, earlier, day) for organisation in organisations]


def list_leads(desk: Desk, day: date) -> list[Organisation]:
    """List the organisations that lead a task in view, or a target, in the plan's order."""
    leads = {name for task in desk.plan.tasks_in_view(day) for name in task.leads}
    leads |= {name for target in desk.plan.targets for name in find_lead(target, desk.plan)}
    return [organisation for organisation in desk.plan.organisations if organisation.name in leads]


class _PlanOnDay(NamedTuple):
    """A plan, and how its tasks and targets stand."""

    plan: Plan
    tasks: tuple[TaskStanding, ...]
    targets: tuple[TargetStanding, ...]


def _draft(standing: _PlanOnDay, to: Organisation, earlier: Iterable[Notice], day: date) -> NoticeDraft:
    plan, related = standing.plan, find_related(to, standing.plan)
    found = supervise(
        [row for row in standing.tasks if related.intersection(row.leads)],
        behind=True,
        within=plan.lights.due_soon_days,
        targets=[row for row in standing.targets if related.intersection(row.lead)],
    )
    told = [notice for notice in earlier if notice.organisation == to.name]
    tasks, targets = colour_tasks(found, told, day), colour_targets(found, told)
    led = [row for row in standing.tasks if related.intersection(row.task.lead)]
    return NoticeDraft(to, tasks, targets, tally_together(led))


def issue(desk: Desk, draft: NoticeDraft, day: date, reply_by: date) -> IssuedNotice:
    """Record a notice, with the next number of the year.

    Args:
        desk: open for writing.
        draft: what it tells.
        day: of issue.
        reply_by: the last day for an answer.
    """
    tasks = tuple(NoticedTask(one.row.task.year, one.row.task.number, one.light) for one in draft.tasks)
    targets = tuple(NoticedTarget(one.row.target.key, one.light) for one in draft.targets)
    notice = Notice(
        year=day.year,
        number=0,  # the next one
        organisation=draft.organisation.name,
        light=find_worst([*(task.light for task in tasks), *(target.light for target in targets)]),
        issued_on=day,
        reply_by=reply_by,
        tasks=tasks,
        targets=targets,
    )
    return IssuedNotice(kept.record(desk.db, notice), draft)


def read_replies(desk: Desk, day: date) -> Iterator[NoticeReplies]:
    """Yield the notices issued until a day, each with what was answered by then."""
    notes = progress_notes.read_latest(desk.db, day)
    for notice in kept.read(desk.db, day):
        answered = frozenset(task for task in notice.tasks if notice.is_answered_by(notes.get(task.key)))
        yield NoticeReplies(notice, answered)
