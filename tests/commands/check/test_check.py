"""``kfly check``: what is wrong, with which record, and the command that mends it."""

import json
import os
import shlex
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from kfly.store.soundness import MOST_DAMAGES
from tests.support.processes import process
from tests.support.runner import Cli, Run

NOBODY = 65534
KEYS = ["finding", "severity", "code", "kind", "id", "title", "message", "command", "accepted", "reason"]
BUILDING = ("--town", "澄江街道", "--floor-area", "6000")
EXPENDITURE = ("add-expenditure", "--purpose", "改造", "--category", "载体改造", "--paid-on", "2022-05-05")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")


@contextmanager
def another_program(cli: Cli) -> Iterator[sqlite3.Connection]:
    """Somebody else with the file open, who knows of no rule."""
    with closing(sqlite3.connect(cli.db, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        yield db


def findings(cli: Cli, *args: str) -> list[dict[str, Any]]:
    """What is found; the exit code must tell whether there are errors."""
    run = cli("check", "--json", *args)
    found: list[dict[str, Any]] = json.loads(run.out)
    assert run.err == ""
    assert run.code == int(any(finding["severity"] == "error" for finding in found))
    return found


def codes(cli: Cli, *args: str) -> list[str]:
    return [finding["code"] for finding in findings(cli, *args)]


def without_triggers(cli: Cli, *statements: str) -> None:
    """What a program can do that takes the triggers away and puts them back."""
    with another_program(cli) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.execute("BEGIN")
        for name, _sql in triggers:
            db.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            db.execute(statement)
        for _name, sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")


def typed(cli: Cli, finding: dict[str, Any], **filled_in: str) -> Run:
    """Run a finding's command as it is copied from the screen, what it leaves open filled in."""
    program, *words = shlex.split(finding["command"])
    assert program == "kfly"
    for name, value in filled_in.items():
        words = [word.replace(f"{name}=…", f"{name}={value}") for word in words]
    return cli(*words)


def test_all_is_well_in_a_new_database(kfly: Cli) -> None:
    assert kfly.ok("check") == "All is well.\n"
    assert kfly.json("check") == []


def test_all_is_well_among_the_demos_records(filled: Cli) -> None:
    assert filled.json("check") == []


def test_warnings_alone_exit_with_0_and_errors_with_1(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING, "--renovated-on", "2022-03-01")
    run = kfly("check")
    assert (run.code, run.lines[0], run.lines[-1]) == (0, "▲ Warnings", "Errors: 0. Warnings: 1.")
    assert kfly(*EXPENDITURE, "--amount", "10001").code == 0
    run = kfly("check")
    assert (run.code, run.err) == (1, "")
    assert (run.lines[0], run.lines[-1]) == ("■ Errors", "Errors: 1. Warnings: 1.")
    assert [f["severity"] for f in findings(kfly)] == ["error", "warning"]


def test_a_finding_names_the_record_and_a_command_that_mends_it(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING, "--renovated-on", "2022-03-01")
    (finding,) = findings(kfly)
    assert list(finding) == KEYS
    assert (finding["kind"], finding["id"], finding["title"]) == ("building", 1, "甲")
    assert finding["command"] == "kfly set building 1 surveyed_on=…"
    assert typed(kfly, finding, surveyed_on="2022-01-01").code == 0
    assert findings(kfly) == []


def test_a_database_named_with_db_is_named_in_the_commands_too(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING, "--renovated-on", "2022-03-01")
    kfly.db.rename(kfly.folder / "other one.db")
    run = kfly("--db", "other one.db", "check")
    assert "→ kfly --db 'other one.db' set building 1 surveyed_on=…" in run.out


def test_what_another_program_wrote_is_held_against_the_declarations(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING)
    with another_program(kfly) as db:
        db.execute("UPDATE building SET ownership = '私有', town = '火星', started_on = '2022-02-30'")
    found = findings(kfly)
    assert [f["message"].partition(" ")[0] for f in found] == ["Town:", "Ownership:", "Started"]
    assert len({f["command"] for f in found}) == 1
    assert typed(kfly, found[0], town="南闸街道", ownership="国有", started_on="").code == 0
    assert findings(kfly) == []


def test_a_reference_to_nothing_is_found_and_cleared(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING)
    with another_program(kfly) as db:
        db.execute("UPDATE building SET operator = 99")
    (finding,) = findings(kfly)
    assert (finding["code"], finding["severity"]) == ("lost_reference", "error")
    assert finding["message"] == "Operator: Operators #99 is not there"
    assert typed(kfly, finding).code == 0
    assert findings(kfly) == []


def test_a_reference_to_nothing_in_the_plans_own_tables_is_found(kfly: Cli) -> None:
    with another_program(kfly) as db:
        db.execute(
            "INSERT INTO sign_offs (year, task, signed_on, forced, recorded_at)"
            " VALUES (1999, 1, '2022-01-01', 0, '2022-01-01T08:00:00Z')"
        )
    (finding,) = findings(kfly)
    assert (finding["code"], finding["kind"], finding["id"]) == ("lost_reference", "sign_offs", 1)
    assert finding["command"].endswith(" && kfly --db … backup kfly.db")


def test_spending_is_over_the_budget_from_the_day_it_is(kfly: Cli) -> None:
    kfly.ok(*EXPENDITURE, "--amount", "10000")
    assert findings(kfly) == []
    beyond = ("add-expenditure", "--purpose", "再改造", *EXPENDITURE[3:5], "--paid-on", "2022-06-01")
    assert kfly(*beyond, "--amount", "1").code == 0
    assert findings(kfly, "--as-of", "2022-05-31") == []
    (finding,) = findings(kfly, "--as-of", "2022-06-01")
    assert (finding["severity"], finding["kind"], finding["id"]) == ("error", "target", "special_fund")
    assert finding["message"] == "10,001 ×10k yuan are more than the 10,000 ×10k yuan allowed"
    assert typed(kfly, finding).code == 0


def sign_off_17(cli: Cli) -> None:
    for n in range(5):
        cli.ok("add-platform", "--name", f"平台{n}", "--established-on", "2022-02-01")
    cli.ok("done", "17", "--on", "2022-06-01")


def test_a_sign_off_is_judged_by_the_figures_of_its_own_day(kfly: Cli) -> None:
    """What has ended since was there when it was signed off; what has come since was not."""
    for n in range(10):
        kfly.ok("add-investor", "--name", f"机构{n}", "--registered-on", "2019-01-01")
    kfly.ok("done", "18", "--on", "2022-06-01")
    kfly.ok("set", "investor", "1", "ended_on=2022-06-02")
    assert findings(kfly) == []
    kfly.ok("set", "investor", "1", "ended_on=2022-06-01")
    kfly.ok("add-investor", "--name", "后来的机构", "--registered-on", "2022-06-02")
    (finding,) = findings(kfly)
    assert (finding["code"], finding["id"]) == ("needs_unmet", "18")
    assert "9/10" in finding["message"]


def test_a_signed_off_task_whose_needs_are_no_longer_met_is_found(kfly: Cli) -> None:
    sign_off_17(kfly)
    assert findings(kfly) == []
    kfly.ok("remove", "platform", "1", "--reason", "重复")
    (finding,) = findings(kfly)
    assert (finding["code"], finding["kind"], finding["id"]) == ("needs_unmet", "task", "17")
    assert "✗ Service platforms 4/5 platforms" in finding["message"]
    assert findings(kfly, "--as-of", "2022-05-31") == []
    assert typed(kfly, finding).code == 0
    assert findings(kfly) == []


def test_a_forced_sign_off_is_no_finding(kfly: Cli) -> None:
    kfly.ok("done", "17", "--on", "2022-06-01", "--force")
    assert findings(kfly) == []


def test_figures_are_left_alone_where_a_record_has_a_day_that_is_none(kfly: Cli) -> None:
    sign_off_17(kfly)
    with another_program(kfly) as db:
        db.execute("UPDATE platform SET established_on = '2022-02-30' WHERE id = 1")
    assert codes(kfly) == ["bad_value"]


def sign_off_1_with(cli: Cli, *paths: Path) -> None:
    cli.ok("done", "1", "--on", "2022-06-01", *(word for path in paths for word in ("--evidence", str(path))))


def test_evidence_that_moved_or_was_changed_on_the_disk_is_kept_and_no_finding(kfly: Cli) -> None:
    gone, changed, piped = (kfly.folder / f"{name}.pdf" for name in ("a", "b", "c"))
    for path in (gone, changed, piped):
        path.write_text("证明", encoding="utf-8")
    sign_off_1_with(kfly, gone, changed, piped)
    for path in (gone, piped):
        path.unlink()
    changed.write_text("证实", encoding="utf-8")
    os.mkfifo(piped)
    assert findings(kfly) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_files SET contents = CAST('伪造' AS BLOB)",
        "UPDATE evidence_files SET contents = x''",
        "UPDATE evidence_files SET contents = CAST(contents || x'00' AS BLOB)",
    ],
)
def test_kept_bytes_that_are_no_longer_what_was_shown_are_an_error_and_shown_again_are_well(
    kfly: Cli, statement: str
) -> None:
    proof = kfly.folder / "a.pdf"
    proof.write_text("证明", encoding="utf-8")
    sign_off_1_with(kfly, proof)
    with another_program(kfly) as db:
        db.execute(statement)
    (finding,) = findings(kfly)
    assert (finding["severity"], finding["code"]) == ("error", "evidence_damaged")
    assert (finding["kind"], finding["id"]) == ("task", "1")
    assert finding["message"] == "the bytes kept of evidence a.pdf are not those that were shown"
    assert shlex.split(finding["command"])[:4] == ["kfly", "evidence", "1", "--add"]
    run = kfly("evidence", "1", "--save", "out")
    assert "its bytes are damaged" in run.err
    assert not (kfly.folder / "out").exists()
    kfly.ok("evidence", "1", "--add", str(proof))
    assert findings(kfly) == []


