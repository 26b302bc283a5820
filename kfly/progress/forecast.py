"""Where the pace of the last twelve months leads by the deadline."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.metrics import AT_LEAST, AT_MOST, Goal
from kfly.plan.model import Task
from kfly.progress.gauge import Gauge
from kfly.progress.lines import Base
from kfly.progress.shortfall import measure_lack
from kfly.progress.trajectory import Milestone

ZERO = Fraction(0)
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
    falls: bool = False  # the goal lies below
    floor: Fraction | None = Fraction(0)  # what no projection falls below; None for a level

    @property
    def factor(self) -> Fraction | None:
        """How many times as fast it must go from now on; None where there is no pace to compare with."""
        return self.pace_needed / self.pace if self.pace_needed is not None and self.pace > 0 else None

    def on(self, actual: Fraction, day: date, later: date) -> Fraction:
        """Project a figure to a later day at this pace, not rounded."""
        rate = self.pace / MONTH
        return _project(actual, -rate if self.falls else rate, (later - day).days, self.floor)


class Way(NamedTuple):
    """What is known of the way to a deadline.

    Attributes:
        due: the deadline.
        base: from where the line runs, where that is not nothing: the pace is measured from there.
        ahead: the next milestone, if there is one before the deadline.
        last_year: of a yearly target, the figure in the window before, when the plan covers it.
    """

    due: date
    base: Base | None = None
    ahead: Milestone | None = None
    last_year: Gauge | None = None


def forecast(gauge: Gauge, day: date, way: Way) -> Forecast | None:
    """Project a figure to its deadline; None for a ceiling, without a goal, outside its window."""
    due, base, ahead, last_year = way
    goal, actual = gauge.goal, gauge.on(day)
    if goal is None or actual is None or (goal.is_upper and base is None) or not gauge.start <= day <= due:
        return None
    pace = _Pace(gauge, goal, actual, _rate(gauge, goal, day, base))
    days_left = (due - day).days
    projected = pace.project(days_left)
    missing = measure_lack(goal, actual, whole=gauge.whole)
    on_course = goal.met(projected)
    return Forecast(
        projected=projected,
        on_course=on_course,
        reached_on=_reached_on(pace, day, _last_day(gauge, due)),
        pace=pace.rate * MONTH,
        pace_needed=missing / days_left * MONTH if days_left else None,
        too_early=(day - gauge.start).days + 1 < LEAST_DAYS,
        last_year=last_year.on(_move_years(day, -1)) if last_year else None,
        milestone=_find_missed(pace, ahead, day) if ahead and on_course else None,
        falls=goal.is_upper,
        floor=None if gauge.reading.is_level else ZERO,
    )


class _Pace(NamedTuple):
    """How fast a figure moves towards its goal: a day, above 0 when it comes nearer."""

    gauge: Gauge
    goal: Goal
    actual: Fraction
    rate: Fraction

    def project(self, days: int) -> Fraction:
        """Return the figure so many days later, rounded as the figure is."""
        floor = None if self.gauge.reading.is_level else ZERO
        later = _project(self.actual, -self.rate if self.goal.is_upper else self.rate, days, floor)
        return self.gauge.rounded(later, falling=self.goal.is_upper)


def _project(actual: Fraction, rate: Fraction, days: int, floor: Fraction | None) -> Fraction:
    """Carry a pace on; one that falls ends at nothing, as no stock is less than none; a level may go on."""
    later = actual + rate * days
    return later if floor is None else max(later, min(actual, floor))


def _find_missed(pace: _Pace, ahead: Milestone, day: date) -> MissedMilestone | None:
    """Work out whether the pace misses the next milestone; None where it does not."""
    projected = pace.project((ahead.due - day).days)
    owed = Goal(AT_MOST if pace.goal.is_upper else AT_LEAST, ahead.amount)
    short = measure_lack(owed, projected, whole=pace.gauge.whole)
    return MissedMilestone(ahead.due, ahead.amount, projected, short, ahead.task) if short else None


def _last_day(gauge: Gauge, due: date) -> date:
    """Return the last day that is told for reaching a goal: a period's own, else five years past the end."""
    return due if gauge.end else _move_years(due, MOST_YEARS)


def _move_years(day: date, years: int) -> date:
    """Return the same day of another year, the 28th for a 29 February; at most the last there is."""
    if day.year + years > date.max.year:
        return date.max
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def _rate(gauge: Gauge, goal: Goal, day: date, base: Base | None) -> Fraction:
    """Return the progress a day since 365 days ago, or since the eve of the window when that is later.

    Where there was no figure on that day, it is measured from the baseline, or from nothing.
    """
    eve = base.on if base else gauge.start - timedelta(days=1)
    since = max(day - timedelta(days=DAYS_A_YEAR), eve)
    before = gauge.on(since)
    if base is not None and (before is None or since <= base.on):
        since, before = base.on, base.amount
    if day <= since:
        return ZERO
    rate = ((gauge.on(day) or ZERO) - (before or ZERO)) / (day - since).days
    return -rate if goal.is_upper else rate


def _reached_on(pace: _Pace, day: date, last: date) -> date | None:
    """Find the day on which the goal was first met, or would be; None when that is after the last day."""
    gauge, goal = pace.gauge, pace.goal
    if gauge.met(day):
        return gauge.first_met(gauge.start, day)
    if pace.rate <= 0:
        return None
    end = goal.trajectory_end(whole=gauge.whole)
    if gauge.whole:
        end = Fraction(end.__floor__() if goal.is_upper else end.__ceil__())
    missing = abs(end - pace.actual)
    days = -(-missing // pace.rate)  # rounded up
    if not goal.met(pace.project(int(days))):
        days += 1  # a sum that must be exceeded stands exactly on its goal that day
    return day + timedelta(days=int(days)) if days <= (last - day).days else None
