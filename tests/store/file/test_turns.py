"""Turns at writing: many at once all get theirs, and who waits is told for whom."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.store.file import turns
from tests.support.processes import environment
from tests.support.runner import Cli

HOLD = """
import sys, time
from pathlib import Path
from kfly.store.file.turns import taking_turn
with taking_turn(Path(sys.argv[1]), "张三@office", print):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(database: Path, seconds: float) -> subprocess.Popen[bytes]:
    """A process that has its turn for so long; it has begun when this returns."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database), str(seconds)], stdout=subprocess.PIPE
    )
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_who_waits_is_told_for_whom_and_since_when(kfly: Cli) -> None:
    with hold(kfly.db, 2.0):
        run = kfly("--lang", "en", "add-operator", "--name", "甲", "--introduced-on", "2022-01-01")
    assert run.code == 0
    assert re.fullmatch(r"张三@office has been writing to \S+ since \d\d:\d\d:\d\d; waiting\.\n", run.err)


def test_who_waits_too_long_gives_up_and_says_for_whom(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0.2)
    with hold(kfly.db, 1.0):
        run = kfly("--lang", "en", "add-operator", "--name", "甲", "--introduced-on", "2022-01-01")
    assert run.code == 1
    assert "张三@office has been writing since" in run.err
    assert kfly.json("list", "operator") == []


def test_a_short_wait_is_not_spoken_of(kfly: Cli) -> None:
    with hold(kfly.db, 0.2):
        run = kfly("add-operator", "--name", "甲", "--introduced-on", "2022-01-01")
    assert (run.code, run.err) == (0, "")


def test_the_turn_of_one_that_was_killed_is_free(kfly: Cli) -> None:
    holder = hold(kfly.db, 60)
    holder.kill()
    holder.wait()
    assert holder.stdout
    holder.stdout.close()

    began = time.monotonic()
    assert kfly("add-operator", "--name", "甲", "--introduced-on", "2022-01-01").code == 0
    assert time.monotonic() - began < 5
    assert list(kfly.folder.glob("*-writing")) == []


def test_where_no_file_can_be_made_it_is_ones_turn_at_once(tmp_path: Path) -> None:
    with turns.taking_turn(tmp_path / "none" / "kfly.db", "甲@乙", pytest.fail):
        pass


def test_an_error_in_ones_turn_gives_it_back(kfly: Cli) -> None:
    with pytest.raises(KflyError), turns.taking_turn(kfly.db, "甲@乙", pytest.fail):
        raise KflyError("no")
    with turns.taking_turn(kfly.db, "甲@乙", pytest.fail):
        assert list(kfly.folder.glob("*-writing")) != []


@pytest.mark.slow
def test_thirty_two_writers_at_once_all_get_their_turn(kfly: Cli) -> None:
    command = [
        sys.executable,
        "-m",
        "kfly",
        "--db",
        str(kfly.db),
        "add-operator",
        "--introduced-on=2022-01-01",
    ]
    writers = [
        subprocess.Popen(
            [*command, "--introduced-on=2022-01-01", f"--name={number}号"],
            env=environment(),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        for number in range(32)
    ]
    ends = [(writer.communicate()[1], writer.returncode) for writer in writers]

    assert [code for _said, code in ends] == [0] * 32
    assert all(b"Traceback" not in said for said, _code in ends)
    assert sorted(record["name"] for record in kfly.json("list", "operator")) == sorted(
        f"{number}号" for number in range(32)
    )
