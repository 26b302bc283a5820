"""A record that others refer to stays; one that is removed leaves its contents, the reason and its id."""

import json
import re

import pytest

from kfly.errors import KflyError
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building, add_carrier, add_fund


def remove(registry: Registry, kind: str, record: int, reason: str = "重复登记") -> str:
    return registry.remove(registry.kind(kind), record, reason)


def refusal(registry: Registry, kind: str, record: int) -> str:
    with pytest.raises(KflyError) as refused:
        remove(registry, kind, record)
    return str(refused.value)


def test_a_removed_record_is_gone_and_its_title_told(registry: Registry) -> None:
    record = add_building(registry, "创新大厦")
    assert remove(registry, "building", record) == "创新大厦"
    with pytest.raises(KflyError, match=f"There is no building #{record}"):
        registry.show(registry.kind("building"), record)
    with pytest.raises(KflyError, match="is called “创新大厦”"):
        registry.which(registry.kind("building"), "创新大厦")


def test_its_contents_and_the_reason_are_kept(registry: Registry) -> None:
    add_building(registry, "创新大厦")
    add_carrier(registry, "众创园", building="创新大厦")
    remove(registry, "carrier", 1, "合并 [red] '; --")
    kind, record, contents, reason, removed_at = registry.db.execute(
        "SELECT kind, record, contents, reason, removed_at FROM removals"
    ).fetchone()
    assert (kind, record, reason) == ("carrier", 1, "合并 [red] '; --")
    assert json.loads(contents) == {
        **dict.fromkeys(["level", "town", "operator", "note"]),
        "id": 1,
        "name": "众创园",
        "type": "孵化器",
        "building": "创新大厦",
        "recognized_on": "2022-03-01",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", removed_at)


def test_an_id_is_never_used_twice(registry: Registry) -> None:
    for record in (1, 2):
        assert add_building(registry, "创新大厦") == record
        remove(registry, "building", record)
    assert add_building(registry, "创新大厦") == 3


def test_the_same_record_may_be_entered_again(registry: Registry) -> None:
    remove(registry, "building", add_building(registry, "创新大厦"))
    add_building(registry, "创新大厦")
    assert registry.titles.of("building") == {2: "创新大厦"}


def test_a_record_that_others_refer_to_stays_and_they_are_listed(registry: Registry) -> None:
    building = add_building(registry, "创新大厦")
    add_building(registry, "科技大厦")
    add_carrier(registry, "众创园", building="创新大厦")
    add_carrier(registry, "加速园", building="科技大厦")
    add(registry, "talent_project", name="芯片", building="创新大厦", landed_on="2022-03-01")
    assert refusal(registry, "building", building) == (
        "创新大厦 cannot be removed: carrier 众创园 (#1), talent_project 芯片 (#1) refer to it."
    )
    assert registry.show(registry.kind("building"), building)["name"] == "创新大厦"
    assert registry.db.execute("SELECT count(*) FROM removals").fetchone() == (0,)


def test_it_may_go_once_nobody_refers_to_it(registry: Registry) -> None:
    investor = add(registry, "investor", name="甲投", registered_on="2022-03-01")
    fund = add_fund(registry, "一号基金", "1", manager="甲投")
    assert "fund 一号基金 (#1) refer to it" in refusal(registry, "investor", investor)
    registry.change(registry.kind("fund"), fund, {"manager": ""})
    assert remove(registry, "investor", investor) == "甲投"


def test_a_record_that_is_part_of_anothers_key_stays(harbour: Registry) -> None:
    company = add(harbour, "company", name="港口集团")
    add(harbour, "berth", company="港口集团", since="2025-03-01")
    assert "berth 港口集团 (#1) refer to it" in refusal(harbour, "company", company)


def test_a_record_may_refer_to_its_own_kind_and_stays_while_it_is_referred_to(harbour: Registry) -> None:
    parent = add(harbour, "company", name="港口集团")
    child = add(harbour, "company", name="港口物流", parent="港口集团")
    assert "company 港口物流 (#2) refer to it" in refusal(harbour, "company", parent)
    assert remove(harbour, "company", child) == "港口物流"
    assert remove(harbour, "company", parent) == "港口集团"


def test_a_record_that_refers_to_itself_alone_may_go(harbour: Registry) -> None:
    company = add(harbour, "company", name="港口集团")
    harbour.change(harbour.kind("company"), company, {"parent": "港口集团"})
    assert remove(harbour, "company", company) == "港口集团"


def test_a_record_is_removed_by_the_title_it_shares_with_none(registry: Registry) -> None:
    add_building(registry, "创新大厦", "高新区")
    add_building(registry, "创新大厦", "华士镇")
    assert remove(registry, "building", 2) == "华士镇/创新大厦"
    assert registry.titles.of("building") == {1: "创新大厦"}


def test_a_payment_that_a_refund_corrects_stays(registry: Registry) -> None:
    texts = {"category": "载体改造", "paid_on": "2022-05-01"}
    payment = add(registry, "expenditure", purpose="改造", amount="10", **texts)
    refund = add(registry, "expenditure", purpose="退款", amount="-2", corrects="改造", **texts)
    assert refusal(registry, "expenditure", payment) == (
        f"改造 cannot be removed: expenditure 退款 (#{refund}) refer to it."
    )
    remove(registry, "expenditure", refund)
    remove(registry, "expenditure", payment)