def test_evidence_of_feedback_and_by_itself_is_looked_at_too(kfly: Cli) -> None:
    for name, command in (
        ("a.pdf", ("progress", "2", "x", "--evidence")),
        ("b.pdf", ("evidence", "3", "--add")),
    ):
        (kfly.folder / name).write_text(name, encoding="utf-8")
        kfly.ok(*command, name)
    without_triggers(kfly, "DELETE FROM evidence_files")
    assert [(f["code"], f["severity"], f["id"]) for f in findings(kfly)] == [
        ("evidence_not_kept", "warning", "2"),
        ("evidence_not_kept", "warning", "3"),
    ]


def test_evidence_of_a_sign_off_that_was_taken_back_may_be_lost(kfly: Cli) -> None:
    (kfly.folder / "a.pdf").touch()
    sign_off_1_with(kfly, kfly.folder / "a.pdf")
    kfly.ok("reopen", "1", "--reason", "x")
    without_triggers(kfly, "DELETE FROM evidence_files")
    assert findings(kfly) == []


def test_a_list_is_never_wider_than_the_screen_and_shows_names_as_they_are(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    kfly.ok("add-building", "--name", "[red]\x1b[31m甲\n乙" * 5, *BUILDING, "--renovated-on", "2022-03-01")
    out = kfly.ok("check")
    assert max(map(len, out.splitlines())) <= 44
    assert "\x1b" not in out
    assert "[red]" in out


@pytest.fixture
def locked(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database with something to warn of, in a folder where nothing can be written, not even by root."""
    kfly.ok("add-building", "--name", "甲", *BUILDING, "--renovated-on", "2022-03-01")
    folder = Path(tempfile.mkdtemp())  # pytest's own folders cannot be entered by others
    path = Path(shutil.copy(kfly.db, folder))
    path.chmod(0o444)
    folder.chmod(0o555)
    monkeypatch.chdir(folder)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield path
    os.seteuid(user)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_checking_works_where_nothing_can_be_written(kfly: Cli, locked: Path) -> None:
    before = locked.read_bytes()
    assert codes(kfly) == ["stage_skipped"]
    assert locked.read_bytes() == before
    assert list(locked.parent.iterdir()) == [locked]


@pytest.mark.slow
def test_checking_writes_nothing(kfly: Cli) -> None:
    sign_off_17(kfly)
    before = kfly.db.read_bytes()
    run = process(kfly.folder, "check")
    assert (run.returncode, run.stderr) == (0, b"")
    assert kfly.db.read_bytes() == before
    assert list(kfly.folder.iterdir()) == [kfly.db]


def test_there_are_never_more_damages_than_anyone_reads(kfly: Cli) -> None:
    with another_program(kfly) as db:
        db.executemany(
            "INSERT INTO building (name, town, floor_area) VALUES (?, '澄江街道', -1)",
            [(f"{chr(0x4E00 + 3 * n)}楼",) for n in range(2 * MOST_DAMAGES)],
        )
    assert codes(kfly) == ["bad_value"] * 2 * MOST_DAMAGES
