"""load shows its difference before it keeps it: what cannot be shown is not kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.plan_office import Office
from tests.support.processes import environment

pytestmark = pytest.mark.slow


@pytest.fixture
def office(office: Office) -> Office:
    office.edit("at_least: 10", "at_least: 12")
    return office


def load(folder: Path, stdout: int) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "kfly", "load", "targets.yaml"],
        cwd=folder,
        env=environment(LANG="C", KFLY_LANG="en"),
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_difference_that_cannot_be_written_is_not_kept(office: Office) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    run = load(office.cli.folder, full)
    os.close(full)
    assert (run.returncode, run.stderr.count(b"\n")) == (1, 1)
    assert b"The output cannot be written" in run.stderr
    assert office.cli.target("meetings")["goal"] == 10


def test_a_reader_that_has_gone_refuses_nothing(office: Office) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    run = load(office.cli.folder, writer)
    os.close(writer)
    assert (run.returncode, run.stderr) == (0, b"")
    assert office.cli.target("meetings")["goal"] == 12
