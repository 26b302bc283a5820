"""Keeps what many tests begin with, so that it is made once: a database, and the files beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path


class Shelf:
    """Folders as they were prepared, each under a name, to be copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lay(self, name: str, folder: Path, prepare: Callable[[], object]) -> None:
        """Have in a folder what ``prepare`` makes there; it is called by the first who asks for the name."""
        kept = self.folder / name
        if kept.exists():
            shutil.copytree(kept, folder, dirs_exist_ok=True)
        else:
            prepare()
            shutil.copytree(folder, kept)
