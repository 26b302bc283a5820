"""The targets of a supervision list in a paper: all that a template can tell of a task, told of a target."""

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from typing import Any

from kfly.locale import N_, _
from kfly.progress.shortfall import measure_lack
from kfly.progress.targets import TargetStanding
from kfly.reports import words
from kfly.reports.figures import (
    find_difference_unit,
    find_digits_beside,
    find_digits_of_difference,
    find_row_digits,
    find_unit,
)
from kfly.reports.papers.amounts import write_amount, write_day, write_goal
from kfly.reports.papers.word.filling import find_fill
from kfly.reports.status import name_target
from kfly.reports.tasks import join_names


def make_supervised_target(row: TargetStanding, names: dict[str, str]) -> dict[str, Any]:
    """Make what a template can tell of a target that is supervised.

    An office's own template may write a number before the title: there stands that it is a target.
    """
    return {
        "number": _("target"),
        "title": name_target(row),
        "called": _("Target: {name}", name=name_target(row)),
        "lead": join_names(row.lead, names),
        "responsible": join_names(row.responsible, names),
        "due": write_day(row.due),
        "days": "",
        "missing": describe_shortfall(row, names),
        "light": words.light(row.light),
        "fill": find_fill(row.light),
    }


def write_row_amount(row: TargetStanding, figure: Fraction | None) -> str:
    """Write a figure of a target with its unit; 无数据 where there is none."""
    if figure is None:
        return words.figure(None)
    return write_amount(figure, find_unit(row), find_digits_beside(row, figure))


def describe_shortfall(row: TargetStanding, names: dict[str, str]) -> str:
    """Say where a target stands and should, what it lacks of its goal, and which towns are short."""
    unit = find_unit(row)
    actual = write_row_amount(row, row.actual)
    told = [_("reached {amount}", amount=actual)]
    if row.goal is not None:
        told.append(_("goal {amount}", amount=write_goal(row.goal, unit, find_row_digits(row))))
    if row.expected is not None:
        told.append(_("expected by now {amount}", amount=write_row_amount(row, row.expected)))
    joined = reduce(lambda first, second: _("{first}, {second}", first=first, second=second), told)
    towns = [figure.town for figure in row.each if not figure.met]
    short = [_("short of it: {names}", names=join_names(towns, names))] if towns else []
    return _("; ").join([joined, *_describe_lack(row), *short])


def _describe_lack(row: TargetStanding) -> Iterator[str]:
    """Say what is missing of the goal that the light is held against; and which that is, if not the last."""
    held = row.held
    if held is None or row.actual is None or held.met(row.actual):
        return
    lack = measure_lack(held, row.actual, whole=row.gauge.whole)
    message = N_("{amount} too much") if held.is_upper else N_("lacks {amount}")
    digits = find_digits_of_difference(row, lack)
    told = _(message, amount=write_amount(lack, find_difference_unit(row), digits))
    if held != row.goal:
        goal = write_goal(held, find_unit(row), find_row_digits(row))
        told = _("of {goal}, which holds for now, {told}", goal=goal, told=told)
    yield told
