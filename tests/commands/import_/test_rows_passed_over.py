"""Rows that are no records are passed over and named; what could be a record is recorded, or is a fault."""

import json
from datetime import date
from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.sheet_makers import Rows, Tab, text, xlsx

HEAD = ["楼宇名称", "所属镇街", "建筑面积"]
SPENT = ["支出事项", "支出类别", "支出金额", "支付日期"]
POLICY = ["名称", "类型", "印发日期"]


def sheet(kfly: Cli, rows: Rows, *merged: str, name: str = "华士.xlsx") -> str:
    """A workbook of one sheet; its path."""
    return str(xlsx(kfly.folder / name, Tab("Sheet1", rows, merged)))


def names(kfly: Cli, kind: str, field: str = "name") -> list[Any]:
    return [record[field] for record in kfly.json("list", kind)]


def faults(kfly: Cli, kind: str, path: str, *args: str) -> list[tuple[Any, ...]]:
    """Where the faults are of a sheet of which nothing is kept."""
    run = kfly("--lang", "en", "import", kind, path, *args, "--json")
    assert (run.code, run.err) == (1, ""), run.out
    assert kfly.json("list", kind) == []
    return [
        tuple(e[key] for key in ("row", "column", "field", "value")) for e in json.loads(run.out)["errors"]
    ]


MIXED: Rows = [
    HEAD,
    ["示例：创新大厦", "华士镇", ""],
    ["甲楼", "华士镇", 100],
    [],
    ["小计", "", 100],
    HEAD,
    ["乙楼", "华士镇", 200],
    ["合计", "", 300],
    ["填表人：张三"],
]


def test_rows_passed_over_are_named_before_the_counts(kfly: Cli) -> None:
    said = kfly.ok("--lang", "en", "import", "building", sheet(kfly, MIXED))

    assert said.splitlines() == [
        "华士.xlsx: rows passed over as no records: Sheet1!2, Sheet1!5, Sheet1!6, Sheet1!8, Sheet1!9.",
        "华士.xlsx: 2 added.",
    ]
    assert names(kfly, "building") == ["甲楼", "乙楼"]


def test_rows_of_text_files_are_named_by_their_number_alone(kfly: Cli) -> None:
    lines = [
        "楼宇名称,所属镇街,建筑面积",
        "示例：甲,华士镇,",
        *(f"{n}号楼,华士镇,1" for n in range(6)),
        "合计,,6",
    ]
    path = text(kfly.folder / "华士.csv", "\n".join(lines))

    said = kfly.ok("--lang", "en", "import", "building", str(path)).splitlines()
    assert said == ["华士.csv: rows passed over as no records: 2, 9.", "华士.csv: 6 added."]


def test_rows_passed_over_are_named_when_it_is_only_tried_and_in_chinese(kfly: Cli) -> None:
    path = sheet(kfly, MIXED)
    assert "Sheet1!2, Sheet1!5" in kfly.ok("--lang", "en", "import", "building", path, "--dry-run")
    assert "Sheet1!2、Sheet1!5" in kfly.ok("--lang", "zh", "import", "building", path)


def test_rows_passed_over_are_not_in_the_document(kfly: Cli) -> None:
    document = kfly.json("import", "building", sheet(kfly, MIXED))
    assert document == {"added": 2, "updated": 0, "unchanged": 0, "errors": [], "error_count": 0}


def test_nothing_is_said_where_no_row_is_passed_over(kfly: Cli) -> None:
    said = kfly.ok("--lang", "en", "import", "building", sheet(kfly, [HEAD, ["甲楼", "华士镇", 100], []]))
    assert said == "华士.xlsx: 1 added.\n"


@pytest.mark.parametrize("name", ["2022年一季度改造补助合计", "霞客湾科创载体改造工程款总计"])
def test_a_complete_row_with_a_long_name_that_ends_like_a_total_is_recorded(kfly: Cli, name: str) -> None:
    rows: Rows = [SPENT, [name, "载体改造", 50, date(2022, 3, 1)]]

    assert kfly.ok("--lang", "en", "import", "expenditure", sheet(kfly, rows)) == "华士.xlsx: 1 added.\n"
    assert names(kfly, "expenditure", "purpose") == [name]


