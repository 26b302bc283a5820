"""Whoever is killed while a database is made, or copied, leaves nothing under its name."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kfly.services.init import bundled
from tests.support.processes import environment
from tests.support.runner import Cli

# The program, killed with the n-th statement that it hands to SQLite.
KILLED = """
import os, signal, sqlite3, sys

count = int(sys.argv.pop(1))

class Counting(sqlite3.Connection):
    def execute(self, *args):
        global count
        count -= 1
        if count < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*args)

connect = sqlite3.connect
sqlite3.connect = lambda *args, **named: connect(*args, factory=Counting, **named)
from kfly.cli import main
sys.exit(main(sys.argv[1:]))
"""


def killed(folder: Path, after: int, *words: str) -> int:
    """Run a command that is killed after some statements; its exit code."""
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(after), *words],
        cwd=folder,
        env=environment(LANG="C", KFLY_LANG="en"),
        capture_output=True,
        check=False,
    )
    return run.returncode


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 1, 3, 5, 20, 100, 300])
def test_a_killed_init_leaves_nothing_under_the_name(empty: Cli, after: int) -> None:
    targets = str(bundled() / "targets.yaml")
    assert killed(empty.folder, after, "init", "--targets", targets) == -signal.SIGKILL
    assert not empty.db.exists()
    assert "There is no database" in empty.refused("--lang", "en", "status")
    empty.ok("init")
    empty.ok("status")


@pytest.mark.slow
@pytest.mark.parametrize("after", [5, 10, 20])
def test_a_killed_backup_leaves_nothing_under_the_name(kfly: Cli, after: int) -> None:
    assert killed(kfly.folder, after, "backup", "copy.db") == -signal.SIGKILL
    assert not (kfly.folder / "copy.db").exists()
