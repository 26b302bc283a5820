"""Opening the file: whose it is, how new it is, and what SQLite's refusals mean to a person."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kfly.errors import KflyError, reason
from kfly.locale import _

APPLICATION_ID = 0x6B666C79  # "kfly": SQLite keeps it in the file's header
SCHEMA = 2  # user_version of a database that this program writes
BUSY_SECONDS = 30
CACHE = 65536  # KiB that a writer may keep in memory: room for the indexes of a large import

_HEADER = b"SQLite format 3\x00"
_VERSION_AT, _APPLICATION_AT = 60, 68  # where a file's header keeps them, in four bytes each


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open for reading only; nothing can be written through this connection.

    Raises:
        KflyError: there is no database, or it is not one that this program can read.
    """
    _must_be_a_database(path)
    with _explained(path):
        # Not mode=ro: that one cannot clear away the log's side files, which then stand in a colleague's way.
        db = _connect(path, "rw")
        try:
            db.execute("PRAGMA query_only = ON")
            try:
                _must_be_ours(*_marks(db), path)
            except sqlite3.OperationalError as error:
                if not _is_unopenable(error) or _has_a_log(path):
                    raise
                # A write-ahead log needs a side file, which a read-only folder refuses; nobody can be
                # writing there either, so the file may be read as it lies.
                db.close()
                db = _connect(path, "ro&immutable=1")
                _must_be_ours(*_marks(db), path)
            db.execute("BEGIN")  # one state of the file for all that is read, whoever writes meanwhile
            yield db
        finally:
            db.close()


@contextmanager
def writing(path: Path, *, reshaping: bool = False) -> Iterator[sqlite3.Connection]:
    """Open and take the write lock at once; all that is done stays together, or nothing does.

    Args:
        path: the database.
        reshaping: references are held against the tables at the end alone, which may be made anew meanwhile.

    Raises:
        KflyError: as for :func:`reading`, or the file cannot be written.
    """
    _must_be_a_database(path)
    with _explained(path):
        db = _connect(path, "rw")
        try:
            _must_be_ours(*_marks(db), path)
            db.execute("PRAGMA synchronous = FULL")
            db.execute(f"PRAGMA cache_size = -{CACHE}")
            if reshaping:
                db.execute("PRAGMA foreign_keys = OFF")  # no part of a transaction may change it
            with transaction(db):
                yield db
                if reshaping:
                    _must_refer_to_something(db, path)
        finally:
            db.close()


def _must_refer_to_something(db: sqlite3.Connection, path: Path) -> None:
    """See that no row refers to one that is not there."""
    dangling = db.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise KflyError(
            _(
                "{table} #{row} refers to a row of {parent} that is not there; nothing was changed ({path}).",
                table=dangling[0],
                row=dangling[1],
                parent=dangling[2],
                path=path,
            )
        )


@contextmanager
def step(db: sqlite3.Connection) -> Iterator[None]:
    """A part of a transaction that is taken back alone when it fails."""
    db.execute("SAVEPOINT step")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK TO step")
            db.execute("RELEASE step")
        raise
    db.execute("RELEASE step")


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
        raise KflyError(_("{path} cannot be created: {why}.", path=path, why=reason(error))) from None
    try:
        if shared:
            os.fchmod(handle, 0o660)  # the umask must not take the group's right away
        os.close(handle)
        with _explained(path):
            db = _connect(path, "rw")
            try:
                # Before the log: so it stands in the file's own header, whatever happens to the log.
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                # The file keeps this journal for good: readers and a writer do not wait for each other.
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
                with transaction(db):
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
    return db


def _must_be_a_database(path: Path) -> None:
    """Looks at the file alone: SQLite would lay side files beside another program's."""
    try:
        with path.open("rb") as file:
            header = file.read(_APPLICATION_AT + 4)
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
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=reason(error))) from None
    if not header.startswith(_HEADER):
        raise KflyError(
            _("{path} is not a database; nothing was changed. Name kfly's own with --db.", path=path)
        )
    application, version = (
        int.from_bytes(header[at : at + 4], "big") for at in (_APPLICATION_AT, _VERSION_AT)
    )
    _must_be_ours(application, version, path)


def _marks(db: sqlite3.Connection) -> tuple[int, int]:
    """Whose a database is and how new, its log included."""
    application, version = (
        db.execute(f"PRAGMA {mark}").fetchone()[0] for mark in ("application_id", "user_version")
    )
    return application, version


def _must_be_ours(application: int, version: int, path: Path) -> None:
    if application != APPLICATION_ID:
        raise KflyError(_("{path} belongs to another program; nothing was changed.", path=path))
    if version > SCHEMA:
        raise KflyError(
            _(
                "{path} was written by a newer kfly; nothing was changed. Install that one to use it.",
                path=path,
            )
        )


def _has_a_log(path: Path) -> bool:
    """Whether committed changes may lie beside the file, where reading it alone would miss them."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _is_unopenable(error: sqlite3.OperationalError) -> bool:
    return str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """What SQLite refuses, said as one line that a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise KflyError(explain(error, path)) from error
    except UnicodeEncodeError as error:
        if error.encoding != "utf-8":
            raise
        # An argument that is not UTF-8 arrives as lone surrogates, which SQLite cannot keep.
        shown = error.object.encode(errors="backslashreplace").decode()
        raise KflyError(f"{shown}: {_('is not valid UTF-8 text')}") from None


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
