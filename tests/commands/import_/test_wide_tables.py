"""Statistics tables with a row an indicator and a column a period (宽表) become reported figures."""

import json
from datetime import date
from typing import Any

import pytest

from tests.support.old_workbooks import Sheet, old
from tests.support.promise_city import PLAN, write_plan
from tests.support.runner import Cli
from tests.support.sheet_makers import Failed, Rows, Styled, Tab, ods, text, xlsx

TARGETS = {
    "growth": 'reported: level, unit: "%"',
    "invested": "reported: running, unit: 亿元",
    "paid": "reported: amount, unit: 万元",
    "income": "reported: level, per: town, except: [南镇], at_least: 3, unit: 元",
    "people": "reported: level, unit: 万人",
    "counted": "count: event, unit: 场",
}
NAMED = {"growth": "地区生产总值增速", "invested": "固定资产投资", "people": "常住人口", "income": "人均收入"}
MONTHS = [f"{month}月" for month in range(1, 13)]


def begin(kfly: Cli, head: str = PLAN) -> None:
    plan = write_plan(TARGETS, head)
    for key, name in NAMED.items():
        plan = plan.replace(f"name: {key},", f"name: {name},")
    (kfly.folder / "targets.yaml").write_text(plan, encoding="utf-8")
    kfly.ok("init", "--targets", "targets.yaml")


@pytest.fixture
def kfly(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty)
    return empty


def sheet(kfly: Cli, rows: Rows, *merged: str, name: str = "表.xlsx", tab: str = "Sheet1") -> str:
    return str(xlsx(kfly.folder / name, Tab(tab, rows, merged)))


def csv(kfly: Cli, *lines: str, name: str = "表.csv") -> str:
    return str(text(kfly.folder / name, "\n".join(lines) + "\n"))


def figures(kfly: Cli) -> list[tuple[Any, ...]]:
    """All that is recorded: target, town, day, value."""
    found = kfly.json("list", "figure")
    return [(row["target"], row["town"], row["stated_on"], row["value"]) for row in found]


def faults(kfly: Cli, path: str, *options: str) -> list[tuple[Any, ...]]:
    """The cell and the message of each fault of a table of which nothing is kept."""
    before = figures(kfly)
    run = kfly("import", "figure", path, "--json", *options)
    assert (run.code, run.err) == (1, "")
    assert figures(kfly) == before
    errors = json.loads(run.out)["errors"]
    return [(f"{e['column'] or ''}{e['row']}", e["value"], e["message"]) for e in errors]


def year_table() -> list[list[Any]]:
    """Three indicators in twelve months, under a year that spans them."""
    return [
        ["望县主要经济指标"],
        ["序号", "指标", "单位", "2022年"],
        [None, None, None, *MONTHS],
        [1, "一、综合"],
        [2, "1.地区生产总值增速", "%", *(6 + month / 10 for month in range(12))],
        [3, "固定资产投资（亿元）", None, None, *(70.5 * month for month in range(2, 13))],
        [4, "常住人口", "人", *(1_200_000 + 1000 * month for month in range(11)), "…"],
        ["注：数据来自统计局"],
    ]


MERGED = ("A1:O1", "A2:A3", "B2:B3", "C2:C3", "D2:O2")


def test_each_cell_is_a_figure_of_the_last_day_of_its_period(kfly: Cli) -> None:
    said = kfly.ok("import", "figure", sheet(kfly, year_table(), *MERGED))

    assert " ".join(said.split()) == (
        "表.xlsx Sheet1: a wide table, a column a period: indicators 3, periods 12, from 2022-01-31 to"
        " 2022-12-31; the year is that of the line above the headings. 表.xlsx: 34 added."
    )
    found = figures(kfly)
    assert found[0] == ("growth", None, "2022-01-31", 6)
    assert found[12] == ("invested", None, "2022-02-28", 141)
    assert found[-1] == ("people", None, "2022-11-30", 121)
    assert len(found) == 34


def test_it_says_so_in_chinese(kfly: Cli) -> None:
    said = kfly.ok("--lang", "zh", "import", "figure", sheet(kfly, year_table(), *MERGED), "--dry-run")

    assert "".join(said.split()).startswith(
        "表.xlsxSheet1：宽表（每列一个时期），指标3个、时期12个，2022-01-31至2022-12-31；年份依据：表头上一行。"
    )
    assert figures(kfly) == []


