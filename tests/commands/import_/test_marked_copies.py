"""--faults: a faulty sheet goes back to who sent it, its bad cells red and explained, and comes in again."""

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from tests.support.runner import Cli
from tests.support.sheet_makers import Cell, Failed, Rows, Tab, ods, text, xlsx

HEAD = ["楼宇名称", "所属镇街", "建筑面积", "摸排日期"]
TITLE = "江阴市闲置低效楼宇摸排情况表"
FAULTY: Rows = [HEAD, ["甲楼", "华士镇", 100, date(2022, 3, 1)], ["乙楼", "火星镇", "很大", "2022-02-30"]]
FAULTY_CSV = "楼宇名称,所属镇街,建筑面积,摸排日期\n甲楼,华士镇,100,2022-03-01\n乙楼,火星镇,很大,2022-02-30\n"


def errors(kfly: Cli, *args: str) -> list[dict[str, Any]]:
    """The faults of an import that is refused."""
    run = kfly("import", *args, "--json")
    assert (run.code, run.err) == (1, "")
    found: list[dict[str, Any]] = json.loads(run.out)["errors"]
    return found


def places(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Where the faults are, and what is wrong there."""
    return [tuple(error[key] for key in ("row", "column", "field", "value", "message")) for error in found]


def cells(path: Path, sheet: str) -> list[list[Any]]:
    """What stands in a sheet, from A1 on."""
    read: list[list[Any]] = load_workbook(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return read


def parts(path: Path, begin: str) -> str:
    """Parts of a workbook as text."""
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.startswith(begin))


def commented(path: Path) -> list[str]:
    """The cells that have a comment."""
    return re.findall(r'<comment ref="([A-Z]+\d+)"', parts(path, "xl/comments"))


def comes_again(kfly: Cli, source: Path, *args: str, sheet: str = "Sheet1") -> Path:
    """The marked copy of a file of buildings; imported, its sheet has the faults that the file had."""
    copy = kfly.folder / "退回.xlsx"
    found = errors(kfly, "building", str(source), *args, "--faults", str(copy))
    assert places(errors(kfly, "building", str(copy), "--sheet", sheet)) == places(found)
    return copy


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_copy_comes_in_again_by_the_same_command(kfly: Cli, lang: str) -> None:
    source, copy = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY)), str(kfly.folder / "退回.xlsx")
    kfly("--lang", lang, "import", "building", str(source), "--faults", copy)

    assert places(errors(kfly, "building", copy)) == places(errors(kfly, "building", str(source)))


def test_the_copy_has_all_values_and_each_bad_cell_a_comment(kfly: Cli) -> None:
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY)))

    assert cells(copy, "Sheet1") == FAULTY
    assert commented(copy) == ["B3", "C3", "D3"]
    assert "火星镇" in parts(copy, "xl/comments")


def test_the_copy_lists_every_fault_in_a_sheet_of_its_own(kfly: Cli) -> None:
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY)))
    listed = [row for row in cells(copy, "问题清单") if any("火星镇" in str(cell) for cell in row)]

    assert len(listed) == 1
    assert any("B3" in str(cell) for cell in listed[0])
    assert "所属镇街" in listed[0]


def test_bad_cells_are_red_and_others_are_not(kfly: Cli) -> None:
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY)))
    sheet = parts(copy, "xl/worksheets/sheet1.xml")
    looks = dict(re.findall(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?', sheet))
    styles = parts(copy, "xl/styles.xml")

    assert "FFFFC7CE" in styles
    assert {looks["B3"], looks["C3"], looks["D3"]}.isdisjoint(
        {looks[cell] for cell in ("A2", "B2", "C2", "D2", "A3")}
    )


def test_the_copy_is_said(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY))
    run = kfly("--lang", "en", "import", "building", str(path), "--faults", "退回.xlsx")

    assert run.err.splitlines()[-1] == "The faulty cells are marked in 退回.xlsx."
    assert run.code == 1


def test_a_sound_sheet_has_no_copy(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY[:2]))

    kfly.ok("import", "building", str(path), "--faults", "退回.xlsx")
    assert not (kfly.folder / "退回.xlsx").exists()


def test_the_copy_of_a_text_file_is_a_workbook(kfly: Cli) -> None:
    copy = comes_again(kfly, text(kfly.folder / "华士.csv", FAULTY_CSV, "gb18030"), sheet="华士")

    assert commented(copy) == ["B3", "C3", "D3"]
    assert [str(cell) for cell in cells(copy, "华士")[2]] == ["乙楼", "火星镇", "很大", "2022-02-30"]


def test_the_copy_of_an_opendocument_is_a_workbook(kfly: Cli) -> None:
    rows: Rows = [
        [TITLE],
        ["所属镇街", "楼宇名称", "建筑面积", "权属单位"],
        ["火星镇", "甲楼", 1, Failed("#N/A")],
        ["", "乙楼"],
    ]
    copy = comes_again(kfly, ods(kfly.folder / "华士.ods", Tab("Sheet1", rows, ("A1:D1", "A3:A4"))))
    assert sorted(commented(copy)) == ["A3", "A4", "C4", "D3"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_copy_of_a_sheet_comes_again_although_its_list_has_headings_of_the_kind(
    kfly: Cli, lang: str
) -> None:
    path = text(kfly.folder / "评估.csv", "载体,年度,得分,评估日期,问题\n没有,2022,90,2022-12-20,无\n")
    copy = str(kfly.folder / "退回.xlsx")
    kfly("--lang", lang, "import", "evaluation", str(path), "--faults", copy)

    (error,) = errors(kfly, "evaluation", copy)
    assert (error["row"], error["column"], error["value"]) == (2, "A", "没有")


def test_titles_blank_rows_totals_and_remarks_stay_where_they_were(kfly: Cli) -> None:
    rows: Rows = [
        [TITLE],
        ["填报单位：华士镇", "", "", "单位：亩"],
        [],
        ["序号", *HEAD],
        [1, "甲楼", "火星镇", 30, date(2022, 3, 1)],
        [],
        ["合计", "", "", 30],
        ["填表人：张三"],
    ]
    source = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, ("A1:E1", "A2:C2", "A7:C7")))
    copy = comes_again(kfly, source)

    assert cells(copy, "Sheet1") == cells(source, "Sheet1")
    assert load_workbook(copy).get_sheet_by_name("Sheet1").merged_cell_ranges is not None
    assert 'ref="A1:E1"' in parts(copy, "xl/worksheets/sheet1.xml")


def test_a_heading_of_two_rows_with_two_groups_comes_again(kfly: Cli) -> None:
    rows: Rows = [
        ["楼宇名称", "所属镇街", "建筑面积", "土地", "", "楼宇", ""],
        ["", "", "", "面积", "性质", "地址", "现状"],
        ["甲楼", "火星镇", 100, 30, "国有出让", "人民路", "闲置"],
    ]
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1")
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, merged)))
    assert commented(copy) == ["B3"]


def test_cells_merged_downwards_come_again(kfly: Cli) -> None:
    rows: Rows = [
        ["镇街", "名称", "面积"],
        ["火星镇", "甲楼", 1],
        ["", "乙楼", 2],
        ["华士镇", "丙楼", -1],
        ["", "丁楼", 3],
    ]
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, ("A2:A3", "A4:A5"))))

    assert commented(copy) == ["A2", "A3", "C4"]
    assert [row[0] for row in cells(copy, "Sheet1")][:4] == ["镇街", "火星镇", "火星镇", "华士镇"]


def test_dates_merged_downwards_come_again(kfly: Cli) -> None:
    rows: Rows = [[*HEAD], ["甲楼", "火星镇", 100.5, date(2022, 3, 1)], ["乙楼", "华士镇", 200, ""]]
    comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, ("D2:D3",))))


def test_an_amount_merged_over_records_is_not_given_to_each_in_the_copy(kfly: Cli) -> None:
    rows: Rows = [[*HEAD], ["甲楼", "华士镇", 100.5], ["乙楼", "华士镇", ""]]
    source = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, ("C2:C3",)))
    copy = kfly.folder / "退回.xlsx"
    errors(kfly, "building", str(source), "--faults", str(copy))

    assert commented(copy) == ["C3"]
    assert [row[2] for row in cells(copy, "Sheet1")] == ["建筑面积", 100.5, ""]


def test_a_merged_text_that_looks_like_a_formula_stays_text(kfly: Cli) -> None:
    rows: Rows = [["=1+1"], HEAD, ["甲楼", "火星镇", 1], ["乙楼", "华士镇", 2, "", "=2+2"]]
    source = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, ("A1:D1",)))
    copy = comes_again(kfly, source)

    assert cells(copy, "Sheet1")[0][0] == "=1+1"
    assert "<f>" not in parts(copy, "xl/worksheets/sheet1.xml")


def test_a_cell_merged_over_columns_is_red_too(kfly: Cli) -> None:
    rows: Rows = [["楼宇名称", "所属镇街", "建筑面积", "", "备注"], ["甲楼", "华士镇", "很大", "", "好"]]
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, ("C1:D1", "C2:D2"))))
    looks = dict(re.findall(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?', parts(copy, "xl/worksheets/sheet1.xml")))

    assert commented(copy) == ["C2"]
    assert looks["C2"] != looks["C1"]


def test_faulty_headings_are_marked(kfly: Cli) -> None:
    rows: Rows = [[TITLE], ["楼宇名称", "所属镇街", "建筑面积", "占地面机"], ["甲楼", "华士镇", 1, 2]]
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows)))
    assert commented(copy) == ["D2"]


def test_a_column_that_is_missing_is_told_beside_the_heading(kfly: Cli) -> None:
    copy = comes_again(
        kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", [["楼宇名称", "建筑面积"], ["甲楼", 1]]))
    )
    assert commented(copy) == ["A1"]


def test_a_failed_formula_is_marked(kfly: Cli) -> None:
    rows: Rows = [
        [*HEAD, "权属单位"],
        ["甲楼", "华士镇", Failed("#DIV/0!"), date(2022, 3, 1), Failed("#N/A")],
    ]
    copy = comes_again(kfly, xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows)))
    assert commented(copy) == ["C2", "E2"]


def test_all_the_sheets_of_a_workbook_are_in_the_copy_as_nothing_of_it_was_kept(kfly: Cli) -> None:
    path = xlsx(
        kfly.folder / "全部.xlsx",
        Tab("楼宇", FAULTY),
        Tab("专业运营机构", [["机构名称", "引进日期"], ["启迪之星", date(2022, 1, 1)]]),
        Tab("科创载体", [["载体名称", "类型", "认定日期"], ["创客", "茶馆", date(2022, 3, 1)]]),
    )
    copy = kfly.folder / "退回.xlsx"
    found = errors(kfly, str(path), "--faults", str(copy))

    assert load_workbook(copy).sheet_names == ["楼宇", "专业运营机构", "科创载体", "问题清单"]
    assert places(errors(kfly, str(copy))) == places(found)


def test_the_copy_of_a_hidden_sheet_that_was_named_has_the_sheet(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", []), Tab("旧", FAULTY, hidden=True))
    copy = comes_again(kfly, path, "--sheet", "旧", sheet="旧")
    assert commented(copy) == ["B3", "C3", "D3"]


def test_long_texts_dates_and_numbers_are_as_they_were(kfly: Cli) -> None:
    rows: list[list[Cell]] = [
        [*HEAD, "联系电话", "备注"],
        ["甲楼", "火星镇", 9.5, date(2022, 3, 1), 13812345678, "很长的备注。" * 200],
        ["=1+1", "火星镇", 0.5, date(1999, 12, 31), "0510-86860001", "http://www.jiangyin.gov.cn"],
    ]
    source = text(
        kfly.folder / "华士.csv",
        "\n".join(",".join(map(str, row)) for row in rows) + "\n",
    )
    copy = comes_again(kfly, source, sheet="华士")
    assert cells(copy, "华士")[2][0] == "=1+1"
    assert "<f>" not in parts(copy, "xl/worksheets/sheet1.xml")


# Where the copy goes


def test_the_copies_of_several_files_go_into_a_folder_that_need_not_be_there(kfly: Cli) -> None:
    paths = [
        str(xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY))),
        str(text(kfly.folder / "周庄.csv", FAULTY_CSV)),
        str(xlsx(kfly.folder / "新桥.xlsx", Tab("Sheet1", FAULTY[:2]))),
    ]
    errors(kfly, "building", *paths, "--faults", "退回")

    assert sorted(path.name for path in (kfly.folder / "退回").iterdir()) == [
        "华士（待更正）.xlsx",
        "周庄（待更正）.xlsx",
    ]


def test_one_file_may_be_copied_into_a_folder_that_is_there(kfly: Cli) -> None:
    (kfly.folder / "退回").mkdir()
    errors(kfly, "building", str(text(kfly.folder / "华士.csv", FAULTY_CSV)), "--faults", "退回")
    assert (kfly.folder / "退回" / "华士（待更正）.xlsx").is_file()


def test_several_files_and_one_workbook_is_wrong_usage(kfly: Cli) -> None:
    paths = [str(text(kfly.folder / name, FAULTY_CSV)) for name in ("一.csv", "二.csv")]
    kfly.refused("import", "building", *paths, "--faults", "退回.xlsx", code=2)


def test_what_is_neither_workbook_nor_folder_is_wrong_usage(kfly: Cli) -> None:
    path = str(text(kfly.folder / "一.csv", FAULTY_CSV))
    kfly.refused("import", "building", path, "--faults", "退回.csv", code=2)


@pytest.mark.parametrize("target", ["华士.xlsx", "./华士.xlsx"])
def test_the_copy_never_replaces_the_file_that_is_read(kfly: Cli, target: str) -> None:
    path = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY))
    before = path.read_bytes()

    kfly.refused("import", "building", "华士.xlsx", "--faults", target, code=2)
    assert path.read_bytes() == before


def test_the_copy_of_a_text_file_never_replaces_the_workbook_it_was_made_of(kfly: Cli) -> None:
    workbook = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", FAULTY))
    before = workbook.read_bytes()

    kfly("import", "building", str(text(kfly.folder / "华士.csv", FAULTY_CSV)), "--faults", ".")
    assert workbook.read_bytes() == before


def test_files_of_one_name_have_copies_of_their_own(kfly: Cli) -> None:
    paths = []
    for folder, town in (("华士", "火星镇"), ("周庄", "水星镇")):
        (kfly.folder / folder).mkdir()
        paths.append(str(text(kfly.folder / folder / "楼宇.csv", f"名称,镇街,面积\n{folder}楼,{town},1\n")))
    errors(kfly, "building", *paths, "--faults", "退回")

    copies = sorted((kfly.folder / "退回").rglob("*.xlsx"))
    assert len(copies) == 2
    assert sorted(cells(copy, "楼宇")[1][1] for copy in copies) == ["水星镇", "火星镇"]


def test_files_of_one_name_and_two_formats_have_copies_of_their_own(kfly: Cli) -> None:
    paths = [
        str(text(kfly.folder / "楼宇.csv", "名称,镇街,面积\n甲楼,火星镇,1\n")),
        str(text(kfly.folder / "楼宇.tsv", "名称\t镇街\t面积\n乙楼\t水星镇\t1\n")),
    ]
    errors(kfly, "building", *paths, "--faults", "退回")
    assert len(list((kfly.folder / "退回").rglob("*.xlsx"))) == 2


def test_a_copy_that_cannot_be_written_is_said_and_the_faults_are_told_all_the_same(kfly: Cli) -> None:
    (kfly.folder / "退回.xlsx").mkdir()
    (kfly.folder / "退回.xlsx" / "华士 (faults).xlsx").mkdir()
    path = str(text(kfly.folder / "华士.csv", FAULTY_CSV))
    run = kfly("--lang", "en", "import", "building", path, "--faults", "退回.xlsx")

    assert run.code == 1
    assert "火星镇" in run.err
    assert "it is a folder" in run.err
    assert "Traceback" not in run.err


def test_the_document_is_printed_although_the_copy_cannot_be_written(kfly: Cli) -> None:
    (kfly.folder / "华士（待更正）.xlsx").mkdir()
    path = str(text(kfly.folder / "华士.csv", FAULTY_CSV))
    run = kfly("import", "building", path, "--faults", ".", "--json")

    assert run.code == 1
    assert len(json.loads(run.out)["errors"]) == 3


def test_sound_files_after_a_copy_that_cannot_be_written_are_told(kfly: Cli) -> None:
    (kfly.folder / "退回").mkdir()
    (kfly.folder / "退回" / "一 (faults).xlsx").mkdir()
    faulty = str(text(kfly.folder / "一.csv", FAULTY_CSV))
    sound = str(text(kfly.folder / "二.csv", "名称,镇街,面积\n丙楼,华士镇,1\n"))
    run = kfly("--lang", "en", "import", "building", faulty, sound, "--faults", "退回")

    assert run.code == 1
    assert "二.csv: 1 added." in run.out
    assert len(kfly.json("list", "building")) == 1


def test_a_dry_run_writes_the_copy_too(kfly: Cli) -> None:
    path = str(text(kfly.folder / "华士.csv", FAULTY_CSV))
    errors(kfly, "building", path, "--dry-run", "--faults", "退回.xlsx")
    assert (kfly.folder / "退回.xlsx").is_file()


def test_a_file_called_as_the_list_of_faults_is_copied_as_well(kfly: Cli) -> None:
    path = text(kfly.folder / "问题清单.csv", FAULTY_CSV)
    copy = kfly.folder / "退回.xlsx"

    assert len(errors(kfly, "building", str(path), "--faults", str(copy))) == 3
    assert commented(copy) == ["B3", "C3", "D3"]


def test_a_template_whose_sheet_was_given_another_name_is_read_beside_its_instructions(kfly: Cli) -> None:
    kfly.ok("--lang", "zh", "template", "building", "-o", "模板.xlsx")
    renamed(kfly.folder / "模板.xlsx", "楼宇", "华士镇")

    assert kfly.json("import", "building", "模板.xlsx")["added"] == 0


def renamed(path: Path, sheet: str, name: str) -> None:
    """Give a sheet another name, as who fills it in does."""
    with zipfile.ZipFile(path) as package:
        contents = {part: package.read(part) for part in package.namelist()}
    book = contents["xl/workbook.xml"].decode()
    assert f'name="{sheet}"' in book
    contents["xl/workbook.xml"] = book.replace(sheet, name).encode()
    with zipfile.ZipFile(path, "w") as package:
        for part, content in contents.items():
            package.writestr(part, content)


def test_a_copy_that_is_there_stays_as_it_is_unless_asked_and_the_faults_are_told(kfly: Cli) -> None:
    older = kfly.folder / "退回.xlsx"
    older.write_bytes(b"half corrected")
    words = ("--lang", "en", "import", "building", str(text(kfly.folder / "华士.csv", FAULTY_CSV)))
    run = kfly(*words, "--faults", "退回.xlsx")
    assert run.code == 1
    assert "火星镇" in run.err
    assert "退回.xlsx exists already; nothing was changed. “--force” replaces it.\n" in run.err
    assert older.read_bytes() == b"half corrected"
    assert "--force" in kfly(*words, "--faults", "退回.xlsx", "--json").err

    kfly(*words, "--faults", "退回.xlsx", "--force")
    assert commented(older)


def test_a_sound_sheet_comes_in_beside_an_older_copy(kfly: Cli) -> None:
    (kfly.folder / "退回.xlsx").write_bytes(b"old")
    sound = str(text(kfly.folder / "华士.csv", "名称,镇街,面积\n丙楼,华士镇,1\n"))
    kfly.ok("import", "building", sound, "--faults", "退回.xlsx")
    assert (kfly.folder / "退回.xlsx").read_bytes() == b"old"


def test_the_copy_is_never_the_database(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    kfly.db.rename(kfly.folder / "plan.xlsx")
    monkeypatch.setenv("KFLY_DB", "plan.xlsx")
    path = str(text(kfly.folder / "华士.csv", FAULTY_CSV))
    line = kfly.refused("--lang", "en", "import", "building", path, "--faults", "plan.xlsx", "--force")
    assert line == "--faults: plan.xlsx is the database itself."
