"""Records held against each other: namesakes, payments made twice, parts and wholes, refunds, promises."""

from collections.abc import Callable, Iterator

import pytest

from kfly.plan.kinds import Kind
from kfly.registry.registry import Registry
from kfly.services.check.containment import find_too_large
from kfly.services.check.findings import WARNING, Finding
from kfly.services.check.fulfilled import find_unlinked
from kfly.services.check.namesakes import find_namesakes, find_repeated
from kfly.services.check.refunds import find_unsound_refunds
from tests.support.harbour_city import add, add_building, add_talent

Find = Callable[[Registry, Kind], Iterator[Finding]]


def found(registry: Registry, find: Find, kind: str) -> list[Finding]:
    findings = list(find(registry, registry.kind(kind)))
    assert {finding.severity for finding in findings} <= {WARNING}
    return findings


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("江阴华虹科技有限公司", "江阴华虹科技公司", True),
        ("江阴华虹科技有限公司", "江阴华红科技有限公司", True),
        ("华士镇华虹科技有限公司", "华虹科技有限公司", True),
        ("江阴华虹科技有限公司", "无锡远景能源有限公司", False),
        ("江阴第一中学", "江阴第二中学", False),
        ("甲厂", "乙厂", False),
    ],
)
def test_one_name_with_nearly_the_same_employer_is_probably_one(
    registry: Registry, first: str, second: str, is_one: bool
) -> None:
    add_talent(registry, "王伟", employer=first, town="华士镇")
    record = add_talent(registry, "王伟", employer=second, town="华士镇")
    add_talent(registry, "王玮", employer=second, town="华士镇")
    findings = found(registry, find_namesakes, "talent")
    assert [(finding.code, finding.id) for finding in findings] == [("probably_one", record)] * is_one
    for finding in findings:
        assert "the same name, nearly the same Employer" in finding.message
        assert finding.command == ("kfly", "remove", "talent", str(record), "--reason", "…")


def test_namesakes_with_other_codes_are_two(registry: Registry) -> None:
    add_talent(registry, "王伟", employer="江阴华虹科技有限公司", code="1")
    add_talent(registry, "王伟", employer="江阴华虹科技公司", code="2")
    assert found(registry, find_namesakes, "talent") == []


def pay(registry: Registry, purpose: str, amount: str, on: str, **texts: str) -> int:
    texts = {"category": "载体改造", **texts}
    return add(registry, "expenditure", purpose=purpose, amount=amount, paid_on=on, **texts)


@pytest.mark.parametrize(
    ("texts", "is_one"),
    [
        ({}, True),
        ({"payee": "甲公司"}, False),
        ({"voucher_number": "记-2"}, False),
        ({"category": "项目投资"}, False),
    ],
)
def test_two_payments_alike_but_for_the_day_are_probably_one(
    registry: Registry, texts: dict[str, str], is_one: bool
) -> None:
    first = pay(registry, "改造", "10", "2022-05-01")
    second = pay(registry, "改造", "10", "2022-06-01", **texts)
    pay(registry, "改造", "10.5", "2022-06-01")
    findings = found(registry, find_repeated, "expenditure")
    assert [(finding.code, finding.id) for finding in findings] == [("recorded_twice", second)] * is_one
    for finding in findings:
        assert finding.message.endswith(f"(#{first}): the same in all but Paid on")


def test_of_three_alike_each_is_named_with_the_one_before_it(registry: Registry) -> None:
    records = [pay(registry, "改造", "10", f"2022-0{month}-01") for month in (5, 6, 7)]
    assert [finding.id for finding in found(registry, find_repeated, "expenditure")] == records[1:]


def add_enclave(registry: Registry, name: str, area: str) -> int:
    texts = {"town": "华士镇", "host": "高新区", "established_on": "2022-05-01", "building": "甲"}
    return add(registry, "enclave", name=name, floor_area=area, **texts)


@pytest.mark.parametrize(
    ("areas", "named"), [(["5000"], []), (["5000.01"], [0]), (["6000", "1", "7000"], [0, 2])]
)
def test_an_enclave_is_no_larger_than_its_building(
    registry: Registry, areas: list[str], named: list[int]
) -> None:
    add_building(registry, "甲", floor_area="5000")
    records = [add_enclave(registry, f"飞地{n}", area) for n, area in enumerate(areas)]
    findings = found(registry, find_too_large, "enclave")
    assert [finding.id for finding in findings] == [records[n] for n in named]
    for finding in findings:
        assert finding.message.endswith("m²; 甲, where it is, has 5,000 m²")
        assert finding.command[-1] == "floor_area=…"


