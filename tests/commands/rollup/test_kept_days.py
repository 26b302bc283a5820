"""``rollup --keep`` and ``--trend``: the province's way, day by day, with who did not answer marked."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.many_counties import make_county
from tests.support.runner import Cli

KEEP = ("--jobs", "1", "--keep", "kept.db")


@pytest.fixture
def two(empty: Cli, demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    folder = empty.folder / "counties"
    folder.mkdir()
    for number, name in enumerate(["甲县", "乙县"]):
        make_county(demo_database, folder / f"{name}.db", number)
    return empty


def rolled_up(kfly: Cli, day: str, code: int = 0) -> Any:
    run = kfly("rollup", "counties", *KEEP, "--as-of", day, "--json")
    assert run.code == code, run.err
    return json.loads(run.out)


def total(found: Any) -> int:
    return int(next(row["sum"] for row in found["targets"] if row["key"] == "talents"))


def way(kfly: Cli, *args: str) -> Any:
    return kfly.json("rollup", "--keep", "kept.db", "--trend", "talents", *args)


def test_each_kept_day_is_a_point_of_the_way(two: Cli) -> None:
    totals = [total(rolled_up(two, day)) for day in ("2022-11-01", "2022-11-15", "2022-11-30")]
    assert "*" not in two.ok("rollup", "--keep", "kept.db", "--trend", "talents", "--as-of", "2022-11-30")
    points = way(two, "--as-of", "2022-11-30")["points"]
    assert [(point["on"], point["sum"]) for point in points] == [
        ("2022-11-01", totals[0]),
        ("2022-11-15", totals[1]),
        ("2022-11-30", totals[2]),
    ]
    assert points[-1]["goal"] == 2_000
    assert [point["on"] for point in way(two, "--as-of", "2022-11-20")["points"]] == [
        "2022-11-01",
        "2022-11-15",
    ]


def test_a_day_that_is_kept_again_gives_way(two: Cli, demo_database: Path) -> None:
    rolled_up(two, "2022-11-30")
    make_county(demo_database, two.folder / "counties" / "甲县.db", 5)
    again = total(rolled_up(two, "2022-11-30"))
    assert [point["sum"] for point in way(two)["points"]] == [again]


def test_who_did_not_answer_stands_with_yesterdays_figures_marked(two: Cli) -> None:
    before = rolled_up(two, "2022-11-29")
    (two.folder / "counties" / "乙县.db").write_bytes(b"gone")
    found = rolled_up(two, "2022-11-30", code=1)
    (gone,) = found["counties"]["missing"]
    assert gone["last"]["as_of"] == "2022-11-29"
    last = way(two)["points"][-1]
    assert last["carried"] == ["乙县"]
    assert last["counties"] == 2
    assert last["sum"] > total(found)
    assert total(found) < total(before)  # apart, not added
    printed = two.ok("rollup", "--keep", "kept.db", "--trend", "talents")
    assert "乙县" in printed
    assert "did not answer on that day" in printed


def test_the_way_is_drawn_after_todays_figures_are_kept_where_sources_are_named(two: Cli) -> None:
    rolled_up(two, "2022-11-29")
    points = two.json("rollup", "counties", *KEEP, "--trend", "talents", "--as-of", "2022-11-30")["points"]
    assert [point["on"] for point in points] == ["2022-11-29", "2022-11-30"]


def test_figures_come_back_as_they_were_kept(two: Cli) -> None:
    found = rolled_up(two, "2022-11-30")
    with closing(sqlite3.connect(two.folder / "kept.db")) as db:
        rows = db.execute(
            "SELECT key, sum(actual), count(*) FROM figures WHERE adds_up GROUP BY key"
        ).fetchall()
    told = {row["key"]: row["sum"] for row in found["targets"] if row["sum"] is not None}
    assert {key: pytest.approx(figure) for key, figure, _count in rows} == told
    assert {count for *_rest, count in rows} == {2}


def test_another_programs_file_is_not_touched(two: Cli) -> None:
    with closing(sqlite3.connect(two.folder / "other.db")) as db:
        db.execute("CREATE TABLE t (x)")
    (two.folder / "text.db").write_text("text")
    for name in ("other.db", "text.db", "counties/甲县.db"):
        line = two.refused("rollup", "counties", "--jobs", "1", "--keep", name)
        assert "holds no kept roll-ups" in line or "not a database" in line or "damaged" in line


def test_a_target_of_which_nothing_is_kept_is_refused_with_the_nearest(two: Cli) -> None:
    rolled_up(two, "2022-11-30")
    keep = ("rollup", "--keep", "kept.db", "--trend")
    assert "did you mean “talents”" in two.refused(*keep, "talent", code=2)
    assert two.ok(*keep, "High-level talents") == two.ok(*keep, "talents")
    assert "Nothing was kept" in two.refused(*keep, "talents", "--as-of", "2022-01-01", code=2)
    assert "There is no file" in two.refused("rollup", "--keep", "none.db", "--trend", "talents")


def test_the_file_may_lie_in_the_counties_folder_and_is_no_county(two: Cli) -> None:
    for _evening in range(2):
        found = two.json("rollup", "counties", "--jobs", "1", "--keep", "counties/all.db")
        assert found["counties"] == {"read": 2, "missing": []}


def test_a_county_whose_plan_drops_a_target_stands_in_its_way_no_longer(two: Cli) -> None:
    rolled_up(two, "2022-11-29")
    county = two.folder / "counties" / "乙县.db"
    document = json.loads(two.printed("--db", str(county), "status", "--json", "--as-of", "2022-11-30"))
    document["targets"] = [row for row in document["targets"] if row["key"] != "talents"]
    county.unlink()
    county.with_suffix(".json").write_text(json.dumps(document), encoding="utf-8")
    found = rolled_up(two, "2022-11-30")
    last = way(two)["points"][-1]
    assert (last["sum"], last["counties"], last["carried"]) == (total(found), 1, [])
