"""Files that are written whole, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a stream that becomes a file when all has gone well; until then, what was there stays.

    Args:
        path: the file; a pipe or a device is written to as it is.
        force: replace a file that is there.

    Raises:
        KflyError: there is a file already, or none can be written there.
    """
    target = path.resolve()  # a link stays a link
    must_be_free(path, force=force)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    if not target.parent.is_dir():
        raise KflyError(_("{path} cannot be written: there is no such folder.", path=path))
    try:
        if target.exists() and not target.is_file():  # a pipe, a device; a folder refuses
            with target.open("wb") as file:
                yield file
            return
        with unfinished.open("wb") as file:
            yield file
        must_be_free(path, force=force)  # somebody else may have written one meanwhile
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise KflyError(
            _("{path} cannot be written: {why}.", path=path, why=explain_os_error(error))
        ) from None
    finally:
        with suppress(OSError):  # it is not there, or could not even be named
            unfinished.unlink()


def must_be_free(path: Path, *, force: bool) -> None:
    """Check that an output replaces no file, unless that was asked for.

    Raises:
        KflyError: there is a file.
    """
    if not force and is_file(path):
        raise KflyError(_("{path} exists already; nothing was changed. “--force” replaces it.", path=path))


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
