"""What could be meant in two ways is refused, and never guessed."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from tests.support.runner import Cli
from tests.support.sheet_makers import Cell, Rows, Tab, text, xlsx

HEAD = ["楼宇名称", "所属镇街", "建筑面积"]
ROW: list[Cell] = ["甲楼", "华士镇", 100]
CARRIER = ["载体名称", "载体类型", "认定日期", "所在楼宇"]
SPENT = ["支出事项", "支出类别", "支出金额", "支付日期", "凭证号"]
CSV = "楼宇名称,所属镇街,建筑面积,地址\n甲楼,华士镇,100,人民路一号二单元\n乙楼,周庄镇,200,环城北路十八号\n"
OPERATORS = '{"operator": [{"name": "启迪之星", "introduced_on": "2022-01-01"}]}'


def sheet(kfly: Cli, rows: Rows, *merged: str) -> str:
    """A workbook of one sheet; its path."""
    return str(xlsx(kfly.folder / "表.xlsx", Tab("Sheet1", rows, merged)))


def errors(kfly: Cli, *args: str) -> list[dict[str, Any]]:
    """The faults of an import that is refused."""
    run = kfly("--lang", "en", "import", *args, "--json")
    assert (run.code, run.err) == (1, ""), run.out
    document = json.loads(run.out)
    assert document["added"] == 0
    found: list[dict[str, Any]] = document["errors"]
    return found


def places(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(error[key] for key in ("row", "column", "field", "value")) for error in found]


# References


def with_buildings(kfly: Cli, *names: str) -> None:
    for name in names:
        kfly.ok("add-building", "--name", name, "--town", "华士镇", "--floor-area", "1")


def carrier(kfly: Cli, building: Cell) -> str:
    return sheet(kfly, [CARRIER, ["创客空间", "众创空间", "2022-03-01", building]])


@pytest.mark.parametrize("number", [2, "2", 2.0])
def test_a_bare_number_is_not_taken_for_an_id(kfly: Cli, number: Cell) -> None:
    with_buildings(kfly, "甲楼", "乙楼")
    assert places(errors(kfly, "carrier", carrier(kfly, number))) == [(2, "D", "building", "2")]


def test_a_number_behind_its_sign_is_an_id(kfly: Cli) -> None:
    with_buildings(kfly, "甲楼", "乙楼")
    kfly.ok("import", "carrier", carrier(kfly, "#1"))
    assert [row["building"] for row in kfly.json("list", "carrier")] == ["甲楼"]


def test_a_bare_number_is_the_name_of_what_is_called_so(kfly: Cli) -> None:
    with_buildings(kfly, "2", "乙楼")
    kfly.ok("import", "carrier", carrier(kfly, 2))
    assert [row["building"] for row in kfly.json("list", "carrier")] == ["2"]


def test_a_bare_number_in_the_key_is_not_taken_for_an_id(kfly: Cli) -> None:
    kfly.ok("add-carrier", "--name", "创客空间", "--type", "众创空间", "--recognized-on", "2022-01-01")
    rows: Rows = [["载体", "年度", "评估得分", "评估日期"], [1, 2022, 88, "2022-12-01"]]
    assert places(errors(kfly, "evaluation", sheet(kfly, rows))) == [(2, "A", "carrier", "1")]


# Long codes


@pytest.mark.parametrize(
    "code", [320281199001011234, 3.20281e17, "3.20281E+17", "3.20281e+17"], ids=["digits", "float", "E", "e"]
)
def test_a_code_whose_last_digits_are_lost_is_a_fault(kfly: Cli, code: Cell) -> None:
    rows: Rows = [SPENT, ["一期", "载体改造", 50, "2022-03-01", code]]
    ((row, column, field, _value),) = places(errors(kfly, "expenditure", sheet(kfly, rows)))
    assert (row, column, field) == (2, "E", "voucher_number")


@pytest.mark.parametrize("code", ["320281199001011234", 320281199001, "3E+1号"])
def test_a_code_that_is_whole_is_kept(kfly: Cli, code: Cell) -> None:
    rows: Rows = [SPENT, ["一期", "载体改造", 50, "2022-03-01", code]]
    kfly.ok("import", "expenditure", sheet(kfly, rows))
    assert [row["voucher_number"] for row in kfly.json("list", "expenditure")] == [str(code)]


# Sheets


@pytest.mark.parametrize("names", [("楼宇", "building"), ("building", "楼宇")])
def test_of_two_sheets_called_by_the_kind_neither_is_chosen(kfly: Cli, names: tuple[str, str]) -> None:
    tabs = [Tab(name, [HEAD, [f"{name}楼", "华士镇", 1]]) for name in names]
    path = str(xlsx(kfly.folder / "表.xlsx", *tabs, Tab("底稿", [HEAD, ROW])))

    said = kfly.refused("--lang", "en", "import", "building", path)
    assert said == f"表.xlsx: has several sheets: {names[0]}, {names[1]}; say which with --sheet"
    kfly.ok("import", "building", path, "--sheet", "building")
    assert [row["name"] for row in kfly.json("list", "building")] == ["building楼"]


@pytest.mark.parametrize("name", ["空.xlsx"])
def test_an_empty_workbook_is_refused_without_a_kind_too(kfly: Cli, name: str) -> None:
    path = str(xlsx(kfly.folder / name, Tab("楼宇", []), Tab("载体", [])))
    assert kfly.refused("--lang", "en", "import", path) == f"{name}: is empty"
    assert name in kfly.refused("--lang", "en", "import", "building", path)


def test_a_file_that_says_it_holds_another_kind_is_refused(kfly: Cli) -> None:
    path = str(text(kfly.folder / "op.json", OPERATORS))

    assert (
        kfly.refused("--lang", "en", "import", "investor", path) == "op.json: holds no records of Investors"
    )
    assert kfly.json("import", "operator", path)["added"] == 1


def test_a_file_of_lines_that_says_it_holds_another_kind_is_refused(kfly: Cli) -> None:
    path = text(
        kfly.folder / "op.jsonl", '{"operator": {"name": "启迪之星", "introduced_on": "2022-01-01"}}\n'
    )
    kfly.refused("import", "investor", str(path))


# Headings


def under(parent: str) -> tuple[Rows, str]:
    """A heading of two rows: 绿化 over 面积 and 率."""
    rows: Rows = [
        ["楼宇名称", "所属镇街", parent, ""],
        ["", "", "面积", "地址"],
        ["甲楼", "华士镇", 100, "人民路"],
    ]
    return rows, "C1:D1"


@pytest.mark.parametrize("parent", ["绿化", "停车场", "地下室", "屋顶光伏"])
def test_an_area_of_something_else_is_not_that_of_the_building(kfly: Cli, parent: str) -> None:
    rows, merged = under(parent)
    found = places(errors(kfly, "building", sheet(kfly, rows, "A1:A2", "B1:B2", merged)))
    assert (2, "C", None, "面积") in found


@pytest.mark.parametrize("parent", ["基本情况", "房屋信息", "楼宇概况"])
def test_a_group_that_says_nothing_more_leaves_the_area_that_of_the_building(kfly: Cli, parent: str) -> None:
    rows, merged = under(parent)
    kfly.ok("import", "building", sheet(kfly, rows, "A1:A2", "B1:B2", merged))
    assert [row["floor_area"] for row in kfly.json("list", "building")] == [100]


# Text files


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "with a mark"])
@pytest.mark.parametrize("at", [15, 60, 100])
def test_utf_8_with_a_damaged_byte_is_not_read_as_gb18030(kfly: Cli, mark: bytes, at: int) -> None:
    content = bytearray(CSV.encode())
    at = next(n for n in range(at, len(content)) if content[n] > 0x7F)
    content[at] = 0xFF
    (kfly.folder / "楼.csv").write_bytes(mark + content)

    assert "楼.csv" in kfly.refused("--lang", "en", "import", "building", "楼.csv")
    assert "UTF-8" in kfly.refused("--lang", "en", "import", "building", "楼.csv")


def test_utf_8_cut_off_within_a_character_is_not_read_as_gb18030(kfly: Cli) -> None:
    (kfly.folder / "楼.csv").write_bytes(CSV.encode()[: -len("号\n".encode()) + 2])
    kfly.refused("import", "building", "楼.csv")


def test_gb18030_is_still_read(kfly: Cli) -> None:
    (kfly.folder / "楼.csv").write_bytes(CSV.encode("gb18030"))
    assert kfly.json("import", "building", "楼.csv")["added"] == 2


@pytest.mark.parametrize(
    "content",
    [
        '{"operator": [{"name": "甲", "name": "乙", "introduced_on": "2022-01-01"}]}',
        '{"operator": [{"name": "甲", "introduced_on": "2022-01-01"}], "operator": []}',
    ],
)
def test_a_key_that_stands_twice_in_json_is_refused(kfly: Cli, content: str) -> None:
    text(kfly.folder / "op.json", content)
    assert "twice" in kfly.refused("--lang", "en", "import", "operator", "op.json")
    assert "twice" in kfly.refused("--lang", "en", "import", "op.json")


@pytest.mark.parametrize("word", ["note= ", "note=　", "note=\t"])
def test_set_with_only_blanks_is_wrong_usage(kfly: Cli, word: str) -> None:
    said = kfly.refused("--lang", "en", "import", "building", sheet(kfly, [HEAD, ROW]), "--set", word, code=2)
    assert "gives no value" in said


# Several kinds in one file


def test_evaluations_of_a_faulty_carrier_and_of_a_sound_one_are_not_the_same_record(kfly: Cli) -> None:
    path = str(
        xlsx(
            kfly.folder / "全部.xlsx",
            Tab(
                "科创载体",
                [
                    ["载体名称", "载体类型", "认定日期"],
                    ["甲空间", "不知道", "2022-01-01"],
                    ["乙空间", "众创空间", "2022-01-01"],
                ],
            ),
            Tab(
                "载体评估",
                [
                    ["载体", "年度", "评估得分", "评估日期"],
                    ["甲空间", 2022, 80, "2022-12-01"],
                    ["乙空间", 2022, 90, "2022-12-01"],
                ],
            ),
        )
    )
    found = errors(kfly, path)
    assert [(error["sheet"], *place) for error, place in zip(found, places(found), strict=True)] == [
        ("科创载体", 2, "B", "type", "不知道")
    ]


# Marked copies


@pytest.mark.parametrize("name", ["待更正/", "待更正"])
def test_a_folder_for_one_marked_copy_is_made(kfly: Cli, name: str) -> None:
    path = sheet(kfly, [HEAD, ["甲楼", "火星镇", 1]])
    assert kfly("--lang", "en", "import", "building", path, "--faults", name).code == 1
    assert [copy.name for copy in (kfly.folder / "待更正").iterdir()] == ["表 (faults).xlsx"]


def test_true_stays_a_boolean_in_the_marked_copy(kfly: Cli) -> None:
    rows: Rows = [[*HEAD, "备注"], ["甲楼", "火星镇", True, False]]
    errors(kfly, "building", sheet(kfly, rows), "--faults", "退回.xlsx")
    (row,) = load_workbook(kfly.folder / "退回.xlsx").get_sheet_by_name("Sheet1").to_python()[1:]
    assert row == ["甲楼", "火星镇", True, False]
    assert [type(cell) for cell in row[2:]] == [bool, bool]


def test_many_faults_among_many_merged_cells_are_marked(kfly: Cli) -> None:
    rows: list[list[Cell]] = [["所属镇街", "楼宇名称", "建筑面积"]]
    merged = []
    for n in range(1000):
        top = 2 + 2 * n
        rows += [["火星镇" if n % 10 == 0 else "华士镇", f"{n}甲", 1], ["", f"{n}乙", 1]]
        merged.append(f"A{top}:A{top + 1}")
    found = errors(kfly, "building", sheet(kfly, rows, *merged), "--faults", "退回.xlsx")
    assert len(found) == 200
    comments = part(kfly.folder / "退回.xlsx", "xl/comments1.xml")
    assert len(re.findall("<comment ref=", comments)) == 200
    assert part(kfly.folder / "退回.xlsx", "xl/worksheets/sheet1.xml").count("<mergeCell ") == 900


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()
