"""Runs commands the way the tests of the command line do: in this process, or in one of their own."""

import json
import os
import pty
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from select import select
from typing import Any, NamedTuple

import pytest

from kfly.cli import main

# What must not reach a test from the machine it runs on.
OUTER = (
    *("KFLY_CONFIG", "KFLY_SMTP_URL", "KFLY_SMTP_PASSWORD", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("KFLY_DB", "KFLY_JOURNAL", "KFLY_LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE"),
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TERM"),
)


def leave_outside(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Put a test into a folder, with no language, width or database from outside."""
    for name in OUTER:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "home"))
    monkeypatch.chdir(folder)


class Run(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Cli:
    """The command line in a folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.db = folder / "kfly.db"
        self.capsys = capsys

    def __call__(self, *args: str) -> Run:
        """Run one command in this process."""
        self.capsys.readouterr()
        code = main(list(args))
        captured = self.capsys.readouterr()
        return Run(code, captured.out, captured.err)

    def ok(self, *args: str) -> str:
        """Run one that must succeed in silence on stderr; what it printed."""
        run = self(*args)
        assert (run.code, run.err) == (0, "")
        return run.out

    def json(self, *args: str) -> Any:
        """Run one with ``--json``; the one document that it printed."""
        return json.loads(self.ok(*args, "--json"))

    def refused(self, *args: str, code: int = 1) -> str:
        """Run one that must be refused with one line and nothing else, the file as it was; the line."""
        before = content(self.db)
        run = self(*args)
        assert run.out == ""
        assert run.err.count("\n") == 1, run.err
        assert run.err.endswith("\n")
        assert run.code == code, run.err
        assert content(self.db) == before
        return run.err.rstrip("\n")

    def target(self, key: str, *args: str) -> dict[str, Any]:
        """One row of ``status``."""
        rows = self.json("status", *args)["targets"]
        return next(row for row in rows if row["key"] == key)


def content(path: Path) -> bytes | None:
    """What is in a file; None for none, or for a folder."""
    return path.read_bytes() if path.is_file() else None


def environment(**variables: str) -> dict[str, str]:
    """The machine's environment without what would decide language, width or colour."""
    return {name: value for name, value in os.environ.items() if name not in OUTER} | variables


def process(
    folder: Path, *args: str | bytes, env: dict[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process, its output in pipes."""
    return subprocess.run(
        [sys.executable, "-m", "kfly", *args],
        cwd=folder,
        env=environment(LANG="C") if env is None else env,
        input=stdin.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )


def on_a_terminal(
    folder: Path,
    *args: str,
    columns: int = 100,
    typed: str = "",
    after: str = "",
    env: dict[str, str] | None = None,
) -> tuple[int, str]:
    """Run a command on a real terminal; its exit code, and all that appeared there.

    Args:
        folder: where it runs.
        args: the command.
        columns: the terminal's.
        typed: what a person types, once ``after`` has appeared.
        after: what the person waits for.
        env: variables beside those of an ordinary terminal.
    """
    variables = {"LANG": "C", "TERM": "xterm-256color"} | (env or {})
    pid, terminal = pty.fork()
    if pid == 0:
        ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 25, columns, 0, 0))
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "kfly", *args], environment(**variables))
    seen = b""
    while after.encode() not in seen:
        seen += os.read(terminal, 65536)
    os.write(terminal, typed.encode())
    seen += _the_rest(terminal, again=typed if len(typed) == 1 else "")
    _pid, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), seen.decode().replace("\r\n", "\n")


def _the_rest(terminal: int, again: str) -> bytes:
    """What still appears. A key that came before its reader was ready is lost: it is pressed again."""
    seen = b""
    with suppress(OSError):  # how Linux says that the other end has closed
        while True:
            if not select([terminal], [], [], 2)[0]:
                os.write(terminal, again.encode())
                continue
            if not (part := os.read(terminal, 65536)):
                break
            seen += part
    os.close(terminal)
    return seen
