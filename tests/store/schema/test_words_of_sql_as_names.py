"""A plan may call its kinds and fields what it likes; SQL takes them as names."""

import sqlite3
from collections.abc import Iterator

import pytest

from kfly.plan.kinds import Field, Kind
from kfly.plan.metrics import Condition, Metric
from kfly.plan.model import Name
from kfly.store import records, spans
from kfly.store.schema.tables import kind_indexes, kind_table
from tests.support.word_city import Store

WORDS = [
    *(
        "order",
        "group",
        "select",
        "from",
        "where",
        "table",
        "index",
        "join",
        "union",
        "values",
        "limit",
        "set",
    ),
    *("primary", "references", "check", "default", "unique", "trigger", "view", "with", "distinct", "having"),
    *("null", "not", "and", "or", "in", "is", "like", "between", "case", "when", "exists", "cast", "glob"),
    *("transaction", "commit", "begin", "rollback", "pragma", "vacuum", "key", "row", "rows", "current_date"),
    *(
        "date",
        "text",
        "real",
        "integer",
        "strict",
        "true",
        "false",
        "count",
        "sum",
        "round",
        "since",
        "until",
    ),
    *("town", "amount", "a", "z9_"),
]


def of_word(word: str) -> Kind:
    """A kind of this name, with fields of this name and of others of SQL."""
    return Kind(
        name=word,
        label=Name(word, word),
        fields=(
            Field(word, "text", Name("名", "Name"), required=True),
            Field("as", "integer", Name("号", "Number")),
            Field("by", "number", Name("数", "Figure"), minimum="0", decimals=2),
            Field("for", "date", Name("日", "Day")),
            Field("to", "reference", Name("上级", "Parent"), to=word),
        ),
        key=(word, "as"),
        counts_on="for",
    )


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    """A database with no more than the declarations that counting needs."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("CREATE TABLE kinds (name, counts_on, counts_until)")
    db.execute("CREATE TABLE fields (kind, name, type, decimals, refers_to, key_position, position)")
    yield db
    db.close()


@pytest.mark.parametrize("word", WORDS)
def test_a_kind_of_any_name_is_written_read_counted_and_removed(empty: sqlite3.Connection, word: str) -> None:
    kind = of_word(word)
    empty.execute("INSERT INTO kinds VALUES (?, 'for', NULL)", (word,))
    for position, field in enumerate(kind.fields):
        key = kind.key.index(field.name) if field.name in kind.key else None
        row = (word, field.name, field.type, field.decimals, field.to, key, position)
        empty.execute("INSERT INTO fields VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for statement in (kind_table(kind), *kind_indexes(kind)):
        empty.execute(statement)

    first = records.insert(empty, kind, {word: "一", "by": 0.1, "for": "2025-03-01"})
    second = records.insert(empty, kind, {word: "二", "by": 0.2, "for": "2025-03-01", "to": first})
    records.update(empty, kind, second, {"as": 2, "note": "好"})
    assert records.get(empty, kind, second) == {
        "id": 2,
        word: "二",
        "as": 2,
        "by": 0.2,
        "for": "2025-03-01",
        "to": 1,
        "note": "好",
    }
    assert [row[0] for row in records.select_values(empty, kind, ["id", *kind.key])] == [1, 2]
    assert records.find_same_key(empty, kind, {word: "一"}) == first
    assert records.find_same_key(empty, kind, {word: "一", "as": 2}) is None
    assert records.find_referring(empty, kind, "to", first) == [second]
    assert [found["id"] for found in records.select(empty, kind, {"to": None})] == [first]

    where = (Condition("to", "=", ("一",)), Condition("for", ">=", ("2025-01-01",)))
    metrics = [Metric(word, None), Metric(word, "by"), Metric(word, "by", where)]
    amounts = [[float(span.amount) for span in found] for found in spans.read(empty, metrics).values()]
    assert amounts == [[2.0], [0.3], [0.2]]


def test_a_kind_called_as_an_index_would_be_stands_beside_it(words: Store) -> None:
    for kind in ("order_key", "order_counts", "order_table", "sign_offs_in_force"):
        value = "2025-03-01" if kind == "order_key" else "甲"
        assert words.insert(kind, a=value) == 1


def test_a_field_called_key_has_its_index_beside_that_of_the_key(words: Store) -> None:
    parent = words.insert("order", select="甲")
    assert words.insert("order", select="乙", key=parent) == 2
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        words.insert("order", select="乙")
