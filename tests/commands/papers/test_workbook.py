"""``report FILE.xlsx``: the figures of the views, alive in Excel, masked where asked, never half a file."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.support.desk import sheets
from tests.support.runner import Cli
from tests.support.task_county import County
from tests.support.workbooks import Workbook

DAY = "2022-11-30"
ON = ("--as-of", DAY)
HEADING = 2  # the row of the headings of a view
SUMMARY, ATTENTION, TRENDS, FIGURES = "概览", "督办事项", "走势图", "走势数据"
TARGETS, TASKS, LEADS, MEASURES, LEAGUE = "目标", "任务", "牵头部门", "主要工作", "镇街排名"
STAGES, MONEY, EVALUATIONS, DELIVERABLES = "楼宇进展", "资金", "载体评价", "制度成果"


@pytest.fixture
def written(filled: Cli) -> Cli:
    """The command line beside a workbook of the demo's day."""
    filled.ok("--lang", "zh", "report", "paper.xlsx", *ON)
    return filled


@pytest.fixture
def book(written: Cli) -> Workbook:
    return Workbook(written.folder / "paper.xlsx")


def table(cells: list[list[Any]]) -> list[dict[str, Any]]:
    """The rows of a view by its headings, until the first that is empty."""
    headings = cells[HEADING]
    found = []
    for row in cells[HEADING + 1 :]:
        if not any(row):
            break
        found.append(dict(zip(headings, row, strict=True)))
    return found


def test_the_sheets_stand_in_the_order_of_a_meeting_and_the_registry_behind_them(
    written: Cli, book: Workbook
) -> None:
    names = book.names()
    assert names[:8] == [SUMMARY, ATTENTION, TRENDS, TARGETS, TASKS, LEADS, MEASURES, DELIVERABLES]
    assert names.index(LEAGUE) < names.index(STAGES) < names.index(MONEY) < names.index(FIGURES)
    written.ok("--lang", "zh", "export", "-o", "all.xlsx")
    assert names[names.index(FIGURES) + 1 :] == Workbook(written.folder / "all.xlsx").names()


def test_the_registrys_sheets_are_those_of_an_export(written: Cli, book: Workbook) -> None:
    written.ok("--lang", "zh", "export", "-o", "all.xlsx")
    exported = sheets(written.folder / "all.xlsx")
    assert {name: book.values[name] for name in exported} == exported


def test_targets_are_those_of_status(written: Cli, book: Workbook) -> None:
    rows, shown = table(book.values[TARGETS]), written.json("--lang", "zh", "status", *ON)["targets"]
    assert [row["实际"] for row in rows] == [each["actual"] for each in shown]
    assert [row["目标值"] for row in rows] == [each["goal"] for each in shown]
    assert [row["单位"] for row in rows] == [each["unit"] for each in shown]
    expected = ["" if each["expected"] is None else pytest.approx(each["expected"]) for each in shown]
    assert [row["序时应达"] for row in rows] == expected
    assert [row["完成时限"] for row in rows] == [date.fromisoformat(each["due"]) for each in shown]
    assert [row["已达标"] == "✓" for row in rows] == [each["met"] for each in shown]


def test_what_is_unmet_is_never_shown_as_all_of_it(kfly: Cli) -> None:
    kfly.ok(
        *("add-fund", "--name", "大基金", "--type", "风险投资", "--size", "150"),
        *("--registered-on", "2022-05-01"),
    )
    kfly.ok("--lang", "zh", "report", "paper.xlsx", *ON)
    (row,) = [each for each in table(sheets(kfly.folder / "paper.xlsx")[TARGETS]) if each["实际"] == 150]
    assert (row["要求"], row["目标值"], row["进展"], row["已达标"]) == (">", 150, 0.99, "✗")


def test_tasks_are_those_of_tasks(written: Cli, book: Workbook) -> None:
    rows, shown = table(book.values[TASKS]), written.json("--lang", "zh", "tasks", *ON)
    words = {"done": "已完成", "overdue": "逾期", "open": "在办"}
    assert [row["序号"] for row in rows] == [each["number"] for each in shown]
    assert [row["内容"] for row in rows] == [each["title"] for each in shown]
    assert [row["状态"] for row in rows] == [words[each["state"]] for each in shown]
    assert [row["逾期天数"] for row in rows] == [
        "" if each["days_overdue"] is None else each["days_overdue"] for each in shown
    ]
    assert [row["实际完成日期"] for row in rows] == [
        date.fromisoformat(each["completed_on"]) if each["completed_on"] else "" for each in shown
    ]


