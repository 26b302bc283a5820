"""``list`` narrowed, sorted, cut and added up, by fields as people call them and values as they type them."""

import pytest

from tests.support.runner import Cli

BUILDINGS = (
    ("甲楼", "华士镇", "5.2万", "集体", "2022-02-10", "闲置"),
    ("乙楼", "澄江街道", "9800.5", "国有", "2022-03-01", "在用"),
    ("丙楼", "华士镇", "3万", "国有", None, None),
    ("丁楼", "高新区", "50000", "企业", "2022-03-31", "闲置"),
)


@pytest.fixture
def kfly(kfly: Cli) -> Cli:
    kfly.ok("add-operator", "--name", "甲机构", "--introduced-on", "2022-01-05")
    for name, town, area, ownership, surveyed, condition in BUILDINGS:
        kfly.ok(
            *("add-building", "--name", name, "--town", town, "--floor-area", area, "--ownership", ownership),
            *(("--surveyed-on", surveyed) if surveyed else ()),
            *(("--condition", condition) if condition else ()),
        )
    kfly.ok("set", "building", "甲楼", "renovated_on=2022-09-01", "operator=甲机构", "idle_area=2000")
    return kfly


def names(kfly: Cli, *args: str) -> str:
    """The first signs of the names, in their order."""
    rows = kfly.json("list", "building", "--as-of", "2022-12-31", *args)
    return "".join(row["name"][0] for row in rows)


