"""Where the pace of the last twelve months leads by the deadline."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import AT_MOST, Goal
from kfly.progress.gauge import Gauge

DAYS_A_YEAR = 365
LEAST_DAYS = 60  # of a window that must have passed before its pace says anything
MONTH = Fraction(1461, 48)  # days: a twelfth of 365¼


class Forecast(NamedTuple):
    """The figure on the deadline if the pace holds, and what that means."""

    projected: Fraction
    on_course: bool
    reached_on: date | None  # the day the goal was first met, else the day the pace would meet it
    pace: Fraction  # a month, over the last 365 days or since the window began
    pace_needed: Fraction | None  # a month, from now on; None on the deadline itself
    too_early: bool  # the window is too young for its pace to mean much
    last_year: Fraction | None  # of a yearly target: what the year before had reached on the same day

    @property
    def factor(self) -> Fraction | None:
        """How many times as fast it must go from now on; None where there is no pace to compare with."""
        return self.pace_needed / self.pace if self.pace_needed is not None and self.pace > 0 else None

    def on(self, actual: Fraction, day: date, later: date) -> Fraction:
        """Project a figure to a later day at this pace, not rounded."""
        return actual + self.pace / MONTH * (later - day).days


def forecast(gauge: Gauge, day: date, due: date, last_year: Gauge | None = None) -> Forecast | None:
    """Project a figure to its deadline; None for a ceiling, without a goal, before the start, past the end.

    Args:
        gauge: the figure in its window, with its goal.
        day: the day asked.
        due: the deadline.
        last_year: of a yearly target, the figure in the window before, when the plan covers it.
    """
    goal = gauge.goal
    if goal is None or goal.comparison == AT_MOST or not gauge.start <= day <= due:
        return None
    actual, rate = gauge.on(day), _rate(gauge, day)
    days_left = (due - day).days
    projected = gauge.rounded(actual + rate * days_left)
    missing = max(goal.trajectory_end(whole=gauge.whole) - actual, Fraction(0))
    return Forecast(
        projected=projected,
        on_course=goal.met(projected),
        reached_on=_reached_on(gauge, goal, day, rate),
        pace=rate * MONTH,
        pace_needed=missing / days_left * MONTH if days_left else None,
        too_early=(day - gauge.start).days + 1 < LEAST_DAYS,
        last_year=last_year.on(_a_year_before(day)) if last_year else None,
    )


def _a_year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def _rate(gauge: Gauge, day: date) -> Fraction:
    """Return the progress a day since 365 days ago, or since the eve of the window when that is later."""
    since = max(day - timedelta(days=DAYS_A_YEAR), gauge.start - timedelta(days=1))
    return (gauge.on(day) - gauge.on(since)) / (day - since).days


def _reached_on(gauge: Gauge, goal: Goal, day: date, rate: Fraction) -> date | None:
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
    return day + timedelta(days=days) if days <= (date.max - day).days else None
