"""Most records pass the check unread, by SQL alone: what is found is the same as by looking at each."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from kfly.registry.registry import Registry
from kfly.services.check.findings import Finding
from kfly.store import sieve
from tests.registry.test_check_records import check, put
from tests.support.harbour_city import add, add_building, add_carrier, add_fund, add_talent

TEXTS = (
    *(
        "",
        " ",
        "\u3000",
        "-",
        "…",
        "无",
        " 无 ",
        "无锡",
        "N/A",
        "ＮＡ",
        "null",
        "待定 ",
        "暂无记录",
        "待补充" * 4,
    ),
    *(
        "合计",
        "小 计：",
        "示例：甲",
        "注：见下",
        "合\x1f计",
        "甲\x1f合计",
        "A\0合计",
        "王和",
        "平均",
        "其中：甲",
    ),
    *(
        "12",
        "１２",
        "1 2",
        "3D",
        "二",
        "é",
        "e\u0301",
        "x\ny",
        "\u200b甲",
        "#N/A",
        "\ufffd",
        '"引"',
        "o'b",
        "1.2E+12",
    ),
    *("国有", " 国有", "私有", "澄江街道", "澄江", "甲" * 300),
)
DAYS = (
    *("2022-02-30", "2022-3-1", "1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "2022-01-01 ", ""),
    *(
        "2459000.5",
        "20220101",
        "-471-11-24",
        "0000-01-01",
        "2021-12-31",
        "2022-01-01",
        "2022-12-31",
        "2023-01-01",
    ),
)
NUMBERS = (
    *(0.0, -0.0, -1.0, 0.85, 1.0, 5.2, 99.99, 100.0, 100.125, 0.1 + 0.2, 100.12000000000002, 2.675, 1.005),
    *(
        877.133578,
        877.1335780000001,
        33.333333333333336,
        1e6,
        1000000.01,
        1e9,
        1e15,
        1e16,
        1e300,
        120.3,
        181.0,
    ),
)
WHOLE = (0, -1, 1, 5, 1899, 1900, 2021, 2022, 2199, 2200, 20222, 10**15, 10**15 + 1, 10**18)


def make_records(registry: Registry) -> None:
    for name in "甲乙丙":
        add_building(registry, name, floor_area="5.2万", surveyed_on="2022-01-05", idle_area="10")
        add_carrier(registry, name)
        add_talent(registry, name)
        add(registry, "investor", name=name, registered_on="2022-01-01")
        add_fund(registry, name, "3亿元", manager=name)
        add(registry, "evaluation", carrier=name, year="2022", score="85", assessed_on="2022-11-01")
        add(registry, "event", name=name, venue=name, held_on="2022-05-01")


@contextmanager
def looking_at_each(registry: Registry) -> Iterator[None]:
    """Have each record looked at, as is done where some text is not UTF-8."""
    registry.db.text_factory = bytes.decode
    yield
    registry.db.text_factory = str


def values_of(type_: str) -> tuple[object, ...]:
    return {"date": DAYS, "number": NUMBERS, "integer": WHOLE, "year": WHOLE, "reference": (1, 2)}.get(
        type_, TEXTS
    )


@pytest.mark.parametrize("kind", ["building", "carrier", "talent", "fund", "evaluation", "event"])
def test_no_record_passes_of_which_there_is_something_to_say(registry: Registry, kind: str) -> None:
    make_records(registry)
    chosen = random.Random(kind)
    for field in registry.kind(kind).fields:
        for value in (*values_of(field.type), *(() if field.required else (None,))):
            registry.db.execute("SAVEPOINT one")
            with suppress(sqlite3.IntegrityError):  # where it would make two of one key
                put(registry, kind, chosen.randint(1, 3), **{field.name: value})
            found = check(registry, kind)
            with looking_at_each(registry):
                expected = check(registry, kind)
            registry.db.execute("ROLLBACK TO one")
            registry.titles.forget(kind)
            assert told(found) == told(expected), (field.name, value)


def told(found: list[Finding]) -> list[tuple[object, ...]]:
    return [(finding.code, finding.id, finding.message, finding.command) for finding in found]


def test_records_as_they_should_be_pass_unread(registry: Registry) -> None:
    make_records(registry)
    kind = registry.kind("building")
    assert list(sieve.hold_back(registry.db, kind, [sieve.is_given("name")])) == []
    assert [record["name"] for record in sieve.hold_back(registry.db, kind, [sieve.is_given("owner")])] == [
        *"甲乙丙"
    ]


def test_a_name_is_judged_by_more_than_sql_can_say(registry: Registry) -> None:
    make_records(registry)
    judged = sieve.Judged("name", frozenset("乙丙"), lambda name: name == "丙")
    held = sieve.hold_back(registry.db, registry.kind("building"), [sieve.is_given("name")], judged)
    assert [record["name"] for record in held] == ["丙"]


def test_a_text_that_is_not_utf8_is_met_wherever_it_stands(registry: Registry) -> None:
    make_records(registry)
    registry.db.execute("UPDATE building SET note = CAST(x'41ff' AS TEXT) WHERE id = 3")
    with pytest.raises(Exception, match="decode"):
        check(registry, "building")


def test_where_a_text_hides_behind_a_nul_each_record_is_looked_at(registry: Registry) -> None:
    make_records(registry)
    put(registry, "building", 2, owner="甲\0乙")
    held = sieve.hold_back(registry.db, registry.kind("building"), [sieve.is_given("name")])
    assert [record["id"] for record in held] == [1, 2, 3]
