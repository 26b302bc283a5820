"""What is told of a promise that is not kept: never all of it, never nothing missing (超150亿元 at 150)."""

from fractions import Fraction

from kfly.plan.metrics import AT_MOST, LESS_THAN, MORE_THAN, Goal

SMALLEST = Fraction(1, 100)  # step of a sum
FINEST = Fraction(1, 10**10)  # step that is written out: the fen of 亿元
NEARLY_ALL = Fraction(99, 100)  # the most that is shown of what is unmet
BARELY_OVER = Fraction(101, 100)  # the least that is shown of an exceeded ceiling


def measure_lack(goal: Goal, actual: Fraction, *, whole: bool) -> Fraction:
    """Return what a figure lacks to keep a promise, or has too much for a ceiling; 0 for what is met.

    The last step of a count is 1; a sum that stands on what it must exceed lacks 0.01.

    Args:
        goal: the promise.
        actual: the figure, or a projected one.
        whole: whether the figure counts things, which are not had in parts.
    """
    if goal.met(actual):
        return Fraction(0)
    if goal.comparison == AT_MOST:
        return actual - goal.amount
    missing = abs(goal.trajectory_end(whole=whole) - actual)
    if whole:
        return Fraction(missing.__ceil__())
    ends = (missing / FINEST).denominator == 1  # it is written out, and is not rounded to 0
    return missing if ends and goal.comparison not in (MORE_THAN, LESS_THAN) else max(missing, SMALLEST)


def cap_share(goal: Goal, actual: Fraction) -> Fraction | None:
    """Return the share of a goal as it is shown: 99 % at most of what is unmet; None of one not above 0.

    The share used of a ceiling is shown above 100 % as soon as it is exceeded.
    """
    if goal.amount <= 0:
        return None
    share = actual / goal.amount
    if goal.met(actual):
        return share
    return max(share, BARELY_OVER) if goal.is_upper else min(share, NEARLY_ALL)
