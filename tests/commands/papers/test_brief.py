"""``report F.docx``: the brief, whose figures are those of the views, in sentences and lists."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.word_papers import figures, find_tables, headings, list_told, open_paper

DAY = ("--as-of", "2022-12-05")
SMALL = """
plan: {name: 小方案, starts: 2022-01-01, ends: 2022-12-31, language: zh}
organisations:
  - {name: 甲局, en: Jia Office, kind: department}
  - {name: 乙镇, en: Yi, kind: town}
"""


def brief(kfly: Cli, *args: str, language: str = "zh") -> list[str]:
    kfly.ok("--lang", language, "report", "通报.docx", *DAY, "--force", *args)
    return list_told("通报.docx")


def plan(empty: Cli, more: str, tasks: str = "") -> None:
    Path("targets.yaml").write_text(SMALL + more, encoding="utf-8")
    if tasks:
        Path("tasks_2022.yaml").write_text(tasks, encoding="utf-8")
    run = empty("init")
    assert run.code == 0, run.err


def number(told: str, unit: str) -> float:
    """A figure with its unit, in the unit of the plan."""
    (figure,) = figures(told)
    return float(figure.replace(",", "")) * (10_000 if "亿元" in told and unit == "万元" else 1)


def test_it_begins_with_its_title_and_its_day(filled: Cli) -> None:
    told = brief(filled)
    assert told[:3] == ["《江阴市科技赋能楼宇三年行动实施方案》", "工作推进情况通报", "（截至2022年12月5日）"]
    assert headings("通报.docx") == [
        "一、总体情况",
        "二、目标完成情况",
        "三、任务和目标督办情况",
        "四、近期到期事项",
    ]


def test_every_figure_of_its_table_is_that_of_status(filled: Cli) -> None:
    brief(filled)
    (table,) = find_tables(open_paper("通报.docx"), "目标")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    shown = filled.json("--lang", "zh", "status", *DAY)["targets"]
    assert len(rows) == len(shown)
    for (name, actual, goal, share, expected, light), row in zip(rows, shown, strict=True):
        assert name.startswith(row["name"])
        assert number(actual, row["unit"]) == row["actual"]
        assert number(goal, row["unit"]) == row["goal"]
        assert share == f"{int(row['actual'] * 100 / row['goal'])}%"
        wanted = None if row["expected"] is None else pytest.approx(row["expected"], abs=0.005)
        assert (None if expected == "—" else number(expected, row["unit"])) == wanted
        assert {"■ 红灯": "red", "▲ 黄灯": "yellow", "● 绿灯": "green"}[light] == row["light"]


def test_its_state_counts_as_status_does(filled: Cli) -> None:
    told = brief(filled)
    status = filled.json("status", *DAY)
    lit = [row["light"] for row in status["targets"]]
    assert figures(told[4])[3:] == [
        str(len(lit)),
        *(str(lit.count(light)) for light in ("green", "yellow", "red")),
        "2022",  # of a yearly target that is behind
    ]
    tasks = status["tasks"]
    assert figures(told[5]) == [
        str(tasks[name]) for name in ("total", "done", "unsigned", "overdue", "open", "due_soon")
    ]


def test_what_it_projects_is_what_status_projects(filled: Cli) -> None:
    told = brief(filled)
    for row in filled.json("--lang", "zh", "status", *DAY)["targets"]:
        forecast: dict[str, Any] | None = row["forecast"]
        if forecast and not forecast["on_course"]:
            (sentence,) = [line for line in told if re.match(f"照此进度，{row['name']}(（|到)", line)]
            lack = re.search(r"预计差([\d,.]+)", sentence)
            assert lack
            over = row["comparison"] == "more_than" and row["unit"] != "亿元"
            assert float(lack[1]) == pytest.approx(row["goal"] + over - forecast["projected"], abs=0.005)
            if needed := re.search(r"月均须完成([\d.]+)", sentence):
                assert float(needed[1]) == pytest.approx(forecast["pace_needed"], abs=0.05)


def test_money_and_areas_have_the_right_units(filled: Cli) -> None:
    told = "\n".join(brief(filled))
    assert "专项资金支出 | 1,916.5万元 | 不超过1亿元 | 19%" in told
    assert "尚余8,083.5万元" in told
    assert "m²" not in told


def test_its_lists_hold_the_tasks_of_overdue_by_lead_with_what_is_missing(filled: Cli) -> None:
    told = brief(filled)
    assert headings("通报.docx", 2) == [
        "（一）红色督办：已逾期（3项）",
        "（二）蓝色督办：临近到期（6项）",
        "（三）红灯目标：严重滞后或未完成（3项）",
        "（四）黄灯目标：进度滞后（1项）",
    ]
    listed = [row.split(" | ") for row in told if re.search(r" \| \d+\. ", row)]
    reported = filled.json("--lang", "zh", "overdue", "--behind", "--soon", *DAY)
    assert sorted(int(cells[1].split(".")[0]) for cells in listed) == sorted(
        row["number"] for row in reported
    )
    leads = [cells[0] for cells in listed[:3]]
    assert leads == sorted(leads, key=leads.index)
    (eleventh,) = [cells for cells in listed if cells[1].startswith("11.")]
    assert eleventh[2:] == ["2022年11月30日\n逾期5天", "改造楼宇尚差4栋"]
    (ninth,) = [cells for cells in listed if cells[1].startswith("9.")]
    assert ninth[3] == "尚未销号"


def test_a_task_tells_its_last_feedback(filled: Cli) -> None:
    filled.ok("progress", "9", "方案已报审", "--on", "2022-12-01", "--by", "市科技局")
    assert any("尚未销号；反馈：2022-12-01 市科技局：方案已报审" in line for line in brief(filled))


def test_no_task_and_no_target_is_told_twice_as_due(filled: Cli) -> None:
    told = brief(filled)
    assert told[-1] == "2022年12月31日前应完成：目标“科创飞地面积（2022）”；目标“江阴市场引才活动（2022）”。"
    earlier = brief(filled, "--as-of", "2022-11-20")
    assert "第13项“引进专业运营机构5家以上”（市科技局）" in earlier[-1]
    listed = [line for line in earlier if " | 13. " in line]
    assert listed == []


def test_charts_show_the_targets_that_are_behind(filled: Cli) -> None:
    brief(filled)
    paper = open_paper("通报.docx")
    behind = [row for row in filled.json("status", *DAY)["targets"] if row["light"] in ("red", "yellow")]
    assert len(paper.inline_shapes) == len(behind) == 4
    captions = [
        p.text for t in paper.tables for c in t._cells for p in c.paragraphs if p.style.name == "Caption"
    ]
    assert captions == ["改造楼宇", "科创飞地面积（2022）", "风投创投基金规模", "高层次人才"]


def test_of_an_organisation_it_tells_its_own_part(filled: Cli) -> None:
    told = brief(filled, "--org", "市财政局")
    assert told[2] == "（市财政局，截至2022年12月5日）"
    total = len(filled.json("tasks", "--org", "市财政局", *DAY))
    assert f"重点工作任务共{total}项" in "\n".join(told)


def test_as_known_earlier_it_says_so(filled: Cli) -> None:
    before = brief(filled)
    filled.ok("add-policy", "--name", "新办法", "--issued-on", "2022-03-01")
    told = brief(filled, "--as-known", "#2")
    assert told[3].startswith("数据时点：")
    assert [*told[:3], *told[4:]] == before


def test_in_english_it_says_the_same(filled: Cli) -> None:
    told = brief(filled, language="en")
    assert headings("通报.docx") == [
        "1. The state",
        "2. How the targets stand",
        "3. Tasks and targets under supervision",
        "4. Next deadlines",
    ]
    assert told[3].startswith("1. ")
    assert "targets: 12; 8 are met or on their trajectory (green)" in told[4]
    assert not re.search(r"[\u4e00-\u9fff]", "\n".join(told))


def test_a_section_without_anything_to_tell_is_not_there_and_the_others_move_up(empty: Cli) -> None:
    plan(
        empty,
        "targets: []\n",
        "year: 2022\ntasks:\n  - {number: 1, title: 办成一事, lead: [甲局], due: 2022年12月}\n",
    )
    told = brief(empty, "--as-of", "2022-06-01")
    assert headings("通报.docx") == ["一、总体情况", "二、近期到期事项"]
    assert told[-1] == "2022年12月31日前应完成：第1项“办成一事”（甲局）。"
    assert open_paper("通报.docx").tables == []


def test_a_plan_without_anything_gives_a_title_alone(empty: Cli) -> None:
    plan(empty, "targets: []\n")
    assert brief(empty) == ["《小方案》", "工作推进情况通报", "（截至2022年12月5日）"]


HOSTILE = "<b>&amp;{{ plan }}{% for x in y %}{_{z}_}“&”=1+1[red]"


def test_a_name_can_do_nothing_but_show_itself(empty: Cli) -> None:
    plan(
        empty,
        f"targets:\n  - {{key: a, section: 一, name: '{HOSTILE}', count: talent, at_least: 3, unit: 名}}\n",
        f"year: 2022\ntasks:\n  - {{number: 1, title: '{HOSTILE}', lead: [甲局], due: 2022年3月}}\n",
    )
    empty.ok("progress", "1", "坏\x1b[31m\x07\ufffe字\n下一行", "--on", "2022-12-01")
    told = brief(empty)
    (row,) = [line for line in told if line.startswith(HOSTILE)]
    assert row.count(" | ") == 5
    (task,) = [line for line in told if f"1. {HOSTILE}" in line]
    assert "坏\\x1b[31m\\x07\\ufffe字 下一行" in task


def test_a_file_that_is_there_is_replaced_only_by_force(filled: Cli) -> None:
    Path("通报.docx").write_bytes(b"old")
    assert "--force" in filled.refused("report", "通报.docx", *DAY)
    brief(filled)
    assert len(list_told("通报.docx")) > 20


def test_without_its_libraries_a_line_says_what_installs_them(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    assert "pip install 'kfly[report]'" in filled.refused("report", "b.docx", *DAY)


def test_without_type_of_our_own_a_line_says_what_installs_it(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kfly.reports.papers.pictures import find_font

    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    find_font.cache_clear()
    run = filled("report", "b.docx", *DAY)
    find_font.cache_clear()
    assert run.code == 0
    assert "pip install 'kfly[fonts]'" in run.err
    assert run.err.count("\n") == 1
