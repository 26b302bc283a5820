"""``kfly check`` on files that are damaged, and on a log that does not know all that was done."""

import gzip
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.commands.check.test_check import (
    BUILDING,
    EXPENDITURE,
    another_program,
    codes,
    findings,
    typed,
    without_triggers,
)
from tests.support import FIRST_RELEASE
from tests.support.runner import Cli

pytestmark = pytest.mark.slow

PAGE = 4096
RESTORE = "mkdir kfly.damaged && mv kfly.db kfly.damaged && kfly --db … backup kfly.db"


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")


def one_file(cli: Cli) -> bytearray:
    """The database's bytes, all that was written among them."""
    with closing(sqlite3.connect(cli.db)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return bytearray(cli.db.read_bytes())


def page_of(cli: Cli, name: str) -> int:
    """Where the first page of a table or an index begins."""
    with closing(sqlite3.connect(cli.db)) as db:
        row = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    return (int(row[0]) - 1) * PAGE


def test_a_damaged_page_is_an_error_that_a_backup_mends(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING)
    data = one_file(kfly)
    backup = shutil.copy(kfly.db, kfly.folder / "backup.db")
    at = page_of(kfly, "building")
    data[at : at + PAGE] = b"\xff" * PAGE
    kfly.db.write_bytes(data)
    found = findings(kfly)
    assert {(f["severity"], f["code"], f["command"]) for f in found} == {("error", "damaged", RESTORE)}
    restore(kfly, found[0]["command"], Path(backup))
    assert findings(kfly) == []


def restore(cli: Cli, command: str, copy: Path) -> None:
    """Run a restoring command as it is copied from the screen, in a shell."""
    program = f"{shlex.quote(sys.executable)} -m kfly"
    line = command.replace("kfly --db", f"{program} --db").replace("…", shlex.quote(str(copy)))
    done = subprocess.run(line, shell=True, cwd=cli.folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_restored_file_is_not_spoilt_by_the_log_of_the_damaged_one(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING)
    copy = kfly.folder / "copy.db"
    kfly.ok("backup", "copy.db")
    at = page_of(kfly, "organisations")
    data = one_file(kfly)
    data[at : at + PAGE] = b"\xff" * PAGE
    kfly.db.write_bytes(data)
    with closing(sqlite3.connect(kfly.db, isolation_level=None)) as other:
        other.execute("INSERT INTO policy (name) VALUES ('新')")
        command = findings(kfly)[0]["command"]
        left = {name: Path(f"{kfly.db}{name}").read_bytes() for name in ("", "-wal", "-shm")}
    assert command == RESTORE.replace("mv kfly.db", "mv kfly.db kfly.db-wal kfly.db-shm")
    for name, content in left.items():  # as a crash leaves it
        Path(f"{kfly.db}{name}").write_bytes(content)
    restore(kfly, command, copy)
    assert findings(kfly) == []
    assert kfly.db.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in (kfly.folder / "kfly.damaged").iterdir()) == [
        "kfly.db",
        "kfly.db-shm",
        "kfly.db-wal",
    ]


def test_an_index_that_lost_a_row_is_rebuilt(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING)
    with another_program(kfly) as db:
        index = db.execute("SELECT * FROM sqlite_master WHERE name = 'building key'").fetchone()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_master WHERE name = 'building key'")
    with another_program(kfly) as db:
        db.execute("UPDATE building SET name = '乙'")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)
    found = findings(kfly)
    assert {(f["code"], f["command"]) for f in found} == {("damaged", "sqlite3 kfly.db REINDEX")}
    with another_program(kfly) as db:
        db.execute("REINDEX")
    assert findings(kfly) == []


def test_a_text_that_is_no_text_any_more_is_named_with_its_record(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING, "--owner", "某某有限公司")
    data = one_file(kfly)
    data = bytearray(bytes(data).replace("某某有限公司".encode(), b"\xff\xfe" * 9))
    kfly.db.write_bytes(data)
    found = findings(kfly)
    assert ("damaged", "building", 1) in {(f["code"], f["kind"], f["id"]) for f in found}
    assert any(f["message"].startswith("Owner: “\\xff\\xfe") for f in found)


