"""What can be said to an import: --set, --update, --dry-run, --ignore-unknown, several files, no kind."""

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.runner import Cli, Run
from tests.support.sheet_makers import Rows, Tab, text, xlsx

HEAD = "楼宇名称,所属镇街,建筑面积"
SHEET: Rows = [["楼宇名称", "所属镇街", "建筑面积"], ["甲楼", "华士镇", 100], ["乙楼", "周庄镇", 200]]


def csv(kfly: Cli, content: str, name: str = "楼宇.csv") -> str:
    """A sheet as text; its path."""
    (kfly.folder / name).parent.mkdir(exist_ok=True)
    return str(text(kfly.folder / name, content))


def workbook(kfly: Cli, rows: Rows, name: str = "楼宇.xlsx") -> str:
    """A workbook of one sheet; its path."""
    return str(xlsx(kfly.folder / name, Tab("Sheet1", rows)))


def buildings(kfly: Cli, *fields: str) -> list[tuple[Any, ...]]:
    """Some fields of all buildings."""
    return [tuple(row[field] for field in fields) for row in kfly.json("list", "building")]


def document(run: Run) -> dict[str, Any]:
    """The JSON of an import that was refused."""
    assert (run.code, run.err) == (1, "")
    parsed: dict[str, Any] = json.loads(run.out)
    return parsed


