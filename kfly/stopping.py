"""Being stopped by Ctrl-C, the system, or a terminal that closes: all is put away, and nothing is said.

A signal becomes an exception, so that whatever is open is closed on the way out; what was begun and never
finished is removed; then the process ends by that signal, as whoever sent it expects.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

_AGAIN = 0.001  # seconds after which an exception that nobody could pass on is raised anew


class StoppedError(BaseException):
    """The process has been told to end; no error of the command's, so that nothing handles it as one."""


class InterruptedByKeyError(StoppedError, KeyboardInterrupt):
    """Ctrl-C, which a pager or a question may take for its own."""


class _State:
    """What has come, and what has to be put away."""

    caught: int | None = None
    is_postponed = False
    unfinished: set[Path] = set()  # noqa: RUF012  (one process, one state)


def watch_signals() -> None:
    """Turn signals into exceptions from now on; those that the caller has us ignore stay ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    signal.signal(signal.SIGALRM, _stop_again)
    sys.unraisablehook = _pass_on


def caught() -> bool:
    """Tell whether a signal has come that ends this run."""
    return _State.caught is not None


def stop_raising() -> None:
    """Raise no more: the work is done, and what has come meanwhile is only noted."""
    _State.is_postponed = True


def forgive() -> None:
    """Go on after Ctrl-C: it was meant for the pager."""
    _State.caught = None


def end() -> NoReturn:
    """Put away what is still unfinished, and end by the signal that came."""
    import gc

    stop_raising()
    gc.collect()  # a connection in a ring of exceptions closes now
    for path in list(_State.unfinished):
        remove(path)
    number = _State.caught or signal.SIGTERM
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)  # it is blocked: then the exit code says it


@contextmanager
def postponed() -> Iterator[None]:
    """Let no signal come between the making of a file and the note of it."""
    before, _State.is_postponed = _State.is_postponed, True
    try:
        yield
    finally:
        _State.is_postponed = before
        if not before and _State.caught is not None:
            _raise(_State.caught)


def note_unfinished(path: Path) -> None:
    """Note a file or folder that must not stay behind, should the run be stopped."""
    _State.unfinished.add(path)


def remove(path: Path) -> None:
    """Remove an unfinished file or folder, and the note of it."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            from shutil import rmtree

            rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    _State.unfinished.discard(path)


def note_finished(path: Path) -> None:
    """Take the note back: the file has its place and name, or is gone."""
    _State.unfinished.discard(path)


def _stop(number: int, _frame: FrameType | None) -> None:
    if _State.caught is None:  # a second one must not disturb the putting away
        _State.caught = number
        if not _State.is_postponed:
            _raise(number)


def _stop_again(_number: int, _frame: FrameType | None) -> None:
    if _State.caught is not None and not _State.is_postponed:
        _raise(_State.caught)


def _raise(number: int) -> NoReturn:
    raise InterruptedByKeyError if number == signal.SIGINT else StoppedError


def _pass_on(raised: Any) -> None:
    """Raise it anew where it came in a place that passes no exception on, and would be printed there."""
    if issubclass(raised.exc_type, StoppedError):
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
    elif not caught():  # what a library says of its things left half done is no news then
        sys.__unraisablehook__(raised)
