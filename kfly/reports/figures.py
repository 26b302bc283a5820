"""The figures of a target, or of a need that names one, as every view writes them: with its own decimals."""

from fractions import Fraction

from kfly.plan.metrics import AT_LEAST, Goal
from kfly.plan.model import Target
from kfly.plan.targets import spell_unit
from kfly.progress.gauge import TownFigure
from kfly.progress.needs import NeedStanding
from kfly.progress.targets import TargetStanding
from kfly.reports import words
from kfly.reports.digits import AS_GIVEN, Digits, find_digits

Row = TargetStanding | NeedStanding


def find_unit(row: TargetStanding) -> str:
    """Return the unit of a row's figures: the metric's own, or towns."""
    return spell_unit(row.target)


def find_difference_unit(row: TargetStanding) -> str:
    """Return the unit of what a row lacks or has too much: percents differ by percentage points."""
    return words.difference_unit(find_unit(row))


def find_town_digits(promise: Target | NeedStanding) -> Digits:
    """Return how many decimals the figures of a target or need have in its own unit, which its towns have."""
    reading = promise.reading if isinstance(promise, Target) else promise.need.reading
    return find_digits(promise.decimals, reported=reading.can_lack_data)


def find_row_digits(row: Row) -> Digits:
    """Return how many decimals the figures of a row have: enough to see whether its goals are met.

    A row ``per: town`` counts towns.
    """
    digits = _find_plain_digits(row)
    if row.actual is None:
        return digits
    held = row.held if isinstance(row, TargetStanding) else None
    return digits.beside(row.actual, row.goal).beside(row.actual, held)


def find_digits_beside(row: Row, figure: Fraction) -> Digits:
    """Return how many decimals a figure of a row has beside the row's goal."""
    return find_row_digits(row).beside(figure, row.goal)


def find_digits_of_difference(row: Row, difference: Fraction) -> Digits:
    """Return how many decimals a difference of a row's figures has."""
    return find_row_digits(row).for_difference(difference)


def write_figure(row: Row, figure: Fraction | None) -> str:
    """Write a figure of a row: its own, an expected or projected one, or another day's; 无数据 for None."""
    return words.figure(None) if figure is None else find_digits_beside(row, figure).write(figure)


def write_goal(row: Row, promised: Goal) -> str:
    """Write a goal of a row as it stands beside its figure: 30, >15."""
    return words.goal(promised, find_row_digits(row))


def write_difference(row: Row, difference: Fraction) -> str:
    """Write what a row lacks or has too much, or by how much it changed; what there is of it is never 0."""
    return find_digits_of_difference(row, difference).write(difference)


def write_against(row: TargetStanding, figure: Fraction, owed: Fraction | None) -> tuple[str, str]:
    """Write a figure of another period and what was owed then; an empty text where nothing was."""
    return _write_pair(_find_plain_digits(row), figure, _make_goal(row.target, owed))


def write_town_figures(target: Target, one: TownFigure) -> tuple[str, str]:
    """Write where a town stands, and what it owes; an empty text where it owes nothing."""
    return _write_pair(find_town_digits(target), one.actual, _make_goal(target, one.goal))


def write_town_figure(target: Target, figure: Fraction | None, promised: Goal | None) -> str:
    """Write the figure of a town in a target's own unit, beside what it owes."""
    return _write_pair(find_town_digits(target), figure, promised)[0]


def write_town_goal(target: Target, figure: Fraction | None, promised: Goal) -> str:
    """Write what a town owes in a target's own unit, beside its figure."""
    digits = find_town_digits(target)
    return words.goal(promised, digits if figure is None else digits.beside(figure, promised))


def _find_plain_digits(row: Row) -> Digits:
    promise = row.target if isinstance(row, TargetStanding) else row
    metric = row.target.metric if isinstance(row, TargetStanding) else row.need.metric
    return AS_GIVEN if metric.towns is not None else find_town_digits(promise)


def _make_goal(target: Target, owed: Fraction | None) -> Goal | None:
    if owed is None:
        return None
    return Goal(target.goal.comparison if target.goal else AT_LEAST, owed)


def _write_pair(digits: Digits, figure: Fraction | None, promised: Goal | None) -> tuple[str, str]:
    if figure is not None:
        digits = digits.beside(figure, promised)
    return words.figure(figure, digits), words.goal(promised, digits) if promised else ""
