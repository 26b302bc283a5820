"""Counties for a roll-up: copies of the demo with some talents more or less, and files that are none."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import parent_process
from pathlib import Path

DAY = "2022-11-30"


def make_county(demo: Path, path: Path, talents: int) -> Path:
    """Copy the demo, and record so many talents more in it."""
    shutil.copy(demo, path)
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            "INSERT INTO talent (name, employer, introduced_on, town) VALUES (?, '企业', '2022-06-01', ?)",
            [(f"{path.stem}-{number}", "高新区") for number in range(talents)],
        )
    return path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Somebody has the file for himself alone."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN EXCLUSIVE")
        yield
        db.execute("ROLLBACK")


class Deadly(type(Path())):  # type: ignore[misc]
    """A path that ends whatever worker looks at it: a fault deep inside a library would do the same."""

    @property
    def suffix(self) -> str:
        """End the process, unless it is the test itself."""
        if parent_process() is not None:
            os._exit(9)
        return str(super().suffix)


class Unforeseen(type(Path())):  # type: ignore[misc]
    """A path that trips whatever looks at it over a fault that nobody has thought of."""

    @property
    def suffix(self) -> str:
        """Raise what no reader of counties expects."""
        raise AssertionError
