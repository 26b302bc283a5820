"""What is measured, how it becomes a figure, and what it is held against.

These are named tuples, not dataclasses, for the same reason as in :mod:`kfly.plan.model`.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

AT_LEAST = "at_least"  # 不低于, 不少于, 以上, 达, and a bare number
MORE_THAN = "more_than"  # 超, 突破
AT_MOST = "at_most"  # 不高于, 控制在…以内, a ceiling
LESS_THAN = "less_than"  # 低于
COMPARISONS = (AT_LEAST, MORE_THAN, AT_MOST, LESS_THAN)
UPPER = (AT_MOST, LESS_THAN)  # what must not be exceeded

# How a target's figure comes about.
TOTAL = "total"  # of records: how many, or the sum of a field
LEVEL = "level"  # reported from outside: the latest stands
RUNNING = "running"  # reported as 1—N月累计: the latest of a year stands, years add up
AMOUNT = "amount"  # reported piece by piece: all add up
SHARE = "share"  # one metric of another
AVERAGE = "average"  # of a field, over the records that have it
REPORTED = (LEVEL, RUNNING, AMOUNT)
LEVELS = (LEVEL, SHARE, AVERAGE)  # what does not add up
KNOWN = "known"  # an operator: the field has a value
FIRST = "first"  # a baseline that is the first figure, on its own day


class Condition(NamedTuple):
    """One line of a metric's ``where``: a field against one value, or against any of several."""

    field: str
    operator: str  # =, in, >=, <=, >, <, !=, and known: the field has a value
    values: tuple[str, ...]


class Metric(NamedTuple):
    """A count of a kind's records, or the sum of one of its fields, filtered."""

    kind: str
    field: str | None  # summed; None counts records
    where: tuple[Condition, ...] = ()
    stock: bool = False  # counts what exists on the day, whenever it began
    dated: str | None = None  # counts from this date field, not from the kind's own
    towns: tuple[str, ...] | None = None  # of a ``per: town`` metric: the towns it covers


class Span(NamedTuple):
    """What some of a metric's records amount to: it counts from ``since`` until the day before ``until``."""

    since: date
    until: date | None  # None: for good
    amount: Fraction
    town: str | None = None  # of a ``per: town`` metric


class Goal(NamedTuple):
    """An amount and the way it is compared: the plan's boundary word."""

    comparison: str
    amount: Fraction

    def met(self, actual: Fraction) -> bool:
        """Tell whether an actual figure keeps the promise."""
        if self.comparison == MORE_THAN:
            return actual > self.amount
        if self.comparison == AT_MOST:
            return actual <= self.amount
        return actual < self.amount if self.comparison == LESS_THAN else actual >= self.amount

    @property
    def is_upper(self) -> bool:
        """Whether the figure must stay below: a ceiling, or a level to sink to."""
        return self.comparison in UPPER

    def keeps(self, steps: int, scale: int) -> bool:
        """Tell whether a figure in whole steps, of which so many make one, keeps the promise."""
        figure, bound = steps * self.amount.denominator, self.amount.numerator * scale
        if self.comparison == MORE_THAN:
            return figure > bound
        if self.comparison == AT_MOST:
            return figure <= bound
        return figure < bound if self.comparison == LESS_THAN else figure >= bound

    def steps_test(self, scale: int) -> Callable[[int], bool]:
        """Return what tells whether a figure in whole steps, of which so many make one, keeps the promise."""
        bound = self.amount * scale
        if self.comparison == MORE_THAN:
            return bound.__floor__().__lt__
        if self.comparison == LESS_THAN:
            return bound.__ceil__().__gt__
        return bound.__floor__().__ge__ if self.comparison == AT_MOST else bound.__ceil__().__le__

    def trajectory_end(self, *, whole: bool) -> Fraction:
        """Return where the trajectory must arrive: one past the goal for a count that must exceed it."""
        if not whole or self.comparison not in (MORE_THAN, LESS_THAN):
            return self.amount
        return self.amount + 1 if self.comparison == MORE_THAN else self.amount - 1


class Reading(NamedTuple):
    """How a target's figure comes out of its metric.

    Attributes:
        how: one of the words above.
        to: of a share or an average: the metric it is divided by.
        factor: what the quotient is multiplied by: 100 for per cent, and what converts the units.
    """

    how: str = TOTAL
    to: Metric | None = None
    factor: Fraction = Fraction(1)

    @property
    def is_level(self) -> bool:
        """Whether figures of several towns or periods never add up."""
        return self.how in LEVELS

    @property
    def can_lack_data(self) -> bool:
        """Whether there may be no figure at all (无数据), which is not the same as 0."""
        return self.how != TOTAL


A_TOTAL = Reading()


def is_whole(metric: Metric, reading: Reading) -> bool:
    """Tell whether a figure counts things, so that what is expected and projected is rounded down.

    A share of two counts is none.
    """
    return metric.towns is not None or (metric.field is None and reading.to is None)


class PeriodGoal(NamedTuple):
    """What is promised for one period: ``2022``, ``2022H1``, ``2022Q3``, ``2022-07``, ``2024/25``."""

    period: str
    amount: Fraction | None  # None: tracked only
