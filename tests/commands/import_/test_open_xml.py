"""Workbooks that other programs wrote: no value of theirs is lost or changed without a word."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.open_xml import DIALECTS, HEADINGS, Dialect, Raw, Styles, open_xml
from tests.support.runner import Cli

pytestmark = pytest.mark.usefixtures("measured_aside")

Row = Sequence[str | float | Raw | None]
SOUND: Row = ["甲楼", "华士镇", 5000]


def came_of(kfly: Cli, *rows: Row, **more: Any) -> dict[str, Any]:
    """What an import said of a sheet of buildings with these rows below the heading."""
    path = open_xml(kfly.folder / "华士.xlsx", [HEADINGS, *rows], **more)
    document: dict[str, Any] = json.loads(kfly("--lang", "en", "import", "building", str(path), "--json").out)
    return document


def faults(kfly: Cli, *rows: Row, **more: Any) -> list[tuple[str, str, str]]:
    """The cell of each fault, what it says, and what is wrong with it."""
    found = came_of(kfly, *rows, **more)["errors"]
    return [(f"{fault['column']}{fault['row']}", fault["value"], fault["message"]) for fault in found]


def records(kfly: Cli, *rows: Row, **more: Any) -> list[dict[str, Any]]:
    """The buildings that a sheet brings."""
    said = came_of(kfly, *rows, **more)
    assert said["errors"] == []
    found = json.loads(kfly("list", "building", "--json").out)
    return [{name: value for name, value in one.items() if value is not None} for one in found]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_a_failed_formula_is_a_fault_at_its_cell_in_every_dialect(kfly: Cli, dialect: Dialect) -> None:
    failed = Raw("<f>1/0</f><v>#DIV/0!</v>", "e")
    found = faults(
        kfly, SOUND, ["乙楼", "华士镇", 1, failed, None, None, Raw("<v>#N/A</v>", "e")], dialect=dialect
    )

    assert [(cell, value) for cell, value, _message in found] == [("D3", "#DIV/0!"), ("G3", "#N/A")]
    assert all("a formula that has failed" in message for _cell, _value, message in found)


@pytest.mark.parametrize(
    "inside",
    [
        "<f>C2*0.2</f>",
        "<f>C2*0.2</f><v></v>",
        "<f>C2*0.2</f><v/>",
        '<f t="shared" ref="D2:D9" si="0">C2*0.2</f>',
        '<f t="shared" si="0"/>',
        '<f t="array" ref="D2">SUM(C2)</f>',
    ],
)
@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_a_formula_without_a_stored_result_is_no_blank(kfly: Cli, dialect: Dialect, inside: str) -> None:
    found = faults(kfly, [*SOUND, Raw(inside)], dialect=dialect)

    ((cell, value, message),) = found
    assert (cell, value[:1]) == ("D2", "=")
    assert "whose result is not in the file" in message


def test_formulas_alone_without_results_are_faults_below_the_last_value_too(kfly: Cli) -> None:
    found = faults(kfly, SOUND, [Raw("<f>Sheet2!A9</f>", "str"), None, Raw("<f>Sheet2!C9</f>")])
    assert [cell for cell, *_rest in found] == ["A3", "C3", "B3"]


def test_an_empty_text_that_a_formula_gave_is_a_blank(kfly: Cli) -> None:
    empty = Raw('<f>IF(C2="","",1)</f><v></v>', "str")
    (building,) = records(kfly, [*SOUND, empty, None, empty, empty])
    assert building["floor_area"] == 5000
    assert not building.keys() & {"idle_area", "phone", "note"}


def test_zeros_of_a_workbook_that_was_never_calculated_are_faults(kfly: Cli) -> None:
    zero = Raw("<f>C2*0.2</f><v>0</v>")
    found = faults(kfly, [*SOUND, zero], book='<calcPr calcId="1" fullCalcOnLoad="1"/>')
    assert [cell for cell, *_rest in found] == ["D2"]


def test_a_zero_that_a_formula_gave_is_a_zero_where_others_gave_more(kfly: Cli) -> None:
    rows: list[Row] = [[*SOUND, Raw("<f>C2*0</f><v>0</v>")], ["乙楼", "华士镇", Raw("<f>9*9</f><v>81</v>")]]
    first, _second = records(kfly, *rows, book='<calcPr calcId="1" fullCalcOnLoad="1"/>')
    assert first["idle_area"] == 0


@pytest.mark.parametrize(
    ("value", "code", "area"),
    [
        (5.2, '0.0"万㎡"', 52000),
        (30, '0"亩"', 20000),
        (52000, '0!.0,"万"', 52000),
        (52000, "#,##0.00", 52000),
        (1.5, '0.0"公顷"', 15000),
    ],
)
def test_an_area_is_what_its_format_shows(kfly: Cli, value: float, code: str, area: float) -> None:
    (building,) = records(kfly, ["甲楼", "华士镇", Raw(f"<v>{value}</v>", "", 1)], styles=Styles([code]))
    assert building["floor_area"] == area


@pytest.mark.parametrize("code", ["0%", '0"万元"', "[$$-409]#,##0", "0.0,"])
def test_an_area_shown_in_what_is_no_area_is_a_fault(kfly: Cli, code: str) -> None:
    found = faults(kfly, ["甲楼", "华士镇", Raw("<v>5</v>", "", 1)], styles=Styles([code]))
    assert [cell for cell, *_rest in found] == ["C2"]


def test_a_number_in_a_text_field_is_the_number_whatever_its_format_says(kfly: Cli) -> None:
    styles = Styles(["0000000", '0"号"'])
    row = [*SOUND, None, None, Raw("<v>44627</v>", "", 2), Raw("<v>20463</v>", "", 1)]
    (building,) = records(kfly, row, styles=styles)
    assert (building["phone"], building["note"]) == ("44627", "20463")


def test_a_day_that_a_spreadsheet_made_of_typed_text_is_a_fault(kfly: Cli) -> None:
    day = Raw("<v>44625</v>", "", 1)
    found = faults(kfly, [day, "华士镇", 5000, None, day, day], styles=Styles(['m"月"d"日"']))
    assert [cell for cell, *_rest in found] == ["A2", "F2"]
    assert all("turned into a day" in message for *_cell, message in found)


def test_a_duration_that_a_spreadsheet_made_of_typed_text_is_a_fault(kfly: Cli) -> None:
    found = faults(kfly, [Raw("<v>1.5</v>", "", 1), "华士镇", 5000], styles=Styles(["[h]:mm"]))
    assert [cell for cell, *_rest in found] == ["A2"]


@pytest.mark.parametrize(
    "moment", ["2022-03-01", "2022-03-01T00:00:00Z", "2022-03-01T08:30:00.000", "2022-02-28T16:00:00.000Z"]
)
def test_a_cell_of_the_type_day_is_its_day_in_china(kfly: Cli, moment: str) -> None:
    (building,) = records(kfly, [*SOUND, None, Raw(f"<v>{moment}</v>", "d")])
    assert building["surveyed_on"] == "2022-03-01"


def test_a_cell_of_the_type_day_in_a_text_field_is_a_fault(kfly: Cli) -> None:
    found = faults(kfly, [Raw("<v>2022-03-05T00:00:00Z</v>", "d"), "华士镇", 5000])
    assert [cell for cell, *_rest in found] == ["A2"]


RAISED = '<rPr><vertAlign val="superscript"/></rPr>'
LOWERED = '<rPr><vertAlign val="subscript"/></rPr>'
STRUCK = "<rPr><strike/></rPr>"


@pytest.mark.parametrize(
    "runs",
    [
        f"<r><t>5000</t></r><r>{RAISED}<t>2</t></r>",
        f"<r><t>5000</t></r><r>{LOWERED}<t>1</t></r>",
        f"<r>{STRUCK}<t>4</t></r><r><t>5000</t></r>",
        f"<r>{STRUCK}<t>5000</t></r>",
    ],
)
def test_a_raised_or_struck_part_of_an_amount_is_a_fault(kfly: Cli, runs: str) -> None:
    shared = faults(kfly, ["甲楼", "华士镇", Raw("<v>0</v>", "s")], texts=[f"<si>{runs}</si>"])
    inline = faults(kfly, ["甲楼", "华士镇", Raw(f"<is>{runs}</is>", "inlineStr")])
    assert shared == inline
    assert [cell for cell, *_rest in shared] == ["C2"]


def test_a_raised_mark_is_not_glued_to_a_name(kfly: Cli) -> None:
    runs = f"<si><r><t>甲楼</t></r><r>{RAISED}<t>1</t></r></si>"
    found = faults(kfly, [Raw("<v>0</v>", "s"), "华士镇", 5000], texts=[runs])
    assert [(cell, value) for cell, value, _message in found] == [("A2", "甲楼1")]


@pytest.mark.parametrize(
    ("runs", "field", "value"),
    [
        (f"<r><t>5000m</t></r><r>{RAISED}<t>2</t></r>", "floor_area", 5000),
        (f"<r>{RAISED}<t>5000</t></r>", "floor_area", 5000),
        ("<r><rPr><strike val='0'/></rPr><t>5</t></r><r><t>000</t></r>", "floor_area", 5000),
        (f"<r><t>CO</t></r><r>{LOWERED}<t>2</t></r><r><t>捕集</t></r>", "note", "CO2捕集"),
    ],
)
def test_square_metres_and_formulas_keep_their_raised_and_lowered_signs(
    kfly: Cli, runs: str, field: str, value: str | float
) -> None:
    row: list[str | float | Raw | None] = [*SOUND, None, None, None, None]
    row[2 if field == "floor_area" else 6] = Raw("<v>0</v>", "s")
    (building,) = records(kfly, row, texts=[f"<si>{runs}</si>"])
    assert building[field] == value


def test_a_reading_is_not_glued_to_the_name(kfly: Cli) -> None:
    text = '<si><t>甲楼</t><rPh sb="0" eb="1"><t>jiǎ</t></rPh></si>'
    (building,) = records(kfly, [Raw("<v>0</v>", "s"), "华士镇", 5000], texts=[text])
    assert building["name"] == "甲楼"


def test_a_row_that_is_crossed_out_is_no_record(kfly: Cli) -> None:
    styles = Styles()
    struck: Row = [
        Raw("<is><t>乙楼</t></is>", "inlineStr", styles.struck),
        "华士镇",
        Raw("<v>1</v>", "", styles.struck),
    ]
    found = faults(kfly, SOUND, struck, styles=styles)
    assert [cell for cell, *_rest in found] == ["A3", "C3"]
    assert all("crossed out" in message for *_cell, message in found)


def merged(*areas: str) -> str:
    """The merged areas of a sheet."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_an_amount_merged_over_several_records_is_a_fault(kfly: Cli, dialect: Dialect) -> None:
    rows: list[Row] = [["甲楼", "华士镇", 9000], ["乙楼", None, None], ["丙楼", None, None]]
    found = faults(kfly, *rows, behind=merged("B2:B4", "C2:C4"), dialect=dialect)
    assert [cell for cell, *_rest in found] == ["C3", "C4"]
    assert all("merged over several records" in message for *_cell, message in found)


