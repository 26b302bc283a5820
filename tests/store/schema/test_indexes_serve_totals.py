"""Totals walk the (town, date) index; keys and references are found without reading a whole table."""

import re

import pytest

from kfly.plan.kinds import Record
from kfly.plan.metrics import Metric
from kfly.store import records, spans
from kfly.store.plan import reading as plan_rows
from tests.support.word_city import Store

KEYS: dict[str, Record] = {
    "building": {"name": "楼", "town": "高新区"},
    "talent": {"name": "王伟", "employer": None, "code": None},
    "expenditure": {"purpose": "改造", "amount": 0.1, "voucher_number": None, "paid_on": "2022-03-01"},
    "evaluation": {"carrier": 1, "year": 2022},
    "event": {"name": "会", "held_on": "2022-03-01"},
}


def course(store: Store, statement: str) -> list[str]:
    """How SQLite goes about a statement, step by step."""
    return [row[3] for row in store.db.execute("EXPLAIN QUERY PLAN " + statement)]


def courses(store: Store, metric: Metric) -> list[str]:
    """How SQLite goes about the query of a metric."""
    statements: list[str] = []
    store.db.set_trace_callback(statements.append)
    spans.count(store.db, metric, by_town=metric.towns is not None)
    store.db.set_trace_callback(None)
    [query] = [statement for statement in statements if "GROUP BY" in statement]
    return course(store, query)


def reads_of(kind: str, steps: list[str]) -> list[str]:
    return [step for step in steps if re.search(rf"\b(SCAN|SEARCH) {kind}\b", step)]


@pytest.mark.parametrize(
    "kind", ["talent", "operator", "talent_project", "collaboration", "platform", "enclave"]
)
@pytest.mark.parametrize("per_town", [True, False])
def test_a_count_reads_the_index_alone(store: Store, kind: str, per_town: bool) -> None:
    [read] = reads_of(kind, courses(store, Metric(kind, None, towns=("澄江街道",) if per_town else None)))
    assert f"USING COVERING INDEX {kind} counts" in read


def test_a_total_by_town_sorts_no_records(store: Store) -> None:
    kinds = [kind for kind in store.kinds.values() if kind.town and not kind.counts_until]
    assert len(kinds) > 5
    for kind in kinds:
        [step] = courses(store, Metric(kind.name, None, towns=("澄江街道",)))
        assert step.startswith(f"SCAN {kind.name} USING")


def test_every_metric_of_the_plan_walks_the_index(store: Store) -> None:
    plan = plan_rows.read(store.db)
    asked = [target.metric for target in plan.targets] + [n.metric for t in plan.tasks for n in t.needs]
    for metric in asked:
        [read] = reads_of(metric.kind, courses(store, metric))
        assert f"INDEX {metric.kind} counts" in read


def test_no_index_of_a_kind_with_a_town_begins_with_a_date(store: Store) -> None:
    for kind in store.kinds.values():
        if kind.town is None:
            continue
        for index, columns in indexes(store, kind.name).items():
            field = kind.field(columns[0] or "")
            assert field is None or field.type != "date", index


def test_each_kind_counts_by_town_and_date(store: Store) -> None:
    for kind in store.kinds.values():
        expected = [kind.town.name] if kind.town else []
        assert indexes(store, kind.name)[f"{kind.name} counts"] == [*expected, kind.counts_on]


def indexes(store: Store, kind: str) -> dict[str, list[str | None]]:
    """The columns of each index of a kind; None for an expression."""
    names = [row[1] for row in store.db.execute(f'PRAGMA index_list("{kind}")')]
    return {name: [row[2] for row in store.db.execute(f'PRAGMA index_info("{name}")')] for name in names}


@pytest.mark.parametrize("kind", KEYS)
def test_a_natural_key_is_found_without_reading_the_whole_table(store: Store, kind: str) -> None:
    assert set(KEYS[kind]) == set(store.kinds[kind].key)
    statements: list[str] = []
    store.db.set_trace_callback(statements.append)
    records.find_same_key(store.db, store.kinds[kind], KEYS[kind])
    store.db.set_trace_callback(None)
    [step] = course(store, statements[-1])
    assert step.startswith(f"SEARCH {kind} USING ")


def test_what_refers_to_a_record_is_found_without_reading_whole_tables(store: Store) -> None:
    for kind in store.kinds.values():
        for field in kind.fields:
            if field.type == "reference":
                statement = f'SELECT id FROM "{kind.name}" WHERE "{field.name}" = 1 ORDER BY id'
                [step] = course(store, statement)
                assert f"USING COVERING INDEX {kind.name}.{field.name}" in step or f"{kind.name} key" in step
