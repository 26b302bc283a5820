"""A text does nothing but show itself: it is kept as it was typed, or refused in one line."""

from pathlib import Path

import pytest
from harbour_city import add, add_building, add_carrier
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.registry.registry import Registry
from kfly.registry.sheets import read_csv, take_in
from kfly.store import plan_rows
from kfly.store.database import writing

HOSTILE = [
    *(
        "[red]",
        "[/red]",
        "[bold red]楼[/]",
        "<script>alert(1)</script>",
        "&lt;",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
    ),
    *(
        "'; DROP TABLE building; --",
        '"',
        "''",
        "`",
        "\\",
        "%s",
        "{name}",
        "$HOME",
        "../../etc/passwd",
        "NULL",
    ),
    *(
        "🏢",
        "👨‍👩‍👧‍👦",
        "é",
        "e\u0301",
        "\u202e反",
        "\u200b",
        "\ufeff楼",
        "楼\u3000宇",
        "𠮷野家",
        "\U0010ffff",
        "\uffff",
    ),
    *(
        "\x1b[31m红\x1b[0m",
        "\x1b]0;title\x07",
        "\x07",
        "\x7f",
        "两\n行",
        "制\t表",
        "回\r车",
        "断\u2028行",
        "楼\x85宇",
    ),
    *("0", "1", "#1", "1e5", "nan", "None", "a/b", "/", "//", "x" * 100_000),
]
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
    str.strip
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_kept_as_it_was_typed(registry: Registry, text: str) -> None:
    record = add_building(registry, text, owner=text, note=text)
    shown = registry.show(registry.kind("building"), record)
    assert (shown["name"], shown["owner"], shown["note"]) == (text, text, text)
    assert registry.which(registry.kind("building"), text) == record
    assert (
        registry.show(registry.kind("carrier"), add_carrier(registry, text, building=text))["building"]
        == text
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=texts)
def test_any_text_is_kept_without_the_space_around_it(registry: Registry, text: str) -> None:
    building = registry.kind("building")
    record = add_building(registry, text)
    shown = registry.show(building, record)
    assert shown["name"] == text.strip()
    assert registry.remove(building, record, text) == text.strip()


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "\udce4\udcbd", "楼\udfff"])
@pytest.mark.parametrize(
    "field", ["name", "owner", "note", "town", "ownership", "floor_area", "operator", "opened_on"]
)
def test_what_cannot_be_kept_is_refused(registry: Registry, field: str, text: str) -> None:
    with pytest.raises(KflyError) as refused:
        add_building(registry, **{"name": "楼", field: text})
    assert [line.endswith("is not valid UTF-8 text") for line in refused.value.lines] == [True]


@pytest.mark.parametrize("field", ["town", "ownership", "operator", "opened_on"])
@pytest.mark.parametrize("text", HOSTILE)
def test_where_no_free_text_belongs_it_is_refused(registry: Registry, field: str, text: str) -> None:
    values, faults = registry.read(registry.kind("building"), {field: text})
    assert (values, [(fault.field.name, fault.value) for fault in faults]) == ({}, [(field, text)])


def remove_first_building(registry: Registry, reason: str) -> None:
    registry.remove(registry.kind("building"), 1, reason)


def test_a_reason_that_cannot_be_kept_is_refused_and_nothing_removed(database: Path) -> None:
    with writing(database) as db:
        add_building(Registry(db, plan_rows.read(db)), "创新大厦")
    with pytest.raises(KflyError, match="is not valid UTF-8 text"), writing(database) as db:
        remove_first_building(Registry(db, plan_rows.read(db)), "\udce4")
    with writing(database) as db:
        assert Registry(db, plan_rows.read(db)).titles.of("building") == {1: "创新大厦"}


def test_hostile_cells_of_a_sheet_are_kept_too(registry: Registry, tmp_path: Path) -> None:
    cells = ["=1+1", "[red]", "'; DROP TABLE talent; --", "🏢", "\x1b[31m红"]
    (tmp_path / "人才.csv").write_text(
        "姓名,引进日期\n" + "".join(f"{cell},2022-03-01\n" for cell in cells), "utf-8"
    )
    assert take_in(registry, registry.kind("talent"), read_csv(tmp_path / "人才.csv")) == len(cells)
    assert list(registry.titles.of("talent").values()) == cells


def test_the_registry_stands_after_all_of_them(registry: Registry) -> None:
    for number, text in enumerate(HOSTILE, start=1):
        assert add(registry, "operator", name=text, introduced_on="2022-03-01") == number
    assert list(registry.titles.of("operator").values()) == HOSTILE
