"""The supervision report (督查督办): which tasks are on it, and in what order."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from kfly.progress.lights import YELLOW
from kfly.progress.tasks import OPEN, OVERDUE, TaskStanding


class Supervision(NamedTuple):
    """The tasks to report by class, the worst of each first; None for a class that was not asked for.

    The worst are those overdue for longest, furthest behind, and due first.
    """

    overdue: tuple[TaskStanding, ...]
    behind: tuple[TaskStanding, ...] | None
    soon: tuple[TaskStanding, ...] | None

    @property
    def rows(self) -> tuple[TaskStanding, ...]:
        """All of them: the overdue, then those behind, then those due soon."""
        return self.overdue + (self.behind or ()) + (self.soon or ())


def supervise(rows: Iterable[TaskStanding], *, behind: bool, within: int | None) -> Supervision:
    """Choose the tasks that the report holds, and sort them.

    Args:
        rows: the tasks it is about.
        behind: also the open tasks with a yellow light.
        within: also the open tasks due within so many days, the yellow ones too; None asks for none.
    """
    by_due = sorted(rows, key=lambda row: (row.task.due, row.task.year, row.task.number))
    open_rows = [row for row in by_due if row.state == OPEN and row.days_left is not None]
    yellow = [row for row in open_rows if behind and row.light == YELLOW]
    due = [row for row in open_rows if row not in yellow and within is not None and _left(row) <= within]
    return Supervision(
        overdue=tuple(row for row in by_due if row.state == OVERDUE),
        behind=tuple(sorted(yellow, key=_lag)) if behind else None,
        soon=tuple(due) if within is not None else None,
    )


def _lag(row: TaskStanding) -> Fraction:
    """Return how far the need that lags most has come, as a share of where it should stand."""
    return min((need.share for need in row.needs if need.share is not None), default=Fraction(1))


def _left(row: TaskStanding) -> int:
    return row.days_left or 0
