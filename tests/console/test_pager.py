"""What is longer than the terminal goes through the pager: on a terminal, and nowhere else."""

import os
import pty
import struct
import sys
import termios
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from select import select
from time import monotonic

import pytest

from kfly.console.pager import USUAL, find_pager
from tests.support.processes import PATIENCE, environment, on_a_terminal, process
from tests.support.runner import Cli

SHORT, LONG = ("budget",), ("tasks",)
KEEP = "cat > paged; echo shown by the pager"


@pytest.fixture
def folder(filled: Cli) -> Path:
    pager = filled.folder / "keep"
    pager.write_text(f"#!/bin/sh\n{KEEP}\n")
    pager.chmod(0o755)
    return filled.folder


def shown(folder: Path, *args: str, **env: str) -> str:
    """What appears on a terminal of 25 lines; the command must end well."""
    code, seen = on_a_terminal(folder, *args, env=env)
    assert code == 0
    assert "Traceback" not in seen
    return seen


def paged(folder: Path) -> str:
    """What the pager was given; nothing where it was not called."""
    path = folder / "paged"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_long_output_is_handed_to_the_pager_as_it_would_be_printed(folder: Path) -> None:
    printed = shown(folder, *LONG, KFLY_PAGER="")
    seen = shown(folder, *LONG, PAGER="./keep")

    assert seen.strip() == "shown by the pager"
    assert paged(folder).rstrip() == printed.rstrip()
    assert "\x1b[" in printed  # colours survive
    assert "市科技局" in printed  # and so does Chinese


def test_short_output_is_printed(folder: Path) -> None:
    assert "专项资金" in shown(folder, *SHORT, PAGER="./keep")
    assert paged(folder) == ""


@pytest.mark.parametrize(
    "args", [("status",), ("log",), ("--help",), ("add-building", "--help"), ("list", "talent")]
)
def test_every_view_and_every_page_of_help_is_one_output(folder: Path, args: tuple[str, ...]) -> None:
    printed = shown(folder, *args)

    assert shown(folder, *args, PAGER="./keep").strip() == "shown by the pager"
    assert paged(folder).rstrip() == printed.rstrip()


@pytest.mark.parametrize(
    ("args", "env"),
    [
        (("--no-pager", *LONG), {"PAGER": "./keep"}),
        (LONG, {"PAGER": "./keep", "KFLY_PAGER": ""}),
        (LONG, {"PAGER": ""}),
        (LONG, {"PAGER": "./keep", "TERM": "dumb"}),
        ((*LONG, "--json"), {"PAGER": "./keep"}),
    ],
)
def test_it_can_be_done_without(folder: Path, args: tuple[str, ...], env: dict[str, str]) -> None:
    seen = shown(folder, *args, **env)

    assert "市科技局" in seen
    assert paged(folder) == ""


def test_a_pipe_has_none(folder: Path) -> None:
    run = process(folder, *LONG, env=environment(LANG="C", PAGER="./keep", TERM="xterm"))

    assert "市科技局" in run.stdout.decode()
    assert run.stderr == b""
    assert paged(folder) == ""


@pytest.mark.parametrize("pager", ["no-such-pager", "'less", "./"])
def test_a_pager_that_cannot_be_started_is_named_once(folder: Path, pager: str) -> None:
    seen = shown(folder, "--lang", "en", "log", KFLY_PAGER=pager)

    assert seen.count(f"The pager “{pager}” cannot be started; all is printed.\n") == 1
    assert "kfly demo" in seen or "#1" in seen


@pytest.mark.parametrize("pager", ["true", "head -1", "sh -c 'exit 3'"])
def test_a_pager_that_ends_early_leaves_no_trace(folder: Path, pager: str) -> None:
    assert len(shown(folder, "log", KFLY_PAGER=pager).splitlines()) <= 1
    assert len(shown(folder, "list", "talent", KFLY_PAGER=pager).splitlines()) <= 1


def test_options_before_the_command_are_told_so(filled: Cli) -> None:
    assert "--no-pager" in filled.refused("tasks", "--no-pager", code=2)


@pytest.mark.parametrize(
    ("environ", "pager"),
    [
        ({"KFLY_PAGER": "more", "PAGER": "most"}, "more"),
        ({"KFLY_PAGER": "", "PAGER": "most"}, ""),
        ({"PAGER": " most -s "}, "most -s"),
        ({"PATH": "/nowhere"}, ""),
    ],
)
def test_which_pager_is_meant(environ: dict[str, str], pager: str) -> None:
    assert find_pager(environ) == pager


def test_the_usual_one_is_less_where_there_is_any(tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text("")
    less.chmod(0o755)
    assert find_pager({"PATH": str(tmp_path)}) == USUAL


class Reader:
    """A person before a terminal in which a command runs."""

    def __init__(self, folder: Path, *args: str, **env: str) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 100, 0, 0))
            os.chdir(folder)
            variables = {"LANG": "C", "TERM": "xterm-256color"} | env
            os.execve(sys.executable, [sys.executable, "-m", "kfly", *args], environment(**variables))
        self.seen = ""

    def wait_for(self, text: str, pressing: str = "") -> None:
        """Wait until a text appears; a key that may come when nobody heeds it is pressed again meanwhile."""
        until = monotonic() + PATIENCE
        self.press(pressing)
        while text not in self.seen:
            if select([self.terminal], [], [], 2)[0]:
                self.seen += os.read(self.terminal, 65536).decode(errors="replace")
            else:
                assert monotonic() < until, self.seen
                self.press(pressing)

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def leave(self, keys: str) -> int:
        """Press a key until the command ends; its exit code."""
        self.press(keys)
        with suppress(OSError):
            while True:
                if not select([self.terminal], [], [], 2)[0]:
                    self.press(keys)
                elif part := os.read(self.terminal, 65536):
                    self.seen += part.decode(errors="replace")
                else:
                    break
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_ctrl_c_is_the_pagers_own(folder: Path) -> None:
    """It ends what the pager does, not kfly behind its back; the person leaves as ever."""
    pager = folder / "stays"
    pager.write_text("#!/bin/sh\ntrap 'echo interrupted' INT\ncat\nread answer < /dev/tty\n")
    pager.chmod(0o755)
    reader = Reader(folder, "list", "talent", KFLY_PAGER="./stays")
    reader.wait_for("kfly show")
    reader.wait_for("interrupted", pressing="\x03")  # a shell on its way into "read" heeds it only in there

    assert reader.leave("\n") == 0
    assert "Traceback" not in reader.seen


@pytest.mark.skipif(not find_pager({"PATH": os.environ["PATH"]}), reason="there is no less")
def test_less_shows_colours_and_chinese_in_any_locale(folder: Path) -> None:
    reader = Reader(folder, "list", "talent", LANG="C", LC_ALL="C")
    reader.wait_for("姓名")
    reader.press("\x03")

    assert reader.leave("q") == 0
    assert "\x1b[" in reader.seen
    assert "ESC" not in reader.seen
    assert "<E5>" not in reader.seen
    assert "Traceback" not in reader.seen
    assert "kfly show" not in reader.seen  # the end was never shown
