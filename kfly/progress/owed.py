"""What a target owes in the window of a day: its goal, what binds until then, the goal of before."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.metrics import Goal
from kfly.plan.model import Plan, Target
from kfly.plan.periods import Period
from kfly.progress.figures import Window

DAY = timedelta(days=1)
Follow = Callable[[date], Fraction | None]  # what the target that is followed (同步) stands at on a day


class Owed(NamedTuple):
    """What a target owes in a window.

    Attributes:
        window: the days whose records count.
        due: the last day of the promise.
        goal: what is promised by then; None: tracked only.
        binding: what is promised by the end of the period of the day, where it has goals by period; else
            the goal.
        entries: the goals by period on the way to the deadline, each with the last day of its period.
        period: of a target that begins anew: the period.
        before: of such a target: the goal of the period before, from which a line with a baseline runs.
    """

    window: Window
    due: date
    goal: Goal | None
    binding: Goal | None
    entries: tuple[tuple[date, Fraction], ...] = ()
    period: Period | None = None
    before: Goal | None = None

    @property
    def eve(self) -> date:
        """The day before the window."""
        return self.window.start - DAY


def find_owed(target: Target, plan: Plan, day: date, follow: Follow | None = None) -> Owed:
    """Find what a target owes on a day.

    Args:
        target: the target.
        plan: its run and its years.
        day: the day asked.
        follow: of a target that follows another: what tells the other's figure.
    """
    if target.every is not None:
        period = plan.calendar.find_period(target.every, day)
        return find_owed_in_period(target, plan, period, follow, day)
    goal = _follow(target, follow, day)
    entries = _list_entries(target, plan)
    binding = next((amount for last, amount in entries if last >= day), None)
    return Owed(
        window=Window(plan.starts),
        due=target.due,
        goal=goal,
        binding=goal if binding is None or goal is None else goal._replace(amount=binding),
        entries=entries,
    )


def find_owed_in_period(
    target: Target, plan: Plan, period: Period, follow: Follow | None = None, day: date | None = None
) -> Owed:
    """Find what a target that begins anew owes in one of its periods.

    Args:
        target: the target.
        plan: its run and its years.
        period: the period.
        follow: of a target that follows another: what tells the other's figure.
        day: on which that figure is the goal; None: at the end of the period.
    """
    goal = _goal_of_period(target, period, follow, day)
    return Owed(
        window=Window(period.first, period.last),
        due=period.last,
        goal=goal,
        binding=goal,
        period=period,
        before=_find_goal_before(target, plan, period, follow),
    )


def find_window(target: Target, plan: Plan, day: date) -> Window:
    """Find the days that count for a target on a day: of one that begins anew the period's."""
    if target.every is None:
        return Window(plan.starts)
    period = plan.calendar.find_period(target.every, day)
    return Window(period.first, period.last)


def _follow(target: Target, follow: Follow | None, day: date) -> Goal | None:
    """Return a target's goal; of one that follows another, with the other's figure on a day as its amount."""
    if target.goal is None or target.follows is None:
        return target.goal
    followed = follow(day) if follow else None
    return None if followed is None else target.goal._replace(amount=followed)


def _goal_of_period(
    target: Target, period: Period, follow: Follow | None, day: date | None = None
) -> Goal | None:
    if target.goal is None or not target.goals:
        return _follow(target, follow, day or period.last)
    amount = next((entry.amount for entry in target.goals if entry.period == period.label), None)
    return None if amount is None else target.goal._replace(amount=amount)


def _find_goal_before(target: Target, plan: Plan, period: Period, follow: Follow | None) -> Goal | None:
    """Find the goal of the last period before for which anything was promised, if there is one."""
    periods = plan.calendar.list_periods(period.every)
    before = reversed(periods[: periods.index(period)])
    goals = (_goal_of_period(target, earlier, follow) for earlier in before)
    return next((goal for goal in goals if goal is not None), None)


def _list_entries(target: Target, plan: Plan) -> tuple[tuple[date, Fraction], ...]:
    """List the goals by period of a target that does not begin anew, by the last days of their periods."""
    found = ((plan.calendar.read_period(entry.period), entry.amount) for entry in target.goals)
    dated = ((period.last, amount) for period, amount in found if period and amount is not None)
    return tuple(sorted((min(last, target.due), amount) for last, amount in dated))
