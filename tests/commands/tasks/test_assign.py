"""``assign``: what a meeting or a leader orders beyond the yearly tables (交办)."""

from datetime import date

import pytest

from tests.support.runner import Cli
from tests.support.task_county import PLAN, County, write_table

TABLE = "number: 1, title: 建楼, lead: [甲局], due: 6月底前"


@pytest.fixture
def county(empty: Cli) -> County:
    county = County(empty)
    county.begin(TABLE)
    return county


def order(county: County, title: str, due: str, on: str, *more: str) -> str:
    return county.cli.ok("assign", title, "--lead", "乙局", "--due", due, "--on", on, *more)


def numbers(county: County, day: str, *more: str) -> list[int | str]:
    return [row["number"] for row in county.cli.json("tasks", "--as-of", day, *more)]


def test_an_order_is_numbered_by_its_year_and_there_from_its_day_on(county: County) -> None:
    assert (
        order(county, "整改隐患", "3月底前", "2022-03-02")
        == "Assigned task 2022/A1, due 2022-03-31: 整改隐患\n"
    )
    assert order(county, "补报", "4月15日前", "2022-03-03", "--responsible", "各镇").startswith(
        "Assigned task 2022/A2"
    )
    order(county, "明年", "6月底前", "2023-01-10")
    assert numbers(county, "2022-03-01") == [1]
    assert numbers(county, "2022-03-02") == [1, "A1"]
    assert numbers(county, "2023-02-01") == [1, "A1", "A2", "A1"]
    row = county.task("2022/A1", "2022-03-10")
    assert (row["assigned_on"], row["lead"], row["due"], row["light"]) == (
        "2022-03-02",
        ["Second Bureau"],
        "2022-03-31",
        "blue",
    )
    line = county.cli.refused("--lang", "en", "task", "2022/A1", "--as-of", "2022-03-01")
    assert line == "Task 2022/A1 was assigned on 2022-03-02 only."


@pytest.mark.parametrize(
    ("due", "on", "expected"),
    [
        ("6月底前", "2022-03-02", "2022-06-30"),
        ("6月底前", "2022-07-02", "2023-06-30"),
        ("6月30日前", "2022-06-30", "2022-06-30"),
        ("三季度", "2022-12-02", "2023-09-30"),
        ("2022-12-31", "2022-12-31", "2022-12-31"),
        ("end of June", "2022-08-01", "2023-06-30"),
        ("长期坚持", "2022-08-01", None),
    ],
)
def test_a_year_left_out_means_the_first_such_day_from_the_order_on(
    county: County, due: str, on: str, expected: str | None
) -> None:
    order(county, "事", due, on)
    assert county.cli.json("tasks", "--as-of", "2023-12-31")[1]["due"] == expected


def test_what_is_no_order_is_refused(county: County) -> None:
    cli = county.cli
    for words, line in {
        ("--lead", "乙局", "--due", "2022-02-01"): "--due: 2022-02-01 lies before 2022-03-01",
        ("--lead", "丙局", "--due", "6月底"): "丙局",
        ("--lead", "乙局", "--due", "6月底", "--meeting", "无此会"): "无此会",
    }.items():
        assert line in cli.refused("--lang", "en", "assign", "事", *words, "--on", "2022-03-01")
    for due in ("尽快", "8月前"):
        line = cli.refused("assign", "事", "--lead", "乙局", "--due", due, "--on", "2022-03-01", code=2)
        assert line.startswith(("--due: ", "--due："))
    assert cli.refused("--lang", "en", "assign", " ", "--lead", "乙局", "--due", "6月底", code=2)


