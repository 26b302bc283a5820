"""``since``: what changed since a day, or since the last recorded meeting."""

import re
from typing import Any

import pytest

from tests.support.dated_log import date_groups, last_group
from tests.support.plan_office import Office
from tests.support.runner import Cli

AREA = "  - {key: area, section: 楼, name: 面积, sum: building.floor_area, at_least: 1000, unit: m²}\n"
THEN, NOW = "2022-03-10", ("--as-of", "2022-05-31")
DAYS = (*range(1, 8), *range(20, 27))  # of March, on which the groups were made
SAME = ("actual", "goal", "comparison", "met", "progress", "expected", "light", "period")


@pytest.fixture
def spring(office: Office) -> Office:
    """Seven changes up to the meeting of 10 March 2022, and seven after it."""
    office.edit("records:\n", AREA + "records:\n")
    office.cli.ok("load", "targets.yaml")
    office.cli.ok("set", "building", "一号", "renovated_on=2022-02-01")
    office.cli.ok("add-meeting", "--subject", "动员会", "--held-on", THEN)
    office.cli.ok("set", "building", "一号", "floor_area=10", "note=改了")
    office.cli.ok("set", "building", "二号", "renovated_on=2022-04-02")
    late = ("--town", "东镇", "--floor-area", "70", "--renovated-on", "2022-03-02")
    office.cli.ok("add-building", "--name", "三号", *late)
    office.cli.ok("add-meeting", "--subject", "推进会", "--held-on", "2022-05-31")
    office.cli.ok("done", "2", "--on", "2022-05-02")
    office.cli.ok("set", "building", "一号", "note=又改")
    office.cli.ok("add-building", "--name", "四号", *late)
    date_groups(office.cli.db, [f"2022-03-{day:02}T12:00:00Z" for day in DAYS])
    return office


def figures(rows: list[dict[str, Any]], side: str | None = None) -> dict[str, dict[str, Any]]:
    """The figures of each target."""
    return {row["key"]: {name: (row[side] if side else row)[name] for name in SAME} for row in rows}


def test_the_last_meeting_before_the_day_is_what_is_looked_back_to(spring: Office) -> None:
    found = spring.cli.json("since", *NOW)
    assert (found["since"], found["as_of"], found["then_known"]) == (THEN, "2022-05-31", True)
    assert (found["last_meeting"]["title"], found["last_meeting"]["held_on"]) == ("动员会", THEN)
    shown = spring.cli.ok("since", *NOW).splitlines()
    assert shown[:2] == [
        "两年方案 · what changed from 2022-03-10 to 2022-05-31",
        "Since the meeting “动员会” of 2022-03-10.",
    ]
    assert spring.cli.json("since", "--as-of", "2022-06-01")["last_meeting"]["title"] == "推进会"
    assert spring.cli.json("since", THEN, *NOW)["last_meeting"] is None


def test_without_a_meeting_it_says_what_to_do(office: Office) -> None:
    assert office.cli.refused("since", *NOW) == (
        "No meeting before 2022-05-31 is recorded; name a day (kfly since 2022-11-30), or record the meeting"
        " with “kfly add-meeting”."
    )


def test_a_plan_without_meetings_asks_for_a_day(empty: Cli) -> None:
    office = Office(empty)
    office.set_up()
    office.edit("count: meeting", "count: shop")
    office.edit("records:\n", "records:\n  meeting: null\n")
    office.cli.ok("load", "targets.yaml")
    assert office.cli.refused("since", *NOW) == (
        "No meeting before 2022-05-31 is recorded; name a day: kfly since 2022-11-30."
    )


def test_figures_then_and_now_are_those_of_status(spring: Office) -> None:
    for then in (THEN, "2022-03-21", "#9", "#14"):
        found = spring.cli.json("since", then, *NOW)
        before, now = spring.cli.json("status", "--as-known", then), spring.cli.json("status", *NOW)
        assert figures(found["targets"], "then") == figures(before["targets"])
        assert figures(found["targets"], "now") == figures(now["targets"])
        assert found["known_at"] == before["as_known"]
    changes = {row["key"]: row["change"] for row in spring.cli.json("since", THEN, *NOW)["targets"]}
    assert changes == {"meetings": 1, "halls": 2, "area": 150}


def test_both_moments_can_be_earlier_ones(spring: Office) -> None:
    found = spring.cli.json("since", THEN, "--as-known", "#9", *NOW)
    now = spring.cli.json("status", "--as-known", "#9", *NOW)
    assert figures(found["targets"], "now") == figures(now["targets"])
    assert found["as_known"] == now["as_known"]
    assert [row["what"] for row in found["corrections"]] == ["changed"]


def test_corrections_of_the_past_are_named_as_such(spring: Office) -> None:
    found = spring.cli.json("since", *NOW)
    assert found["correction_count"] == 3
    assert found["corrections"][0] == {
        "kind": "building",
        "id": 1,
        "title": "一号",
        "what": "changed",
        "field": "floor_area",
        "before": 100,
        "after": 10,
        "counts_on": None,
        "corrected_on": "2022-03-20",
        "change": 8,
    }
    entered = [(row["title"], row["what"], row["counts_on"]) for row in found["corrections"][1:]]
    assert entered == [("三号", "entered", "2022-03-02"), ("四号", "entered", "2022-03-02")]
    shown = spring.cli.ok("since", *NOW)
    assert "  building 一号: Floor area (m²) 100 → 10, corrected on 2022-03-20\n" in shown
    assert "  building 三号: counts from 2022-03-02, recorded on 2022-03-22\n" in shown
    chinese = spring.cli.ok("--lang", "zh", "since", *NOW)
    assert "楼宇 一号：建筑面积（m²） 100 → 10，2022-03-20 更正" in chinese
    assert "楼宇 三号：2022-03-22 补录，自 2022-03-02 起计入" in chinese


