"""A shared database: the file, and what SQLite lays beside it, belong to the group of its folder."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kfly.services.init import bundled, create
from kfly.store.file.database import reading, writing

PLAN = (bundled() / "targets.yaml", [bundled() / "tasks_2022.yaml"])
OFFICE = 4242  # a group
ANN, BEN = 4301, 4302  # who are of it, each with a group of their own first
IS_ROOT = os.geteuid() == 0

# Somebody of the office adds a policy while the parent looks on, and waits with the file open.
WORK = """
import os, sys
from pathlib import Path
user, office, path, name = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
from kfly.store.file.database import writing  # before the interpreter's own folder is closed to us
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

# Somebody of the office opens the file; what refuses them is said on stderr.
OPEN = """
import grp, os, sys
from pathlib import Path
from kfly.errors import KflyError
from kfly.locale import speak
from kfly.store.file import database
speak("en")
user, office, path, opening = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
if user:
    os.setgroups([office])
    os.setgid(user)
    os.setuid(user)
try:
    with getattr(database, opening)(path) as db:
        db.execute("SELECT * FROM plan").fetchall()
except KflyError as error:
    sys.exit("\\n".join(error.lines))
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("opening", ["reading", "writing"])
def test_what_lies_there_as_somebody_elses_is_named_and_how_to_mend_it(office: Path, opening: str) -> None:
    path = office / "kfly.db"
    create(path, *PLAN, shared=True)
    begin_and_crash(path)
    for file in office.glob("kfly.db-*"):  # as another program makes them, in a folder without setgid
        os.chown(file, ANN if IS_ROOT else -1, ANN if IS_ROOT else -1)
        file.chmod(0o640 if IS_ROOT else 0)
    line = refusal(path, opening)
    assert line.startswith(f"{path} cannot be opened: {path}-wal beside it is somebody else's.")
    commands = re.findall("“(.*?)”", line)
    assert commands[0] == f"chmod g+ws {office}"
    for command in commands:
        for name in ("-wal", "-shm"):
            subprocess.run(command.replace("-wal", name), shell=True, check=True)
    assert refusal(path, opening) == ""


def begin_and_crash(path: Path) -> None:
    """Leave side files behind, a change among them."""
    left = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("INSERT INTO policy (name) VALUES ('x')")
        for suffix in ("-wal", "-shm"):
            left[suffix] = Path(f"{path}{suffix}").read_bytes()
    for suffix, content in left.items():
        Path(f"{path}{suffix}").write_bytes(content)


def refusal(path: Path, opening: str) -> str:
    """What another of the office is told; root drops to an ordinary user, who stays what they are."""
    words = (str(BEN if IS_ROOT else 0), str(OFFICE), str(path), opening)
    run = subprocess.run([sys.executable, "-c", OPEN, *words], capture_output=True, timeout=60, check=False)
    return run.stderr.decode().rstrip("\n")
