"""Six invented plans that promise everything there is: every figure on many days, as a person reckons it."""

import html
import re
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kfly.locale import format_number
from tests.stories.promises.tables import Row, read_tables, reckon
from tests.support.runner import Cli

HERE = Path(__file__).parent
EXPECTED = {
    name: read_tables(HERE / name / "expected.md")
    for name in ("district", "vacancy", "fiscal", "incubator", "talent", "scorecard")
}
DAYS = [(name, day) for name, rows in EXPECTED.items() for day in dict.fromkeys(row.day for row in rows)]
each_day = pytest.mark.parametrize(("plan", "day"), DAYS, ids=[f"{name} {day}" for name, day in DAYS])
each_plan = pytest.mark.parametrize("plan", EXPECTED)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the databases are kept, once they are made."""
    return tmp_path_factory.mktemp("promises")


@pytest.fixture
def office(empty: Cli, kept: Path, plan: str) -> Cli:
    """The database of one plan, filled once."""
    database = kept / f"{plan}.db"
    if not database.exists():
        fill(empty, HERE / plan)
        shutil.copy(empty.db, database)
    shutil.copy(database, empty.db)
    return empty


def fill(cli: Cli, folder: Path) -> None:
    """Make a database of the plan and the records of a folder."""
    for file in folder.glob("*.yaml"):
        shutil.copy(file, cli.folder / file.name)
    cli.ok("init")
    for sheet in sorted(folder.glob("*.csv")):
        run = cli("import", sheet.stem, str(sheet))
        assert run.code == 0, run.err


def at(day: date) -> tuple[str, str]:
    return "--as-of", day.isoformat()


def exact(figure: Any) -> Fraction | None:
    """Return a number of the JSON, to the ten digits in which floats agree."""
    return None if figure is None else round(Fraction(figure), 10)


def reckoned(cell: str) -> Fraction | None:
    figure = reckon(cell)
    return None if figure is None else round(figure, 10)


def lines(plan: str, day: date, of: str) -> list[Row]:
    """Return the lines of a day's tables about one thing."""
    return [row.cells for row in EXPECTED[plan] if (row.day, row.of) == (day, of)]


def yes(cell: str) -> bool:
    return {"yes": True, "no": False}[cell]


@each_day
def test_status_shows_what_a_person_reckons(office: Cli, plan: str, day: date) -> None:
    shown = {row["key"]: row for row in office.json("status", *at(day))["targets"]}

    expected = lines(plan, day, "target")
    assert [row["target"] for row in expected] == list(shown)
    for row in expected:
        its = shown[row["target"]]
        figures = ("actual", "goal", "progress", "expected")
        told = {**{name: exact(its[name]) for name in figures}, "forecast": its["forecast"] is not None}
        wanted = {**{name: reckoned(row[name]) for name in figures}, "forecast": yes(row["forecast"])}
        assert told == wanted, row["target"]
        assert (its["light"], its["met"], its["period"]) == (row["light"], yes(row["met"]), row["period"])


@pytest.mark.parametrize(
    ("of", "told", "name"),
    [
        ("town", "each", "organisation"),
        ("years", "years", "year"),
        ("periods", "periods", "period"),
    ],
)
@each_plan
def test_towns_years_and_periods_are_told_as_a_person_reckons_them(
    office: Cli, plan: str, of: str, told: str, name: str
) -> None:
    for day in {row.day for row in EXPECTED[plan]}:
        shown = {row["key"]: row[told] for row in office.json("status", *at(day))["targets"]}
        expected: dict[str, list[Any]] = {}
        for row in lines(plan, day, of):
            figures = (reckoned(row["actual"]), reckoned(row["goal"]), yes(row["met"]))
            expected.setdefault(row["target"], []).append((row[of], *figures))
        for key, rows in expected.items():
            found = [(str(r[name]), exact(r["actual"]), exact(r["goal"]), r["met"]) for r in shown[key]]
            assert found == rows, (day, key)


