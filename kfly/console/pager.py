"""The pager: what is longer than the terminal is handed to it as it comes; what is shorter never is.

Only a terminal gets one. ``KFLY_PAGER``, else ``PAGER`` says which, an empty one none; else it is less, where
there is any.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Thread

from kfly import stopping
from kfly.errors import ReaderGoneError
from kfly.locale import _

VARIABLES = ("KFLY_PAGER", "PAGER")
USUAL = "less -FRX"  # leaves what fits, shows colours, and leaves on the screen what was read
_MUTE = ("", "dumb")  # terminals on which no pager can move about


class _Choice:
    """What the command line says, and the pager in use."""

    switched_off = False
    beginning = ""  # what the next output begins with
    open: "_Pager | None" = None


def begin_with(text: str) -> None:
    """Put a text before the first thing that is written from now on; where nothing is, it is not either."""
    _Choice.beginning = text


def switch_off(*, off: bool) -> None:
    """Do without a pager for this run, or not."""
    _Choice.switched_off = off


@contextmanager
def paging() -> Iterator[None]:
    """Show what :func:`write` is given inside through the pager, if it grows longer than the terminal.

    Raises:
        ReaderGoneError: the reader has stopped it.
    """
    if _Choice.open is not None or not _can_page():
        yield
        return
    pager = _Choice.open = _Pager(find_pager(os.environ))
    try:
        yield
        if pager.started:
            pager.finish()  # here too, so that Ctrl-C on the way into it is the pager's
    except KeyboardInterrupt:
        if not leave_to_pager():
            raise
        raise ReaderGoneError from None
    finally:
        _Choice.open = None
        pager.finish()


def leave_to_pager() -> bool:
    """Leave Ctrl-C to a pager that has started: what came so far can be read until its reader leaves.

    ``paging`` does so itself, unless it came at the very moment when its end was entered.

    Returns:
        False where there is none; then Ctrl-C ends the command.
    """
    if _Choice.open is None or not _Choice.open.started:
        return False
    stopping.forgive()
    _Choice.open.finish()
    return True


def takes_all() -> bool:
    """Tell whether a pager takes all that is printed as it comes, however slowly it is read."""
    return _Choice.open is not None and bool(_Choice.open.command)


def write(text: str) -> None:
    """Write to the pager in use, or to stdout.

    Raises:
        OSError: nobody takes it any more.
    """
    if _Choice.beginning:
        text, _Choice.beginning = _Choice.beginning + text, ""
    if _Choice.open is not None:
        _Choice.open.write(text)
    else:
        sys.stdout.write(text)


def find_pager(environ: Mapping[str, str]) -> str:
    """Return the command line of the pager that is asked for; an empty one is none."""
    for name in VARIABLES:
        if name in environ:
            return environ[name].strip()
    return USUAL if shutil.which("less", path=environ.get("PATH")) else ""


def _can_page() -> bool:
    terminal = os.environ.get("TERM", "")
    return not _Choice.switched_off and sys.stdout.isatty() and terminal not in _MUTE


class _Pager:
    """One output on its way: held back while it may be short, then handed on."""

    def __init__(self, command: str) -> None:
        from queue import SimpleQueue  # most output goes to no pager

        height = _measure_height()
        self.command = command if height else ""
        self._held: list[str] = []
        self._room = height - 1  # a line is left for what is typed next
        self._process: subprocess.Popen[bytes] | None = None
        self._coming: SimpleQueue[bytes] = SimpleQueue()
        self._feeder = Thread(target=self._feed, daemon=True)

    @property
    def started(self) -> bool:
        """Whether there is somebody to leave."""
        return self._process is not None

    def write(self, text: str) -> None:
        """Take more text."""
        if self._process is not None:
            if not self._feeder.is_alive():
                raise BrokenPipeError
            self._coming.put(_encode(text))
        elif not self.command:
            sys.stdout.write(text)
        else:
            self._held.append(text)
            self._room -= text.count("\n")
            if self._room < 0:
                self._start()

    def _start(self) -> None:
        import shlex  # most output goes to no pager

        held, self._held = "".join(self._held), []
        try:
            words = shlex.split(self.command)
            sys.stdout.flush()
            self._process = subprocess.Popen(  # noqa: S603  (the user's own program)
                words, stdin=subprocess.PIPE, env=_environment()
            )
        except (OSError, ValueError):  # no such program, or quotes that do not end
            from kfly.console.screen import complain

            message = _("The pager “{command}” cannot be started; all is printed.", command=self.command)
            complain([message])
            self.command = ""
            sys.stdout.write(held)
        else:
            self._coming.put(_encode(held))
            self._feeder.start()

    def _feed(self) -> None:
        """Hand on what has come. Whoever reads slowly keeps nobody waiting who has the database open."""
        into = self._process and self._process.stdin
        with suppress(OSError):  # the reader has left
            while into and (part := self._coming.get()):
                into.write(part)
                into.flush()
        with suppress(OSError):
            if into:
                into.close()

    def finish(self) -> None:
        """Print what was short after all; or wait until the reader leaves, with Ctrl-C the pager's."""
        if self._process is None:
            sys.stdout.write("".join(self._held))
            return
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._coming.put(b"")
            self._feeder.join()
            self._process.wait()
        finally:
            signal.signal(signal.SIGINT, before)


def _encode(text: str) -> bytes:
    return text.encode(sys.stdout.encoding or "utf-8", sys.stdout.errors or "backslashreplace")


def _measure_height() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines
    except OSError:
        return 0


def _environment() -> dict[str, str]:
    """Return the environment of a pager: less shows colours, and Chinese whatever the locale says."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "")
    wanted = {"LESS": "FRX", "LESSCHARSET": "utf-8" if utf8 else "dos"}  # dos lets all bytes through
    return {**wanted, **os.environ}
