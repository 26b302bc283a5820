"""``kfly rollup``: many counties' databases as one; who cannot be read is named, and nobody is changed."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.many_counties import DAY, locked, make_county
from tests.support.read_only import closed_to_us
from tests.support.runner import Cli, contents

ONE = ("--jobs", "1", "--as-of", DAY)


@pytest.fixture
def three(empty: Cli, demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A folder “counties” with three of them."""
    monkeypatch.setenv("KFLY_LANG", "en")
    folder = empty.folder / "counties"
    folder.mkdir()
    for number, name in enumerate(["丙县", "乙县", "甲县"]):
        make_county(demo_database, folder / f"{name}.db", number)
    return empty


def talents(found: Any) -> dict[str, Any]:
    return next(row for row in found["targets"] if row["key"] == "talents")


def rolled_up(kfly: Cli, *args: str, code: int = 0) -> Any:
    run = kfly("rollup", *args, *ONE, "--json")
    assert run.code == code, run.err
    return json.loads(run.out)


def test_figures_are_those_of_each_countys_own_status_added_up(three: Cli) -> None:
    own = [
        talents(three.json("--db", str(path), "status", "--as-of", DAY))
        for path in sorted((three.folder / "counties").iterdir())
    ]
    found = rolled_up(three, "counties")
    row = talents(found)
    assert row["sum"] == sum(each["actual"] for each in own)
    assert row["goal"] == 3_000
    assert (row["counties"], row["met"]) == (3, sum(each["met"] for each in own))
    assert found["as_of"] == DAY
    assert found["counties"] == {"read": 3, "missing": []}


def test_rows_by_town_are_not_added(three: Cli) -> None:
    found = rolled_up(three, "counties")
    (row,) = (row for row in found["targets"] if row["key"] == "enclave_area")
    assert (row["sum"], row["goal"], row["counties"]) == (None, None, 3)


def test_the_first_line_says_how_many_of_how_many(three: Cli) -> None:
    (three.folder / "counties" / "坏.db").write_text("nothing")
    run = three("rollup", "counties", *ONE)
    assert run.lines[0] == "3 of 4 counties · as of 2022-11-30"
    assert three("--lang", "zh", "rollup", "counties", *ONE).lines[0].startswith("已汇总3个县区，应汇总4个")
    assert run.code == 1


def test_who_cannot_be_read_is_named_with_the_reason_and_the_rest_is_rolled_up(
    three: Cli, bundled_database: Path
) -> None:
    folder = three.folder / "counties"
    (folder / "空白.db").touch()
    (folder / "损坏.db").write_bytes(bundled_database.read_bytes()[:5_000])
    with closing(sqlite3.connect(folder / "别家.db")) as db:
        db.execute("CREATE TABLE t (x)")
    newer = Path(shutil.copy(bundled_database, folder / "更新.db"))
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 999")
    os.mkfifo(folder / "管道.db")
    (folder / "半截.json").write_text('{"as_of": "2022-')
    (folder / "不是.json").write_text("[1, 2]")
    found = rolled_up(three, "counties", code=1)
    reasons = {one["name"]: one["reason"] for one in found["counties"]["missing"]}
    assert found["counties"]["read"] == 3
    assert reasons["空白"] == "it is not a database"
    assert "damaged" in reasons["损坏"]
    assert reasons["别家"] == "it belongs to another program"
    assert reasons["更新"] == "it was written by a newer kfly"
    assert reasons["管道"] == "counties/管道.db is no file."
    assert reasons["半截"] == "counties/半截.json is not JSON, or only a part of it."
    assert "is not what “kfly status --json” or “kfly document” writes" in reasons["不是"]
    assert talents(found)["counties"] == 3


def test_a_locked_file_is_waited_for_no_longer_than_patience(three: Cli) -> None:
    with locked(three.folder / "counties" / "乙县.db"):
        found = rolled_up(three, "counties", "--patience", "0.2", code=1)
    (gone,) = found["counties"]["missing"]
    assert gone["name"] == "乙县"
    assert "is in use by another program" in gone["reason"]


def test_so_many_may_be_missing(three: Cli) -> None:
    (three.folder / "counties" / "坏.db").touch()
    assert three("rollup", "counties", *ONE, "--max-missing", "1").code == 0
    assert three("rollup", "counties", *ONE).code == 1


def test_no_byte_of_a_county_changes_and_nothing_is_left_beside_it(three: Cli) -> None:
    folder = three.folder / "counties"
    path = folder / "甲县.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:  # a change that stands in the log alone
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE talent SET introduced_on = '2021-01-01' WHERE id = 1")
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{folder / '丁县.db'}{suffix}")
    before = contents(folder)
    found = rolled_up(three, "counties")
    assert contents(folder) == before
    (whole, changed) = (talents(rolled_up(three, f"counties/{name}.db"))["sum"] for name in ("丙县", "丁县"))
    assert found["counties"]["read"] == 4
    assert changed == whole + 2 - 1  # 甲县 has two more, and one of them is read as in its log


