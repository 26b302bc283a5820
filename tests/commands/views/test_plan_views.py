"""``measures`` and ``budget``: what they tell, and that it is what the other views tell."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support.runner import Cli

DAY = ("--as-of", "2022-11-30")
DAYS = ("2021-06-30", "2022-01-31", "2022-11-30", "2023-06-30", "2030-01-01")


@pytest.mark.parametrize("day", DAYS)
def test_the_lines_of_work_tell_what_tasks_and_status_tell(filled: Cli, day: str) -> None:
    rows = filled.json("measures", "--as-of", day)
    tasks = filled.json("tasks", "--as-of", day)
    targets = {row["key"]: row for row in filled.json("status", "--as-of", day)["targets"]}
    assert [row["number"] for row in rows] == [*range(1, 10), None]
    assert sum(row["tasks"]["total"] for row in rows) == len(tasks)
    for state in ("done", "overdue", "open"):
        assert sum(row["tasks"][state] for row in rows) == sum(task["state"] == state for task in tasks)
    told = [target for row in rows for target in row["targets"]]
    assert {target["key"] for target in told} == set(targets)
    assert all(target == {key: targets[target["key"]][key] for key in target} for target in told)


def test_deliverables_are_there_by_their_task_or_by_a_policy(filled: Cli) -> None:
    fifth = filled.json("measures", "5", *DAY)
    found = {each["key"]: each for each in fifth["deliverables"]}
    assert len(found) == 8
    assert found["carrier-admission-rules"]["done_on"] == "2022-04-22"
    assert found["carrier-admission-rules"]["policy"] is None
    by_policy = [each for each in found.values() if each["policy"]]
    assert [each["policy"]["document_number"] for each in by_policy] == ["澄政办发〔2022〕31号"]
    assert [task["number"] for task in fifth["task_list"]] == [1, 3, 8]


def test_a_policy_counts_from_the_day_it_is_issued_and_by_its_key_alone(kfly: Cli) -> None:
    key = kfly.json("measures", "5")["deliverables"][0]["key"]
    name = kfly.json("measures", "5")["deliverables"][0]["name"]
    kfly.ok("add-policy", "--name", name, "--issued-on", "2022-03-01")
    assert not kfly.json("measures", "5")["deliverables"][0]["done"]
    kfly.ok("set", "policy", name, f"promise={key}")
    assert kfly.json("measures", "5", "--as-of", "2022-03-01")["deliverables"][0]["done"]
    assert not kfly.json("measures", "5", "--as-of", "2022-02-28")["deliverables"][0]["done"]


def test_a_line_that_is_none_is_refused(kfly: Cli) -> None:
    assert "1, 2, 3" in kfly.refused("--lang", "en", "measures", "12")
    assert "N" in kfly.refused("measures", "five", code=2)


@pytest.mark.parametrize("day", DAYS)
def test_the_budget_tells_what_status_tells(filled: Cli, day: str) -> None:
    found = filled.json("budget", "--as-of", day)
    row = filled.target("special_fund", "--as-of", day)
    assert (found["spent"], found["ceiling"], found["light"]) == (row["actual"], row["goal"], row["light"])
    assert found["share"] == row["progress"]
    assert sum(each["spent"] for each in found["by_category"]) == pytest.approx(found["spent"])
    assert sum(each["spent"] for each in found["by_year"]) == pytest.approx(found["spent"])


def test_the_budget_in_words(filled: Cli) -> None:
    shown = filled.ok("--lang", "zh", "budget", *DAY)
    assert "上限 10,000，已支出 1,916.5，结余 8,083.5。" in shown
    assert "执行率 19%，时间进度 30%，低于时间进度 11 个百分点。" in shown
    assert [each["title"] for each in filled.json("budget", *DAY)["largest"]] == [
        "创新大厦改造",
        "临港智谷改造",
        "孵化器负责人培训",
    ]


PAY = ("add-expenditure", "--purpose", "并购", "--category", "项目投资", "--paid-on", "2022-12-01")


def test_a_payment_beyond_the_ceiling_is_recorded_with_a_warning_and_the_light_is_red(filled: Cli) -> None:
    run = filled("--lang", "zh", *PAY, "--amount", "8083.5")
    assert (run.code, run.err) == (0, "")
    run = filled("--lang", "zh", *PAY, "--voucher-number", "2", "--amount", "0.5")
    assert (run.code, run.err) == (0, "专项资金支出：已超出上限 0.5 万元；记录已保存。\n")
    assert filled.json("budget", "--as-of", "2022-12-05")["light"] == "red"
    assert filled.json("budget", "--as-of", "2022-12-05")["left"] == -0.5
    assert filled.target("special_fund", "--as-of", "2022-12-05")["light"] == "red"
    assert "超支 0.5" in filled.ok("--lang", "zh", "budget", "--as-of", "2022-12-05")


REFUND = ("add-expenditure", "--purpose", "改造退款", "--category", "载体改造", "--paid-on", "2022-11-01")


def test_what_was_paid_back_is_taken_off_its_payment_its_category_and_the_whole(filled: Cli) -> None:
    filled.ok(*REFUND, "--amount", "-600", "--corrects", "创新大厦改造")
    found = filled.json("budget", *DAY)
    assert (found["spent"], found["refunded"], found["left"]) == (1316.5, 600, 8683.5)
    assert found["spent"] == filled.target("special_fund", *DAY)["actual"]
    assert [each["spent"] for each in found["by_category"]] == [1280.5, 0, 0, 36, 0]
    assert [(each["title"], each["amount"], each["refunded"]) for each in found["largest"]] == [
        ("临港智谷改造", 680.5, 0),
        ("创新大厦改造", 1200, 600),
        ("孵化器负责人培训", 36, 0),
    ]
    shown = filled.ok("--lang", "zh", "budget", *DAY)
    assert "上限 10,000，已支出 1,316.5，结余 8,683.5。" in shown
    assert "累计支付1,916.5，其中已退回600。" in shown
    assert "已退回" not in filled.ok("--lang", "zh", "budget", "--as-of", "2022-10-31")


def test_more_paid_back_than_paid_leaves_more_than_the_ceiling(kfly: Cli) -> None:
    kfly.ok(*REFUND, "--amount", "-600")
    found = kfly.json("budget", *DAY)
    assert (found["spent"], found["left"], found["largest"]) == (-600, 10600, [])
    assert "结余 10,600" in kfly.ok("--lang", "zh", "budget", *DAY)


def test_only_who_makes_it_worse_is_warned(filled: Cli) -> None:
    filled(*PAY, "--amount", "9000")
    filled.ok("add-meeting", "--subject", "推进会", "--held-on", "2022-12-01")
    filled.ok("set", "expenditure", "并购", "note=已审")
    filled.ok("set", "expenditure", "并购", "amount=8900")
    worse = filled("--lang", "en", "set", "expenditure", "并购", "amount=8950")
    assert (worse.code, worse.err.count("\n")) == (0, 1)
    assert "866.5" in worse.err


def test_a_sheet_that_goes_beyond_it_is_warned_of_too(filled: Cli, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(
        "purpose,category,amount,paid_on\n甲,项目投资,9000,2022-12-01\n乙,项目投资,1,2022-12-02\n",
        encoding="utf-8",
    )
    run = filled("--lang", "en", "import", "expenditure", "e.csv")
    assert (run.code, run.err.count("\n")) == (0, 1)
    assert "917.5" in run.err


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_screen(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, columns: str, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for command in (("measures",), ("measures", "4"), ("measures", "5"), ("budget",)):
        shown = filled.ok("--lang", language, *command, *DAY)
        assert max(map(cell_len, shown.splitlines())) <= int(columns)
        assert "…" not in shown


def test_an_empty_registry_has_its_views_too(kfly: Cli) -> None:
    assert "还没有支出" in kfly.ok("--lang", "zh", "budget", *DAY)
    assert "0/3" in kfly.ok("--lang", "en", "measures", *DAY)
