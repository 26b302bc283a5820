"""A disk that fills up: one clear line, exit 1, everything as before; and with room again, it works."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.support.processes import environment
from tests.support.runner import Cli, Run

COMMANDS = {
    "add": ("add-building", "--name", "甲", "--town", "高新区", "--floor-area", "1", "--note", "满" * 20_000),
    "import": ("import", "building", "楼宇.csv"),
    "load": ("load", "tasks_2023.yaml"),
    "undo": ("undo",),
    "backup": ("backup", "copy.db"),
    "init": ("--db", "new.db", "init"),
}
TASK = "  - {number: %d, title: 事项%s, lead: [市科技局], due: 2023-12-31}\n"
TABLE = "year: 2023\ntasks:\n" + "".join(TASK % (n, "长" * 300) for n in range(1, 200))
NEW_FILES = ("backup", "init")  # what writes to files that are not there yet
SIZE = 8 << 20  # of the small disk
SLACK = (8 << 10, 48 << 10)  # what is still free on it, so that it fills up at the start or later


class SmallDisk:
    """A folder in which only so much can still be written: a disk of its own, or else a limit on files."""

    def __init__(self, folder: Path, *, wanted: bool) -> None:
        self.folder = folder
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
        # Only root may mount; for others a limit has to do, which SQLite tells apart from a full disk.
        self.is_mounted = (
            wanted and os.geteuid() == 0 and not subprocess.run(mounting, check=False).returncode
        )
        self.limit = resource.RLIM_INFINITY
        self.kept = "wal"

    def fill(self, slack: int, of: Path | None) -> None:
        """Leave this much room; where only files can be limited, beyond what one has already."""
        if not self.is_mounted:
            self.limit = slack + (of.stat().st_size if of else 0)
            return
        with (self.folder / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while ballast.write(b"x" * 4096):
                pass
        os.truncate(self.folder / "ballast", (self.folder / "ballast").stat().st_size - slack)

    def empty(self) -> None:
        """Make room again."""
        (self.folder / "ballast").unlink(missing_ok=True)
        self.limit = resource.RLIM_INFINITY

    def run(self, *args: str) -> Run:
        """A command as a process there, its output in pipes."""
        run = subprocess.run(
            [sys.executable, "-m", "kfly", *args],
            cwd=self.folder,
            env=environment(LANG="C", KFLY_LANG="en", PYTHONDONTWRITEBYTECODE="1", KFLY_JOURNAL=self.kept),
            capture_output=True,
            timeout=60,
            check=False,
            preexec_fn=self._limit,
        )
        return Run(run.returncode, run.stdout, run.stderr.decode())

    def _limit(self) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.limit, resource.RLIM_INFINITY))

    def names(self) -> list[str]:
        return sorted(file.name for file in self.folder.iterdir() if file.name != "ballast")


@pytest.fixture(params=["a disk", "a limit"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    disk = SmallDisk(folder, wanted=request.param == "a disk")
    yield disk
    if disk.is_mounted:
        os.chdir("/")
        subprocess.run(["umount", str(folder)], check=True)


def everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(db.iterdump())


@pytest.mark.parametrize("kept", ["wal", "delete"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_one_line_and_changes_nothing(
    kfly: Cli, disk: SmallDisk, command: str, kept: str
) -> None:
    """At several moments of filling up, in a process of its own; nothing of it reaches the database."""
    disk.kept = kept
    path = disk.folder / "kfly.db"
    path.write_bytes(kfly.db.read_bytes())
    rows = "".join(f"楼{n},高新区,{n + 1}\n" for n in range(4000))
    (disk.folder / "楼宇.csv").write_text("name,town,floor_area\n" + rows, encoding="utf-8")
    (disk.folder / "tasks_2023.yaml").write_text(TABLE, encoding="utf-8")
    assert disk.run("add-policy", "--name", "办法").code == 0  # it keeps the journal that is asked for
    if command == "undo":
        assert disk.run(*COMMANDS["import"]).code == 0
    before, names = everything(path), disk.names()
    for slack in SLACK:
        disk.fill(slack, of=path if kept == "delete" and command not in NEW_FILES else None)
        refused, reader = disk.run(*COMMANDS[command]), disk.run("status")
        disk.empty()
        # load shows the difference before it is kept; that it was kept is said afterwards.
        said = refused.out if command != "load" else refused.out.partition("The plan was revised.")[1]
        assert (refused.code, said, refused.err.count("\n")) == (1, "", 1), refused
        assert refused.err.startswith("The disk is full; nothing was changed.") or (
            not disk.is_mounted and "allows no more room" in refused.err
        )
        assert (reader.code, reader.err) == (0, "")
        # Where there was no room for the list of who is at work, two empty files wait for the next command.
        assert {*disk.names()} - {*names} <= ({"kfly.db-wal", "kfly.db-shm"} if kept == "wal" else {*()})
        assert (everything(path), disk.names()) == (before, names)
    assert disk.run(*COMMANDS[command]).code == 0