def test_the_other_views_are_those_of_their_commands(written: Cli, book: Workbook) -> None:
    measures = written.json("--lang", "zh", "measures", *ON)
    assert [row["已完成任务"] for row in table(book.values[MEASURES])] == [
        each["tasks"]["done"] for each in measures
    ]
    deliverables = [found for each in measures for found in each["deliverables"]]
    assert [row["状态"] == "已形成" for row in table(book.values[DELIVERABLES])] == [
        found["done"] for found in deliverables
    ]
    league = written.json("--lang", "zh", "league", *ON)
    assert [(row["名次"], row["镇街园区"]) for row in table(book.values[LEAGUE])] == [
        (each["rank"], each["organisation"]) for each in league
    ]
    towns = written.json("--lang", "zh", "buildings", *ON)["towns"]
    by_town = table(book.values[STAGES])
    assert [row["合计"] for row in by_town[:-1]] == [each["number"] for each in towns]
    assert by_town[-1]["合计（m²）"] == sum(each["floor_area"] for each in towns)
    budget = written.json("--lang", "zh", "budget", *ON)
    assert [row["合计（万元）"] for row in table(book.values[MONEY])][-1] == budget["spent"]
    evaluated = written.json("--lang", "zh", "evaluations", *ON)
    ranked = [row for row in table(book.values[EVALUATIONS]) if row["名次"]]
    assert [row["得分"] for row in ranked] == [each["score"] for each in evaluated["evaluated"]]


def test_trends_are_those_of_trend(written: Cli, book: Workbook) -> None:
    rows = [row for row in table(book.values[FIGURES]) if row["目标"] == "改造楼宇"]
    points = written.json("--lang", "zh", "trend", "buildings_renovated", *ON)["points"]
    assert [row["截至"] for row in rows] == [date.fromisoformat(point["on"]) for point in points]
    assert [row["实际"] for row in rows] == ["" if p["actual"] is None else p["actual"] for p in points]
    assert [row["序时"] for row in rows] == [point["expected"] for point in points]


def test_the_summary_counts_by_formulas_that_hold_what_they_come_to(written: Cli, book: Workbook) -> None:
    shown = written.json("--lang", "zh", "status", *ON)
    tasks, lights = shown["tasks"], [row["light"] for row in shown["targets"]]
    digits = [row for row in book.values[SUMMARY] if any(isinstance(cell, float) for cell in row)]
    met = sum(row["met"] for row in shown["targets"] if row["goal"] is not None)
    targets = [len(lights), met, *(lights.count(code) for code in ("green", "yellow", "red"))]
    named = ("total", "done", "unsigned", "overdue", "behind", "due_soon")
    assert [cell for cell in digits[0] if cell != ""] == targets
    assert [cell for cell in digits[1] if cell != ""] == [tasks[name] for name in named]
    formulas = book.formulas(SUMMARY)
    assert len(formulas) == len(targets) + len(named)
    assert all(re.match(r"(COUNT|COUNTA|COUNTIFS?)\('?(目标|任务)'?!", formula) for formula in formulas)


def test_what_needs_attention_is_what_has_a_red_or_a_yellow_light(written: Cli, book: Workbook) -> None:
    targets = written.json("--lang", "zh", "status", *ON)["targets"]
    tasks = written.json("--lang", "zh", "tasks", *ON)
    lit = [each for each in (*targets, *tasks) if each["light"] in ("red", "yellow")]
    rows = table(book.values[ATTENTION])
    assert len(rows) == len(lit)
    assert {row["亮灯"] for row in rows} <= {"■ 红灯", "▲ 黄灯"}


def test_attention_says_what_a_light_comes_from(empty: Cli) -> None:
    stages = (
        "[{title: 摸排, due: 3月底, needs: [{target: meetings, at_least: 2}]}, {title: 竣工, due: 9月底}]"
    )
    cli = County(empty).begin(
        f"number: 3, title: 科创园, lead: [甲局], stages: {stages}",
        "number: 6, title: 走访, lead: [乙局], ongoing: true, report_every: quarter",
    )
    cli.ok("--lang", "zh", "report", "paper.xlsx", "--as-of", "2022-05-01")
    rows = table(Workbook(cli.folder / "paper.xlsx").values[ATTENTION])
    assert [(row["事项"], row["进展情况"], row["预测或时限"]) for row in rows if row["类别"] == "任务"] == [
        ("3 科创园", "✗ 会议 0/2 次\n第 1 阶段（共 2 个）时限 2022-03-31", "第 1 阶段逾期 31 天"),
        ("6 走访", "2022Q1 未反馈进展", ""),
    ]


