"""One run at a time mails what is in a database, whoever starts it: a cron job, or somebody at a terminal."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kfly.errors import KflyError, reason
from kfly.locale import _

SECONDS = 5.0  # a run that finds another at work waits so long
_PAUSE = 0.1


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold the lock of a database's mailings; False when another run holds it, and goes on to.

    Raises:
        KflyError: no file can be made beside the database.
    """
    lock = Path(os.path.realpath(path) + "-mailing")
    until = time.monotonic() + SECONDS
    while (handle := _taken(lock)) is None and time.monotonic() < until:
        time.sleep(_PAUSE)
    if handle is None:
        yield False
        return
    try:
        yield True
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)


def _taken(lock: Path) -> int | None:
    """The lock, if it is free; None otherwise."""
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    except OSError as error:
        raise KflyError(_("{path} cannot be written: {why}.", path=lock, why=reason(error))) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it before has taken the file away: a lock on one that is gone keeps nobody out.
        if os.path.samestat(os.fstat(handle), lock.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(handle)
    return None
