"""Nothing is lost and nothing seen by halves: many writers, kills, readers, each a real process."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from kfly.store.file.database import reading
from tests.support import durable_work
from tests.support.processes import environment, process
from tests.support.runner import Cli

pytestmark = pytest.mark.slow

ROWS = 3_000  # more than fits the page cache
KILLS, PARTS = 25, 5
SHEET = "name,town,floor_area,surveyed_on,renovated_on\n" + "".join(
    f"楼{number},高新区,{number + 1},2022-03-01,2022-06-01\n" for number in range(ROWS)
)
BOTH = pytest.mark.parametrize("kept", ["wal", "delete"])


@contextmanager
def at_work(folder: Path, *words: str, kept: str = "wal") -> Iterator[subprocess.Popen[str]]:
    """A process that does some of the work; its end is waited for, whatever happens."""
    worker = subprocess.Popen(
        [sys.executable, durable_work.__file__, *words],
        cwd=folder,
        env=environment(LANG="C", KFLY_LANG="en", KFLY_JOURNAL=kept, PYTHONPATH=":".join(sys.path)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with worker:
        try:
            yield worker
        except BaseException:
            worker.kill()
            raise


def ended_well(worker: subprocess.Popen[str]) -> str:
    """What a process printed, which had nothing to complain about."""
    out, err = worker.communicate(timeout=300)
    assert (worker.returncode, err) == (0, "")
    return out


def one(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])


def keep(path: Path, kept: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute(f"PRAGMA journal_mode = {kept}").fetchone() == (kept,)


@BOTH
def test_eight_who_add_twenty_each_lose_nothing_and_see_no_error(kfly: Cli, kept: str) -> None:
    """Eight real processes, each running its twenty commands through ``main``.

    With the rollback journal, where every commit keeps readers out, it is eight each.
    """
    times = 20 if kept == "wal" else 8
    keep(kfly.db, kept)
    before = changes(kfly.db)
    with ExitStack() as stack:
        words = [("add", str(number), str(times)) for number in range(8)]
        writers = [stack.enter_context(at_work(kfly.folder, *each, kept=kept)) for each in words]
        assert [ended_well(writer) for writer in writers] == [""] * 8
    names = [row["name"] for row in kfly.json("list", "policy")]
    assert sorted(names) == sorted(f"{number}-{time}" for number in range(8) for time in range(times))
    assert changes(kfly.db) == before + len(names)
    assert [path.name for path in kfly.folder.iterdir()] == ["kfly.db"]


def changes(path: Path) -> int:
    with reading(path) as db:
        assert one(db, "SELECT count(*) FROM change_groups WHERE open") == 0
        return one(db, "SELECT count(*) FROM changes")


def state(path: Path) -> tuple[int, int, int]:
    """Of a sound database: its buildings, the changes logged of them, the groups that are still open."""
    with reading(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchone() is None
        return (
            one(db, "SELECT count(*) FROM building"),
            one(db, "SELECT count(*) FROM changes WHERE \"table\" = 'building'"),
            one(db, "SELECT count(*) FROM change_groups WHERE open"),
        )


# In parts, so that several processors share them.
@pytest.mark.parametrize(("kept", "part"), [*(("wal", part) for part in range(PARTS)), ("delete", 0)])
def test_an_import_that_is_killed_at_any_moment_is_there_whole_or_not_at_all(
    kfly: Cli, kept: str, part: int
) -> None:
    """Each runs in a child of a process that has all modules loaded: the kill meets the import itself."""
    (kfly.folder / "楼宇.csv").write_text(SHEET, encoding="utf-8")
    keep(kfly.db, kept)
    empty = shutil.copy(kfly.db, kfly.folder / "empty")
    seed = random.randrange(1 << 32)
    moments = random.Random(seed)
    with at_work(kfly.folder, "be_killed", "楼宇.csv", kept=kept) as worker:
        assert worker.stdin
        assert worker.stdout
        worker.stdout.readline()  # of the rehearsal
        whole = _answer(worker, "-")
        assert (whole[1], state(kfly.db)) == (0, (ROWS, ROWS, 0))
        killed, longest = 0, whole[0]
        for _number in range(KILLS):
            if killed == KILLS // PARTS:
                break
            for left in kfly.folder.glob("kfly.db*"):
                left.unlink()
            shutil.copy(empty, kfly.db)
            moment = moments.uniform(0, longest)
            seconds, code = _answer(worker, str(moment))
            killed += code == -9
            longest = (
                longest if code else min(longest, seconds)
            )  # it had ended before: the machine is faster now
            assert kfly("check").code == 0
            found = state(kfly.db)
            assert found in {(0, 0, 0), (ROWS, ROWS, 0)}, f"killed after {moment} s, seed {seed}"
        worker.stdin.close()
        assert killed == KILLS // PARTS
    kfly.ok("add-policy", "--name", "办法")


def _answer(worker: subprocess.Popen[str], line: str) -> tuple[float, int]:
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(f"{line}\n")
    worker.stdin.flush()
    seconds, code = worker.stdout.readline().split()
    return float(seconds), int(code)


@BOTH
def test_whoever_reads_during_an_import_never_fails_and_sees_all_of_it_or_nothing(
    kfly: Cli, kept: str
) -> None:
    (kfly.folder / "楼宇.csv").write_text(SHEET, encoding="utf-8")
    keep(kfly.db, kept)
    with at_work(kfly.folder, "read", "seen", "stop", kept=kept) as reader:
        while not documents(kfly.folder / "seen"):
            assert reader.poll() is None
        brought_in = process(kfly.folder, "import", "building", "楼宇.csv")
        (kfly.folder / "stop").touch()
        assert ended_well(reader) == ""
    assert (brought_in.returncode, brought_in.stderr) == (0, b"")
    seen = [renovated(document) for document in documents(kfly.folder / "seen")]
    assert len(seen) > 3
    assert (seen[0], seen[-1]) == (0, ROWS)
    assert {*seen} == {0, ROWS}
    assert seen == sorted(seen)


def documents(path: Path) -> list[Any]:
    """The JSON documents that a file holds one after another, the last of which may not be whole yet."""
    text = path.read_text(encoding="utf-8", errors="ignore") if path.exists() else ""
    return [json.loads(part + "}") for part in text.split("\n}\n")[:-1]]


def renovated(status: Any) -> int:
    (actual,) = (row["actual"] for row in status["targets"] if row["key"] == "buildings_renovated")
    return int(actual)
