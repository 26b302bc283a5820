"""Where a target should stand on a given day (序时进度)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby

from kfly.plan.model import AT_MOST, Target, Task


class Trajectory:
    """Straight lines by calendar day through points, never falling."""

    def __init__(self, points: Iterable[tuple[date, Fraction]]) -> None:
        self.days: list[date] = []
        self.amounts: list[Fraction] = []
        for day, promised in sorted(points):
            amount = max([promised, *self.amounts[-1:]])
            if self.days and self.days[-1] == day:
                self.amounts[-1] = amount
            else:
                self.days.append(day)
                self.amounts.append(amount)

    def on(self, day: date) -> Fraction:
        """Return what is expected on a day: 0 before the first point, the highest value after the last."""
        position = bisect_right(self.days, day)
        if position == 0:
            return Fraction(0)
        if position == len(self.days):
            return self.amounts[-1]
        start, end = self.days[position - 1], self.days[position]
        low, high = self.amounts[position - 1], self.amounts[position]
        return low + (high - low) * Fraction((day - start).days, (end - start).days)


def milestones(target: Target, tasks: Iterable[Task]) -> list[tuple[date, Fraction]]:
    """List what the yearly tables promise for a target on the way to its deadline.

    Within one table the largest amount up to a date counts. A flow starts its next table from the sum of the
    earlier tables' largest amounts: 10 buildings in 2022 and 12 in 2023 are 22 by the end of 2023. A stock
    figure stands as it is. Yearly and per-town targets take no milestones.
    """
    if target.every_year or target.metric.towns is not None:
        return []
    points: list[tuple[date, Fraction]] = []
    earlier = Fraction(0)
    for _year, table in groupby(sorted(tasks, key=lambda task: task.year), key=lambda task: task.year):
        promised = list(_promises(target, table))
        points += [(due, earlier + amount) for due, amount in promised]
        if promised and not target.metric.stock:
            earlier += max(amount for _due, amount in promised)
    return points


def _promises(target: Target, table: Iterable[Task]) -> Iterator[tuple[date, Fraction]]:
    for task in table:
        for need in task.needs:
            if need.target == target.key and need.goal.comparison != AT_MOST:
                yield task.due, need.goal.amount