def test_enclaves_that_fit_one_by_one_but_not_together_are_named_once(registry: Registry) -> None:
    add_building(registry, "甲", floor_area="5000")
    first, second, third = (add_enclave(registry, f"飞地{n}", "1700") for n in range(3))
    (finding,) = found(registry, find_too_large, "enclave")
    assert finding.id == third
    assert finding.message == (
        f"Floor area: with #{first}, #{second} it comes to 5,100 m²; 甲, where they are, has 5,000 m²"
    )


def test_a_refund_that_names_no_payment_is_named(registry: Registry) -> None:
    pay(registry, "改造", "10", "2022-05-01")
    refund = pay(registry, "退款", "-2", "2022-06-01")
    (finding,) = found(registry, find_unsound_refunds, "expenditure")
    assert (finding.code, finding.id) == ("refund_of_nothing", refund)
    assert finding.message == "Corrects: money was paid back, but it is not said of which payment"
    assert finding.command == ("kfly", "set", "expenditure", str(refund), "corrects=…")


@pytest.mark.parametrize(
    ("texts", "code", "put"),
    [
        ({}, None, ""),
        ({"amount": "-10"}, None, ""),
        ({"amount": "-10.01"}, "refund_too_large", "amount=…"),
        ({"category": "人才培训"}, "refund_of_another", "category=载体改造"),
        ({"on": "2022-04-30"}, "refund_before_payment", "paid_on=…"),
        ({"on": "2022-05-01"}, None, ""),
    ],
)
def test_a_refund_must_fit_the_payment_that_it_corrects(
    registry: Registry, texts: dict[str, str], code: str | None, put: str
) -> None:
    pay(registry, "改造", "10", "2022-05-01")
    refund = pay(registry, "退款", **{"amount": "-2", "on": "2022-06-01", "corrects": "改造", **texts})
    findings = found(registry, find_unsound_refunds, "expenditure")
    assert [(finding.code, finding.command[-1]) for finding in findings] == ([(code, put)] if code else [])
    assert {finding.id for finding in findings} <= {refund}


def test_refunds_of_one_payment_are_added_up(registry: Registry) -> None:
    pay(registry, "改造", "10", "2022-05-01")
    late = pay(registry, "退款二", "-6", "2022-07-01", corrects="改造")
    pay(registry, "退款一", "-6", "2022-06-01", corrects="改造")
    (finding,) = found(registry, find_unsound_refunds, "expenditure")
    assert (finding.id, finding.message) == (late, "Amount: is more than is left of 改造 (#1), 4 万元")


def test_a_refund_of_a_refund_or_of_itself_corrects_no_payment(registry: Registry) -> None:
    pay(registry, "改造", "10", "2022-05-01")
    pay(registry, "退款一", "-6", "2022-06-01", corrects="改造")
    other = pay(registry, "退款二", "-1", "2022-06-02", corrects="退款一")
    own = pay(registry, "退款三", "-1", "2022-06-03")
    registry.change(registry.kind("expenditure"), own, {"corrects": "退款三"})
    findings = found(registry, find_unsound_refunds, "expenditure")
    assert [(finding.code, finding.id) for finding in findings] == [
        ("refund_of_refund", other),
        ("refund_of_refund", own),
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("江阴市科创载体入库管理办法（试行）", "carrier-admission-rules"),
        ("关于印发《江阴市科创载体入库管理办法》的通知", "carrier-admission-rules"),
        ("江阴市孵化器行业协会", "incubator-association"),
        ("全市孵化器行业协会", "incubator-association"),
        ("Rules for admitting carriers", "carrier-admission-rules"),
        ("江阴市科技服务机构管理办法", "service-agency-rules"),
        ("江阴市停车管理办法", None),
        ("管理办法", None),
    ],
)
def test_a_policy_called_as_a_promise_without_its_key_is_named(
    registry: Registry, name: str, key: str | None
) -> None:
    record = add(registry, "policy", name=name)
    findings = found(registry, find_unlinked, "policy")
    assert [(finding.code, finding.command) for finding in findings] == (
        [("promise_not_named", ("kfly", "set", "policy", str(record), f"promise={key}"))] if key else []
    )


def test_a_promise_that_is_fulfilled_by_another_is_not_looked_for(registry: Registry) -> None:
    name = "江阴市科创载体入库管理办法"
    add(registry, "policy", name=name, promise="carrier-admission-rules")
    add(registry, "policy", name=f"{name}实施细则")
    assert found(registry, find_unlinked, "policy") == []
