"""``status --json``: the shape that other programs rely on (design, section 6)."""

import json
from typing import Any

import pytest

from tests.support.runner import Cli

TARGET = (
    *("key", "section", "name", "unit", "actual", "goal", "comparison", "period", "met", "progress"),
    *("expected", "light", "due", "forecast", "each", "years", "periods", "lead", "responsible"),
    *("adds_up", "decimals", "reported"),
)
FORECAST = ("projected", "on_course", "reached_on")
FORECAST_MORE = ("pace", "pace_needed", "factor", "too_early", "last_year", "milestone")


@pytest.fixture
def status(filled: Cli) -> Any:
    return filled.json("status", "--as-of", "2022-11-30")


def row(status: Any, key: str) -> dict[str, Any]:
    return next(target for target in status["targets"] if target["key"] == key)


def test_it_is_one_document_in_utf8(filled: Cli) -> None:
    printed = filled.ok("status", "--json", "--as-of", "2022-11-30")

    assert json.loads(printed)["plan"] == "江阴市科技赋能楼宇三年行动实施方案"
    assert "\\u" not in printed


def test_it_has_these_keys(status: Any) -> None:
    assert list(status) == ["plan", "as_of", "targets", "tasks"]
    assert list(status["tasks"]) == ["total", "done", "overdue", "open", "behind", "due_soon", "unsigned"]


def test_every_target_has_these_keys(status: Any) -> None:
    assert {tuple(target) for target in status["targets"]} == {TARGET}


def test_every_forecast_has_these_keys(status: Any) -> None:
    forecasts = [target["forecast"] for target in status["targets"] if target["forecast"]]

    assert {tuple(forecast) for forecast in forecasts} == {FORECAST + FORECAST_MORE}
    assert len(forecasts) == 11  # all but the ceiling


def test_a_count(status: Any) -> None:
    assert row(status, "buildings_renovated") == {
        "key": "buildings_renovated",
        "section": "孵化载体目标",
        "name": "改造楼宇",
        "unit": "栋",
        "actual": 6,
        "goal": 30,
        "comparison": "at_least",
        "period": "plan",
        "met": False,
        "progress": 0.2,
        "expected": 10,
        "light": "red",
        "due": "2024-12-31",
        "forecast": row(status, "buildings_renovated")["forecast"],
        "each": [],
        "years": [],
        "periods": [],
        "lead": ["市委组织部"],
        "responsible": [
            *(
                "市发改委",
                "市科技局",
                "市财政局",
                "市自然资源和规划局",
                "市住建局",
                "市属国有企业",
                "各镇街园区",
            )
        ],
        "adds_up": True,
        "decimals": None,
        "reported": False,
    }


def test_whole_figures_are_whole_numbers_and_others_decimals(status: Any) -> None:
    assert isinstance(row(status, "buildings_renovated")["actual"], int)
    assert row(status, "fund_scale")["actual"] == 32.5
    assert row(status, "special_fund")["actual"] == 1916.5


def test_a_ceiling_expects_nothing_and_forecasts_nothing(status: Any) -> None:
    ceiling = row(status, "special_fund")

    assert (ceiling["comparison"], ceiling["goal"], ceiling["met"]) == ("at_most", 10000, True)
    assert (ceiling["expected"], ceiling["forecast"]) == (None, None)
    assert (ceiling["progress"], ceiling["light"]) == (0.19165, "green")


def test_more_than_is_said_and_its_goal_is_the_plans_own(status: Any) -> None:
    assert {
        target["key"]: target["goal"] for target in status["targets"] if target["comparison"] == "more_than"
    } == {"operators": 15, "investors": 15, "fund_scale": 150}


def test_towns_are_listed_each_in_the_metrics_own_unit(status: Any) -> None:
    enclaves = row(status, "enclave_area")

    assert (enclaves["actual"], enclaves["goal"], enclaves["unit"]) == (4, 11, "个镇街")
    assert len(enclaves["each"]) == 11
    assert {"organisation": "华士镇", "actual": 5200, "goal": 5000, "met": True} in enclaves["each"]
    assert {"organisation": "新桥镇", "actual": 3600, "goal": 5000, "met": False} in enclaves["each"]
    assert "澄江街道" not in [each["organisation"] for each in enclaves["each"]]


def test_a_failed_year_does_not_vanish(filled: Cli) -> None:
    events = filled.target("recruitment_events", "--as-of", "2023-02-01")

    assert (events["period"], events["actual"], events["due"]) == ("2023", 0, "2023-12-31")
    assert events["years"] == [
        {"year": 2022, "actual": 27, "goal": 30, "met": False},
        {"year": 2023, "actual": 0, "goal": 30, "met": False},
    ]


def test_a_goal_that_was_met_says_when(filled: Cli) -> None:
    for number in range(5, 21):
        filled.ok("add-operator", "--name", f"机构{number}", "--introduced-on", "2022-11-20")
    operators = filled.target("operators", "--as-of", "2022-11-30")

    assert (operators["met"], operators["light"]) == (True, "green")
    assert operators["forecast"]["reached_on"] == "2022-11-20"


def test_past_the_deadline_nothing_is_forecast(filled: Cli) -> None:
    rows = filled.json("status", "--as-of", "2025-01-01")["targets"]

    assert {target["forecast"] is None for target in rows} == {True}
    assert {target["light"] for target in rows if target["key"] != "special_fund"} == {"red"}


def test_before_the_plan_every_goal_is_green(filled: Cli) -> None:
    status = filled.json("status", "--as-of", "2021-12-31")

    assert {target["light"] for target in status["targets"]} == {"green"}
    assert status["tasks"]["open"] == 20


def test_names_follow_the_language_and_keys_and_codes_do_not(filled: Cli) -> None:
    chinese = filled.json("status", "--as-of", "2022-11-30")
    english = filled.json("--lang", "en", "status", "--as-of", "2022-11-30")

    assert english["plan"] == "Jiangyin Three-Year Action Plan for Technology-Empowered Buildings"
    assert row(english, "buildings_renovated")["name"] == "Buildings renovated"
    for before, after in zip(chinese["targets"], english["targets"], strict=True):
        assert list(before) == list(after)
        assert [before[key] for key in ("key", "light", "comparison", "actual")] == [
            after[key] for key in ("key", "light", "comparison", "actual")
        ]
