"""A county's figures among many: what a roll-up reads of each, keeps and adds up."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.metrics import UPPER

ZERO, ONE = Fraction(0), Fraction(1)

Group = tuple[str, ...]  # province, city …: the outermost first


class CountyRow(NamedTuple):
    """One target of one county, as its own ``status`` shows it.

    Attributes:
        adds_up: whether figures of several counties may be added: not for levels, nor for counts of towns.
        goal: None where it is only tracked.
        actual: None where there is no figure (无数据).
        decimals: with which its figures are shown, as its target says; None: it says nothing.
        reported: whether they are reported, a share or an average, not records that are counted or added.
    """

    key: str
    name: str
    unit: str
    comparison: str | None
    period: str
    adds_up: bool
    actual: Fraction | None
    goal: Fraction | None
    met: bool
    light: str
    progress: Fraction | None
    decimals: int | None = None
    reported: bool = False

    @property
    def share(self) -> Fraction | None:
        """How much of the promise is kept, 0 to 1; None where nothing is promised."""
        if self.goal is None:
            return None
        if self.met:
            return ONE
        if self.progress is None or self.has_no_way or self.is_ceiling:
            return ZERO
        return min(max(self.progress, ZERO), ONE)

    @property
    def is_ceiling(self) -> bool:
        """Whether it is a sum that is to stay below its goal: unmet, it is exceeded for good."""
        return self.adds_up and self.comparison in UPPER

    @property
    def has_no_way(self) -> bool:
        """Whether it is a level to keep below, without a baseline: that is kept on the day, or it is not.

        Only there is what is met less than its goal, and what is unmet more.
        """
        if self.adds_up or self.comparison not in UPPER or self.progress is None:
            return False
        return self.progress < 1 if self.met else self.progress > 1

    @property
    def worth(self) -> Fraction | None:
        """What its progress is worth beside others' of the same target; None where it has none.

        Who exceeded a ceiling stands below who kept it; of a level to keep below, less is better.
        """
        if self.progress is None:  # of a goal of 0 there is no share, but it may be kept
            return ONE if self.met and self.goal is not None else None
        if self.has_no_way:
            return 2 - self.progress  # as far below 1 as it lies above
        return -self.progress if self.is_ceiling and not self.met else self.progress


class County(NamedTuple):
    """A county's figures on a day."""

    name: str
    group: Group
    as_of: date
    rows: tuple[CountyRow, ...]
    score: Fraction | None = None  # of 100, where its plan has weights

    @property
    def share(self) -> Fraction | None:
        """The mean of what is kept of each promise; None where nothing is promised."""
        shares = [row.share for row in self.rows if row.share is not None]
        return sum(shares, ZERO) / len(shares) if shares else None

    def find_row(self, key: str) -> CountyRow | None:
        """Find its row of a target; None where it has no such target."""
        return next((row for row in self.rows if row.key == key), None)


def find_decimals(rows: Sequence[CountyRow]) -> int | None:
    """Return the decimals of what several counties' figures come to: the most that any shows.

    Returns:
        None where one of the plans says nothing.
    """
    said = [row.decimals for row in rows if row.decimals is not None]
    return max(said) if said and len(said) == len(rows) else None


class Missing(NamedTuple):
    """A county that is not added, and why; ``last`` is what is known of it from another day."""

    name: str
    group: Group
    reason: str
    last: County | None = None


class KeptDay(NamedTuple):
    """What a roll-up kept of one target on a day.

    Attributes:
        rows: the target's row of each county that had it.
        answered: all counties that were read, also those whose plan has no such target.
    """

    on: date
    rows: Mapping[str, CountyRow]
    answered: frozenset[str]
