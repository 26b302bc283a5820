"""A reference is typed and shown as the other record's name, else as town/name."""

import pytest

from kfly.errors import KflyError
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building, add_carrier


def carrier_in(registry: Registry, building: str) -> object:
    """What the building of a new carrier is shown as."""
    return registry.show(registry.kind("carrier"), add_carrier(registry, "众创园", building=building))[
        "building"
    ]


def refusal(registry: Registry, building: str) -> str:
    with pytest.raises(KflyError) as refused:
        add_carrier(registry, "众创园", building=building)
    return str(refused.value)


@pytest.mark.parametrize("text", ["创新大厦", " 创新大厦", "高新区/创新大厦", "城东街道/创新大厦", "1", "#1"])
def test_a_reference_is_shown_by_name_however_it_was_typed(registry: Registry, text: str) -> None:
    add_building(registry, "创新大厦", "高新区")
    assert carrier_in(registry, text) == "创新大厦"


@pytest.mark.parametrize("text", ["华士镇/创新大厦", "2", "#2"])
def test_a_reference_to_one_of_two_of_a_name_is_shown_with_its_town(registry: Registry, text: str) -> None:
    add_building(registry, "创新大厦", "高新区")
    add_building(registry, "创新大厦", "华士镇")
    assert carrier_in(registry, text) == "华士镇/创新大厦"


def test_an_ambiguous_reference_is_refused_and_the_choices_are_listed(registry: Registry) -> None:
    add_building(registry, "创新大厦", "高新区")
    add_building(registry, "创新大厦", "华士镇")
    assert refusal(registry, "创新大厦") == (
        "Building: “创新大厦” means several: 高新区/创新大厦, 华士镇/创新大厦; say which"
    )


def test_an_unknown_reference_is_refused_with_the_nearest_and_the_way_to_record_it(
    registry: Registry,
) -> None:
    add_building(registry, "创新大厦")
    assert refusal(registry, "创新大夏") == (
        "Building: “创新大夏” is not in the registry; record it first with add-building;"
        " did you mean “创新大厦”?"
    )


@pytest.mark.parametrize("text", ["科技楼", "7", "#7", "9" * 5000, "1.0"])
def test_a_reference_to_nothing_is_refused(registry: Registry, text: str) -> None:
    add_building(registry, "x")
    assert "is not in the registry; record it first with add-building" in refusal(registry, text)


def test_a_shown_reference_can_be_typed_as_it_is_shown_though_it_is_an_id_too(registry: Registry) -> None:
    add_building(registry, "创新大厦")
    add_building(registry, "1")
    assert carrier_in(registry, "1") == "1"


def test_a_reference_is_typed_not_any_record_of_that_name(registry: Registry) -> None:
    add(registry, "operator", name="创新大厦", introduced_on="2022-03-01")
    assert "is not in the registry" in refusal(registry, "创新大厦")


def test_a_reference_follows_the_name_of_the_record(registry: Registry) -> None:
    building = add_building(registry, "创新大厦")
    carrier = add_carrier(registry, "众创园", building="创新大厦")
    registry.change(registry.kind("building"), building, {"name": "智慧大厦"})
    assert registry.show(registry.kind("carrier"), carrier)["building"] == "智慧大厦"


def test_a_record_may_refer_to_one_of_its_own_kind(harbour: Registry) -> None:
    add(harbour, "company", name="港口集团")
    child = add(harbour, "company", name="港口物流", parent="港口集团")
    assert harbour.show(harbour.kind("company"), child)["parent"] == "港口集团"


def test_an_emptied_reference_is_shown_as_none(registry: Registry) -> None:
    add_building(registry, "创新大厦")
    carrier = add_carrier(registry, "众创园", building="创新大厦")
    made = registry.change(registry.kind("carrier"), carrier, {"building": ""})
    assert made == {"building": ("创新大厦", None)}
    assert registry.show(registry.kind("carrier"), carrier)["building"] is None
