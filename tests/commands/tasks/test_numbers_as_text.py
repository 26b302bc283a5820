"""Tasks numbered by text: every command finds them, and what is kept of them stays as it was typed."""

import json

from tests.support.runner import Cli
from tests.support.task_county import County

TASKS = (
    "number: 2, title: 整数, lead: [甲局], due: 2022-09-30",
    'number: "1.10", title: 小数, lead: [甲局], due: 2022-06-30, needs: [{target: meetings, at_least: 2}]',
    "number: （三）, title: 括号, lead: [乙局], due: 2022-06-30",
    'number: "1.1", title: 另一项, lead: [甲局], due: 2022-06-30',
)


def test_json_has_numbers_as_the_plan_has_them_in_its_order(empty: Cli) -> None:
    cli = County(empty).begin(*TASKS)
    assert [row["number"] for row in cli.json("tasks")] == [2, "1.10", "（三）", "1.1"]
    assert cli.json("task", "2022/2")["number"] == 2
    assert "（三）" in cli.ok("tasks")


def test_a_task_is_signed_off_reported_and_shown_by_its_text(empty: Cli) -> None:
    cli = County(empty).begin(*TASKS)
    (cli.folder / "file.txt").write_text("x", encoding="utf-8")
    cli.ok("done", "三", "--on", "2022-05-01", "--evidence", "file.txt")
    cli.ok("progress", "2022/1.10", "过半", "--on", "2022-05-02")
    cli.ok("evidence", "1.10", "--add", "file.txt")
    rows = {row["number"]: row for row in cli.json("tasks", "--as-of", "2022-06-01")}
    assert [row["number"] for row in rows.values() if row["state"] == "done"] == ["（三）"]
    assert rows["1.10"]["last_feedback"]["text"] == "过半"
    assert rows["1.1"]["last_feedback"] is None
    assert [one["name"] for one in cli.json("task", "1.10")["evidence"]] == ["file.txt"]
    assert "（三）" in cli.ok("log", "task", "(三)")
    cli.ok("reopen", "（三）", "--reason", "有误")
    assert cli.json("task", "三")["state"] == "overdue"


def test_it_is_known_as_it_was_before_a_later_load(empty: Cli) -> None:
    county = County(empty)
    cli = county.begin(*TASKS)
    county.table.write_text(
        county.table.read_text(encoding="utf-8").replace("小数", "改名").replace("（三）", "（四）"),
        encoding="utf-8",
    )
    cli.ok("load", "tasks_2022.yaml")
    now = [(row["number"], row["title"]) for row in cli.json("tasks")]
    then = [(row["number"], row["title"]) for row in cli.json("tasks", "--as-known", "#1")]
    assert now == [(2, "整数"), ("1.10", "改名"), ("（四）", "括号"), ("1.1", "另一项")]
    assert then == [(2, "整数"), ("1.10", "小数"), ("（三）", "括号"), ("1.1", "另一项")]
    cli.ok("undo", "--yes")
    assert [(row["number"], row["title"]) for row in cli.json("tasks")] == then


def test_a_table_in_another_order_is_shown_in_that_order(empty: Cli) -> None:
    county = County(empty)
    cli = county.begin(*TASKS)
    county.write(*reversed(TASKS))
    cli.ok("load", "targets.yaml", "tasks_2022.yaml")
    assert [row["number"] for row in cli.json("tasks")] == ["1.1", "（三）", "1.10", 2]
    assert [row["number"] for row in cli.json("tasks", "--as-known", "#1")] == [2, "1.10", "（三）", "1.1"]


def test_papers_and_letters_name_it(empty: Cli) -> None:
    cli = County(empty).begin(*TASKS)
    cli.ok("report", "page.html", "--as-of", "2022-08-01")
    assert "（三）" in (cli.folder / "page.html").read_text(encoding="utf-8")
    cli.ok("report", "book.xlsx", "--as-of", "2022-08-01")
    overdue = json.loads(cli.ok("overdue", "--as-of", "2022-08-01", "--json"))
    assert [row["number"] for row in overdue] == ["1.10", "（三）", "1.1"]
    assert cli.ok("check")


def test_completion_offers_texts(empty: Cli) -> None:
    from kfly.services.suggestions import Suggestions

    cli = County(empty).begin(*TASKS)
    assert [word for word, _title in Suggestions(cli.db, "1.").tasks()] == ["1.10", "1.1"]
