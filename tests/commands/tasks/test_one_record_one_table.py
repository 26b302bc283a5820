"""Two yearly tables in one office: no record completes two years' tasks, and all views say the same."""

from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.two_years import OWING, load_second_table, set_up_enclaves, sign_collaborations


@pytest.fixture
def office(kfly: Cli) -> Cli:
    """The bundled plan with a table of 2023 beside that of 2022, and no records."""
    load_second_table(kfly)
    return kfly


def row(cli: Cli, number: str, day: str) -> dict[str, Any]:
    """A task and its only need: its state, and what it counts."""
    task = cli.json("task", number, "--as-of", day)
    (need,) = task["needs"]
    return {**{key: task[key] for key in ("state", "completed_on", "late")}, "actual": need["actual"]}


def test_a_hundred_collaborations_of_march_do_not_clear_two_years(office: Cli) -> None:
    sign_collaborations(office, 90, "2022-06-01")
    sign_collaborations(office, 100, "2023-03-15")
    assert row(office, "2022/16", "2023-03-14") == {
        "state": "overdue",
        "completed_on": None,
        "late": False,
        "actual": 90,
    }
    assert row(office, "2022/16", "2023-06-30") == {
        "state": "done",
        "completed_on": "2023-03-15",
        "late": True,
        "actual": 100,
    }
    assert row(office, "2023/1", "2023-06-30") == {
        "state": "open",
        "completed_on": None,
        "late": False,
        "actual": 90,
    }
    assert office.target("collaborations", "--as-of", "2023-06-30")["actual"] == 190


def test_the_later_sign_off_asks_for_what_is_left(office: Cli) -> None:
    sign_collaborations(office, 90, "2022-06-01")
    sign_collaborations(office, 100, "2023-03-15")
    refused = office.refused("--lang", "en", "done", "2023/1", "--on", "2023-06-30")
    assert "90/100" in refused
    sign_collaborations(office, 10, "2023-05-04")
    office.ok("done", "2023/1", "--on", "2023-06-30")
    office.ok("done", "2022/16", "--on", "2023-03-15")
    for number, on in (("2022/16", "2023-03-15"), ("2023/1", "2023-05-04")):
        task = office.json("task", number, "--as-of", "2023-06-30")
        assert (task["completed_on"], task["needs"][0]["actual"]) == (on, 100)
        assert task["unfounded"] is False
    assert not [found for found in office.json("check") if found["kind"] == "task"]


def test_all_views_of_tasks_say_the_same(office: Cli) -> None:
    sign_collaborations(office, 90, "2022-06-01")
    sign_collaborations(office, 100, "2023-03-15")
    for day in ("2022-12-31", "2023-03-15", "2023-12-31", "2024-01-01"):
        listed = {f"{t['year']}/{t['number']}": t["state"] for t in office.json("tasks", "--as-of", day)}
        of_measure = {
            f"{t['year']}/{t['number']}": t["state"]
            for t in office.json("measures", "8", "--as-of", day)["task_list"]
        }
        overdue = {f"{t['year']}/{t['number']}" for t in office.json("overdue", "--as-of", day)}
        assert of_measure.items() <= listed.items()
        assert overdue == {name for name, state in listed.items() if state == "overdue"}
        tally = office.json("status", "--as-of", day)["tasks"]
        assert [tally[state] for state in ("done", "overdue", "open")] == [
            list(listed.values()).count(state) for state in ("done", "overdue", "open")
        ]
        for name, state in of_measure.items():
            assert office.json("task", name, "--as-of", day)["state"] == state


def test_an_enclave_of_january_does_not_complete_the_year_before(office: Cli) -> None:
    set_up_enclaves(office, "2022-10-10", *OWING[1:])
    set_up_enclaves(office, "2023-01-20", OWING[0])
    day = ("--as-of", "2023-06-30")
    assert [row(office, number, day[1])["actual"] for number in ("2022/10", "2023/2")] == [10, 1]
    assert row(office, "2022/10", day[1])["state"] == "overdue"
    (years,) = (t["years"] for t in office.json("enclaves", *day)["towns"] if t["organisation"] == OWING[0])
    assert [(year["year"], year["met"]) for year in years] == [(2022, False), (2023, True)]
    status = office.target("enclave_area", *day)
    assert [(year["year"], year["actual"], year["met"]) for year in status["years"]] == [
        (2022, 10, False),
        (2023, 1, False),
    ]
    assert "2022/10" in office.refused("done", "2022/10", "--on", "2023-06-30")


def test_an_enclave_that_is_late_but_of_its_year_completes_it_late(office: Cli) -> None:
    set_up_enclaves(office, "2022-10-10", *OWING[1:])
    set_up_enclaves(office, "2022-12-20", OWING[0])
    assert row(office, "2022/10", "2023-06-30") == {
        "state": "done",
        "completed_on": "2022-12-20",
        "late": True,
        "actual": 11,
    }


SPRING = """\
plan: {name: 春天的方案, starts: 2022-04-01, ends: 2024-03-31}
organisations:
  - {name: 甲局, kind: department}
  - {name: 东镇, kind: town}
targets:
  - {key: platforms, section: 台, name: 平台, count: platform, at_least: 10, every: year, unit: 个}
  - {key: operators, section: 台, name: 机构, count: operator, at_least: 10, unit: 家}
"""
SPRING_TABLE = """\
year: 2022
tasks:
  - {number: 1, title: 平台一个, lead: [甲局], due: 2022年11月, needs: [{target: platforms, at_least: 1}]}
  - {number: 2, title: 机构一家, lead: [甲局], due: 2022年11月, needs: [{target: operators, at_least: 1}]}
"""


def test_a_record_of_february_counts_for_no_plan_that_begins_in_april(empty: Cli) -> None:
    (empty.folder / "targets.yaml").write_text(SPRING, encoding="utf-8")
    (empty.folder / "tasks_2022.yaml").write_text(SPRING_TABLE, encoding="utf-8")
    empty.ok("init")
    for on, counted in (("2022-02-15", 0), ("2022-03-31", 0), ("2022-04-01", 1)):
        empty.ok("add-platform", "--name", f"平台{on}", "--established-on", on)
        empty.ok("add-operator", "--name", f"机构{on}", "--introduced-on", on)
        day = ("--as-of", "2022-06-30")
        assert [empty.target(key, *day)["actual"] for key in ("platforms", "operators")] == [counted] * 2
        assert [task["needs"][0]["actual"] for task in empty.json("tasks", *day)] == [counted] * 2
        assert [year["actual"] for year in empty.target("platforms", *day)["years"]] == [counted]
        assert empty.json("trend", "platforms", *day)["points"][0]["on"] == "2022-03-31"
    assert empty.target("platforms", "--as-of", "2024-03-31")["due"] == "2024-03-31"
