"""Files that another program has damaged inside: every command names the damage, none ends in a traceback."""

import json
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.support import ROOT
from tests.support.damages import ARGUMENTS, DAMAGES, EVERY_COMMAND, damage
from tests.support.runner import Cli

# They open no database that is there.
ELSEWHERE = ("init", "demo", "config", "guide", "draft", "rollup")
# They show what they can of a damaged one.
LOOKING = ("log", "undo", "check")


@pytest.fixture
def whole(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database with something of everything, and what the commands are given."""
    monkeypatch.setenv("KFLY_LANG", "en")
    building = ("--name", "甲", "--town", "高新区", "--floor-area", "60000", "--renovated-on", "2022-03-01")
    kfly.ok("add-building", *building)
    kfly.ok("done", "1", "--on", "2022-01-28")
    kfly.ok("progress", "2", "x", "--percent", "50", "--on", "2022-02-01")
    kfly.ok("add-policy", "--name", "p")
    kfly.ok("set", "policy", "1", "note=z")
    shutil.copy(ROOT / "targets.yaml", kfly.folder)
    (kfly.folder / "sheet.csv").write_text("name,town,floor_area\n丙,高新区,100\n", encoding="utf-8")
    return kfly


def commands_of_this_run() -> list[str]:
    """Every third command, beginning with another in every run, and those that look into damaged files."""
    turn = random.randrange(3)
    return [
        command
        for number, command in enumerate(command for command in EVERY_COMMAND if command not in ELSEWHERE)
        if number % 3 == turn or command in LOOKING
    ]


@pytest.mark.parametrize("name", DAMAGES)
def test_every_command_names_it(whole: Cli, name: str) -> None:
    kept = shutil.copy(whole.db, whole.folder / "whole.db")
    for command in commands_of_this_run():
        for made in (
            "copy.db",
            "t.xlsx",
            "all.xlsx",
            "c.ics",
            "d.json",
            "m.json",
            "kfly.db-wal",
            "kfly.db-shm",
        ):
            (whole.folder / made).unlink(missing_ok=True)
        shutil.copy(kept, whole.db)
        damage(whole.db, name)
        run = whole(command, *ARGUMENTS.get(command, []))
        assert DAMAGES[name][1] in (run.out + run.err if command == "check" else run.err), command
        if command not in LOOKING:
            assert (run.code, run.err.count("\n"), run.printed) == (1, 1, b""), command
        assert not (whole.folder / "copy.db").exists(), command


@pytest.mark.parametrize("name", DAMAGES)
def test_check_reports_it_as_an_error_with_the_way_out(whole: Cli, name: str) -> None:
    damage(whole.db, name)
    run = whole("check", "--json")
    assert run.code == 1
    if name == "the plan deleted":
        assert "restore a copy of it" in run.err
        return
    found = json.loads(run.out)
    assert {finding["severity"] for finding in found} == {"error"}
    assert all(finding["command"].startswith(("kfly undo ", "mkdir ")) for finding in found)


@pytest.mark.parametrize(
    "name",
    [
        "a kind deleted",
        "a kind's fields deleted",
        "a field of the key deleted",
        "a field that is counted deleted",
    ],
)
def test_what_was_deleted_of_the_kinds_is_brought_back_by_undo(whole: Cli, name: str) -> None:
    told = whole.ok("status")
    damage(whole.db, name)
    (command,) = {finding["command"] for finding in json.loads(whole("check", "--json").out)}
    run = whole(*command.split()[1:])
    assert run.code == 0, run.err
    assert whole.ok("status") == told
    whole.ok("set", "building", "1", "note=x")
    assert "is damaged" not in whole("check").out


def test_what_another_program_changes_rightly_is_no_damage(whole: Cli) -> None:
    with closing(sqlite3.connect(whole.db, isolation_level=None)) as db:
        db.execute("UPDATE targets SET goal = 35 WHERE key = 'buildings_renovated'")
        db.execute("UPDATE fields SET minimum = '1e3' WHERE kind = 'building' AND name = 'floor_area'")
        db.execute("CREATE TABLE notes (text)")
        db.execute("CREATE VIEW large AS SELECT * FROM building")
    assert whole.target("buildings_renovated")["goal"] == 35
    whole.ok("set", "building", "1", "note=x")
    whole.ok("status")


def test_a_text_among_numbers_that_was_put_in_past_the_schema_is_named_with_its_record(whole: Cli) -> None:
    """STRICT is taken out of the schema, and put back afterwards."""
    with closing(sqlite3.connect(whole.db, isolation_level=None)) as db:
        count = db.execute("PRAGMA schema_version").fetchone()[0]
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = substr(sql, 1, length(sql) - 7) WHERE name = 'building'")
        db.execute(f"PRAGMA schema_version = {count + 1}")
    with closing(sqlite3.connect(whole.db, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE building SET floor_area = '很大'")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = sql || ' STRICT' WHERE name = 'building'")
        db.execute(f"PRAGMA schema_version = {count}")
    for args in (("list", "building"), ("show", "building", "1"), ("buildings",), ("export", "-o", "-")):
        run = whole(*args)
        assert (run.code == 0) or "很大" in run.err, (args, run.err)
    assert "很大" in whole("check").out


@pytest.mark.parametrize(
    ("statement", "command", "told"),
    [
        ("UPDATE sign_offs SET reopened_at = 'gestern'", ("task", "1"), "“gestern” is no time"),
        ("UPDATE metric_towns SET organisation = '某镇' WHERE position = 0", ("overdue",), "某镇"),
    ],
)
def test_what_no_command_foresees_is_named_by_those_that_trip_over_it(
    whole: Cli, statement: str, command: tuple[str, ...], told: str
) -> None:
    with closing(sqlite3.connect(whole.db, isolation_level=None)) as db:
        db.execute(statement)
    run = whole(*command)
    assert (run.code, run.err.count("\n"), told in run.err) == (1, 1, True)
    assert told in whole("check").out


def test_an_empty_database_of_ours_is_told_as_a_broken_init_by_every_command(whole: Cli) -> None:
    whole.db.unlink()
    with closing(sqlite3.connect(whole.db, isolation_level=None)) as db:
        db.execute("PRAGMA application_id = 0x6B666C79")
        db.execute("PRAGMA journal_mode = WAL")
    for command in EVERY_COMMAND:
        if command not in ELSEWHERE:
            line = whole.refused(command, *ARGUMENTS.get(command, []))
            assert line == (
                "kfly.db holds no plan: the “kfly init” that began it was broken off. Move it away"
                " (“mv kfly.db kfly.db.broken”) and run “kfly init” again."
            )
