"""Tasks of every kind on the command line: support and leader, ongoing ones, stages."""

import json
from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.task_county import County, load

SUPPORTED = "number: 1, title: 建楼, lead: [甲局], support: [乙局], leader: 张三, due: 6月底前, weight: 5"
ONGOING = "number: 12, title: 巡查, lead: [甲局], ongoing: true, report_every: quarter, weight: 3"
STAGED = (
    "number: 13, title: 竣工, lead: [乙局], stages: ["
    "{title: 完成摸排, due: 3月底前, needs: [{target: meetings, at_least: 1}]},"
    " {title: 全面开工, due: 9月底, lead: [甲局]}, {title: 竣工, due: 2022年底}]"
)


@pytest.fixture
def county(empty: Cli) -> County:
    county = County(empty)
    county.begin(SUPPORTED, ONGOING, STAGED)
    return county


def test_support_and_leader_are_shown_and_the_leader_filters(county: County) -> None:
    row = county.task("1", "2022-05-01")
    assert (row["support"], row["leader"]) == (["Second Bureau"], "张三")
    assert "Support: Second Bureau" in county.cli.ok("task", "1")
    assert [r["number"] for r in county.cli.json("tasks", "--leader", "张 三")] == [1]
    assert [r["number"] for r in county.cli.json("tasks", "--org", "乙局")] == [13]
    line = county.cli.refused("--lang", "en", "tasks", "--leader", "李四")
    assert line == "The plan names no leader “李四”; there are: 张三."


def test_an_ongoing_task_is_ongoing_until_it_is_signed_off(county: County) -> None:
    row = county.task("12", "2022-04-15")
    assert (row["state"], row["due"], row["light"], row["unreported"]) == (
        "ongoing",
        None,
        "yellow",
        "2022Q1",
    )
    assert [r["number"] for r in county.cli.json("tasks", "--state", "ongoing")] == [12]
    tally = county.cli.json("status", "--as-of", "2022-04-15")["tasks"]
    assert (tally["total"], tally["open"], tally["ongoing"]) == (3, 2, 1)
    county.cli.ok("progress", "12", "查了三次", "--on", "2022-03-30")
    assert county.task("12", "2022-04-15")["light"] == "none"
    behind = county.cli.json("overdue", "--behind", "--as-of", "2022-07-15")
    assert 12 in [r["number"] for r in behind]
    county.cli.ok("done", "12", "--on", "2022-09-01")
    assert county.task("12", "2022-09-02")["state"] == "done"
    assert county.task("12", "2022-08-31")["state"] == "ongoing"


def test_a_plan_without_such_tasks_says_nothing_of_them(empty: Cli) -> None:
    cli = County(empty).begin(SUPPORTED)
    assert "ongoing" not in cli.json("status")["tasks"]


def test_the_score_leaves_what_is_ongoing_out(county: County) -> None:
    county.cli.ok("done", "1", "--on", "2022-06-01")
    assert county.cli.json("status", "--as-of", "2022-07-15")["score"] == 100


def test_stages_are_signed_off_one_by_one_and_the_whole_last(county: County) -> None:
    cli = county.cli
    assert "stage 2 (全面开工) is not done" in cli.refused("--lang", "en", "done", "13", "--on", "2022-05-01")
    assert "会议 0/1" in cli.refused("--lang", "en", "done", "13", "--stage", "1", "--on", "2022-03-20")
    cli.ok("done", "13", "--stage", "1", "--on", "2022-03-20", "--force")
    cli.ok("done", "13", "--stage", "２", "--on", "2022-05-01")
    row = county.task("13", "2022-05-02")
    assert [(s["title"], s["due"], s["state"], s["light"], s["completed_on"]) for s in row["stages"]] == [
        ("完成摸排", "2022-03-31", "done", "green", "2022-03-20"),
        ("全面开工", "2022-09-30", "done", "green", "2022-05-01"),
        ("竣工", "2022-12-31", "open", "none", None),
    ]
    assert (row["state"], row["due"], row["signed_off"]) == ("open", "2022-12-31", False)
    assert county.task("13", "2022-04-15")["stages"][1]["state"] == "open"
    line = cli.refused("--lang", "en", "done", "13", "--stage", "2", "--on", "2022-05-01")
    assert "kfly reopen 13 --stage 2" in line
    cli.ok("done", "13", "--stage", "3", "--on", "2022-12-01")
    cli.ok("done", "13", "--on", "2022-12-02")
    assert county.task("13", "2022-12-03")["completed_on"] == "2022-12-01"


