"""What is written while paging, on a terminal of five lines that belongs to the test itself."""

import fcntl
import os
import pty
import signal
import struct
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from select import select

import pytest

from kfly.console import pager
from kfly.errors import ReaderGoneError

LINES = "".join(f"第{number}行\n" for number in range(1, 9))


QUIET = 0.1  # seconds after which nothing more comes


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Stdout is a terminal of five lines; called, it tells what was printed on it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 5, 80, 0, 0))
    keep = tmp_path / "keep"
    keep.write_text("#!/bin/sh\ncat > paged\n", encoding="utf-8")
    keep.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("KFLY_PAGER", "./keep")
    with os.fdopen(slave, "w", encoding="utf-8") as stdout:

        def printed() -> str:
            if sys.stdout is not stdout:  # within the test: pytest has its own until then
                monkeypatch.setattr("sys.stdout", stdout)
            stdout.flush()
            said = b""
            while select([master], [], [], QUIET)[0]:  # what was written reaches this end a little later
                said += os.read(master, 65536)
            return said.decode().replace("\r\n", "\n")

        yield printed
    os.close(master)


def test_what_outgrows_the_terminal_goes_to_the_pager_whole(
    terminal: Callable[[], str], tmp_path: Path
) -> None:
    assert terminal() == ""
    before = signal.getsignal(signal.SIGINT)
    with pager.paging():
        for line in LINES.splitlines(keepends=True):
            pager.write(line)
    assert (tmp_path / "paged").read_text(encoding="utf-8") == LINES
    assert terminal() == ""
    assert signal.getsignal(signal.SIGINT) is before


def test_what_fits_is_printed(terminal: Callable[[], str], tmp_path: Path) -> None:
    assert terminal() == ""
    with pager.paging(), pager.paging():
        pager.write("一\n二\n")
    assert terminal() == "一\n二\n"
    assert not (tmp_path / "paged").exists()


def test_outside_it_all_is_printed(terminal: Callable[[], str]) -> None:
    assert terminal() == ""
    pager.write(LINES)
    assert terminal() == LINES


@pytest.mark.parametrize("term", ["", "dumb"])
def test_a_terminal_that_cannot_move_about_has_none(
    terminal: Callable[[], str], monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    assert terminal() == ""
    monkeypatch.setenv("TERM", term)
    with pager.paging():
        pager.write(LINES)
    assert terminal() == LINES


def test_without_a_pager_all_is_printed(terminal: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal() == ""
    for command in ("", "no-such-pager", "'keep"):
        monkeypatch.setenv("KFLY_PAGER", command)
        with pager.paging():
            pager.write(LINES)
            pager.write("完\n")
        assert terminal() == LINES + "完\n"


def test_a_pager_that_has_left_is_told_to_the_writer(
    terminal: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert terminal() == ""
    monkeypatch.setenv("KFLY_PAGER", "true")
    with pytest.raises(BrokenPipeError), pager.paging():  # noqa: PT012  (until the pipe is known to be closed)
        while True:
            pager.write(LINES * 2000)
    assert terminal() == ""


def test_ctrl_c_ends_the_writing_and_what_came_can_be_read(
    terminal: Callable[[], str], tmp_path: Path
) -> None:
    assert terminal() == ""
    with pytest.raises(ReaderGoneError), pager.paging():  # noqa: PT012
        pager.write(LINES)
        raise KeyboardInterrupt
    assert (tmp_path / "paged").read_text(encoding="utf-8") == LINES
    with pytest.raises(KeyboardInterrupt), pager.paging():
        raise KeyboardInterrupt
    assert terminal() == ""
