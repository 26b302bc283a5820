"""OpenDocument sheets of every program: what they show is what is read, or the cell is a fault."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.opendocument import (
    buildings,
    cell,
    document,
    number,
    package,
    row,
    table,
    text_style,
    words,
)
from tests.support.runner import Cli

pytestmark = pytest.mark.usefixtures("measured_aside")

STYLES = (
    text_style("up", 'style:text-position="super 58%"')
    + text_style("down", 'style:text-position="-33% 58%"')
    + text_style("level", 'style:text-position="0% 100%" style:text-line-through-style="none"')
    + text_style("out", 'style:text-line-through-style="solid"')
    + '<style:style style:name="child" style:family="table-cell" style:parent-style-name="Void"/>'
    '<style:style style:name="deep" style:family="table-cell" style:parent-style-name="child"/>'
    '<number:number-style style:name="N1"><number:number number:decimal-places="1"/>'
    "<number:text>万㎡</number:text></number:number-style>"
    '<style:style style:name="wan" style:family="table-cell" style:data-style-name="N1"/>'
)
NAMED = (
    '<style:style style:name="Void" style:family="table-cell"><style:text-properties'
    ' style:text-line-through-type="single"/></style:style>'
)
RUBY = "<text:ruby><text:ruby-base>甲</text:ruby-base><text:ruby-text>jiǎ</text:ruby-text></text:ruby>楼"
NOTE = (
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body>"
    "</text:note>"
)
COMMENT = "<office:annotation><dc:creator>我</dc:creator><text:p>批注</text:p></office:annotation>"
DRAWING = "<drawing:frame><drawing:text-box><text:p>图</text:p></drawing:text-box></drawing:frame>"
AWAY = (
    '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)


@pytest.fixture(autouse=True)
def _english(language_of_the_plan: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")


def span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def came(kfly: Cli, path: Path) -> list[dict[str, Any]]:
    """The buildings that a file brings."""
    kfly.ok("import", "building", str(path))
    return [{k: v for k, v in each.items() if v is not None} for each in kfly.json("list", "building")]


def faults(kfly: Cli, path: Path) -> list[tuple[str, str]]:
    """The cells of a file that are refused, and what is said of each."""
    run = kfly("import", "building", str(path), "--json")
    assert run.code == 1
    return [(f"{e['column']}{e['row']}", e["message"]) for e in json.loads(run.out)["errors"]]


@pytest.mark.parametrize(
    "failed",
    [
        number(0, "#DIV/0!", formula="of:=1/0"),  # OpenOffice
        number(0, "Err:502", formula="oooc:=1/0"),
        number(0, "错误:502", formula="of:=1/0"),
        number(0, "#WERT!", formula="of:=1/0"),
        number("NaN", "NaN", formula="of:=1/0"),
        cell(
            "<text:p>#N/A</text:p>", formula="of:=NA()", value_type="string", string_value="#N/A"
        ),  # Gnumeric
        cell("<text:p>#N/A</text:p>", formula="msoxl:=NA()", value_type="string"),
        cell("<text:p>#NAME?</text:p>", formula="of:=X()"),
        cell(formula="of:=X()", value_type="string", string_value="#NAME?"),
        words("#REF!"),  # copied as a value
    ],
)
def test_a_failed_formula_is_a_fault_whichever_program_wrote_it(kfly: Cli, failed: str) -> None:
    ((place, message),) = faults(kfly, buildings(kfly.folder, row("甲楼", "华士镇", failed)))
    assert place == "C2"
    assert "failed" in message


@pytest.mark.parametrize(
    "bare",
    [
        cell(formula="of:=1+1"),
        cell(formula="of:=1+1", value_type="float"),
        cell(formula="of:=X", value_type="date"),
    ],
)
def test_a_formula_without_its_result_is_a_fault(kfly: Cli, bare: str) -> None:
    ((place, message),) = faults(kfly, buildings(kfly.folder, row("甲楼", "华士镇", number(1, "1"), bare)))
    assert place == "D2"
    assert "result is not in the file" in message


@pytest.mark.parametrize(
    "blank",
    [
        cell("<text:p/>", formula='of:=""'),
        cell(formula='of:=""', value_type="string"),
        cell("<text:p/>", formula='of:=""', value_type="string", string_value=""),
    ],
)
def test_an_empty_text_that_a_formula_gave_is_a_blank(kfly: Cli, blank: str) -> None:
    (record,) = came(kfly, buildings(kfly.folder, row("甲楼", "华士镇", number(1, "1"), blank)))
    assert "idle_area" not in record


def test_a_program_that_leaves_out_failed_formulas_is_refused_with_any_formula(kfly: Cli) -> None:
    plain = row("甲楼", "华士镇", number(1, "1"))
    assert len(came(kfly, buildings(kfly.folder, plain, generator="SheetJS 0.18.5"))) == 1
    reckoned = row("乙楼", "华士镇", number(1, "1", formula="of:=1"), "")
    path = buildings(kfly.folder, reckoned, generator="SheetJS 0.18.5")
    assert "failed formulas" in kfly.refused("import", "building", str(path))


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        (number(5.2, "5.2万㎡"), 52000),
        (number(5.2345, "5.2万㎡"), 52345),
        (number(5.2, style_name="wan"), 52000),  # no words: by the format
        (number(52000, "5.2万"), 52000),
        (number(30, "30亩"), 20000),
        (number(52000, "¥52,000.00", value_type="currency", currency="CNY"), 52000),
        (number(52000.4, "52,000"), 52000.4),
        (cell("<text:p>52000</text:p>", value_type="float"), 52000),
    ],
)
def test_the_unit_that_a_number_is_shown_with_counts(kfly: Cli, area: str, expected: float) -> None:
    (record,) = came(kfly, buildings(kfly.folder, row("甲楼", "华士镇", area), styles=STYLES))
    assert record["floor_area"] == expected


@pytest.mark.parametrize(
    "area",
    [
        number(0.85, "85%", value_type="percentage"),
        number(0.85, None, value_type="percentage"),
        number(5000, "$5,000", value_type="currency", currency="USD"),
        number(52000, "52"),
        number(1, "合格"),
        number(4000, "0万"),
    ],
)
def test_a_number_that_is_shown_as_no_area_is_a_fault(kfly: Cli, area: str) -> None:
    percent = (
        '<number:percentage-style style:name="P"><number:number/><number:text>%</number:text>'
        "</number:percentage-style>"
    )
    cells = '<style:default-style style:family="table-cell" style:data-style-name="P"/>'
    path = buildings(kfly.folder, row("甲楼", "华士镇", area), styles=percent + cells)
    assert [place for place, _message in faults(kfly, path)] == ["C2"]


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (RUBY, "甲楼"),
        (f"甲{NOTE}楼", "甲楼"),
        (f"甲{COMMENT}楼", "甲楼"),
        ("甲<text:drop-down><text:label/>选</text:drop-down>楼", "甲楼"),
        (f"甲{DRAWING}楼", "甲楼"),
        ('甲<text:s text:c="2"/>楼', "甲  楼"),
        ("甲<text:s/>楼", "甲 楼"),
        ("甲<text:tab/>楼", "甲\t楼"),
        ("甲<text:line-break/>楼", "甲\n楼"),
        ("甲</text:p><text:p>楼", "甲\n楼"),
        (f"<text:a>甲{span('level', '楼')}</text:a>", "甲楼"),
        (f"甲楼{span('out', ' ')}", "甲楼"),
    ],
)
def test_a_text_is_what_is_shown_of_it(kfly: Cli, shown: str, name: str) -> None:
    path = buildings(kfly.folder, row(words(shown), "华士镇", number(1, "1")), styles=STYLES)
    assert [record["name"] for record in came(kfly, path)] == [name]


def test_a_comment_and_a_drawing_beside_the_text_are_not_part_of_it(kfly: Cli) -> None:
    aside = COMMENT + DRAWING
    name = cell(f"{aside}<text:p>甲楼</text:p>", value_type="string")
    path = buildings(kfly.folder, row(name, "华士镇", number(1, "1"), cell(aside)))
    assert came(kfly, path)[0]["name"] == "甲楼"


@pytest.mark.parametrize(
    ("area", "message"),
    [
        (words(f"52000{span('up', '1')}"), "raised"),
        (words(f"52000{span('down', '1')}"), "raised"),
        (words(f"52000{span('up', '2')}"), "raised"),
        (words(f"{span('out', '50000')}52000"), "crossed out"),
        (words("52000", style_name="child"), "crossed out"),
        (number(52000, "52000", style_name="deep"), "crossed out"),
        (number(52000, style_name="deep"), "crossed out"),
        (words(f"52000{span('up', span('out', '1'))}"), "crossed out"),
    ],
)
def test_what_is_raised_or_crossed_out_is_a_fault(kfly: Cli, area: str, message: str) -> None:
    path = buildings(kfly.folder, row("甲楼", "华士镇", area), styles=STYLES, named_styles=NAMED)
    ((place, said),) = faults(kfly, path)
    assert (place, message in said) == ("C2", True)


def test_what_stands_in_a_crossed_out_row_or_column_is_crossed_out(kfly: Cli) -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:default-cell-style-name="child"/>'
    )
    rows = (
        row("楼宇名称", "所属镇街", "建筑面积", words("闲置面积", style_name="level")),
        row("甲楼", "华士镇", number(2, "2"), number(1, "1")),
        row("乙楼", "华士镇", number(2, "2"), default_cell_style_name="child"),
    )
    content = document(table(columns, *rows), styles=STYLES)
    found = faults(kfly, package(kfly.folder / "a.ods", content, NAMED))
    assert [place for place, _message in found] == ["D2", "A3", "B3", "C3"]


@pytest.mark.parametrize(("power", "area"), [("2", 52000), ("²", 52000)])
def test_a_raised_2_behind_metres_makes_them_square(kfly: Cli, power: str, area: float) -> None:
    path = buildings(kfly.folder, row("甲楼", "华士镇", words(f"52000m{span('up', power)}")), styles=STYLES)
    found = kfly("import", "building", str(path))
    assert (found.code == 0) is (power == "2")


def test_white_space_and_other_prefixes_change_nothing(kfly: Cli) -> None:
    content = document(table(row("楼宇名称", "所属镇街", "建筑面积"), row("甲楼", "华士镇", number(1, "1"))))
    indented = content.replace("><table:", ">\n    <table:").replace("</table:", "\n  </table:")
    renamed = re.sub(r"(</?| )table(?=:)", r"\1t", indented).replace("xmlns:table=", "xmlns:t=")
    assert "<t:table-row>" in renamed
    assert len(came(kfly, package(kfly.folder / "a.ods", renamed))) == 1


def test_rows_within_headers_and_groups_count_like_the_others(kfly: Cli) -> None:
    folded = row("丙楼", "华士镇", number(3, "3"), visibility="collapse")
    content = document(
        table(
            f"<table:table-header-rows>{row('楼宇名称', '所属镇街', '建筑面积')}</table:table-header-rows>",
            f"<table:table-row-group>{row('甲楼', '华士镇', number(1, '1'))}"
            f'<table:table-row-group table:display="false">{row("乙楼", "华士镇", number(2, "2"))}'
            "</table:table-row-group></table:table-row-group>",
            f"<table:table-rows>{folded}</table:table-rows>",
            row("丁楼", "火星镇", number(4, "4")),
        )
    )
    path = package(kfly.folder / "a.ods", content)
    assert [place for place, _message in faults(kfly, path)] == ["B5"]
    path = package(kfly.folder / "a.ods", content.replace("火星镇", "华士镇"))
    assert "楼宇!3, 楼宇!4" in kfly.ok("import", "building", str(path))


def test_repeated_cells_and_rows_keep_the_places_of_what_follows(kfly: Cli) -> None:
    rows = (
        row(cell(number_columns_repeated=2), number_rows_repeated=3),
        row(cell(number_columns_repeated=2), "楼宇名称", "所属镇街", "建筑面积", "闲置面积"),
        row(cell(number_columns_repeated=2), "甲楼", "华士镇", number(1, "1", number_columns_repeated=2)),
        row(cell(number_columns_repeated=16384), number_rows_repeated=1000),
        row("", "", "乙楼", "火星镇", number(1, "1")),
        row(cell(number_columns_repeated=16384), number_rows_repeated=1048000),
    )
    path = package(kfly.folder / "a.ods", document(table(*rows)))
    assert [place for place, _message in faults(kfly, path)] == ["D1006"]
    path = package(kfly.folder / "a.ods", document(table(*rows).replace("火星镇", "华士镇")))
    assert [record.get("idle_area") for record in came(kfly, path)] == [1, None]


def test_a_row_that_is_repeated_without_end_is_refused(kfly: Cli) -> None:
    far = row("甲楼", "华士镇", number(1, "1"), number_rows_repeated=1048575)
    assert "far away" in kfly.refused("import", "building", str(buildings(kfly.folder, far)))
    wide = row("甲楼", "华士镇", number(1, "1", number_columns_repeated=20000))
    assert "far away" in kfly.refused("import", "building", str(buildings(kfly.folder, wide)))


def test_what_lies_under_merged_cells_is_no_fault(kfly: Cli) -> None:
    hidden = number(0, "#DIV/0!", formula="of:=1/0").replace("table:table-cell", "table:covered-table-cell")
    merged = words("好", number_columns_spanned=2, number_rows_spanned=2)
    path = buildings(
        kfly.folder,
        row("甲楼", "华士镇", number(1, "1"), "", merged, hidden),
        row("乙楼", "华士镇", number(2, "2"), "", hidden, hidden),
    )
    assert [record.get("note") for record in came(kfly, path)] == ["好", "好"]


def test_a_table_within_a_cell_is_a_fault(kfly: Cli) -> None:
    inner = cell(table(row("甲楼")), value_type="string")
    ((place, message),) = faults(
        kfly, buildings(kfly.folder, row("甲楼", "华士镇", number(1, "1"), "", inner))
    )
    assert (place, "table of its own" in message) == ("E2", True)


def test_only_sheets_are_read_of_all_tables_in_the_file(kfly: Cli) -> None:
    cached = table(
        "<table:table-source/>", row("旧", "旧"), name="'file:///a.ods'#$Sheet1", style_name="away"
    )
    real = table(row("楼宇名称", "所属镇街", "建筑面积"), row("甲楼", "华士镇", number(1, "1")))
    linked = table(row("旧", "旧"), name="x")
    linked = f"<table:dde-links><table:dde-link>{linked}</table:dde-link></table:dde-links>"
    hidden = table(row("旧"), name="旧表", style_name="away")
    path = package(kfly.folder / "a.ods", document(cached, real, hidden, linked, styles=AWAY))
    printed = kfly.ok("import", "building", str(path))
    assert "旧表" in printed
    assert "file:" not in printed


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (cell("<text:p>22/3/1</text:p>", value_type="date", date_value="2022-03-01T10:00:00Z"), "2022-03-01"),
        (cell(value_type="date", date_value="2022-02-28T16:00:00.000Z"), "2022-03-01"),  # midnight in China
        (cell(value_type="date", date_value="2022-03-01"), "2022-03-01"),
        (number(44621, "2022-03-01"), "2022-03-01"),
        (cell("<text:p>2022年3月1日</text:p>", value_type="date"), "2022-03-01"),
    ],
)
def test_days_are_days_in_every_form(kfly: Cli, day: str, expected: str) -> None:
    rows = (row("楼宇名称", "所属镇街", "建筑面积", "摸排日期"), row("甲楼", "华士镇", number(1, "1"), day))
    (record,) = came(kfly, package(kfly.folder / "a.ods", document(table(*rows))))
    assert record["surveyed_on"] == expected


def test_a_moment_that_is_on_another_day_in_china_is_a_fault(kfly: Cli) -> None:
    day = cell("<text:p>22/2/28</text:p>", value_type="date", date_value="2022-02-28T20:00:00Z")
    rows = (row("楼宇名称", "所属镇街", "建筑面积", "摸排日期"), row("甲楼", "华士镇", number(1, "1"), day))
    found = faults(kfly, package(kfly.folder / "a.ods", document(table(*rows))))
    assert [cell for cell, _message in found] == ["D2"]


def test_a_flat_file_is_read_and_a_locked_one_is_refused(kfly: Cli) -> None:
    rows = (row("楼宇名称", "所属镇街", "建筑面积"), row("甲楼", "华士镇", number(1, "1")))
    flat = kfly.folder / "a.fods"
    flat.write_text(document(table(*rows), root="document"), encoding="utf-8")
    assert len(came(kfly, flat)) == 1
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<m:encryption-data/></m:manifest>"
    )
    locked = package(kfly.folder / "c.ods", document(table(*rows)), **{"META-INF/manifest.xml": manifest})
    sealed = kfly.folder / "d.ods"  # as newer programs do: the whole package within another
    with zipfile.ZipFile(sealed, "w") as file:
        file.writestr("encrypted-package", b"x")
    for path in (locked, sealed):
        assert "password" in kfly.refused("import", "building", str(path))