def test_a_database_of_an_older_kfly_is_read_and_stays_as_it_is(three: Cli) -> None:
    import gzip

    old = Path(__file__).parents[2] / "support" / "releases" / "schema-1.db.gz"
    path = three.folder / "counties" / "老县.db"
    path.write_bytes(gzip.decompress(old.read_bytes()))
    before = path.read_bytes()
    found = rolled_up(three, "counties")
    assert found["counties"] == {"read": 4, "missing": []}
    assert path.read_bytes() == before


def test_another_plans_targets_have_lines_of_their_own(three: Cli) -> None:
    path = three.folder / "counties" / "乙县.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE targets SET unit_zh = '人', unit_en = 'persons' WHERE key = 'talents'")
    found = rolled_up(three, "counties")
    rows = [(row["unit"], row["counties"]) for row in found["targets"] if row["key"] == "talents"]
    assert rows == [("people", 2), ("persons", 1)]


MANIFEST = """counties:
  - {name: 甲, path: counties/甲县.db, group: 江苏省/无锡市}
  - {name: 乙, path: counties/乙县.db, group: 江苏省/苏州市}
  - {name: 丁, path: counties/丁县.db, group: 江苏省/苏州市}
"""


def test_a_manifest_says_who_is_missing_and_which_group_each_is_of(three: Cli) -> None:
    (three.folder / "counties.yaml").write_text(MANIFEST, encoding="utf-8")
    found = rolled_up(three, code=1)
    assert [one["name"] for one in found["counties"]["missing"]] == ["丁"]
    groups = [(group["name"], group["read"], group["missing"]) for group in found["groups"]]
    assert groups == [
        ("江苏省", 2, 1),
        ("江苏省 / 无锡市", 1, 0),
        ("江苏省 / 苏州市", 1, 1),
    ]
    assert talents(found["groups"][1])["counties"] == 1


