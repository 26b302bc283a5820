"""The lock that lets one run at a time mail from a database, be it a cron job or somebody at a terminal."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kfly import stopping
from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.store.file import journal

SECONDS = 5.0  # how long a run waits for another one at work
_PAUSE = 0.1


@contextmanager
def holding_lock(path: Path) -> Iterator[bool]:
    """Hold the lock of a database's mailings; yield False when another run holds it and does not let go.

    Raises:
        KflyError: no file can be made, or none can be locked, beside the database.
    """
    lock = Path(os.path.realpath(path) + journal.MAILING)
    handle = _taken_in_time(lock, path)
    if handle is None:
        yield False
        return
    try:
        yield True
    finally:
        give_back(lock, handle)


def give_back(lock: Path, handle: int) -> None:
    """Remove the file of a lock that is held, and let go of it."""
    with stopping.postponed():  # once removed it may be another's, whom an end by a signal must not rob
        stopping.remove(lock)
        os.close(handle)


def _taken_in_time(lock: Path, database: Path) -> int | None:
    until = time.monotonic() + SECONDS
    while True:
        late = time.monotonic() >= until
        try:
            if (handle := take_lock(lock, database)) is not None or late:
                return handle
        except OSError as error:
            # A colleague's lock file may not be open to us yet, or may just have been removed.
            if late or not isinstance(error, PermissionError | FileNotFoundError):
                raise KflyError(
                    _("{path} cannot be written: {why}.", path=lock, why=explain_os_error(error))
                ) from None
        time.sleep(_PAUSE)


def take_lock(lock: Path, database: Path) -> int | None:
    """Take the lock if it is free; return None otherwise.

    Should the run be stopped before it is given back, its file goes with the rest of what is unfinished.

    Raises:
        OSError: no file can be locked there.
    """
    with stopping.postponed():
        handle = _try_lock(lock, database)
        if handle is not None:
            stopping.note_unfinished(lock)
    return handle


def _try_lock(lock: Path, database: Path) -> int | None:
    handle = journal.open_beside(lock, database)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it before may have removed the file: a lock on a removed file keeps nobody out.
        if os.path.samestat(os.fstat(handle), lock.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None
