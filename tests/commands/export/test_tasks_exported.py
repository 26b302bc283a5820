"""``export tasks``: the table as an office hands it round, and as ``draft`` reads it back."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.drafted import drafted
from tests.support.runner import Cli
from tests.support.task_county import County, write_table
from tests.support.workbooks import Workbook

DAY = ("--as-of", "2022-11-30")
PARTIES = "lead: [甲局], support: [乙局], responsible: [各镇], leader: 张三"
STAGES = (
    "[{title: 摸排, due: 3月底}, {title: 开工, due: 9月底, needs: [{target: meetings, at_least: 2}]},"
    " {title: 竣工, due: 12月底}]"
)
TASKS = (
    f"number: '1.06', title: 改造厂房, {PARTIES}, due: 6月底前, weight: 5",
    "number: 12, title: 走访企业, lead: [乙局], ongoing: true, report_every: quarter, leader: 李四",
    f"number: （三）, title: 科创园, lead: [甲局], stages: {STAGES}",
    "number: 4, title: '=1+1', lead: [甲局], due: 9月底",
    "number: 5, title: 并入的, lead: [甲局], due: 9月底",
)


@pytest.fixture
def county(empty: Cli) -> County:
    county = County(empty)
    cli = county.begin(*TASKS)
    cli.ok("extend", "1.06", "--to", "2022-10-31", "--reason", "暴雨", "--on", "2022-06-20")
    cli.ok("done", "三", "--stage", "1", "--on", "2022-03-20")
    cli.ok("suspend", "4", "--reason", "待批", "--on", "2022-08-01")
    cli.ok("cancel", "5", "--reason", "并入一号", "--on", "2022-08-02")
    cli.ok("progress", "12", "走访 20 家，电话 13812345678", "--percent", "40", "--on", "2022-10-02")
    return county


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of the only sheet by their headings; of an empty cell the empty text."""
    (rows,) = Workbook(path).values.values()
    at = next(n for n, row in enumerate(rows) if len([cell for cell in row if cell]) > 3)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_draft_reads_the_bundled_table_back(kfly: Cli, lang: str, suffix: str) -> None:
    path = kfly.folder / f"任务.{suffix}"
    kfly.ok("--lang", lang, "export", "tasks", "-o", path.name, *DAY)
    draft = drafted(path, 2022)
    expected = kfly.json("--lang", lang, "tasks", *DAY)
    assert [(t.number, t.title, t.when.due) for t in draft.tasks] == [
        (row["number"], row["title"], row["due"]) for row in expected
    ]
    for made, row in zip(draft.tasks, expected, strict=True):
        assert [*made.parties.lead] == row["lead"]
        assert [*made.parties.responsible] == row["responsible"]
        assert made.doubts == ()
    assert draft.year == 2022


def test_draft_reads_numbers_as_text_support_leader_weight_and_what_has_no_end(county: County) -> None:
    county.cli.ok("--lang", "zh", "export", "tasks", "-o", "t.xlsx", *DAY)
    run = county.cli("--lang", "zh", "draft", "t.xlsx")
    assert run.code == 0
    for line in (
        'number: "1.06"',
        "support: [乙局]",
        "leader: 张三",
        "weight: 5",
        "ongoing: true",
        "# 反馈频次：每季度",
    ):
        assert line in run.out
    assert 'number: "（三）"' in run.out
    assert "year: 2022" in run.out


def test_each_task_stands_with_all_that_an_office_asks(county: County) -> None:
    county.cli.ok("--lang", "zh", "export", "tasks", "-o", "t.xlsx", *DAY)
    late, ongoing, staged, suspended, cancelled = read(county.cli.folder / "t.xlsx")
    assert (late["序号"], late["牵头部门"], late["责任部门"], late["配合单位"]) == (
        "1.06",
        "甲局",
        "各镇",
        "乙局",
    )
    assert (late["分管领导"], late["分值"], late["逾期天数"], late["状态"]) == ("张三", 5, 30, "逾期")
    assert (str(late["完成时限"])[:10], str(late["原定时限"])[:10]) == ("2022-10-31", "2022-06-30")
    assert late["亮灯"] == "■ 红灯"
    assert late["调整及说明"] == "2022-06-20：延期至 2022-10-31，事由：暴雨"
    assert (ongoing["完成时限"], ongoing["状态"]) == ("长期推进", "长期推进")
    assert ongoing["反馈频次"] == "每季度"
    assert ongoing["最近反馈"] == "2022-10-02：走访 20 家，电话 13812345678（40%）"
    assert "2022Q3" in ongoing["调整及说明"]
    assert staged["阶段安排"].split("\n") == [
        "第 1 阶段：摸排，时限 2022-03-31：2022-03-20 完成",
        "第 2 阶段：开工，时限 2022-09-30：逾期 61 天",
        "第 3 阶段：竣工，时限 2022-12-31：在办",
    ]
    assert (suspended["状态"], suspended["调整及说明"]) == ("暂缓", "2022-08-01：暂缓，事由：待批")
    assert (cancelled["状态"], cancelled["调整及说明"]) == ("已取消", "2022-08-02：已取消，事由：并入一号")
    assert suspended["内容"] == "=1+1"