@pytest.mark.parametrize("form", ["csv", "ods", "xls", "xlsx"])
def test_every_format_is_understood_alike_merged_or_not(kfly: Cli, form: str) -> None:
    rows = year_table()
    paths = {
        "csv": lambda: text(
            kfly.folder / "表.csv",
            "\n".join(",".join("" if c is None else f"{c}" for c in cells) for cells in rows),
        ),
        "ods": lambda: ods(kfly.folder / "表.ods", Tab("Sheet1", rows)),
        "xls": lambda: old(kfly.folder / "表.xls", Sheet(rows, name="Sheet1")),
    }
    path = paths.get(form, lambda: xlsx(kfly.folder / "表.xlsx", Tab("Sheet1", rows)))()
    assert kfly.json("import", "figure", str(path))["added"] == 34
    assert figures(kfly)[-1] == ("people", None, "2022-11-30", 121)


@pytest.mark.parametrize(
    ("name", "tab", "title", "said"),
    [
        ("表.xlsx", "Sheet1", "2023年1—3月主要指标", "the title"),
        ("表.xlsx", "2023", "主要指标", "the sheet's name"),
        ("2023年一季度.xlsx", "Sheet1", "主要指标（2022—2024年行动）", "the file's name"),
        ("2024.xlsx", "2024", "2023年度指标", "the title"),
    ],
)
def test_the_year_is_that_of_the_title_else_of_the_sheet_else_of_the_file(
    kfly: Cli, name: str, tab: str, title: str, said: str
) -> None:
    rows: Rows = [[title], ["指标", "1月", "3月累计"], ["growth", 5, 6]]
    told = kfly.ok("import", "figure", sheet(kfly, rows, name=name, tab=tab))
    assert f"the year is that of {said}." in " ".join(told.split())
    assert [row[2] for row in figures(kfly)] == ["2023-01-31", "2023-03-31"]


def test_without_any_year_a_table_is_refused_with_what_to_do(kfly: Cli) -> None:
    ((cell, value, message),) = faults(kfly, csv(kfly, "指标,1月,2月", "growth,5,6"))
    assert (cell, value) == ("B1", "1月")
    assert message.startswith("does not say of which year; write the year above the headings, into the title")


def test_two_years_in_one_title_decide_nothing(kfly: Cli) -> None:
    path = csv(kfly, "2022年与2021年对比", "指标,1月", "growth,5", name="2022.csv")
    assert [cell for cell, _value, _message in faults(kfly, path)] == ["B2"]


def test_the_only_year_of_a_plan_is_meant_where_no_other_is_named(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty, PLAN.replace("2024-12-31", "2022-12-31"))
    empty.ok("import", "figure", csv(empty, "指标,1月", "growth,5"))
    assert figures(empty) == [("growth", None, "2022-01-31", 5)]


def test_fiscal_periods_are_the_plans(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty, PLAN.replace("language: en", "language: en, year_starts: 04-01"))
    empty.ok("import", "figure", csv(empty, "指标,2022/23Q3,2022/23", "growth,5,6"))
    assert [row[2] for row in figures(empty)] == ["2022-12-31", "2023-03-31"]


def test_headings_with_years_of_their_own_need_no_other(kfly: Cli) -> None:
    days = [Styled(date(2022, 3, 1), 'yyyy"年"m"月"'), Styled(date(2023, 3, 1), 'yyyy"年"m"月"')]
    kfly.ok("import", "figure", sheet(kfly, [["指标", *days, "2024Q1"], ["growth", 5, 6, 7]]))
    assert [row[2] for row in figures(kfly)] == ["2022-03-31", "2023-03-31", "2024-03-31"]


def test_each_year_above_the_headings_stands_over_all_up_to_the_next(kfly: Cli) -> None:
    lines = ("2021年统计", ",2022年,,2023年", "指标,上半年,全年,上半年", "growth,5,6,7")
    kfly.ok("import", "figure", csv(kfly, *lines))
    assert [row[2] for row in figures(kfly)] == ["2022-06-30", "2022-12-31", "2023-06-30"]


def test_figures_of_2000_below_the_headings_are_no_years(kfly: Cli) -> None:
    kfly.ok("import", "figure", csv(kfly, "指标,2022年,2023年", "paid,2000,2010"))
    assert [(row[2], row[3]) for row in figures(kfly)] == [("2022-12-31", 2000), ("2023-12-31", 2010)]


