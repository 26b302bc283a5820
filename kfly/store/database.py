"""Opening the file: whose it is, how new it is, and what SQLite's refusals mean to a person."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kfly.errors import KflyError
from kfly.locale import _

APPLICATION_ID = 0x6B666C79  # "kfly": SQLite keeps it in the file's header
SCHEMA = 1  # user_version of a database that this program writes
BUSY_SECONDS = 30

_HEADER = b"SQLite format 3\x00"


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open for reading only; nothing can be written through this connection.

    Raises:
        KflyError: there is no database, or it is not one that this program can read.
    """
    _must_be_a_database(path)
    with _explained(path):
        db = _connect(path, "ro")
        try:
            try:
                _must_be_ours(db, path)
            except sqlite3.OperationalError:
                # A write-ahead log needs a side file, which a read-only folder refuses; nobody can be
                # writing there either, so the file may be read as it lies.
                db.close()
                db = _connect(path, "ro&immutable=1")
                _must_be_ours(db, path)
            yield db
        finally:
            db.close()


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open and take the write lock at once; all that is done stays together, or nothing does.

    Raises:
        KflyError: as for :func:`reading`, or the file cannot be written.
    """
    _must_be_a_database(path)
    with _explained(path):
        db = _connect(path, "rw")
        try:
            _must_be_ours(db, path)
            with transaction(db):
                yield db
        finally:
            db.close()


@contextmanager
def creating(path: Path, *, shared: bool = False) -> Iterator[sqlite3.Connection]:
    """Make a new file, readable by its owner alone (or writable by the group), and fill it at once.

    Raises:
        KflyError: the file exists, or cannot be made there.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        raise KflyError(
            _("{path} exists already; nothing was changed. Choose another with --db.", path=path)
        ) from None
    except OSError as error:
        raise KflyError(_("{path} cannot be created: {why}.", path=path, why=error.strerror)) from None
    try:
        if shared:
            os.fchmod(handle, 0o660)  # the umask must not take the group's right away
        os.close(handle)
        with _explained(path):
            db = _connect(path, "rw")
            try:
                # The file keeps this journal for good: readers and a writer do not wait for each other.
                db.execute("PRAGMA journal_mode = WAL")
                with transaction(db):
                    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    yield db
                    db.execute(f"PRAGMA user_version = {SCHEMA}")
            finally:
                db.close()
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, holding the write lock from the start, so that a check and its insert see one state."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # a full disk has already rolled back
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = path.absolute().as_uri() + "?mode=" + mode
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")
    return db


def _must_be_a_database(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except FileNotFoundError:
        raise KflyError(
            _(
                "There is no database {path}. Run “kfly init” here, or name one with --db or KFLY_DB.",
                path=path,
            )
        ) from None
    except IsADirectoryError:
        raise KflyError(_("{path} is a folder, not a database.", path=path)) from None
    except OSError as error:
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=error.strerror)) from None
    if header != _HEADER:
        raise KflyError(
            _("{path} is not a database; nothing was changed. Name kfly's own with --db.", path=path)
        )


def _must_be_ours(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise KflyError(_("{path} belongs to another program; nothing was changed.", path=path))
    if db.execute("PRAGMA user_version").fetchone()[0] > SCHEMA:
        raise KflyError(
            _(
                "{path} was written by a newer kfly; nothing was changed. Install that one to use it.",
                path=path,
            )
        )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """What SQLite refuses, said as one line that a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise KflyError(explain(error, path)) from error


def explain(error: sqlite3.DatabaseError, path: Path) -> str:
    """The person's reading of an error of SQLite's."""
    name = str(getattr(error, "sqlite_errorname", ""))
    meanings = {
        "SQLITE_BUSY": _("{path} is in use by another program; try again in a moment.", path=path),
        "SQLITE_FULL": _("The disk is full; nothing was changed. Free some room and try again.", path=path),
        "SQLITE_READONLY": _("{path} or its folder is read-only; nothing was changed.", path=path),
        "SQLITE_CANTOPEN": _("{path} cannot be opened: its folder cannot be written.", path=path),
        "SQLITE_CORRUPT": _("{path} is damaged; restore a copy of it.", path=path),
        "SQLITE_NOTADB": _(
            "{path} is not a database; nothing was changed. Name kfly's own with --db.", path=path
        ),
        "SQLITE_IOERR": _("{path} could not be read or written: the disk reports an error.", path=path),
    }
    for code, meaning in meanings.items():
        if name.startswith(code):
            return meaning
    return _("SQLite refused, nothing was changed: {why} ({path}).", why=error, path=path)
