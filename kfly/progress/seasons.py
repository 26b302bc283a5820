"""Which days' figures a league compares: in the grace of a period those of the one before."""

from datetime import date
from typing import NamedTuple

from kfly.plan.model import Plan, Target
from kfly.plan.periods import Period
from kfly.progress.grace import in_grace


class Season(NamedTuple):
    """What a target is ranked by on a day.

    Attributes:
        day: whose figure it is.
        period: of a target that begins anew, the period of that figure; None for the whole plan.
        now: the period of the day asked.
        counted: whether it says anything yet.
    """

    day: date
    period: Period | None = None
    now: Period | None = None
    counted: bool = True

    @property
    def year(self) -> int | None:
        """The plan's year of the figure; None for the whole plan."""
        return self.period.year if self.period else None


def find_season(target: Target, plan: Plan, day: date) -> Season:
    """Find what a target is ranked by: in the grace of a period by the one before, if the plan has it."""
    if target.every is None:
        return Season(day)
    periods = plan.calendar.list_periods(target.every)
    now = plan.calendar.find_period(target.every, day)
    if not in_grace(now.first, now.last, day, plan.lights.grace_days):
        return Season(day, now, now)
    position = periods.index(now)
    if not position:
        return Season(day, now, now, counted=False)
    before = periods[position - 1]
    return Season(before.last, before, now)
