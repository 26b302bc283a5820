"""Runs commands as processes of their own: in pipes, in a shell, on a terminal."""

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

PATIENCE = 60  # seconds that a command may take to show something

# What must not reach a test from the machine it runs on.
OUTER = (
    *("KFLY_CONFIG", "KFLY_SMTP_URL", "KFLY_SMTP_PASSWORD", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("KFLY_DB", "KFLY_JOURNAL", "KFLY_LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG", "LANGUAGE"),
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TERM"),
    "PYTHONDONTWRITEBYTECODE",  # each process would compile all of kfly anew
    *("KFLY_PAGER", "PAGER", "LESS", "LESSCHARSET"),
)


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
        timeout=PATIENCE,
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
    variables = {"LANG": "C", "TERM": "xterm-256color", "PAGER": ""} | (env or {})
    pid, terminal = pty.fork()
    if pid == 0:
        ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 25, columns, 0, 0))
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "kfly", *args], environment(**variables))
    seen = b""
    while after.encode() not in seen:
        assert select([terminal], [], [], PATIENCE)[0], seen.decode()
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
