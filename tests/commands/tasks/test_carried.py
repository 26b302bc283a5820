"""``carries``: a task of a later table goes on with an earlier one, and both count once."""

import pytest

from tests.support.runner import Cli
from tests.support.task_county import PLAN, County, write_table

OLD = "number: 12, title: 建楼, lead: [甲局], due: 2022年底, needs: [{target: meetings, at_least: 10}]"
OTHER = "number: 13, title: 修路, lead: [甲局], due: 2022年底"
NEW = (
    "number: 5, title: 建楼, lead: [甲局], due: 6月底, carries: 2022/12,"
    " needs: [{target: meetings, at_least: 10}]"
)


def begin(cli: Cli, *later: str) -> County:
    county = County(cli)
    county.write(OLD, OTHER)
    (cli.folder / "tasks_2023.yaml").write_text(write_table(*later, year=2023), encoding="utf-8")
    cli.ok("init")
    return county


def test_it_is_carried_from_the_first_day_of_the_later_table_and_counts_once(empty: Cli) -> None:
    county = begin(empty, NEW)
    before, after = county.task("2022/12", "2022-12-31"), county.task("2022/12", "2023-01-01")
    assert (before["state"], before["carried_by"]) == ("open", None)
    assert (after["state"], after["light"], after["carried_by"]) == ("carried", "none", "2023/5")
    assert county.task("2023/5", "2023-01-01")["carries"] == "2022/12"
    tally = empty.json("status", "--as-of", "2023-01-01")["tasks"]
    assert (tally["total"], tally["overdue"], tally["open"], tally["carried"]) == (2, 1, 1, 1)
    assert [row["number"] for row in empty.json("tasks", "--state", "结转", "--as-of", "2023-01-01")] == [12]
    assert "carried on by 2023/5" in empty.ok("task", "2022/12", "--as-of", "2023-01-01")
    assert "结转至 2023/5" in empty.ok("--lang", "zh", "tasks", "--as-of", "2023-01-01")
    told = empty.json("since", "2022-12-31", "--as-of", "2023-01-01")["tasks"]["carried"]
    assert [row["number"] for row in told] == [12]


def test_what_was_done_before_stays_done_and_what_is_carried_is_signed_off_there(empty: Cli) -> None:
    county = begin(empty, NEW)
    line = empty.refused("--lang", "en", "done", "2022/12", "--on", "2023-02-01", "--force")
    assert line == "Task 2022/12 is carried on by 2023/5 since 2023-01-01; that is the one to name."
    more = ("--to", "2023-12-31", "--reason", "x", "--on", "2023-02-01")
    assert "is carried on by" in empty.refused("--lang", "en", "extend", "2022/12", *more)
    empty.ok("done", "2022/12", "--on", "2022-12-20", "--force")
    assert county.task("2022/12", "2023-02-01")["state"] == "done"


def test_what_comes_later_counts_for_the_later_task_alone(empty: Cli) -> None:
    begin(empty, NEW)
    for day in range(1, 11):
        empty.ok("add-meeting", "--subject", f"会{day}", "--held-on", f"2023-03-{day:02}")
    rows = {(r["year"], r["number"]): r for r in empty.json("tasks", "--as-of", "2023-03-31")}
    assert rows[2022, 12]["needs"][0]["actual"] == 0
    assert (rows[2023, 5]["needs"][0]["actual"], rows[2023, 5]["state"]) == (10, "done")
    assert empty.target("meetings", "--as-of", "2022-12-31")["expected"] == 10
    assert empty.target("meetings", "--as-of", "2023-06-30")["expected"] == 10


def test_a_cancelled_task_makes_nothing_up_from_its_day_on(empty: Cli) -> None:
    begin(empty, NEW.replace(" carries: 2022/12,", ""))
    empty.ok("add-meeting", "--subject", "会", "--held-on", "2023-03-01")
    first = "2023-03-31"
    assert empty.json("task", "2022/12", "--as-of", first)["needs"][0]["actual"] == 1
    empty.ok("cancel", "2022/12", "--reason", "不再实施", "--on", "2023-02-01")
    assert empty.json("task", "2022/12", "--as-of", first)["needs"][0]["actual"] == 0
    assert empty.json("task", "2023/5", "--as-of", first)["needs"][0]["actual"] == 1


@pytest.mark.parametrize(
    ("tasks", "fault"),
    [
        ([NEW.replace("2022/12", "2022/99")], "there is no task 2022/99"),
        ([NEW.replace("2022/12", "2023/5")], "a task of an earlier table such as 2022/12 is expected"),
        ([NEW.replace("2022/12", "12")], "a task of an earlier table such as 2022/12 is expected"),
        ([NEW, NEW.replace("number: 5", "number: 6")], "2022/12 is given twice"),
    ],
)
def test_what_cannot_be_carried_is_refused_with_its_line(empty: Cli, tasks: list[str], fault: str) -> None:
    County(empty).write(OLD, OTHER)
    (empty.folder / "tasks_2023.yaml").write_text(write_table(*tasks, year=2023), encoding="utf-8")
    line = empty.refused("--lang", "en", "init")
    assert line.endswith(f"carries: {fault}")


def test_a_table_loaded_alone_keeps_what_is_carried(empty: Cli) -> None:
    county = begin(empty, NEW)
    assert "nothing was changed" in empty.ok("load", "tasks_2022.yaml")
    county.write(OTHER)
    assert "2022/12" in empty("load", "tasks_2022.yaml").err


def test_a_deliverable_is_there_when_the_task_that_carries_its_own_on_is_done(empty: Cli) -> None:
    county = County(empty)
    county.write(OLD, OTHER)
    text = f"{PLAN}measures: [{{number: 1, name: 一, lead: [甲局]}}]\n"
    promised = "deliverables: [{key: rules, name: 办法, measure: 1, task: 13}]\n"
    county.targets.write_text(text + promised, encoding="utf-8")
    later = "number: 6, title: 修路, lead: [甲局], due: 6月底, carries: 2022/13"
    (empty.folder / "tasks_2023.yaml").write_text(write_table(later, year=2023), encoding="utf-8")
    empty.ok("init")
    empty.ok("done", "2023/6", "--on", "2023-05-05")
    for day, since in (("2022-12-31", None), ("2023-05-04", None), ("2023-05-05", "2023-05-05")):
        (found,) = empty.json("measures", "1", "--as-of", day)["deliverables"]
        assert (found["done"], found["done_on"]) == (since is not None, since)
    assert "2023/6" in empty.ok("measures", "1", "--as-of", "2023-05-05")
