"""The log is asked about records by what they are called, else by what they were ever called."""

import pytest

from kfly.errors import KflyError
from kfly.registry.past import find_record_ever
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building


def ever(registry: Registry, text: str, kind: str = "building") -> int:
    """Which record a command that comes later means."""
    later = Registry(registry.db, registry.plan)
    return find_record_ever(later, later.kind(kind), text)


def rename(registry: Registry, record: int, name: str) -> None:
    registry.change(registry.kind("building"), record, {"name": name})


def remove(registry: Registry, record: int) -> None:
    registry.remove(registry.kind("building"), record, "重复登记")


def refusal(registry: Registry, text: str) -> str:
    with pytest.raises(KflyError) as refused:
        ever(registry, text)
    return str(refused.value)


@pytest.mark.parametrize("text", ["创新大厦", " 创新大厦 ", "华士镇/创新大厦", "创新\u200b大厦"])
def test_a_record_that_is_gone_is_found_by_the_name_it_had(registry: Registry, text: str) -> None:
    record = add_building(registry, "创新大厦", "华士镇")
    remove(registry, record)

    assert ever(registry, text) == record


@pytest.mark.parametrize("form", ["{}", "#{}", " #{} "])
def test_a_record_that_is_gone_is_found_by_its_id(registry: Registry, form: str) -> None:
    record = add_building(registry, "创新大厦")
    remove(registry, record)

    assert ever(registry, form.format(record)) == record


def test_a_record_is_found_by_a_name_that_it_has_no_more(registry: Registry) -> None:
    record = add_building(registry, "创新大厦")
    rename(registry, record, "科技大厦")

    assert ever(registry, "创新大厦") == record
    assert ever(registry, "科技大厦") == record


def test_a_record_that_is_there_goes_before_one_that_was_called_so(registry: Registry) -> None:
    before = add_building(registry, "创新大厦")
    rename(registry, before, "科技大厦")
    now = add_building(registry, "创新大厦")

    assert ever(registry, "创新大厦") == now


def test_one_that_kept_the_name_to_its_end_goes_before_one_that_gave_it_up(registry: Registry) -> None:
    gave_up = add_building(registry, "创新大厦")
    rename(registry, gave_up, "科技大厦")
    kept = add_building(registry, "创新大厦")
    remove(registry, kept)

    assert ever(registry, "创新大厦") == kept


def test_several_that_are_gone_are_listed(registry: Registry) -> None:
    first = add_building(registry, "创新大厦", "华士镇")
    second = add_building(registry, "创新大厦", "高新区")
    remove(registry, first)
    remove(registry, second)

    assert f"meant several: #{first}, #{second}" in refusal(registry, "创新大厦")
    assert ever(registry, "高新区/创新大厦") == second


def test_names_that_several_have_now_are_not_looked_up_in_the_past(registry: Registry) -> None:
    gone = add_building(registry, "创新大厦", "云亭街道")
    remove(registry, gone)
    add_building(registry, "创新大厦", "华士镇")
    add_building(registry, "创新大厦", "高新区")

    assert "several" in refusal(registry, "创新大厦")


@pytest.mark.parametrize("text", ["从来没有", "#99999", "99999", "９９", "#", "华士镇/从来没有", "9" * 40])
def test_what_no_record_was_ever_called_is_refused(registry: Registry, text: str) -> None:
    remove(registry, add_building(registry, "创新大厦"))

    assert text in refusal(registry, text)


def test_a_name_with_a_stroke_in_it_is_a_name_first(harbour: Registry) -> None:
    record = add(harbour, "company", name="甲/乙", code="7")
    harbour.remove(harbour.kind("company"), record, "注销")

    assert ever(harbour, "甲/乙", "company") == record
    assert ever(harbour, "7/甲/乙", "company") == record
