"""A write-ahead log where it can be had, a rollback journal where it cannot or is asked for."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kfly.errors import KflyError, WrongUsageError
from kfly.services.outputs import must_print_elsewhere
from kfly.store.file import database, journal
from kfly.store.file.backup import copy_beside
from kfly.store.file.database import creating, reading, writing

BOTH = pytest.mark.parametrize("kept", ["wal", "delete"])

LOCKED_FOR_OTHERS = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    db.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    sys.exit(0 if "locked" in str(error) else 2)
sys.exit(1)
"""
ADDS_ONE = """
import sys
from pathlib import Path
from kfly.store.file.database import writing
with writing(Path(sys.argv[1])) as db:
    db.execute("INSERT INTO policy (name) VALUES (hex(randomblob(9)))")
"""
KILLED_WHEN_WRITTEN = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
db.execute("DELETE FROM task_needs")
db.execute("UPDATE organisations SET name_en = hex(randomblob(3000))")
os.kill(os.getpid(), 9)
"""


@pytest.fixture(autouse=True)
def _nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KFLY_JOURNAL", raising=False)


def kept_by(path: Path) -> str:
    return journal.read_kept(path.read_bytes()[:100])


def make(path: Path) -> None:
    with creating(path) as db:
        db.execute("CREATE TABLE t (x)")


def write(path: Path) -> None:
    with writing(path) as db:
        db.execute("UPDATE organisations SET email = 'a@example.com' WHERE name = '高新区'")


def is_written(path: Path) -> bool:
    with reading(path) as db:
        return bool(db.execute("SELECT email FROM organisations WHERE name = '高新区'").fetchone()[0])


def with_a_half_written_change(path: Path, folder: Path) -> Path:
    """A database as a kill in mid-change leaves it: half in the file, what was before in the journal."""
    path = Path(shutil.copy(path, folder / "kfly.db"))
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    killed = subprocess.run([sys.executable, "-c", KILLED_WHEN_WRITTEN, str(path)], check=False)
    assert killed.returncode == -9
    assert path.with_name("kfly.db-journal").stat().st_size
    return path


@pytest.mark.parametrize(
    ("asked", "kept"), [(None, "wal"), ("", "wal"), ("wal", "wal"), ("delete", "delete")]
)
def test_a_new_database_keeps_the_journal_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str | None, kept: str
) -> None:
    if asked is not None:
        monkeypatch.setenv("KFLY_JOURNAL", asked)
    make(tmp_path / "kfly.db")
    assert kept_by(tmp_path / "kfly.db") == kept
    assert list(tmp_path.iterdir()) == [tmp_path / "kfly.db"]


@pytest.mark.parametrize("value", ["WAL", "memory", "off", " ", "delete ", "\udce4"])
def test_any_other_word_is_wrong_usage_and_nothing_is_touched(
    path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", value)
    before = path.read_bytes()
    for attempt in (make, write, is_written):
        with pytest.raises(WrongUsageError, match=r"KFLY_JOURNAL: .* is neither wal nor delete"):
            attempt(path if attempt is not make else path.with_name("new.db"))
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_writer_changes_it_when_asked_and_keeps_it_when_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked, kept in ((None, "wal"), ("delete", "delete"), (None, "delete"), ("wal", "wal"), (None, "wal")):
        if asked:
            monkeypatch.setenv("KFLY_JOURNAL", asked)
        else:
            monkeypatch.delenv("KFLY_JOURNAL", raising=False)
        write(path)
        assert kept_by(path) == kept
        assert is_written(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setenv("KFLY_JOURNAL", "delete")
    is_written(path)
    assert path.read_bytes() == before


def test_changes_that_are_in_the_log_alone_are_there_after_the_journal_is_changed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "crashed").mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DELETE FROM task_needs")
        for name in ("kfly.db", "kfly.db-wal"):
            shutil.copy(tmp_path / name, tmp_path / "crashed")
    monkeypatch.setenv("KFLY_JOURNAL", "delete")
    write(tmp_path / "crashed" / "kfly.db")
    with reading(tmp_path / "crashed" / "kfly.db") as db:
        assert db.execute("SELECT count(*) FROM task_needs").fetchone() == (0,)


def test_while_somebody_has_it_open_the_journal_is_not_changed_and_nothing_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", "delete")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT * FROM plan").fetchone()
        with pytest.raises(KflyError) as refused:
            write(path)
        (line,) = refused.value.lines
    assert line.startswith(f"{path} is in use, and KFLY_JOURNAL=delete waits until nobody else has it open;")
    assert kept_by(path) == "wal"
    assert not is_written(path)
    write(path)
    assert kept_by(path) == "delete"


@pytest.mark.slow
def test_writers_who_all_want_it_changed_do_not_stand_in_each_others_way(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", "delete")
    writers = [subprocess.Popen([sys.executable, "-c", ADDS_ONE, str(path)]) for _ in range(6)]
    assert [writer.wait() for writer in writers] == [0] * 6
    with reading(path) as db:
        assert db.execute("SELECT count(*) FROM policy").fetchone() == (6,)
    assert kept_by(path) == "delete"


def test_a_newer_kflys_database_keeps_its_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", "delete")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")  # stands in the log alone
        with pytest.raises(KflyError, match="was written by a newer kfly"):
            write(path)
    assert kept_by(path) == "wal"


def test_where_a_log_is_refused_it_is_a_rollback_journal(tmp_path: Path) -> None:
    """SQLite's own file system without shared memory, as some network shares are."""
    uri = (tmp_path / "kfly.db").as_uri() + "?vfs=unix-dotfile"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as db:
        journal.begin(db)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        db.execute("CREATE TABLE t (x)")
    assert kept_by(tmp_path / "kfly.db") == "delete"