def test_a_column_names_the_towns(kfly: Cli) -> None:
    lines = (
        "2022年",
        "指标,地区,1月,2月",
        "人均收入,东乡,5,6",
        "人均收入,西镇,7,",
        "growth,,1,2",
        ",合计,9,9",
    )
    told = kfly.ok("import", "figure", csv(kfly, *lines))
    assert "rows passed over as no records: 6." in told
    assert figures(kfly) == [
        ("income", "东镇", "2022-01-31", 5),
        ("income", "东镇", "2022-02-28", 6),
        ("income", "西镇", "2022-01-31", 7),
        ("growth", None, "2022-01-31", 1),
        ("growth", None, "2022-02-28", 2),
    ]


def test_rows_may_be_towns_where_the_target_is_given(kfly: Cli) -> None:
    path = csv(kfly, "2022年人均收入", "镇街,1月,2月", "东镇,5,6", "西镇,7,/", "合计,12,6")
    assert faults(kfly, path) == [
        ("2", None, "is required and has no column; add one, or give it with --set target=…")
    ]
    kfly.ok("import", "figure", path, "--set", "target=income")
    assert [row[:2] for row in figures(kfly)] == [("income", "东镇"), ("income", "东镇"), ("income", "西镇")]


@pytest.mark.parametrize("nothing", ["", "—", "…", "/", "-", "--", "——", "...", " — "])
def test_a_cell_that_says_nothing_is_no_figure(kfly: Cli, nothing: str) -> None:
    kfly.ok("import", "figure", csv(kfly, "2022年", "指标,1月,2月", f"growth,{nothing},0"))
    assert figures(kfly) == [("growth", None, "2022-02-28", 0)]


def test_the_unit_of_a_row_is_reckoned_with(kfly: Cli) -> None:
    lines = ("2022年", "指标,计量单位,1月", "invested,万元,85000", "常住人口,人,1200000", "growth,/,6.5%")
    kfly.ok("import", "figure", csv(kfly, *lines, "paid（亿元）,,0.5"))
    assert [row[3] for row in figures(kfly)] == [8.5, 120, 6.5, 5000]


def test_each_fault_names_its_own_cell_once(kfly: Cli) -> None:
    lines = (
        "2022年",
        "指标,单位,地区,1月,一季度,上半年",
        "固定资产投,亿元,,1,2,3",
        "growth,亩,,1,2,3",
        "income,,,1,2,3",
        "growth,,东镇,1,2,3",
        "income,,北镇,1,2,3",
        "counted,,,1,2,3",
        "growth,,,1,约五,3",
        "growth,,,,,4",
        ",,,1,2,3",
        "invested,,,1亩,2,",
    )
    assert faults(kfly, csv(kfly, *lines)) == [
        ("A3", "固定资产投", "is no target of the plan; did you mean “固定资产投资”?"),
        ("B4", "亩", "is no unit of 地区生产总值增速, which is measured in %"),
        ("C5", None, "is required: income has a figure for each town"),
        ("C6", "东镇", "stands empty: growth has no figures by town"),
        ("C7", "北镇", "is not a town or zone of the plan; did you mean “西镇”?"),
        ("A8", "counted", "is counted from records; only targets with reported: take figures"),
        ("E9", "约五", "is not a number"),
        ("F10", "4", "is the same record as cell F9"),
        ("A11", None, "is required"),
        (
            "D12",
            "1亩",
            "is not an amount of money; write it as 3500万元 or 0.35亿元, or in 亿元",
        ),
    ]


def test_faulty_headings_are_all_named(kfly: Cli) -> None:
    path = csv(kfly, "指标,指标,1月,2022年3月,2022年一季度,同比增长", "growth,growth,1,2,2,3")
    assert [(cell, message.split(";")[0]) for cell, _value, message in faults(kfly, path)] == [
        ("B1", "means the same field as “指标”"),
        ("C1", "does not say of which year"),
        ("E1", "ends on the same day as “2022年3月”"),
        ("F1", "is no field of Reported figures"),
    ]


def test_other_columns_are_passed_over_when_asked(kfly: Cli) -> None:
    lines = ("2022年", "指标,1月,同比增长,数据来源", "growth,5,3,统计局")
    assert [cell for cell, _value, _message in faults(kfly, csv(kfly, *lines))] == ["C2"]
    kfly.ok("import", "figure", csv(kfly, *lines), "--ignore-unknown")
    assert kfly.json("show", "figure", "1")["source"] == "统计局"


def test_what_stands_under_no_heading_is_a_fault(kfly: Cli) -> None:
    path = sheet(kfly, [["2022年"], ["指标", "1月", "", "2月"], ["growth", 1, 2, 3, 4]])
    assert faults(kfly, path) == [
        ("C3", "2", "stands under no heading"),
        ("E3", "4", "stands under no heading"),
    ]


