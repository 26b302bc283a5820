"""One run at a time mails what is in a database, whoever starts it: a cron job, or somebody at a terminal."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kfly.errors import KflyError, reason
from kfly.locale import _
from kfly.store.file import side_files

SECONDS = 5.0  # a run that finds another at work waits so long
_PAUSE = 0.1


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold the lock of a database's mailings; False when another run holds it, and goes on to.

    Raises:
        KflyError: no file can be made beside the database, or none can be locked there.
    """
    lock = Path(os.path.realpath(path) + "-mailing")
    handle = _taken_in_time(lock, path)
    if handle is None:
        yield False
        return
    try:
        yield True
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)


def _taken_in_time(lock: Path, database: Path) -> int | None:
    until = time.monotonic() + SECONDS
    while True:
        late = time.monotonic() >= until
        try:
            if (handle := _taken(lock, database)) is not None or late:
                return handle
        except OSError as error:
            # A colleague's may not be ours to open yet, or just be gone.
            if late or not isinstance(error, PermissionError | FileNotFoundError):
                raise KflyError(_("{path} cannot be written: {why}.", path=lock, why=reason(error))) from None
        time.sleep(_PAUSE)


def _taken(lock: Path, database: Path) -> int | None:
    """The lock, if it is free; None otherwise.

    Raises:
        OSError: there can be none.
    """
    handle = side_files.made(lock, database)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it before has taken the file away: a lock on one that is gone keeps nobody out.
        if os.path.samestat(os.fstat(handle), lock.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None
