"""A text does nothing but show itself: it is kept as it was typed, or refused in one line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.plan.kinds import is_a_name
from kfly.plan.signs import BLANKS, take_out_unseen
from kfly.registry.failures import explain_failure
from kfly.registry.markers import is_marked
from kfly.registry.registry import Registry
from kfly.registry.sheets.intake import Intake
from kfly.store.file.database import writing
from kfly.store.plan import reading as plan_rows
from tests.support.harbour_city import add, add_building, add_carrier, take_file

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
        "楼\u3000宇",
        "𠮷野家",
        "\U0010ffff",
    ),
    *(
        "\x1b[31m红\x1b[0m",
        "\x1b]0;title\x07",
        "\x07",
        "\x7f",
        "两\n行",
        "制\t表",
        "断\u2028行",
        "楼\x85宇",
    ),
    *("0", "1", "#1", "1e5", "nan", "None", "a/b", "/", "//", "x" * 100_000),
    *("#N/A!", "#REF", "N/A", "#", "合计楼", "总计划", "Totality", "示例楼", "example"),
]
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffd\ufffe\uffff"), min_size=1
).filter(lambda text: text.strip(BLANKS) and not is_no_name(text))


def is_no_name(text: str) -> bool:
    """Whether a text has a meaning in sheets that keeps it from being a name."""
    bare = take_out_unseen(text).strip(BLANKS)
    return not bare or explain_failure(bare) is not None or is_marked(bare)


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
def test_any_text_is_kept_but_for_the_space_around_it_and_its_line_ends(
    registry: Registry, text: str
) -> None:
    kept = take_out_unseen(text.strip(BLANKS)).replace("\r\n", "\n").replace("\r", "\n")
    assume(not is_marked(kept))  # what sheets call a row that is no record is refused as a name
    building = registry.kind("building")
    record = add_building(registry, text)
    assert registry.show(building, record)["name"] == kept
    assert registry.change(building, record, {"name": kept}) == {}
    called = kept if is_a_name(kept) else f"building #{record}"  # of signs alone nobody can be called
    assert registry.remove(building, record, text) == called


@pytest.mark.parametrize(
    "blank", [" ", "\t", "\n", "\r", "\x1f", "\x85", "\xa0", "\u2009", "\u2029", "\u3000"]
)
@pytest.mark.parametrize("without_width", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_what_is_not_seen_around_a_text_is_not_kept(
    registry: Registry, blank: str, without_width: str
) -> None:
    around = blank + without_width + blank
    record = add_building(registry, f"{around}创{around}新{around}", owner=around)
    shown = registry.show(registry.kind("building"), record)
    inside = (blank + blank).replace("\r", "\n")
    assert (shown["name"], shown["owner"]) == (f"创{inside}新", None)
    with pytest.raises(KflyError, match="Building: is required"):
        add_building(registry, around)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_end_in_a_text_is_kept_as_one_sign(registry: Registry, end: str) -> None:
    record = add_building(registry, f"两{end}{end}行", note=f"{end}一{end}二\r\n三{end}")
    shown = registry.show(registry.kind("building"), record)
    assert (shown["name"], shown["note"]) == ("两\n\n行", "一\n二\n三")
    with pytest.raises(KflyError, match="is in the registry already"):
        add_building(registry, "两\n\n行")


@pytest.mark.parametrize(
    "text", ["\0", "a\0b", "\ud800", "\udce4\udcbd", "楼\udfff", "\ufffe", "\uffff", "楼\uffff宇"]
)
@pytest.mark.parametrize(
    "field", ["name", "owner", "note", "town", "ownership", "floor_area", "operator", "opened_on"]
)
def test_what_cannot_be_kept_is_refused(registry: Registry, field: str, text: str) -> None:
    with pytest.raises(KflyError) as refused:
        add_building(registry, **{"name": "楼", field: text})
    reasons = ("is not valid UTF-8 text", "holds a sign that is no character")
    assert [line.endswith(reasons) for line in refused.value.lines] == [True]


@pytest.mark.parametrize(
    "text", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", " #N/A\u3000"]
)
def test_what_a_spreadsheet_shows_for_a_failed_formula_is_no_text(registry: Registry, text: str) -> None:
    with pytest.raises(KflyError) as refused:
        add_building(registry, text, owner=text, note=text)
    bare = text.strip(BLANKS)
    assert refused.value.lines == tuple(
        f"{label}: “{bare}” is a formula that has failed; put its value there"
        for label in ("Building", "Owner", "Note")
    )


@pytest.mark.parametrize(
    "name",
    [
        *("合计", "小计", "总计", "共计", "合 计", "合\u3000计：", "合计（15栋）", "本页小计", "合\n计"),
        *("total", "Total:", "TOTAL", "Grand Total", "subtotal", "Sub-total", "sum"),
        *("示例：创新大厦", "示 例:", "（示例）创新大厦", "样例：甲", "Example: Tower", "[example] x"),
    ],
)
def test_no_record_is_called_as_sheets_call_a_total_or_an_example(registry: Registry, name: str) -> None:
    with pytest.raises(KflyError) as refused:
        add_building(registry, name)
    assert refused.value.lines == (f"Building: “{name}” is what sheets call a row that is no record",)
    record = add_building(registry, "创新大厦", owner=name, note=name)
    building = registry.kind("building")
    assert registry.show(building, record)["owner"] == name
    with pytest.raises(KflyError, match="is what sheets call a row that is no record"):
        registry.change(building, record, {"name": name})


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
    assert take_file(registry, "talent", tmp_path / "人才.csv") == Intake(len(cells), [], 0, [])
    assert list(registry.titles.of("talent").values()) == cells


def test_the_registry_stands_after_all_of_them(registry: Registry) -> None:
    for number, text in enumerate(HOSTILE, start=1):
        assert add(registry, "operator", name=text, introduced_on="2022-03-01") == number
    assert list(registry.titles.of("operator").values()) == HOSTILE