CONDITIONS = {
    "floor_area>=50000": "甲丁",
    "floor_area>50000": "甲",
    "floor_area<=5万": "乙丙丁",
    "floor_area<9800.5": "",
    "floor_area!=3万": "甲乙丁",
    "floor_area=5.2万平方米": "甲",
    "floor-area >= 5万": "甲丁",
    "建筑面积≥50,000㎡": "甲丁",
    "建筑面积≤３万": "乙丙",
    "建筑面积＞＝5万": "甲丁",
    "建筑面积＜5万": "乙丙",
    "建筑面积≠5万": "甲乙丙",
    "建筑面积＝30000": "丙",
    "Floor area==30000": "丙",
    "surveyed_on>=2022年3月1日": "乙丁",
    "摸排日期<2022/3/1": "甲",
    "surveyed_on=": "丙",
    "surveyed_on!=": "甲乙丁",
    "town=城东街道": "丁",
    "town!=华士镇": "乙丁",
    "condition!=闲置": "乙丙",  # what is empty differs
    "operator=甲机构": "甲",
    "operator!=甲机构": "乙丙丁",
    "stage=surveyed": "乙丁",
    "stage=已摸排": "乙丁",
    "阶段=Renovated": "甲",
    "stage!=surveyed": "甲丙",
    "stage=": "丙",
    "note=a>=b": "",
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_narrows_the_list(kfly: Cli, condition: str) -> None:
    assert names(kfly, "--where", condition) == CONDITIONS[condition]


def test_conditions_combine_and_two_on_one_field_are_a_range(kfly: Cli) -> None:
    assert names(kfly, "--where", "floor_area>=1万", "--where", "floor_area<5.2万") == "丙丁"
    assert names(kfly, "--where", "town=华士镇", "--where", "stage=renovated") == "甲"
    assert names(kfly, "--where", "town=华士镇", "--where", "town=华士镇") == "甲丙"
    assert names(kfly, "--where", "town!=华士镇", "--where", "town!=高新区") == "乙"


def test_the_stage_is_that_of_the_day_asked(kfly: Cli) -> None:
    args = ("list", "building", "--where", "stage=surveyed", "--as-of", "2022-03-01")

    assert [row["name"] for row in kfly.json(*args)] == ["甲楼", "乙楼"]


def test_an_outcome_is_asked_for_by_code_or_word(kfly: Cli) -> None:
    kfly.ok("add-carrier", "--name", "载体", "--type", "孵化器", "--recognized-on", "2022-01-01")
    for year, score in ((2022, 59), (2023, 60)):
        day = f"{year}-12-01"
        args = ("--carrier", "载体", "--year", str(year), "--score", str(score), "--assessed-on", day)
        kfly.ok("add-evaluation", *args)

    for word in ("warning", "亮牌警示", "WARNING"):
        assert [row["year"] for row in kfly.json("list", "evaluation", "--where", f"outcome={word}")] == [
            2022
        ]
    assert [row["year"] for row in kfly.json("list", "evaluation", "--where", "结果!=warning")] == [2023]


def test_every_wrong_value_has_a_line(kfly: Cli) -> None:
    run = kfly(
        *("--lang", "en", "list", "building", "--where", "floor_area>=viel", "--where", "town=火星镇"),
    )

    assert (run.code, run.out, run.err.count("\n")) == (1, "", 2)


SORTED = {
    "floor_area": "乙丙丁甲",
    "-floor_area": "甲丁丙乙",
    "摸排日期": "甲乙丁丙",  # without a value last
    "-surveyed-on": "丁乙甲丙",
    "town": "乙甲丙丁",  # the plan's order
    "ownership": "乙丙甲丁",  # that of the choices
    "stage": "乙丁甲丙",
    "-stage": "甲乙丁丙",
    "id": "甲乙丙丁",
    "-id": "丁丙乙甲",
    "operator": "甲乙丙丁",
}


@pytest.mark.parametrize("field", SORTED)
def test_a_list_is_sorted(kfly: Cli, field: str) -> None:
    assert names(kfly, "--sort", field) == SORTED[field]
    assert names(kfly, f"--sort={field}") == SORTED[field]


def test_with_a_limit_it_says_how_many_there_are(kfly: Cli) -> None:
    assert names(kfly, "--sort", "-floor_area", "--limit", "2") == "甲丁"
    assert "\nBuildings: 2 of 4\n" in kfly.ok("--lang", "en", "list", "building", "--limit", "2")
    assert "\n楼宇：列出 2 条，共 4 条\n" in kfly.ok("list", "building", "--limit", "２")
    assert "\nBuildings: 4\n" in kfly.ok("--lang", "en", "list", "building", "--limit", "4")


def test_sums_are_of_all_that_is_found_and_exact(kfly: Cli) -> None:
    shown = kfly.ok("--lang", "en", "list", "building", "--sum", "floor_area,闲置面积", "--limit", "1")
    some = kfly.ok("list", "building", "--where", "town=华士镇", "--sum", "建筑面积", "--sum", "idle_area")

    assert "\nSum of Floor area (m²): 141,800.5\nSum of Idle area (m²): 2,000\n" in shown
    assert "\n建筑面积（m²）合计：82,000\n闲置面积（m²）合计：2,000\n" in some
    assert len(kfly.json("list", "building", "--sum", "floor_area")) == 4


def test_columns_are_those_asked_for_in_that_order(kfly: Cli) -> None:
    args = (
        "list",
        "building",
        "--columns",
        "建筑面积，name,stage",
        "--columns",
        "计入",
        "--as-of",
        "2022-12-31",
    )
    first, *_others = kfly.json(*args)
    heading = kfly.ok("--lang", "en", *args).splitlines()[0].split("  ")

    assert list(first.items()) == [
        ("id", 1),
        ("floor_area", 52000),
        ("name", "甲楼"),
        ("stage", "renovated"),
        ("counts_toward", ["buildings_renovated", "large_buildings_renovated"]),
        ("not_counted", {}),
    ]
    assert [word.strip() for word in heading if word] == [
        *("#", "Floor area (m²)", "Building", "Stage", "Counts toward"),
    ]


def test_columns_may_leave_out_what_a_record_must_have(kfly: Cli) -> None:
    assert kfly.json("list", "building", "--columns", "town", "--limit", "1") == [{"id": 1, "town": "华士镇"}]


def test_nothing_found_is_said_and_no_fault(kfly: Cli) -> None:
    shown = kfly.ok("--lang", "en", "list", "building", "--where", "floor_area>1亿", "--sum", "floor_area")

    assert shown.startswith("Buildings: 0\nSum of Floor area (m²): 0\n")
