"""Which light is lit: by the share of the line that is reached, or by the lag in percentage points."""

from fractions import Fraction

from kfly.plan.metrics import Goal
from kfly.plan.model import Lights

GREEN, YELLOW, RED, BLUE, NONE = "green", "yellow", "red", "blue", "none"
LIGHTS = (RED, YELLOW, BLUE, GREEN, NONE)  # worst first
ZERO, HUNDRED = Fraction(0), 100


def choose_light(
    actual: Fraction,
    expected: Fraction,
    lights: Lights,
    goal: Goal,
    base: Fraction = ZERO,
) -> str:
    """Choose the light of a figure that has a line.

    Args:
        actual: the figure.
        expected: where its line stands.
        lights: the office's convention: yellow from a share of the way on, or by the lag in points.
        goal: where the line leads; one to sink to is told by its comparison.
        base: from where the line runs.
    """
    falls = goal.is_upper and base > goal.amount
    if lights.red is not None:
        lag = actual - expected if falls else expected - actual
        return light_by_points(lag, goal, lights.yellow, lights.red)
    if actual <= expected if falls else actual >= expected:
        return GREEN
    bound = base + lights.yellow * (expected - base)
    return YELLOW if (actual <= bound if falls else actual >= bound) else RED


def choose_light_of_level(actual: Fraction, goal: Goal, lights: Lights) -> str:
    """Choose the light of a level without a line, which is held against its goal alone."""
    if goal.met(actual):
        return GREEN
    if lights.red is not None:
        lag = actual - goal.amount if goal.is_upper else goal.amount - actual
        return light_by_points(lag, goal, lights.yellow, lights.red)
    if actual <= 0 or goal.amount <= 0:
        return RED
    near = actual <= goal.amount / lights.yellow if goal.is_upper else actual >= goal.amount * lights.yellow
    return YELLOW if near else RED


def light_by_points(lag: Fraction, goal: Goal, yellow: Fraction, red: Fraction) -> str:
    """Choose a light by how many percentage points of the goal a figure lags: the lag in its own unit."""
    if lag <= 0:
        return GREEN
    if not goal.amount:
        return RED
    points = lag / abs(goal.amount) * HUNDRED
    return GREEN if points < yellow else YELLOW if points <= red else RED
