"""A copy is one moment, one file, found sound, its owner's alone, and never in anything's place."""

import gzip
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.store.file import journal
from kfly.store.file.backup import copy, copy_beside
from kfly.store.file.database import reading, writing
from tests.support import FIRST_RELEASE

ADDS_PAIRS = """
import sys
from itertools import count
from pathlib import Path
from kfly.store.file.database import writing
for number in count():
    with writing(Path(sys.argv[1])) as db:
        for part in "ab":
            db.execute("INSERT INTO policy (name) VALUES (?)", (f"{number}{part}",))
    print(number, flush=True)
"""


def rows(path: Path, table: str) -> int:
    """Read as any program would, without kfly's ways round a read-only folder."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def refusal(path: Path, target: Path) -> str:
    with pytest.raises(KflyError) as refused:
        copy(path, target)
    (line,) = refused.value.lines
    return line


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which we, who may be root, cannot write."""
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.chown(folder, 1, 1)
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


@pytest.mark.parametrize("kept", ["wal", "delete"])
def test_a_copy_has_everything_and_is_one_file_of_its_owner(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", kept)
    with writing(path) as db:
        db.execute("INSERT INTO policy (name) VALUES ('办法')")
    before = path.read_bytes()
    os.umask(umask := os.umask(0))
    try:
        os.umask(0)
        size = copy(path, tmp_path / "copy.db")
    finally:
        os.umask(umask)
    target = tmp_path / "copy.db"
    assert size == target.stat().st_size
    assert target.stat().st_mode & 0o777 == 0o600
    assert rows(target, "policy") == 1
    assert target.read_bytes()[100:] == before[100:]
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "kfly.db"]


