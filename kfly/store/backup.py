"""A copy of the database, safe while others write, and read through before it counts as one."""

import os
import sqlite3
from contextlib import closing
from itertools import chain, count
from pathlib import Path

from kfly.clock import today
from kfly.errors import KflyError, reason
from kfly.locale import _
from kfly.store.database import explain, reading


def copy(path: Path, target: Path) -> None:
    """Copy a database, as it stands at one moment, into a new file for its owner alone.

    Raises:
        KflyError: the target exists or cannot be written, or the copy turns out damaged; there is none then.
    """
    with reading(path) as db:
        _make(target)
        try:
            _fill(db, target)
            _must_be_sound(target)
        except BaseException:
            for suffix in ("", "-wal", "-shm", "-journal"):
                target.with_name(target.name + suffix).unlink(missing_ok=True)
            raise


def copy_beside(path: Path) -> Path:
    """Copy a database into its own folder, under a name that tells the day; where it lies."""
    names = (
        f"{path.stem}-{today()}{number}{path.suffix}" for number in chain([""], (f"-{n}" for n in count(2)))
    )
    target = next(t for name in names if not (t := path.with_name(name)).exists())
    copy(path, target)
    return target


def _make(target: Path) -> None:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise KflyError(
            _("{path} exists already; nothing was changed. Choose another name.", path=target)
        ) from None
    except OSError as error:
        raise KflyError(_("{path} cannot be created: {why}.", path=target, why=reason(error))) from None


def _fill(db: sqlite3.Connection, target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as copied:
            db.backup(copied)
    except sqlite3.DatabaseError as error:
        raise KflyError(explain(error, target)) from error


def _must_be_sound(target: Path) -> None:
    with reading(target) as copied:
        verdict = [row[0] for row in copied.execute("PRAGMA integrity_check(1)")]
        if verdict != ["ok"] or copied.execute("PRAGMA foreign_key_check").fetchone():
            raise KflyError(
                _(
                    "The copy is damaged ({why}) and was deleted; “kfly check” looks at the original.",
                    why=verdict[0],
                )
            )
