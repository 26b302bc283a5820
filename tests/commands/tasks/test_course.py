"""``extend``, ``suspend``, ``resume`` and ``cancel``: what is decided of a task holds from its own day on."""

import sqlite3

import pytest

from tests.support.runner import Cli
from tests.support.task_county import County

PLAIN = "number: 1, title: 建楼, lead: [甲局], due: 6月底前"
ONGOING = "number: 2, title: 巡查, lead: [甲局], ongoing: true"
STAGED = (
    "number: 3, title: 竣工, lead: [乙局], stages: [{title: 摸排, due: 3月底前}, {title: 开工, due: 9月底},"
    " {title: 竣工, due: 2022年11月底}]"
)


@pytest.fixture
def county(empty: Cli) -> County:
    county = County(empty)
    county.begin(PLAIN, ONGOING, STAGED)
    return county


def extend(county: County, number: str, to: str, on: str, *more: str) -> str:
    return county.cli.ok("extend", number, "--to", to, "--reason", "雨季", "--on", on, *more)


def test_before_the_day_of_its_extension_a_task_stands_as_it_did(county: County) -> None:
    told = extend(county, "1", "2022-09-30", "2022-07-10", "--approved-by", "县政府")
    assert told == "Extended task 1 to 2022-09-30: 建楼\n"
    before, after = county.task("1", "2022-07-09"), county.task("1", "2022-07-10")
    assert (before["state"], before["due"], before["days_overdue"]) == ("overdue", "2022-06-30", 9)
    assert (before["original_due"], before["extensions"]) == ("2022-06-30", [])
    assert (after["state"], after["due"], after["days_left"]) == ("open", "2022-09-30", 82)
    assert after["original_due"] == "2022-06-30"
    given = {"on": "2022-07-10", "to": "2022-09-30", "reason": "雨季", "approved_by": "县政府"}
    assert after["extensions"] == [given]


def test_late_is_what_came_after_the_due_day_in_force_on_the_day_it_came(county: County) -> None:
    extend(county, "1", "2022-09-30", "2022-06-20")
    county.cli.ok("done", "1", "--on", "2022-08-01")
    row = county.task("1", "2022-12-31")
    assert (row["state"], row["late"]) == ("done", False)


def test_an_extension_that_came_after_its_completion_makes_nothing_timely(county: County) -> None:
    extend(county, "1", "2022-09-30", "2022-08-01")
    county.cli.ok("done", "1", "--on", "2022-07-15")
    assert county.task("1", "2022-12-31")["late"]


def test_the_last_stage_is_extended_with_its_task_and_another_by_itself(county: County) -> None:
    extend(county, "3", "2022-12-31", "2022-05-01")
    extend(county, "3", "2022-10-31", "2022-06-01", "--stage", "2")
    row = county.task("3", "2022-10-15")
    assert (row["due"], row["original_due"]) == ("2022-12-31", "2022-11-30")
    assert [stage["due"] for stage in row["stages"]] == ["2022-03-31", "2022-10-31", "2022-12-31"]
    assert [each["stage"] for each in row["extensions"]] == [3, 2]
    assert row["stages"][1]["state"] == "open"


def test_what_rests_is_neither_open_nor_overdue_until_it_is_resumed(county: County) -> None:
    county.cli.ok("suspend", "1", "--reason", "等待批复", "--on", "2022-06-01")
    county.cli.ok("resume", "1", "--on", "2022-08-01")
    states = [
        county.task("1", on)["state"] for on in ("2022-05-31", "2022-06-01", "2022-07-31", "2022-08-01")
    ]
    assert states == ["open", "suspended", "suspended", "overdue"]
    assert county.task("1", "2022-07-15")["light"] == "none"
    tally = county.cli.json("status", "--as-of", "2022-07-15")["tasks"]
    assert (tally["total"], tally["overdue"], tally["suspended"]) == (3, 0, 1)
    assert "cancelled" not in tally
    assert [
        row["number"] for row in county.cli.json("tasks", "--state", "暂缓", "--as-of", "2022-07-15")
    ] == [1]
    assert county.cli.json("overdue", "--behind", "--soon", "--as-of", "2022-07-15") != []
    assert 1 not in [r["number"] for r in county.cli.json("overdue", "--as-of", "2022-07-15")]


def test_a_cancelled_task_stays_in_the_table_and_is_never_done(county: County) -> None:
    county.cli.ok("cancel", "3", "--reason", "并入其他工作", "--on", "2022-04-15")
    row = county.task("3", "2022-12-31")
    assert (row["state"], row["light"]) == ("cancelled", "none")
    assert [stage["state"] for stage in row["stages"]] == ["cancelled"] * 3
    line = county.cli.refused("--lang", "en", "done", "3", "--on", "2022-05-01", "--force")
    assert line == "Task 3 was cancelled on 2022-04-15; “kfly undo” takes that back."


