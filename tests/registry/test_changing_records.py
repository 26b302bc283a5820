"""A change is checked as a new record is; it says what was and what is now."""

import pytest

from kfly.errors import KflyError
from kfly.plan.kinds import Record
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building, add_talent


def building(registry: Registry) -> Record:
    return registry.show(registry.kind("building"), 1)


def change(registry: Registry, **texts: str) -> dict[str, tuple[object, object]]:
    return dict(registry.change(registry.kind("building"), 1, texts))


def refusal(registry: Registry, **texts: str) -> list[str]:
    before = building(registry)
    with pytest.raises(KflyError) as refused:
        change(registry, **texts)
    assert building(registry) == before
    return list(refused.value.lines)


@pytest.fixture(autouse=True)
def _one_building(registry: Registry) -> None:
    add_building(registry, "创新大厦", "高新区", floor_area="52000", owner="甲厂", surveyed_on="2022-03-01")


def test_a_change_says_what_was_and_what_is_now(registry: Registry) -> None:
    made = change(registry, floor_area="5.3万", owner="乙厂", started_on="2022.6.1", town="华士镇")
    assert made == {
        "floor_area": (52000, 53000),
        "owner": ("甲厂", "乙厂"),
        "started_on": (None, "2022-06-01"),
        "town": ("高新区", "华士镇"),
    }
    assert {name: building(registry)[name] for name in made} == {
        name: after for name, (_, after) in made.items()
    }


def test_the_fields_that_were_not_named_stay(registry: Registry) -> None:
    before = building(registry)
    change(registry, owner="乙厂")
    assert building(registry) == {**before, "owner": "乙厂"}


@pytest.mark.parametrize(
    "texts", [{}, {"owner": " 甲厂 "}, {"floor_area": "5.2万㎡"}, {"town": "城东街道"}, {"note": ""}]
)
def test_the_same_value_is_no_change(registry: Registry, texts: dict[str, str]) -> None:
    assert change(registry, **texts) == {}


def test_an_optional_field_is_cleared_by_an_empty_text(registry: Registry) -> None:
    assert change(registry, owner="", surveyed_on=" ") == {
        "owner": ("甲厂", None),
        "surveyed_on": ("2022-03-01", None),
    }
    assert building(registry)["owner"] is None


@pytest.mark.parametrize(
    ("field", "label"), [("name", "Building"), ("town", "Town"), ("floor_area", "Floor area")]
)
def test_clearing_a_required_field_is_refused(registry: Registry, field: str, label: str) -> None:
    assert refusal(registry, **{field: " "}) == [f"{label}: is required"]


def test_a_wrong_value_is_refused_and_the_right_ones_beside_it_too(registry: Registry) -> None:
    assert refusal(registry, owner="乙厂", floor_area="52000元") == [
        "Floor area: “52000元” is not an area; write it as 52000, 5.2万 or 30亩"
    ]


def test_a_change_into_the_natural_key_of_another_record_is_refused(registry: Registry) -> None:
    other = add_building(registry, "创新大厦", "华士镇")
    [line] = refusal(registry, town="华士镇")
    assert line.startswith(f"华士镇/创新大厦 is in the registry already, as #{other};")


def test_a_record_may_keep_its_own_natural_key(registry: Registry) -> None:
    assert change(registry, name="创新大厦", town="高新区", owner="") == {"owner": ("甲厂", None)}


def test_clearing_a_part_of_the_key_is_refused_where_another_record_has_it_empty(registry: Registry) -> None:
    add_talent(registry, "王伟")
    other = add_talent(registry, "王伟", employer="甲厂")
    with pytest.raises(KflyError, match="is in the registry already, as #1;"):
        registry.change(registry.kind("talent"), other, {"employer": ""})


def test_clearing_the_last_part_of_the_key_is_refused(harbour: Registry) -> None:
    company = add(harbour, "company", name="港口集团", founded_on="2025-03-01")
    with pytest.raises(KflyError, match="Company: is required"):
        harbour.change(harbour.kind("company"), company, {"name": ""})


def test_a_new_name_is_the_title_at_once(registry: Registry) -> None:
    change(registry, name="智慧大厦")
    assert registry.which(registry.kind("building"), "智慧大厦") == 1
    with pytest.raises(KflyError):
        registry.which(registry.kind("building"), "创新大厦")


def test_a_record_that_is_not_there_cannot_be_changed(registry: Registry) -> None:
    with pytest.raises(KflyError, match="There is no building #2"):
        registry.change(registry.kind("building"), 2, {"owner": "乙厂"})
