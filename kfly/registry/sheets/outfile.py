"""Files that are written whole, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a stream that replaces a file when all has gone well; until then, what was there stays.

    Raises:
        KflyError: it cannot be written there.
    """
    target = path.resolve()  # a link stays a link
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
