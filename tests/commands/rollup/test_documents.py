"""``kfly document``: what a county sends when its records stay at home, and how a roll-up takes it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.rollup.test_rollup import ONE, rolled_up, talents
from tests.support.many_counties import DAY, make_county
from tests.support.runner import Cli


@pytest.fixture
def county(empty: Cli, demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    make_county(demo_database, empty.db, 7)
    return empty


def written(kfly: Cli, name: str = "甲县.json", day: str = DAY) -> Any:
    kfly.ok("document", "-o", name, "--as-of", day)
    return json.loads((kfly.folder / name).read_text(encoding="utf-8"))


def test_a_document_is_rolled_up_as_the_database_itself_is(county: Cli) -> None:
    written(county)
    of_document, of_database = rolled_up(county, "甲县.json"), rolled_up(county, "kfly.db")
    assert of_document["targets"] == of_database["targets"]
    assert of_document["ranking"] == [{**of_database["ranking"][0], "name": "甲县"}]


def test_what_status_prints_is_taken_too(county: Cli) -> None:
    (county.folder / "甲县.json").write_bytes(county.printed("status", "--json", "--as-of", DAY))
    assert rolled_up(county, "甲县.json")["targets"] == rolled_up(county, "kfly.db")["targets"]


def test_of_an_older_status_towns_and_percentages_are_not_added(county: Cli) -> None:
    document = county.json("status", "--as-of", DAY)
    for row in document["targets"]:
        del row["adds_up"]
    (county.folder / "甲县.json").write_text(json.dumps(document), encoding="utf-8")
    assert rolled_up(county, "甲县.json")["targets"] == rolled_up(county, "kfly.db")["targets"]


def test_no_record_and_no_name_of_a_person_is_in_it(county: Cli) -> None:
    with closing(sqlite3.connect(county.db)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM talent UNION SELECT name FROM building")]
    text = json.dumps(written(county), ensure_ascii=False)
    assert not [name for name in names if f'"{name}"' in text]


def test_who_alters_a_figure_is_found_out(county: Cli) -> None:
    document = written(county)
    talents(document)["actual"] += 1
    (county.folder / "甲县.json").write_text(json.dumps(document), encoding="utf-8")
    (gone,) = rolled_up(county, "甲县.json", code=1)["counties"]["missing"]
    assert gone["reason"] == "甲县.json was altered after it was written; have it sent again."


def test_how_its_lines_are_broken_does_not_matter(county: Cli) -> None:
    document = written(county)
    (county.folder / "甲县.json").write_text(json.dumps(document, indent=4), encoding="utf-8")
    assert rolled_up(county, "甲县.json")["counties"]["read"] == 1


def test_counties_of_one_plan_have_one_identity_of_it_and_another_plan_another(county: Cli) -> None:
    one, later = written(county), written(county, "后.json", "2022-12-31")
    assert one["plan_sha256"] == later["plan_sha256"]
    assert one["sha256"] != later["sha256"]
    with closing(sqlite3.connect(county.db)) as db, db:
        db.execute("UPDATE targets SET goal = goal + 1 WHERE key = 'talents'")
    assert written(county, "新.json")["plan_sha256"] != one["plan_sha256"]


def test_a_document_of_another_day_is_late_stands_apart_and_is_not_added(county: Cli) -> None:
    written(county, day="2022-11-29")
    county.ok("document", "-o", "乙县.json", "--as-of", DAY)
    found = rolled_up(county, "甲县.json", "乙县.json", code=1)
    (late,) = found["counties"]["missing"]
    assert late["reason"] == "late: its figures are as of 2022-11-29"
    assert late["last"]["as_of"] == "2022-11-29"
    assert talents(found)["counties"] == 1
    printed = county("rollup", "甲县.json", "乙县.json", *ONE).out
    assert "as of 2022-11-29:" in printed


def test_a_document_is_no_database_and_replaces_no_file_unasked(county: Cli) -> None:
    written(county)
    assert "exists already" in county.refused("document", "-o", "甲县.json")
    assert "is the database itself" in county.refused("document", "-o", "kfly.db", "--force")


def test_the_language_in_which_a_county_wrote_its_document_does_not_matter(county: Cli) -> None:
    for language, name in (("zh", "甲县.json"), ("en", "乙县.json")):
        county("--lang", language, "document", "-o", name, "--as-of", DAY)
    found = rolled_up(county, "甲县.json", "乙县.json", "kfly.db")
    row = talents(found)
    assert (row["name"], row["unit"], row["counties"]) == ("High-level talents", "people", 3)
    assert len(found["targets"]) == len(rolled_up(county, "kfly.db")["targets"])
    (town_row,) = (row for row in found["targets"] if row["key"] == "enclave_area")
    assert (town_row["unit"], town_row["counties"]) == ("towns", 3)


def test_a_document_says_as_of_when_it_was_known_and_is_the_same_as_what_is_printed(county: Cli) -> None:
    printed = county.json("document", "-o", "甲县.json", "--as-of", DAY, "--as-known", "#3")
    kept = json.loads((county.folder / "甲县.json").read_text(encoding="utf-8"))
    assert kept == printed
    assert kept["as_known"].endswith("Z")
    assert rolled_up(county, "甲县.json")["counties"] == {"read": 1, "missing": []}


def test_a_document_has_the_suffix_by_which_a_roll_up_knows_it(county: Cli) -> None:
    for name in ("甲县.txt", "-", "甲县"):
        assert "ends in none of .json" in county.refused("document", "-o", name, code=2)


def test_figures_that_are_no_numbers_are_refused(county: Cli) -> None:
    for wrong in ("NaN", '"40"', "true", "[]", "1e999"):
        document = written(county, f"{len(wrong)}.json")
        del document["sha256"]
        talents(document)["actual"] = "HERE"
        text = json.dumps(document).replace('"HERE"', wrong)
        (county.folder / f"{len(wrong)}.json").write_text(text, encoding="utf-8")
        found = rolled_up(county, f"{len(wrong)}.json", code=1)
        assert found["counties"]["read"] == 0, wrong
        (county.folder / f"{len(wrong)}.json").unlink()


@pytest.mark.parametrize("figure", ["1" + "0" * 400, "-1e19", "1e300"])
@pytest.mark.parametrize("field", ["actual", "goal", "progress"])
def test_one_figure_beyond_all_measure_does_not_keep_the_others_from_being_rolled_up(
    county: Cli, figure: str, field: str
) -> None:
    document = json.loads(county.printed("status", "--json", "--as-of", DAY))
    talents(document)[field] = "HERE"
    text = json.dumps(document, ensure_ascii=False).replace('"HERE"', figure)
    (county.folder / "甲县.json").write_text(text, encoding="utf-8")
    for further in (("--keep", "kept.db"), ("-o", "all.xlsx"), ("-o", "all.html"), ()):
        run = county("rollup", "甲县.json", "kfly.db", *ONE, *further)
        assert run.code == 1
        assert "1 of 2 counties" in run.out
    (gone,) = rolled_up(county, "甲县.json", "kfly.db", code=1)["counties"]["missing"]
    assert gone["reason"] == "甲县.json holds a figure larger than any plan has."


def test_a_target_that_stands_twice_in_a_document_is_not_added_twice(county: Cli) -> None:
    document = county.json("status", "--as-of", DAY)
    document["targets"].append(talents(document))
    (county.folder / "甲县.json").write_text(json.dumps(document), encoding="utf-8")
    (gone,) = rolled_up(county, "甲县.json", code=1)["counties"]["missing"]
    assert gone["reason"] == "甲县.json has the target “talents” twice."


def test_a_name_that_would_do_something_shows_only_itself(county: Cli) -> None:
    document = written(county)
    del document["sha256"]
    row = talents(document)
    for called in (row, *row["words"].values()):
        called["name"] = "<script>\x1b[31m[red]=1+1"
    (county.folder / "甲县.json").write_text(json.dumps(document), encoding="utf-8")
    printed = county("rollup", "甲县.json", *ONE).out
    assert "<script>\\x1b[31m[red]=1+1" in printed
    county.ok("rollup", "甲县.json", *ONE, "-o", "r.html")
    page = (county.folder / "r.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script>\\x1b" not in page
