"""Every figure of an invented three-year office, in every view, on forty days, computed anew."""

import shutil
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.stories.three_years import slow
from tests.stories.three_years.office import STARTS, TOWNS, ZONE, fill
from tests.support.runner import Cli

DAYS = (
    *(date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2), date(2023, 1, 30), date(2023, 1, 31)),
    *(date(2023, 2, 28), date(2023, 3, 1), date(2023, 5, 4), date(2023, 6, 10), date(2023, 8, 1)),
    *(date(2023, 10, 31), date(2023, 11, 30), date(2023, 12, 1), date(2023, 12, 31), date(2024, 1, 1)),
    *(date(2024, 1, 9), date(2024, 1, 10), date(2024, 1, 15), date(2024, 1, 31), date(2024, 2, 9)),
    *(date(2024, 2, 29), date(2024, 4, 1), date(2024, 5, 20), date(2024, 6, 20), date(2024, 6, 30)),
    *(date(2024, 9, 30), date(2024, 10, 1), date(2024, 11, 1), date(2024, 11, 30), date(2024, 12, 18)),
    *(date(2024, 12, 31), date(2025, 1, 2), date(2025, 1, 9), date(2025, 2, 28), date(2025, 6, 30)),
    *(date(2025, 7, 1), date(2025, 10, 1), date(2025, 11, 11), date(2025, 12, 31), date(2026, 2, 1)),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the office's database is kept, once it is made."""
    return tmp_path_factory.mktemp("three_years") / "kfly.db"


@pytest.fixture
def office(empty: Cli, kept: Path) -> Cli:
    """The office's database, filled once."""
    if kept.exists():
        shutil.copy(kept, empty.db)
    else:
        fill(empty)
        shutil.copy(empty.db, kept)
    return empty


def number(value: Any) -> Fraction | None:
    """A figure of the JSON, exact to the fen."""
    return None if value is None else round(Fraction(str(value)), 8)


def rounded(value: Fraction | None) -> Fraction | None:
    return None if value is None else round(value, 8)


