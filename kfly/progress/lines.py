"""The line that a target should keep to (序时进度), from nothing or from its baseline to its goal."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.metrics import FIRST, Goal
from kfly.plan.model import Target
from kfly.progress.gauge import Gauge
from kfly.progress.owed import Owed
from kfly.progress.series import Figures
from kfly.progress.trajectory import Trajectory

ZERO = Fraction(0)


class Base(NamedTuple):
    """From where a line runs: a figure, on the eve of the window or on the day of the first figure."""

    on: date
    amount: Fraction


def find_base(
    target: Target, owed: Owed, figures: Figures, day: date, town: str | None = None
) -> Base | None:
    """Find from where the line of a target runs on a day, or of one town of it; None without a baseline.

    With ``every:`` the first window runs from the baseline, later ones from the goal before.
    """
    baseline: Fraction | str | None = dict(target.town_baselines).get(town or "", target.baseline)
    if baseline is None:
        return None
    if owed.before is not None:
        return Base(owed.eve, owed.before.amount)
    if baseline == FIRST:
        known = ((on, figures.on(on)) for on in figures.days if on <= day)
        return next((Base(on, amount) for on, amount in known if amount is not None), None)
    return Base(owed.eve, Fraction(baseline))


def judges_towns(target: Target, gauge: Gauge) -> bool:
    """Tell whether each town is held against its own level, line or ceiling, and the row counts them."""
    has_own = target.reading.is_level or target.is_ceiling or has_baseline(target)
    return bool(gauge.towns) and has_own


def has_baseline(target: Target) -> bool:
    """Tell whether the line of a target runs from a baseline, or those of its towns do."""
    return target.baseline is not None or bool(target.town_baselines)


def is_ahead(base: Base, goal: Goal) -> bool:
    """Tell whether a goal lies on the far side of its baseline; on the near side it sets no line."""
    return goal.amount < base.amount if goal.is_upper else goal.amount > base.amount


def draw_line(
    target: Target,
    owed: Owed,
    gauge: Gauge,
    base: Base | None,
    milestones: Iterable[tuple[date, Fraction]] = (),
) -> Trajectory | None:
    """Draw the line of a row; None where there is none: a ceiling, a level without a baseline, no goal.

    Args:
        target: whose line it is.
        owed: what it owes in the window.
        gauge: its figure.
        base: from where the line runs, where that is not nothing.
        milestones: what the yearly tables promise on the way.
    """
    goal = gauge.goal
    if goal is None or judges_towns(target, gauge):
        return None
    if not has_baseline(target):
        if target.reading.is_level:
            return None
        return gauge.line(owed.eve, owed.due, (*milestones, *owed.entries))
    return base and draw_from(base, goal, owed, (*milestones, *owed.entries), whole=gauge.whole)


def draw_from(
    base: Base, goal: Goal, owed: Owed, points: Iterable[tuple[date, Fraction]] = (), *, whole: bool = False
) -> Trajectory | None:
    """Draw a line from a baseline through the milestones to the goal, rising or falling.

    It never leaves the strip between them. None where the goal lies on the near side of the baseline, or the
    baseline is no earlier than the deadline.
    """
    if not is_ahead(base, goal) or base.on >= owed.due:
        return None
    end = goal.trajectory_end(whole=whole)
    low, high = min(base.amount, end), max(base.amount, end)
    between = [(on, min(max(amount, low), high)) for on, amount in points if base.on < on <= owed.due]
    return Trajectory([(base.on, base.amount), *between, (owed.due, end)], falling=goal.is_upper)


def expect_level(goal: Goal, figures: Figures, day: date) -> Fraction | None:
    """Return where a level without a line should stand: at its goal from its first value on."""
    return goal.amount if figures.on(day) is not None else None


def measure_share(actual: Fraction, goal: Goal, base: Base | None) -> Fraction | None:
    """Return how much of the way to a goal is done; None where there is no way to go.

    Without a baseline it is the share of the goal, with one that of the way from it.
    """
    if base is None:
        return actual / goal.amount if goal.amount > 0 else None
    return (actual - base.amount) / (goal.amount - base.amount) if is_ahead(base, goal) else None