def test_a_plan_that_is_none_any_more_is_one_error(kfly: Cli) -> None:
    with another_program(kfly) as db:
        db.execute("UPDATE plan SET starts = 'soon'")
    (finding,) = findings(kfly)
    assert (finding["code"], finding["kind"]) == ("damaged", "plan")


@pytest.mark.parametrize("seed", range(12))
def test_whatever_bytes_are_overwritten_nothing_ends_in_a_traceback(kfly: Cli, seed: int) -> None:
    kfly.ok("add-building", "--name", "甲", *BUILDING)
    data, random = one_file(kfly), Random(seed)
    for _ in range(seed + 1):
        at = random.randrange(PAGE, len(data) - 40)
        length = random.choice((1, 3, 40))
        data[at : at + length] = random.randbytes(length)
    kfly.db.write_bytes(data)
    run = kfly("check")
    assert run.code in (0, 1)
    assert run.err.count("\n") <= 1


def test_what_is_no_database_is_refused_in_one_line(kfly: Cli) -> None:
    kfly.db.write_bytes(b"no database")
    assert "is not a database" in kfly.refused("check")


def test_a_database_of_the_first_release_is_checked_and_left_as_it_is(kfly: Cli) -> None:
    kfly.db.write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    before = kfly.db.read_bytes()
    lost = "evidence 批文.txt is not kept: it did not lie where it was shown any more"
    left_behind = [("evidence_not_kept", lost)]
    assert told(kfly) == left_behind
    assert kfly.db.read_bytes() == before
    kfly("set", "building", "1", "owner=甲")  # brings it up: what was there before has no log
    assert told(kfly) == left_behind


def told(cli: Cli) -> list[tuple[str, str]]:
    return [(finding["code"], finding["message"]) for finding in findings(cli)]


@pytest.fixture
def two(kfly: Cli) -> Cli:
    """A database with two buildings."""
    kfly.ok("add-building", "--name", "甲", *BUILDING, "--owner", "老王")
    kfly.ok("add-building", "--name", "乙", *BUILDING)
    return kfly


def test_changes_of_another_program_are_in_the_log_and_no_finding(two: Cli) -> None:
    with another_program(two) as db:
        db.execute("UPDATE building SET owner = '新', floor_area = 600.1")
        db.execute("DELETE FROM building WHERE id = 2")
    assert findings(two) == []


def test_a_value_changed_past_the_log_is_named_and_put_back(two: Cli) -> None:
    without_triggers(two, "UPDATE building SET owner = '新' WHERE id = 1")
    (finding,) = findings(two)
    assert (finding["severity"], finding["code"]) == ("warning", "changed_past_the_log")
    assert (finding["kind"], finding["id"]) == ("building", 1)
    assert finding["message"] == "Owner is “新”, “老王” according to the log"
    assert typed(two, finding).code == 0
    assert two.json("show", "building", "1")["owner"] == "老王"
    assert findings(two) == []


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM building WHERE id = 1", "was removed, and the log does not know of it"),
        ("UPDATE targets SET goal = 1 WHERE key = 'talents'", "is not as the log has it: goal"),
        ("DELETE FROM changes WHERE id % 7 = 0", "changes taken out of the log: "),
        ("DELETE FROM changes", "changes taken out of the log: 3"),
        ("DELETE FROM changes WHERE id = (SELECT max(id) FROM changes)", "changes taken out of the log: 1"),
        ("DELETE FROM change_groups WHERE id = 2", "groups taken out of the log: 1"),
    ],
)
def test_other_things_done_past_the_log_are_warnings(two: Cli, statement: str, message: str) -> None:
    without_triggers(two, statement)
    found = findings(two)
    assert {f["severity"] for f in found} == {"warning"}
    assert any(message in f["message"] for f in found)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM building WHERE id = 1",
        "UPDATE targets SET goal = 1 WHERE key = 'talents'",
        "DELETE FROM task_organisations WHERE year = 2022 AND task = 3",
        "UPDATE tasks SET title_zh = 'x', measure = NULL WHERE year = 2022 AND number = 3",
        "INSERT INTO evidence (sign_off, path, sha256, size) VALUES (1, '证明.pdf', '', 1)",
    ],
)
def test_rows_changed_past_the_log_are_put_back_by_the_commands_that_are_named(
    two: Cli, statement: str
) -> None:
    two.ok("set", "building", "1", "note=一\n二 'x'")
    two.ok("done", "1", "--on", "2022-06-01")
    with another_program(two) as db:
        db.execute("INSERT INTO evidence (sign_off, path, sha256, size) VALUES (1, '证明.pdf', '', 1)")
        db.execute("DELETE FROM evidence")
    without_triggers(two, statement)
    found = [f for f in findings(two) if f["code"] == "changed_past_the_log"]
    assert found
    for finding in found:
        program, file, sql = shlex.split(finding["command"])
        assert (program, file) == ("sqlite3", "kfly.db")
        with another_program(two) as db:
            db.execute(sql)
    assert findings(two) == []


