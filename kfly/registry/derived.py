"""Codes that follow from a record's own values on a day; none of them is stored."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from kfly.plan.derived import OUTCOME, STAGE
from kfly.plan.kinds import Kind, Record, Value
from kfly.plan.model import Evaluation
from kfly.registry.registry import Registry


def find_stage(kind: Kind, values: Mapping[str, Value], day: date) -> str | None:
    """Return the key of the furthest stage whose date is not after a day; None before the first."""
    stage = kind.stage_on(values, day)
    return stage.key if stage else None


def grade_record(kind: Kind, values: Mapping[str, Value], grades: Evaluation) -> str | None:
    """Grade a record by its score and the plan's grades: 奖励, 合格 or 亮牌警示 (四、3)."""
    score = values.get(kind.graded_by or "")
    if not isinstance(score, int | float):
        return None
    return grades.outcome(Fraction(repr(score)))  # 90.1 itself, not its nearest binary fraction


def derive(registry: Registry, kind: Kind, values: Mapping[str, Value], day: date) -> Record:
    """Return the codes that follow from a record's dates and scores on a day, by their fields' names."""
    codes: Record = {}
    if kind.stages:
        codes[STAGE] = find_stage(kind, values, day)
    if kind.graded_by:
        codes[OUTCOME] = grade_record(kind, values, registry.plan.evaluation)
    return codes


def show_with_derived(registry: Registry, kind: Kind, values: Record, day: date) -> Record:
    """Return a record as it is shown, with what follows from its dates and scores on a day."""
    return {**registry.shown(kind, values), **derive(registry, kind, values, day)}