def test_a_figure_merged_over_two_periods_is_a_fault(kfly: Cli) -> None:
    path = sheet(kfly, [["2022年"], ["指标", "1月", "2月"], ["growth", 5, None]], "B3:C3")
    assert faults(kfly, path) == [("B3", "5", "is merged over several periods; give each its own")]


def test_flawed_cells_are_faults_where_they_stand(kfly: Cli) -> None:
    path = sheet(kfly, [["2022年"], ["指标", "1月", "2月"], ["growth", 5, Failed("#N/A")]])
    assert [(cell, value) for cell, value, _message in faults(kfly, path)] == [("C3", "#N/A")]


def test_what_is_there_already_is_named_and_changed_only_with_update(kfly: Cli) -> None:
    kfly.ok("import", "figure", csv(kfly, "2022年", "指标,1月,2月", "growth,5,6"))
    later = csv(kfly, "2022年", "指标,1月,2月,3月", "growth,5,—,8")
    assert faults(kfly, later) == [("B3", "5", "is in the registry already, as #1; --update changes it")]
    later = csv(kfly, "2022年", "指标,1月,2月,3月", "growth,5.5,—,8")
    found = kfly.json("import", "figure", later, "--update")
    assert (found["added"], found["updated"], found["unchanged"]) == (1, 1, 0)
    assert [row[3] for row in figures(kfly)] == [5.5, 6, 8]
    found = kfly.json("import", "figure", later, "--update")
    assert (found["added"], found["updated"], found["unchanged"]) == (0, 0, 2)


def test_the_headings_on_the_next_page_are_no_figures(kfly: Cli) -> None:
    kfly.ok("import", "figure", csv(kfly, "2022年", "指标,1月", "growth,5", "指标,1月", "paid,6"))
    assert len(figures(kfly)) == 2


def test_hidden_rows_and_columns_are_read_and_named(kfly: Cli) -> None:
    rows: Rows = [["2022年"], ["指标", "1月", "2月"], ["growth", 5, 6], ["paid", 7, 8]]
    tab = Tab("Sheet1", rows, hidden_rows=(4,), hidden_columns=("C",))
    told = kfly.ok("import", "figure", str(xlsx(kfly.folder / "表.xlsx", tab)))
    assert "hidden rows, read like the others: Sheet1!4." in told
    assert "hidden columns, read like the others: Sheet1!C." in told
    assert len(figures(kfly)) == 4


def test_faulty_cells_are_marked_in_a_copy(kfly: Cli) -> None:
    path = sheet(kfly, [["2022年"], ["指标", "1月"], ["growth", "约五"]])
    run = kfly("import", "figure", path, "--faults", "标.xlsx")
    assert "Sheet1!B3" in run.err
    assert (kfly.folder / "标.xlsx").exists()


def test_of_several_files_each_says_its_days(kfly: Cli) -> None:
    one = csv(kfly, "2022年", "指标,1月", "growth,5", name="一.csv")
    two = csv(kfly, "2023年", "指标,1月,2月", "growth,5,6", name="二.csv")
    told = kfly.ok("import", "figure", one, two)
    assert "一.csv: 1 added, 2022-01-31 to 2022-01-31." in told
    assert "二.csv: 2 added, 2023-01-31 to 2023-02-28." in told


def test_a_sheet_with_a_row_a_figure_is_read_as_before(kfly: Cli) -> None:
    kfly.ok("import", "figure", csv(kfly, "指标,数值,数据截止日", "growth,5,2022-03-31"))
    path = csv(kfly, "指标,数值,数据截止日,2022年", "growth,5,2022-03-31,7")
    assert [cell for cell, _value, _message in faults(kfly, path)] == ["D1"]


@pytest.mark.parametrize("sign", [" ", "累计", "1", "(", "、", "月"])
def test_headings_and_names_of_any_length_are_told_at_once(kfly: Cli, sign: str) -> None:
    path = csv(kfly, "2022年", f"指标,1月,{sign * 50_000}x", f"{sign * 50_000}x,5,6")
    assert faults(kfly, path)[0][0] == "C2"
    path = csv(kfly, "2022年", "指标,1月", f"{sign * 50_000}x,5")
    assert [cell for cell, _value, _message in faults(kfly, path)] == ["A3"]


def test_a_thousand_periods_are_read(kfly: Cli) -> None:
    days = [date.fromordinal(date(2000, 1, 1).toordinal() + at).isoformat() for at in range(1000)]
    kfly.ok("import", "figure", csv(kfly, ",".join(["指标", *days]), ",".join(["growth", *["5"] * 1000])))
    assert len(figures(kfly)) == 1000