def test_as_of_an_earlier_day_it_stands_as_it_did(county: County) -> None:
    county.cli.ok("--lang", "en", "export", "tasks", "-o", "t.xlsx", "--as-of", "2022-06-10")
    first, *_others = read(county.cli.folder / "t.xlsx")
    assert "First due" not in first
    assert (str(first["Due"])[:10], first["State"], first["Days left"]) == ("2022-06-30", "open", 20)


def test_the_sheet_names_plan_table_and_day_and_holds_its_headings(county: County) -> None:
    county.cli.ok("--lang", "zh", "export", "tasks", "-o", "t.xlsx", *DAY, "--leader", "张三")
    book = Workbook(county.cli.folder / "t.xlsx")
    (name,) = book.names()
    title, told = (row[0] for row in book.values[name][:2])
    assert title == "望县两年方案"
    assert told.startswith("2022年重点工作分解表 · 截至 2022-11-30\n任务共 1 项")
    assert "筛选条件：--leader 张三" in told
    pane = book.pane(name)
    assert pane
    assert (pane.state, pane.rows, pane.columns) == ("frozen", 3, 2)


def test_several_tables_stand_on_a_sheet_each_and_a_csv_file_holds_one(county: County) -> None:
    cli = county.cli
    later = "number: 1, title: 续建, lead: [甲局], due: 2023年6月, carries: 2022/1.06"
    (cli.folder / "tasks_2023.yaml").write_text(write_table(later, year=2023), encoding="utf-8")
    cli.ok("load", "tasks_2023.yaml")
    day = ("--as-of", "2023-02-01")
    cli.ok("--lang", "zh", "export", "tasks", "-o", "t.xlsx", *day)
    assert Workbook(cli.folder / "t.xlsx").names() == ["2022年任务", "2023年任务"]
    assert [task.number for task in drafted(cli.folder / "t.xlsx", 2023).tasks] == [1]
    line = cli.refused("--lang", "en", "export", "tasks", "-o", "t.csv", *day)
    assert line == (
        "A CSV file holds one table, and there are 2022, 2023: choose one by --year, or export to .xlsx or"
        " .json."
    )
    cli.ok("export", "tasks", "-o", "t.csv", *day, "--year", "2023")
    assert "续建" in (cli.folder / "t.csv").read_text(encoding="utf-8-sig")


def test_a_csv_file_has_all_columns_and_no_formula(county: County) -> None:
    county.cli.ok("--lang", "en", "export", "tasks", "-o", "t.csv", *DAY, "--state", "suspended")
    text = (county.cli.folder / "t.csv").read_text(encoding="utf-8-sig")
    headings, row = csv.reader(io.StringIO(text, newline=""))
    assert headings[:9] == [
        *("No.", "Task", "Lead", "Responsible", "Supporting", "Leader", "Weight", "Due", "First due"),
    ]
    assert len(headings) == 20
    assert row[:3] == ["4", "'=1+1", "First Bureau"]


def test_json_has_what_tasks_has_with_weights_and_decisions(county: County) -> None:
    county.cli.ok("export", "tasks", "-o", "t.json", *DAY)
    found = json.loads((county.cli.folder / "t.json").read_text(encoding="utf-8"))["tasks"]
    more = [{key: task.pop(key) for key in ("weight", "decisions")} for task in found]
    assert found == county.cli.json("tasks", *DAY)
    assert more[0] == {"weight": 5, "decisions": []}
    suspended = {"what": "suspended", "on": "2022-08-01", "reason": "待批", "approved_by": None}
    assert more[3] == {"weight": None, "decisions": [suspended]}
    lines = county.cli.ok("export", "tasks", "-o", "-", "--format", "jsonl", *DAY).splitlines()
    assert [json.loads(line)["tasks"]["number"] for line in lines] == ["1.06", 12, "（三）", 4, 5]


