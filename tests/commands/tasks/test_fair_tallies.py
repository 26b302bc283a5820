"""``tasks --by lead|leader|town``: on time by the due days in force, and by the first ones."""

import pytest

from tests.support.runner import Cli
from tests.support.task_county import County

TASKS = (
    "number: 1, title: 一, lead: [甲局], leader: 张三, due: 6月底前",
    "number: 2, title: 二, lead: [甲局], leader: 张三, due: 6月底前",
    "number: 3, title: 三, lead: [甲局], leader: 李四, due: 6月底前, responsible: [东镇]",
    "number: 4, title: 四, lead: [乙局], due: 12月底, responsible: [各镇], report_every: month",
    "number: 5, title: 五, lead: [甲局], due: 3月底前",
    "number: 6, title: 六, lead: [甲局], due: 3月底前",
)
DAY = ("--as-of", "2022-08-15")


@pytest.fixture
def county(empty: Cli) -> County:
    county = County(empty)
    cli = county.begin(*TASKS)
    for number, on in (("1", "2022-06-20"), ("2", "2022-07-20")):
        cli.ok("extend", number, "--to", "2022-07-31", "--reason", "雨", "--on", "2022-06-01")
        cli.ok("done", number, "--on", on)
    cli.ok("extend", "3", "--to", "2022-09-30", "--reason", "雨", "--on", "2022-06-01")
    cli.ok("suspend", "5", "--reason", "待批", "--on", "2022-02-01")
    cli.ok("cancel", "6", "--reason", "并入", "--on", "2022-02-01")
    return county


def test_both_rates_are_told_and_what_rests_is_in_neither(county: County) -> None:
    first, second = county.cli.json("tasks", "--by", "lead", *DAY)
    assert first == {
        "organisation": "First Bureau",
        "total": 5,
        "done": 2,
        "on_time": 2,
        "late": 0,
        "unsigned": 0,
        "overdue": 0,
        "open": 1,
        "suspended": 1,
        "cancelled": 1,
        "unreported": 0,
        "on_time_rate": 1,
        "on_time_rate_original": pytest.approx(1 / 3),  # 1 came by the first day, 2 later, 3 not yet
    }
    assert (second["unreported"], second["on_time_rate_original"]) == (1, None)
    told = county.cli.ok("--lang", "zh", "tasks", "--by", "lead", *DAY)
    assert "按原定时限" in told
    assert "反馈逾期" in told


def test_leaders_and_towns_have_tallies_of_their_own(county: County) -> None:
    leaders = county.cli.json("tasks", "--by", "leader", *DAY)
    assert [(row["leader"], row["total"]) for row in leaders] == [("张三", 2), ("李四", 1)]
    towns = county.cli.json("tasks", "--by", "town", *DAY)
    assert {row["organisation"]: row["total"] for row in towns} == {"East Town": 2, "West Town": 1}
    assert "分管领导任务情况" in county.cli.ok("--lang", "zh", "tasks", "--by", "leader", *DAY)
    assert "镇街园区任务情况" in county.cli.ok("--lang", "zh", "tasks", "--by", "town", *DAY)


def test_without_an_extension_there_is_one_rate_on_the_screen(empty: Cli) -> None:
    cli = County(empty).begin(*TASKS)
    assert "By the first date" not in cli.ok("tasks", "--by", "lead", *DAY)


def test_another_word_is_refused(county: County) -> None:
    assert "leader" in county.cli.refused("tasks", "--by", "leeder", code=2)


def test_a_missing_report_is_told_among_what_is_due_soon(county: County) -> None:
    soon = county.cli.json("overdue", "--soon", *DAY)
    assert [(row["number"], row["unreported"]) for row in soon] == [(4, "2022-07")]
    county.cli.ok("progress", "4", "已开工", "--on", "2022-07-20")
    assert county.cli.json("overdue", "--soon", *DAY) == []


@pytest.mark.parametrize(("language", "lead"), [("en", "First"), ("zh", "甲局")])
def test_the_tally_stays_a_table_where_more_states_occur_than_fit(
    county: County, language: str, lead: str
) -> None:
    lines = county.cli.ok("--lang", language, "tasks", "--by", "lead", *DAY).splitlines()
    rules = [n for n, line in enumerate(lines) if line.startswith("───")]
    assert len(rules) == 2  # two bands, each with a row a lead
    assert all(lines[rule + 1].startswith(lead) for rule in rules)
    assert "%" in lines[rules[-1] + 1]