def at(day: date) -> tuple[str, str]:
    return "--as-of", day.isoformat()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_status_is_what_a_slow_count_of_the_records_gives(office: Cli, day: date) -> None:
    document = office.json("status", *at(day))

    for row in document["targets"]:
        target = slow.TARGETS[row["key"]]
        goal = slow.goal_of(target)
        told = (number(row["actual"]), number(row["expected"]), row["light"], row["met"], number(row["goal"]))
        stands = slow.actual(target, day)
        counted = (
            stands,
            rounded(slow.expected(target, day)),
            slow.light(target, day),
            slow.is_met(goal, stands),
            goal and goal[1],
        )
        assert told == counted, row["key"]
        forecast = row["forecast"]
        assert (forecast and number(forecast["projected"])) == rounded(slow.projected(target, day)), row[
            "key"
        ]
        if target.get("every") == "year":
            told_years = [
                {**y, "actual": number(y["actual"]), "goal": number(y["goal"])} for y in row["years"]
            ]
            assert told_years == slow.years(target, day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_task_is_as_far_as_a_slow_count_says(office: Cli, day: date) -> None:
    rows = {(row["year"], row["number"]): row for row in office.json("tasks", *at(day))}

    assert {year for year, _number in rows} == {y for y in slow.YEARS if y <= max(day.year, slow.YEARS[0])}
    for (year, of), row in rows.items():
        counted = slow.task(year, of, day)
        needs = [(number(need["actual"]), number(need["goal"]), need["met"]) for need in row["needs"]]
        assert needs == [
            (figure, promise[1], slow.is_met(promise, figure)) for figure, promise in counted.pop("needs")
        ], (year, of)
        told = {**row, "completed_on": row["completed_on"] and date.fromisoformat(row["completed_on"])}
        assert {key: told[key] for key in counted} == counted, (year, of)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_tally_of_status_is_that_of_the_tasks(office: Cli, day: date) -> None:
    tally = office.json("status", *at(day))["tasks"]
    rows = office.json("tasks", *at(day))
    states = [row["state"] for row in rows]
    assert {name: tally[name] for name in ("total", "done", "overdue", "open", "unsigned")} == {
        "total": len(rows),
        "done": states.count("done"),
        "overdue": states.count("overdue"),
        "open": states.count("open"),
        "unsigned": sum(row["state"] == "done" and not row["signed_off"] for row in rows),
    }
    overdue = office.json("overdue", *at(day))
    assert {(r["year"], r["number"]) for r in overdue} == {
        (r["year"], r["number"]) for r in rows if r["state"] == "overdue"
    }


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_towns_have_contributed_adds_up_to_status(office: Cli, day: date) -> None:
    matrix = office.json("status", "--by", "town", *at(day))

    names = {"甲镇": "甲镇", "乙镇": "乙镇", "丙镇": "丙镇", "丁区": "丁区"}
    by_town = {row["organisation"]: row["figures"] for row in matrix["towns"]}
    assert set(by_town) == set(names)
    for key, target in slow.TARGETS.items():
        for town in (*TOWNS, ZONE):
            assert number(by_town[town][key]) == slow.contribution(town, key, day), (town, key)
        assert number(matrix["without_town"][key]) == slow.contribution(None, key, day), key
        assert number(matrix["total"][key]) == slow.actual(target, day), key


@pytest.mark.parametrize("day", [day for day in DAYS if day >= STARTS], ids=str)
def test_enclaves_tasks_and_status_tell_one_story(office: Cli, day: date) -> None:
    year = slow.year_of(day)
    shown = office.json("enclaves", *at(day))
    target = slow.TARGETS["enclaves"]
    for town in shown["towns"]:
        name = town["organisation"]
        first, last, _due = slow.window_of(target, day)
        area = slow.total(target, day, first, last, name)
        assert number(town["area"]) == area
        if name in slow.towns_of(target):
            assert town["met"] == slow.is_met(slow.promise_of(target), area)
    met = sum(bool(town["met"]) for town in shown["towns"])
    row = next(r for r in office.json("status", *at(day))["targets"] if r["key"] == "enclaves")
    assert row["actual"] == met
    task = {2023: 3, 2024: 3, 2025: 2}[year]
    (need,) = office.json("task", f"{year}/{task}", *at(day))["needs"]
    assert (need["actual"], need["met"]) == (row["actual"], row["met"])


@pytest.mark.parametrize("day", [STARTS, date(2024, 3, 15), date(2025, 7, 1), date(2026, 2, 1)], ids=str)
@pytest.mark.parametrize("key", list(slow.TARGETS))
def test_the_way_of_a_target_passes_through_every_days_status(office: Cli, key: str, day: date) -> None:
    way = office.json("trend", key, *at(day))
    target = slow.TARGETS[key]
    for point in way["points"]:
        on = date.fromisoformat(point["on"])
        if on <= day:
            assert number(point["actual"]) == slow.actual(target, on, day), on
        if point["expected"] is not None:
            first, _last, due = slow.window_of(target, day)
            should = slow.line(slow.points_of(target, first, due), on)
            assert number(point["expected"]) == rounded(
                Fraction(should.__floor__()) if slow.is_whole(target) else should
            )


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 6, 30), date(2025, 12, 31), date(2026, 2, 1)])
def test_the_budget_adds_up_by_category_and_by_year(office: Cli, day: date) -> None:
    shown = office.json("budget", *at(day))
    spent = slow.actual(slow.TARGETS["spending"], day)
    assert number(shown["spent"]) == spent
    assert sum(number(row["spent"]) or 0 for row in shown["by_category"]) == spent
    assert sum(number(row["spent"]) or 0 for row in shown["by_year"]) == spent
    assert number(shown["left"]) == 500 - spent


@pytest.mark.parametrize("day", [date(2023, 7, 1), date(2024, 3, 1), date(2025, 12, 31)], ids=str)
def test_the_league_ranks_by_what_towns_owe(office: Cli, day: date) -> None:
    places = office.json("league", *at(day))
    for place in places:
        town = place["organisation"]
        shares = []
        for quota_town, quota in {"甲镇": 4, "丁区": 5}.items():
            if quota_town == town:
                shares.append(min(Fraction(1), slow.contribution(town, "buildings", day) / quota))
        if town in slow.towns_of(slow.TARGETS["enclaves"]):
            shares.append(min(Fraction(1), slow.contribution(town, "enclaves", day) / 3000))
        score = sum(shares, Fraction(0)) / len(shares) if shares else None
        assert number(place["score"]) == rounded(score), town


def test_a_lack_is_made_up_once_and_no_record_completes_two_tables(office: Cli) -> None:
    day = date(2025, 12, 31)
    rows = {(row["year"], row["number"]): row for row in office.json("tasks", *at(day))}
    for key, owed in (("buildings", {2023: 2, 2024: 1, 2025: 1}), ("contracts", {2023: 4, 2024: 4, 2025: 3})):
        told = sum(number(rows[year, of]["needs"][0]["actual"]) or 0 for year, of in owed.items())
        assert told == slow.actual(slow.TARGETS[key], day)


def test_the_day_after_is_never_less_where_nothing_leaves(office: Cli) -> None:
    before: dict[tuple[int, int], bool] = {}
    for day in DAYS:
        if day + timedelta(days=1) > date(2026, 1, 1):
            break
        for row in office.json("tasks", *at(day)):
            place = (row["year"], row["number"])
            if any(slow.metric_of(need).get("stock") for need in slow.TASKS[place].get("needs", [])):
                continue  # what leaves again may undo what was met
            assert not before.get(place) or row["state"] == "done", place
            before[place] = row["state"] == "done"
