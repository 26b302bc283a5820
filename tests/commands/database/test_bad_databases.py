"""A database that is none, another program's, newer, damaged or out of reach: refused, and left as it was."""

import os
import sqlite3
from collections.abc import Callable

import pytest

from tests.support.processes import process
from tests.support.runner import Cli, content

READING = ("status", "tasks", "task 1", "overdue", "list building", "show building 1", "kinds")
WRITING = (
    "add-policy --name x",
    "set building 1 note=x",
    "remove building 1 --reason x",
    "done 1 --on 2022-01-28",
    "reopen 1 --reason x",
    "import building sheet.csv",
)
ALL = (*READING, *WRITING)


@pytest.fixture
def language_of_the_plan() -> None:
    """Not said by the machine: every command has to find it out."""


def no_file(kfly: Cli) -> None:
    kfly.db.unlink()


def a_folder(kfly: Cli) -> None:
    kfly.db.unlink()
    kfly.db.mkdir()


def a_text(kfly: Cli) -> None:
    kfly.db.write_text("楼宇清单\n", encoding="utf-8")


def an_empty_file(kfly: Cli) -> None:
    kfly.db.write_bytes(b"")


def another_programs(kfly: Cli) -> None:
    kfly.db.unlink()
    with sqlite3.connect(kfly.db) as db:
        db.execute("CREATE TABLE notes (text)")
    db.close()


def of_a_newer_kfly(kfly: Cli) -> None:
    db = sqlite3.connect(kfly.db)
    db.execute("PRAGMA user_version = 99")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def a_header_alone(kfly: Cli) -> None:
    kfly.db.write_bytes(b"SQLite format 3\x00")


BROKEN: dict[str, tuple[Callable[[Cli], None], str]] = {
    "no file": (
        no_file,
        "There is no database kfly.db. Run “kfly init” here, or name one with --db or KFLY_DB.",
    ),
    "a folder": (a_folder, "kfly.db is a folder"),
    "a text": (a_text, "kfly.db is not a database"),
    "an empty file": (an_empty_file, "kfly.db is not a database"),
    "a header alone": (a_header_alone, "kfly.db"),
    "another program's": (another_programs, "kfly.db belongs to another program"),
    "of a newer kfly": (of_a_newer_kfly, "kfly.db was written by a newer kfly"),
}


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize("what", BROKEN)
def test_every_command_refuses_it_in_one_line(kfly: Cli, what: str, command: str) -> None:
    breaking, told = BROKEN[what]
    breaking(kfly)
    (kfly.folder / "sheet.csv").write_text("name,town,floor_area\n", encoding="utf-8")

    assert told in kfly.refused("--lang", "en", *command.split())
    assert kfly.db.exists() is (what != "no file")


def test_a_database_cut_in_half_is_refused(kfly: Cli) -> None:
    whole = content(kfly.db)
    assert whole is not None
    kfly.db.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])

    line = kfly.refused("--lang", "en", "status")
    assert "kfly.db is damaged" in line


def test_a_database_of_noise_behind_its_header_is_refused(kfly: Cli) -> None:
    kfly.db.write_bytes(b"SQLite format 3\x00" + b"\xaa" * 8176)

    assert "kfly.db" in kfly.refused("status")


def test_a_file_nobody_may_read_is_refused(kfly: Cli) -> None:
    kfly.db.chmod(0)
    try:
        readable = os.access(kfly.db, os.R_OK)
        run = kfly("--lang", "en", "status")
    finally:
        kfly.db.chmod(0o600)

    assert (run.code, "cannot be read" in run.err) == (
        (0, False) if readable else (1, True)
    )  # root reads all


def test_json_is_refused_the_same_way(empty: Cli) -> None:
    assert "There is no database" in empty.refused("--lang", "en", "status", "--json")


@pytest.mark.slow
def test_as_a_process_it_is_the_same(empty: Cli) -> None:
    run = process(empty.folder, "--lang", "en", "status")

    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == BROKEN["no file"][1] + "\n"


@pytest.mark.slow
def test_a_full_disk_for_the_output_is_said(kfly: Cli) -> None:
    for args in (("status",), ("status", "--json"), ("--help",), ("--version",)):
        with open("/dev/full", "wb") as full:  # noqa: PTH123
            run = _with_output(kfly, full.fileno(), *args)
        assert (run[0], run[1].count(b"\n")) == (1, 1), run[1].decode()
        assert b"Traceback" not in run[1]


@pytest.mark.slow
def test_what_is_done_is_no_refusal_because_it_cannot_be_told(kfly: Cli) -> None:
    for name, json in (("甲楼", ()), ("乙楼", ("--json",))):
        record = ("add-building", "--name", name, "--town", "高新区", "--floor-area", "1", *json)
        with open("/dev/full", "wb") as full:  # noqa: PTH123
            code, told = _with_output(kfly, full.fileno(), *record)
        assert (code, told.count(b"\n")) == (0, 1), told.decode()
        assert kfly.json("show", "building", name)["name"] == name


@pytest.mark.slow
def test_the_exit_code_tells_where_nothing_can_be_printed_at_all(kfly: Cli) -> None:
    for args, code in (
        (("add-policy", "--name", "办法"), 0),
        (("add-policy", "--name", "办法"), 1),  # it is there by now
        (("status",), 1),
        (("nonsense",), 2),
        (("undo",), 0),
        (("backup", "copy.db"), 0),
        (("--db", "new.db", "init"), 0),
    ):
        with open("/dev/full", "wb") as full:  # noqa: PTH123
            assert _with_output(kfly, full.fileno(), *args, errors=full.fileno())[0] == code, args
    assert kfly.json("list", "policy") == []
    assert (kfly.folder / "copy.db").exists()
    assert (kfly.folder / "new.db").exists()


def _with_output(kfly: Cli, handle: int, *args: str, errors: int = -1) -> tuple[int, bytes]:
    import subprocess
    import sys

    run = subprocess.run(
        [sys.executable, "-m", "kfly", "--lang", "en", *args],
        cwd=kfly.folder,
        stdout=handle,
        stderr=errors,
        check=False,
    )
    return run.returncode, run.stderr