@pytest.mark.parametrize("sheet", [ATTENTION, TARGETS, TASKS, MEASURES, LEAGUE, STAGES, MONEY, FIGURES])
def test_every_view_has_frozen_headings_a_filter_and_a_page(book: Workbook, sheet: str) -> None:
    pane = book.pane(sheet)
    assert pane
    assert (pane.state, pane.rows) == ("frozen", HEADING + 1)
    xml = part(book, sheet)
    rows = len(table(book.values[sheet]))
    (last,) = re.findall(r'<autoFilter ref="A3:[A-Z]+(\d+)"', xml)
    assert int(last) <= HEADING + 1 + rows
    assert '<pageSetup paperSize="9"' in xml
    assert 'orientation="landscape"' in xml
    assert f"'{sheet}'!$A$1:" in workbook_xml(book) or f">{sheet}!$A$1:" in workbook_xml(book)


def part(book: Workbook, sheet: str) -> str:
    with ZipFile(book.path) as package:
        return package.read(f"xl/worksheets/sheet{book.names().index(sheet) + 1}.xml").decode()


def workbook_xml(book: Workbook) -> str:
    with ZipFile(book.path) as package:
        return package.read("xl/workbook.xml").decode()


def test_lights_colour_their_cells_by_their_words_and_shares_have_bars(book: Workbook) -> None:
    xml = part(book, TARGETS)
    assert {"红灯", "黄灯", "绿灯", "蓝灯"} <= set(re.findall(r'operator="containsText" text="([^"]+)"', xml))
    assert xml.count('type="dataBar"') >= 2
    assert "逾期" in re.findall(r'text="([^"]+)"', part(book, TASKS))