def test_an_incomplete_row_with_a_long_name_that_ends_like_a_total_is_a_fault(kfly: Cli) -> None:
    rows: Rows = [
        SPENT,
        ["一期", "载体改造", 50, date(2022, 3, 1)],
        ["2022年一季度改造补助合计", "载体改造", 50, ""],
    ]
    assert faults(kfly, "expenditure", sheet(kfly, rows)) == [(3, "D", "paid_on", None)]


@pytest.mark.parametrize("name", ["审核：年度报告", "说明：编制规划", "备注：绿化"])
def test_a_complete_row_called_like_a_line_below_the_table_is_a_fault(kfly: Cli, name: str) -> None:
    rows: Rows = [SPENT, ["一期", "载体改造", 50, date(2022, 3, 1)], [name, "综合服务", 30, date(2022, 3, 2)]]
    assert faults(kfly, "expenditure", sheet(kfly, rows)) == [(3, "A", "purpose", name)]


def test_a_note_under_the_heading_swallows_no_incomplete_row_after_it(kfly: Cli) -> None:
    rows: Rows = [HEAD, ["注：面积以不动产权证为准"], ["甲楼", "华士镇", 100], ["创新大厦"]]
    found = faults(kfly, "building", sheet(kfly, rows))
    assert [(row, field) for row, _column, field, _value in found] == [(4, "town"), (4, "floor_area")]


def test_a_note_under_the_heading_is_passed_over(kfly: Cli) -> None:
    rows: Rows = [HEAD, ["注：面积以不动产权证为准"], ["甲楼", "华士镇", 100]]
    said = kfly.ok("--lang", "en", "import", "building", sheet(kfly, rows, "A2:C2"))

    assert "rows passed over as no records: Sheet1!2." in said
    assert names(kfly, "building") == ["甲楼"]


LINES = [
    "填表人：张三",
    "审核人：李四",
    "注：机制填写成立日期。",
    "填报日期：2022年3月1日",
    "联系电话：86860001",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("column", [0, 1])
def test_a_lone_line_below_a_table_is_passed_over_where_only_the_name_is_required(
    kfly: Cli, line: str, column: int
) -> None:
    rows: Rows = [POLICY, ["楼宇改造管理办法", "管理办法", date(2022, 3, 1)], [*[""] * column, line]]
    said = kfly.ok("--lang", "en", "import", "policy", sheet(kfly, rows))

    assert "rows passed over as no records: Sheet1!3." in said
    assert names(kfly, "policy") == ["楼宇改造管理办法"]


def test_numbered_lines_of_a_note_are_passed_over(kfly: Cli) -> None:
    rows: Rows = [
        HEAD,
        ["甲楼", "华士镇", 100],
        ["注：1．建筑面积以不动产权证为准；"],
        ["2．闲置面积按实际填写；"],
        ["    3、其余见附件；"],
        ["（4）于3月底前上报。"],
    ]
    said = kfly.ok("--lang", "en", "import", "building", sheet(kfly, rows))

    assert "passed over as no records: Sheet1!3, Sheet1!4, Sheet1!5, Sheet1!6." in said
    assert names(kfly, "building") == ["甲楼"]


def test_a_numbered_name_without_a_note_before_it_is_a_fault(kfly: Cli) -> None:
    rows: Rows = [HEAD, ["甲楼", "华士镇", 100], ["2．创新大厦"]]
    found = faults(kfly, "building", sheet(kfly, rows))
    assert [(row, field) for row, _column, field, _value in found] == [(3, "town"), (3, "floor_area")]


def test_a_complete_row_with_a_numbered_name_after_a_note_is_recorded(kfly: Cli) -> None:
    rows: Rows = [HEAD, ["注：以证为准"], ["1．甲楼", "华士镇", 100], ["2．乙楼", "华士镇", 200]]
    kfly.ok("import", "building", sheet(kfly, rows))
    assert names(kfly, "building") == ["1．甲楼", "2．乙楼"]
