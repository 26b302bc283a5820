"""What follows from a record's own values on a day, declared like fields although no table has them."""

from kfly.plan.kinds import Field, Kind
from kfly.plan.model import AWARD, PASS, WARNING, Name

STAGE, OUTCOME, COUNTS_TOWARD = "stage", "outcome", "counts_toward"
NOT_COUNTED = "not_counted"  # beside COUNTS_TOWARD in JSON: the other targets, each with the reason

OUTCOME_NAMES = {
    AWARD: Name("奖励", "award"),
    PASS: Name("合格", "pass"),
    WARNING: Name("亮牌警示", "warning"),
}
COUNTED = Field(COUNTS_TOWARD, "targets", Name("计入", "Counts toward"))


def derived_fields(kind: Kind) -> tuple[Field, ...]:
    """Declare what follows from the records of a kind: a stage where it has some, an outcome where graded."""
    fields = []
    if kind.stages:
        stages = tuple(stage.key for stage in kind.stages)
        fields.append(Field(STAGE, "choice", Name("阶段", "Stage"), choices=stages))
    if kind.graded_by:
        fields.append(Field(OUTCOME, "choice", Name("结果", "Outcome"), choices=tuple(OUTCOME_NAMES)))
    return tuple(fields)


def code_names(kind: Kind, field: Field) -> dict[str, Name]:
    """Name the codes of a derived field."""
    if field.name == STAGE:
        return {stage.key: stage.label for stage in kind.stages}
    return OUTCOME_NAMES if field.name == OUTCOME else {}
