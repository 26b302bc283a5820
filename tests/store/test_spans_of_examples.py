"""A metric's records amount to spans: how many, or how much, from which day and until which."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.plan.kinds import Record
from kfly.plan.metrics import Condition, Metric, Span
from kfly.store import spans
from tests.support.word_city import Store

COUNT = Metric("order", None)


def read(store: Store, metric: Metric) -> list[Span]:
    return sorted(spans.read(store.db, [metric])[metric], key=lambda span: (span.since, span.town or ""))


def day(text: str) -> date:
    return date.fromisoformat(text)


def total(store: Store, metric: Metric) -> Fraction:
    return sum((span.amount for span in read(store, metric)), Fraction())


def filtered(field: str, operator: str, *values: str) -> Metric:
    return Metric("order", None, (Condition(field, operator, values),))


def test_no_records_make_no_spans(words: Store) -> None:
    assert read(words, COUNT) == []
    assert read(words, Metric("order", "from")) == []


def test_records_of_one_day_are_one_span(words: Store) -> None:
    for name in "甲乙丙":
        words.insert("order", select=name, on_day="2025-03-01")
    words.insert("order", select="丁", on_day="2025-03-02")
    assert read(words, COUNT) == [
        Span(day("2025-03-01"), None, Fraction(3)),
        Span(day("2025-03-02"), None, Fraction(1)),
    ]


def test_a_record_counts_until_the_day_before_it_ends(words: Store) -> None:
    words.insert("order", select="甲", on_day="2025-03-01", until="2025-06-01")
    assert read(words, COUNT) == [Span(day("2025-03-01"), day("2025-06-01"), Fraction(1))]


@pytest.mark.parametrize("until", ["2025-03-01", "2025-02-28"])
def test_what_ends_when_it_begins_or_before_never_counts(words: Store, until: str) -> None:
    words.insert("order", select="甲", on_day="2025-03-01", until=until)
    assert read(words, COUNT) == []


def test_a_record_without_its_day_never_counts(words: Store) -> None:
    words.insert("order", select="甲", since=2025)
    assert read(words, COUNT) == []


def test_a_sum_adds_in_the_fields_unit_exactly(words: Store) -> None:
    for name, amount in (("甲", 0.1), ("乙", 0.2), ("丙", 1e-06), ("丁", None)):
        words.insert("order", select=name, on_day="2025-03-01", **{"from": amount})
    assert read(words, Metric("order", "from")) == [Span(day("2025-03-01"), None, Fraction("0.300001"))]


def test_a_sum_passes_over_records_without_an_amount(words: Store) -> None:
    words.insert("order", select="甲", on_day="2025-03-01")
    words.insert("order", select="乙", on_day="2025-03-02", group="东镇")
    assert read(words, Metric("order", "from")) == []
    assert read(words, Metric("order", "from", towns=("东镇",))) == []


@pytest.mark.parametrize(("field", "amount"), [("limit", -7), ("amount", 12.0)])
def test_whole_numbers_add_up_too(words: Store, field: str, amount: float) -> None:
    words.insert("order", select="甲", on_day="2025-03-01", **{field: amount})
    words.insert("order", select="乙", on_day="2025-03-01", **{field: amount})
    assert total(words, Metric("order", field)) == 2 * Fraction(amount)


def test_a_metric_per_town_has_spans_of_each_town(words: Store) -> None:
    for name, town in (("甲", "东镇"), ("乙", "东镇"), ("丙", "西镇"), ("丁", None)):
        words.insert("order", select=name, on_day="2025-03-01", group=town)
    assert read(words, COUNT._replace(towns=("东镇", "西镇"))) == [
        Span(day("2025-03-01"), None, Fraction(1), None),
        Span(day("2025-03-01"), None, Fraction(2), "东镇"),
        Span(day("2025-03-01"), None, Fraction(1), "西镇"),
    ]


def test_a_metric_may_count_from_another_day(words: Store) -> None:
    words.insert("order", select="甲", on_day="2025-03-01", check="2025-05-01")
    words.insert("order", select="乙", on_day="2025-03-01")
    words.insert("order", select="丙", check="2025-06-01", until="2025-07-01")
    assert read(words, COUNT._replace(dated="check")) == [
        Span(day("2025-05-01"), None, Fraction(1)),
        Span(day("2025-06-01"), day("2025-07-01"), Fraction(1)),
    ]


def test_a_kind_without_town_or_day_of_its_own_counts_from_the_day_named(words: Store) -> None:
    words.insert("order_key", a="2025-03-01")
    assert read(words, Metric("order_key", None)) == [Span(day("2025-03-01"), None, Fraction(1))]


def test_stock_is_the_same_spans_and_the_window_is_for_others_to_draw(words: Store) -> None:
    words.insert("order", select="甲", on_day="1999-03-01")
    assert read(words, COUNT._replace(stock=True)) == read(words, COUNT)


def test_several_metrics_are_read_at_once(words: Store) -> None:
    words.insert("order", select="甲", on_day="2025-03-01", **{"from": 2.5})
    metrics = [COUNT, Metric("order", "from"), filtered("select", "=", "乙")]
    found = spans.read(words.db, metrics)
    assert [[span.amount for span in found[metric]] for metric in metrics] == [[1], [Fraction(5, 2)], []]


@pytest.mark.parametrize(
    ("field", "operator", "values", "expected"),
    [
        ("values", "=", ("甲",), 2),
        ("values", "in", ("甲", "乙"), 3),
        ("values", "!=", ("甲",), 2),  # 乙, and the one without a grade
        ("group", "=", ("东镇",), 1),
        ("group", "!=", ("东镇",), 3),
        ("select", "=", ("007",), 1),
        ("select", "=", ("7",), 0),
        ("from", "=", ("877.133578",), 1),
        ("from", ">=", ("877.133578",), 2),
        ("from", "<=", ("877.133578",), 2),
        ("from", ">", ("877.133578",), 1),
        ("from", "<", ("877.133578",), 1),
        ("from", "!=", ("877.133578",), 3),
        ("from", "in", ("877.133578", "1000"), 2),
        ("from", ">=", ("0",), 3),
        ("limit", "=", ("10",), 1),
        ("limit", ">", ("9",), 1),  # by size, not as texts
        ("limit", "<", ("9.5",), 1),
        ("since", ">=", ("2024",), 1),
        ("since", "in", ("2023", "2024"), 2),
        ("check", ">=", ("2025-03-01",), 1),
        ("check", "=", ("2025-03-01",), 1),
        ("check", "<", ("2025-03-01",), 1),
        ("check", "!=", ("2025-03-01",), 3),
        ("table", "=", ("一号",), 1),
        ("table", "in", ("一号", "二号"), 2),
        ("table", "in", ("没有",), 0),
        ("table", "!=", ("一号",), 3),
        ("select", "=", ('\'; DROP TABLE "order"; --',), 0),
    ],
)
def test_a_condition_filters(
    words: Store, field: str, operator: str, values: tuple[str, ...], expected: int
) -> None:
    for index in ("一号", "二号"):
        words.insert("table", index=index)
    first: Record = {"group": "东镇", "from": 877.133578, "limit": 10, "since": 2024, "check": "2025-03-01"}
    second: Record = {"group": "西镇", "from": 1000.0, "limit": 9, "since": 2023, "check": "2024-12-31"}
    words.insert("order", select="007", on_day="2025-03-01", table=1, values="甲", **first)
    words.insert("order", select="x", on_day="2025-03-01", table=2, values="甲", **second)
    third: Record = {"group": "南区", "from": 0.0, "values": "乙"}
    words.insert("order", select="y", on_day="2025-03-01", **third)
    words.insert("order", select="z", on_day="2025-03-01")
    assert total(words, filtered(field, operator, *values)) == expected


def test_conditions_hold_together(words: Store) -> None:
    for name, amount, grade in (("甲", 5.0, "甲"), ("乙", 5.0, "乙"), ("丙", 4.99, "甲")):
        words.insert("order", select=name, on_day="2025-03-01", values=grade, **{"from": amount})
    both = (Condition("from", ">=", ("5",)), Condition("values", "=", ("甲",)))
    assert total(words, Metric("order", "from", both)) == 5


def test_a_reference_names_every_record_of_that_name(store: Store) -> None:
    for town in ("高新区", "华士镇", "周庄镇"):
        store.insert("building", name="大厦" if town != "周庄镇" else "楼", town=town, floor_area=1.0)
    for building in (1, 2, 3):
        values = {
            "name": f"园{building}",
            "type": "孵化器",
            "recognized_on": "2022-03-01",
            "building": building,
        }
        store.insert("carrier", **values)
    assert total(store, Metric("carrier", None, (Condition("building", "=", ("大厦",)),))) == 2
    assert total(store, Metric("carrier", None, (Condition("building", "=", ("华士镇/大厦",)),))) == 1
    assert total(store, Metric("carrier", None, (Condition("building", "!=", ("华士镇/大厦", "楼")),))) == 1
