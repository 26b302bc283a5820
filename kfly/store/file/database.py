"""Opening the database file: to read, to write, or as a new one, each time in one transaction."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from time import monotonic, monotonic_ns, sleep

from kfly.errors import InDoubtError, KflyError, explain_os_error
from kfly.locale import _
from kfly.store.file import journal
from kfly.store.file.identity import (
    APPLICATION_ID,
    SCHEMA,
    explain_closed,
    explaining,
    must_be_ours,
    name_of,
    read_header,
)

__all__ = [
    "APPLICATION_ID",
    "SCHEMA",
    "close_scratch",
    "copying",
    "creating",
    "keeps_readers_apart",
    "reading",
    "step",
    "transaction",
    "writing",
]

BUSY_SECONDS = 30
CACHE = 65536  # KiB that a writer may keep in memory: room for the indexes of a large import
# SQLite cannot make a side file: the folder is read-only, the disk is full, or no memory can be shared.
_UNOPENABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR_SHM")

# What fails before a commit can count: its last page was not written, or nobody could be told of it.
_UNDONE_FOR_CERTAIN = ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM", "SQLITE_IOERR_NOMEM", "SQLITE_IOERR_LOCK")


@contextmanager
def reading(
    path: Path, *, again: bool = False, patience: float | None = None, scratch: bool = False
) -> Iterator[sqlite3.Connection]:
    """Open a database for reading only; nothing can be written through this connection.

    Args:
        path: the file.
        again: this process has it open already. Then its header is not read first: to close the file,
            however it was opened, would drop every lock that the process holds on it.
        patience: the seconds to wait while somebody else has it locked; as long as is usual otherwise.
        scratch: temporary tables may be made in it, in memory, before :func:`close_scratch`.

    Raises:
        KflyError: there is no database, or it is not one that this program can read.
    """
    journal.read_asked()
    alone = not again and _would_block_owner(path, read_header(path))
    with explaining(path), ExitStack() as opened:
        db = opened.enter_context(
            _reading_without_locks(path) if alone else _reading_with_locks(path, patience)
        )
        if scratch:
            db.execute("PRAGMA query_only = OFF")  # it refuses temporary tables too
            db.execute("PRAGMA temp_store = MEMORY")
        db.execute("BEGIN")  # one state of the file for all that is read, whoever writes meanwhile
        yield db


def close_scratch(db: sqlite3.Connection) -> None:
    """Let nothing more be written, not even temporary tables."""
    db.execute("PRAGMA query_only = ON")


@contextmanager
def writing(path: Path, *, reshaping: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a database and take the write lock at once; all that is done is kept, or nothing is.

    Args:
        path: the database.
        reshaping: tables may be made anew; references between rows are checked only at the end.

    Raises:
        KflyError: as for :func:`reading`, or the file cannot be written.
    """
    wanted = journal.read_asked()
    kept = journal.read_kept(read_header(path))
    with explaining(path):
        if wanted not in (None, kept):
            _change_journal(path, str(wanted))
        with closing(_connect(path, "rw")) as db:
            must_be_ours(db, path)
            journal.make_durable(db)
            db.execute(f"PRAGMA cache_size = -{CACHE}")
            if reshaping:
                db.execute("PRAGMA foreign_keys = OFF")  # it cannot be set inside a transaction
            try:
                with transaction(db):
                    journal.share_side_files(path)
                    # What another program has left dangling is for “check” to report; it does not stop this.
                    before = _find_dangling(db) if reshaping else set()
                    yield db
                    if reshaping:
                        _refuse_dangling(_find_dangling(db) - before, path)
                    journal.share_side_files(path)  # a rollback journal exists only now
            except BaseException:
                # Roll back at once what a failing disk left half done, not when the next program comes.
                with suppress(sqlite3.Error):
                    db.execute("PRAGMA user_version").fetchone()
                raise


def keeps_readers_apart(path: Path) -> bool:
    """Tell whether somebody who reads for long keeps nobody from writing."""
    return journal.read_kept(read_header(path)) == journal.LOG