def test_what_was_taken_back_corrects_nothing_and_what_was_removed_does(spring: Office) -> None:
    spring.cli.ok("remove", "building", "四号", "--reason", "误登")
    assert spring.cli.json("since", *NOW)["correction_count"] == 2
    spring.cli.ok("set", "building", "一号", "floor_area=100")
    assert [row["what"] for row in spring.cli.json("since", *NOW)["corrections"]] == ["entered"]
    then = f"#{last_group(spring.cli.db)}"
    spring.cli.ok("remove", "building", "三号", "--reason", "误登")
    (gone,) = spring.cli.json("since", then)["corrections"]
    assert (gone["title"], gone["what"], gone["counts_on"]) == ("三号", "removed", "2022-03-02")


def test_what_began_to_count_is_added_by_kind_and_town(spring: Office) -> None:
    found = spring.cli.json("since", *NOW)
    assert [(row["kind"], row["count"]) for row in found["added"]] == [("building", 1), ("meeting", 1)]
    assert found["added"][0]["towns"] == [{"town": "西镇", "count": 1}]
    shown = spring.cli.ok("since", *NOW)
    assert "Records added: 2\n  Buildings: 1 (西镇 1)\n  Meetings: 1\n" in shown


def test_tasks_and_lights_are_told(spring: Office) -> None:
    found = spring.cli.json("since", THEN, "--as-of", "2022-07-01")
    numbers = {what: [task["number"] for task in its] for what, its in found["tasks"].items()}
    assert {what: its for what, its in numbers.items() if its} == {"done": [2], "overdue": [1], "due": [1]}
    assert list(numbers) == [
        *("done", "late", "overdue", "due", "extended", "suspended", "resumed", "cancelled", "carried"),
        *("reopened", "added", "removed"),
    ]
    order = ["red", "yellow", "blue", "green", "none"]
    places = [order.index(turn["now"]) for turn in found["turned"]]
    assert places == sorted(places)
    assert [(turn["number"], turn["now"]) for turn in found["turned"] if "number" in turn] == [
        (1, "red"),
        (2, "green"),
    ]
    shown = spring.cli.ok("since", THEN, "--as-of", "2022-07-01")
    assert "Tasks newly done: 1\n  2 办事 (done 2022-05-02)\n" in shown
    assert "Tasks newly overdue: 1\n  1 开会 (due 2022-06-30; lead: 甲局)\n" in shown
    assert re.search(r"■ red \(was .+\): task 1 开会", shown)


def test_where_the_log_begins_later_then_is_as_known_now(spring: Office) -> None:
    found = spring.cli.json("since", "2022-02-15", *NOW)
    before = spring.cli.json("status", "--as-of", "2022-02-15")
    assert (found["then_known"], found["known_at"], found["log_began"][:10]) == (False, None, "2022-03-01")
    assert figures(found["targets"], "then") == figures(before["targets"])
    assert (found["corrections"], found["correction_count"]) == ([], 0)
    shown = spring.cli.ok("since", "2022-02-15", *NOW).splitlines()[1]
    assert re.match(r"The log begins at 2022-03-01 ..:..: the figures of 2022-02-15 are as known now", shown)


def test_of_very_many_corrections_the_first_are_told(spring: Office) -> None:
    spring.stranger(
        "INSERT INTO building (name, town, floor_area, renovated_on) WITH RECURSIVE n (i) AS"
        " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)"
        " SELECT '楼' || i, '东镇', 1, '2022-03-01' FROM n"
    )
    found = spring.cli.json("since", *NOW)
    assert (found["correction_count"], len(found["corrections"])) == (1103, 1000)
    shown = spring.cli.ok("since", *NOW)
    assert "Corrections of the past: 1,103\n" in shown
    assert "and 1,083 more; “kfly since --json” lists" in shown


@pytest.mark.parametrize(
    ("then", "refusal", "code"),
    [
        ("soon", "DATE: “soon” is no moment", 2),
        ("2199-01-01", "DATE: 2199-01-01 has not come yet.", 1),
        ("#99", "There is no change #99", 1),
        ("2022-06-01", "2022-06-01 lies after 2022-05-31", 1),
    ],
)
def test_what_is_no_earlier_moment_is_refused(spring: Office, then: str, refusal: str, code: int) -> None:
    assert spring.cli.refused("since", then, *NOW, code=code).startswith(refusal)


def test_a_change_after_the_moment_that_is_known_is_refused(spring: Office) -> None:
    assert spring.cli.refused("since", "#9", "--as-known", "#8").startswith("There is no change #9")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_the_screen_or_cut(
    filled: Cli, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "80")
    shown = filled.ok("--lang", language, "since", "2022-09-01", "--as-of", "2022-11-30")
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert "…" not in shown
