"""``evaluations``: carriers ranked for a year, and those that are still to be evaluated."""

from typing import Any

import pytest

from tests.support.paragraphs import unread
from tests.support.runner import Cli
from tests.support.screen import widest

DAY = ("--as-of", "2022-11-30")
LATER = ("--as-of", "2023-11-30")


def row(document: dict[str, Any], carrier: str) -> dict[str, Any]:
    return next(dict(each) for each in document["evaluated"] if each["carrier"] == carrier)


def test_the_document_has_what_programs_rely_on(filled: Cli) -> None:
    document = filled.json("--lang", "zh", "evaluations", *DAY)
    assert document["year"] == 2022
    assert [(each["rank"], each["carrier"]) for each in document["evaluated"]] == [
        (1, "高新创业园"),
        (2, "华士加速器"),
        (2, "周庄材料研究院"),
        (4, "霞客众创空间"),
    ]
    assert row(document, "霞客众创空间") == {
        "rank": 4,
        "carrier": "霞客众创空间",
        "town": "徐霞客镇",
        "score": 52,
        "outcome": "warning",
        "change": -5.5,
        "previous_outcome": "warning",
        "second_warning": True,
    }
    assert row(document, "周庄材料研究院")["change"] is None
    assert document["not_evaluated"] == [
        {"carrier": "创新大厦孵化器", "town": "澄江街道"},
        {"carrier": "临港智谷众创空间", "town": "临港开发区"},
    ]
    assert document["counts"] == {"award": 3, "pass": 0, "warning": 1}


def test_outcomes_are_those_that_the_records_show(filled: Cli) -> None:
    for year in (2021, 2022, 2023):
        shown = filled.json("evaluations", *LATER, "--year", str(year))["evaluated"]
        records = [r for r in filled.json("list", "evaluation", *LATER) if r["year"] == year]
        assert {(each["carrier"], each["score"], each["outcome"]) for each in shown} == {
            (r["carrier"], r["score"], r["outcome"]) for r in records
        }


def test_a_year_can_be_asked_for(filled: Cli) -> None:
    document = filled.json("--lang", "zh", "evaluations", *LATER, "--year", "2021")
    assert (document["year"], len(document["evaluated"])) == (2021, 3)
    assert [each["carrier"] for each in document["not_evaluated"]] == ["周庄材料研究院"]
    assert filled.json("evaluations", *LATER)["year"] == 2023


def test_a_year_without_evaluations_lists_all_that_wait(filled: Cli) -> None:
    document = filled.json("evaluations", *DAY, "--year", "2020")
    assert (document["evaluated"], len(document["not_evaluated"])) == ([], 3)
    assert "Evaluated: 0 of 3" in filled.ok("--lang", "en", "evaluations", *DAY, "--year", "2020")


@pytest.mark.parametrize("year", ["0", "999999"])
def test_a_year_far_away_has_nothing_to_say(filled: Cli, year: str) -> None:
    assert filled.json("evaluations", *DAY, "--year", year)["evaluated"] == []


def test_a_year_is_a_number(kfly: Cli) -> None:
    assert "--year" in kfly.refused("evaluations", "--year", "last", code=2)


def test_for_people_changes_and_second_warnings_are_told(filled: Cli) -> None:
    printed = filled.ok("--lang", "en", "evaluations", *DAY)
    assert printed.startswith("Carriers evaluated for 2022, as of 2022-11-30\nEvaluated: 4 of 6;")
    for words in ("second warning in a row", "pass → award", "+14", "no score last year"):
        assert words in printed
    assert "award from 85 points on, warning below 60." in printed


def test_an_empty_registry_says_so(kfly: Cli) -> None:
    assert "Carriers: none recorded up to 2022-11-30" in kfly.ok("--lang", "en", "evaluations", *DAY)
    assert kfly.json("evaluations", *DAY) == {
        "year": 2022,
        "evaluated": [],
        "not_evaluated": [],
        "counts": {"award": 0, "pass": 0, "warning": 0},
    }


@pytest.mark.parametrize("name", ["[red]红[/red]", "=1+1", "{name}", "a\x1b[31m"])
def test_a_name_shows_itself(kfly: Cli, name: str) -> None:
    kfly.ok("add-carrier", f"--name={name}", "--type", "孵化器", "--recognized-on", "2021-03-01")
    printed = [kfly.ok("evaluations", *DAY)]
    kfly.ok(
        "add-evaluation", "--carrier", "1", "--year", "2022", "--score", "70", "--assessed-on", "2022-11-01"
    )
    for shown in [*printed, kfly.ok("evaluations", *DAY)]:
        assert name.replace("\x1b", "\\x1b") in shown
        assert "\x1b" not in shown


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160"])
def test_at_any_width_nothing_is_cut(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, language: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for day in (DAY, LATER):
        printed = filled.ok("--lang", language, "evaluations", *day)
        document = filled.json("--lang", language, "evaluations", *day)
        rows = document["evaluated"] + document["not_evaluated"]
        words = [str(each[key]) for each in rows for key in ("carrier", "town", "score") if key in each]
        assert widest(printed) <= int(columns)
        assert unread(words, printed) == []