@BOTH
def test_every_commit_waits_for_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", kept)
    with writing(path) as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)
    with creating(path.with_name("new.db")) as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)


@BOTH
@pytest.mark.parametrize("failure", [KeyError, KeyboardInterrupt, sqlite3.DatabaseError])
def test_a_creation_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str, failure: type[BaseException]
) -> None:
    def fail_on_the_disk() -> None:
        with creating(tmp_path / "kfly.db") as db:
            db.execute("PRAGMA cache_size = 1")
            db.execute("CREATE TABLE t (x)")
            db.executemany("INSERT INTO t VALUES (zeroblob(?))", [(1000,)] * 1000)
            raise failure

    monkeypatch.setenv("KFLY_JOURNAL", kept)
    with pytest.raises((failure, KflyError)):
        fail_on_the_disk()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", journal.SUFFIXES)
def test_what_another_database_left_behind_is_not_taken_for_the_new_ones(tmp_path: Path, suffix: str) -> None:
    left = tmp_path / f"kfly.db{suffix}"
    left.write_bytes(b"changes that may still be wanted")
    with pytest.raises(KflyError, match=f"kfly.db cannot be created: {left.name} lies there"):
        make(tmp_path / "kfly.db")
    assert left.read_bytes() == b"changes that may still be wanted"
    assert list(tmp_path.iterdir()) == [left]


def test_a_change_that_was_cut_off_is_taken_back_by_whoever_reads_next(
    bundled_database: Path, tmp_path: Path
) -> None:
    path = with_a_half_written_change(bundled_database, tmp_path)
    with reading(path) as db:
        assert db.execute("SELECT count(*) > 0 FROM task_needs").fetchone() == (1,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_waits_while_a_change_is_written_into_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", "delete")
    write(path)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = threading.Timer(0.3, other.execute, ["COMMIT"])
        done.start()
        assert is_written(path)
        done.join()


@BOTH
def test_the_lock_holds_while_a_copy_is_made_beside(
    path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    """Closing any handle of a file drops all locks that the process holds on it."""
    monkeypatch.setenv("KFLY_JOURNAL", kept)
    with writing(path):
        copy_beside(path)
        other = subprocess.run([sys.executable, "-c", LOCKED_FOR_OTHERS, str(path)], check=False)
        assert other.returncode == 0


@BOTH
def test_a_commit_that_is_refused_is_said_and_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    def owe() -> None:
        with writing(path) as db:
            db.execute("PRAGMA defer_foreign_keys = ON")
            db.execute(
                "INSERT INTO enclave (name, town, host, floor_area, established_on, building)"
                " VALUES ('飞地', '月城镇', '高新区', 1, '2022-01-01', 99)"
            )

    monkeypatch.setenv("KFLY_JOURNAL", kept)
    with pytest.raises(KflyError, match="FOREIGN KEY"):
        owe()
    with reading(path) as db:
        assert db.execute("SELECT count(*) FROM enclave").fetchone() == (0,)
    assert list(path.parent.iterdir()) == [path]


def test_a_link_to_a_database_is_the_database(path: Path, tmp_path: Path) -> None:
    """What SQLite keeps beside it lies beside the file, not beside the link."""
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "here.db"
    link.symlink_to(path)
    write(link)
    assert is_written(path)
    assert [file.name for file in journal.list_side_files(link)] == [f"kfly.db{s}" for s in journal.SUFFIXES]
    assert list(link.parent.iterdir()) == [link]


def test_side_files_that_come_and_go_disturb_nobody(path: Path) -> None:
    """With the rollback journal, each commit makes and removes one, at any moment of another process."""
    lock, stop = path.with_name("kfly.db-turn"), threading.Event()

    def come_and_go() -> None:
        while not stop.is_set():
            for file in (*journal.list_side_files(path), lock):
                file.write_bytes(b"x")
            for file in (*journal.list_side_files(path), lock):
                file.unlink(missing_ok=True)

    other = threading.Thread(target=come_and_go)
    other.start()
    try:
        for _time in range(3_000):
            journal.find_unmerged(path)
            assert journal.find_closed_to_us(path) is None
            os.close(journal.open_beside(lock, path))
            must_print_elsewhere(path)
    finally:
        stop.set()
        other.join()


def test_a_database_that_cannot_be_there_has_no_side_files(path: Path) -> None:
    assert journal.find_unmerged(path / "kfly.db") is None
    must_print_elsewhere(path / "kfly.db")
