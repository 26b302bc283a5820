"""All that is done stays together, or nothing does."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.kinds import Record
from kfly.store.file import database
from kfly.store.file.database import reading, transaction, writing
from tests.support.word_city import Store

BUILDING: Record = {"town": "高新区", "floor_area": 5000.0}
KILLED = """
import os, sys
from pathlib import Path
from kfly.store.file.database import writing

with writing(Path(sys.argv[1])) as db:
    db.execute("DELETE FROM task_needs")
    db.execute("PRAGMA cache_spill = 1")
    os._exit(9)
"""


def buildings(path: Path) -> list[str]:
    with reading(path) as db:
        return [name for (name,) in db.execute("SELECT name FROM building ORDER BY id")]


def write(path: Path, *names: str) -> None:
    with writing(path) as db:
        for name in names:
            Store(db).insert("building", name=name, **BUILDING)


def write_and_fail(path: Path, failure: BaseException) -> None:
    with writing(path) as db:
        Store(db).insert("building", name="半途", **BUILDING)
        raise failure


def test_what_was_done_stays(path: Path) -> None:
    write(path, "甲", "乙")
    assert buildings(path) == ["甲", "乙"]


@pytest.mark.parametrize("failure", [KflyError("no"), ValueError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_a_failure_undoes_all_of_it(path: Path, failure: BaseException) -> None:
    write(path, "甲")
    with pytest.raises(type(failure)):
        write_and_fail(path, failure)
    assert buildings(path) == ["甲"]


def test_a_refusal_by_sqlite_undoes_all_of_it(path: Path) -> None:
    with pytest.raises(KflyError, match="UNIQUE constraint failed"):
        write(path, "甲", "甲")
    assert buildings(path) == []


def test_an_id_of_what_was_undone_may_be_given_again_but_none_of_what_stayed(path: Path) -> None:
    with pytest.raises(KflyError):
        write(path, "甲", "甲")
    write(path, "乙")
    with reading(path) as db:
        assert db.execute("SELECT id, name FROM building").fetchall() == [(1, "乙")]


def test_a_transaction_is_over_when_it_is_left(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        with transaction(db):
            assert db.in_transaction
        assert not db.in_transaction
        with pytest.raises(KeyError), transaction(db):
            raise KeyError
        assert not db.in_transaction


@pytest.mark.slow
def test_what_is_killed_half_way_never_was(path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == 9
    with reading(path) as db:
        assert db.execute("SELECT count(*) > 0 FROM task_needs").fetchone() == (1,)
    write(path, "甲")
    assert buildings(path) == ["甲"]


def test_eight_who_write_at_once_lose_nothing(path: Path) -> None:
    writers = [threading.Thread(target=write_one_by_one, args=(path, n)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(buildings(path)) == sorted(f"{n}-{m}" for n in range(8) for m in range(5))


def write_one_by_one(path: Path, writer: int) -> None:
    for number in range(5):
        write(path, f"{writer}-{number}")


def test_a_check_and_what_follows_see_one_state(path: Path) -> None:
    with writing(path) as db, closing(sqlite3.connect(path, timeout=0)) as other:
        assert db.in_transaction
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("DELETE FROM evidence")


def test_a_locked_file_is_told_as_one_and_left_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KflyError) as refused:
            write(path, "甲")
        other.execute("ROLLBACK")
    assert refused.value.lines == (f"{path} is in use by another program; try again in a moment.",)
    assert buildings(path) == []


def test_readers_do_not_wait_for_a_writer_and_see_what_was_before(path: Path) -> None:
    write(path, "甲")
    with writing(path) as db:
        Store(db).insert("building", name="乙", **BUILDING)
        assert buildings(path) == ["甲"]
    assert buildings(path) == ["甲", "乙"]


def test_a_reader_sees_one_state_to_the_end_whoever_writes_meanwhile(path: Path) -> None:
    write(path, "甲")
    with reading(path) as db:
        assert db.execute("SELECT count(*) FROM building").fetchone() == (1,)
        write(path, "乙")
        assert db.execute("SELECT count(*) FROM building").fetchone() == (1,)
    assert buildings(path) == ["甲", "乙"]


@pytest.mark.parametrize("statement", ["SELECT * FROM plan", "DELETE FROM metric_towns"])
def test_a_file_that_another_keeps_to_itself_is_not_read_past_its_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute(statement)
        with pytest.raises(KflyError, match="is in use by another program"), reading(path):
            pass


def fill(path: Path, pages: int) -> None:
    with writing(path) as db:
        db.execute(f"PRAGMA max_page_count = {pages}")
        for number in range(1000):
            Store(db).insert("building", name=f"第{number}座", note="满" * 10_000, **BUILDING)


def test_a_full_disk_is_told_as_one_and_nothing_is_changed(path: Path) -> None:
    write(path, "甲")
    with reading(path) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    with pytest.raises(KflyError) as refused:
        fill(path, pages + 20)
    assert refused.value.lines == ("The disk is full; nothing was changed. Free some room and try again.",)
    assert buildings(path) == ["甲"]
    write(path, "乙")
    assert buildings(path) == ["甲", "乙"]
    assert list(path.parent.iterdir()) == [path]


def test_text_that_sqlite_cannot_keep_is_refused(path: Path) -> None:
    with pytest.raises(KflyError) as refused:
        write(path, "甲", "乙\udce4")
    assert refused.value.lines == (r"乙\udce4: is not valid UTF-8 text",)
    assert buildings(path) == []


def test_another_encodings_failure_is_not_taken_for_one_of_the_database(path: Path) -> None:
    with pytest.raises(UnicodeEncodeError), writing(path):
        "楼".encode("ascii")
