"""The supervision report (督查督办): which tasks and targets are on it, and in what order."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.progress.lights import LIGHTS, RED, YELLOW
from kfly.progress.states import ONGOING, OPEN, OVERDUE
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding

NEWS_DAYS = 3  # an order is news in the letters of its own day and of three more: a weekend lies between


class Supervision(NamedTuple):
    """What to report by class, the worst of each first; None for a class that was not asked for.

    The worst tasks are those overdue for longest, furthest behind, and due first; a task of which a stage is
    overdue stands among the overdue. Of the targets the red ones stand before the yellow ones, each in the
    plan's order.
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
    news: date | None = None,
) -> Supervision:
    """Choose the tasks and targets that the report holds, and sort them.

    Args:
        rows: the tasks it is about.
        behind: also the open and ongoing tasks with a yellow light, and the red and yellow targets.
        within: also the tasks due within so many days, or a stage of which is, the yellow ones too, and
            those of which the last report did not come; None asks for none.
        targets: those it is about.
        news: among those due soon also the orders that were given on this day or later; None asks for none.
    """
    by_due = sorted(rows, key=lambda row: (row.pressing_due or date.max, row.task.year))
    overdue = [row for row in by_due if row.state == OVERDUE or row.overdue_stages]
    open_rows = [row for row in by_due if row.state in (OPEN, ONGOING) and not row.overdue_stages]
    yellow = [row for row in open_rows if behind and row.light == YELLOW]
    others = [row for row in open_rows if row not in yellow]
    due = [row for row in others if (within is not None and _presses(row, within)) or _is_new(row, news)]
    return Supervision(
        overdue=tuple(overdue),
        behind=tuple(sorted(yellow, key=_lag)) if behind else None,
        soon=tuple(due) if due or within is not None else None,
        targets=tuple(sorted(filter(is_supervised, targets), key=_rank)) if behind else None,
    )


def _presses(row: TaskStanding, within: int) -> bool:
    """Tell whether a task or its next stage is due within some days, or its last report did not come."""
    days = row.pressing_days
    return row.unreported is not None or (days is not None and days <= within)


def find_first_news_day(day: date) -> date:
    """Find the day from which on orders are news in the letters of a day."""
    return day - timedelta(days=NEWS_DAYS)


def _is_new(row: TaskStanding, news: date | None) -> bool:
    """Tell whether a task was ordered beyond the tables on a day or later."""
    return news is not None and row.task.assigned_on is not None and row.task.assigned_on >= news


def is_supervised(row: TargetStanding) -> bool:
    """Tell whether a target is supervised like a task: its light is red or yellow."""
    return row.light in (RED, YELLOW)


def _rank(row: TargetStanding) -> int:
    return LIGHTS.index(row.light)


def _lag(row: TaskStanding) -> Fraction:
    """Return how far the need that lags most has come, as a share of where it should stand."""
    needs = (*row.needs, *(row.next_stage.needs if row.next_stage else ()))
    return min((need.share for need in needs if need.share is not None), default=Fraction(1))