@contextmanager
def copying(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a private copy of a database, in which anything can be tried; nobody waits for it, and it is gone.

    References between rows are not checked in it, as where tables are made anew.

    Raises:
        KflyError: as for :func:`reading`, or there is no room for a copy.
    """
    with explaining(path), closing(sqlite3.connect("", isolation_level=None)) as db:
        with reading(path) as source:
            source.backup(db)
        db.execute("PRAGMA foreign_keys = OFF")
        with transaction(db):
            yield db


def _find_dangling(db: sqlite3.Connection) -> set[tuple[str, int, str, int]]:
    """Find the rows that refer to rows that are not there."""
    return set(db.execute("PRAGMA foreign_key_check"))


def _refuse_dangling(dangling: set[tuple[str, int, str, int]], path: Path) -> None:
    if dangling:
        table, row, parent, _constraint = min(dangling, key=str)
        raise KflyError(
            _(
                "{table} #{row} refers to a row of {parent} that is not there; nothing was changed ({path}).",
                table=table,
                row=row,
                parent=parent,
                path=path,
            )
        )


@contextmanager
def step(db: sqlite3.Connection) -> Iterator[None]:
    """Run a part of a transaction that is rolled back by itself when it fails."""
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
    """Create a new database, readable by its owner alone (or writable by the group), and fill it at once.

    Raises:
        KflyError: the file exists, or cannot be made there.
    """
    from kfly.store.file import parts  # no command but those that make a file needs it

    journal.read_asked()
    _must_be_free(path)
    try:
        with suppress(FileNotFoundError):
            path.lstat()  # a name that is too long is refused before the work is done
        with parts.making(path.absolute().parent) as part:
            if shared:
                _share(part.handle, path.absolute().parent)
            with explaining(path), closing(_connect(part.path, "rw")) as db:
                # Before the write-ahead log begins: so it stands in the file's own header, come what may.
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                journal.begin(db)
                journal.make_durable(db)
                with transaction(db):
                    yield db
                    db.execute(f"PRAGMA user_version = {SCHEMA}")
                # To close it would say nothing of a page that could not be brought over from the log.
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            journal.sync_to_disk(part.path)
            parts.give_name(part.path, path)
    except InDoubtError:  # all of it has been removed again
        raise KflyError(
            _("{path} could not be read or written: the disk reports an error.", path=path)
        ) from None
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise KflyError(
            _("{path} cannot be created: {why}.", path=path, why=explain_os_error(error))
        ) from None


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Run all or nothing, with the write lock from the start: a check and its insert see the same state."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        _commit(db)
    except BaseException:
        if db.in_transaction:  # a full disk has already rolled back
            with suppress(sqlite3.Error):  # it would hide the first error; closing rolls back as well
                db.execute("ROLLBACK")
        raise


def _commit(db: sqlite3.Connection) -> None:
    """Make the change last.

    Raises:
        InDoubtError: the disk failed when all had been written: it may be found there, or may not.
    """
    try:
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        name = name_of(error)
        if name.startswith("SQLITE_IOERR") and not name.startswith(_UNDONE_FOR_CERTAIN):
            raise InDoubtError(
                _(
                    "The disk reported an error at the very end: whether it was done is not certain."
                    " “kfly log” shows what is there; “kfly check” looks the file over."
                )
            ) from error
        raise


def _connect(path: Path, mode: str, seconds: float | None = None) -> sqlite3.Connection:
    uri = path.absolute().as_uri() + "?mode=" + mode
    timeout = BUSY_SECONDS if seconds is None else seconds
    db = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def _reading_with_locks(path: Path, patience: float | None) -> Iterator[sqlite3.Connection]:
    """Open with SQLite's usual locks; where it cannot make its side files, read the file as it lies."""
    with ExitStack() as opened:
        try:
            # Not mode=ro: it cannot remove the side files in the end, and they would block a colleague.
            db = opened.enter_context(closing(_connect(path, "rw", patience)))
            db.execute("PRAGMA query_only = ON")
            must_be_ours(db, path)
        except sqlite3.OperationalError as error:
            if not name_of(error).startswith(_UNOPENABLE):
                raise
            opened.close()
            db = opened.enter_context(_reading_without_locks(path))
        else:
            journal.share_side_files(path)
        yield db


@contextmanager
def _reading_without_locks(path: Path) -> Iterator[sqlite3.Connection]:
    """Read the file without locks or side files, and refuse the result if somebody writes meanwhile.

    Raises:
        KflyError: a side file holds a part of the data, or the file was written while it was read.
    """
    before = _stamp(path)
    if log := journal.find_unmerged(path):
        if theirs := journal.find_closed_to_us(path):
            raise KflyError(explain_closed(path, theirs))
        raise KflyError(
            _(
                "{path} cannot be read here: {log} holds the rest of a change, and the folder is read-only"
                " or full. Copy both elsewhere, or have the owner run a command.",
                path=path,
                log=log.name,
            )
        )
    try:
        with closing(_connect(path, "ro&immutable=1")) as db:
            must_be_ours(db, path)
            yield db
    finally:
        if _stamp(path) != before:  # then even an error proves nothing
            raise KflyError(_("{path} was written while it was read; try again.", path=path))


def _stamp(path: Path) -> tuple[int, int]:
    its = path.stat()
    return its.st_mtime_ns, its.st_size


def _would_block_owner(path: Path, header: bytes) -> bool:
    """Tell whether our side files would be the first, and the file's owner could not write to them."""
    return (
        journal.read_kept(header) == journal.LOG
        and journal.find_side_file(path) is None
        and not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    )


def _change_journal(path: Path, wanted: str) -> None:
    """Make the file keep another journal, as soon as nobody else has it open.

    Raises:
        KflyError: somebody else has it open all the time.
    """
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            # A new connection for each attempt: two that keep the file open would wait for each other.
            with closing(_connect(path, "rw", seconds=0.1)) as db:
                must_be_ours(db, path)
                journal.make_durable(db)
                return journal.change(db, wanted)
        except sqlite3.OperationalError as error:
            if not name_of(error).startswith("SQLITE_BUSY"):
                raise
        if monotonic() > until:
            raise KflyError(
                _(
                    "{path} is in use, and {name}={value} waits until nobody else has it open;"
                    " nothing was changed.",
                    path=path,
                    name=journal.VARIABLE,
                    value=wanted,
                )
            )
        sleep(0.01 + monotonic_ns() % 90_000_000 / 1e9)  # not in step with the others


def _must_be_free(path: Path) -> None:
    """Check that a database can have this name.

    Raises:
        KflyError: it exists, or what is left of another one of that name would be read into it.
    """
    if os.path.lexists(path):
        raise _exists(path)
    if left := journal.find_side_file(path):
        raise KflyError(
            _(
                "{path} cannot be created: {file} lies there, and belongs to a database of that name that"
                " is gone. Move it away first.",
                path=path,
                file=left.name,
            )
        )


def _exists(path: Path) -> KflyError:
    return KflyError(_("{path} exists already; nothing was changed. Choose another with --db.", path=path))


def _share(handle: int, folder: Path) -> None:
    """Let the folder's group write a new database too."""
    with suppress(OSError):  # we are not in that group: then our own one shares the file
        os.fchown(handle, -1, folder.stat().st_gid)
    os.fchmod(handle, 0o660)  # the umask must not take the group's right away
