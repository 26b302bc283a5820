"""``enclaves``: each town's enclaves year by year, in step with ``status``."""

from typing import Any

import pytest

from tests.support.paragraphs import unread
from tests.support.runner import Cli
from tests.support.screen import widest

DAY = ("--as-of", "2022-11-30")
LATER = ("--as-of", "2024-06-30")


def town(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(dict(row) for row in document["towns"] if row["organisation"] == name)


def test_the_document_has_what_programs_rely_on(filled: Cli) -> None:
    document = filled.json("--lang", "zh", "enclaves", *DAY)
    assert (document["year"], document["goal"], document["unit"]) == (2022, 5000, "m²")
    assert town(document, "新桥镇") == {
        "organisation": "新桥镇",
        "owed": 5000,
        "area": 3600,
        "met": False,
        "missing": 1400,
        "hosts": [{"organisation": "临港开发区", "area": 3600}],
        "years": [{"year": 2022, "area": 3600, "met": False}],
    }


def test_a_town_that_owes_none_is_shown_with_what_it_has(filled: Cli) -> None:
    shown = town(filled.json("--lang", "zh", "enclaves", *DAY), "澄江街道")
    assert (shown["owed"], shown["area"], shown["met"], shown["missing"]) == (None, 1800, None, None)
    assert "高新区" not in [row["organisation"] for row in filled.json("enclaves", *DAY)["towns"]]
    assert "owes none" in filled.ok("--lang", "en", "enclaves", *DAY)


@pytest.mark.parametrize(
    "day", ["2021-06-30", "2022-08-15", "2022-11-30", "2023-09-30", "2024-06-30", "2026-01-01"]
)
def test_the_figures_are_those_of_status(filled: Cli, day: str) -> None:
    row = filled.target("enclave_area", "--as-of", day)
    document = filled.json("enclaves", "--as-of", day)
    owing = [each for each in document["towns"] if each["owed"] is not None]

    assert str(document["year"]) == row["period"]
    assert [(e["organisation"], e["area"], e["owed"], e["met"]) for e in owing] == [
        (e["organisation"], e["actual"], e["goal"], e["met"]) for e in row["each"]
    ]
    for figure in row["years"]:
        met = [y["met"] for each in owing for y in each["years"] if y["year"] == figure["year"]]
        assert sum(met) == figure["actual"]
        asked = filled.json("enclaves", "--as-of", day, "--year", str(figure["year"]))
        assert sum(bool(each["met"]) for each in asked["towns"]) == figure["actual"]


def test_hosts_add_up_to_the_area(filled: Cli) -> None:
    for year in ("2022", "2023", "2024"):
        rows = filled.json("enclaves", *LATER, "--year", year)["towns"]
        assert any(row["hosts"] for row in rows)
        for row in rows:
            assert sum(host["area"] for host in row["hosts"]) == row["area"]


def test_all_years_so_far_are_in_the_matrix(filled: Cli) -> None:
    shown = town(filled.json("--lang", "zh", "enclaves", *LATER), "周庄镇")
    assert shown["years"] == [
        {"year": 2022, "area": 6000, "met": True},
        {"year": 2023, "area": 4200, "met": False},
        {"year": 2024, "area": 0, "met": False},
    ]
    printed = filled.ok("--lang", "zh", "enclaves", *LATER)
    (line,) = [line for line in printed.splitlines() if line.startswith("周庄镇")]
    assert line.split() == ["周庄镇", "6,000", "✓", "4,200", "✗", "0", "✗", "5,000"]


def test_for_people_it_tells_the_goal_and_how_many_met_it(filled: Cli) -> None:
    printed = filled.ok("--lang", "en", "enclaves", *DAY)
    assert printed.startswith("Enclaves of 2022 as of 2022-11-30 (m²)\n")
    assert "≥ 5,000 m² a year" in printed
    assert "Met by 4 of 11 towns." in printed


@pytest.mark.parametrize("year", ["2021", "2025", "0", "999999"])
def test_a_year_outside_the_plan_is_refused(kfly: Cli, year: str) -> None:
    assert "2022" in kfly.refused("--lang", "en", "enclaves", "--year", year, code=2)


def test_an_empty_registry_says_so_and_still_shows_who_owes(kfly: Cli) -> None:
    printed = kfly.ok("--lang", "en", "enclaves", *DAY)
    assert "Enclaves: none recorded up to 2022-11-30" in printed
    assert "Met by 0 of 11 towns." in printed


def test_a_plan_without_such_a_goal_says_so(empty: Cli) -> None:
    (empty.folder / "targets.yaml").write_text(
        "plan: {name: 方案, starts: 2022-01-01, ends: 2022-12-31}\n"
        "organisations: [{name: 甲局, kind: department}, {name: 乙镇, kind: town}]\n"
        "targets: [{key: meetings, section: 会, name: 会议, count: meeting, at_least: 4, unit: 次}]\n",
        encoding="utf-8",
    )
    (empty.folder / "tasks_2022.yaml").write_text(
        "year: 2022\ntasks: [{number: 1, title: 开会, lead: [甲局], due: 2022-06-30}]\n", encoding="utf-8"
    )
    empty.ok("init")
    where = ("--town", "乙镇", "--host", "乙镇", "--floor-area", "50.25", "--established-on", "2022-03-01")
    empty.ok("add-enclave", "--name", "飞地", *where)

    assert "no yearly goal" in empty.ok("--lang", "en", "enclaves", *DAY)
    document = empty.json("--lang", "zh", "enclaves", *DAY)
    assert (document["goal"], document["unit"]) == (None, "m²")
    assert town(document, "乙镇")["area"] == 50.25


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160"])
def test_at_any_width_nothing_is_cut(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, language: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    printed = filled.ok("--lang", language, "enclaves", *LATER)
    rows = filled.json("--lang", language, "enclaves", *LATER)["towns"]

    figures = [f"{year['area']:,}" for row in rows for year in row["years"]]
    assert widest(printed) <= int(columns)
    assert unread([row["organisation"] for row in rows] + figures, printed) == []
