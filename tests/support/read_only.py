"""Folders in which nothing can be written, though root may write anywhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def nothing_can_be_written_in(folder: Path) -> Iterator[None]:
    """Files and folder are read-only, and we are somebody for whom that holds."""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