def test_paths_of_a_manifest_begin_where_it_lies(three: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    (three.folder / "counties.yaml").write_text(MANIFEST, encoding="utf-8")
    elsewhere = three.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert rolled_up(three, "../counties.yaml", code=1)["counties"]["read"] == 2


def test_each_fault_of_a_manifest_is_named_with_its_line(three: Cli) -> None:
    (three.folder / "counties.yaml").write_text(
        "counties:\n  - {name: 甲, file: a.db}\n  - {name: 乙, path: b.db}\n  - {name: 乙, path: c.db}\n"
    )
    run = three("rollup")
    assert run.code == 1
    assert run.err.splitlines() == [
        "counties.yaml:2: counties[0].path: is missing",
        "counties.yaml:2: counties[0].file: is not a key that is known here; it takes: name, path, group",
        "counties.yaml:4: counties[2].name: 乙 is given twice",
    ]


def test_blanks_around_a_name_of_a_manifest_make_no_second_county(three: Cli) -> None:
    (three.folder / "counties.yaml").write_text(
        'counties:\n  - {name: 甲, path: counties/甲县.db}\n  - {name: "甲 ", path: counties/乙县.db}\n'
        '  - {name: " ", path: counties/丙县.db}\n'
    )
    assert three("rollup").err.splitlines() == [
        "counties.yaml:3: counties[1].name: 甲 is given twice",
        "counties.yaml:4: counties[2].name: must not be empty",
    ]


def test_without_sources_and_manifest_it_says_what_to_name(three: Cli) -> None:
    assert "there is no counties.yaml here" in three.refused("rollup")


def test_no_county_is_added_twice(three: Cli) -> None:
    path = "counties/甲县.db"
    assert "Two counties are called 甲县" in three.refused("rollup", path, path)
    (three.folder / "别名.db").symlink_to(three.folder / path)
    assert "is given for two counties" in three.refused("rollup", path, "别名.db")


def test_nor_is_one_that_two_names_on_the_disk_lead_to(three: Cli) -> None:
    path = three.folder / "counties" / "甲县.db"
    (three.folder / "别名.db").hardlink_to(path)
    assert "is given for two counties" in three.refused("rollup", str(path), "别名.db")


def test_counties_of_one_name_are_to_be_named_apart_in_a_manifest(three: Cli) -> None:
    for name in ("甲县", "乙县"):
        (three.folder / name).mkdir()
        shutil.move(three.folder / "counties" / f"{name}.db", three.folder / name / "kfly.db")
    told = three.refused("rollup", "甲县/kfly.db", "乙县/kfly.db")
    assert "Two counties are called kfly: 甲县/kfly.db and 乙县/kfly.db. Name them apart" in told


def test_files_of_one_name_are_told_apart_by_their_suffixes_whatever_lies_between_them(three: Cli) -> None:
    folder = three.folder / "counties"
    shutil.copy(folder / "甲县.db", folder / "甲县.kfly")
    (folder / "乙县.db").rename(folder / "甲县.e.db")
    found = rolled_up(three, "counties")
    assert sorted(one["name"] for one in found["ranking"]) == ["丙县", "甲县.db", "甲县.e", "甲县.kfly"]


@pytest.mark.parametrize("closed", ["甲县.db", "elsewhere"])
def test_a_county_that_is_closed_to_us_is_missing_and_the_rest_is_rolled_up(
    three: Cli, open_folder: Path, closed: str
) -> None:
    (open_folder / "elsewhere").mkdir()
    named = ["甲县.db", "elsewhere/乙县.db"]
    for name in named:
        shutil.copy(three.folder / "counties" / Path(name).name, open_folder / name)
        (open_folder / name).chmod(0o644)
    assert rolled_up(three, *named)["counties"]["missing"] == []
    with closed_to_us(open_folder / closed):
        found = rolled_up(three, *named, code=1)
    (gone,) = found["counties"]["missing"]
    path = next(name for name in named if name.startswith(closed))
    assert gone["reason"] == f"{path} cannot be read: permission denied."


def test_a_county_that_has_promised_nothing_is_not_the_best(three: Cli) -> None:
    (three.folder / "counties" / "空县.json").write_text(f'{{"as_of": "{DAY}", "targets": []}}')
    assert [one["name"] for one in rolled_up(three, "counties")["ranking"]][-1] == "空县"


def test_an_empty_folder_is_refused(three: Cli) -> None:
    (three.folder / "leer").mkdir()
    assert "holds no database" in three.refused("rollup", "leer")


def test_it_ranks_by_a_target_and_knows_no_other(three: Cli) -> None:
    found = rolled_up(three, "counties", "--rank", "talents")
    assert [place["name"] for place in found["ranking"]] == ["甲县", "乙县", "丙县"]
    shares = [place["share"] for place in found["ranking"]]
    assert shares == sorted(shares, reverse=True)
    assert "did you mean “talents”" in three.refused("rollup", "counties", *ONE, "--rank", "talent", code=2)


def test_options_that_do_not_go_together_are_refused(three: Cli) -> None:
    assert "--trend goes with --keep" in three.refused("rollup", "counties", "--trend", "talents", code=2)
    cluster = ("--cluster", "tcp://127.0.0.1:1", "--jobs", "2")
    assert "--jobs and --cluster" in three.refused("rollup", "counties", *cluster, code=2)
    assert "ends in none of" in three.refused("rollup", "counties", "-o", "x.pdf", code=2)


@pytest.mark.parametrize(
    ("option", "wrong", "told"),
    [
        ("--patience", "abc", "“abc” is no number of seconds from 0 to 3600"),
        ("--patience", "-1", "“-1” is no number of seconds"),
        ("--patience", "nan", "“nan” is no number of seconds"),
        ("--patience", "1e9", "“1e9” is no number of seconds"),
        ("--jobs", "0", "at least 1"),
        ("--jobs", "two", "“two” is not a whole number"),
        ("--max-missing", "-1", "“-1” is not a whole number"),
        ("--cluster", "nonsense", "write tcp://HOST:PORT"),
        ("--cluster", "http://127.0.0.1:1", "write tcp://HOST:PORT"),
    ],
)
def test_a_wrong_amount_or_address_is_named_and_nothing_is_read(
    three: Cli, option: str, wrong: str, told: str
) -> None:
    assert told in three.refused("rollup", "counties", option, wrong, code=2)


def test_a_target_may_be_named_as_people_name_it(three: Cli) -> None:
    by_key = rolled_up(three, "counties", "--rank", "talents")
    assert rolled_up(three, "counties", "--rank", "High-level talents") == by_key
    assert "enclave_area" in three.ok("rollup", "counties", *ONE, "--rank", "enclave-area", "--json")


def test_where_nobody_answers_there_is_no_empty_table(three: Cli) -> None:
    lines = three("rollup", "nobody.db", *ONE).lines
    assert lines[:3] == ["0 of 1 counties · as of 2022-11-30", "", "Not added"]


def test_it_fits_a_screen_of_eighty_columns_in_both_languages(
    three: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kfly.console.widths import count_cells

    (three.folder / "counties.yaml").write_text(MANIFEST, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    for language in ("zh", "en"):
        lines = three("--lang", language, "rollup", *ONE).lines
        assert max(map(count_cells, lines)) <= 80


def test_what_was_known_earlier_is_rolled_up_as_it_was_known(three: Cli) -> None:
    before = rolled_up(three, "counties")
    moment = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    three.ok(
        *("--db", "counties/甲县.db", "add-talent", "--name", "新人", "--employer", "新企业"),
        *("--introduced-on", "2022-03-01"),
    )
    assert talents(rolled_up(three, "counties"))["sum"] == talents(before)["sum"] + 1
    known = rolled_up(three, "counties", "--as-known", moment)
    assert known.pop("as_known") == moment
    assert known == before


def test_changes_that_each_county_counts_for_itself_are_no_moment(three: Cli) -> None:
    line = three.refused("rollup", "counties", "--as-known", "#3", code=2)
    assert line == "--as-known: each county counts its own changes; name a day or a time."
    assert "do not go together" in three.refused(
        "rollup", "counties", "--as-known", "yesterday", "--keep", "k.db", code=2
    )
