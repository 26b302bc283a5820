"""Backup copies of a database: made while others may write, and checked before they count."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import chain, count
from pathlib import Path

from kfly.clock import today
from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.store.file import journal, parts
from kfly.store.file.database import reading
from kfly.store.file.identity import explaining


def copy(
    path: Path, target: Path, *, again: bool = False, verify: Callable[[Path], None] = lambda _part: None
) -> int:
    """Copy a database, as it is at one moment, into a new file that only its owner may open.

    The copy is a single file, which can be read without another one beside it: it keeps a rollback journal.
    It gets its name only when it is complete, on the disk, and found sound.

    Args:
        path: the database.
        target: the copy.
        again: this process has the database open already, see :func:`reading`.
        verify: looks further at the copy before it gets its name, and raises what is wrong with it.

    Returns:
        the size of the copy in bytes.

    Raises:
        KflyError: the target exists or cannot be written, or the copy is damaged; then no copy is left.
    """
    _must_be_free(path, target)
    try:
        with parts.making(target.absolute().parent) as part:
            _fill(path, part.path, target, again=again)
            size = _must_be_sound(part.path)
            verify(part.path)
            journal.sync_to_disk(part.path)
            parts.give_name(part.path, target)
    except FileExistsError:
        raise _exists(target) from None
    except OSError as error:
        raise _cannot_be_made(target, error) from None
    return size


def copy_beside(path: Path) -> Path:
    """Copy a database that this process is writing to into its own folder, with the day in the copy's name.

    Returns:
        the path of the copy.
    """
    names = (
        f"{path.stem}-{today()}{number}{path.suffix}" for number in chain([""], (f"-{n}" for n in count(2)))
    )
    target = next(t for name in names if not os.path.lexists(t := path.with_name(name)))
    copy(path, target, again=True)
    return target


def _must_be_free(path: Path, target: Path) -> None:
    """Check that a copy may have this name.

    Raises:
        KflyError: it exists, or is the name of a database's side file.
    """
    if os.path.isdir(target):  # noqa: PTH112  (Path's own trips over a name that is too long)
        raise KflyError(_("{path} is a folder; name a file in it.", path=target))
    if os.path.lexists(target):
        raise _exists(target)
    if journal.is_beside(target, path) or journal.find_side_file(target):
        raise KflyError(
            _("{path} cannot be created: the name belongs to another database's files.", path=target)
        )


def _fill(path: Path, part: Path, target: Path, *, again: bool) -> None:
    """Copy all pages in one step: with several, each change in between would restart the copying."""
    with reading(path, again=again) as db:
        # This read fixes the state that is copied; without it the copying would ask for a lock without end.
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with explaining(target), closing(sqlite3.connect(part, isolation_level=None)) as copied:
            copied.execute("PRAGMA journal_mode = MEMORY")
            # Nobody who writes must wait for this disk; the copy is written through to it afterwards.
            copied.execute("PRAGMA synchronous = OFF")
            db.backup(copied)
    with explaining(target), closing(sqlite3.connect(part, isolation_level=None)) as copied:
        copied.execute("PRAGMA locking_mode = EXCLUSIVE")
        copied.execute("PRAGMA journal_mode = DELETE")


def _must_be_sound(part: Path) -> int:
    """Check the pages of the copy, and return its size in bytes.

    References to rows that are not there, as another program may leave them, are no damage of the copy.
    """
    with reading(part) as copied:
        try:
            verdict = str(copied.execute("PRAGMA integrity_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            verdict = str(error)
    if verdict != "ok":
        raise KflyError(
            _(
                "The copy is damaged ({why}) and was deleted; “kfly check” looks at the original.",
                why=verdict,
            )
        )
    return part.stat().st_size


def _exists(target: Path) -> KflyError:
    return KflyError(_("{path} exists already; nothing was changed. Choose another name.", path=target))


def _cannot_be_made(target: Path, error: OSError) -> KflyError:
    return KflyError(_("{path} cannot be created: {why}.", path=target, why=explain_os_error(error)))
