"""Words for codes: lights, states, comparisons. Colour is never the only carrier of a light."""

from datetime import date
from fractions import Fraction

from kfly.locale import N_, _, format_share
from kfly.plan.course import CANCELLED, SUSPENDED
from kfly.plan.metrics import AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN, Goal
from kfly.plan.periods import HALF, MONTH, QUARTER, YEAR
from kfly.progress.lights import BLUE, GREEN, NONE, RED, YELLOW
from kfly.progress.states import CARRIED, DONE, ONGOING, OPEN, OVERDUE
from kfly.progress.targets import TargetStanding
from kfly.reports.digits import AS_GIVEN, Digits

_LIGHTS = {
    GREEN: ("green", "●", N_("green")),
    YELLOW: ("yellow", "▲", N_("yellow")),
    RED: ("red", "■", N_("red")),
    BLUE: ("blue", "◆", N_("blue")),
    NONE: ("dim", "", N_("no light")),
}
_STATES = {
    DONE: N_("done"),
    OVERDUE: N_("overdue"),
    OPEN: N_("open"),
    ONGOING: N_("ongoing"),
    SUSPENDED: N_("suspended"),
    CANCELLED: N_("cancelled"),
    CARRIED: N_("carried on"),
}
# What people may type for a code, whatever language they read: the code, the words of both, shorter ones.
TYPED_LIGHTS = {
    RED: ("红", "红灯", "red light"),
    YELLOW: ("黄", "黄灯", "yellow light"),
    BLUE: ("蓝", "蓝灯", "blue light"),
    GREEN: ("绿", "绿灯", "green light"),
    NONE: ("无", "不亮灯", "无灯", "no light", "—"),
}
UNSIGNED = "unsigned"  # of the tasks that are done, those that nobody has signed off
TYPED_STATES = {
    DONE: ("已完成", "完成"),
    OVERDUE: ("逾期", "已逾期"),
    OPEN: ("未完成", "在办"),
    ONGOING: ("长期推进", "长期", "持续推进"),
    SUSPENDED: ("暂缓", "已暂缓", "中止"),
    CANCELLED: ("已取消", "取消", "撤销", "已撤销"),
    CARRIED: ("已结转", "结转", "carried on"),
    UNSIGNED: ("待销号", "已达标待销号", "awaits sign-off"),
}
_SIGNS = {AT_LEAST: "≥", MORE_THAN: ">", AT_MOST: "≤", LESS_THAN: "<"}


def light(code: str, *, starting: bool = False) -> str:
    """Write a light as a sign and a word: ● 绿灯; 起步 for what is unlit as its window has only begun."""
    if starting:
        return _("starting")
    _colour, sign, word = _LIGHTS[code]
    return f"{sign} {_(word)}" if sign else "—"


def light_sign(code: str) -> str:
    """Write a light as its sign alone: ●."""
    return _LIGHTS[code][1]


def light_word(code: str) -> str:
    """Write a light as its word alone: 绿灯."""
    return _(_LIGHTS[code][2])


def colour(code: str) -> str:
    """Return the colour that a light is drawn in."""
    return _LIGHTS[code][0]


def state(code: str) -> str:
    """Return the word for a task's state."""
    return _(_STATES[code])


def due(day: date | None) -> str:
    """Write the day that something is due; what goes on without an end has none."""
    return _("ongoing") if day is None else day.isoformat()


PERIODS = {  # of reports; what a target promises “every year” is another word in Chinese
    YEAR: N_("each year"),
    HALF: N_("each half year"),
    QUARTER: N_("each quarter"),
    MONTH: N_("each month"),
}


def every(period: str) -> str:
    """Write that something comes with each period: 每季度."""
    return _(PERIODS[period])


def sign(comparison: str) -> str:
    """Return the sign between an actual figure and its goal: ≥, >, ≤ or <."""
    return _SIGNS[comparison]


def goal(promised: Goal, digits: Digits = AS_GIVEN) -> str:
    """Write a goal as it stands beside a figure: 30, >15, ≤10,000; a bare number is the least owed."""
    amount = digits.write_goal(promised.amount)
    return amount if promised.comparison == AT_LEAST else sign(promised.comparison) + amount


def figure(actual: Fraction | None, digits: Digits = AS_GIVEN) -> str:
    """Write a figure; 无数据 where there is none, which is not the same as 0."""
    return _("no data") if actual is None else digits.write(actual)


def difference_unit(unit: str) -> str:
    """Return the unit of the difference of two figures: percents differ by percentage points (个百分点)."""
    return _("percentage points") if unit == "%" else unit


def share(row: TargetStanding) -> str:
    """Write what share of its way a target has come; what is unmet is never shown as 100 %."""
    return format_share(row.shown_share)


def outcome(code: str | None) -> str:
    """Return the word for the outcome of an evaluation; nothing where there is none."""
    from kfly.plan.derived import OUTCOME_NAMES  # most views know no outcomes

    return OUTCOME_NAMES[code].spoken if code else ""
