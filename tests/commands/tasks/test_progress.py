"""``progress``: what is reported of a task on its way, and where it is seen again."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.runner import Cli

# Far enough off to lie ahead for a run that goes past midnight, too.
DAY_TO_COME = (date.today() + timedelta(days=30)).isoformat()
DAY = ("--as-of", "2022-11-30")
NOTE = (
    "progress",
    "11",
    "六栋已竣工，两栋招标受阻",
    "--percent",
    "60",
    "--on",
    "2022-11-20",
    "--by",
    "市科技局",
)
SHOWN = {"on": "2022-11-20", "text": "六栋已竣工，两栋招标受阻", "percent": 60, "organisation": "市科技局"}


def row(kfly: Cli, number: int, *args: str) -> dict[str, object]:
    (found,) = (row for row in kfly.json("tasks", *(args or DAY)) if row["number"] == number)
    return dict(found)


def test_a_report_is_the_tasks_last_feedback(filled: Cli) -> None:
    filled.ok(*NOTE)
    assert row(filled, 11)["last_feedback"] == SHOWN
    assert row(filled, 10)["last_feedback"] is None


def test_a_percentage_changes_no_light_and_no_state(filled: Cli) -> None:
    before = row(filled, 11)
    filled.ok("progress", "11", "全部完成", "--percent", "100", "--on", "2022-11-20")
    assert row(filled, 11) == {**before, "last_feedback": row(filled, 11)["last_feedback"]}


def test_the_last_one_is_the_latest_until_the_day_asked(filled: Cli) -> None:
    filled.ok("progress", "11", "后", "--on", "2022-11-20")
    filled.ok("progress", "11", "前", "--on", "2022-10-01")
    asked = {day: row(filled, 11, "--as-of", day)["last_feedback"] for day in ("2022-09-30", "2022-11-19")}
    assert asked["2022-09-30"] is None
    assert asked["2022-11-19"] == {"on": "2022-10-01", "text": "前", "percent": None, "organisation": None}


def test_the_overdue_report_shows_it(filled: Cli) -> None:
    filled.ok(*NOTE)
    shown = filled.ok("--lang", "zh", "overdue", "--as-of", "2022-12-05")
    told = "".join(line[6:28].strip() for line in shown.splitlines())
    assert "反馈：2022-11-20市科技局：六栋已竣工，两栋招标受阻（60%）" in told.replace(" ", "")


def test_it_is_on_the_tasks_timeline_with_all_else(filled: Cli, tmp_path: Path) -> None:
    proof = tmp_path / "公示.txt"
    proof.write_text("ok", encoding="utf-8")
    filled.ok(*NOTE)
    filled.ok("done", "11", "--on", "2022-11-25", "--force", "--note", "会议定", "--evidence", str(proof))
    filled.ok("reopen", "11", "--reason", "尚缺两栋")
    happened = filled.json("task", "11", *DAY)["timeline"]
    assert [event["what"] for event in happened] == ["feedback", "signed_off", "reopened"]
    assert happened[0] == {"what": "feedback", **SHOWN, "evidence": []}
    assert (happened[1]["forced"], happened[1]["note"]) == (True, "会议定")
    (file,) = happened[1]["evidence"]
    assert (file["name"], file["size"], len(file["sha256"]), file["kept"]) == ("公示.txt", 2, 64, True)
    assert happened[2]["reason"] == "尚缺两栋"


def test_the_timeline_tells_when_the_plan_was_changed(filled: Cli) -> None:
    table = (ROOT / "tasks_2022.yaml").read_text(encoding="utf-8")
    (filled.folder / "tasks_2022.yaml").write_text(
        table.replace(
            "{target: buildings_renovated, at_least: 10}", "{target: buildings_renovated, at_least: 12}"
        ),
        encoding="utf-8",
    )
    filled.ok("load", "tasks_2022.yaml")
    (event,) = filled.json("--lang", "en", "task", "11", *DAY)["timeline"]
    assert (event["what"], event["changes"]) == (
        "plan_changed",
        ["need of task 11 Buildings renovated: goal 10 → 12"],
    )
    assert event["by"].endswith("kfly load tasks_2022.yaml")
    assert filled.json("task", "12", *DAY)["timeline"] == [
        event for event in filled.json("task", "12", *DAY)["timeline"] if event["what"] != "plan_changed"
    ]


def test_the_timeline_tells_when_the_figures_were_reached(filled: Cli) -> None:
    task = filled.json("task", "18", *DAY)
    assert task["timeline"][-1] == {"on": task["completed_on"], "what": "needs_met"}


def test_a_long_feedback_wraps_beside_its_day(filled: Cli) -> None:
    filled.ok("progress", "11", "招标受阻" * 40, "--on", "2022-11-20")
    shown = filled.ok("--lang", "zh", "task", "11", *DAY).splitlines()
    first = next(n for n, line in enumerate(shown) if line.startswith("2022-11-20  反馈 · "))
    assert shown[first + 1].startswith(" " * 12 + "招")


def test_each_sign_off_is_told_apart_when_it_is_taken_back(filled: Cli) -> None:
    filled.ok("done", "9", "--on", "2022-12-03")
    filled.ok("reopen", "9", "--reason", "材料不全")
    filled.ok("done", "9", "--on", "2022-12-04")
    assert "撤销 2022-12-03 的销号：材料不全" in filled.ok("--lang", "zh", "task", "9")


def test_a_feedback_stays_one_line_and_moves_no_cursor(filled: Cli) -> None:
    filled.ok("progress", "11", "甲\n■ 已逾期（99 项）\x1b[31m" + "乙" * 60, "--on", "2022-11-20")
    shown = filled.ok("--lang", "zh", "task", "11", *DAY)
    assert "\x1b" not in shown
    assert "反馈 · 甲 ■ 已逾期（99 项）\\x1b[31m" in shown
    assert all(not line or line[0] != "乙" for line in shown.splitlines())


def test_it_is_logged_and_taken_back(filled: Cli) -> None:
    filled.ok(*NOTE)
    assert "任务 11：反馈 2022-11-20 市科技局" in filled.ok("--lang", "zh", "log", "task", "11")
    filled.ok("undo", "--yes")
    assert row(filled, 11)["last_feedback"] is None


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("11", " "), 2, "内容"),
        (("11", "甲", "--percent", "101"), 2, "--percent"),
        (("11", "甲", "--percent", "half"), 2, "--percent"),
        (("11", "甲", "--on", DAY_TO_COME), 1, DAY_TO_COME),
        (("11", "甲", "--on", "soon"), 2, "--on"),
        (("11", "甲", "--by", "市科枝局"), 1, "市科技局"),
        (("99", "甲"), 1, "99"),
    ],
)
def test_what_cannot_be_is_refused(filled: Cli, args: tuple[str, ...], code: int, told: str) -> None:
    assert told in filled.refused("progress", *args, code=code)


@pytest.mark.parametrize("percent", ["0", "100%", " 55 ", "５０"])
def test_percentages_are_read_as_people_write_them(filled: Cli, percent: str) -> None:
    filled.ok("progress", "11", "甲", "--percent", percent, "--on", "2022-11-20")
    feedback = row(filled, 11)["last_feedback"]
    assert isinstance(feedback, dict)
    assert feedback["percent"] == int(percent.strip().removesuffix("%"))
