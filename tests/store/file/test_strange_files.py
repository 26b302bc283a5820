"""A file that is no database of ours is refused in one line, and left as it was."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.store.file.database import APPLICATION_ID, SCHEMA, reading, writing

Opening = Callable[[Path], AbstractContextManager[sqlite3.Connection]]
both_ways = pytest.mark.parametrize("opening", [reading, writing])


def refusal(opening: Opening, path: Path) -> str:
    with pytest.raises(KflyError) as refused, opening(path):
        pass
    [line] = refused.value.lines
    return line


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder: when it was last written, and its bytes."""
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}


def foreign(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in ("CREATE TABLE building (name)", "INSERT INTO building VALUES ('x')", *statements):
            db.execute(statement)
    return path


@both_ways
def test_a_file_that_is_missing_is_not_made(opening: Opening, tmp_path: Path) -> None:
    assert refusal(opening, tmp_path / "没有.db") == (
        f"There is no database {tmp_path}/没有.db. Run “kfly init” here, or name one with --db or KFLY_DB."
    )
    assert list(tmp_path.iterdir()) == []


@both_ways
def test_a_file_in_a_folder_that_is_missing_is_not_made(opening: Opening, tmp_path: Path) -> None:
    assert refusal(opening, tmp_path / "a" / "b.db").startswith("There is no database")
    assert list(tmp_path.iterdir()) == []


@both_ways
def test_a_folder_is_refused(opening: Opening, tmp_path: Path) -> None:
    assert refusal(opening, tmp_path) == f"{tmp_path} is a folder, not a database."


@both_ways
def test_a_path_through_a_file_is_refused(opening: Opening, path: Path) -> None:
    assert refusal(opening, path / "kfly.db").endswith(
        "kfly.db cannot be read: part of the path is not a folder."
    )


@both_ways
def test_a_name_that_is_too_long_is_refused(opening: Opening, tmp_path: Path) -> None:
    assert refusal(opening, tmp_path / ("x" * 300)).endswith("cannot be read: the name is too long.")


@both_ways
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"SQLite format 3",
        "楼宇,镇街\n".encode(),
        b"x" * 10_000,
        b"SQLite format 3 \0" + b"x" * 4096,
    ],
)
def test_what_is_no_database_is_refused_and_left_as_it_was(
    opening: Opening, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "kfly.db").write_bytes(content)
    before = contents(tmp_path)
    assert refusal(opening, tmp_path / "kfly.db") == (
        f"{tmp_path}/kfly.db is not a database; nothing was changed. Name kfly's own with --db."
    )
    assert contents(tmp_path) == before


@both_ways
@pytest.mark.parametrize(
    "statements",
    [
        [],
        ["PRAGMA application_id = 1"],
        [f"PRAGMA application_id = {APPLICATION_ID + 1}", f"PRAGMA user_version = {SCHEMA}"],
        ["PRAGMA journal_mode = WAL"],
        ["PRAGMA user_version = 99"],
    ],
)
def test_another_programs_database_is_refused_and_left_as_it_was(
    opening: Opening, tmp_path: Path, statements: list[str]
) -> None:
    path = foreign(tmp_path / "other.db", *statements)
    before = contents(tmp_path)
    assert refusal(opening, path) == f"{path} belongs to another program; nothing was changed."
    assert contents(tmp_path) == before


@both_ways
def test_the_log_that_another_programs_crash_left_is_not_touched(opening: Opening, tmp_path: Path) -> None:
    (tmp_path / "crashed").mkdir()
    foreign(tmp_path / "other.db", "PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(tmp_path / "other.db", isolation_level=None)) as db:
        db.execute("INSERT INTO building VALUES ('y')")
        for name in ("other.db", "other.db-wal"):
            shutil.copy(tmp_path / name, tmp_path / "crashed")
    before = contents(tmp_path / "crashed")
    assert "belongs to another program" in refusal(opening, tmp_path / "crashed" / "other.db")
    assert contents(tmp_path / "crashed") == before


@both_ways
def test_a_newer_kflys_database_is_refused_and_left_as_it_was(opening: Opening, path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = contents(path.parent)
    assert refusal(opening, path) == (
        f"{path} was written by a newer kfly; nothing was changed. Install that one to use it."
    )
    assert contents(path.parent) == before


@both_ways
@pytest.mark.parametrize("kept", [16, 100, 1000, 5000])
def test_a_database_cut_short_is_refused(opening: Opening, path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(KflyError), opening(path) as db:
        db.execute("SELECT count(*) FROM task_needs, building").fetchone()


@both_ways
def test_a_damaged_database_is_told_as_one(opening: Opening, path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(KflyError, match="is damaged; restore a copy of it"), opening(path) as db:
        db.execute("SELECT * FROM targets").fetchall()


@both_ways
@pytest.mark.parametrize(
    "name", ["a?mode=memory", "a#b.db", "100%20.db", "科赋 楼宇.db", "'; --.db", ":memory:", "\udce4"]
)
def test_any_file_name_is_taken_as_it_is(opening: Opening, path: Path, name: str) -> None:
    odd = path.rename(path.with_name(name))
    with opening(odd) as db:
        assert db.execute("SELECT count(*) FROM tasks").fetchone() == (20,)
    assert list(path.parent.iterdir()) == [odd]


def test_a_path_may_be_relative_to_here(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with reading(Path("kfly.db")) as db:
        assert db.execute("SELECT count(*) FROM tasks").fetchone() == (20,)


def test_nothing_can_be_written_while_reading(path: Path) -> None:
    before = contents(path.parent)
    with pytest.raises(KflyError, match="is read-only; nothing was changed"), reading(path) as db:
        db.execute("DELETE FROM targets")
    assert contents(path.parent) == before
