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


@contextmanager
def closed_to_us(path: Path) -> Iterator[None]:
    """Nobody but its owner can read a file, or look into a folder, and we are somebody else."""
    before = path.stat().st_mode
    path.chmod(0)
    users = os.getresuid()
    if os.geteuid() == 0:
        os.setresuid(NOBODY, NOBODY, 0)  # the real one too: by that os.access() decides
    try:
        yield
    finally:
        os.setresuid(*users)
        path.chmod(before)
