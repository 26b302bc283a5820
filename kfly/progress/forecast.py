"""Where the pace of the last twelve months leads by the deadline."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import AT_LEAST, AT_MOST, Goal, Task
from kfly.progress.gauge import Gauge
from kfly.progress.shortfall import measure_lack
from kfly.progress.trajectory import Milestone

DAYS_A_YEAR = 365
LEAST_DAYS = 60  # of a window that must have passed before its pace says anything
MONTH = Fraction(1461, 48)  # days: a twelfth of 365¼
MOST_YEARS = 5  # past the deadline, within which a day still says something


class MissedMilestone(NamedTuple):
    """The next milestone of the yearly tables, which the pace so far will miss."""

    due: date
    amount: Fraction  # owed by then
    projected: Fraction
    short: Fraction
    task: Task  # of the table


class Forecast(NamedTuple):
    """The figure on the deadline if the pace holds, and what that means."""

    projected: Fraction
    on_course: bool
    reached_on: (
        date | None
    )  # the day the goal was first met, else that on which the pace would meet it, if any
    pace: Fraction  # a month, over the last 365 days or since the window began
    pace_needed: Fraction | None  # a month, from now on; None on the deadline itself
    too_early: bool  # the window is too young for its pace to mean much
    last_year: Fraction | None  # of a yearly target: what the year before had reached on the same day
    milestone: MissedMilestone | None  # the next one, missed although the whole is on course

    @property
    def factor(self) -> Fraction | None:
        """How many times as fast it must go from now on; None where there is no pace to compare with."""
        return self.pace_needed / self.pace if self.pace_needed is not None and self.pace > 0 else None

    def on(self, actual: Fraction, day: date, later: date) -> Fraction:
        """Project a figure to a later day at this pace, not rounded."""
        return _project(actual, self.pace / MONTH, (later - day).days)


def forecast(
    gauge: Gauge, day: date, due: date, last_year: Gauge | None = None, ahead: Milestone | None = None
) -> Forecast | None:
    """Project a figure to its deadline; None for a ceiling, without a goal, before the start, past the end.

    Args:
        gauge: the figure in its window, with its goal.
        day: the day asked.
        due: the deadline.
        last_year: of a yearly target, the figure in the window before, when the plan covers it.
        ahead: the next milestone, if there is one before the deadline.
    """
    goal = gauge.goal
    if goal is None or goal.comparison == AT_MOST or not gauge.start <= day <= due:
        return None
    actual, rate = gauge.on(day), _rate(gauge, day)
    days_left = (due - day).days
    projected = gauge.rounded(_project(actual, rate, days_left))
    missing = measure_lack(goal, actual, whole=gauge.whole)
    on_course = goal.met(projected)
    return Forecast(
        projected=projected,
        on_course=on_course,
        reached_on=_reached_on(gauge, day=day, rate=rate, last=_last_day(gauge, due)),
        pace=rate * MONTH,
        pace_needed=missing / days_left * MONTH if days_left else None,
        too_early=(day - gauge.start).days + 1 < LEAST_DAYS,
        last_year=last_year.on(_move_years(day, -1)) if last_year else None,
        milestone=_find_missed(gauge, ahead, day, rate) if ahead and on_course else None,
    )


def _project(actual: Fraction, rate: Fraction, days: int) -> Fraction:
    """Carry a pace on; one that falls ends at nothing: no stock is less than none."""
    return max(actual + rate * days, min(actual, Fraction(0)))


def _find_missed(gauge: Gauge, ahead: Milestone, day: date, rate: Fraction) -> MissedMilestone | None:
    """Work out whether the pace misses the next milestone; None where it does not."""
    projected = gauge.rounded(_project(gauge.on(day), rate, (ahead.due - day).days))
    short = measure_lack(Goal(AT_LEAST, ahead.amount), projected, whole=gauge.whole)
    return MissedMilestone(ahead.due, ahead.amount, projected, short, ahead.task) if short else None


def _last_day(gauge: Gauge, due: date) -> date:
    """Return the last day that is told for reaching a goal: a year's own, or five years past the deadline."""
    return due if gauge.end else _move_years(due, MOST_YEARS)


def _move_years(day: date, years: int) -> date:
    """Return the same day of another year, the 28th for a 29 February; at most the last there is."""
    if day.year + years > date.max.year:
        return date.max
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def _rate(gauge: Gauge, day: date) -> Fraction:
    """Return the progress a day since 365 days ago, or since the eve of the window when that is later."""
    since = max(day - timedelta(days=DAYS_A_YEAR), gauge.start - timedelta(days=1))
    return (gauge.on(day) - gauge.on(since)) / (day - since).days


def _reached_on(gauge: Gauge, *, day: date, rate: Fraction, last: date) -> date | None:
    """Find the day on which the goal was first met, or would be; None when that is after the last day."""
    goal = gauge.goal
    if goal is None:
        return None
    if gauge.met(day):
        return gauge.first_met(gauge.start, day)
    if rate <= 0:
        return None
    actual = gauge.on(day)
    end = goal.trajectory_end(whole=gauge.whole)
    missing = (Fraction(end.__ceil__()) if gauge.whole else end) - actual
    days = -(-missing // rate)  # rounded up
    if not goal.met(gauge.rounded(actual + rate * days)):
        days += 1  # a sum that must be exceeded stands exactly on its goal that day
    return day + timedelta(days=days) if days <= (last - day).days else None
