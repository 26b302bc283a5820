"""As real processes: a bare environment, a pipe that closes early, closed streams, what start-up loads."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import environment, process
from tests.support.runner import Cli

pytestmark = pytest.mark.slow

BARE = {"LANG": "C"}  # what cron gives: no PATH worth the name, no terminal
STATUS = ("status", "--as-of", "2022-11-30")


@pytest.mark.parametrize("env", [BARE, {}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PATH": "/bin"}], ids=repr)
def test_chinese_is_complete_in_a_bare_environment(filled: Cli, env: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "kfly", *STATUS], cwd=filled.folder, env=env, capture_output=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode() == filled.ok(*STATUS)


@pytest.mark.parametrize("env", [BARE, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}], ids=repr)
def test_json_is_utf8_whatever_the_locale_says(filled: Cli, env: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "kfly", *STATUS, "--json"],
        cwd=filled.folder,
        env=env,
        capture_output=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert "江阴市科技赋能楼宇三年行动实施方案" in run.stdout.decode("utf-8")
    assert json.loads(run.stdout) == filled.json(*STATUS)


def test_signs_that_the_terminals_encoding_lacks_are_replaced(filled: Cli) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "kfly", "--lang", "en", *STATUS],
        cwd=filled.folder,
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert b"Buildings renovated" in run.stdout
    assert b"# red" in run.stdout


def test_it_reads_and_writes_from_another_folder(filled: Cli, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = {"KFLY_DB": str(filled.db), "LANG": "C"}

    assert process(elsewhere, "add-policy", "--name", "办法", env=env).returncode == 0
    assert "办法" in process(elsewhere, "list", "policy", env=env).stdout.decode()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("command", ["list talent", "list talent --json", "tasks", "--help", "status --json"])
def test_a_reader_that_leaves_early_is_no_fault(filled: Cli, command: str) -> None:
    """As ``kfly … | head -1``: the pipe is closed before all is written."""
    reading, writing = os.pipe()
    running = subprocess.Popen(
        [sys.executable, "-m", "kfly", *command.split()],
        cwd=filled.folder,
        env=environment(LANG="C"),
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    os.close(reading)

    _out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")


def test_head_gets_its_line(filled: Cli) -> None:
    line = f"'{sys.executable}' -m kfly list talent --json | head -1"
    run = subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=filled.folder,
        env=environment(LANG="C"),
        capture_output=True,
        check=False,
    )

    assert (run.stdout, run.stderr) == (b"[\n", b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_stream_is_no_fault(kfly: Cli, closed: str) -> None:
    program = f"'{sys.executable}' -m kfly"
    line = f"{program} tasks {closed} && {program} add-policy --name 办法 {closed}"
    run = subprocess.run(
        ["/bin/sh", "-c", line], cwd=kfly.folder, env=environment(LANG="C"), capture_output=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert [row["name"] for row in kfly.json("list", "policy")] == ["办法"]


def imported(folder: Path, *args: str) -> set[str]:
    """The modules that a command loads, kfly's own in full and others by their package."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kfly", *args],
        cwd=folder,
        env=environment(LANG="C"),
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0
    names = re.findall(r"^import time:.*\| +(\S+)$", run.stderr.decode(), re.MULTILINE)
    return {name if name.startswith("kfly") else name.partition(".")[0] for name in names}


HEAVY = {
    "sqlite_utils",
    "yaml",
    "pydantic",
    "pydantic_core",
    "json",
    "babel",
    "asyncio",
    "email",
    "http",
    "ssl",
}


@pytest.mark.parametrize(
    ("command", "needed"),
    [("status", set()), ("tasks", set()), ("task 11", {"json"}), ("overdue", set())],  # the log is JSON
)
def test_a_view_loads_no_library_that_it_does_not_use(filled: Cli, command: str, needed: set[str]) -> None:
    assert imported(filled.folder, *command.split(), "--as-of", "2022-11-30") & HEAVY == needed


def test_status_loads_no_other_commands(filled: Cli) -> None:
    loaded = imported(filled.folder, "status")

    assert "kfly.reports.status" in loaded
    assert not loaded & {
        "kfly.registry.registry",
        "kfly.reports.records",
        "kfly.commands.add",
        "kfly.plan.files.loading",
    }


def test_nothing_of_the_past_is_loaded_until_it_is_asked_for(filled: Cli) -> None:
    past = {"kfly.cli.known", "kfly.services.known", "kfly.plan.known", "kfly.store.past"}
    assert not imported(filled.folder, "status") & past
    assert imported(filled.folder, "status", "--as-known", "#2") >= past


def test_a_record_is_added_without_reading_yaml(filled: Cli) -> None:
    loaded = imported(filled.folder, "add-policy", "--name", "办法")

    assert loaded & {"sqlite_utils", "yaml", "pydantic"} == set()
