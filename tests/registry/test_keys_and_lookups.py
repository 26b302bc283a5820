"""Natural keys and titles: what is empty, what is 0, and what a large registry costs."""

import sqlite3

from kfly.registry.registry import Registry
from kfly.store import records
from tests.support.harbour_city import add, add_talent


def plan_of(db: sqlite3.Connection, sql: str) -> str:
    return " ".join(str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {sql}"))


def test_an_empty_number_in_a_key_is_not_0(harbour: Registry) -> None:
    empty = add(harbour, "company", name="港口集团")
    zero = add(harbour, "company", name="港口集团", code="0")

    assert empty != zero
    kind = harbour.kind("company")
    assert records.find_same_key(harbour.db, kind, {"name": "港口集团", "code": None}) == empty
    assert records.find_same_key(harbour.db, kind, {"name": "港口集团", "code": 0}) == zero


def test_the_search_for_the_same_record_uses_the_whole_key(registry: Registry) -> None:
    add_talent(registry, "张三", code="A1")
    statements: list[str] = []
    registry.db.set_trace_callback(statements.append)
    records.find_same_key(registry.db, registry.kind("talent"), {"name": "张三", "code": "A1"})
    registry.db.set_trace_callback(None)

    used = plan_of(registry.db, statements[0])
    assert used.count("=?") == 3, used


def test_titles_are_read_once_however_often_they_are_asked(registry: Registry) -> None:
    for n in range(5):
        add_talent(registry, f"人才{n}")
    registry.titles.of("talent")
    statements: list[str] = []
    registry.db.set_trace_callback(statements.append)
    asked = [registry.titles.ids("talent", f"人才{n}") for n in range(5)]
    registry.db.set_trace_callback(None)

    assert [len(found) for found in asked] == [1] * 5
    assert statements == []


def test_a_record_without_a_name_is_called_by_the_rest_of_its_key(harbour: Registry) -> None:
    number = add(harbour, "company", code="7")
    assert harbour.titles.of("company")[number] == "7"
