"""The supervision report (督查督办): which tasks and targets are on it, and in what order."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from kfly.progress.lights import LIGHTS, RED, YELLOW
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import OPEN, OVERDUE, TaskStanding


class Supervision(NamedTuple):
    """What to report by class, the worst of each first; None for a class that was not asked for.

    The worst tasks are those overdue for longest, furthest behind, and due first; of the targets the red ones
    stand before the yellow ones, each in the plan's order.
    """

    overdue: tuple[TaskStanding, ...]
    behind: tuple[TaskStanding, ...] | None
    soon: tuple[TaskStanding, ...] | None
    targets: tuple[TargetStanding, ...] | None = None

    @property
    def classes(self) -> tuple[tuple[TaskStanding, ...] | None, ...]:
        """The tasks by their class: the overdue, those behind, those due soon."""
        return self.overdue, self.behind, self.soon

    @property
    def rows(self) -> tuple[TaskStanding, ...]:
        """All tasks: the overdue, then those behind, then those due soon."""
        return self.overdue + (self.behind or ()) + (self.soon or ())

    @property
    def has_any(self) -> bool:
        """Whether there is anything to report."""
        return bool(self.rows or self.targets)


def supervise(
    rows: Iterable[TaskStanding],
    *,
    behind: bool,
    within: int | None,
    targets: Iterable[TargetStanding] = (),
) -> Supervision:
    """Choose the tasks and targets that the report holds, and sort them.

    Args:
        rows: the tasks it is about.
        behind: also the open tasks with a yellow light, and the targets with a red or a yellow one.
        within: also the open tasks due within so many days, the yellow ones too; None asks for none.
        targets: those it is about.
    """
    by_due = sorted(rows, key=lambda row: (row.task.due, row.task.year))
    open_rows = [row for row in by_due if row.state == OPEN and row.days_left is not None]
    yellow = [row for row in open_rows if behind and row.light == YELLOW]
    due = [row for row in open_rows if row not in yellow and within is not None and _left(row) <= within]
    return Supervision(
        overdue=tuple(row for row in by_due if row.state == OVERDUE),
        behind=tuple(sorted(yellow, key=_lag)) if behind else None,
        soon=tuple(due) if within is not None else None,
        targets=tuple(sorted(filter(is_supervised, targets), key=_rank)) if behind else None,
    )


def is_supervised(row: TargetStanding) -> bool:
    """Tell whether a target is supervised like a task: its light is red or yellow."""
    return row.light in (RED, YELLOW)


def _rank(row: TargetStanding) -> int:
    return LIGHTS.index(row.light)


def _lag(row: TaskStanding) -> Fraction:
    """Return how far the need that lags most has come, as a share of where it should stand."""
    return min((need.share for need in row.needs if need.share is not None), default=Fraction(1))


def _left(row: TaskStanding) -> int:
    return row.days_left or 0