def test_numbers_of_phones_are_masked_on_request_and_counted(county: County) -> None:
    county.cli.ok("suspend", "12", "--reason", "问 13912345678", "--on", "2022-10-03")
    told = county.cli.ok("--lang", "en", "export", "tasks", "-o", "t.json", "--redact", *DAY)
    assert "Tasks: 5." in told
    assert "2 phone or identity numbers" in told
    text = (county.cli.folder / "t.json").read_text(encoding="utf-8")
    assert "13812345678" not in text
    assert "13912345678" not in text


def test_what_was_known_then_is_exported_and_the_sheet_says_so(county: County) -> None:
    cli = county.cli
    cli.ok("--lang", "en", "export", "tasks", "-o", "t.xlsx", "--as-known", "#1", *DAY)
    (sheet,) = Workbook(cli.folder / "t.xlsx").values.values()
    assert "#1" in sheet[1][0]
    assert {row["State"] for row in read(cli.folder / "t.xlsx")} == {"overdue", "ongoing", "open"}


def test_a_table_without_a_match_says_so(county: County) -> None:
    told = county.cli.ok("--lang", "en", "export", "tasks", "-o", "t.xlsx", *DAY, "--light", "green")
    assert told == "Wrote t.xlsx. Tasks: 0.\n"
    (sheet,) = Workbook(county.cli.folder / "t.xlsx").values.values()
    assert "No task matches." in sheet[1][0]


BAD: dict[str, tuple[tuple[str, ...], int, str]] = {
    "an option of the tasks for records": (
        ("export", "meeting", "-o", "m.xlsx", "--leader", "张三"),
        2,
        "--leader goes with “kfly export tasks” alone.",
    ),
    "a day for records": (
        ("export", "-o", "m.xlsx", "--as-of", "2022-11-30"),
        2,
        "--as-of goes with “kfly export tasks” alone.",
    ),
    "tasks and records": (
        ("export", "tasks", "meeting", "-o", "m.xlsx"),
        2,
        "“tasks” is exported by itself, without kinds of record.",
    ),
    "a map of tasks": (
        ("export", "tasks", "-o", "m.geojson"),
        2,
        "--output: “m.geojson” is none of .xlsx, .csv, .json, .jsonl.",
    ),
    "a map of tasks, printed": (("export", "tasks", "-o", "-", "--format", "geojson"), 2, "--format"),
    "another state": (("export", "tasks", "-o", "m.xlsx", "--state", "dome"), 2, "done"),
    "nobody of this name": (("export", "tasks", "-o", "m.xlsx", "--org", "丙局"), 1, "丙局"),
    "a year without a table": (("export", "tasks", "-o", "m.xlsx", "--year", "2030"), 1, "2030"),
    "the database itself": (("export", "tasks", "-o", "kfly.db", "--format", "csv", "--force"), 1, "kfly.db"),
    "a file that is there": (("export", "tasks", "-o", "targets.yaml", "--format", "json"), 1, "--force"),
}


@pytest.mark.parametrize(("args", "code", "told"), BAD.values(), ids=BAD)
def test_what_cannot_be_is_refused_in_one_line(
    county: County, args: tuple[str, ...], code: int, told: str
) -> None:
    assert told in county.cli.refused("--lang", "en", *args, code=code)


def test_a_locked_away_file_is_its_owners_alone(county: County, tmp_path: Path) -> None:
    county.cli.ok("export", "tasks", "-o", "t.xlsx", *DAY)
    assert (tmp_path / "t.xlsx").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("make", [lambda text: text, str.upper])
def test_tasks_of_one_organisation_are_exported_alone(county: County, make: Callable[[str], str]) -> None:
    county.cli.ok("export", "tasks", "-o", "t.json", *DAY, "--org", make("Second Bureau"))
    found = json.loads((county.cli.folder / "t.json").read_text(encoding="utf-8"))["tasks"]
    assert [task["number"] for task in found] == [12]


def test_an_order_that_is_handed_round_with_the_table_is_told_apart_in_the_draft(county: County) -> None:
    county.cli.ok("assign", "摸底", "--lead", "甲局", "--due", "2022-12-31", "--on", "2022-11-01")
    county.cli.ok("--lang", "zh", "export", "tasks", "-o", "t.xlsx", *DAY)
    run = county.cli("--lang", "zh", "draft", "t.xlsx")
    assert "“A1”是交办事项的序号，不属于任务表" in run.err
