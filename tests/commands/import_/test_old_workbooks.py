"""Workbooks of Excel 97 as programs write them: nothing that a sheet shows is lost, or taken for another."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.nasty_sheets import OLD
from tests.support.old_workbooks import (
    STRUCK,
    SUBSCRIPT,
    SUPERSCRIPT,
    TIMES,
    Cell,
    Error,
    Formula,
    Looking,
    Rich,
    Sheet,
    Ways,
    call,
    excel_2,
    number,
    old,
    ref,
    word,
)
from tests.support.runner import Cli
from tests.support.sheet_makers import text

pytestmark = pytest.mark.usefixtures("measured_aside")

HEAD: list[Cell] = ["楼宇名称", "所属镇街", "建筑面积", "闲置面积", "摸排日期", "备注"]
FIFTH = ref("C2") + number(5) + TIMES
GUARD = number(1) + word("") + number(0) + call(1, 3)  # IF of which one branch is an empty text
DIV = 0x07


def row(*cells: Cell) -> list[Cell]:
    return ["甲楼", "华士镇", 5000, *cells]


def bring(kfly: Cli, *rows: Sequence[Cell], ways: Ways | None = None, **sheet: Any) -> dict[str, Any]:
    """Import a workbook of one sheet; what was said of it."""
    path = old(kfly.folder / "华士.xls", Sheet([HEAD, *rows], **sheet), ways=ways or Ways())
    document: dict[str, Any] = json.loads(kfly("--lang", "en", "import", "building", str(path), "--json").out)
    return document


def faults(document: dict[str, Any]) -> list[tuple[int, str, str | None]]:
    return [(error["row"], error["column"], error["value"]) for error in document["errors"]]


def the_building(kfly: Cli) -> dict[str, Any]:
    (record,) = kfly.json("list", "building")
    found: dict[str, Any] = record
    return found


@pytest.mark.parametrize(
    "failed", [Error(DIV), Formula(FIFTH, error=DIV)], ids=["put in as a value", "of a formula"]
)
@pytest.mark.parametrize(
    "ways",
    [
        Ways(),
        Ways(has_theme=True, has_summary=True),
        Ways(formula=0x0206),
        Ways(formula=0x0406),
        Ways(code_page=1252),
        Ways(is_bare=True),
    ],
    ids=[
        "plain",
        "with a theme, which is a zip",
        "0x0206",
        "0x0406",
        "code page 1252",
        "without a container",
    ],
)
def test_a_failed_formula_is_a_fault_whoever_wrote_it(kfly: Cli, failed: Cell, ways: Ways) -> None:
    document = bring(kfly, row(failed), ways=ways)

    assert faults(document) == [(2, "D", "#DIV/0!")]
    assert "formula that has failed" in document["errors"][0]["message"]


def test_formulas_of_a_program_that_calculates_nothing_are_faults(kfly: Cli) -> None:
    document = bring(kfly, row(Formula(FIFTH)), ["乙楼", "华士镇", 10, Formula(GUARD)])

    assert faults(document) == [(2, "D", None), (3, "D", None)]
    assert "result is not in the file" in document["errors"][0]["message"]


@pytest.mark.parametrize("ways", [Ways(has_summary=True), Ways()], ids=["of an office program", "calculated"])
def test_a_formula_that_gave_an_empty_text_is_a_blank_cell(kfly: Cli, ways: Ways) -> None:
    calculated: list[list[Cell]] = (
        [] if ways.has_summary else [["乙楼", "华士镇", 10, Formula(number(7), 7.0)]]
    )
    document = bring(kfly, row(Formula(GUARD)), *calculated, ways=ways)

    assert document["errors"] == []
    assert kfly.json("list", "building")[0]["idle_area"] is None


def test_a_product_without_a_result_is_a_fault_among_formulas_that_have_theirs(kfly: Cli) -> None:
    others: list[Cell] = ["乙楼", "华士镇", 10, Formula(number(7), 7.0)]
    document = bring(kfly, row(Formula(FIFTH)), others, ways=Ways(has_summary=True))

    assert faults(document) == [(2, "D", None)]


@pytest.mark.parametrize("record", [0x0006, 0x0206, 0x0406])
def test_the_result_of_a_formula_is_read_from_the_records_of_all_dialects(kfly: Cli, record: int) -> None:
    assert bring(kfly, row(Formula(FIFTH, 1000.0)), ways=Ways(formula=record))["added"] == 1
    assert the_building(kfly)["idle_area"] == 1000


@pytest.mark.parametrize("code_page", [None, 1200, 1252, 936, 10008, 54936])
def test_texts_in_unicode_are_read_whatever_the_code_page_says(kfly: Cli, code_page: int | None) -> None:
    assert bring(kfly, row(None, None, "一期a"), ways=Ways(code_page=code_page))["added"] == 1
    assert the_building(kfly)["note"] == "一期a"


def test_a_sheet_is_found_by_its_name_whatever_the_code_page_says(kfly: Cli) -> None:
    path = old(kfly.folder / "华士.xls", Sheet([HEAD, row()], name="汇总"), ways=Ways(code_page=1252))
    assert kfly.json("import", "building", str(path), "--sheet", "汇总")["added"] == 1


@pytest.mark.parametrize("first", [50, 57, 71, 164])
def test_numbers_in_formats_of_the_file_are_no_days_whatever_these_are_numbered(
    kfly: Cli, first: int
) -> None:
    number_ = Looking(20463, "0000000")
    cells: list[Cell] = ["甲楼", "华士镇", number_, None, Looking(44621, "yyyy-mm-dd")]
    document = bring(kfly, cells, ways=Ways(first_format=first))

    assert document["errors"] == []
    record = the_building(kfly)
    assert (record["floor_area"], record["surveyed_on"]) == (20463, "2022-03-01")


def test_a_length_of_time_is_no_day(kfly: Cli) -> None:
    document = bring(kfly, row(None, Looking(44621, "[h]:mm")))
    assert [error["column"] for error in document["errors"]] == ["E"]


def test_an_amount_has_the_unit_that_its_format_shows(kfly: Cli) -> None:
    document = bring(kfly, ["甲楼", "华士镇", Looking(5.2, '0.0"万㎡"'), Looking(1.5, '0.0"万"')])

    assert document["errors"] == []
    record = the_building(kfly)
    assert (record["floor_area"], record["idle_area"]) == (52000, 15000)


@pytest.mark.parametrize(
    ("cell", "word_"),
    [
        (Rich((("甲楼", 0), ("1", SUPERSCRIPT))), "raised or lowered"),
        (Rich((("甲楼", 0), ("旧", STRUCK))), "crossed out"),
        (Rich((("𠮷楼", 0), ("1", SUPERSCRIPT))), "raised or lowered"),
        (Looking("甲楼", font=STRUCK), "crossed out"),
    ],
)
def test_what_is_raised_or_crossed_out_is_a_fault(kfly: Cli, cell: Cell, word_: str) -> None:
    document = bring(kfly, [cell, "华士镇", 100])

    assert [(error["row"], error["column"]) for error in document["errors"]] == [(2, "A")]
    assert word_ in document["errors"][0]["message"]


def test_a_number_that_is_crossed_out_is_a_fault(kfly: Cli) -> None:
    assert faults(bring(kfly, row(Looking(300, font=STRUCK)))) == [(2, "D", "300")]


@pytest.mark.parametrize(
    "parts",
    [(("每层50m", 0), ("2", SUPERSCRIPT), ("左右", 0)), (("CO", 0), ("2", SUBSCRIPT), ("气瓶间", 0))],
)
def test_square_metres_and_chemistry_may_be_raised_and_lowered(
    kfly: Cli, parts: tuple[tuple[str, int], ...]
) -> None:
    assert bring(kfly, row(None, None, Rich(parts)))["added"] == 1
    assert the_building(kfly)["note"] == "".join(text for text, _font in parts)


def test_cells_merged_downwards_hold_for_each_row_and_what_is_hidden_is_told(kfly: Cli) -> None:
    path = old(
        kfly.folder / "华士.xls",
        Sheet(
            [HEAD, row(), ["乙楼", "", 10]],
            merged=((1, 2, 1, 1),),
            hidden_rows=(2,),
            hidden_columns=(2,),
        ),
    )
    said = kfly.ok("--lang", "en", "import", "building", str(path))

    assert "hidden rows, read like the others: 楼宇!3" in said
    assert "hidden columns, read like the others: 楼宇!C" in said
    assert [record["town"] for record in kfly.json("list", "building")] == ["华士镇", "华士镇"]


def stumbled_over(content: bytes) -> bytes:
    """The workbook with a count of shared texts that is too high, as some programs write it."""
    at = content.index(b"\xfc\x00") + 8
    assert int.from_bytes(content[at : at + 4], "little") < 100
    return content[:at] + b"\xff\0\0\0" + content[at + 4 :]


def test_what_one_reader_stumbles_over_is_read_by_the_other_with_its_failed_formulas(kfly: Cli) -> None:
    (kfly.folder / "旧.xls").write_bytes(stumbled_over(OLD.read_bytes()))

    assert kfly.json("import", "building", "旧.xls", "--sheet", "楼宇摸排")["added"] == 2
    run = kfly("import", "building", "旧.xls", "--sheet", "坏公式", "--json")
    assert faults(json.loads(run.out)) == [(2, "D", "#N/A")]


def test_what_the_other_would_read_wrongly_is_refused(kfly: Cli) -> None:
    content = stumbled_over(OLD.read_bytes())
    page = b"\x42\0\x02\0"
    assert content.count(page + b"\xb0\x04") == 1
    (kfly.folder / "旧.xls").write_bytes(content.replace(page + b"\xb0\x04", page + b"\xe4\x04"))

    said = kfly.refused("--lang", "en", "import", "building", "旧.xls", "--sheet", "坏公式")
    assert said == "旧.xls: is no workbook that can be read; save it anew as .xlsx"


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><table><tr><td>楼宇名称</td></tr></table></body></html>",
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        "MIME-Version: 1.0\nContent-Type: multipart/related\n",
    ],
    ids=["HTML", "XML of 2003", "a web archive"],
)
def test_other_formats_that_are_called_xls_are_refused_in_words(kfly: Cli, content: str) -> None:
    path: Path = text(kfly.folder / "网页.xls", content)
    said = kfly.refused("--lang", "en", "import", "building", str(path))

    assert said == "网页.xls: is no workbook that can be read; save it anew as .xlsx"


@pytest.mark.parametrize(
    ("encoding", "code_page"),
    [("gbk", 936), ("gbk", None), ("gbk", 10008), ("big5", 950)],
    ids=["GBK", "GBK that nobody says", "a Macintosh", "Big5"],
)
def test_excel_5_is_read_by_its_code_page(kfly: Cli, encoding: str, code_page: int | None) -> None:
    ways = Ways(encoding=encoding, code_page=code_page)
    cells: list[Cell] = ["甲樓", "周莊", 5000, Looking(20463, "0000000"), Looking(44621, "yyyy-mm-dd")]
    heads: list[Cell] = ["name", "note", "floor_area", "land_area", "surveyed_on"]
    path = old(kfly.folder / "华士.xls", Sheet([heads, cells], name="大樓"), ways=ways)
    document = kfly.json("import", "building", str(path), "--set", "town=华士镇")

    assert document["errors"] == []
    record = the_building(kfly)
    assert (record["name"], record["note"], record["land_area"]) == ("甲樓", "周莊", 20463)
    assert record["surveyed_on"] == "2022-03-01"


def test_a_failed_formula_of_excel_5_is_a_fault(kfly: Cli) -> None:
    ways = Ways(encoding="gbk", code_page=936)
    assert faults(bring(kfly, row(Formula(FIFTH, error=DIV)), ways=ways)) == [(2, "D", "#DIV/0!")]


@pytest.mark.parametrize("ending", [row(), row(Formula(FIFTH, error=DIV))], ids=["sound", "failed"])
def test_a_sheet_of_excel_2_is_read_and_its_failed_formula_a_fault(kfly: Cli, ending: list[Cell]) -> None:
    path = excel_2(kfly.folder / "华士.xls", [HEAD, ending], "gbk", 936)
    run = kfly("import", "building", str(path), "--json")

    assert faults(json.loads(run.out)) == [(2, "D", "#DIV/0!")][: run.code]
    assert run.code == (len(ending) > 3)
