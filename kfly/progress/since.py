"""What changed between two moments: figures, lights and tasks; what came, and what was corrected."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.course import CANCELLED, EXTENDED, RESUMED, SUSPENDED, Course, CourseEvent
from kfly.plan.kinds import Kind
from kfly.plan.model import Plan
from kfly.progress.corrections import Correction
from kfly.progress.figures import Spans
from kfly.progress.lights import LIGHTS
from kfly.progress.score import score
from kfly.progress.states import CARRIED, DONE, OVERDUE, RESTING
from kfly.progress.tally import tally
from kfly.progress.targets import TargetStanding, assess_target
from kfly.progress.tasks import Standing, TaskStanding, assess_tasks

# What became of a task; one can be several of these.
LATE, DUE, REOPENED, ADDED, REMOVED = "late", "due", "reopened", "added", "removed"
DECIDED = (EXTENDED, SUSPENDED, RESUMED, CANCELLED)  # of a task, on days of their own
TASK_CHANGES = (DONE, LATE, OVERDUE, DUE, *DECIDED, CARRIED, REOPENED, ADDED, REMOVED)


class Moment(NamedTuple):
    """Where the plan stood at a moment, and each of its tasks in view."""

    standing: Standing
    tasks: tuple[TaskStanding, ...]


class TargetChange(NamedTuple):
    """A target then and now; None where the plan did not have it yet, or has it no more."""

    then: TargetStanding | None
    now: TargetStanding | None

    @property
    def row(self) -> TargetStanding:
        """The target as it stands now; one that is gone as it stood."""
        row = self.now or self.then
        assert row is not None  # noqa: S101  (it stood at one of the moments, or it would not be here)
        return row

    @property
    def is_comparable(self) -> bool:
        """Whether both figures are of one period, counted in one unit: a new year begins at 0."""
        then, now = self.then, self.now
        return (
            then is not None
            and now is not None
            and (then.period, then.target.unit) == (now.period, now.target.unit)
            and (then.target.metric.towns is None) == (now.target.metric.towns is None)
        )

    @property
    def change(self) -> Fraction | None:
        """By how much the figure grew; None where the two cannot be compared."""
        if not (self.then and self.now and self.is_comparable):
            return None
        then, now = self.then.actual, self.now.actual
        return None if then is None or now is None else now - then


class Turn(NamedTuple):
    """A light that turned."""

    then: str
    now: str
    row: TargetStanding | TaskStanding  # whose it is, as it stands now


class TaskChange(NamedTuple):
    """A task with what became of it: codes of ``TASK_CHANGES``."""

    then: TaskStanding | None
    now: TaskStanding | None
    what: tuple[str, ...]

    @property
    def row(self) -> TaskStanding:
        """The task as it stands now; one that is gone as it stood."""
        row = self.now or self.then
        assert row is not None  # noqa: S101  (it stood at one of the moments, or it would not be here)
        return row


class Addition(NamedTuple):
    """How many records of a kind have begun to count, by town; None for those without one."""

    kind: Kind
    towns: tuple[tuple[str | None, int], ...]

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(count for _town, count in self.towns)


class Meeting(NamedTuple):
    """The meeting since which is asked."""

    id: int
    title: str
    on: date


class Since(NamedTuple):
    """What changed since a moment.

    Attributes:
        then: where the plan stood then.
        now: where it stands now.
        targets: each target then and now, in the order of the plan, those that are gone last.
        turned: the lights that turned, the worst first.
        tasks: those of which anything became.
        added: the records that have begun to count since, by kind and town.
        corrections: what was changed since of what counted then already; not all where they are very many.
        corrected: how many there are.
        known_at: the moment, in UTC, at which ``then`` was known so; None where the log began later, and
            ``then`` is as known now.
        log_began: when the log began, in UTC, where that was later.
        meeting: the meeting that was held then, where no day was named.
    """

    then: Moment
    now: Moment
    targets: tuple[TargetChange, ...]
    turned: tuple[Turn, ...]
    tasks: tuple[TaskChange, ...]
    added: tuple[Addition, ...] = ()
    corrections: tuple[Correction, ...] = ()
    corrected: int = 0
    known_at: str | None = None
    log_began: str | None = None
    meeting: Meeting | None = None


def assess_moment(plan: Plan, spans: Spans, course: Course, day: date) -> Moment:
    """Work out where a plan and its tasks stand on a day."""
    tasks = assess_tasks(plan, plan.tasks_in_view(day), spans=spans, course=course, day=day)
    targets = tuple(assess_target(target, spans, plan, day) for target in plan.targets)
    return Moment(Standing(plan, day, targets, tally(tasks), score(targets, tasks)), tasks)


def compare(then: Moment, now: Moment) -> Since:
    """Say what of targets, lights and tasks is otherwise now than it was then."""
    targets = tuple(_pair_targets(then.standing.targets, now.standing.targets))
    tasks = _pair_tasks(then.tasks, now.tasks)
    return Since(
        then=then,
        now=now,
        targets=targets,
        turned=_find_turned(targets, tasks),
        tasks=tuple(
            TaskChange(was, row, what)
            for was, row in tasks
            if (what := tuple(_tell(was, row, then.standing.as_of, now.standing.as_of)))
        ),
    )


def narrow(found: Since, concerns: Callable[[TargetStanding | TaskStanding], bool]) -> Since:
    """Keep what is about some targets and tasks alone, as they stand now.

    Records and their corrections are left out: a town has them, no target or task by itself.
    """
    return found._replace(
        targets=tuple(pair for pair in found.targets if concerns(pair.row)),
        turned=tuple(turn for turn in found.turned if concerns(turn.row)),
        tasks=tuple(change for change in found.tasks if concerns(change.row)),
        added=(),
        corrections=(),
        corrected=0,
    )


def _pair_targets(
    then: tuple[TargetStanding, ...], now: tuple[TargetStanding, ...]
) -> Iterator[TargetChange]:
    """Yield each target with itself; the plan of then may have been another."""
    before = {row.target.key: row for row in then}
    for row in now:
        yield TargetChange(before.pop(row.target.key, None), row)
    for gone in before.values():
        yield TargetChange(gone, None)


TaskPair = tuple[TaskStanding | None, TaskStanding | None]


def _pair_tasks(then: tuple[TaskStanding, ...], now: tuple[TaskStanding, ...]) -> list[TaskPair]:
    before = {(row.task.year, row.task.number): row for row in then}
    pairs: list[TaskPair] = [(before.pop((row.task.year, row.task.number), None), row) for row in now]
    return pairs + [(gone, None) for gone in before.values()]


def _tell(then: TaskStanding | None, now: TaskStanding | None, day: date, today: date) -> Iterator[str]:
    """Yield what became of a task."""
    if now is None:
        yield REMOVED
        return
    was = then.state if then else None
    if now.state == DONE != was:
        yield DONE
        if now.late:
            yield LATE
    if now.state == OVERDUE != was:
        yield OVERDUE
    if now.task.due is not None and day < now.task.due <= today and now.state not in RESTING:
        yield DUE
    if now.state == CARRIED != was:
        yield CARRIED
    if was == DONE != now.state:
        yield REOPENED
    new = {event.what for event in find_decided(then, now)}
    yield from (what for what in DECIDED if what in new)
    if then is None:
        yield ADDED


def find_decided(then: TaskStanding | None, now: TaskStanding) -> list[CourseEvent]:
    """Find what was decided of a task that was not decided, or not known to be, at the earlier moment."""
    before = {event[:8] for event in then.events} if then else set()
    return [event for event in now.events if event[:8] not in before]


def _find_turned(targets: tuple[TargetChange, ...], tasks: list[TaskPair]) -> tuple[Turn, ...]:
    """Find the lights that turned: what is worst now first, and of that what fell furthest."""
    pairs = [*((pair.then, pair.now) for pair in targets), *tasks]
    turned = [Turn(was.light, row.light, row) for was, row in pairs if was and row and was.light != row.light]
    return tuple(sorted(turned, key=lambda turn: (LIGHTS.index(turn.now), -LIGHTS.index(turn.then))))
