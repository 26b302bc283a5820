"""A county's figures among many: what a roll-up reads of each, keeps and adds up."""

from collections.abc import Sequence
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
        broken = self.adds_up and self.comparison in UPPER
        return ZERO if broken or self.progress is None else min(max(self.progress, ZERO), ONE)


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

    def share_of(self, key: str) -> Fraction | None:
        """Return the way that is done of one target, not capped; None where there is none."""
        return next((row.progress for row in self.rows if row.key == key), None)


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
