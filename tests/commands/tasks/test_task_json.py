"""``tasks``, ``task`` and ``overdue`` with ``--json``: the shape that other programs rely on."""

from tests.support.runner import Cli

TASK = [
    *("year", "number", "title", "lead", "responsible", "support", "leader", "due"),
    *("original_due", "extensions", "assigned_on", "assigned_by", "carries", "carried_by", "report_every"),
    *("state", "light", "completed_on"),
    *(
        "signed_off",
        "signed_off_on",
        "days_overdue",
        "days_left",
        "late",
        "forced",
        "before_plan",
        "unfounded",
    ),
    *("needs", "stages", "unreported", "last_feedback"),
]
CONTRACT = {*TASK} - {
    "support",
    "leader",
    "original_due",
    "extensions",
    "assigned_on",
    "assigned_by",
    "carries",
    "carried_by",
    "report_every",
    "stages",
    "unreported",
    "signed_off_on",
    "before_plan",
    "unfounded",
    "last_feedback",
}  # more keys than the contract asks for
NEED = ["name", "actual", "goal", "comparison", "met", "unit", "each"]


def test_tasks_is_a_list_of_rows_with_these_keys(filled: Cli) -> None:
    rows = filled.json("tasks", "--as-of", "2022-11-30")

    assert [row["number"] for row in rows] == list(range(1, 21))
    assert [list(row) for row in rows] == [TASK] * 20
    assert {tuple(need) for row in rows for need in row["needs"]} == {tuple(NEED)}
    assert set(TASK) >= CONTRACT


def test_overdue_is_a_list_of_the_same_rows(filled: Cli) -> None:
    rows = filled.json("overdue", "--as-of", "2022-11-30")

    assert rows == [row for row in filled.json("tasks", "--as-of", "2022-11-30") if row["state"] == "overdue"]
    assert [row["number"] for row in rows] == [9]


def test_one_task_is_its_row_with_its_measure_and_history(filled: Cli) -> None:
    task = filled.json("task", "11", "--as-of", "2022-11-30")

    assert list(task) == [*TASK, "measure", "history", "timeline", "evidence"]
    assert (task["measure"], task["history"]) == (4, [])


def test_an_overdue_task(filled: Cli) -> None:
    row = filled.json("task", "9", "--as-of", "2022-11-30")

    assert (row["year"], row["number"], row["due"]) == (2022, 9, "2022-03-31")
    assert row["title"] == "制订江阴市科技赋能楼宇建设改造计划"
    assert row["lead"] == ["市科技局"]
    assert row["responsible"][0] == "市委组织部"
    assert (row["state"], row["light"]) == ("overdue", "red")
    assert (row["days_overdue"], row["days_left"]) == (244, None)
    assert (row["completed_on"], row["signed_off"], row["late"], row["forced"]) == (None, False, False, False)


def test_an_open_task(filled: Cli) -> None:
    row = filled.json("task", "14", "--as-of", "2022-11-30")

    assert (row["state"], row["days_overdue"], row["days_left"]) == ("open", None, 31)


def test_a_signed_off_task(filled: Cli) -> None:
    row = filled.json("task", "8", "--as-of", "2022-11-30")

    assert (row["state"], row["light"], row["signed_off"]) == ("done", "green", True)
    assert (row["completed_on"], row["late"]) == ("2022-04-22", True)
    assert (row["days_overdue"], row["days_left"]) == (None, None)


def test_a_task_done_by_its_figures_is_not_signed_off(filled: Cli) -> None:
    row = filled.json("task", "18", "--as-of", "2022-11-30")

    assert (row["state"], row["signed_off"], row["signed_off_on"]) == ("done", False, None)
    assert row["completed_on"] is not None


def test_needs_tell_actual_goal_and_unit(filled: Cli) -> None:
    assert filled.json("task", "11", "--as-of", "2022-11-30")["needs"] == [
        {
            "name": "改造楼宇",
            "actual": 6,
            "goal": 10,
            "comparison": "at_least",
            "met": False,
            "unit": "栋",
            "each": [],
        },
        {
            "name": "5万平方米以上楼宇",
            "actual": 1,
            "goal": 1,
            "comparison": "at_least",
            "met": True,
            "unit": "栋",
            "each": [],
        },
    ]


def test_a_need_of_every_town_lists_the_towns(filled: Cli) -> None:
    (need,) = filled.json("task", "10", "--as-of", "2022-11-30")["needs"]

    assert (need["actual"], need["goal"], need["unit"]) == (4, 11, "个镇街")
    assert {"organisation": "长泾镇", "actual": 5500, "goal": 5000, "met": True} in need["each"]


def test_a_need_of_its_own_metric_counts_any_building(filled: Cli) -> None:
    (need,) = filled.json("task", "12", "--as-of", "2022-11-30")["needs"]

    assert (need["name"], need["actual"], need["goal"], need["met"]) == ("5000平方米以上楼宇", 6, 3, True)


def test_titles_follow_the_language_and_codes_do_not(filled: Cli) -> None:
    row = filled.json("--lang", "en", "task", "9", "--as-of", "2022-11-30")

    assert row["title"] == "Draw up the city's plan for building and renovating"
    assert (row["state"], row["light"]) == ("overdue", "red")


def test_nothing_overdue_is_an_empty_list(filled: Cli) -> None:
    assert filled.json("overdue", "--as-of", "2022-01-15") == []
