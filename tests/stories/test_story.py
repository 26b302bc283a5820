"""What issue 2 is shown by: an analyst on a fresh machine, with the real plan."""

import pytest

from tests.support.runner import Cli


@pytest.fixture
def analyst(empty: Cli) -> Cli:
    empty.ok("init")
    return empty


def surveyed(analyst: Cli) -> None:
    analyst.ok(
        *("add-building", "--name", "创新大厦", "--town", "澄江街道"),
        *("--floor-area", "5.2万", "--surveyed-on", "2022-02-10"),
    )


def test_the_first_command_makes_the_real_plan(analyst: Cli) -> None:
    status = analyst.json("status", "--as-of", "2022-06-30")

    assert status["plan"] == "江阴市科技赋能楼宇三年行动实施方案"
    assert status["as_of"] == "2022-06-30"
    assert [row["key"] for row in status["targets"]] == [
        "buildings_renovated",
        "large_buildings_renovated",
        "enclave_area",
        "platforms",
        "operators",
        "investors",
        "fund_scale",
        "talent_projects",
        "collaborations",
        "talents",
        "recruitment_events",
        "special_fund",
    ]
    assert {row["actual"] for row in status["targets"]} == {0}
    assert status["tasks"] == {
        "total": 20,
        "done": 0,
        "overdue": 9,
        "open": 11,
        "behind": 9,
        "due_soon": 0,
        "unsigned": 0,
    }


def test_with_no_records_only_what_is_no_promise_yet_is_green(analyst: Cli) -> None:
    lights = {row["key"]: row["light"] for row in analyst.json("status", "--as-of", "2022-06-30")["targets"]}

    assert lights.pop("special_fund") == "green"
    assert lights.pop("large_buildings_renovated") == "green"  # 1 by November: half a building is none
    assert set(lights.values()) == {"red"}


def test_a_survey_is_recorded(analyst: Cli) -> None:
    surveyed(analyst)

    (building,) = analyst.json("list", "building", "--as-of", "2022-02-10")
    assert (building["id"], building["name"], building["town"]) == (1, "创新大厦", "澄江街道")
    assert (building["floor_area"], building["surveyed_on"]) == (52000, "2022-02-10")
    assert (building["stage"], building["counts_toward"]) == ("surveyed", [])


def test_a_survey_alone_moves_no_figure(analyst: Cli) -> None:
    surveyed(analyst)

    assert analyst.target("buildings_renovated", "--as-of", "2022-11-30")["actual"] == 0


def test_a_renovated_building_moves_two_targets(analyst: Cli) -> None:
    surveyed(analyst)
    analyst.ok("set", "building", "创新大厦", "renovated_on=2022-10-01")

    all_sizes = analyst.target("buildings_renovated", "--as-of", "2022-11-30")
    large = analyst.target("large_buildings_renovated", "--as-of", "2022-11-30")
    assert (all_sizes["actual"], all_sizes["goal"], all_sizes["light"]) == (1, 30, "red")
    assert (large["actual"], large["goal"], large["light"]) == (1, 3, "green")


def test_it_counts_from_its_day_on_and_not_before(analyst: Cli) -> None:
    surveyed(analyst)
    analyst.ok("set", "building", "创新大厦", "renovated_on=2022-10-01")

    assert analyst.target("buildings_renovated", "--as-of", "2022-09-30")["actual"] == 0
    assert analyst.target("buildings_renovated", "--as-of", "2022-10-01")["actual"] == 1


def test_a_signed_off_task_is_done(analyst: Cli) -> None:
    analyst.ok("done", "1", "--on", "2022-01-28")

    row = analyst.json("task", "1", "--as-of", "2022-11-30")
    assert (row["state"], row["light"], row["completed_on"]) == ("done", "green", "2022-01-28")
    assert analyst.json("status", "--as-of", "2022-11-30")["tasks"] == {
        "total": 20,
        "done": 1,
        "overdue": 8,
        "open": 11,
        "behind": 9,
        "due_soon": 0,
        "unsigned": 0,
    }


def test_a_street_sees_what_all_streets_answer_for(analyst: Cli) -> None:
    rows = analyst.json("tasks", "--org", "澄江街道", "--as-of", "2022-11-30")

    assert [row["number"] for row in rows] == [3, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20]
    assert all("各镇街园区" in row["lead"] + row["responsible"] for row in rows)


def test_what_is_overdue_in_march(analyst: Cli) -> None:
    analyst.ok("done", "1", "--on", "2022-01-28")

    rows = analyst.json("overdue", "--as-of", "2022-03-15")
    assert [(row["number"], row["days_overdue"]) for row in rows] == [(2, 15), (3, 15), (4, 15), (5, 15)]


def test_the_status_is_the_same_by_default_and_as_of_today(analyst: Cli) -> None:
    today = analyst.json("status")["as_of"]

    assert analyst.ok("status") == analyst.ok("status", "--as-of", today)
