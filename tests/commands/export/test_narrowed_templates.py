"""A template of some columns, for one town: the town is filled in, and what comes back needs no --set."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.workbooks import Workbook, write

SHEET = "楼宇"


def sent_back(path: Path, rows: dict[int, dict[int, Any]]) -> Path:
    """The workbook filled in: by row and column, counted from 0."""
    cells = Workbook(path).values[SHEET]
    for at, values in rows.items():
        for column, value in values.items():
            cells[at][column] = value
    return write(path.with_name("back.xlsx"), {SHEET: cells})


@pytest.fixture
def narrowed(kfly: Cli) -> Cli:
    kfly.ok("template", "building", "-o", "t.xlsx", "--columns", "闲置面积,surveyed-on", "--town", "华士")
    return kfly


def test_only_these_columns_and_those_that_a_record_needs(narrowed: Cli) -> None:
    book = Workbook(narrowed.folder / "t.xlsx")

    assert book.values[SHEET][0] == [
        "楼宇名称*",
        "所属镇街*",
        "建筑面积（m²）*",
        "闲置面积（m²）",
        "摸排日期",
    ]
    guide = [row[0] for row in book.values[book.names()[1]]]
    assert "闲置面积（m²）" in guide
    assert "土地面积（m²）" not in guide


def test_what_is_there_unasked_is_said(kfly: Cli) -> None:
    args = ("--lang", "en", "template", "building", "-o", "t.xlsx")

    assert kfly.ok(*args, "--columns", "idle_area,name") == (
        "Wrote t.xlsx.\nAlso there, since a record needs it: Town, Floor area.\n"
    )
    assert kfly.ok(*args, "--force", "--columns", "name，town,floor_area") == "Wrote t.xlsx.\n"


def test_the_name_by_which_a_record_is_called_is_always_there(kfly: Cli) -> None:
    kfly.ok("template", "talent", "-o", "t.xlsx", "--columns", "town", "--town", "新桥镇")

    heading = Workbook(kfly.folder / "t.xlsx").values["高层次人才"][0]
    assert heading == ["姓名*", "所属镇街", "引进日期*"]


def test_the_town_is_filled_in_and_nothing_else_is_taken(narrowed: Cli) -> None:
    book = Workbook(narrowed.folder / "t.xlsx")

    assert {row[1] for row in book.values[SHEET][1:]} == {"华士镇"}
    check = book.checks(SHEET)[1]
    assert (book.offered(check), check.style) == (["华士镇"], "stop")
    assert "已预先填好：华士镇" in book.comments(SHEET)[0, 1]


def test_what_comes_back_is_imported_without_more(narrowed: Cli) -> None:
    rows: dict[int, dict[int, Any]] = {2: {0: "甲楼", 2: 6000}, 5: {0: "乙楼", 2: "5.2万", 3: "30亩"}}
    sheet = sent_back(narrowed.folder / "t.xlsx", rows)

    done = narrowed.json("import", "building", str(sheet))
    assert done == {"added": 2, "updated": 0, "unchanged": 0, "errors": [], "error_count": 0}
    records = narrowed.json("list", "building")
    assert [(r["name"], r["town"], r["floor_area"], r["idle_area"]) for r in records] == [
        ("甲楼", "华士镇", 6000, None),
        ("乙楼", "华士镇", 52000, 20000),
    ]


def test_rows_that_nobody_filled_in_are_passed_over_in_silence(narrowed: Cli) -> None:
    printed = narrowed.ok("--lang", "en", "import", str(narrowed.folder / "t.xlsx"))

    assert printed == "t.xlsx: rows passed over as no records: 楼宇!2.\nt.xlsx: 0 added.\n"


def test_a_row_half_filled_in_is_a_fault_with_its_cell(narrowed: Cli) -> None:
    sheet = sent_back(narrowed.folder / "t.xlsx", {3: {3: 100}})
    run = narrowed("--lang", "en", "import", "building", str(sheet))

    assert run.code == 1
    assert "4" in run.err
    assert "Building" in run.err
    assert narrowed.json("list", "building") == []


def test_a_zone_by_its_alias_where_only_some_may_stand(kfly: Cli) -> None:
    kfly.ok("template", "enclave", "-o", "t.xlsx", "--town", "城东街道")

    rows = Workbook(kfly.folder / "t.xlsx").values["科创飞地"]
    assert rows[2][1] == "高新区"


def test_without_options_it_is_as_ever(kfly: Cli) -> None:
    kfly.ok("template", "building", "-o", "t.xlsx")

    assert [row[0] for row in Workbook(kfly.folder / "t.xlsx").values[SHEET]][2:] == []