@pytest.mark.parametrize("removed_by", ["kfly", "another program"])
def test_what_was_removed_is_brought_back_by_undoing_the_group_that_removed_it(
    two: Cli, removed_by: str
) -> None:
    two.ok(*EXPENDITURE, "--amount", "1")
    if removed_by == "kfly":
        two.ok("remove", "building", "1", "--reason", "错")
        with another_program(two) as db:
            db.execute("UPDATE expenditure SET building = 1")
    else:
        two.ok("set", "expenditure", "1", "building=#1")
        with another_program(two) as db:
            db.execute("DELETE FROM building WHERE id = 1")
    group = next(g["group"] for g in two.json("log") for c in g["changes"] if c["table"] == "building")
    (finding,) = (f for f in findings(two) if f["severity"] == "error")
    assert (finding["code"], finding["command"]) == ("lost_reference", f"kfly undo {group}")
    assert typed(two, finding).code == 0
    assert findings(two) == []


def test_what_was_removed_of_the_plan_is_brought_back_by_undoing_the_group(two: Cli) -> None:
    with another_program(two) as db:
        db.execute("DELETE FROM tasks WHERE year = 2022 AND number = 3")
    assert {f["command"] for f in findings(two)} == {"kfly undo 4"}
    two.ok("undo", "4")
    assert findings(two) == []


def test_a_log_that_was_emptied_is_noticed_when_it_has_gone_on(two: Cli) -> None:
    without_triggers(two, "DELETE FROM changes")
    two.ok("add-policy", "--name", "x")
    assert "changes taken out of the log: 3" in {f["message"] for f in findings(two)}


def test_a_row_that_came_back_past_the_log_is_named(two: Cli) -> None:
    two.ok("remove", "building", "2", "--reason", "错")
    without_triggers(
        two, "INSERT INTO building (id, name, town, floor_area) VALUES (2, '乙', '澄江街道', 600)"
    )
    (finding,) = findings(two)
    assert finding["message"] == "was removed according to the log, and is there"


def test_missing_triggers_are_an_error_until_the_next_write(two: Cli) -> None:
    with another_program(two) as db:
        db.execute('DROP TRIGGER "building after update"')
    (finding,) = findings(two)
    assert (finding["severity"], finding["code"], finding["kind"]) == ("error", "unwatched", None)
    assert "building after update" in finding["message"]
    run = typed(two, finding)
    assert (run.code, "put back" in run.err) == (0, True)
    assert findings(two) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.execute("ALTER TABLE building ADD COLUMN fire_passed_on TEXT"),
        lambda db: db.executescript(
            "DELETE FROM field_words WHERE field = 'resources'; DELETE FROM fields WHERE name = 'resources';"
            "DROP VIEW 楼宇; ALTER TABLE building DROP COLUMN resources"
        ),
    ],
    ids=("added", "dropped"),
)
def test_columns_that_come_and_go_are_no_changes_past_the_log(
    two: Cli, change: Callable[[sqlite3.Connection], object]
) -> None:
    with another_program(two) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'building'"
        ).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        change(db)
    assert set(codes(two)) == {"unwatched"}


def test_a_town_that_was_renamed_is_as_the_log_has_it(two: Cli) -> None:
    with another_program(two) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("UPDATE organisations SET name = '澄江新街道' WHERE name = '澄江街道'")
    assert findings(two) == []
