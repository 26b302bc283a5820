"""A hint is given for a key that is a misspelling, and for no other: a wrong hint misleads."""

import pytest

from kfly.errors import find_nearest_key
from kfly.plan.files.promise_shapes import TargetShape
from kfly.plan.files.shapes import FieldShape, KindShape, LightsShape, TargetFile, TaskShape

NEAR = [
    (TargetShape, "at_leest", "at_least"),
    (TargetShape, "at-least", "at_least"),
    (TargetShape, "atleast", "at_least"),
    (TargetShape, "At_Least", "at_least"),
    (TargetShape, "more_then", "more_than"),
    (TargetShape, "atmost", "at_most"),
    (TargetShape, "quota", "quotas"),
    (TargetShape, "uint", "unit"),
    (TargetShape, "units", "unit"),
    (TargetShape, "exept", "except"),
    (TargetShape, "counts", "count"),
    (TargetShape, "date", "dated"),
    (TargetFile, "organizations", "organisations"),
    (TargetFile, "organisation", "organisations"),
    (TargetFile, "target", "targets"),
    (TargetFile, "deliverabels", "deliverables"),
    (TargetFile, "record", "records"),
    (TaskShape, "responsable", "responsible"),
    (TaskShape, "titel", "title"),
    (TaskShape, "leads", "lead"),
    (TaskShape, "need", "needs"),
    (LightsShape, "due_soon_day", "due_soon_days"),
    (KindShape, "count_on", "counts_on"),
    (FieldShape, "lable", "label"),
    (FieldShape, "choises", "choices"),
    (FieldShape, "minimun", "minimum"),
]
FAR = [
    (TargetShape, "goals"),
    (TargetShape, "goal"),
    (TargetShape, "kind"),
    (TargetShape, "amount"),
    (TargetShape, "deadline"),
    (TargetShape, "period"),
    (TargetShape, "owner"),
    (TargetShape, "type"),
    (TargetShape, "title"),
    (TargetShape, "minimum"),
    (TargetShape, "note"),
    (TargetShape, "目标"),
    (TargetFile, "list"),
    (TargetFile, "goals"),
    (TargetFile, "kinds"),
    (TargetFile, "tasks"),
    (TargetFile, "towns"),
    (TargetFile, "departments"),
    (TaskShape, "deadline"),
    (TaskShape, "name"),
    (TaskShape, "owner"),
    (FieldShape, "values"),
    (FieldShape, "kind"),
    (FieldShape, "default"),
]


def known(shape: type) -> list[str]:
    return [field.alias or name for name, field in shape.model_fields.items()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("shape", "word", "meant"), NEAR)
def test_a_misspelt_key_is_recognised(shape: type, word: str, meant: str) -> None:
    assert find_nearest_key(word, known(shape)) == meant


@pytest.mark.parametrize(("shape", "word"), FAR)
def test_another_word_is_given_no_hint(shape: type, word: str) -> None:
    assert find_nearest_key(word, known(shape)) is None