def test_charts_are_native_and_hold_their_figures_before_anything_is_reckoned_anew(
    written: Cli, book: Workbook
) -> None:
    with ZipFile(book.path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        charts = [package.read(name).decode() for name in names]
    targets = written.json("--lang", "zh", "status", *ON)["targets"]
    assert len(charts) == 2 + len(targets)
    assert all("<c:numCache>" in chart and "<c:v>" in chart for chart in charts)
    (burn_up,) = [chart for chart in charts if "<c:v>改造楼宇</c:v>" in chart and "<c:dateAx>" in chart]
    assert f"'{FIGURES}'" in burn_up or f"{FIGURES}!" in burn_up


def test_rows_are_as_high_as_their_chinese_needs(book: Workbook) -> None:
    xml = part(book, TASKS)
    cells = book.values[TASKS]
    longest = max(range(HEADING + 1, len(cells)), key=lambda n: len(str(cells[n][4])))
    (height,) = re.findall(rf'<row r="{longest + 1}"[^>]* ht="([\d.]+)"', xml)
    signs = len(cells[longest][4])
    assert float(height) >= (signs * 2 // 30) * 15


def test_it_speaks_english_too(filled: Cli) -> None:
    filled.ok("--lang", "en", "report", "paper.xlsx", *ON)
    book = Workbook(filled.folder / "paper.xlsx")
    assert book.names()[:5] == ["Summary", "Attention", "Trends", "Targets and goals", "Yearly tasks"]
    assert "● green" in {row["Light"] for row in table(book.values["Targets and goals"])}


def test_an_organisations_part_has_its_own_targets_and_tasks_and_no_registry(filled: Cli) -> None:
    filled.ok("--lang", "zh", "report", "part.xlsx", "--org", "市财政局", *ON)
    book = Workbook(filled.folder / "part.xlsx")
    own = filled.json("--lang", "zh", "tasks", "--org", "市财政局", *ON)
    assert [row["序号"] for row in table(book.values[TASKS])] == [each["number"] for each in own]
    assert book.names() == [SUMMARY, ATTENTION, TRENDS, TARGETS, TASKS, LEADS, FIGURES]
    assert "市财政局" in book.values[SUMMARY][0][0]


def test_what_is_personal_is_masked_in_views_and_registry(filled: Cli) -> None:
    filled.ok("progress", "9", "已与张三联系，电话13800138000", "--on", "2022-11-01")
    add = ("add-building", "--town", "高新区", "--floor-area", "6000", "--surveyed-on", "2022-03-01")
    filled.ok(*add, "--name", "楼13900139000", "--contact", "王小明", "--phone", "0510-86861234")
    filled.ok("--lang", "zh", "report", "open.xlsx", *ON)
    filled.ok("--lang", "zh", "report", "masked.xlsx", "--redact", *ON)
    secret = ("13800138000", "13900139000", "王小明", "0510-86861234")
    told, masked = (str(sheets(filled.folder / name)) for name in ("open.xlsx", "masked.xlsx"))
    assert all(word in told for word in secret)
    assert not any(word in masked for word in secret)
    assert "已与张三联系，电话***" in masked


def test_before_the_plan_begins_and_long_after_it_the_workbook_is_whole(filled: Cli) -> None:
    for day in ("2021-06-01", "2031-01-01"):
        filled.ok("--lang", "zh", "report", f"{day}.xlsx", "--as-of", day)
        shown = filled.json("--lang", "zh", "status", "--as-of", day)["targets"]
        rows = table(sheets(filled.folder / f"{day}.xlsx")[TARGETS])
        assert [row["实际"] for row in rows] == [each["actual"] for each in shown]


def test_a_failed_report_leaves_the_old_file_and_nothing_else(filled: Cli) -> None:
    filled.ok(
        *("add-building", "--name", "长楼", "--town", "高新区", "--floor-area", "6000"),
        *("--note", "长" * 32_768),
    )
    old = filled.folder / "paper.xlsx"
    old.write_bytes(b"old")
    before = sorted(path.name for path in filled.folder.iterdir())
    run = filled("--lang", "zh", "report", "paper.xlsx", "--force", *ON)
    assert (run.code, run.err.count("\n")) == (1, 1)
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in filled.folder.iterdir()) == before


def test_a_file_that_is_there_is_not_replaced_unasked(filled: Cli) -> None:
    Path("paper.xlsx").write_bytes(b"old")
    assert "paper.xlsx" in filled.refused("report", "paper.xlsx", *ON)
    filled.ok("report", "paper.xlsx", "--force", *ON)


HOSTILE = "=1+1!A1 [red]<b>&\u202e'甲"


def test_names_that_look_like_formulas_references_or_markup_are_texts(empty: Cli) -> None:
    name = HOSTILE.replace("'", "''")
    Path("targets.yaml").write_text(
        f"plan: {{name: '{name}', starts: 2022-01-01, ends: 2022-12-31, language: zh}}\n"
        f"organisations:\n  - {{name: '{name}', en: 'B!B1', kind: town}}\n"
        "measures:\n"
        f"  - {{number: 1, name: '{name}', lead: ['{name}'], responsible: []}}\n"
        "records:\n"
        "  {enclave: null, carrier: null, evaluation: null, talent_project: null, expenditure: null}\n"
        f"targets:\n  - {{key: talents, section: '{name}', name: '{name}', measure: 1, count: talent,"
        " at_least: 3, unit: '=名'}\n"
        "  - {key: others, section: 一, name: 'A!B1', count: building, at_least: 3, unit: 栋}\n",
        encoding="utf-8",
    )
    assert empty("init", "--targets", "targets.yaml").code == 0
    empty.ok("--lang", "zh", "report", "paper.xlsx", "--as-of", "2022-06-01")
    book = Workbook(empty.folder / "paper.xlsx")
    assert book.formulas(TARGETS) == []
    assert [row["目标"] for row in table(book.values[TARGETS])] == [HOSTILE, "A!B1"]
    assert all(formula.startswith("COUNT") for formula in book.formulas(SUMMARY))
    with ZipFile(book.path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    told = {formula for chart in charts for formula in re.findall(r"<c:f>([^<]*)</c:f>", chart)}
    assert {re.sub(r"!.*", "", formula).strip("'") for formula in told} <= {TARGETS, FIGURES, LEAGUE}


def test_a_plan_without_tasks_targets_or_buildings_still_has_its_workbook(empty: Cli) -> None:
    Path("targets.yaml").write_text(
        "plan: {name: 小方案, starts: 2022-01-01, ends: 2022-12-31, language: zh}\n"
        "organisations:\n  - {name: 甲镇, en: Jia, kind: town}\n"
        "records:\n  {building: null, enclave: null, carrier: null, evaluation: null,"
        " talent_project: null, expenditure: null}\n"
        "targets:\n  - {key: talents, section: 一, name: 人才, count: talent, at_least: 3, unit: 名}\n",
        encoding="utf-8",
    )
    assert empty("init", "--targets", "targets.yaml").code == 0
    empty.ok("--lang", "zh", "report", "paper.xlsx", "--as-of", "2022-06-01")
    names = Workbook(empty.folder / "paper.xlsx").names()
    assert names[:5] == [SUMMARY, ATTENTION, TRENDS, TARGETS, TASKS]
    assert STAGES not in names
    assert MONEY not in names
