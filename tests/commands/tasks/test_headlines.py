"""Signed off and awaiting a sign-off are told apart, and so are sign-offs that rest on nothing."""

import pytest

from tests.support.runner import Cli

DAY = ("--as-of", "2022-11-30")


def test_status_counts_the_unsigned_of_the_done(filled: Cli) -> None:
    rows = filled.json("tasks", *DAY)
    unsigned = [row for row in rows if row["state"] == "done" and not row["signed_off"]]
    tally = filled.json("status", *DAY)["tasks"]
    assert (tally["done"], tally["unsigned"]) == (11, 3) == (11, len(unsigned))


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "done 11, of which 3 await sign-off"), ("zh", "已完成 11 项，其中待销号 3 项")],
)
def test_the_headline_tells_them_apart(filled: Cli, language: str, told: str) -> None:
    for command in ("status", "tasks"):
        assert told in filled.ok("--lang", language, command, *DAY)


def test_where_all_that_is_done_is_signed_off_nothing_awaits(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-20")
    assert "任务共 20 项：已完成 1 项；逾期" in kfly.ok("--lang", "zh", "status", "--as-of", "2022-03-01")


def test_lines_of_work_tell_them_apart(filled: Cli) -> None:
    rows = {row["number"]: row["tasks"] for row in filled.json("measures", *DAY)}
    awaiting = {number: tasks["unsigned"] for number, tasks in rows.items() if tasks["unsigned"]}
    assert sum(awaiting.values()) == 3
    assert filled.ok("--lang", "zh", "measures", *DAY).count("待销号 1") == len(awaiting)
    one = next(iter(awaiting))
    shown = filled.ok("--lang", "en", "measures", str(one), *DAY)
    done, total = rows[one]["done"], rows[one]["total"]
    assert f"Tasks  {done}/{total}  {awaiting[one]} unsigned" in shown


def test_a_department_that_reported_nothing_has_no_on_time_rate(kfly: Cli) -> None:
    """Its investors were there before anybody reported: done by figures, and not by its doing."""
    for n in range(10):
        kfly.ok("add-investor", "--name", f"机构{n}", "--registered-on", "2019-01-01")
    asked = ("tasks", "--by", "lead", "--lead", "市工信局", "--as-of", "2022-01-15")
    (row,) = kfly.json(*asked)
    assert (row["done"], row["unsigned"], row["on_time"], row["on_time_rate"]) == (1, 1, 0, None)
    kfly.ok("done", "18", "--on", "2022-01-15")
    (row,) = kfly.json(*asked)
    assert (row["done"], row["unsigned"], row["on_time"], row["on_time_rate"]) == (1, 0, 1, 1)


def test_the_table_by_lead_has_a_column_for_them_and_says_what_the_rate_is(filled: Cli) -> None:
    shown = filled.ok("--lang", "zh", "tasks", "--by", "lead", *DAY)
    assert "待销号" in shown.splitlines()[2]
    assert "已达标待销号的不计入" in shown.replace("\n", "")


def sign_off_17(kfly: Cli) -> None:
    for n in range(5):
        kfly.ok("add-platform", "--name", f"平台{n}", "--established-on", "2022-02-01")
    kfly.ok("done", "17", "--on", "2022-06-01")


def test_a_sign_off_on_figures_that_were_changed_away_is_marked(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    sign_off_17(kfly)
    assert kfly.json("task", "17", *DAY)["unfounded"] is False
    kfly.ok("set", "platform", "1", "established_on=2022-06-02")
    assert kfly.json("task", "17", *DAY)["unfounded"] is True
    assert kfly.json("task", "17", *DAY)["state"] == "done"
    for command in (("tasks", *DAY), ("task", "17", *DAY)):
        assert "销号后数据有变" in "".join(kfly.ok("--lang", "zh", *command).split())
        assert "figures changed since" in " ".join(kfly.ok("--lang", "en", *command).split())
    assert kfly.json("task", "17", "--as-of", "2022-05-31")["unfounded"] is False


def test_a_sign_off_before_the_plan_is_marked(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2021-12-31")
    assert kfly.json("task", "1", *DAY)["before_plan"] is True
    assert "销号早于方案起始" in "".join(kfly.ok("--lang", "zh", "task", "1", *DAY).split())
    (found,) = (found for found in kfly.json("--lang", "en", "check") if found["kind"] == "task")
    assert (found["severity"], found["code"], found["id"]) == ("warning", "signed_before_plan", "1")
    assert found["message"] == "was signed off on 2021-12-31, before the plan begins on 2022-01-01"
    assert found["command"].startswith("kfly reopen 1 --reason")


def test_on_the_plans_first_day_it_is_not(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-01")
    assert kfly.json("task", "1", *DAY)["before_plan"] is False
    assert not [found for found in kfly.json("check") if found["kind"] == "task"]
