"""A new database is made whole and for its owner alone, or not at all."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.services.init import bundled, create
from kfly.store.file.database import APPLICATION_ID, SCHEMA, creating, reading, writing

PLAN = (bundled() / "targets.yaml", [bundled() / "tasks_2022.yaml"])


@pytest.fixture(params=[0o022, 0o077, 0o000])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def fail_after_a_table(path: Path, failure: BaseException) -> None:
    with creating(path) as db:
        db.execute("CREATE TABLE t (x)")
        db.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 1000)
        raise failure


def test_it_is_marked_as_ours_and_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    with creating(tmp_path / "kfly.db") as db:
        db.execute("CREATE TABLE t (x)")
    with closing(sqlite3.connect(tmp_path / "kfly.db")) as db:
        asked = [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        assert asked == [APPLICATION_ID, SCHEMA]
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert APPLICATION_ID.to_bytes(4, "big") == b"kfly"


def test_it_is_one_file_that_can_be_read_and_written(tmp_path: Path) -> None:
    create(tmp_path / "kfly.db", *PLAN)
    assert list(tmp_path.iterdir()) == [tmp_path / "kfly.db"]
    with reading(tmp_path / "kfly.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with writing(tmp_path / "kfly.db") as db:
        db.execute("UPDATE organisations SET email = 'a@example.com' WHERE name = '高新区'")


def test_it_is_its_owners_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    create(tmp_path / "kfly.db", *PLAN)
    assert mode(tmp_path / "kfly.db") == 0o600


def test_a_shared_one_is_the_groups_too_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    create(tmp_path / "kfly.db", *PLAN, shared=True)
    assert mode(tmp_path / "kfly.db") == 0o660


@pytest.mark.parametrize(("shared", "expected"), [(False, 0o600), (True, 0o660)])
def test_the_files_beside_it_are_no_more_open_and_no_less(
    tmp_path: Path, umask: int, shared: bool, expected: int
) -> None:
    path = tmp_path / "kfly.db"
    create(path, *PLAN, shared=shared)
    with writing(path) as db:
        db.execute("DELETE FROM evidence")
        modes = {file.name: mode(file) for file in tmp_path.iterdir()}
    assert modes == dict.fromkeys(["kfly.db", "kfly.db-wal", "kfly.db-shm"], expected)


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0"])
def test_an_existing_file_is_refused_and_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kfly.db"
    path.write_bytes(content)
    with pytest.raises(KflyError, match="exists already; nothing was changed"):
        create(path, *PLAN)
    with pytest.raises(KflyError, match="exists already; nothing was changed"):
        fail_after_a_table(path, KeyError())
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [tmp_path / "kfly.db"]


def test_a_database_that_is_there_is_refused_and_left_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(KflyError, match="exists already"):
        create(path, *PLAN)
    assert path.read_bytes() == before


def test_a_link_that_leads_nowhere_is_refused_and_nothing_made_there(tmp_path: Path) -> None:
    (tmp_path / "kfly.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(KflyError, match="exists already"):
        create(tmp_path / "kfly.db", *PLAN)
    assert list(tmp_path.iterdir()) == [tmp_path / "kfly.db"]


@pytest.mark.parametrize("name", ["a/kfly.db", "x" * 300])
def test_where_no_file_can_be_made_it_is_told_why(tmp_path: Path, name: str) -> None:
    with pytest.raises(KflyError, match="cannot be created: ") as refused:
        fail_after_a_table(tmp_path / name, KeyError())
    assert len(refused.value.lines) == 1


@pytest.mark.parametrize(
    "failure", [KeyError(), KflyError("no"), KeyboardInterrupt(), sqlite3.DatabaseError()]
)
def test_a_failure_leaves_no_file_behind(tmp_path: Path, failure: BaseException) -> None:
    expected = KflyError if isinstance(failure, sqlite3.Error) else type(failure)
    with pytest.raises(expected):
        fail_after_a_table(tmp_path / "kfly.db", failure)
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_plan_leaves_no_file_behind(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text("plan: {}\n")
    with pytest.raises(KflyError, match=r"targets.yaml:1: "):
        create(tmp_path / "kfly.db", tmp_path / "targets.yaml", [])
    assert list(tmp_path.iterdir()) == [tmp_path / "targets.yaml"]


def test_a_full_disk_leaves_no_file_behind(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match="The disk is full"), creating(tmp_path / "kfly.db") as db:
        db.executescript("PRAGMA max_page_count = 2; CREATE TABLE t AS SELECT zeroblob(100000) AS x;")
    assert list(tmp_path.iterdir()) == []
