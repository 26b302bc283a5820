"""Files that are written whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.store.file import journal, parts

ANYBODY = 0o666  # what the umask leaves of it: for files without personal data


@contextmanager
def replacing(path: Path, *, private_as: Path | None = None, force: bool = False) -> Iterator[BinaryIO]:
    """Open a stream that becomes a file when all has gone well; until then, what was there stays.

    Args:
        path: the file; a pipe or a device is written to as it is.
        private_as: the database whose personal data it holds: it is its owner's alone, or its group's too
            where that shares the database and the folder. A file that is replaced never gets more readers.
        force: replace a file that is there.

    Raises:
        KflyError: there is a file already, or none can be written there.
    """
    must_be_free(path, force=force)
    try:
        if _is_special(path):
            with path.open("wb") as file:
                yield file
            return
        target = path.resolve()  # a link stays a link
        if not target.parent.is_dir():
            raise KflyError(_("{path} cannot be written: there is no such folder.", path=path))
        with parts.making(target.parent, _choose_access(target, private_as)) as part:
            with os.fdopen(os.dup(part.handle), "wb") as file:
                yield file
            _settle(part, target, force=force)
    except FileExistsError:  # somebody else has written one meanwhile
        raise _exists(path) from None
    except OSError as error:
        raise KflyError(
            _("{path} cannot be written: {why}.", path=path, why=explain_os_error(error))
        ) from None


def must_be_free(path: Path, *, force: bool) -> None:
    """Check that an output replaces no file, unless that was asked for.

    Raises:
        KflyError: there is a file.
    """
    if not force and is_file(path):
        raise _exists(path)


def _exists(path: Path) -> KflyError:
    return KflyError(_("{path} exists already; nothing was changed. “--force” replaces it.", path=path))


def make_folder(folder: Path) -> None:
    """Make a folder for outputs, where there is none yet.

    Raises:
        KflyError: none can be made there: a file has its name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = explain_os_error(error)
        raise KflyError(_("{path} cannot be written: {why}.", path=folder, why=why)) from None


def number_names(name: str) -> Iterator[str]:
    """Yield a file's name (照片.jpg), then with numbers before its suffix (照片-2.jpg)."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  (no path, only a name)
    yield name
    yield from (f"{stem}-{number}{suffix}" for number in count(2))


def is_file(path: Path) -> bool:
    """Tell whether a file of this name is there; one whose name is too long is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def _is_special(path: Path) -> bool:
    """Tell whether something is there that is written into as it is: a pipe, a device; a folder refuses."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not S_ISREG(mode)


def _choose_access(target: Path, private_as: Path | None) -> parts.Access:
    """Say who may open the file: by the rule for it, and nobody who could not open the one it replaces."""
    if private_as is None:
        os.umask(umask := os.umask(0))
        access = parts.Access(ANYBODY & ~umask)
    else:
        access = parts.choose_access(private_as, target.parent)
    if not target.exists():
        return access
    before = target.stat()
    if private_as is None:
        return parts.Access(before.st_mode & 0o777, before.st_gid)
    return access._replace(mode=access.mode & (before.st_mode | parts.OWNER))


def _settle(part: parts.Part, target: Path, *, force: bool) -> None:
    """Give the file its name; only with ``force`` in place of another one."""
    journal.sync_to_disk(part.path)
    if force:
        part.path.replace(target)
    else:
        parts.give_name(part.path, target)
