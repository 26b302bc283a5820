"""What is shown in the first days of a plan and of a year, in every view."""

import pytest

from tests.support.runner import Cli

FIRST = ("--as-of", "2022-01-01")
JANUARY = ("--as-of", "2023-01-10")


def test_on_the_first_day_nothing_is_yellow_or_red(filled: Cli) -> None:
    rows = filled.json("status", *FIRST)["targets"]
    assert {row["light"] for row in rows} == {"green", "none"}
    assert [row["key"] for row in rows if row["light"] == "none"] == ["talents"]


@pytest.mark.parametrize(
    ("language", "word", "explained"),
    [
        ("zh", "起步", "起步：计算期的前 30 天（最多为计算期的四分之一）为起步期，不评定滞后。"),
        ("en", "starting", "Starting: in the first 30 days of a window, at most a quarter of it,"),
    ],
)
def test_what_is_below_its_line_is_shown_as_starting(
    filled: Cli, language: str, word: str, explained: str
) -> None:
    for command in (("status",), ("tasks",)):
        shown = filled.ok("--lang", language, *command, "--as-of", "2022-01-02")
        assert explained in shown
        assert sum(word in line.split() for line in shown.splitlines()) >= 1
        assert explained not in filled.ok("--lang", language, *command, "--as-of", "2022-11-30")
    assert f"{word}  0 / 1,000" in filled.ok("--lang", language, "trend", "talents", *FIRST)
    assert word in filled.ok("--lang", language, "task", "14", "--as-of", "2022-01-02")
    assert f"{word} 1" in filled.ok("--lang", language, "measures", *FIRST)


def test_on_the_second_day_nobody_is_behind(filled: Cli) -> None:
    assert filled.json("overdue", "--behind", "--as-of", "2022-01-02") == []
    assert filled.json("status", "--as-of", "2022-01-02")["tasks"]["behind"] == 0
    shown = filled.ok("--lang", "zh", "overdue", "--soon", "--days", "400", "--as-of", "2022-01-02")
    assert "起步" in shown


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_no_yearly_target_is_red_in_january(filled: Cli, year: int) -> None:
    for day in (1, 15, 30):
        rows = filled.json("status", "--as-of", f"{year}-01-{day:02}")["targets"]
        yearly = [row["light"] for row in rows if row["period"] == str(year)]
        assert len(yearly) == 2
        assert set(yearly) <= {"green", "none"}


def test_in_january_the_league_ranks_by_the_year_before_and_says_so(filled: Cli) -> None:
    december = {p["organisation"]: p["score"] for p in filled.json("league", "--as-of", "2022-12-31")}
    places = filled.json("league", *JANUARY)
    assert {place["organisation"]: place["score"] for place in places} == december
    assert {goal["year"] for place in places for goal in place["goals"]} == {2022}
    assert {place["by"] for place in places if place["by"]} == set()
    shown = filled.ok("--lang", "zh", "league", *JANUARY)
    assert "科创飞地面积（2022）" in "".join(shown.split())
    assert "科创飞地面积：2023 处于起步期，按 2022 的最终数排名。" in shown
    assert "2023 has only begun; ranked by the final figures of 2022." in filled.ok(
        "--lang", "en", "league", *JANUARY
    )
    assert "has only begun" not in filled.ok("--lang", "en", "league", "--as-of", "2023-01-31")


def test_by_a_yearly_target_the_league_shows_the_figures_that_it_ranks_by(filled: Cli) -> None:
    first, *_rest = filled.json("league", "--by", "enclave_area", *JANUARY)
    assert first["by"] == {"target": "enclave_area", "year": 2022, "figure": 6000}
    shown = filled.ok("--lang", "zh", "league", "--by", "enclave_area", *JANUARY)
    assert "6,000" in shown
    assert "按 2022 的最终数排名" in shown


def test_in_the_plans_first_days_a_yearly_goal_is_left_out_of_the_score(filled: Cli) -> None:
    places = filled.json("league", "--as-of", "2022-01-10")
    assert {place["score"] for place in places} == {None}
    assert {goal["counted"] for place in places for goal in place["goals"]} == {False}
    assert "科创飞地面积：2022 处于起步期，此前又无可比数据，暂不计分。" in filled.ok(
        "--lang", "zh", "league", "--as-of", "2022-01-10"
    )