@each_plan
def test_tasks_with_needs_on_levels_stand_as_a_person_reckons(office: Cli, plan: str) -> None:
    for day in {row.day for row in EXPECTED[plan]}:
        shown = {str(row["number"]): row for row in office.json("tasks", *at(day))}
        for row in lines(plan, day, "task"):
            its = shown[row["task"]]
            needs = [(exact(need["actual"]), exact(need["goal"])) for need in its["needs"]]
            told = (its["state"], its["light"], its["completed_on"] or "—", needs)
            wanted = [tuple(map(reckoned, need.split("/"))) for need in row["needs"].split(", ") if need]
            assert told == (row["state"], row["light"], row["completed"], wanted), (day, row["task"])
            assert its["due"] == row.get("due", its["due"])


@each_plan
def test_scores_and_the_league_weigh_as_a_person_does(office: Cli, plan: str) -> None:
    for row in EXPECTED[plan]:
        if row.of == "score":
            told = office.json("status", *at(row.day))["score"]
            assert exact(told) == reckoned(row.cells["score"]), row.day
        if row.of == "league":
            places = {place["organisation"]: place["score"] for place in office.json("league", *at(row.day))}
            assert exact(places[row.cells["league"]]) == reckoned(row.cells["score"]), row


@each_day
def test_every_view_shows_the_figures_of_status_and_says_where_there_are_none(
    office: Cli, plan: str, day: date
) -> None:
    rows = office.json("status", *at(day))["targets"]
    no_data, gap = ("no data", " ") if plan == "fiscal" else ("无数据", "")  # Chinese wraps between any two
    office.ok("report", "page.html", *at(day))
    page = html.unescape((office.folder / "page.html").read_text(encoding="utf-8"))
    views = {
        "status": office.ok("status", *at(day)),
        "short": office.ok("status", "--short", *at(day)),
        "page": re.sub(r"<[^>]*>", " ", page),
    }
    for view, shown in views.items():
        flat = re.sub(r"[\s│]+", gap, shown)
        for row in rows:
            if row["actual"] is not None:
                assert format_number(Fraction(str(row["actual"]))) in shown, (view, row["key"])
            elif row["goal"] is not None:
                assert no_data in flat, (view, row["key"])


@each_day
def test_other_views_run_and_agree_with_status(office: Cli, plan: str, day: date) -> None:
    rows = office.json("status", *at(day))["targets"]
    totals = office.json("status", "--by", "town", *at(day))["total"]
    assert totals == {row["key"]: row["actual"] for row in rows}
    for change, row in zip(office.json("since", "2020-01-01", *at(day))["targets"], rows, strict=True):
        assert change["now"] == {name: row[name] for name in change["now"]}
    for words in ("measures", "league", "since 2020-01-01", "status --by town", "overdue --behind", "tasks"):
        assert office(*words.split(), *at(day)).code == 0, words


@each_day
def test_the_way_of_a_target_ends_where_status_has_it(office: Cli, plan: str, day: date) -> None:
    for row in office.json("status", *at(day))["targets"]:
        office.ok("trend", row["key"], *at(day))
        for point in office.json("trend", row["key"], *at(day))["points"]:
            if point["on"] == day.isoformat():
                assert point["actual"] == row["actual"], row["key"]


def test_the_six_plans_use_every_key_that_promises_have() -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in HERE.glob("*/*.yaml"))
    keys = (
        *("reported: level", "reported: running", "reported: amount", "share:", "average:", "per: town"),
        *("every: year", "every: half", "every: quarter", "every: month", "baseline: first", "baseline: {"),
        *("at_least: {target:", "at_least: {东镇", "at_most: {2022", "more_than:", "less_than:", "null"),
        *("year_starts:", "lead:", "responsible:", "weight:", "decimals:", "measure: points", "quotas:"),
        *("stock: false", "stock: true", "dated:", "where:", "except:"),
    )
    assert [key for key in keys if key not in written] == []


@pytest.mark.parametrize("plan", ["district"])
def test_what_stands_on_an_amount_it_must_stay_below_is_over(office: Cli, plan: str) -> None:
    (line,) = [
        line
        for line in office.ok("status", "--short", "--as-of", "2025-01-15").splitlines()
        if "事故" in line
    ]
    assert line.rstrip().endswith("超0.01")
