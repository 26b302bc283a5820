"""Files that are written whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kfly.errors import KflyError, reason
from kfly.locale import _


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write what becomes this file when all has gone well; until then, what was there stays.

    Raises:
        KflyError: it cannot be written there.
    """
    target = path.resolve()  # a link stays a link
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.is_dir():
            raise IsADirectoryError(21, os.strerror(21))
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(target)
    except OSError as error:
        raise KflyError(_("{path} cannot be written: {why}.", path=path, why=reason(error))) from None
    finally:
        unfinished.unlink(missing_ok=True)
