"""Turns at writing: kfly's own writers go in one after the other, and who waits is told for whom.

SQLite's own lock keeps the file whole, whoever writes; but it cannot say who holds it, and among many who
wait it lets in whoever happens to ask at the right moment.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kfly.errors import KflyError
from kfly.locale import _
from kfly.store.file import journal
from kfly.store.file.locks import give_back, take_lock

SECONDS = 30.0  # how long a writer waits for the others
_PATIENCE = 1.0  # seconds before it says that it waits
_SHORT, _LONG = 0.005, 0.03  # seconds between two tries, not in step with the others


@contextmanager
def taking_turn(path: Path, who: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Wait for our turn to write to a database, and keep the other writers of kfly waiting meanwhile.

    Where no file can be laid beside the database, SQLite's lock has to do.

    Args:
        path: the database.
        who: is at work, for those who wait.
        tell: takes a line when the waiting becomes long.

    Raises:
        KflyError: somebody else writes all the time.
    """
    lock = Path(os.path.realpath(path) + journal.WRITING)
    handle = _wait(lock, path, tell) if path.is_file() else None
    if handle is None:
        yield
        return
    try:
        with suppress(OSError):  # a full disk: then those who wait are not told for whom
            os.ftruncate(handle, 0)
            since = datetime.now().astimezone()
            os.write(handle, f"{who}\n{since:%H:%M:%S}\n{os.getpid()} {since}\n".encode(errors="replace"))
        yield
    finally:
        give_back(lock, handle)


def _wait(lock: Path, path: Path, tell: Callable[[str], None]) -> int | None:
    """Wait for the lock; return None where none can be had at all."""
    began = since = time.monotonic()
    is_told, holder = False, list[str]()
    while True:
        try:
            handle = take_lock(lock, path)
        except OSError:
            return None
        if handle is not None:
            return handle
        now = time.monotonic()
        if (seen := _read_holder(lock)) != holder:
            holder, since = seen, now
        if now - began > SECONDS:
            raise KflyError(
                _(
                    "{path} is in use: {who} has been writing since {since}; nothing was changed. Try again"
                    " in a moment.",
                    path=path,
                    **_name_holder(holder),
                )
            )
        if now - since > _PATIENCE and not is_told:  # many who write a little each are no long wait
            is_told = True
            named = _name_holder(holder)
            tell(_("{who} has been writing to {path} since {since}; waiting.", path=path, **named))
        time.sleep(_SHORT + (time.monotonic_ns() % 1000) / 1000 * (_LONG - _SHORT))


def _read_holder(lock: Path) -> list[str]:
    """Read what the holder of the lock has written of itself: who, since when, which process."""
    try:
        return lock.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _name_holder(holder: list[str]) -> dict[str, str]:
    """Name who holds the lock, and since when."""
    who, since, *_rest = *holder, *[""] * 2
    return {"who": who or _("somebody"), "since": since or _("just now")}