def test_an_overdue_stage_is_supervised_and_leaves_the_task_open(county: County) -> None:
    (row,) = [r for r in county.cli.json("overdue", "--as-of", "2022-04-10") if r["number"] == 13]
    assert (row["state"], row["light"], row["days_overdue"]) == ("open", "red", None)
    assert "stage 1 overdue 10 d" in county.cli.ok("overdue", "--as-of", "2022-04-10")
    soon = county.cli.json("overdue", "--soon", "--as-of", "2022-03-10")
    assert [r["number"] for r in soon] == [13]


def test_a_stage_is_reopened_undone_and_known_as_it_was(county: County) -> None:
    cli = county.cli
    cli.ok("done", "13", "--stage", "2", "--on", "2022-05-01")
    cli.ok("reopen", "13", "--stage", "2", "--reason", "有误")
    assert county.task("13", "2022-06-01")["stages"][1]["state"] == "open"
    assert county.task("13", "2022-06-01", "--as-known", "#2")["stages"][1]["state"] == "done"
    assert county.task("13", "2022-06-01", "--as-known", "#1")["stages"][1]["state"] == "open"
    cli.ok("undo", "--yes")
    assert county.task("13", "2022-06-01")["stages"][1]["state"] == "done"
    told = cli.ok("log")
    assert "task 13, stage 2: signed off on 2022-05-01" in told
    assert "stage 2: signed off" in cli.ok("task", "13")
    for line in (("--stage", "4"), ("--stage", "0"), ("--stage", "x")):
        assert "has no stage" in cli.refused("--lang", "en", "reopen", "13", "--reason", "x", *line)
    assert "Task 1 has no stages" in cli.refused(
        "--lang", "en", "done", "1", "--stage", "1", "--on", "2022-05-01"
    )


def test_load_compares_stages_and_keeps_their_sign_offs(county: County) -> None:
    cli = county.cli
    cli.ok("done", "13", "--stage", "3", "--on", "2022-05-01")
    county.write(SUPPORTED, ONGOING, STAGED.replace("9月底", "10月底"))
    changed = cli.ok("load", "targets.yaml", "tasks_2022.yaml", "--correct")
    assert "2022-09-30 → 2022-10-31" in changed
    assert county.task("13", "2022-10-15")["stages"][1]["state"] == "open"
    assert county.task("13", "2022-10-15", "--as-known", "#2")["stages"][1]["state"] == "overdue"
    county.write(SUPPORTED, ONGOING, STAGED.replace("{title: 竣工,", "{title: 验收,"))
    assert "Stage 3 of task 2022/13" in cli("load", "targets.yaml", "tasks_2022.yaml", "--correct").err
    county.write(SUPPORTED, ONGOING, STAGED.replace(", {title: 竣工, due: 2022年底}", ""))
    before = cli.db.read_bytes()
    run = cli("load", "targets.yaml", "tasks_2022.yaml", "--correct")
    assert run.code == 1
    assert "Stage 3 of task 2022/13 is gone from the plan, but was signed off on 2022-05-01." in run.err
    assert cli.db.read_bytes() == before
    cli.ok("load", "targets.yaml", "tasks_2022.yaml", "--correct", "--force")
    assert county.task("13", "2022-06-01")["due"] == "2022-09-30"


