"""The journal that a file keeps, and the files that SQLite lays beside it.

A journal is a write-ahead log, or a rollback journal on a network share.

With a log, readers and a writer do not wait for each other; but all must be on one machine, on a file system
with shared memory. The file itself remembers which it keeps. ``KFLY_JOURNAL`` decides for a new file, and
makes a writer change an existing one; where it is not set, each file stays as it is.
"""

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from kfly.errors import WrongUsageError
from kfly.locale import _

VARIABLE = "KFLY_JOURNAL"
LOG, ROLLBACK = "wal", "delete"

SUFFIXES = ("-wal", "-shm", "-journal")
MAILING, WRITING = "-mailing", "-writing"  # the locks that kfly itself lays beside a database
_WITH_CHANGES = ("-wal", "-journal")
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
_ATTEMPTS = 100  # to open a file that others make and remove meanwhile
_GROUP_WRITES = 0o020
_GROUP_AT_HOME = 0o2020  # the group writes, and new files belong to it too

READ_VERSION_AT = 19  # where a file's header says which it keeps
_LOGGED = 2


def read_asked() -> str | None:
    """Read from ``KFLY_JOURNAL`` which journal is asked for, if any.

    Raises:
        WrongUsageError: the variable names neither.
    """
    value = os.environ.get(VARIABLE, "")
    if value not in ("", LOG, ROLLBACK):
        raise WrongUsageError(
            _("{name}: “{value}” is neither wal nor delete.", name=VARIABLE, value=_spelled(value))
        )
    return value or None


def _spelled(value: str) -> str:
    """Spell out a variable's bytes that are not UTF-8."""
    return value.encode(errors="backslashreplace").decode()


def read_kept(header: bytes) -> str:
    """Read from a file's header which journal it keeps."""
    return LOG if header[READ_VERSION_AT] == _LOGGED else ROLLBACK


def begin(db: sqlite3.Connection) -> None:
    """Make a new file keep a log, unless a rollback journal is asked for or a log is refused there."""
    if read_asked() == ROLLBACK:
        return
    try:
        # Where a log is refused, SQLite answers ‘delete’, or fails when it tries to share memory.
        change(db, LOG)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise
        change(db, ROLLBACK)


def change(db: sqlite3.Connection, journal: str) -> None:
    """Make the file keep another journal; nobody else may have it open."""
    db.execute(f"PRAGMA journal_mode = {journal}")


def make_durable(db: sqlite3.Connection) -> None:
    """Make every commit wait for the disk: a change that was reported must survive a power cut."""
    # EXTRA, not FULL: a rollback journal whose deletion is lost would take the change back.
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA fullfsync = ON")  # a Mac's plain sync leaves it in the drive's memory


def list_side_files(path: Path) -> tuple[Path, ...]:
    """Return where they lie: SQLite follows links, so beside the file itself."""
    real = os.path.realpath(path)
    return tuple(Path(real + suffix) for suffix in SUFFIXES)


def is_beside(file: Path, database: Path) -> bool:
    """Tell whether a file is, or would be, the database, a side file or a lock, by whatever name or link.

    Two names that differ in nothing but small and large letters may be one file on some disks.
    """
    target, own = Path(os.path.realpath(file)), list_own_files(database)
    if any(is_same(file, one) for one in own):
        return True
    alike = target.name.casefold() in (one.name.casefold() for one in own)
    return alike and (target.parent == own[0].parent or is_same(target.parent, own[0].parent))


def list_own_files(database: Path) -> list[Path]:
    """List where a database, its side files and its lock lie."""
    real = Path(os.path.realpath(database))
    return [real.with_name(real.name + suffix) for suffix in ("", *SUFFIXES, MAILING, WRITING)]


def is_same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file that is there."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of the two is not there
        return False


def look_at(file: Path) -> os.stat_result | None:
    """Return what is known of a file; others may remove it at any moment, and then nothing is."""
    try:
        return file.stat()
    except OSError as error:
        if error.errno in _NOT_THERE:
            return None
        raise


def find_side_file(path: Path) -> Path | None:
    """Find a side file that is there, if any is."""
    return next((file for file in list_side_files(path) if os.path.lexists(file)), None)


def find_unmerged(path: Path) -> Path | None:
    """Find a side file that may hold changes, without which the file alone is old or incomplete."""
    files = (file for file in list_side_files(path) if file.name.endswith(_WITH_CHANGES))
    return next((file for file in files if (its := look_at(file)) and its.st_size), None)


def find_closed_to_us(path: Path) -> Path | None:
    """Find a side file that we may not read and write, though we may write the database itself."""
    if not _is_ours(path):
        return None
    return next((file for file in list_side_files(path) if _is_closed_to_us(file)), None)


def _is_closed_to_us(file: Path) -> bool:
    """Tell whether we may not use a file that stays there: one that comes and goes says nothing meanwhile."""
    before, ours, after = look_at(file), _is_ours(file), look_at(file)
    if ours or before is None or after is None:
        return False
    return (before.st_ino, before.st_ctime_ns) == (after.st_ino, after.st_ctime_ns)


def _is_ours(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def is_open_to_group(folder: Path) -> bool:
    """Tell whether the group may make files in a folder, and what anybody makes there is the group's."""
    return folder.stat().st_mode & _GROUP_AT_HOME == _GROUP_AT_HOME


def group_name(path: Path) -> str:
    """Return the name of a file's group, or its number if it has none."""
    from grp import getgrgid

    number = path.stat().st_gid
    try:
        return getgrgid(number).gr_name
    except KeyError:
        return str(number)


def remove_with_side_files(path: Path) -> None:
    """Remove a database that was never finished, and its side files."""
    for file in (path, *list_side_files(path)):
        file.unlink(missing_ok=True)


def open_beside(file: Path, database: Path) -> int:
    """Open a file beside a database, or create it for those who may write the database.

    Raises:
        OSError: it can neither be opened nor created, or is a link.
    """
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    for _attempt in range(_ATTEMPTS):
        with suppress(FileExistsError):
            handle = os.open(file, flags | os.O_CREAT | os.O_EXCL, 0o600)
            _give_away(handle, database.stat())
            return handle
        with suppress(FileNotFoundError):  # whoever had it has removed it just now
            return os.open(file, flags)
    return os.open(file, flags)


def _give_away(handle: int, its: os.stat_result) -> None:
    """Give a file to those who may write another one."""
    for owner in (its.st_uid, -1):  # root gives it to the owner; others can only give it to their group
        with suppress(OSError):
            os.fchown(handle, owner, its.st_gid)
            break
    os.fchmod(handle, its.st_mode & 0o660)


def share_side_files(path: Path) -> None:
    """Give the side files that we made to a shared database's group, which SQLite does only for root."""
    its = path.stat()
    if not its.st_mode & _GROUP_WRITES:
        return
    for file in list_side_files(path):
        with suppress(OSError):  # it is not there, it is another's, or we are not in the group
            if file.stat().st_gid != its.st_gid:
                os.chown(file, -1, its.st_gid)


def sync_to_disk(path: Path) -> None:
    """Write a file, and its name in the folder, through to the disk."""
    for place in (path, path.absolute().parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
