"""Kinds and fields go by their names, with hyphen or underscore, and by their labels."""

import pytest

from kfly.errors import KflyError
from kfly.plan.kinds import Kind
from kfly.registry.kinds import find_field, find_kind, read_standing_kinds
from kfly.registry.registry import Registry

KINDS = read_standing_kinds()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_goes_by_its_name_and_its_labels(kind: Kind) -> None:
    name, label = kind.name, kind.label
    for text in (
        name,
        name.replace("_", "-"),
        name.upper(),
        f" {name} ",
        label.zh,
        label.en,
        label.en.lower(),
    ):
        assert find_kind(text, KINDS) is kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_field_goes_by_its_name_its_labels_and_its_aliases(kind: Kind) -> None:
    for field in kind.fields:
        names = (field.name, field.name.replace("_", "-"), field.name.upper(), *field.label, *field.aliases)
        assert {find_field(text, kind).name for text in names} == {field.name}


@pytest.mark.parametrize("text", ["note", "备注", "Note", "NOTE"])
def test_every_kind_has_a_note(text: str) -> None:
    assert {find_field(text, kind).name for kind in KINDS} == {"note"}


def test_full_width_signs_are_plain_ones() -> None:
    building = find_kind("ｂｕｉｌｄｉｎｇ", KINDS)
    assert find_field("镇(街道)", building).name == find_field("镇（街道）", building).name == "town"


def test_a_label_may_hold_a_hyphen_and_capitals(harbour: Registry) -> None:
    company = harbour.kind("VC-企业")
    assert company.name == harbour.kind("vc-企业").name == "company"
    assert find_field("A-B 名称", company).name == find_field("a-b 名称", company).name == "name"
    assert find_field("企业(全称)", company).name == "name"


@pytest.mark.parametrize(
    ("text", "near"),
    [("buildng", "building"), ("talent-projects", "talent_project"), ("楼宇们", "楼宇"), ("fundd", "fund")],
)
def test_a_misspelt_kind_is_refused_with_the_nearest(text: str, near: str) -> None:
    with pytest.raises(KflyError, match=f"There is no kind of record “{text}”; did you mean “{near}”?"):
        find_kind(text, KINDS)


def test_a_kind_near_none_is_refused_with_where_they_are_listed() -> None:
    with pytest.raises(KflyError, match="There is no kind of record “xyz”; “kfly kinds” lists them"):
        find_kind("xyz", KINDS)


def test_a_misspelt_field_is_refused_with_the_nearest() -> None:
    building = find_kind("building", KINDS)
    with pytest.raises(KflyError, match="there is no field “flor-area”; did you mean “floor_area”"):
        find_field("flor-area", building)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id",
        "stage",
        "outcome",
        "counts_toward",
        "not_counted",
        "\ud800",
        "name; --",
        '"name"',
        "x" * 5000,
    ],
)
def test_what_is_no_field_is_refused(text: str) -> None:
    with pytest.raises(KflyError, match="there is no field"):
        find_field(text, find_kind("evaluation", KINDS))
