"""What follows from a record's own values on a day; none of it is stored."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from kfly.plan.kinds import Kind, Value
from kfly.plan.model import Evaluation


def stage_of(kind: Kind, values: Mapping[str, Value], day: date) -> str | None:
    """The key of the furthest stage whose date is not after a day; None before the first."""
    reached = None
    for stage in kind.stages:
        value = values.get(stage.date)
        if isinstance(value, str) and value <= day.isoformat():
            reached = stage.key
    return reached


def outcome_of(kind: Kind, values: Mapping[str, Value], grades: Evaluation) -> str | None:
    """奖励, 合格 or 亮牌警示, by a score and the plan's grades (四、3)."""
    score = values.get(kind.graded_by or "")
    if not isinstance(score, int | float):
        return None
    exact = Fraction(repr(score))  # 90.1 itself, not its nearest binary fraction
    if exact >= grades.award:
        return "award"
    return "warning" if exact < grades.warning else "pass"


def counts(kind: Kind, values: Mapping[str, Value], day: date) -> bool:
    """Whether a record counts on a day, by its own dates."""
    since, until = values.get(kind.counts_on or ""), values.get(kind.counts_until or "")
    asked = day.isoformat()
    return isinstance(since, str) and since <= asked and not (isinstance(until, str) and until <= asked)
