"""A record is called by its name where that is unique, else by town/name; its id always works."""

import pytest

from kfly.errors import KflyError
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building, add_carrier, add_talent


def which(registry: Registry, text: str, kind: str = "building") -> int:
    return registry.which(registry.kind(kind), text)


def refusal(registry: Registry, text: str, kind: str = "building") -> str:
    with pytest.raises(KflyError) as refused:
        which(registry, text, kind)
    return str(refused.value)


def titles(registry: Registry, kind: str = "building") -> list[str]:
    return list(registry.titles.of(kind).values())


@pytest.mark.parametrize(
    "text",
    [
        "创新大厦",
        " 创新大厦 ",
        "高新区/创新大厦",
        "城东街道/创新大厦",
        "江阴高新区/创新大厦",
        "1",
        "#1",
        "001",
    ],
)
def test_one_record_goes_by_name_town_and_name_or_id(registry: Registry, text: str) -> None:
    record = add_building(registry, "创新大厦", "高新区")
    add_building(registry, "科技大厦", "高新区")
    assert which(registry, text) == record


def test_the_english_name_of_a_town_stands_before_a_name_too(registry: Registry) -> None:
    record = add_building(registry, "创新大厦", "澄江街道")
    english = next(o.en for o in registry.plan.organisations if o.name == "澄江街道")
    assert which(registry, f"{english}/创新大厦") == record


def test_a_unique_name_is_the_title(registry: Registry) -> None:
    add_building(registry, "创新大厦", "高新区")
    assert titles(registry) == ["创新大厦"]


def test_a_name_in_two_towns_is_shown_with_the_town(registry: Registry) -> None:
    add_building(registry, "创新大厦", "城东街道")
    add_building(registry, "创新大厦", "华士镇")
    add_building(registry, "科技大厦", "华士镇")
    assert titles(registry) == ["高新区/创新大厦", "华士镇/创新大厦", "科技大厦"]


def test_an_ambiguous_name_is_refused_and_the_choices_are_listed(registry: Registry) -> None:
    add_building(registry, "创新大厦", "高新区")
    add_building(registry, "创新大厦", "华士镇")
    assert refusal(registry, "创新大厦") == (
        "Buildings: “创新大厦” means several: 高新区/创新大厦 (#1), 华士镇/创新大厦 (#2)."
    )
    assert which(registry, "华士镇/创新大厦") == 2


def test_an_unknown_name_is_refused_with_the_nearest(registry: Registry) -> None:
    add_building(registry, "创新大厦")
    assert refusal(registry, "创新大夏").endswith("is called “创新大夏”; did you mean “创新大厦”?")


def test_an_unknown_name_near_none_is_refused_with_where_they_are_listed(registry: Registry) -> None:
    assert refusal(registry, "xyz").endswith("is called “xyz”; “kfly list building” lists them.")


@pytest.mark.parametrize("text", ["0", "2", "#2", "-1", "1.0", "١", "9" * 18, "9" * 19, "9" * 5000, "#", ""])
def test_an_id_that_nobody_has_is_refused(registry: Registry, text: str) -> None:
    add_building(registry, "创新大厦")
    assert refusal(registry, text).endswith("“kfly list building” lists them.")


def test_a_name_of_digits_alone_is_a_name(registry: Registry) -> None:
    add_building(registry, "创新大厦")
    record = add_building(registry, "88")
    assert which(registry, "88") == record
    assert which(registry, "澄江街道/88") == record


def test_a_name_that_is_its_own_id_is_not_ambiguous(registry: Registry) -> None:
    record = add_building(registry, "1")
    assert which(registry, "1") == record == 1


def test_digits_that_are_one_records_name_and_anothers_id_are_refused(registry: Registry) -> None:
    first = add_building(registry, "创新大厦")
    second = add_building(registry, "1")
    assert refusal(registry, "1") == "Buildings: “1” means several: 1 (#2), 创新大厦 (#1)."
    assert which(registry, "#1") == first
    assert which(registry, "#2") == which(registry, "澄江街道/1") == second


def test_a_name_with_a_slash_is_a_name(registry: Registry) -> None:
    record = add_building(registry, "A/B座", "高新区")
    assert which(registry, "A/B座") == record
    assert which(registry, "城东街道/A/B座") == record


def test_a_natural_key_without_a_town_qualifies_by_its_other_parts(registry: Registry) -> None:
    add_talent(registry, "王伟", employer="甲厂", code="7")
    add_talent(registry, "王伟", employer="乙厂")
    assert titles(registry, "talent") == ["甲厂/7/王伟", "乙厂//王伟"]
    assert which(registry, "乙厂//王伟", "talent") == 2


def test_a_whole_amount_in_a_title_has_no_point(registry: Registry) -> None:
    shared = {"purpose": "改造", "category": "载体改造", "paid_on": "2022-03-01"}
    add(registry, "expenditure", **shared, amount="10")
    add(registry, "expenditure", **shared, amount="10.5", voucher_number="7")
    assert titles(registry, "expenditure") == ["10//2022-03-01/改造", "10.5/7/2022-03-01/改造"]


def test_a_record_may_be_called_by_what_it_refers_to(registry: Registry) -> None:
    add_carrier(registry, "众创园")
    for year in ("2022", "2023"):
        add(registry, "evaluation", carrier="众创园", year=year, score="80", assessed_on="2023-12-01")
    assert titles(registry, "evaluation") == ["2022/众创园", "2023/众创园"]
    assert which(registry, "2023/众创园", "evaluation") == 2


def test_what_a_record_is_called_follows_what_it_refers_to(registry: Registry) -> None:
    carrier = add_carrier(registry, "众创园")
    add(registry, "evaluation", carrier="众创园", year="2022", score="80", assessed_on="2023-12-01")
    assert titles(registry, "evaluation") == ["众创园"]
    registry.change(registry.kind("carrier"), carrier, {"name": "加速园"})
    assert titles(registry, "evaluation") == ["加速园"]


@pytest.mark.parametrize("text", ["[red]", "'; DROP TABLE building; --", "\ud800", "\0", "%", "创新_厦", "*"])
def test_no_text_means_a_record_by_accident(registry: Registry, text: str) -> None:
    add_building(registry, "创新大厦")
    assert f"is called “{text}”" in refusal(registry, text)
