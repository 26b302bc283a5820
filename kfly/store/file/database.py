"""Opening the file: whose it is, how new it is, and all or nothing of what is done with it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from time import monotonic, monotonic_ns, sleep

from kfly.errors import KflyError, reason
from kfly.locale import _
from kfly.store.file import journal, side_files
from kfly.store.file.identity import APPLICATION_ID, SCHEMA, header_of, must_be_ours
from kfly.store.file.refusals import closed, explained, name_of

__all__ = ["APPLICATION_ID", "SCHEMA", "creating", "reading", "step", "transaction", "writing"]

BUSY_SECONDS = 30
CACHE = 65536  # KiB that a writer may keep in memory: room for the indexes of a large import
# No side file can be made: a folder that is read-only, a disk that is full, no memory to share.
_UNOPENABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR_SHM")


@contextmanager
def reading(path: Path, *, again: bool = False) -> Iterator[sqlite3.Connection]:
    """Open for reading only; nothing can be written through this connection.

    Args:
        path: the file.
        again: this process has it open already. Then it is not looked at by itself: closing a file, however
            it was opened, would drop every lock that the process holds on it.

    Raises:
        KflyError: there is no database, or it is not one that this program can read.
    """
    journal.asked()
    alone = not again and _would_lie_in_the_way(path, header_of(path))
    with explained(path), ExitStack() as opened:
        db = opened.enter_context(_reading_as_it_lies(path) if alone else _reading_with_others(path))
        db.execute("BEGIN")  # one state of the file for all that is read, whoever writes meanwhile
        yield db


@contextmanager
def writing(path: Path, *, reshaping: bool = False) -> Iterator[sqlite3.Connection]:
    """Open and take the write lock at once; all that is done stays together, or nothing does.

    Args:
        path: the database.
        reshaping: references are held against the tables at the end alone, which may be made anew meanwhile.

    Raises:
        KflyError: as for :func:`reading`, or the file cannot be written.
    """
    wanted = journal.asked()
    kept = journal.kept(header_of(path))
    with explained(path):
        if wanted not in (None, kept):
            _change_journal(path, str(wanted))
        with closing(_connect(path, "rw")) as db:
            must_be_ours(db, path)
            journal.be_sure(db)
            db.execute(f"PRAGMA cache_size = -{CACHE}")
            if reshaping:
                db.execute("PRAGMA foreign_keys = OFF")  # no part of a transaction may change it
            try:
                with transaction(db):
                    side_files.share(path)
                    # What another program has left dangling is for “check” to find, not in the way of this.
                    before = _dangling(db) if reshaping else set()
                    yield db
                    if reshaping:
                        _must_be_no_more(_dangling(db) - before, path)
                    side_files.share(path)  # a rollback journal is made only now
            except BaseException:
                # What a failing disk left half done is taken back here and now, not by whoever comes next.
                with suppress(sqlite3.Error):
                    db.execute("PRAGMA user_version").fetchone()
                raise


def _dangling(db: sqlite3.Connection) -> set[tuple[str, int, str, int]]:
    """The rows that refer to ones that are not there."""
    return set(db.execute("PRAGMA foreign_key_check"))


def _must_be_no_more(dangling: set[tuple[str, int, str, int]], path: Path) -> None:
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
    journal.asked()
    _make(path, shared=shared)
    try:
        with explained(path), closing(_connect(path, "rw")) as db:
            # Before the log: so it stands in the file's own header, whatever happens to the log.
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            journal.begin(db)
            journal.be_sure(db)
            with transaction(db):
                yield db
                db.execute(f"PRAGMA user_version = {SCHEMA}")
        _see_onto_the_disk(path)
    except BaseException:
        side_files.remove(path)
        raise


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, holding the write lock from the start, so that a check and its insert see one state."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has already rolled back
            with suppress(sqlite3.Error):  # which would hide what happened; closing takes it back as well
                db.execute("ROLLBACK")
        raise


def _connect(path: Path, mode: str, seconds: float | None = None) -> sqlite3.Connection:
    uri = path.absolute().as_uri() + "?mode=" + mode
    timeout = BUSY_SECONDS if seconds is None else seconds
    db = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def _reading_with_others(path: Path) -> Iterator[sqlite3.Connection]:
    """Open as SQLite means it, with locks; where it cannot have its side files, read the file as it lies."""
    with ExitStack() as opened:
        try:
            # Not mode=ro: that one cannot clear away the side files, which then stand in a colleague's way.
            db = opened.enter_context(closing(_connect(path, "rw")))
            db.execute("PRAGMA query_only = ON")
            must_be_ours(db, path)
        except sqlite3.OperationalError as error:
            if not name_of(error).startswith(_UNOPENABLE):
                raise
            opened.close()
            db = opened.enter_context(_reading_as_it_lies(path))
        else:
            side_files.share(path)
        yield db


@contextmanager
def _reading_as_it_lies(path: Path) -> Iterator[sqlite3.Connection]:
    """Read the file without locks or side files; what is written meanwhile spoils it, and is noticed.

    Raises:
        KflyError: the file alone is not all of it, or did not stay as it was.
    """
    before = _stamp(path)
    if log := side_files.unmerged(path):
        if theirs := side_files.closed_to_us(path):
            raise KflyError(closed(path, theirs))
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
        if _stamp(path) != before:  # even an error says nothing then
            raise KflyError(_("{path} was written while it was read; try again.", path=path))


def _stamp(path: Path) -> tuple[int, int]:
    its = path.stat()
    return its.st_mtime_ns, its.st_size


def _would_lie_in_the_way(path: Path, header: bytes) -> bool:
    """Whether our side files would be the first, and the file's owner could not write to them."""
    return (
        journal.kept(header) == journal.LOG
        and side_files.found(path) is None
        and not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    )


def _change_journal(path: Path, wanted: str) -> None:
    """Have the file keep another journal, as soon as nobody else has it open.

    Raises:
        KflyError: somebody has, all the time.
    """
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            # A connection for each attempt: two that both wait with the file open would wait for each other.
            with closing(_connect(path, "rw", seconds=0.1)) as db:
                must_be_ours(db, path)
                journal.be_sure(db)
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


def _make(path: Path, *, shared: bool) -> None:
    """Make an empty file, ours alone or the folder's group's too.

    Raises:
        KflyError: it exists, or cannot be made.
    """
    if left := side_files.found(path):
        raise KflyError(
            _(
                "{path} cannot be created: {file} lies there, and belongs to a database of that name that"
                " is gone. Move it away first.",
                path=path,
                file=left.name,
            )
            if not os.path.lexists(path)
            else _("{path} exists already; nothing was changed. Choose another with --db.", path=path)
        )
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        raise KflyError(
            _("{path} exists already; nothing was changed. Choose another with --db.", path=path)
        ) from None
    except OSError as error:
        raise KflyError(_("{path} cannot be created: {why}.", path=path, why=reason(error))) from None
    if shared:
        with suppress(OSError):  # we are not of that group: then it is our own that shares
            os.fchown(handle, -1, path.absolute().parent.stat().st_gid)
        os.fchmod(handle, 0o660)  # the umask must not take the group's right away
    os.close(handle)


def _see_onto_the_disk(path: Path) -> None:
    try:
        side_files.sync(path)
    except OSError as error:
        raise KflyError(_("{path} cannot be created: {why}.", path=path, why=reason(error))) from None