REFUSED = {
    "extend 9 --to 2022-12-31": "There is no task 9; “kfly tasks” lists them.",
    "extend 2 --to 2022-12-31": "Task 2 is ongoing and has no due day; there is nothing to extend.",
    "extend 1 --to 2022-08-31": "Task 1 is due on 2022-08-31 already; an extension needs a later day.",
    "suspend 1": "Task 1 has been suspended since 2022-05-01 already.",
    "resume 2 --on 2022-09-01": "Task 2 is not suspended on 2022-09-01.",
    "resume 1 --on 2022-04-01": (
        "--on: 2022-04-01 lies before 2022-05-01, when something else was decided of task 1."
    ),
    "cancel 1 --on 2199-01-01": "--on: 2199-01-01 has not come yet.",
    "extend 3 --stage 1 --to 2022-10-31": (
        "Task 3, stage 1: the stage after it is due on 2022-09-30; extend that one first."
    ),
    "extend 3 --stage 4 --to 2022-10-31": "Task 3 has no stage 4; it has 3.",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_is_refused(county: County, words: str) -> None:
    extend(county, "1", "2022-08-31", "2022-04-20")
    county.cli.ok("suspend", "1", "--reason", "等", "--on", "2022-05-01")
    assert county.cli.refused("--lang", "en", *words.split(), "--reason", "x") == REFUSED[words]


def test_an_earlier_day_is_no_extension_and_the_refusal_says_what_mends_a_table(county: County) -> None:
    line = county.cli.refused("--lang", "en", "extend", "1", "--to", "2022-05-31", "--reason", "x")
    assert line.startswith("Task 1 is due on 2022-06-30; 2022-05-31 lies before that, and is no extension.")
    county.cli.ok("done", "1", "--on", "2022-05-01")
    for words in (("extend", "1", "--to", "2022-12-31"), ("suspend", "1"), ("cancel", "1")):
        assert "was signed off on 2022-05-01" in county.cli.refused("--lang", "en", *words, "--reason", "x")


def test_the_history_the_log_and_since_tell_the_course_and_undo_takes_it_back(county: County) -> None:
    cli = county.cli
    extend(county, "1", "2022-09-30", "2022-07-10", "--approved-by", "县政府")
    assert "2022-07-10  extended to 2022-09-30: 雨季 (approved by 县政府)" in cli.ok("task", "1")
    assert "Due: 2022-09-30, extended; first due 2022-06-30" in cli.ok("task", "1", "--as-of", "2022-08-01")
    assert "task 1: on 2022-07-10 extended to 2022-09-30: 雨季" in cli.ok("log")
    changed = cli.json("since", "2022-07-01", "--as-of", "2022-08-01")["tasks"]
    assert [row["number"] for row in changed["extended"]] == [1]
    assert "Tasks extended: 1" in cli.ok("since", "2022-07-01", "--as-of", "2022-08-01")
    assert county.task("1", "2022-08-01", "--as-known", "#1")["state"] == "overdue"
    cli.ok("undo", "--yes")
    assert county.task("1", "2022-08-01")["state"] == "overdue"
    assert county.task("1", "2022-08-01", "--as-known", "#2")["state"] == "open"


def test_in_chinese_it_reads_as_an_office_writes(county: County) -> None:
    extend(county, "1", "2022-09-30", "2022-07-10", "--approved-by", "县政府")
    county.cli.ok("suspend", "3", "--reason", "待批", "--on", "2022-05-01")
    told = county.cli.ok("--lang", "zh", "task", "1", "--as-of", "2022-08-01")
    assert "完成时限：2022-09-30（已延期，原定 2022-06-30）" in told
    assert "2022-07-10  延期至 2022-09-30，事由：雨季（县政府批准）" in told
    assert "暂缓" in county.cli.ok("--lang", "zh", "tasks", "--as-of", "2022-08-01")


def test_a_suspension_that_a_later_resumption_needs_is_not_undone(county: County) -> None:
    cli = county.cli
    cli.ok("suspend", "1", "--reason", "等", "--on", "2022-05-01")
    cli.ok("resume", "1", "--on", "2022-06-01")
    line = cli.refused("--lang", "en", "undo", "2", "--yes")
    assert line == "#2 cannot be taken back: Task 1 is not suspended on 2022-06-01."
    cli.ok("undo", "3", "--yes")
    cli.ok("undo", "2", "--yes")


def test_check_finds_what_another_program_wrote_out_of_order(county: County) -> None:
    extend(county, "1", "2022-09-30", "2022-07-10")
    with sqlite3.connect(county.cli.db) as db:
        for decision, on in (("resumed", "2022-08-01"), ("suspended", "2022-06-01")):
            db.execute(
                "INSERT INTO task_events (year, task, decision, held_on, reason, recorded_at)"
                " VALUES (2022, 1, ?, ?, 'x', '2022-08-01T00:00:00Z')",
                (decision, on),
            )
    run = county.cli("check", "--json")
    assert run.code == 1
    assert run.out.count('"code": "course_out_of_order"') == 2
    assert "Task 1 is not suspended on 2022-08-01." in run.out
    assert "lies before 2022-07-10" in run.out


def test_an_unchanged_file_leaves_the_extension_and_a_moved_day_is_one(county: County) -> None:
    cli = county.cli
    extend(county, "1", "2022-09-30", "2022-07-10")
    assert "nothing was changed" in cli.ok("load", "tasks_2022.yaml")
    county.write(PLAIN.replace("6月底前", "9月底前"), ONGOING, STAGED)
    assert "nothing was changed" in cli.ok("load", "tasks_2022.yaml")
    county.write(PLAIN.replace("6月底前", "10月底前"), ONGOING, STAGED.replace("11月底", "底"))
    assert "extended to 2022-10-31: tasks_2022.yaml" in cli.ok("load", "tasks_2022.yaml", "--dry-run")
    cli.ok("load", "tasks_2022.yaml")
    row = cli.json("task", "1")
    assert (row["due"], row["original_due"]) == ("2022-10-31", "2022-06-30")
    assert [each["reason"] for each in row["extensions"]] == ["雨季", "tasks_2022.yaml"]
    assert cli.json("task", "3")["due"] == "2022-12-31"


def test_a_day_moved_of_a_task_that_is_signed_off_is_refused_with_what_mends_the_table(
    county: County,
) -> None:
    cli = county.cli
    cli.ok("done", "1", "--on", "2022-05-01")
    county.write(PLAIN.replace("6月底前", "9月底前"), ONGOING, STAGED)
    run = cli("--lang", "en", "load", "tasks_2022.yaml")
    assert (run.code, run.out) == (1, "")
    signed, mends = run.err.splitlines()
    assert signed.startswith("Task 1 was signed off on 2022-05-01")
    assert mends == "Where the table was wrong, and nothing is to be extended: “kfly load FILE --correct”."
    cli.ok("load", "tasks_2022.yaml", "--correct")
    assert county.task("1", "2022-06-01")["original_due"] == "2022-09-30"


def test_another_period_of_reports_is_told_in_words(county: County) -> None:
    for every in ("quarter", "month"):
        county.write(PLAIN, f"{ONGOING}, report_every: {every}", STAGED)
        told = county.cli.ok("--lang", "en", "load", "tasks_2022.yaml")
    assert "task 2: report of progress each quarter → each month" in told
    told = county.cli.ok("--lang", "zh", "task", "2", "--as-of", "2022-02-01")
    assert "反馈进展：每月\n" in told


def test_a_day_moved_forward_is_refused_and_with_correct_mends_the_table(county: County) -> None:
    cli = county.cli
    county.write(PLAIN.replace("6月底前", "5月底前"), ONGOING, STAGED)
    assert "is no extension" in cli.refused("--lang", "en", "load", "tasks_2022.yaml")
    cli.ok("load", "tasks_2022.yaml", "--correct")
    row = cli.json("task", "1")
    assert (row["due"], row["original_due"], row["extensions"]) == ("2022-05-31", "2022-05-31", [])


def test_a_plan_without_the_task_is_refused_as_its_decisions_would_go(county: County) -> None:
    extend(county, "1", "2022-09-30", "2022-07-10")
    county.write(ONGOING, STAGED)
    run = county.cli("load", "tasks_2022.yaml")
    assert run.code == 1
    assert "Task 2022/1 is gone from the plan, but has decisions: 1." in run.err
    county.cli.ok("load", "tasks_2022.yaml", "--force")
    assert [row["number"] for row in county.cli.json("tasks")] == [2, 3]


def test_a_calendar_has_the_day_in_force_and_what_is_cancelled_as_such(county: County) -> None:
    cli = county.cli
    extend(county, "1", "2022-09-30", "2022-05-10")
    cli.ok("cancel", "3", "--reason", "并入", "--on", "2022-05-10")
    cli.ok("calendar", "-o", "days.ics", "--as-of", "2022-06-01")
    told = (cli.folder / "days.ics").read_text(encoding="utf-8")
    assert "20220930" in told
    assert "20220630" not in told
    assert told.count("STATUS:CANCELLED") == 4  # three stages and the task itself


def test_no_extension_makes_the_day_of_a_corrected_table_earlier(county: County) -> None:
    cli = county.cli
    extend(county, "1", "2022-07-31", "2022-05-10")
    county.write(PLAIN.replace("6月底前", "9月底前"), ONGOING, STAGED)
    cli.ok("load", "tasks_2022.yaml", "--correct")
    row = cli.json("task", "1", "--as-of", "2022-06-01")
    assert (row["due"], row["original_due"]) == ("2022-09-30", "2022-09-30")
    assert "extended, first due" not in cli.ok("--lang", "en", "tasks", "--as-of", "2022-06-01")
    assert [r["number"] for r in cli.json("overdue", "--as-of", "2022-09-30")] == [3]
    assert [r["number"] for r in cli.json("overdue", "--as-of", "2022-10-01")] == [3, 1]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "task 3, stage 2: due date 2022-09-30 → 2022-08-31"), ("zh", "任务 3 第 2 阶段：完成时限 ")],
)
def test_a_changed_stage_is_called_by_its_task(county: County, language: str, told: str) -> None:
    county.write(PLAIN, ONGOING, STAGED.replace("9月底", "8月底"))
    county.cli.ok("load", "tasks_2022.yaml", "--correct")
    assert told in county.cli.ok("--lang", language, "log")
