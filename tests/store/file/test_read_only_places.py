"""Where nothing can be written, a database can still be read."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.store.file.database import _reading_without_locks as _as_it_lies
from kfly.store.file.database import creating, reading, writing
from tests.store.file.test_journals import with_a_half_written_change
from tests.support.read_only import NOBODY, nothing_can_be_written_in


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp())  # pytest's own folders cannot be entered by others
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@pytest.fixture
def locked_away(folder: Path, bundled_database: Path) -> Iterator[Path]:
    """A database in a read-only folder."""
    path = Path(shutil.copy(bundled_database, folder / "kfly.db"))
    with nothing_can_be_written_in(folder):
        yield path


def copy_with_log(path: Path, folder: Path) -> Path:
    """A copy of a database as a crash leaves it: a change stands in its log alone."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DELETE FROM task_needs")
        shutil.copy(f"{path}-wal", folder / "kfly.db-wal")
        return Path(shutil.copy(path, folder / "kfly.db"))


def test_a_database_in_a_read_only_folder_is_read(locked_away: Path) -> None:
    with reading(locked_away) as db:
        assert db.execute("SELECT count(*) FROM tasks").fetchone() == (20,)
    assert list(locked_away.parent.iterdir()) == [locked_away]


def test_a_database_in_a_read_only_folder_cannot_be_written(locked_away: Path) -> None:
    before = locked_away.read_bytes()
    with pytest.raises(KflyError) as refused, writing(locked_away) as db:
        db.execute("DELETE FROM evidence")
    [line] = refused.value.lines
    assert "cannot be opened: its folder cannot be written" in line or "is read-only" in line
    assert locked_away.read_bytes() == before


def test_nothing_can_be_made_in_a_read_only_folder(locked_away: Path) -> None:
    other = locked_away.with_name("other.db")
    with pytest.raises(KflyError, match="cannot be created: permission denied"), creating(other):
        pass
    assert list(locked_away.parent.iterdir()) == [locked_away]


def test_a_file_that_may_not_be_read_is_told_as_one(bundled_database: Path, locked_away: Path) -> None:
    with pytest.raises(KflyError, match="cannot be read: permission denied"), reading(bundled_database):
        pass


def test_another_programs_database_in_a_read_only_folder_is_told_as_one(path: Path, folder: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 1")
    other = Path(shutil.copy(path, folder))
    with nothing_can_be_written_in(folder), pytest.raises(KflyError, match="belongs to another program"):
        read_needs(other)


def test_a_change_in_the_log_is_not_passed_over(path: Path, folder: Path) -> None:
    copy = copy_with_log(path, folder)
    with nothing_can_be_written_in(folder), pytest.raises(KflyError, match=r"read-only|cannot be opened"):
        read_needs(copy)
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)
    assert read_needs(copy) == 0


def read_needs(path: Path) -> int:
    with reading(path) as db:
        return int(db.execute("SELECT count(*) FROM task_needs").fetchone()[0])


def test_a_link_does_not_hide_a_change_in_the_log(path: Path, folder: Path) -> None:
    copy = copy_with_log(path, folder)
    link = folder.with_name(f"{folder.name}.db")
    link.symlink_to(copy)
    try:
        with (
            nothing_can_be_written_in(folder),
            pytest.raises(KflyError, match=r"kfly.db-wal holds the rest of a change"),
        ):
            read_needs(link)
    finally:
        link.unlink()


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_reading_and_writing_there_whichever_journal_it_keeps(path: Path, folder: Path, journal: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA journal_mode = {journal}")
    copy = Path(shutil.copy(path, folder / "kfly.db"))
    before = copy.read_bytes()
    with nothing_can_be_written_in(folder):
        assert read_needs(copy) > 0
        with pytest.raises(KflyError, match=r"read-only|cannot be opened") as refused, writing(copy) as db:
            db.execute("DELETE FROM evidence")
        assert len(refused.value.lines) == 1
    assert copy.read_bytes() == before
    assert list(folder.iterdir()) == [copy]


def test_a_change_that_was_cut_off_is_not_read_as_if_it_were_whole(
    bundled_database: Path, folder: Path
) -> None:
    copy = with_a_half_written_change(bundled_database, folder)
    with (
        nothing_can_be_written_in(folder),
        pytest.raises(KflyError, match=r"kfly.db-journal holds the rest of a change"),
    ):
        read_needs(copy)


def test_somebody_who_may_only_read_lays_nothing_in_the_owners_way(path: Path, folder: Path) -> None:
    """In a folder that all may write to: a reader's side files would lock the owner out."""
    copy = Path(shutil.copy(path, folder / "kfly.db"))
    copy.chmod(0o644 if os.geteuid() == 0 else 0o444)
    folder.chmod(0o777)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        with reading(copy) as db:
            assert db.execute("SELECT count(*) > 0 FROM task_needs").fetchone() == (1,)
            assert list(folder.iterdir()) == [copy]
    finally:
        os.seteuid(user)


def test_what_is_written_while_it_is_read_without_locks_is_noticed(path: Path, folder: Path) -> None:
    copy = Path(shutil.copy(path, folder / "kfly.db"))

    def read_and_be_overtaken() -> None:
        with _as_it_lies(copy) as db:
            db.execute("SELECT * FROM targets").fetchall()
            with writing(copy) as other:
                other.execute("DELETE FROM task_needs")

    with pytest.raises(KflyError, match="was written while it was read; try again"):
        read_and_be_overtaken()
