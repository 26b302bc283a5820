"""A choice is one of those declared; a town, or a promise, is one of the plan's by any of its names."""

import pytest

from kfly.errors import KflyError
from kfly.plan.kinds import Field
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError
from tests.support.harbour_city import add


def field(registry: Registry, kind: str, name: str) -> Field:
    found = registry.kind(kind).field(name)
    assert found is not None
    return found


def refusal(registry: Registry, kind: str, name: str, text: str) -> str:
    with pytest.raises(BadValueError) as refused:
        registry.values.read(field(registry, kind, name), text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("工业", "工业"),
        (" 商服 ", "商服"),
        ("新型复合产业用地(Mx)", "新型复合产业用地(Mx)"),
        ("新型复合产业用地（Mx）", "新型复合产业用地(Mx)"),
        ("新型复合产业用地(mx)", "新型复合产业用地(Mx)"),
        ("新型复合产业用地（ＭＸ）", "新型复合产业用地(Mx)"),
    ],
)
def test_a_choice_is_kept_as_it_was_declared(registry: Registry, typed: str, kept: str) -> None:
    assert registry.values.read(field(registry, "building", "land_use"), typed) == kept


def test_a_choice_near_one_is_refused_with_all_of_them_and_the_nearest(registry: Registry) -> None:
    assert refusal(registry, "building", "ownership", "国有制") == (
        "is none of: 国有, 集体, 企业; did you mean “国有”?"
    )


def test_a_choice_near_none_is_refused_with_all_of_them(registry: Registry) -> None:
    assert refusal(registry, "building", "ownership", "xyz") == "is none of: 国有, 集体, 企业"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("澄江街道", "澄江街道"),
        (" 澄江街道 ", "澄江街道"),
        ("高新区", "高新区"),
        ("江阴高新区", "高新区"),
        ("城东街道", "高新区"),
        ("临港经济开发区", "临港开发区"),
        ("璜土镇", "临港开发区"),
        ("夏港街道", "临港开发区"),
        ("靖江园区", "靖江园区"),
    ],
)
def test_a_town_is_kept_by_the_name_the_plan_gives_it(registry: Registry, typed: str, kept: str) -> None:
    assert registry.values.read(field(registry, "building", "town"), typed) == kept


def test_every_town_and_zone_goes_by_its_english_name_in_any_case(registry: Registry) -> None:
    town = field(registry, "building", "town")
    places = [o for o in registry.plan.organisations if o.kind in ("town", "zone")]
    assert len(places) == 15
    for place in places:
        assert registry.values.read(town, place.en) == place.name
        assert registry.values.read(town, place.en.upper()) == place.name


@pytest.mark.parametrize("typed", ["市科技局", "新国联集团", "各镇街园区", "火星", "江阴市"])
def test_who_is_no_town_is_refused(registry: Registry, typed: str) -> None:
    assert refusal(registry, "building", "town", typed).startswith("is not a town or zone of the plan")


def test_a_misspelt_town_is_refused_with_the_nearest(registry: Registry) -> None:
    message = refusal(registry, "building", "town", "徐霞镇")
    assert message == "is not a town or zone of the plan; did you mean “徐霞客镇”?"


@pytest.mark.parametrize("typed", ["高新区", "城东街道", "临港开发区", "澄江街道"])
def test_a_narrowed_town_takes_the_names_of_the_towns_it_is_narrowed_to(
    registry: Registry, typed: str
) -> None:
    assert registry.values.read(field(registry, "enclave", "host"), typed) in (
        "高新区",
        "临港开发区",
        "澄江街道",
    )


@pytest.mark.parametrize("typed", ["周庄镇", "靖江园区", "南闸街道"])
def test_a_narrowed_town_refuses_the_others_and_names_those_it_takes(registry: Registry, typed: str) -> None:
    message = refusal(registry, "enclave", "host", typed)
    host = field(registry, "enclave", "host")
    assert message.startswith("is none of: " + ", ".join(host.only))
    assert set(host.only) == {"高新区", "临港开发区", "澄江街道"}


def test_another_citys_towns_are_its_own(harbour: Registry) -> None:
    operator = add(harbour, "operator", name="甲", town="老海东", introduced_on="2025-03-01")
    assert harbour.show(harbour.kind("operator"), operator)["town"] == "海东镇"
    with pytest.raises(KflyError, match="is not a town or zone of the plan"):
        add(harbour, "operator", name="乙", town="澄江街道", introduced_on="2025-03-01")


def test_a_promise_is_kept_by_the_key_of_the_plans_deliverable(registry: Registry) -> None:
    promise = field(registry, "policy", "promise")
    assert len(registry.plan.deliverables) > 5
    for deliverable in registry.plan.deliverables:
        for text in (deliverable.key, *deliverable.name):
            assert registry.values.read(promise, text) == deliverable.key


def test_what_the_plan_does_not_promise_is_refused_with_the_nearest(registry: Registry) -> None:
    key = registry.plan.deliverables[0].key
    message = refusal(registry, "policy", "promise", key + "x")
    assert message == f"is no deliverable of the plan; did you mean “{key}”?"
