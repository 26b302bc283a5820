"""A title asked for by itself is the one that it has among all titles, whatever records are called."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.plan.kinds import Field, Kind, Value
from kfly.plan.model import Name
from kfly.registry.naming import MOST_COMPARED
from kfly.registry.registry import Registry
from kfly.registry.titles import MOST_ASKED, Titles
from kfly.store import records
from kfly.store.log.adding import add_rows
from kfly.store.schema.tables import kind_indexes, kind_table
from tests.support.harbour_city import add_talent

NAMES = ["甲", "乙", "甲/乙", "/", "12", "3", "#1", "#2", "—", " ", "楼 #1", "house #2", "甲/甲/乙", "1.5"]


def text(name: str, *, required: bool) -> Field:
    return Field(name, "text", Name(name, name), required=required)


HOUSE = Kind(
    "house",
    Name("楼", "House"),
    (text("name", required=True), text("town", required=False)),
    ("name", "town"),
    None,
)
VISIT = Kind(
    "visit",
    Name("访", "Visit"),
    (
        text("name", required=False),
        Field("house", "reference", Name("楼", "House"), to="house"),
        Field("size", "number", Name("数", "Size")),
    ),
    ("name", "house", "size"),
    None,
)
RATING = Kind(
    "rating",
    Name("评", "Rating"),
    (
        Field("house", "reference", Name("楼", "House"), to="house", required=True),
        Field("year", "year", Name("年", "Year"), required=True),
    ),
    ("house", "year"),
    None,
)
PAIR = Kind(
    "pair",
    Name("对", "Pair"),
    (text("name", required=False), Field("other", "reference", Name("另", "Other"), to="pair")),
    ("name", "other"),
    None,
)
KINDS = {kind.name: kind for kind in (HOUSE, VISIT, RATING, PAIR)}

names = st.sampled_from(NAMES)
ids = st.none() | st.integers(1, 4)
registries = st.fixed_dictionaries(
    {
        "house": st.lists(st.tuples(names, st.none() | names), max_size=6, unique=True),
        "visit": st.lists(
            st.tuples(st.none() | names, ids, st.none() | st.sampled_from([1.0, 2.5])),
            max_size=6,
            unique=True,
        ),
        "rating": st.lists(st.tuples(st.integers(1, 4), st.integers(2022, 2024)), max_size=6, unique=True),
        "pair": st.lists(st.tuples(st.none() | names, ids), max_size=6, unique=True),
    }
)


def filled(contents: dict[str, list[tuple[Value, ...]]]) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    for kind in KINDS.values():
        for statement in (kind_table(kind), *kind_indexes(kind)):
            db.execute(statement)
        for row in contents[kind.name]:
            records.insert(db, kind, dict(zip(kind.key, row, strict=True)))
    return db


@settings(max_examples=50, deadline=None)
@given(registries, st.sampled_from(sorted(KINDS)))
def test_one_title_is_that_among_all(contents: dict[str, list[tuple[Value, ...]]], first: str) -> None:
    db = filled(contents)
    together, single = Titles(db, KINDS, ()), Titles(db, KINDS, ())
    for kind in [first, *KINDS]:
        assert {record: single.title(kind, record) for record in together.of(kind)} == together.of(kind)
        assert single.title(kind, 99) is None


@settings(max_examples=50, deadline=None)
@given(registries)
def test_a_text_means_the_same_records_asked_alone(contents: dict[str, list[tuple[Value, ...]]]) -> None:
    db = filled(contents)
    together, single = Titles(db, KINDS, ()), Titles(db, KINDS, ())
    for kind in KINDS:
        wanted = [*NAMES, "", "甲//乙", "访 #1", "甲/1", "1", *together.of(kind).values()]
        for word in [*wanted, *(f"{one}/{other}" for one in wanted[:6] for other in wanted[:6])]:
            assert single.ids(kind, word) == together.ids(kind, word), (kind, word)
            assert single.called(kind, word) == together.called(kind, word), (kind, word)


def test_many_questions_are_answered_from_all_titles_at_once(registry: Registry) -> None:
    record = add_talent(registry, "张三", employer="某公司")
    for number in range(MOST_ASKED + 2):
        assert not registry.titles.called("talent", f"无名{number}")
    assert registry.titles.ids("talent", "张三") == [record]


@pytest.mark.parametrize("wanted", ["张叁", "张三三"])
def test_a_slip_is_understood_among_many_records(registry: Registry, wanted: str) -> None:
    talent = registry.kind("talent")
    rows = [(number, f"李{number:05}", "2022-03-01") for number in range(1, MOST_COMPARED + 2)]
    add_rows(registry.db, talent.name, ["id", "name", "introduced_on"], [rows])
    add_talent(registry, "张三")
    assert "张三" in list(registry.titles.near("talent", wanted))
