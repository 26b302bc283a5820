"""No figure shows float dust: any amount that a field takes is kept, shown and added up exactly."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.plan.metrics import Metric
from kfly.registry.registry import Registry
from kfly.registry.values import EXACT
from kfly.store import spans
from tests.support.harbour_city import add, add_fund

pytestmark = pytest.mark.slow

# Each example takes back what it wrote, so one database serves all of them.
exact = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
NUMBERS = [
    ("building", "floor_area", 2),
    ("collaboration", "amount", 6),
    ("fund", "size", 10),
]
OTHERS = {
    "building": {"name": "楼", "town": "澄江街道"},
    "collaboration": {"name": "项目", "company": "甲", "institute": "乙", "signed_on": "2022-03-01"},
    "fund": {"name": "基金", "type": "风险投资", "registered_on": "2022-03-01"},
}


@contextmanager
def taken_back(registry: Registry) -> Iterator[None]:
    registry.db.execute("SAVEPOINT example")
    yield
    registry.db.execute("ROLLBACK TO example")
    for kind in registry.kinds:
        registry.titles.forget(kind)


def written(steps: int, decimals: int) -> str:
    """A number of smallest steps as decimal text: 1234 steps of 0.01 are 12.34."""
    whole, part = divmod(steps, 10**decimals)
    return f"{whole}.{part:0{decimals}d}"


def of_json(text: str) -> Fraction:
    """The decimal number that a program reads in a JSON document."""
    return Fraction(json.loads(text, parse_float=str, parse_int=str))


@pytest.mark.parametrize(("kind", "field", "decimals"), NUMBERS)
@exact
@given(steps=st.integers(0, EXACT))
def test_any_amount_comes_back_as_it_was_typed(
    registry: Registry, kind: str, field: str, decimals: int, steps: int
) -> None:
    typed = written(steps, decimals)
    with taken_back(registry):
        record = add(registry, kind, **OTHERS[kind], **{field: typed})
        shown = registry.show(registry.kind(kind), record)[field]
        assert of_json(json.dumps(shown)) == Fraction(typed)
        again = f"{Decimal(repr(shown)):f}"
        assert registry.change(registry.kind(kind), record, {field: again}) == {}


@pytest.mark.parametrize(("kind", "field", "decimals"), NUMBERS)
@exact
@given(steps=st.lists(st.integers(0, EXACT), min_size=1, max_size=30))
def test_any_amounts_add_up_exactly(
    registry: Registry, kind: str, field: str, decimals: int, steps: list[int]
) -> None:
    metric = Metric(kind, field, dated="renovated_on" if kind == "building" else None)
    with taken_back(registry):
        for number, amount in enumerate(steps):
            others = {**OTHERS[kind], "name": f"第{number}个"}
            if kind == "building":
                others["renovated_on"] = "2022-03-01"
            add(registry, kind, **others, **{field: written(amount, decimals)})
        [span] = spans.read(registry.db, [metric])[metric]
    assert span.amount == sum(Fraction(amount, 10**decimals) for amount in steps)


def test_a_tenth_ten_times_is_one(registry: Registry) -> None:
    for number in range(10):
        add_fund(registry, f"基金{number}", "0.1亿元")
    metric = Metric("fund", "size", stock=True)
    [span] = spans.read(registry.db, [metric])[metric]
    assert span.amount == 1


@pytest.mark.parametrize("steps", [10**15, 10**15 - 1, 999_999_999_999_999 // 2, 2**49 + 1])
def test_the_largest_amounts_are_still_exact(registry: Registry, steps: int) -> None:
    add_fund(registry, "基金", written(steps, 10))
    metric = Metric("fund", "size", stock=True)
    [span] = spans.read(registry.db, [metric])[metric]
    assert span.amount == Fraction(steps, 10**10)


@pytest.mark.parametrize(("kind", "field", "decimals"), NUMBERS)
@exact
@given(steps=st.integers(0, EXACT))
def test_any_amount_has_no_more_digits_than_a_spreadsheet_keeps(
    registry: Registry, kind: str, field: str, decimals: int, steps: int
) -> None:
    with taken_back(registry):
        record = add(registry, kind, **OTHERS[kind], **{field: written(steps, decimals)})
        shown = registry.show(registry.kind(kind), record)[field]
    assert isinstance(shown, int | float)
    assert Fraction(f"{shown:.15g}") == Fraction(steps, 10**decimals)


@pytest.mark.parametrize(("kind", "field", "decimals"), NUMBERS)
def test_one_step_more_is_refused(registry: Registry, kind: str, field: str, decimals: int) -> None:
    with pytest.raises(KflyError, match=r": “[0-9.]+” is too large$"):
        add(registry, kind, **OTHERS[kind], **{field: written(EXACT + 1, decimals)})
    add(registry, kind, **OTHERS[kind], **{field: written(EXACT, decimals)})


@exact
@given(steps=st.integers(0, 10**5), decimals=st.integers(0, 6))
def test_a_whole_amount_is_shown_without_a_point(registry: Registry, steps: int, decimals: int) -> None:
    typed = written(steps, decimals) if decimals else str(steps)
    with taken_back(registry):
        record = add_fund(registry, "基金", typed)
        size = registry.show(registry.kind("fund"), record)["size"]
    assert isinstance(size, int) == (Fraction(typed).denominator == 1)
