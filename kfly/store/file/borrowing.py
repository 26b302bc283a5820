"""Reading somebody else's database without leaving a trace: no byte of it, and nothing beside it, changes.

Where a write-ahead log lies beside a file, as while a command is at work or after a crash, whoever opens and
closes the file would write the log into it. So both are copied, and the copy is read.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.store.file import journal

_PAUSE = 0.05  # seconds between two attempts to copy what is being written


@contextmanager
def borrowing(path: Path, patience: float) -> Iterator[Path]:
    """Give the path under which a database can be read: its own, or that of a copy that is gone afterwards.

    Args:
        path: the database.
        patience: seconds to try for, while others write to it.

    Raises:
        KflyError: it is no file, or was written all the time.
    """
    _must_be_a_file(path)
    if not _needs_a_copy(path):
        yield path
        return
    with TemporaryDirectory(prefix="kfly-") as folder:
        copy = Path(folder) / path.name
        try:
            _copy_whole(path, copy, patience)
        except OSError as error:
            told = {"path": path, "why": explain_os_error(error)}
            raise KflyError(_("{path} cannot be read: {why}.", **told)) from None
        yield copy


def _must_be_a_file(path: Path) -> None:
    """Check before it is opened: to open a pipe waits for somebody who may never come."""
    its = journal.look_at(path)
    if its is None:
        raise KflyError(_("{path}: there is no such file.", path=path))
    if not S_ISREG(its.st_mode):
        raise KflyError(_("{path} is no file.", path=path))


def _needs_a_copy(path: Path) -> bool:
    """Tell whether a write-ahead log lies there, or a rollback journal that nobody here can roll back."""
    left = journal.find_unmerged(path)
    if left is None:
        return False
    effective = os.access in os.supports_effective_ids
    return left.name.endswith("-wal") or not os.access(path.parent, os.W_OK, effective_ids=effective)


def _copy_whole(path: Path, copy: Path, patience: float) -> None:
    """Copy a database and its log as they are at one moment.

    Raises:
        KflyError: somebody wrote to it all the time.
        OSError: it cannot be read, or there is no room for a copy.
    """
    until = monotonic() + patience
    while True:
        before = _stamp(path)
        shutil.copyfile(path, copy)
        for log in journal.list_logs(path):
            beside = copy.with_name(copy.name + log.name[log.name.rindex("-") :])
            beside.unlink(missing_ok=True)
            with suppress(FileNotFoundError):  # merged meanwhile: then the stamps differ
                shutil.copyfile(log, beside)
        if _stamp(path) == before:
            return
        if monotonic() > until:
            raise KflyError(_("{path} was written while it was read; try again.", path=path))
        sleep(_PAUSE)


def _stamp(path: Path) -> list[tuple[int, int, int] | None]:
    looked = [journal.look_at(file) for file in (path, *journal.list_logs(path))]
    return [None if its is None else (its.st_ino, its.st_mtime_ns, its.st_size) for its in looked]
