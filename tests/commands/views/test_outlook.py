"""What ``status`` says of the way ahead: where the pace leads, if anywhere; which milestone is missed."""

import pytest

from tests.support.runner import Cli
from tests.support.screen import missing

DAY = ("--as-of", "2022-11-30")


@pytest.mark.parametrize("columns", ["80", "100", "160"])
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "zh",
            ["但 2022-12-31 应达 1,000（任务 2022/14），预计差 58 名", "预计差 88.98 亿元，照此速度无法达成"],
        ),
        (
            "en",
            [
                "but 1,000 by 2022-12-31 (task 2022/14) missed by 58 people",
                "short by 1 events; this pace does not get there",
            ],
        ),
    ],
)
def test_the_next_milestone_missed_is_named_and_no_day_is_named_that_never_comes(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, columns: str, language: str, texts: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = filled.ok("--lang", language, "status", *DAY)
    assert missing(texts, shown) == []
    assert "2031" not in shown


def test_the_milestone_is_in_the_json(filled: Cli) -> None:
    talents = filled.target("talents", *DAY)
    assert (talents["light"], talents["forecast"]["on_course"]) == ("yellow", True)
    assert talents["forecast"]["milestone"] == {
        "due": "2022-12-31",
        "amount": 1000,
        "projected": 942,
        "short": 58,
    }
    assert filled.target("buildings_renovated", *DAY)["forecast"]["milestone"] is None
    assert filled.json("trend", "talents", *DAY)["forecast"] == talents["forecast"]


def test_a_yearly_goal_has_no_day_in_another_year(filled: Cli) -> None:
    for month in range(1, 13):
        for row in filled.json("status", "--as-of", f"2023-{month:02}-15")["targets"]:
            reached = row["forecast"] and row["forecast"]["reached_on"]
            if row["period"] == "2023" and reached:
                assert reached.startswith("2023-")


def test_a_fund_that_ended_leaves_no_gap_larger_than_the_goal(kfly: Cli) -> None:
    for name, size, ended in (("甲基金", "60亿元", ()), ("乙基金", "150亿元", ("--ended-on", "2022-06-01"))):
        fund = ("--name", name, "--type", "风险投资", "--size", size, "--registered-on", "2020-03-01", *ended)
        kfly.ok("add-fund", *fund)
    found = kfly.target("fund_scale", *DAY)
    assert found["actual"] == 60
    assert found["forecast"]["pace"] < -12
    assert (found["forecast"]["projected"], found["forecast"]["reached_on"]) == (0, None)
    assert missing(["预计差 150 亿元，照此速度无法达成"], kfly.ok("--lang", "zh", "status", *DAY)) == []
    points = kfly.json("trend", "fund_scale", *DAY)["points"]
    assert min(point["projected"] for point in points if point["projected"] is not None) == 0
