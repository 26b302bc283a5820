"""The query of tasks past their due date without a sign-off stands by what was decided, day by day."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.task_county import County, write_table

TASKS = (
    "number: 1, title: 一, lead: [甲局, 乙局], due: 3月底",
    "number: 2, title: 二, lead: [甲局], due: 3月底",
    "number: 3, title: 三, lead: [甲局], due: 3月底",
    "number: 4, title: 四, lead: [甲局], due: 3月底",
    "number: 5, title: 五, lead: [甲局], stages: [{title: 摸排, due: 1月底}, {title: 竣工, due: 3月底}]",
    "number: 6, title: 六, lead: [甲局], ongoing: true",
    "number: 7, title: 七, lead: [甲局], due: 3月底",
)
NEXT = "number: 1, title: 续, lead: [甲局], due: 2023年底, carries: 2022/7"


@pytest.fixture
def county(empty: Cli) -> County:
    county = County(empty)
    county.write(*TASKS)
    (empty.folder / "tasks_2023.yaml").write_text(write_table(NEXT, year=2023), encoding="utf-8")
    empty.ok("init")
    return county


def ask(cli: Cli, day: str, column: int = 1) -> list[Any]:
    """The numbers, or another column, of the tasks of the query."""
    cli.ok("metadata", "-o", "metadata.json", "--force")
    document = json.loads((cli.folder / "metadata.json").read_text(encoding="utf-8"))
    sql = document["databases"][cli.db.stem]["queries"]["tasks-unsigned"]["sql"]
    with closing(sqlite3.connect(cli.db)) as db:
        return [row[column] for row in db.execute(sql, {"day": day})]


def test_the_due_date_in_force_on_the_day_decides(county: County) -> None:
    cli = county.cli
    cli.ok("extend", "2022/2", "--to", "2022-05-31", "--reason", "雨", "--on", "2022-03-20")
    cli.ok("extend", "2022/2", "--to", "2022-07-31", "--reason", "雨", "--on", "2022-06-10")
    cli.ok("extend", "2022/5", "--stage", "1", "--to", "2022-03-15", "--reason", "雨", "--on", "2022-01-20")
    assert ask(cli, "2022-04-01") == [1, 3, 4, 5, 7]
    cli.ok("extend", "2022/5", "--to", "2022-08-31", "--reason", "雨", "--on", "2022-04-10")
    assert ask(cli, "2022-04-10") == [1, 3, 4, 7]
    assert ask(cli, "2022-06-05") == [1, 3, 4, 7, 2]
    assert ask(cli, "2022-06-10") == [1, 3, 4, 7]
    assert ask(cli, "2022-09-10") == [1, 3, 4, 7, 2, 5]
    assert ask(cli, "2022-09-10", column=4)[-2:] == ["2022-07-31", "2022-08-31"]
    assert ask(cli, "2022-09-10", column=5)[-2:] == [41, 10]


def test_a_table_that_was_corrected_to_a_later_day_than_an_extension_decides(county: County) -> None:
    cli = county.cli
    cli.ok("extend", "2022/1", "--to", "2022-05-31", "--reason", "雨", "--on", "2022-03-20")
    cli.ok("extend", "2022/5", "--to", "2022-05-31", "--reason", "雨", "--on", "2022-03-20")
    table = county.table.read_text(encoding="utf-8")
    for task in ("title: 一, lead: [甲局, 乙局], ", "title: 竣工, "):
        table = table.replace(f"{task}due: 3月底", f"{task}due: 8月底")
    county.table.write_text(table, encoding="utf-8")
    cli.ok("load", "tasks_2022.yaml", "--correct")
    assert ask(cli, "2022-08-31") == [2, 3, 4, 7]
    assert ask(cli, "2022-09-01") == [2, 3, 4, 7, 1, 5]


def test_what_is_suspended_cancelled_or_carried_on_is_not_listed_from_its_day_on(county: County) -> None:
    cli = county.cli
    cli.ok("suspend", "2022/2", "--reason", "待批", "--on", "2022-04-10")
    cli.ok("resume", "2022/2", "--on", "2022-05-10")
    cli.ok("cancel", "2022/3", "--reason", "并入", "--on", "2022-04-10")
    assert ask(cli, "2022-04-09") == [1, 2, 3, 4, 5, 7]
    assert ask(cli, "2022-04-10") == [1, 4, 5, 7]
    assert ask(cli, "2022-05-10") == [1, 2, 4, 5, 7]
    assert ask(cli, "2022-12-31") == [1, 2, 4, 5, 7]
    assert ask(cli, "2023-01-01") == [1, 2, 4, 5]


def test_it_lists_what_overdue_lists_and_what_only_waits_for_its_sign_off(county: County) -> None:
    cli = county.cli
    cli.ok("done", "2022/4", "--on", "2022-04-20")
    cli.ok("done", "2022/5", "--stage", "1", "--on", "2022-01-20")
    cli.ok("done", "2022/5", "--stage", "2", "--on", "2022-04-20")
    cli.ok("assign", "查消防", "--lead", "乙局", "--due", "2022-05-10", "--on", "2022-04-30")
    cli.ok("assign", "后来的", "--lead", "乙局", "--due", "2022-06-10", "--on", "2022-05-30")
    for day in ("2022-04-01", "2022-04-20", "2022-05-10", "2022-05-11", "2022-07-01", "2023-02-01"):
        late = [row["number"] for row in cli.json("overdue", "--as-of", day)]
        waiting = [row["number"] for row in cli.json("tasks", "--state", "unsigned", "--as-of", day)]
        assert sorted(map(str, ask(cli, day))) == sorted(map(str, [*late, *waiting])), day


def test_the_headings_are_in_the_language_asked_and_leads_are_named_together(county: County) -> None:
    assert "甲局、乙局" in ask(county.cli, "2022-04-01", column=3)
    county.cli.ok("--lang", "zh", "metadata", "-o", "m.json")
    (database,) = json.loads((county.cli.folder / "m.json").read_text(encoding="utf-8"))["databases"].values()
    query = database["queries"]["tasks-unsigned"]
    assert "已暂缓、已取消或已结转的任务不列出" in query["description"]
    with closing(sqlite3.connect(county.cli.db)) as db:
        headings = [column[0] for column in db.execute(query["sql"], {"day": ""}).description]
        assert headings[:5] == ["年度", "序号", "内容", "牵头部门", "完成时限"]


def test_a_database_that_knows_no_decisions_yet_has_no_such_query(county: County) -> None:
    with closing(sqlite3.connect(county.cli.db, isolation_level=None)) as db:
        db.execute("DROP TABLE task_events")
        db.execute("PRAGMA user_version = 12")
    county.cli.ok("metadata", "-o", "metadata.json")
    document = json.loads((county.cli.folder / "metadata.json").read_text(encoding="utf-8"))
    assert "tasks-unsigned" not in document["databases"][county.cli.db.stem]["queries"]
