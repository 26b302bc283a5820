"""The files that SQLite keeps beside a database in use: where they lie, and what they mean when found."""

import os
from contextlib import suppress
from pathlib import Path

SUFFIXES = ("-wal", "-shm", "-journal")
_WITH_CHANGES = ("-wal", "-journal")
_GROUP_WRITES = 0o020
_GROUP_AT_HOME = 0o2020  # the group writes, and new files belong to it too


def paths(path: Path) -> tuple[Path, ...]:
    """Return where they lie: SQLite follows links, so beside the file itself."""
    real = os.path.realpath(path)
    return tuple(Path(real + suffix) for suffix in SUFFIXES)


def find_any(path: Path) -> Path | None:
    """Find a side file that is there, if any is."""
    return next((file for file in paths(path) if os.path.lexists(file)), None)


def find_unmerged(path: Path) -> Path | None:
    """Find a side file that may hold changes, without which the file alone is old or incomplete."""
    files = (file for file in paths(path) if file.name.endswith(_WITH_CHANGES))
    return next((file for file in files if os.path.lexists(file) and file.stat().st_size), None)


def find_closed_to_us(path: Path) -> Path | None:
    """Find a side file that we may not read and write, though we may write the database itself."""
    if not _is_ours(path):
        return None
    return next((file for file in paths(path) if file.exists() and not _is_ours(file)), None)


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


def remove(path: Path) -> None:
    """Remove a database that was never finished, and its side files."""
    for file in (path, *paths(path)):
        file.unlink(missing_ok=True)


def open_or_create(file: Path, database: Path) -> int:
    """Open a file beside a database, or create it for those who may write the database.

    Raises:
        OSError: it can neither be opened nor created, or is a link.
    """
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    with suppress(FileExistsError):
        handle = os.open(file, flags | os.O_CREAT | os.O_EXCL, 0o600)
        its = database.stat()
        for owner in (its.st_uid, -1):  # root gives it to the owner; others can only give it to their group
            with suppress(OSError):
                os.fchown(handle, owner, its.st_gid)
                break
        os.fchmod(handle, its.st_mode & 0o660)
        return handle
    return os.open(file, flags)


def share(path: Path) -> None:
    """Give the side files that we made to a shared database's group, which SQLite does only for root."""
    its = path.stat()
    if not its.st_mode & _GROUP_WRITES:
        return
    for file in paths(path):
        with suppress(OSError):  # it is not there, it is another's, or we are not in the group
            if file.stat().st_gid != its.st_gid:
                os.chown(file, -1, its.st_gid)


def sync(path: Path) -> None:
    """Write a file, and its name in the folder, through to the disk."""
    for place in (path, path.absolute().parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