def test_it_is_signed_off_extended_and_cancelled_like_any_other(county: County) -> None:
    cli = county.cli
    cli.ok("add-meeting", "--subject", "第三次推进会", "--held-on", "2022-03-01")
    order(county, "整改隐患", "3月底前", "2022-03-02", "--meeting", "第三次推进会")
    told = cli.ok("task", "A1", "--as-of", "2022-03-10")
    assert "assigned on 2022-03-02: 第三次推进会" in told
    assert "assigned on" in cli.refused("--lang", "en", "done", "A1", "--on", "2022-03-01")
    cli.ok("extend", "A1", "--to", "2022-04-30", "--reason", "雨", "--on", "2022-03-20")
    assert county.task("A1", "2022-04-10")["state"] == "open"
    cli.ok("progress", "A1", "在办", "--on", "2022-04-01")
    cli.ok("done", "A1", "--on", "2022-04-20")
    tally = cli.json("status", "--as-of", "2022-04-30")["tasks"]
    assert (tally["total"], tally["done"]) == (2, 1)
    order(county, "另一件", "5月底", "2022-05-01")
    cli.ok("cancel", "A2", "--reason", "不办了", "--on", "2022-05-02")
    assert county.task("A2", "2022-12-31")["state"] == "cancelled"


def test_a_number_is_never_given_twice(county: County) -> None:
    order(county, "一", "6月底", "2022-03-01")
    county.cli.ok("undo", "--yes")
    assert numbers(county, "2022-03-10") == [1]
    assert "2022/A2" in order(county, "二", "6月底", "2022-03-01")


def test_a_load_keeps_orders_and_follows_new_names(county: County) -> None:
    cli = county.cli
    order(county, "整改", "6月底", "2022-03-01")
    assert "nothing was changed" in cli.ok("load", "targets.yaml", "tasks_2022.yaml")
    renamed = PLAN.replace("name: 乙局,", "name: 丁局, aliases: [乙局],")
    county.targets.write_text(renamed, encoding="utf-8")
    county.table.write_text(
        write_table(TABLE, "number: 2, title: 新, lead: [甲局], due: 9月底"), encoding="utf-8"
    )
    told = cli.ok("load", "targets.yaml", "tasks_2022.yaml")
    assert "another order" not in told
    assert numbers(county, "2022-03-10") == [1, 2, "A1"]
    county.targets.write_text(
        renamed.replace("  - {name: 丁局, aliases: [乙局], en: Second Bureau, kind: department}\n", ""),
        encoding="utf-8",
    )
    line = cli.refused("--lang", "en", "load", "targets.yaml")
    assert line == "丁局 is gone from the plan, but is named by the order 2022/A1."
    assert cli("check").code == 0


def test_plan_files_may_not_use_its_numbers(empty: Cli) -> None:
    County(empty).write(TABLE.replace("number: 1", "number: A1"))
    assert "kept for orders" in empty.refused("--lang", "en", "init")


def test_it_is_in_the_letter_of_the_next_morning(county: County) -> None:
    order(county, "整改隐患", "11月底前", "2022-03-02")
    assert [row["number"] for row in county.cli.json("overdue", "--soon", "--as-of", "2022-03-03")] == ["A1"]
    assert county.cli.json("overdue", "--as-of", "2022-03-03") == []
    assert county.cli.json("overdue", "--soon", "--as-of", "2022-03-20") == []


def test_a_word_for_a_day_is_told_from_today(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kfly.cli.options.today", lambda: date(2022, 7, 15))
    order(county, "当日办结", "今天", "2022-07-01")
    order(county, "已办结", "yesterday", "2022-07-01")
    assert [county.task(f"2022/A{n}", "2022-07-15")["due"] for n in (1, 2)] == ["2022-07-15", "2022-07-14"]
    line = county.cli.refused(
        "--lang", "en", "assign", "晚了", "--lead", "乙局", "--due", "上月末", "--on", "2022-07-01"
    )
    assert line == "--due: 2022-06-30 lies before 2022-07-01, the day of the order."


def test_an_order_without_an_end_is_said_to_be_ongoing(county: County) -> None:
    assert order(county, "巡查", "长期坚持", "2022-07-01") == "Assigned task 2022/A1, ongoing: 巡查\n"
