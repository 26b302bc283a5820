"""Whatever the records, a metric's spans amount to what a person would count by hand."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.plan.kinds import Record, Value
from kfly.plan.metrics import Condition, Metric, Span
from kfly.store import spans
from tests.support.word_city import Store

pytestmark = pytest.mark.slow

TOWNS = ["东镇", "西镇", "南区"]
GRADES = ["甲", "乙", "丙"]
TABLES = ["一号", "二号"]
DAYS = [f"2025-{month:02}-{day:02}" for month in (1, 2, 3) for day in (1, 2, 28)]
AMOUNTS = ["0", "0.1", "0.2", "0.3", "877.133578", "0.000001", "1000000", "12.50"]
Figures = dict[Value, Fraction]  # by town; None where the metric is not per town
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "!=": ne,
    ">=": ge,
    "<=": le,
    ">": gt,
    "<": lt,
}

rows = st.fixed_dictionaries(
    {},
    optional={
        "on_day": st.sampled_from(DAYS),
        "until": st.sampled_from(DAYS),
        "check": st.sampled_from(DAYS),
        "group": st.sampled_from(TOWNS),
        "values": st.sampled_from(GRADES),
        "table": st.sampled_from([1, 2]),
        "from": st.sampled_from(AMOUNTS).map(float),
        "limit": st.integers(-2, 2),
        "since": st.integers(2023, 2025),
    },
)
ORDERED = {"from": AMOUNTS, "limit": ["-1", "0", "1.5"], "since": ["2024"], "check": DAYS}
NAMED = {"group": TOWNS, "values": GRADES, "table": TABLES}


def conditions_on(field: str, words: list[str], operators: list[str]) -> st.SearchStrategy[Condition]:
    one = st.sampled_from(words).map(lambda word: (word,))
    several = st.lists(st.sampled_from(words), min_size=1, unique=True).map(tuple)
    single = st.builds(Condition, st.just(field), st.sampled_from(operators), one)
    return single | st.builds(Condition, st.just(field), st.just("in"), several)


conditions = st.one_of(
    *(conditions_on(field, words, ["=", "!="]) for field, words in NAMED.items()),
    *(conditions_on(field, words, list(COMPARED)) for field, words in ORDERED.items()),
)
metrics = st.builds(
    Metric,
    kind=st.just("order"),
    field=st.sampled_from([None, "from", "limit"]),
    where=st.lists(conditions, max_size=2).map(tuple),
    stock=st.booleans(),
    dated=st.sampled_from([None, "check"]),
    towns=st.sampled_from([None, ("东镇", "西镇")]),
)


def exact(value: Value) -> Fraction | str | None:
    """A kept value as it is compared by hand."""
    return Fraction(repr(value)) if isinstance(value, int | float) else value


def holds(record: Record, condition: Condition) -> bool:
    """Whether a record satisfies a condition; what is empty only differs."""
    value = record.get(condition.field)
    if condition.field == "table" and isinstance(value, int):
        value = TABLES[value - 1]
    numeric = condition.field in ("from", "limit", "since")
    wanted = [Fraction(text) if numeric else text for text in condition.values]
    if value is None:
        return condition.operator == "!="
    if condition.operator == "in":
        return exact(value) in wanted
    return COMPARED[condition.operator](exact(value), wanted[0])


def by_hand(records: list[Record], metric: Metric, day: date) -> Figures:
    """What the records amount to on a day, by town when the metric is per town."""
    figures: Figures = defaultdict(Fraction)
    for record in records:
        since, until = record.get(metric.dated or "on_day"), record.get("until")
        counts = since and str(since) <= day.isoformat() and not (until and str(until) <= day.isoformat())
        if counts and all(holds(record, condition) for condition in metric.where):
            town = record.get("group") if metric.towns else None
            amount = exact(record.get(metric.field)) if metric.field else Fraction(1)
            figures[town] += amount if isinstance(amount, Fraction) else 0
    return figures


def read_back(store: Store, records: list[Record], metric: Metric) -> list[Span]:
    with store.taken_back():
        for index in TABLES:
            store.insert("table", index=index)
        for number, record in enumerate(records):
            store.insert("order", **{**record, "select": f"第{number}单"})
        return list(spans.read(store.db, [metric])[metric])


def on_day(found: list[Span], day: date) -> Figures:
    figures: Figures = defaultdict(Fraction)
    for span in found:
        if span.since <= day and (span.until is None or span.until > day):
            figures[span.town] += span.amount
    return figures


def without_zeros(figures: Figures) -> dict[Value, Fraction]:
    return {town: amount for town, amount in figures.items() if amount}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(records=st.lists(rows, max_size=15), metric=metrics, day=st.sampled_from(DAYS).map(date.fromisoformat))
def test_spans_amount_to_what_is_counted_by_hand(
    words: Store, records: list[Record], metric: Metric, day: date
) -> None:
    found = on_day(read_back(words, records, metric), day)
    assert without_zeros(found) == without_zeros(by_hand(records, metric, day))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(records=st.lists(rows, max_size=15), metric=metrics)
def test_no_two_spans_share_town_and_days(words: Store, records: list[Record], metric: Metric) -> None:
    found = read_back(words, records, metric)
    assert len({(span.town, span.since, span.until) for span in found}) == len(found)