def test_an_amount_merged_over_one_record_and_blank_rows_is_its_own(kfly: Cli) -> None:
    (building,) = records(kfly, ["甲楼", "华士镇", 9000], [None], behind=merged("A2:A3", "B2:B3", "C2:C3"))
    assert building["floor_area"] == 9000


def test_what_lies_hidden_under_a_merge_is_not_read(kfly: Cli) -> None:
    rows: list[Row] = [["甲楼", "华士镇", 5000, 400, None, "底下", "也在底下"], ["底下", "周庄镇", 1, 2]]
    (building,) = records(kfly, *rows, behind=merged("A2:A3", "B2:B3", "C2:D3", "E2:G2"))
    assert building == {
        "id": 1,
        "name": "甲楼",
        "town": "华士镇",
        "floor_area": 5000,
        **{key: building[key] for key in ("counts_toward", "not_counted")},
    }


def test_a_sheet_whose_cells_cannot_be_found_is_refused(kfly: Cli) -> None:
    path = open_xml(kfly.folder / "华士.xlsx", [HEADINGS, SOUND])
    content = path.read_bytes()
    assert kfly("import", "building", str(path), "--dry-run").code == 0
    path.write_bytes(b"\0" * 40 + content)  # a package that begins with something else

    run = kfly("import", "building", str(path), "--dry-run")
    assert run.code == 1
    assert len(run.err.splitlines()) == 1
