"""Runs commands the way the tests of the command line do: in this process."""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kfly.cli import main
from tests.support.processes import OUTER


def leave_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep language, width, configuration and database of the machine from a test."""
    for name in OUTER:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("XDG_CONFIG_HOME", f"{os.devnull}/home")


class Run(NamedTuple):
    """What a command did."""

    code: int
    printed: bytes
    err: str

    @property
    def out(self) -> str:
        return self.printed.decode()

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Cli:
    """The command line in a folder of its own."""

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

    def printed(self, *args: str) -> bytes:
        """Run one that must succeed in silence on stderr; what it printed."""
        run = self(*args)
        assert (run.code, run.err) == (0, "")
        return run.printed

    def ok(self, *args: str) -> str:
        """Run one that must succeed in silence on stderr; what it printed, as text."""
        return self.printed(*args).decode()

    def json(self, *args: str) -> Any:
        """Run one with ``--json``; the one document that it printed."""
        return json.loads(self.ok(*args, "--json"))

    def refused(self, *args: str, code: int = 1) -> str:
        """Run one that must be refused with one line and nothing else, every file as it was; the line."""
        before = contents(self.folder)
        run = self(*args)
        assert run.printed == b""
        assert run.err.count("\n") == 1, run.err
        assert run.err.endswith("\n")
        assert run.code == code, run.err
        assert contents(self.folder) == before
        return run.err.rstrip("\n")

    def target(self, key: str, *args: str) -> dict[str, Any]:
        """One row of ``status``."""
        rows = self.json("status", *args)["targets"]
        return next(row for row in rows if row["key"] == key)


def content(path: Path) -> bytes | None:
    """What is in a file; None for none, or for a folder."""
    return path.read_bytes() if path.is_file() else None


def contents(folder: Path) -> dict[str, bytes | None]:
    """The files of a folder and what is in them; SQLite's own side files come and go."""
    return {
        path.name: content(path)
        for path in sorted(folder.iterdir())
        if not path.name.endswith(("-wal", "-shm"))
    }
