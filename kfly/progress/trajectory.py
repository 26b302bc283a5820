"""Where a target should stand on a given day (序时进度)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from kfly.plan.model import Target, Task


class Milestone(NamedTuple):
    """What a yearly table promises for a target by a day, counted from the plan's start."""

    due: date
    amount: Fraction
    task: Task


class Trajectory:
    """Straight lines by calendar day through points: never falling or, mirrored, never rising."""

    def __init__(self, points: Iterable[tuple[date, Fraction]], *, falling: bool = False) -> None:
        self.falling = falling
        self.days: list[date] = []
        self.amounts: list[Fraction] = []
        furthest = min if falling else max
        for day, promised in sorted(points, key=lambda point: (point[0], -point[1] if falling else point[1])):
            amount = furthest([promised, *self.amounts[-1:]])
            if self.days and self.days[-1] == day:
                self.amounts[-1] = amount
            else:
                self.days.append(day)
                self.amounts.append(amount)

    def on(self, day: date) -> Fraction:
        """Return what is expected on a day: as on the first point before it, as on the last after it."""
        position = bisect_right(self.days, day)
        if position == 0:
            return self.amounts[0]
        if position == len(self.days):
            return self.amounts[-1]
        start, end = self.days[position - 1], self.days[position]
        low, high = self.amounts[position - 1], self.amounts[position]
        return low + (high - low) * Fraction((day - start).days, (end - start).days)


def milestones(target: Target, tasks: Iterable[Task]) -> list[tuple[date, Fraction]]:
    """Return the points that a target's line runs through on the way to its deadline."""
    return [(point.due, point.amount) for point in list_milestones(target, tasks)]


def list_milestones(target: Target, tasks: Iterable[Task]) -> list[Milestone]:
    """List what the yearly tables promise for a target on the way to its deadline.

    Within one table the largest amount up to a date counts. A flow starts its next table from the sum of the
    earlier tables' largest amounts: 10 buildings in 2022 and 12 in 2023 are 22 by the end of 2023. A stock
    figure stands as it is. What a later table goes on with (结转) it promises itself. Yearly and per-town
    targets take no milestones.
    """
    if target.every is not None or target.metric.towns is not None:
        return []
    points: list[Milestone] = []
    earlier, tasks = Fraction(0), list(tasks)
    carried = {task.carries for task in tasks}
    for _year, table in groupby(sorted(tasks, key=lambda task: task.year), key=lambda task: task.year):
        promised = list(_promises(target, table))
        points += [point._replace(amount=earlier + point.amount) for point in promised]
        own = [point for point in promised if (point.task.year, point.task.number) not in carried]
        if own and not (target.metric.stock or target.reading.is_level):
            earlier += max(point.amount for point in own)
    return points


def find_next(
    points: Iterable[Milestone], day: date, due: date, *, falling: bool = False
) -> Milestone | None:
    """Find the milestone that comes next, from a day on and before the deadline; of one day's the largest.

    Where an earlier one has promised more, that is still owed on its day: the line never falls. Of a line
    that falls, ``falling``, the smallest is owed.
    """
    known = [point for point in points if point.due < due]
    comes = min((point.due for point in known if point.due >= day), default=None)
    if comes is None:
        return None
    furthest = min if falling else max
    owed = furthest(point.amount for point in known if point.due <= comes)
    task = furthest((point for point in known if point.due == comes), key=lambda point: point.amount).task
    return Milestone(comes, owed, task)


def _promises(target: Target, table: Iterable[Task]) -> Iterator[Milestone]:
    """Yield what a table promises of a target in the target's own direction; a ceiling has no milestones."""
    upper = target.goal is not None and target.goal.is_upper
    for task in table:
        for need, _stage, due in task.all_needs:
            asked = need.target == target.key and need.goal.is_upper == upper and not target.is_ceiling
            if asked and due is not None:  # what is ongoing promises nothing for a day
                yield Milestone(due, need.goal.amount, task)
