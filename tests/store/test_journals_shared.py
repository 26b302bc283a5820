"""A shared database: the file, and what SQLite lays beside it, belong to the group of its folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kfly.cli.database import bundled, create
from kfly.store.database import reading, writing

PLAN = (bundled() / "targets.yaml", [bundled() / "tasks_2022.yaml"])
OFFICE = 4242  # a group
ANN, BEN = 4301, 4302  # who are of it, each with a group of their own first
IS_ROOT = os.geteuid() == 0

# Somebody of the office adds a policy while the parent looks on, and waits with the file open.
WORK = """
import os, sys
from pathlib import Path
user, office, path, name = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
from kfly.store.database import writing  # before the interpreter's own folder is closed to us
os.umask(0o077)
if user:
    os.setgroups([office])
    os.setgid(user)
    os.setuid(user)
with writing(path) as db:
    db.execute("INSERT INTO policy (name) VALUES (?)", (name,))
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def office() -> Iterator[Path]:
    """A folder that the group may write to; pytest's own folders cannot be entered by others."""
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, -1, OFFICE if IS_ROOT else os.getegid())
    folder.chmod(0o770)
    yield folder
    shutil.rmtree(folder)


def start(user: int, path: Path, name: str) -> subprocess.Popen[bytes]:
    words = (str(user if IS_ROOT else 0), str(OFFICE), str(path), name)
    return subprocess.Popen(
        [sys.executable, "-c", WORK, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def begin(user: int, path: Path, name: str) -> subprocess.Popen[bytes]:
    worker = start(user, path, name)
    assert worker.stdout
    worker.stdout.readline()
    return worker


def end(worker: subprocess.Popen[bytes]) -> None:
    _out, err = worker.communicate(b"\n", timeout=60)
    assert (worker.returncode, err) == (0, b"")


def owned(path: Path) -> dict[str, tuple[int, int]]:
    return {file.name: (file.stat().st_gid, file.stat().st_mode & 0o777) for file in path.parent.iterdir()}


def policies(path: Path) -> list[str]:
    with reading(path) as db:
        return [name for (name,) in db.execute("SELECT name FROM policy ORDER BY id")]


@pytest.mark.parametrize("setgid", [False, True])
@pytest.mark.parametrize("kept", ["wal", "delete"])
def test_all_of_the_group_write_to_it_one_while_the_other_has_it_open(
    office: Path, monkeypatch: pytest.MonkeyPatch, kept: str, setgid: bool
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", kept)
    if setgid:
        office.chmod(0o2770)
    path = office / "kfly.db"
    create(path, *PLAN, shared=True)
    group = office.stat().st_gid
    expected = ["kfly.db", "kfly.db-wal", "kfly.db-shm"] if kept == "wal" else ["kfly.db", "kfly.db-journal"]
    first = begin(ANN, path, "ann's")
    assert owned(path).keys() == {*expected}
    if kept == "wal":
        assert owned(path) == dict.fromkeys(expected, (group, 0o660))
    second = start(BEN, path, "ben's")  # who waits for her, her side files open
    end(first)
    end(second)
    assert policies(path) == ["ann's", "ben's"]
    assert owned(path) == {"kfly.db": (group, 0o660)}


def test_a_colleague_can_go_on_with_what_another_left_in_a_crash(office: Path) -> None:
    path = office / "kfly.db"
    create(path, *PLAN, shared=True)
    first = begin(ANN, path, "ann's")
    first.kill()
    first.communicate()
    assert {"kfly.db-wal", "kfly.db-shm"} < owned(path).keys()
    end(begin(BEN, path, "ben's"))
    assert policies(path) == ["ben's"]


def test_one_that_is_not_shared_keeps_its_side_files_to_its_owner(office: Path) -> None:
    path = office / "kfly.db"
    create(path, *PLAN)
    with writing(path) as db:
        db.execute("INSERT INTO policy (name) VALUES ('x')")
        assert {mode for _group, mode in owned(path).values()} == {0o600}
