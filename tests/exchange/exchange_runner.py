"""Runs the commands that hand sheets out and take them in, in this process or in one of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import python_calamine as calamine
from cli_runner import OUTER

from kfly.cli import main


class Run(NamedTuple):
    """What a command did."""

    code: int
    out: bytes
    err: str


class Desk:
    """The command line in a folder of its own, beside a database."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[bytes]) -> None:
        self.folder = folder
        self.db = folder / "kfly.db"
        self.capture = capture

    def __call__(self, *args: str) -> Run:
        """Run one command in this process."""
        self.capture.readouterr()
        code = main(list(args))
        captured = self.capture.readouterr()
        return Run(code, captured.out, captured.err.decode())

    def ok(self, *args: str) -> bytes:
        """Run one that must succeed in silence on stderr; what it printed."""
        run = self(*args)
        assert (run.code, run.err) == (0, "")
        return run.out

    def json(self, *args: str) -> Any:
        """Run one with ``--json``; the one document that it printed."""
        return json.loads(self.ok(*args, "--json"))

    def refused(self, *args: str, code: int = 1) -> str:
        """Run one that must be refused with one line, and leave every file as it was; the line."""
        before = contents(self.folder)
        run = self("--lang", "en", *args)
        assert run.out == b""
        assert run.err.count("\n") == 1, run.err
        assert run.err.endswith("\n")
        assert run.code == code, run.err
        assert contents(self.folder) == before
        return run.err.rstrip("\n")

    def add(self, kind: str, *args: str) -> None:
        """Record one: options and their values."""
        self.ok(f"add-{kind}", *args)

    def add_talent(self, name: str, *args: str) -> None:
        self.add("talent", f"--name={name}", "--introduced-on", "2022-03-01", *args)

    def add_building(self, name: str, *args: str) -> None:
        self.add("building", f"--name={name}", "--town", "高新区", "--floor-area", "5000", *args)

    def exported(self, *args: str) -> Any:
        """The document that ``export -o -`` prints."""
        return json.loads(self.ok("export", *args, "-o", "-"))


def contents(folder: Path) -> dict[str, bytes | None]:
    """The files of a folder and what is in them; SQLite's own side files come and go."""
    return {
        path.name: path.read_bytes() if path.is_file() else None
        for path in sorted(folder.iterdir())
        if not path.name.endswith(("-wal", "-shm"))
    }


def environment(**variables: str) -> dict[str, str]:
    """The machine's environment without what would decide language, width or colour."""
    return {name: value for name, value in os.environ.items() if name not in OUTER} | variables


def process(folder: Path, *args: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process, its output in pipes, with more variables in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "kfly", *args],
        cwd=folder,
        env=environment(LANG="C", **variables),
        capture_output=True,
        timeout=60,
        check=False,
    )


def in_a_shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``kfly`` is the command; its exit code is that of the whole pipe."""
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; kfly() {{ "{sys.executable}" -m kfly "$@"; }}; {line}'],
        cwd=folder,
        env=environment(LANG="C"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of each sheet of a workbook, hidden ones too, as another program reads them."""
    workbook = calamine.load_workbook(path)
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
