"""The plan's lines of work (三、主要工作): what each has promised, and how far that has come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kfly.plan.model import Deliverable, Measure, Plan
from kfly.plan.numbers import TaskKey
from kfly.progress.states import CARRIED, DONE
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding


class Issue(NamedTuple):
    """A record that says a deliverable is there: a document issued, a body set up."""

    key: str  # of the deliverable
    on: date
    title: str
    number: str | None  # of the document


class DeliverableStanding(NamedTuple):
    """Whether a deliverable is there on a day, and by what: its task done, or a record of it, or both."""

    deliverable: Deliverable
    task: TaskStanding | None
    issue: Issue | None  # the first one

    @property
    def brought_by(self) -> TaskKey | None:
        """The task that is to bring it: the one that is named, or the later one that goes on with that."""
        return (self.task.task.year, self.task.task.number) if self.task else self.deliverable.task

    @property
    def done(self) -> bool:
        """Whether it is there: known by its task or by its key, never by a similar title."""
        return self.issue is not None or (self.task is not None and self.task.state == DONE)

    @property
    def done_on(self) -> date | None:
        """The first day on which it was there."""
        completed = self.task.completed_on if self.task and self.task.state == DONE else None
        return min((day for day in (completed, self.issue and self.issue.on) if day), default=None)


class MeasureStanding(NamedTuple):
    """A line of work on a day; None for what belongs to none of them (四、保障措施)."""

    measure: Measure | None
    tasks: tuple[TaskStanding, ...]
    deliverables: tuple[DeliverableStanding, ...]
    targets: tuple[TargetStanding, ...]

    @property
    def tasks_counted(self) -> int:
        """How many tasks it has; those that a later table goes on with count there."""
        return sum(row.state != CARRIED for row in self.tasks)

    @property
    def tasks_done(self) -> int:
        """How many of its tasks are done."""
        return sum(row.state == DONE for row in self.tasks)

    @property
    def tasks_unsigned(self) -> int:
        """How many of those done await their sign-off."""
        return sum(row.awaits_sign_off for row in self.tasks)

    @property
    def deliverables_done(self) -> int:
        """How many of its deliverables are there."""
        return sum(row.done for row in self.deliverables)


def assess_measures(
    plan: Plan, tasks: Sequence[TaskStanding], targets: Sequence[TargetStanding], issues: Iterable[Issue]
) -> tuple[MeasureStanding, ...]:
    """Work out how every line of work stands, in its order, and last what belongs to none, if anything does.

    Args:
        plan: the plan.
        tasks: those in view on the day.
        targets: all of them on the day.
        issues: the records until the day that name a deliverable.
    """
    first: dict[str, Issue] = {}
    for issue in sorted(issues, key=lambda issue: issue.on):
        first.setdefault(issue.key, issue)
    by_number = {(row.task.year, row.task.number): row for row in tasks}
    delivered = [
        DeliverableStanding(d, _find_last(d.task, by_number), first.get(d.key)) for d in plan.deliverables
    ]

    def of(measure: Measure | None) -> MeasureStanding:
        number = measure and measure.number
        return MeasureStanding(
            measure,
            tuple(row for row in tasks if row.task.measure == number),
            tuple(row for row in delivered if row.deliverable.measure == number),
            tuple(row for row in targets if row.target.measure == number),
        )

    rest = of(None)
    return (*map(of, plan.measures), *([rest] if rest.tasks or rest.deliverables or rest.targets else []))


def _find_last(key: TaskKey | None, by_number: Mapping[TaskKey, TaskStanding]) -> TaskStanding | None:
    """Find the task that is to deliver something: the one that is named, or the last that carries it on."""
    row = by_number.get(key) if key else None
    return _find_last(row.carrier.task, by_number) or row if row and row.carrier else row