def test_what_is_in_the_log_alone_is_copied_too(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO policy (name) VALUES ('办法')")
        assert Path(f"{path}-wal").stat().st_size
        copy(path, tmp_path / "copy.db")
    assert rows(tmp_path / "copy.db", "policy") == 1


@pytest.mark.slow
def test_a_change_that_is_not_committed_is_not_copied_and_does_not_wait(path: Path, tmp_path: Path) -> None:
    with writing(path) as db:
        db.execute("INSERT INTO policy (name) VALUES ('办法')")
        other = subprocess.run(
            [sys.executable, "-m", "kfly", "--db", str(path), "backup", "copy.db"],
            cwd=tmp_path,
            timeout=20,
            check=False,
        )
        assert other.returncode == 0
    assert (rows(tmp_path / "copy.db", "policy"), rows(path, "policy")) == (0, 1)


@pytest.mark.slow
@pytest.mark.parametrize("kept", ["wal", "delete"])
def test_copies_made_while_another_process_writes_are_one_moment_each(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", kept)
    writer = subprocess.Popen([sys.executable, "-c", ADDS_PAIRS, str(path)], stdout=subprocess.PIPE)
    try:
        assert writer.stdout
        seen = []
        for number in range(8):
            writer.stdout.readline()
            copy(path, tmp_path / f"{number}.db")
            seen.append(rows(tmp_path / f"{number}.db", "policy"))
    finally:
        writer.kill()
        writer.communicate()
    assert all(count % 2 == 0 for count in seen)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_a_copy_can_be_read_in_a_read_only_folder_by_any_program(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    copy(path, folder / "copy.db")
    assert journal.read_kept((folder / "copy.db").read_bytes()) == journal.ROLLBACK
    folder.chmod(0o555)
    assert rows(folder / "copy.db", "tasks") == 20
    assert list(folder.iterdir()) == [folder / "copy.db"]
    folder.chmod(0o755)


def test_a_database_in_a_read_only_folder_can_be_copied(path: Path) -> None:
    import tempfile

    source, target = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    original = Path(shutil.copy(path, source / "kfly.db"))
    original.chmod(0o644)
    target.chmod(0o777)
    try:
        with read_only(source):
            copy(original, target / "copy.db")
        assert rows(target / "copy.db", "tasks") == 20
        assert list(source.iterdir()) == [original]
    finally:
        shutil.rmtree(source)
        shutil.rmtree(target)


def test_a_copy_of_the_first_release_is_of_the_first_release(tmp_path: Path) -> None:
    (tmp_path / "kfly.db").write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    copy(tmp_path / "kfly.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
    assert rows(tmp_path / "copy.db", "building") == 1


def test_a_copy_of_a_copy_puts_a_database_back(path: Path, tmp_path: Path) -> None:
    copy(path, tmp_path / "copy.db")
    path.unlink()
    copy(tmp_path / "copy.db", path)
    with writing(path) as db:
        db.execute("INSERT INTO policy (name) VALUES ('办法')")
    assert rows(path, "policy") == 1


@pytest.mark.parametrize(
    "there", ["itself", "a link to it", "a hard link to it", "a file", "a link to nothing", "a pipe"]
)
def test_nothing_that_is_there_is_replaced(path: Path, tmp_path: Path, there: str) -> None:
    target = path if there == "itself" else tmp_path / "copy.db"
    if there == "a link to it":
        target.symlink_to(path)
    elif there == "a hard link to it":
        target.hardlink_to(path)
    elif there == "a file":
        target.write_bytes(b"mine")
    elif there == "a link to nothing":
        target.symlink_to(tmp_path / "elsewhere.db")
    elif there == "a pipe":
        os.mkfifo(target)
    before, names = path.read_bytes(), sorted(tmp_path.iterdir())
    assert refusal(path, target) == f"{target} exists already; nothing was changed. Choose another name."
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == (before, names)
    assert there != "a file" or target.read_bytes() == b"mine"
    assert there != "a pipe" or stat.S_ISFIFO(target.stat().st_mode)


def test_a_folder_is_refused(path: Path, tmp_path: Path) -> None:
    assert refusal(path, tmp_path) == f"{tmp_path} is a folder; name a file in it."


@pytest.mark.parametrize("name", ["nowhere/copy.db", "kfly.db/copy.db", "x" * 300])
def test_where_no_file_can_be_made_it_says_why(path: Path, tmp_path: Path, name: str) -> None:
    assert "cannot be created: " in refusal(path, tmp_path / name)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_a_name_that_means_something_to_the_database_is_refused(
    path: Path, tmp_path: Path, suffix: str
) -> None:
    (tmp_path / "link.db").symlink_to(path)
    target = tmp_path / f"kfly.db{suffix}"
    for name in (path, tmp_path / "link.db"):
        assert "the name belongs to another database's files" in refusal(name, target)
    (tmp_path / f"copy.db{suffix}").write_bytes(b"of a copy that is gone")
    assert "the name belongs to another database's files" in refusal(path, tmp_path / "copy.db")
    assert not target.exists()
    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_database_gives_no_copy_that_looks_sound(path: Path, tmp_path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    assert "damaged" in refusal(path, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == [path]


def test_a_copy_is_read_through_before_it_counts_as_one(path: Path, tmp_path: Path) -> None:
    """A page that the copying itself need not understand is damaged: nobody else would notice."""
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'organisations'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    assert refusal(path, tmp_path / "copy.db").startswith("The copy is damaged (")
    assert list(tmp_path.iterdir()) == [path]


def test_a_reference_that_another_program_broke_does_not_forbid_a_copy(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM organisations")
    assert copy(path, tmp_path / "copy.db")


def test_another_programs_file_is_not_copied(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE t (x)")
    assert "belongs to another program" in refusal(tmp_path / "other.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == [tmp_path / "other.db"]


def test_copies_of_one_day_lie_beside_each_other(path: Path, tmp_path: Path) -> None:
    with writing(path):
        made = [copy_beside(path) for _ in range(3)]
    assert len({*made}) == 3
    assert [target.name[-5:] for target in made[1:]] == ["-2.db", "-3.db"]
    with reading(made[2]) as db:
        assert db.execute("SELECT count(*) FROM tasks").fetchone() == (20,)
