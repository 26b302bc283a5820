"""A record goes in whole and checked, and only once."""

import pytest

from kfly.errors import KflyError
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building, add_talent

COMPLETE = {
    "name": "创新大厦",
    "town": "城东街道",
    "address": "澄江中路 1 号",
    "owner": "新国联集团",
    "ownership": "国有",
    "floor_area": "5.2万㎡",
    "idle_area": "30亩",
    "land_use": "新型复合产业用地（Mx）",
    "longitude": "120.27512345",
    "phone": "0510-86860000",
    "surveyed_on": "2022/3/1",
    "renovated_on": "2022年11月1日",
    "note": " 另有车位 ",
}


def refusal(registry: Registry, kind: str, **texts: str) -> list[str]:
    with pytest.raises(KflyError) as refused:
        add(registry, kind, **texts)
    return list(refused.value.lines)


def test_a_record_is_shown_as_it_was_kept(registry: Registry) -> None:
    building = registry.kind("building")
    shown = registry.show(building, registry.add(building, COMPLETE))
    assert list(shown) == ["id", *(field.name for field in building.fields), "note"]
    assert {name: value for name, value in shown.items() if value is not None} == {
        "id": 1,
        "name": "创新大厦",
        "town": "高新区",
        "address": "澄江中路 1 号",
        "owner": "新国联集团",
        "ownership": "国有",
        "floor_area": 52000,
        "idle_area": 20000,
        "land_use": "新型复合产业用地(Mx)",
        "longitude": 120.27512345,
        "phone": "0510-86860000",
        "surveyed_on": "2022-03-01",
        "renovated_on": "2022-11-01",
        "note": "另有车位",
    }


def test_ids_count_up_from_one_in_each_kind(registry: Registry) -> None:
    assert [add_building(registry, name) for name in "甲乙丙"] == [1, 2, 3]
    assert add_talent(registry, "王伟") == 1


def test_every_fault_of_a_record_is_listed_at_once(registry: Registry) -> None:
    faults = refusal(
        registry, "building", name=" ", town="火星", floor_area="-5", condition="坏", surveyed_on="2022-02-30"
    )
    assert [fault.partition(":")[0] for fault in faults] == [
        *("Town", "Floor area", "Condition", "Surveyed on", "Building")
    ]
    assert faults[-1] == "Building: is required"


def test_each_required_field_is_asked_for(registry: Registry) -> None:
    for kind in registry.kinds.values():
        wanted = [f"{field.label.en}: is required" for field in kind.fields if field.required]
        assert refusal(registry, kind.name) == wanted


def test_a_refused_record_leaves_nothing(registry: Registry) -> None:
    refusal(registry, "building", name="创新大厦", town="高新区", floor_area="abc")
    assert registry.titles.of("building") == {}
    assert add_building(registry, "创新大厦") == 1


def test_a_second_record_of_the_same_natural_key_points_at_the_first(registry: Registry) -> None:
    first = add_building(registry, "创新大厦", "高新区")
    assert refusal(registry, "building", name="创新大厦", town="江阴高新区", floor_area="1") == [
        f"创新大厦 is in the registry already, as #{first}; change it with “kfly set building {first} …”."
    ]


def test_a_part_of_the_natural_key_that_differs_makes_another_record(registry: Registry) -> None:
    add_building(registry, "创新大厦", "高新区")
    add_building(registry, "创新大厦", "华士镇")
    add_building(registry, "创新大楼", "高新区")
    assert len(registry.titles.of("building")) == 3


@pytest.mark.parametrize("key", [{}, {"employer": "甲厂"}, {"code": "7"}, {"employer": "甲厂", "code": "7"}])
def test_empty_parts_of_the_natural_key_compare_equal(registry: Registry, key: dict[str, str]) -> None:
    first = add_talent(registry, "王伟", **key)
    [line] = refusal(registry, "talent", name="王伟", introduced_on="2023-01-01", **key)
    assert f"is in the registry already, as #{first};" in line


def test_an_empty_part_of_the_natural_key_is_not_the_same_as_a_full_one(registry: Registry) -> None:
    for key in ({}, {"employer": "甲厂"}, {"code": "甲厂"}, {"employer": "甲厂", "code": "甲厂"}):
        add_talent(registry, "王伟", **key)
    assert len(registry.titles.of("talent")) == 4


@pytest.mark.parametrize("amount", ["0.1", "1000元", "0.100000", "0.1万"])
def test_amounts_in_a_natural_key_are_compared_as_amounts(registry: Registry, amount: str) -> None:
    paid = {"purpose": "改造", "category": "载体改造", "paid_on": "2022-03-01"}
    add(registry, "expenditure", **paid, amount="0.1万元")
    [line] = refusal(registry, "expenditure", **{**paid, "paid_on": "2022/3/1"}, amount=amount)
    assert "is in the registry already" in line


def test_a_record_of_which_no_part_of_the_key_is_given_is_refused(harbour: Registry) -> None:
    assert refusal(harbour, "company") == ["Company: is required"]
    assert refusal(harbour, "company", founded_on="2025-03-01") == ["Company: is required"]
    assert refusal(harbour, "company", code="x") == ["Code: “x” is not a number"]


def test_one_part_of_the_key_is_enough_where_none_is_required(harbour: Registry) -> None:
    by_code = add(harbour, "company", code="0")
    add(harbour, "company", name="港口集团")
    assert refusal(harbour, "company", code="０")[0].endswith(
        f"as #{by_code}; change it with “kfly set company 1 …”."
    )
    [line] = refusal(harbour, "company", name="港口集团")
    assert "is in the registry already, as #2;" in line


def test_the_kinds_of_another_citys_plan_are_recorded_alike(harbour: Registry) -> None:
    add(harbour, "company", name="港口集团", founded_on="2025-03-01")
    berth = add(harbour, "berth", company="港口集团", since="2025年4月1日")
    assert harbour.show(harbour.kind("berth"), berth) == {
        "id": 1,
        "company": "港口集团",
        "since": "2025-04-01",
        "note": None,
    }


@pytest.mark.parametrize(
    "kind", ["house", "", "plan", "tasks", "sqlite_master", "buildings; DROP TABLE building"]
)
def test_what_is_no_kind_is_refused(registry: Registry, kind: str) -> None:
    with pytest.raises(KflyError, match="There is no kind of record"):
        registry.kind(kind)
