"""Figures, units and days as an office writes them: 5.2万平方米, 1.5亿元, 2022年11月30日."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import N_, _, language
from kfly.plan.metrics import AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN, Goal
from kfly.reports.digits import AS_GIVEN, Digits

_GOALS = {
    AT_LEAST: "{amount}",
    MORE_THAN: N_("more than {amount}"),
    AT_MOST: N_("at most {amount}"),
    LESS_THAN: N_("less than {amount}"),
}
FINEST = 10**4  # of a large unit: 万平方米 to the m², 亿元 to the 万元; else the smaller one stays


class LargerUnit(NamedTuple):
    """What a unit is called in a paper, and the unit that is used from so many of it on."""

    called: str
    times: int
    larger: str


_CHINESE = {
    "m²": LargerUnit("平方米", 10**4, "万平方米"),
    "㎡": LargerUnit("平方米", 10**4, "万平方米"),
    "平方米": LargerUnit("平方米", 10**4, "万平方米"),
    "万元": LargerUnit("万元", 10**4, "亿元"),
    "元": LargerUnit("元", 10**4, "万元"),
}


def write_amount(figure: Fraction, unit: str, digits: Digits = AS_GIVEN) -> str:
    """Write a figure with its unit; in Chinese with the larger unit that an office would use.

    It is never rounded for that: what has more decimals than a larger unit shows stays in its own.
    """
    return _write_shown(digits.round(figure), unit, digits)


def write_goal(goal: Goal, unit: str, digits: Digits = AS_GIVEN) -> str:
    """Write a goal with its unit and its boundary word; a bare amount is the least that is owed."""
    return _(_GOALS[goal.comparison], amount=_write_shown(digits.round_goal(goal.amount), unit, digits))


def _write_shown(shown: Fraction, unit: str, digits: Digits) -> str:
    """Write what needs no more rounding, in its own unit or in a larger one."""
    own = _CHINESE.get(unit) if language() == "zh" else None
    if own is None:
        return _("{figure} {unit}", figure=digits.write_goal(shown), unit=unit).strip()
    larger = shown / own.times
    if abs(larger) >= 1 and (larger * FINEST).denominator == 1:
        write = _write_shown if own.larger in _CHINESE else _join
        return write(larger, own.larger, AS_GIVEN)
    return _join(shown, own.called, digits)


def _join(shown: Fraction, unit: str, digits: Digits) -> str:
    return _("{figure} {unit}", figure=digits.write_goal(shown), unit=unit)


def write_day(day: date) -> str:
    """Write a day in full: 2022年11月5日, 5 November 2022."""
    if language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B %Y}"


def write_day_near(day: date, other: date) -> str:
    """Write a day without its year where another day, which is told beside it, has the same."""
    if day.year != other.year:
        return write_day(day)
    return f"{day.month}月{day.day}日" if language() == "zh" else f"{day.day} {day:%B}"
