"""The check of reported figures, shares and averages: what is hardly meant, and what is missing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kfly.clock import today
from tests.support.promise_city import PLAN, write_plan
from tests.support.runner import Cli

TARGETS = {
    "growth": 'reported: level, unit: "%"',
    "vacancy": 'reported: level, at_most: 15, unit: "%"',
    "rank": "reported: level, unit: 位",
    "invested": "reported: running, unit: 亿元",
    "paid": "reported: amount, unit: 万元",
    "income": "reported: level, per: town, at_least: 3, every: quarter, unit: 元",
    "jobs": "reported: level, every: month, at_least: {MONTHS}, unit: 人",
    "price_index": 'reported: level, unit: "%"',
    "coverage": 'reported: level, at_least: 120, unit: "%"',
}
MONTHS = ", ".join(f"{year}-{month:02d}: 1" for year in (2022, 2023, 2024) for month in range(1, 13))
SHARES = {
    "occupancy": "share: {of: {sum: building.idle_area, dated: surveyed_on},"
    ' to: {sum: building.floor_area, dated: surveyed_on}}, at_least: 80, unit: "%"',
    "land": "average: building.land_area, at_least: 100, unit: m²",
    "kinds": 'share: {of: {count: carrier}, to: {count: platform}}, unit: "%"',
}


def begin(kfly: Cli, targets: dict[str, str], head: str = PLAN) -> None:
    plan = write_plan(targets, head).replace("{MONTHS}", f"{{{MONTHS}}}")
    (kfly.folder / "targets.yaml").write_text(plan, encoding="utf-8")
    kfly.ok("init", "--targets", "targets.yaml")


@pytest.fixture
def kfly(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty, TARGETS)
    return empty


def put(kfly: Cli, target: str, figures: dict[str, str], town: str = "") -> None:
    """Record figures of a target, by their days."""
    rows = [f"{target},{town},{value},{day}" for day, value in figures.items()]
    lines = "\n".join(["指标,镇街,数值,数据截止日", *rows])
    (kfly.folder / "figures.csv").write_text(lines, encoding="utf-8")
    kfly.ok("import", "figure", "figures.csv")


def found(kfly: Cli, code: str, day: str = "2022-02-01") -> list[dict[str, Any]]:
    return [one for one in kfly.json("check", "--as-of", day) if one["code"] == code]


def said(kfly: Cli, code: str, day: str = "2022-02-01") -> list[str]:
    return [one["message"] for one in found(kfly, code, day)]


@pytest.mark.parametrize(
    ("target", "figures", "days"),
    [
        ("growth", "6.2 6.1 62 6.3", "2022-03-31"),  # only the odd one, not the one behind it
        ("growth", "6.2 6.1 0.61 6.3", "2022-03-31"),
        ("growth", "6.2 61.9", ""),
        ("growth", "0.07 0.7", "2022-02-28"),
        ("growth", "-0.5 6.2 -8", ""),  # a change of sign says nothing of size
        ("growth", "-0.5 -5", "2022-02-28"),
        ("growth", "6.2 0 62", "2022-03-31"),  # nor does 0: the one before it counts
        ("growth", "0 62", ""),
        ("rank", "12 11", ""),
        ("invested", "10 25 38 49", ""),
        ("invested", "10 250 380 490", "2022-02-28"),
        ("invested", "10 25 2.5 0.2", "2022-03-31 2022-04-30"),
        ("invested", "10 25 2 49", "2022-03-31"),
        ("paid", "5 500 0.6", ""),
        ("paid", "5 50000 6", "2022-02-28"),
    ],
)
def test_a_figure_ten_times_or_a_tenth_of_the_one_before_it_is_named(
    kfly: Cli, target: str, figures: str, days: str
) -> None:
    ends = ("2022-01-31", "2022-02-28", "2022-03-31", "2022-04-30")
    put(kfly, target, dict(zip(ends, figures.split(), strict=False)))
    named = [
        kfly.json("show", "figure", str(one["id"]))["stated_on"] for one in found(kfly, "improbable_leap")
    ]
    assert named == days.split()


def test_a_year_of_running_figures_begins_anew(kfly: Cli) -> None:
    put(kfly, "invested", {"2022-01-10": "3", "2022-12-31": "846", "2023-01-31": "60", "2023-02-28": "110"})
    assert said(kfly, "improbable_leap") == []
    kfly.ok("set", "figure", "3", "value=60000000万元")
    assert said(kfly, "improbable_leap") == [
        "Value: “6,000” on 2023-01-31 is 10 times the figure before or more: 846 on 2022-12-31",
    ]


def test_a_fiscal_year_of_running_figures_begins_with_its_own_month(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty, TARGETS, PLAN.replace("language: en", "language: en, year_starts: 04-01"))
    put(empty, "invested", {"2022-12-31": "700", "2023-03-31": "846", "2023-04-30": "60"})
    assert said(empty, "improbable_leap") == []


def test_towns_are_compared_each_with_itself(kfly: Cli) -> None:
    put(kfly, "income", {"2022-01-31": "5", "2022-03-31": "51"}, "东镇")
    put(kfly, "income", {"2022-02-28": "60", "2022-03-31": "61"}, "西镇")
    assert [one["id"] for one in found(kfly, "improbable_leap")] == [2]


@pytest.mark.parametrize(
    ("target", "value", "is_named"),
    [
        ("vacancy", "100", False),
        ("vacancy", "100.1", True),
        ("growth", "620", False),  # growth may exceed the whole, if seldom
        ("price_index", "102.3", False),
        ("coverage", "130", False),  # the plan promises more itself
        ("rank", "130", False),
    ],
)
def test_a_share_above_the_whole_is_named(kfly: Cli, target: str, value: str, is_named: bool) -> None:
    put(kfly, target, {"2022-01-31": value})
    message = f"Value: “{value}” is more than the whole, which is 100"
    assert said(kfly, "share_above_whole") == [message] * is_named


def test_a_share_of_records_above_the_whole_is_named(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty, SHARES)
    for number in (1, 2):
        empty.ok("add-carrier", "--name", f"甲{number}", "--type", "孵化器", "--recognized-on", "2022-01-05")
    empty.ok("add-platform", "--name", "乙", "--established-on", "2022-01-20")
    (one,) = found(empty, "share_above_whole")
    assert (one["kind"], one["id"]) == ("target", "kinds")
    assert one["message"] == "200 is more than the whole, which is 100"
    assert said(empty, "share_above_whole", "2022-01-19") == []  # nothing to divide by yet


def test_the_towns_whose_share_is_above_the_whole_are_named(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty, {"kinds": f"{SHARES['kinds']}, per: town, at_least: 50"})
    for number, town in enumerate(("东镇", "东镇", "西镇")):
        carrier = ("--name", f"甲{number}", "--type", "孵化器", "--town", town)
        empty.ok("add-carrier", *carrier, "--recognized-on", "2022-01-05")
    for town in ("东镇", "西镇"):
        empty.ok("add-platform", "--name", f"乙{town}", "--town", town, "--established-on", "2022-01-05")
    assert said(empty, "share_above_whole") == ["东镇 200 is more than the whole, which is 100"]


def test_a_month_that_is_missing_between_others_is_named(kfly: Cli) -> None:
    months = ("2022-01-31", "2022-02-28", "2022-03-31", "2022-05-31", "2022-06-30")
    put(kfly, "invested", {day: str(50 + at) for at, day in enumerate(months)})
    (one,) = found(kfly, "period_missing", "2022-07-01")
    assert one["message"] == "no figure of 2022-04"
    assert (one["kind"], one["id"], one["severity"]) == ("target", "invested", "warning")
    assert one["command"].endswith("add-figure --target invested --stated-on 2022-04-30 --value …")


def test_periods_of_the_plan_are_asked_of_each_town_until_the_day(kfly: Cli) -> None:
    put(kfly, "income", {"2022-03-31": "5", "2022-09-30": "5"}, "东镇")
    put(kfly, "income", {"2022-03-31": "5", "2022-09-30": "5"}, "西镇")
    assert said(kfly, "period_missing", "2023-01-01") == [
        "no figure of 2022Q2: 东镇, 西镇",
        "no figure of 2022Q4: 东镇, 西镇",
        "no figures of 2022Q1 to 2022Q4: 南镇",
    ]
    assert said(kfly, "period_missing", "2022-04-01") == ["no figure of 2022Q1: 南镇"]


def test_where_nothing_was_ever_reported_nothing_is_missing(kfly: Cli) -> None:
    assert said(kfly, "period_missing", "2024-01-01") == []
    put(kfly, "jobs", {"2022-11-30": "5"})
    assert said(kfly, "period_missing", "2023-02-01") == ["no figures of 2022-12 to 2023-01"]


def test_an_accepted_gap_stays_accepted_while_it_grows(kfly: Cli) -> None:
    put(kfly, "jobs", {"2022-01-31": "5"})
    (one,) = found(kfly, "period_missing", "2022-03-01")
    kfly.ok("check", "--as-of", "2022-03-01", "--accept", one["finding"], "--reason", "不再公布")
    (later,) = found(kfly, "period_missing", "2022-06-01")
    assert later["message"] == "no figures of 2022-02 to 2022-05"
    assert (later["accepted"], later["reason"]) == (True, "不再公布")


def test_a_figure_entered_before_its_day_is_named_also_once_that_has_come(kfly: Cli) -> None:
    tomorrow, later = today() + timedelta(days=2), (today() + timedelta(days=4)).isoformat()
    put(kfly, "growth", {today().isoformat(): "5", tomorrow.isoformat(): "5"})
    assert [one["id"] for one in found(kfly, "date_to_come", today().isoformat())] == [2]
    (one,) = found(kfly, "stated_early", later)
    assert one["id"] == 2
    assert f"“{tomorrow.isoformat()}” had not come when the figure was entered, on" in one["message"]
    kfly.ok("set", "figure", "2", "note=已核")
    assert len(found(kfly, "stated_early", later)) == 1
    kfly.ok("set", "figure", "2", f"stated_on={(today() - timedelta(days=1)).isoformat()}")
    assert found(kfly, "stated_early", later) == []


def test_records_without_the_field_of_a_share_or_an_average_are_named(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    begin(empty, SHARES)
    building = ("add-building", "--town", "东镇", "--floor-area", "5000", "--surveyed-on", "2022-01-05")
    empty.ok(*building, "--name", "甲", "--renovated-on", "2022-01-10")
    empty.ok(*building, "--name", "乙", "--idle-area", "0", "--land-area", "500")
    empty.ok(*building, "--name", "丙", "--idle-area", "0", "--renovated-on", "2022-03-01")
    assert [(one["id"], one["message"]) for one in found(empty, "unmeasured")] == [
        (1, "Idle area: is not given, so the record counts as 0 in “occupancy”"),
        (1, "Land area: is not given, so “land” leaves the record out"),
    ]
    empty.ok("set", "building", "1", "idle_area=100", "land_area=500")
    assert found(empty, "unmeasured") == []


@pytest.mark.parametrize("target", ["growth", "vacancy", "invested"])
def test_sound_figures_have_no_findings(kfly: Cli, target: str) -> None:
    grows: Callable[[int], float] = (lambda at: 70 * at) if target == "invested" else (lambda at: 6 + at / 10)
    ends = ("01-31", "02-28", "03-31", "04-30", "05-31", "06-30")
    put(kfly, target, {f"2022-{end}": str(grows(at)) for at, end in enumerate(ends, 1)})
    assert kfly.json("check", "--as-of", "2022-07-01") == []
