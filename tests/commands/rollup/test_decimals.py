"""``kfly rollup`` shows figures with the decimals of the counties' own plans, on screen and on paper."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.commands.rollup.test_rollup import ONE
from tests.support.runner import Cli
from tests.support.workbooks import Workbook

PLAN = """\
plan: {name: 望县方案, starts: 2022-01-01, ends: 2024-12-31, language: en}
organisations:
  - {name: 东镇, kind: town}
  - {name: 西镇, kind: town}
targets:
  - {key: growth, section: A, name: Growth, reported: level, at_least: 6, every: year, unit: "%", decimals: 1}
  - key: exports
    section: A
    name: Exports
    reported: running
    at_least: 10
    every: year
    unit: 亿元
    decimals: 2
  - {key: output, section: A, name: Output, reported: amount, at_least: 3, unit: 亿元}
  - {key: income, section: A, name: Income, reported: level, per: town, at_least: 5, unit: 元, decimals: 3}
"""
FIGURES = {"growth": "6", "exports": "5.5", "output": "1.23456"}
KEEP = ("--keep", "kept.db")


@pytest.fixture
def two(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Two counties of a plan that says with how many decimals its figures are shown."""
    monkeypatch.setenv("KFLY_LANG", "en")
    (empty.folder / "counties").mkdir()
    (empty.folder / "targets.yaml").write_text(PLAN, encoding="utf-8")
    for name in ("甲县", "乙县"):
        database = ("--db", f"counties/{name}.db")
        empty.ok(*database, "init", "--targets", "targets.yaml")
        for target, value in FIGURES.items():
            figure = ("--target", target, "--value", value, "--stated-on", "2022-11-30")
            empty.ok(*database, "add-figure", *figure)
    return empty


def cells_of(line: str) -> list[str]:
    return [cell for cell in line.split("  ") if cell.strip()]


def totals(kfly: Cli, *args: str) -> dict[str, str]:
    """What stands beside each target on the screen."""
    rows = map(cells_of, kfly("rollup", *args, *ONE).lines)
    return {cells[0].partition(" (")[0]: cells[1].strip() for cells in rows if len(cells) > 2}


def test_totals_have_the_decimals_of_their_targets(two: Cli) -> None:
    shown = totals(two, "counties")
    assert shown["Exports"] == "11.00 / 20.00 亿元"
    assert shown["Output"] == "2.47 / 6 亿元"  # reported: two at most


def test_documents_carry_the_decimals_along(two: Cli) -> None:
    shown = totals(two, "counties")
    for name in ("甲县", "乙县"):
        two.ok("--db", f"counties/{name}.db", "document", "-o", f"{name}.json", "--as-of", "2022-11-30")
    assert totals(two, "乙县.json", "甲县.json") == shown


def test_a_document_that_asks_for_endless_decimals_is_not_read(two: Cli) -> None:
    document = two.json("--db", "counties/甲县.db", "status", "--as-of", "2022-11-30")
    for wrong in (7, -1, 10**9, "2", True):
        document["targets"][0]["decimals"] = wrong
        (two.folder / "甲县.json").write_text(json.dumps(document), encoding="utf-8")
        (gone,) = json.loads(two("rollup", "甲县.json", *ONE, "--json").out)["counties"]["missing"]
        assert "is not what “kfly status --json”" in gone["reason"], wrong


def test_where_one_plan_says_nothing_figures_are_as_given(two: Cli) -> None:
    with closing(sqlite3.connect(two.folder / "counties" / "乙县.db")) as db, db:
        db.execute("UPDATE targets SET decimals = NULL WHERE key = 'exports'")
    assert totals(two, "counties")["Exports"] == "11 / 20 亿元"


def test_a_county_that_is_late_stands_with_its_own_decimals(two: Cli) -> None:
    two.ok("rollup", "counties", *KEEP, "--as-of", "2022-11-30", "--jobs", "1")
    (two.folder / "counties" / "甲县.db").write_text("gone")
    printed = two("rollup", "counties", *KEEP, "--as-of", "2022-12-01", "--jobs", "1").out
    assert "Growth (2022) 6.0 / 6.0 %" in " ".join(printed.split())
    way = two.ok("rollup", *KEEP, "--trend", "exports", "--as-of", "2022-12-01")
    assert "11.00 / 20.00 亿元" in way


def test_what_an_older_kfly_kept_is_read_as_it_is_and_brought_up_to_date_when_more_is_kept(two: Cli) -> None:
    two.ok("rollup", "counties", *KEEP, "--as-of", "2022-11-30", "--jobs", "1")
    path = two.folder / "kept.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("ALTER TABLE figures DROP COLUMN decimals")
        db.execute("ALTER TABLE figures DROP COLUMN reported")
        db.execute("PRAGMA user_version = 1")
    before = path.read_bytes()
    assert "11 / 20 亿元" in two.ok("rollup", *KEEP, "--trend", "exports")
    assert path.read_bytes() == before
    two.ok("rollup", "counties", *KEEP, "--as-of", "2022-12-01", "--jobs", "1")
    assert "11.00 / 20.00 亿元" in two.ok("rollup", *KEEP, "--trend", "exports")


def test_the_page_shows_them_too(two: Cli) -> None:
    two.ok("rollup", "counties", *ONE, "-o", "r.html")
    page = (two.folder / "r.html").read_text(encoding="utf-8")
    assert "11.00 / 20.00 亿元" in page
    assert 'title="Growth (2022) 6.0 / 6.0 %' in page


def test_the_workbook_shows_them_and_keeps_the_numbers_whole(two: Cli) -> None:
    two.ok("rollup", "counties", *ONE, "-o", "r.xlsx")
    book = Workbook(two.folder / "r.xlsx")
    places = {cells[0]: number for number, cells in enumerate(book.seen["All counties"])}
    assert book.number_format("All counties", places["Exports (2022)"], 1).endswith("0.00")
    assert book.kept("All counties", places["Output"], 1) == "2.46912"
    assert book.number_format("All counties", places["Output"], 1).endswith("0.00")
    rows = book.seen["Each county"]
    growth = next(number for number, cells in enumerate(rows) if cells[3:4] == ["Growth"])
    assert book.number_format("Each county", growth, 5).endswith("0.0")
    assert rows[growth][6] == "6.0"
