"""Binary workbooks of Excel, under the names of others: what is wrong in them is seen as in any sheet."""

import json
from pathlib import Path

import pytest

from tests.support.binary_workbooks import (
    STRUCK,
    SUPERSCRIPT,
    Cell,
    Failed,
    Layout,
    Looking,
    Parts,
    Rich,
    binary,
)
from tests.support.runner import Cli

pytestmark = pytest.mark.usefixtures("measured_aside")

HEAD: list[Cell] = ["楼宇名称", "所属镇街", "建筑面积", "权属单位"]
DIV, NA = 0x07, 0x2A


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
@pytest.mark.parametrize("failed", [Failed(NA), Failed(NA, is_formula=False)], ids=["formula", "value"])
def test_a_failed_formula_is_a_fault_at_its_cell(kfly: Cli, suffix: str, failed: Failed) -> None:
    path = binary(kfly.folder / f"华士{suffix}", [HEAD, [], ["甲楼", "华士镇", 100, failed]])
    (error,) = json.loads(kfly("import", "building", str(path), "--json").out)["errors"]

    assert (error["row"], error["column"], error["field"], error["value"]) == (3, "D", "owner", "#N/A")


@pytest.mark.parametrize(
    "parts",
    [
        Parts(target="/xl/worksheets/sheet1.bin"),
        Parts(target="worksheets\\Sheet1.bin"),
        Parts(sheet="xl/Worksheets/SHEET1.bin"),
    ],
    ids=["from the root", "with backward slashes", "in capitals"],
)
def test_its_sheet_is_found_whatever_its_part_is_called(kfly: Cli, parts: Parts) -> None:
    path = binary(kfly.folder / "华士.xlsx", [HEAD, ["甲楼", "华士镇", 100, Failed(DIV)]], parts=parts)
    run = kfly("import", "building", str(path), "--json")

    assert run.code == 1
    assert kfly.json("list", "building") == []


def test_cells_merged_downwards_hold_for_each_row_and_what_is_hidden_is_told(kfly: Cli) -> None:
    path: Path = binary(
        kfly.folder / "华士.xlsx",
        [HEAD, ["甲楼", "华士镇", 100], ["乙楼", None, 200]],
        Layout(merged=((1, 2, 1, 1),), hidden_rows=(2,), hidden_columns=(2,)),
    )
    said = kfly.ok("--lang", "en", "import", "building", str(path))

    assert "hidden rows, read like the others: 楼宇!3" in said
    assert "hidden columns, read like the others: 楼宇!C" in said
    assert [record["town"] for record in kfly.json("list", "building")] == ["华士镇", "华士镇"]


def test_an_amount_has_the_unit_that_its_format_shows(kfly: Cli) -> None:
    rows: list[list[Cell]] = [HEAD, ["甲楼", "华士镇", Looking(5.2)], ["乙楼", "华士镇", Looking(5)]]
    path = binary(kfly.folder / "华士.xlsx", rows, Layout(form='0.0"万㎡"'))

    assert kfly.json("import", "building", str(path))["added"] == 2
    assert [record["floor_area"] for record in kfly.json("list", "building")] == [52000, 50000]


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        (["甲楼", "华士镇", Looking(5)], "C", "crossed out"),
        ([Looking("甲楼"), "华士镇", 5], "A", "crossed out"),
        ([Rich((("甲楼", 0), ("1", SUPERSCRIPT))), "华士镇", 5], "A", "raised or lowered"),
        ([Rich((("甲楼", 0), ("旧", STRUCK))), "华士镇", 5], "A", "crossed out"),
    ],
)
def test_what_is_raised_or_crossed_out_is_a_fault(kfly: Cli, row: list[Cell], column: str, word: str) -> None:
    path = binary(kfly.folder / "华士.xlsx", [HEAD, row], Layout(font=STRUCK))
    run = kfly("--lang", "en", "import", "building", str(path), "--json")
    (error,) = json.loads(run.out)["errors"]

    assert (error["row"], error["column"]) == (2, column)
    assert word in error["message"]