def test_every_view_and_paper_takes_them(county: County) -> None:
    cli, day = county.cli, ("--as-of", "2022-10-15")
    for view in ("tasks", "overdue", "status", "since", "measures", "league"):
        assert cli(view, *(day if view != "since" else ("2022-01-15", *day))).code == 0, view
    for paper in ("page.html", "book.xlsx", "brief.docx"):
        assert cli("report", paper, *day).code == 0, paper
    assert cli("notice", "--all", "notices").code == 0
    assert (
        cli("overdue", "--behind", "--soon", "--email", "--dry-run", "--to", "a@example.cn", *day).code == 0
    )
    assert "ongoing" in (cli.folder / "page.html").read_text(encoding="utf-8")
    assert json.loads(cli.ok("tasks", "--by", "lead", "--json"))
    assert cli("check").code == 0


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("due: 2022-06-30, ongoing: true", "due: an ongoing task has no due day"),
        ("title: 无", "due: is missing"),
        (
            "due: 2022-06-30, stages: [{title: 甲, due: 2022-05-31}]",
            "the task is due with its last stage, on 2022-05-31",
        ),
        (
            "stages: [{title: 甲, due: 6月底}, {title: 乙, due: 5月底}]",
            "stages[1].due: lies before that of the stage before it",
        ),
        ("stages: [{title: 甲, due: 长期}]", "stages[0].due: a deadline such as"),
        ("stages: [{title: 甲}]", "stages[0].due: is missing"),
        ("due: 每季度, report_every: month", "report_every: the deadline says another period"),
        ("ongoing: true, report_every: week", "report_every: one of year, half, quarter, month is expected"),
        ("due: 年底, support: [丙局]", "support[0]"),
        ("due: 8月前", "due: “8月前” can mean 2022-07-31 or 2022-08-31"),
    ],
)
def test_what_does_not_fit_is_refused(empty: Cli, task: str, words: str) -> None:
    title = "" if "title: 无" in task else "title: 事, "
    County(empty).write(f"number: 1, {title}lead: [甲局], {task}")
    run = empty("--lang", "en", "init")
    assert (run.code, run.err.count("\n")) == (1, 1), run.err
    assert words in run.err


def test_words_say_that_a_task_is_ongoing_and_how_often_it_is_reported(tmp_path: Path) -> None:
    plan = load(
        tmp_path,
        "number: 1, title: 事, lead: [甲局], due: 年内持续推进",
        "number: 2, title: 事, lead: [甲局], due: 每季度",
        "number: 3, title: 事, lead: [甲局], due: 年底前完成，每月报送",
    ).plan
    assert [(task.is_ongoing, task.report_every) for task in plan.tasks] == [
        (True, None),
        (True, "quarter"),
        (False, "month"),
    ]


def test_an_ongoing_task_is_completed_by_its_sign_off_and_not_by_its_figures(empty: Cli) -> None:
    need = "{name: 会, unit: 次, count: meeting, at_least: 1}"
    stages = f"stages: [{{title: 甲段, due: 6月底, needs: [{need}]}}]"
    county = County(empty)
    county.begin(
        f"number: 1, title: 巡查, lead: [甲局], ongoing: true, needs: [{need}]",
        f"number: 2, title: 走访, lead: [甲局], ongoing: true, {stages}",
    )
    empty.ok("add-meeting", "--subject", "例会", "--held-on", "2022-03-03")
    for number in ("1", "2"):
        empty.ok("done", number, "--on", "2022-10-10")
        row = county.task(number, "2022-10-09")
        assert (row["state"], row["completed_on"]) == ("ongoing", None)
        row = county.task(number, "2022-10-10")
        assert (row["state"], row["completed_on"]) == ("done", "2022-10-10")


def test_who_leads_a_stage_is_found_told_and_written_to_while_it_presses(empty: Cli) -> None:
    county = County(empty)
    county.write(
        "number: 1, title: 建楼, lead: [甲局],"
        " stages: [{title: 征地, due: 3月底, lead: [乙局]}, {title: 竣工, due: 11月底}]",
        "number: 2, title: 巡查, lead: [甲局], ongoing: true, report_every: month",
    )
    plan = county.targets.read_text(encoding="utf-8")
    for name, address in (("First Bureau", "a@b.cn"), ("Second Bureau", "b@b.cn")):
        plan = plan.replace(f"en: {name},", f"en: {name}, email: {address},")
    county.targets.write_text(plan, encoding="utf-8")
    empty.ok("init")
    day, late = ("--as-of", "2022-04-15"), ("--as-of", "2022-12-15")
    mail = ("--lang", "en", "overdue", "--email", "--leads", "--behind", "--dry-run")

    for option in ("--lead", "--org"):
        assert [row["number"] for row in empty.json("tasks", option, "乙局", *day)] == [1]
    assert "甲局、乙局" in empty.ok("--lang", "zh", "overdue", *day)
    letters = empty.ok(*mail, *day)
    assert "To: Second Bureau <b@b.cn>" in letters
    assert "Due: ongoing\n" in letters
    told = empty.ok("--lang", "en", "notice", "--all", "notices", "--on", "2022-04-15")
    assert "to Second Bureau" in told

    empty.ok("done", "1", "--stage", "1", "--on", "2022-04-20")
    assert "Second Bureau" not in empty.ok(*mail, *late)
    assert [t["organisation"] for t in empty.json("tasks", "--by", "lead", *day)] == ["First Bureau"]
