"""Files on their way: made beside their place under a name of their own, and named when they are complete.

Whoever makes one holds a lock on it. One that nobody holds was left by a run that was killed, and the next
run that makes one in the same folder removes it.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp, mkstemp
from typing import NamedTuple

from kfly import stopping
from kfly.store.file import journal

PREFIX, SUFFIX = ".kfly-", ".part"
FOLDER_PREFIX = "kfly-work-"  # in the system's folder for what is temporary
OWNER, GROUP_READS, GROUP_WRITES = 0o600, 0o640, 0o660


class Access(NamedTuple):
    """Who may open a file: its mode, and its group where that is not the maker's own."""

    mode: int = OWNER
    group: int | None = None


class Part(NamedTuple):
    """A file on its way: where it lies, and the handle that holds its lock."""

    path: Path
    handle: int


@contextmanager
def making(folder: Path, access: Access = Access()) -> Iterator[Part]:  # noqa: B008  (a value, never changed)
    """Make an empty file in a folder, open to those it is meant for; what was not given a name is removed.

    Raises:
        OSError: no file can be made there.
    """
    sweep(folder, PREFIX, SUFFIX)
    with stopping.postponed():
        part = _make(folder)
        stopping.note_unfinished(part.path)
    try:
        allow(part.handle, access)
        yield part
    finally:
        _remove(part.path)
        os.close(part.handle)


@contextmanager
def making_folder() -> Iterator[Path]:
    """Make a folder for what a workbook needs while it is written; it is removed at the end.

    Raises:
        OSError: none can be made.
    """
    sweep(Path(gettempdir()), FOLDER_PREFIX, "")
    folder, handle = _make_folder()
    try:
        yield folder
    finally:
        stopping.remove(folder)
        os.close(handle)


def _make_folder() -> tuple[Path, int]:
    """Make a folder and hold its lock; a sweeper that was quicker has taken it for one that was left."""
    while True:
        with stopping.postponed():
            folder = Path(mkdtemp(prefix=FOLDER_PREFIX))
            stopping.note_unfinished(folder)
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            stopping.remove(folder)
            continue
        except OSError:
            stopping.remove(folder)
            raise
        _try_lock(handle)
        if folder.is_dir():
            return folder, handle
        stopping.remove(folder)
        os.close(handle)


def give_name(part: Path, target: Path) -> None:
    """Give a complete file its name as well, on the disk too; one that has the name already is not replaced.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be given; then nothing has it.
    """
    try:
        os.link(part, target)  # unlike a rename, it never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, OWNER))
        with _removed_on_failure(target):
            part.replace(target)
    with _removed_on_failure(target):
        journal.sync_to_disk(target)


def choose_access(database: Path, folder: Path) -> Access:
    """Say who may open a file with personal data: its owner, and a group that shares database and folder.

    The group reads it where it may read the database, and writes it where it may write that.
    """
    its, place = database.stat(), folder.stat()
    if its.st_gid != place.st_gid or not its.st_mode & 0o040:
        return Access()
    return Access(GROUP_WRITES if its.st_mode & 0o020 else GROUP_READS, its.st_gid)


def allow(handle: int, access: Access) -> None:
    """Open a file to those it is meant for; if it cannot be the group's, it stays its owner's alone."""
    mode = access.mode
    if access.group is not None and os.fstat(handle).st_gid != access.group:
        try:
            os.fchown(handle, -1, access.group)
        except OSError:
            mode &= 0o700
    os.fchmod(handle, mode)


def sweep(folder: Path, prefix: str, suffix: str) -> None:
    """Remove what a run that was killed has left in a folder."""
    with suppress(OSError):
        for name in _find(folder, prefix, suffix):
            _remove_if_left(folder / name)


def _find(folder: Path, prefix: str, suffix: str) -> Iterable[str]:
    names = os.listdir(folder)  # noqa: PTH208  (names are enough)
    return [name for name in names if name.startswith(prefix) and name.endswith(suffix)]


def _make(folder: Path) -> Part:
    """Make a file and hold its lock; a sweeper that was quicker has taken it for one that was left."""
    while True:
        handle, name = mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)
        path = Path(name)
        _try_lock(handle)
        if _is_still(path, handle):
            return Part(path, handle)
        os.close(handle)


def _remove_if_left(path: Path) -> None:
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if _try_lock(handle) and _is_still(path, handle):
                _remove(path)
        finally:
            os.close(handle)


def _try_lock(handle: int) -> bool:
    """Take a file's lock; False where somebody holds it, or the file system knows none."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _remove(path: Path) -> None:
    """Remove a part, and what SQLite has laid beside it."""
    for file in journal.list_side_files(path):
        with suppress(OSError):
            file.unlink()
    stopping.remove(path)


@contextmanager
def _removed_on_failure(target: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            target.unlink()
        raise
