"""The worked examples of docs/rules.md are what kfly says."""

import re

from tests.support import ROOT
from tests.support.runner import Cli

PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
ENGLISH, CHINESE = PAGE.split("\n# 规则\n")
DAY = ("--as-of", "2022-11-30")


def says(*sentences: str, chinese: tuple[str, ...] = ()) -> None:
    """Both halves of the page say this, wherever their lines break."""
    for half, told in ((ENGLISH, sentences), (CHINESE, chinese)):
        flat = re.sub(r"\s*\n(> )?\s*", " " if half is ENGLISH else "", half)
        for sentence in told:
            assert sentence in flat, sentence


def test_both_languages_have_the_same_rules() -> None:
    assert ENGLISH.count("\n## ") == CHINESE.count("\n## ")
    assert ENGLISH.count("\n> Example") == CHINESE.count("\n> 例")


def test_the_trajectory_and_the_forecast(filled: Cli) -> None:
    row = filled.target("buildings_renovated", *DAY)
    forecast = row["forecast"]
    assert (row["actual"], row["expected"], row["light"], row["goal"]) == (6, 10, "red", 30)
    assert filled.target("buildings_renovated", "--as-of", "2022-06-15")["expected"] == 4
    assert (forecast["projected"], forecast["reached_on"]) == (19, "2026-07-28")
    assert (round(forecast["pace"], 2), round(forecast["pace_needed"], 2), round(forecast["factor"], 1)) == (
        0.55,
        0.96,
        1.8,
    )
    says(
        "6 buildings in 334 days are 0.55 a month",
        "projected 19",
        "0.96 a month are needed, 1.8 times the pace so far",
        "30 buildings would stand on 2026-07-28",
        chinese=(
            "月均 0.55 栋",
            "预计 19 栋",
            "月均须 0.96 栋，为目前速度的 1.8 倍",
            "2026-07-28 方达 30 栋",
        ),
    )


def test_what_a_record_counts_toward(filled: Cli) -> None:
    told = {}
    for language in ("en", "zh"):
        fund = filled.json("--lang", language, "show", "fund", "霞客股权基金", *DAY)
        assert fund["counts_toward"] == []
        told[language] = fund["not_counted"]["fund_scale"]
    says(f"“{told['en']}”", chinese=(f"“{told['zh']}”",))


def test_the_lights(filled: Cli) -> None:
    talents = filled.target("talents", *DAY)
    assert (talents["actual"], talents["expected"], talents["light"]) == (862, 915, "yellow")
    says("862 talents where 915 are expected: above 732", chinese=("实际 862 名，高于 732 名",))
    states = {day: filled.json("task", "10", "--as-of", day) for day in ("2022-11-30", "2022-12-01")}
    assert [state["days_overdue"] for state in states.values()] == [None, 1]


def test_towns_and_the_season_before(filled: Cli) -> None:
    area = filled.target("enclave_area", *DAY)
    assert (area["actual"], area["goal"]) == (4, 11)
    assert filled.target("recruitment_events", "--as-of", "2023-11-30")["forecast"]["last_year"] == 27


def test_the_rate_of_a_lead(filled: Cli) -> None:
    rows = filled.json("tasks", "--by", "lead", "--as-of", "2022-12-05")
    (row,) = (row for row in rows if row["organisation"] == "市科技局")
    assert [row[key] for key in ("total", "on_time", "late", "overdue", "open")] == [11, 4, 1, 1, 5]
    says("4 of 6 are 66 %", chinese=("6 项中 4 项按期，为 66%",))


def test_deliverables_and_the_fund(filled: Cli) -> None:
    fifth = filled.json("measures", "5", *DAY)["deliverables"]
    assert (len(fifth), sum(each["done"] for each in fifth)) == (8, 4)
    assert [each["policy"]["issued_on"] for each in fifth if each["policy"]] == ["2022-06-20"]
    fund = filled.json("budget", *DAY)
    assert (fund["spent"], int(fund["share"] * 100), int(fund["time_share"] * 100)) == (1916.5, 19, 30)


def test_the_league(filled: Cli) -> None:
    places = {place["organisation"]: place for place in filled.json("league", *DAY)}
    assert (places["新桥镇"]["rank"], places["新桥镇"]["score"]) == (5, 0.72)
    assert [place["rank"] for place in places.values()].count(1) == 4


def test_the_buildings(filled: Cli) -> None:
    found = filled.json("buildings", *DAY)
    assert [found["number"], *(stage["number"] for stage in found["stages"])] == [12, 1, 2, 1, 2, 4, 2]
    says(
        "of 12 buildings 1 is not surveyed yet, 2 are surveyed, 1 planned, 2 renovating, 4 renovated, 2 open",
        chinese=(
            "12 栋楼宇中，未摸排 1 栋、已摸排 2 栋、已定方案 1 栋、改造中 2 栋、已改造 4 栋、已启用 2 栋",
        ),
    )