def places(errors: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Where the faults are."""
    return [tuple(error[key] for key in ("row", "column", "field", "value")) for error in errors]


def faults(kfly: Cli, *args: str) -> list[tuple[Any, ...]]:
    """Where the faults are of an import that is refused and changes nothing."""
    before = rows_in(kfly.db)
    errors: list[dict[str, Any]] = document(kfly("import", *args, "--json"))["errors"]
    assert rows_in(kfly.db) == before
    return places(errors)


def rows_in(path: Path) -> list[str]:
    """All that is in a database."""
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def counts(kfly: Cli, *args: str) -> tuple[int, int, int]:
    """What an import that is sound did."""
    done = kfly.json("import", *args)
    assert done["errors"] == []
    return done["added"], done["updated"], done["unchanged"]


# --set


def test_set_fills_a_column_that_the_sheet_does_not_have(kfly: Cli) -> None:
    path = csv(kfly, "名称,面积\n甲楼,100\n乙楼,200\n")

    assert counts(kfly, "building", path, "--set", "town=华士镇", "--set", "surveyed_on=2022年3月1日") == (
        2,
        0,
        0,
    )
    assert buildings(kfly, "name", "town", "surveyed_on") == [
        ("甲楼", "华士镇", "2022-03-01"),
        ("乙楼", "华士镇", "2022-03-01"),
    ]


@pytest.mark.parametrize(
    "word", ["town=城东街道", "所属镇街=高新区", "镇（街道）=高新区", "Town=Jiangyin High-tech Zone"]
)
def test_set_takes_fields_and_values_as_people_call_them(kfly: Cli, word: str) -> None:
    kfly.ok("import", "building", csv(kfly, "名称,面积\n甲楼,100\n"), "--set", word)
    assert buildings(kfly, "town") == [("高新区",)]


def test_set_may_agree_with_a_column_and_fills_its_blanks(kfly: Cli) -> None:
    path = csv(kfly, HEAD + "\n甲楼,城东街道,100\n乙楼,,200\n丙楼,　,300\n")

    assert counts(kfly, "building", path, "--set", "town=高新区") == (3, 0, 0)
    assert buildings(kfly, "town") == [("高新区",)] * 3


def test_a_cell_that_contradicts_set_is_an_error_at_that_cell(kfly: Cli) -> None:
    path = csv(kfly, HEAD + "\n甲楼,华士镇,100\n乙楼,周庄,200\n丙楼,,300\n丁楼,火星镇,400\n")

    assert faults(kfly, "building", path, "--set", "town=华士镇") == [
        (3, "B", "town", "周庄镇"),
        (5, "B", "town", "火星镇"),
    ]
    assert "华士镇" in kfly("import", "building", path, "--set", "town=华士镇").err.splitlines()[0]


def test_a_number_that_set_gives_is_compared_as_a_number(kfly: Cli) -> None:
    path = workbook(kfly, [["名称", "镇街", "面积"], ["甲楼", "华士镇", 20000], ["乙楼", "华士镇", "3公顷"]])
    assert faults(kfly, "building", path, "--set", "floor_area=30亩") == [(3, "C", "floor_area", "30000")]


def test_a_bad_value_of_set_is_one_error_without_a_cell(kfly: Cli) -> None:
    path = csv(kfly, "名称,面积\n甲楼,100\n乙楼,200\n")
    assert faults(kfly, "building", path, "--set", "town=火星镇") == [(None, None, "town", "火星镇")]


def test_a_field_of_set_that_is_not_known_is_refused_with_the_nearest(kfly: Cli) -> None:
    path = csv(kfly, "名称,面积\n甲楼,100\n")
    said = kfly.refused("--lang", "en", "import", "building", path, "--set", "twon=华士镇")
    assert said == "Buildings: there is no field “twon”; did you mean “town”?"


@pytest.mark.parametrize("words", [["town"], ["town="], ["town=华士镇", "镇街=周庄镇"]])
def test_set_that_says_nothing_or_two_things_is_wrong_usage(kfly: Cli, words: list[str]) -> None:
    path = csv(kfly, "名称,面积\n甲楼,100\n")
    kfly.refused("import", "building", path, *(part for word in words for part in ("--set", word)), code=2)


def test_set_needs_the_kind(kfly: Cli) -> None:
    path = str(xlsx(kfly.folder / "全部.xlsx", Tab("楼宇", SHEET)))
    assert "--set" in kfly.refused("import", path, "--set", "town=华士镇", code=2)


def test_set_gives_a_reference_by_name(kfly: Cli) -> None:
    kfly.ok("import", "building", csv(kfly, HEAD + "\n甲楼,华士镇,1\n"))
    path = csv(kfly, "载体名称,类型,认定日期\n创客空间,众创空间,2022-03-01\n", "载体.csv")

    kfly.ok("import", "carrier", path, "--set", "building=甲楼")
    assert [row["building"] for row in kfly.json("list", "carrier")] == ["甲楼"]


# --update


@pytest.fixture
def two(kfly: Cli) -> Cli:
    """A registry of two buildings."""
    kfly.ok(
        "import",
        "building",
        csv(
            kfly,
            HEAD + ",地址,摸排日期,改造完成日期\n"
            "甲楼,华士镇,100,人民路1号,2022-03-01,2022-06-01\n乙楼,周庄镇,200,,2022-03-02,\n",
            "第一次.csv",
        ),
    )
    return kfly


def test_update_changes_only_the_columns_that_the_file_has(two: Cli) -> None:
    path = csv(two, "名称,镇街,面积\n甲楼,华士,150\n")

    assert counts(two, "building", path, "--update") == (0, 1, 0)
    assert buildings(two, "name", "floor_area", "address", "surveyed_on", "renovated_on") == [
        ("甲楼", 150, "人民路1号", "2022-03-01", "2022-06-01"),
        ("乙楼", 200, None, "2022-03-02", None),
    ]


def test_a_blank_cell_changes_nothing(two: Cli) -> None:
    path = csv(two, HEAD + ",地址,摸排日期\n甲楼,华士镇,,　,2022-03-05\n")

    assert counts(two, "building", path, "--update") == (0, 1, 0)
    assert buildings(two, "floor_area", "address", "surveyed_on")[0] == (100, "人民路1号", "2022-03-05")


def test_update_needs_only_the_columns_by_which_a_record_is_known(two: Cli) -> None:
    assert counts(two, "building", csv(two, "名称,镇街,地址\n乙楼,周庄镇,周庄路2号\n"), "--update") == (
        0,
        1,
        0,
    )
    assert buildings(two, "name", "address") == [("甲楼", "人民路1号"), ("乙楼", "周庄路2号")]


def test_rows_that_say_nothing_new_are_counted_and_left_alone(two: Cli) -> None:
    path = csv(two, HEAD + ",摸排日期\n甲楼,华士,0.01万㎡,2022年3月1日\n乙楼,周庄镇,200,\n")
    before = rows_in(two.db)

    assert counts(two, "building", path, "--update") == (0, 0, 2)
    assert rows_in(two.db) == before


def test_update_adds_what_is_not_there_yet(two: Cli) -> None:
    path = csv(two, HEAD + "\n甲楼,华士镇,100\n乙楼,周庄镇,250\n甲楼,周庄镇,300\n")

    assert counts(two, "building", path, "--update") == (1, 1, 1)
    assert buildings(two, "id", "name", "town", "floor_area") == [
        (1, "甲楼", "华士镇", 100),
        (2, "乙楼", "周庄镇", 250),
        (3, "甲楼", "周庄镇", 300),
    ]


def test_a_new_row_still_needs_what_every_record_needs(two: Cli) -> None:
    path = csv(two, "名称,镇街,地址\n甲楼,华士镇,人民路3号\n丙楼,华士镇,人民路4号\n")

    (fault,) = faults(two, "building", path, "--update")
    assert (fault[0], fault[2]) == (3, "floor_area")


def test_what_was_changed_is_said(two: Cli) -> None:
    path = csv(two, HEAD + ",地址\n甲楼,华士镇,150,人民路1号\n乙楼,周庄镇,200,周庄路2号\n丙楼,华士镇,1,\n")

    assert two.ok("--lang", "en", "import", "building", path, "--update").splitlines() == [
        "甲楼: Floor area (m²) 100 → 150",
        "乙楼: Address — → 周庄路2号",
        "楼宇.csv: 1 added, 2 updated, 0 unchanged.",
    ]


def test_a_record_is_checked_with_what_is_in_the_registry(two: Cli) -> None:
    path = csv(two, "名称,镇街,摸排日期\n甲楼,华士镇,2022-07-01\n乙楼,周庄镇,2022-07-01\n")
    run = two("--lang", "en", "import", "building", path, "--update", "--json")

    (error,) = document(run)["errors"]
    assert error["row"] == 2
    assert "2022-06-01" in (error["value"] or "") + error["message"]
    assert buildings(two, "surveyed_on") == [("2022-03-01",), ("2022-03-02",)]


def test_dates_may_move_together(two: Cli) -> None:
    path = csv(two, "名称,镇街,摸排日期,改造完成日期\n甲楼,华士镇,2022-07-01,2022-08-01\n")
    assert counts(two, "building", path, "--update") == (0, 1, 0)


def test_the_same_record_twice_is_an_error_with_update_too(two: Cli) -> None:
    path = csv(two, HEAD + "\n甲楼,华士镇,150\n丙楼,华士镇,1\n甲楼,华士,160\n")
    assert faults(two, "building", path, "--update") == [(4, "A", "name", "甲楼")]


def test_set_says_for_update_of_which_town_the_buildings_are(two: Cli) -> None:
    path = csv(two, "名称,面积\n甲楼,150\n")

    assert counts(two, "building", path, "--update", "--set", "town=华士镇") == (0, 1, 0)
    assert buildings(two, "name", "floor_area") == [("甲楼", 150), ("乙楼", 200)]


def test_set_changes_records_that_are_there(two: Cli) -> None:
    path = csv(two, "名称,镇街\n甲楼,华士镇\n乙楼,周庄镇\n")

    assert counts(two, "building", path, "--update", "--set", "权属性质=集体") == (0, 2, 0)
    assert buildings(two, "ownership") == [("集体",), ("集体",)]


def test_without_update_nothing_of_a_file_with_known_records_goes_in(two: Cli) -> None:
    path = csv(two, HEAD + "\n丙楼,华士镇,1\n甲楼,华士镇,150\n乙楼,周庄镇,200\n")

    assert faults(two, "building", path) == [(3, "A", "name", "甲楼"), (4, "A", "name", "乙楼")]
    run = two("--lang", "en", "import", "building", path)
    assert "#1" in run.err.splitlines()[0]
    assert "#2" in run.err.splitlines()[1]
    assert "--update" in run.err


def test_a_reference_may_be_changed_to_what_comes_further_down(kfly: Cli) -> None:
    kfly.ok("import", "operator", csv(kfly, "机构名称,引进日期\n启迪之星,2022-01-01\n", "机构.csv"))
    kfly.ok("import", "building", csv(kfly, HEAD + "\n甲楼,华士镇,1\n"))
    path = xlsx(
        kfly.folder / "全部.xlsx",
        Tab("楼宇", [["名称", "镇街", "运营机构"], ["甲楼", "华士镇", "清控科创"]]),
        Tab(
            "专业运营机构",
            [["机构名称", "引进日期"], ["启迪之星", date(2022, 1, 1)], ["清控科创", date(2022, 2, 1)]],
        ),
    )

    assert counts(kfly, str(path), "--update") == (1, 1, 1)
    assert buildings(kfly, "operator") == [("清控科创",)]


# --dry-run


def test_a_dry_run_says_what_would_be_done_and_keeps_nothing_of_it(two: Cli) -> None:
    path = csv(two, HEAD + "\n甲楼,华士镇,150\n乙楼,周庄镇,200\n丙楼,华士镇,1\n")
    before = rows_in(two.db)
    said = two.ok("--lang", "en", "import", "building", path, "--update", "--dry-run").splitlines()

    assert said[0] == "甲楼: Floor area (m²) 100 → 150"
    assert said[1].startswith("楼宇.csv: 1 added, 1 updated, 1 unchanged.")
    assert "nothing was kept" in said[1]
    assert counts(two, "building", path, "--update", "--dry-run") == (1, 1, 1)
    assert rows_in(two.db) == before


def test_in_a_dry_run_later_files_see_the_earlier_ones(kfly: Cli) -> None:
    kfly.folder.joinpath("一").mkdir()
    first, again = (
        csv(kfly, HEAD + "\n甲楼,华士镇,100\n", "一.csv"),
        csv(kfly, HEAD + "\n甲楼,华士镇,1\n", "二.csv"),
    )
    before = rows_in(kfly.db)
    done = document(kfly("import", "building", first, again, "--dry-run", "--json"))

    assert (done["added"], [error["file"] for error in done["errors"]]) == (1, ["二.csv"])
    assert rows_in(kfly.db) == before


def test_in_a_dry_run_later_files_refer_to_the_earlier_ones(kfly: Cli) -> None:
    first = xlsx(kfly.folder / "一.xlsx", Tab("楼宇", SHEET))
    second = xlsx(
        kfly.folder / "二.xlsx",
        Tab(
            "科创载体",
            [["载体名称", "类型", "认定日期", "楼宇"], ["创客", "孵化器", date(2022, 3, 1), "乙楼"]],
        ),
    )
    before = rows_in(kfly.db)

    assert counts(kfly, str(first), str(second), "--dry-run") == (3, 0, 0)
    assert rows_in(kfly.db) == before


def test_in_a_dry_run_later_files_do_not_see_what_was_refused(kfly: Cli) -> None:
    faulty = csv(kfly, HEAD + "\n甲楼,华士镇,100\n乙楼,火星镇,1\n", "一.csv")
    sound = csv(kfly, HEAD + "\n甲楼,华士镇,100\n", "二.csv")
    done = document(kfly("import", "building", faulty, sound, "--dry-run", "--json"))

    assert (done["added"], [error["file"] for error in done["errors"]]) == (1, ["一.csv"])


# Several files


def test_of_several_files_the_sound_ones_go_in_and_the_faulty_one_does_not(kfly: Cli) -> None:
    paths = [
        csv(kfly, HEAD + "\n甲楼,华士镇,1\n乙楼,华士镇,2\n", "华士.csv"),
        csv(kfly, HEAD + "\n丙楼,周庄镇,3\n丁楼,火星镇,x\n", "周庄.csv"),
        workbook(kfly, [["名称", "镇街", "面积"], ["戊楼", "新桥镇", 5]], "新桥.xlsx"),
    ]
    done = document(kfly("import", "building", *paths, "--json"))

    assert (done["added"], done["updated"], done["unchanged"]) == (3, 0, 0)
    assert [(error["file"], error["row"], error["column"]) for error in done["errors"]] == [
        ("周庄.csv", 3, "B"),
        ("周庄.csv", 3, "C"),
    ]
    assert buildings(kfly, "name") == [("甲楼",), ("乙楼",), ("戊楼",)]


def test_of_several_files_each_is_told_for_itself(kfly: Cli) -> None:
    paths = [
        csv(kfly, HEAD + "\n甲楼,华士镇,1\n", "华士.csv"),
        csv(kfly, HEAD + "\n丁楼,火星镇,1\n", "周庄.csv"),
        csv(kfly, HEAD + "\n戊楼,新桥镇,5\n", "新桥.csv"),
    ]
    run = kfly("--lang", "en", "import", "building", *paths)

    assert run.code == 1
    assert run.out.splitlines() == [
        "华士.csv: 1 added.",
        "新桥.csv: 1 added.",
        "Files: 3, refused: 1; 2 added.",
    ]
    assert run.err.splitlines()[0] == "周庄.csv: nothing was imported. Faults: 1, the first at B2."


def test_a_file_that_cannot_be_read_keeps_no_other_out(kfly: Cli) -> None:
    sound = csv(kfly, HEAD + "\n甲楼,华士镇,1\n")
    done = document(kfly("import", "building", "没有.csv", sound, "--json"))

    assert (done["added"], [error["file"] for error in done["errors"]]) == (1, ["没有.csv"])
    assert buildings(kfly, "name") == [("甲楼",)]


def test_later_files_see_earlier_ones(kfly: Cli) -> None:
    first, second = (
        csv(kfly, HEAD + "\n甲楼,华士镇,1\n", "一.csv"),
        csv(kfly, HEAD + "\n甲楼,华士镇,2\n", "二.csv"),
    )
    done = document(kfly("import", "building", first, second, "--json"))

    assert (done["added"], [error["file"] for error in done["errors"]]) == (1, ["二.csv"])
    assert buildings(kfly, "floor_area") == [(1,)]


def test_two_files_of_one_name_are_told_apart(kfly: Cli) -> None:
    paths = [
        csv(kfly, HEAD + "\n甲楼,火星镇,1\n", "华士/楼宇.csv"),
        csv(kfly, HEAD + "\n乙楼,火星镇,1\n", "周庄/楼宇.csv"),
        csv(kfly, HEAD + "\n丙楼,火星镇,1\n", "其他/新桥.csv"),
    ]
    done = document(kfly("import", "building", *paths, "--json"))

    assert [error["file"] for error in done["errors"]] == [paths[0], paths[1], "新桥.csv"]
    assert "华士/楼宇.csv" in kfly("import", "building", *paths).err.splitlines()[0]


def test_a_file_that_is_named_twice_is_read_once(kfly: Cli) -> None:
    path = csv(kfly, HEAD + "\n甲楼,华士镇,1\n")
    assert counts(kfly, "building", path, path) == (1, 0, 0)


def test_a_file_that_is_named_twice_in_two_ways_is_read_once(kfly: Cli) -> None:
    csv(kfly, HEAD + "\n甲楼,华士镇,1\n")
    assert counts(kfly, "building", "楼宇.csv", "./楼宇.csv") == (1, 0, 0)


def test_an_unknown_reference_is_listed_beside_another_fault_of_its_row(kfly: Cli) -> None:
    path = csv(kfly, "载体名称,载体类型,认定日期,所在楼宇\n创客空间,茶馆,2022-03-01,丙楼\n", "载体.csv")
    assert faults(kfly, "carrier", path) == [
        (2, "B", "type", "茶馆"),
        (2, "D", "building", "丙楼"),
    ]


# --ignore-unknown


def test_unknown_columns_are_an_error_unless_they_are_to_be_passed_over(kfly: Cli) -> None:
    path = csv(kfly, HEAD + ",楼层数,,占地面机\n甲楼,华士镇,100,12,见附件,#N/A\n")

    assert faults(kfly, "building", path) == [
        (1, "D", None, "楼层数"),
        (1, "F", None, "占地面机"),
    ]
    assert counts(kfly, "building", path, "--ignore-unknown") == (1, 0, 0)


def test_passing_over_unknown_columns_makes_no_required_one_needless(kfly: Cli) -> None:
    path = csv(kfly, "楼宇名称,建筑面机,镇街\n甲楼,100,华士镇\n")
    assert faults(kfly, "building", path, "--ignore-unknown") == [(1, None, "floor_area", None)]


def test_passing_over_unknown_columns_passes_over_no_unit_that_does_not_fit(kfly: Cli) -> None:
    path = csv(kfly, HEAD + ",土地面积（万元）\n甲楼,华士镇,100,5\n")
    assert faults(kfly, "building", path, "--ignore-unknown") == [(1, "D", "land_area", "土地面积（万元）")]


# The document


def test_the_document_has_these_keys_and_no_others(kfly: Cli) -> None:
    sound, faulty = csv(kfly, HEAD + "\n甲楼,华士镇,1\n", "一.csv"), workbook(kfly, [["名称"], ["乙楼"]])
    done = document(kfly("import", "building", sound, faulty, "--json"))

    assert list(done) == ["added", "updated", "unchanged", "errors", "error_count"]
    assert {tuple(error) for error in done["errors"]} == {
        ("file", "sheet", "row", "column", "field", "value", "message")
    }
    assert [(error["file"], error["sheet"]) for error in done["errors"]] == [("楼宇.xlsx", "Sheet1")] * 2


def test_the_document_of_a_refused_file_counts_nothing(kfly: Cli) -> None:
    path = csv(kfly, HEAD + "\n甲楼,华士镇,1\n乙楼,火星镇,2\n")
    done = document(kfly("import", "building", path, "--json"))

    assert (done["added"], done["updated"], done["unchanged"], len(done["errors"])) == (0, 0, 0, 1)
    assert buildings(kfly, "name") == []


def test_a_thousand_faults_are_all_listed(kfly: Cli) -> None:
    rows = "".join(f"{n}号楼,火星镇,很大\n" for n in range(500))
    run = kfly("--lang", "en", "import", "building", csv(kfly, f"{HEAD}\n{rows}"))

    assert len(run.err.splitlines()) == 1001
    assert run.err.splitlines()[-1] == "楼宇.csv: nothing was imported. Faults: 1000."


# Without a kind


CARRIERS: Rows = [
    ["载体名称", "载体类型", "认定日期", "所在楼宇", "运营机构"],
    ["创客空间", "众创空间", date(2022, 3, 1), "甲楼", "启迪之星"],
]
EVALUATIONS: Rows = [
    ["科创载体", "评估年度", "评估得分", "评估日期"],
    ["创客空间", 2022, 90, date(2022, 12, 20)],
]
OPERATORS: Rows = [["机构名称", "引进日期"], ["启迪之星", date(2022, 1, 1)]]


def test_without_a_kind_each_sheet_is_called_by_its_own_and_may_stand_in_any_order(kfly: Cli) -> None:
    path = xlsx(
        kfly.folder / "全部.xlsx",
        Tab("载体评估", EVALUATIONS),
        Tab("Carriers", CARRIERS),
        Tab("Sheet2", []),
        Tab("building", SHEET),
        Tab("专业运营机构", OPERATORS),
        Tab("填写说明", [["一、……"]]),
        Tab("旧", [["名称"], ["旧楼"]], hidden=True),
    )

    assert counts(kfly, str(path)) == (5, 0, 0)
    (carrier,), (evaluation,) = kfly.json("list", "carrier"), kfly.json("list", "evaluation")
    assert (carrier["building"], carrier["operator"]) == ("甲楼", "启迪之星")
    assert evaluation["carrier"] == "创客空间"
    assert buildings(kfly, "name") == [("甲楼",), ("乙楼",)]


def test_without_a_kind_one_faulty_sheet_keeps_the_others_out(kfly: Cli) -> None:
    path = xlsx(
        kfly.folder / "全部.xlsx",
        Tab("科创载体", [CARRIERS[0], ["创客空间", "茶馆", date(2022, 3, 1), "丙楼", "启迪之星"]]),
        Tab("楼宇", [*SHEET, ["丁楼", "火星镇", 1]]),
        Tab("专业运营机构", OPERATORS),
    )
    before = rows_in(kfly.db)
    done = document(kfly("import", str(path), "--json"))

    found = {(error["sheet"], error["row"], error["column"], error["value"]) for error in done["errors"]}
    assert found == {("科创载体", 2, "B", "茶馆"), ("科创载体", 2, "D", "丙楼"), ("楼宇", 4, "B", "火星镇")}
    assert done["added"] == 0
    assert rows_in(kfly.db) == before


def test_without_a_kind_a_sheet_that_no_kind_is_called_is_an_error_that_names_it(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "全部.xlsx", Tab("楼宇", SHEET), Tab("华士镇", SHEET))
    assert "“华士镇”" in kfly.refused("--lang", "en", "import", str(path))


def test_without_a_kind_a_csv_file_cannot_say_what_it_is(kfly: Cli) -> None:
    assert "KIND" in kfly.refused("--lang", "en", "import", csv(kfly, HEAD + "\n甲楼,华士镇,1\n"))


def test_a_record_that_stands_in_two_sheets_is_an_error_that_names_both_places(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "全部.xlsx", Tab("楼宇", SHEET), Tab("building", [SHEET[0], SHEET[2]]))
    run = kfly("--lang", "en", "import", str(path))

    assert (run.code, run.out) == (1, "")
    assert (
        run.err.splitlines()[0] == "全部.xlsx building!A2 Building: “乙楼” is the same record as row 楼宇!3"
    )


def test_a_kind_that_is_not_known_is_refused_with_the_nearest(kfly: Cli) -> None:
    path = csv(kfly, HEAD + "\n甲楼,华士镇,1\n")
    assert "“building”" in kfly.refused("--lang", "en", "import", "bulding", path)


def test_a_kind_without_a_file_is_wrong_usage(kfly: Cli) -> None:
    kfly.refused("import", "building", code=2)


@pytest.mark.parametrize("kind", ["building", "楼宇", "Buildings"])
def test_the_kind_may_be_named_by_its_labels(kfly: Cli, kind: str) -> None:
    assert counts(kfly, kind, csv(kfly, HEAD + "\n甲楼,华士镇,1\n")) == (1, 0, 0)


# --sheet


def test_sheet_chooses_among_several(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "全部.xlsx", Tab("一季度", SHEET[:2]), Tab("二季度", [SHEET[0], SHEET[2]]))

    assert counts(kfly, "building", str(path), "--sheet", "二季度") == (1, 0, 0)
    assert buildings(kfly, "name") == [("乙楼",)]


def test_a_sheet_that_is_named_has_to_hold_the_kind_although_another_would(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "全部.xlsx", Tab("楼宇", SHEET), Tab("专业运营机构", OPERATORS))
    assert faults(kfly, "building", str(path), "--sheet", "专业运营机构") != []


def test_a_hidden_sheet_alone_is_not_read(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "全部.xlsx", Tab("封面", []), Tab("楼宇", SHEET, hidden=True))

    kfly.refused("import", "building", str(path))
    assert counts(kfly, "building", str(path), "--sheet", "楼宇") == (2, 0, 0)
