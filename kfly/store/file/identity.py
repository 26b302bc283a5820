"""Whether a file is a kfly database that this program can use: its header, and what SQLite refuses of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.store.file import journal

APPLICATION_ID = 0x6B666C79  # "kfly": SQLite keeps it in the file's header
SCHEMA = 13  # user_version of a database that this program writes

_SHUT_OUT = ("SQLITE_CANTOPEN", "SQLITE_READONLY")
_HEADER = b"SQLite format 3\x00"
_VERSION_AT, APPLICATION_AT = 60, 68  # where a file's header keeps them, in four bytes each


class NotOursError(KflyError):
    """A file is no database that this program can read; ``reason`` says why, without any advice."""

    def __init__(self, reason: str, *lines: str) -> None:
        super().__init__(*lines)
        self.reason = reason


def read_header(path: Path) -> bytes:
    """Read a file's header, and check that it is a kfly database.

    SQLite is not asked: it would make side files beside another program's database.

    Raises:
        KflyError: there is no such file, or it is not a kfly database, or a newer kfly's.
    """
    try:
        with path.open("rb") as file:
            header = file.read(APPLICATION_AT + 4)
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
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=explain_os_error(error))) from None
    if not header.startswith(_HEADER):
        if journal.find_unmerged(path):  # only a database has side files, so this was one
            raise KflyError(_("{path} is damaged; restore a copy of it.", path=path))
        raise NotOursError(
            _("it is not a database"),
            _("{path} is not a database; nothing was changed. Name kfly's own with --db.", path=path),
        )
    application, version = (
        int.from_bytes(header[at : at + 4], "big") for at in (APPLICATION_AT, _VERSION_AT)
    )
    _must_be_ours(application, version, path)
    return header


def must_be_ours(db: sqlite3.Connection, path: Path) -> None:
    """Check through SQLite, which reads the write-ahead log too, that a database is a kfly database.

    Raises:
        KflyError: it is another program's, or a newer kfly's.
    """
    application, version = (
        db.execute(f"PRAGMA {mark}").fetchone()[0] for mark in ("application_id", "user_version")
    )
    _must_be_ours(application, version, path)
    if version == 0:  # set with the last of the first transaction
        import shlex

        raise NotOursError(
            _("it holds no plan: the “kfly init” that began it was broken off"),
            _(
                "{path} holds no plan: the “kfly init” that began it was broken off. Move it away"
                " (“{command}”) and run “kfly init” again.",
                path=path,
                command=shlex.join(["mv", str(path), f"{path}.broken"]),
            ),
        )


def _must_be_ours(application: int, version: int, path: Path) -> None:
    if application != APPLICATION_ID:
        raise NotOursError(
            _("it belongs to another program"),
            _("{path} belongs to another program; nothing was changed.", path=path),
        )
    if version > SCHEMA:
        raise NotOursError(
            _("it was written by a newer kfly"),
            _(
                "{path} was written by a newer kfly; nothing was changed. Install that one to use it.",
                path=path,
            ),
        )


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn what SQLite refuses into one line that a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise KflyError(explain(error, path)) from error
    except UnicodeDecodeError as error:  # garbled text in a row, or quoted in SQLite's own message
        raise KflyError(_("{path} is damaged; restore a copy of it.", path=path)) from error
    except UnicodeEncodeError as error:
        if error.encoding != "utf-8":
            raise
        # An argument that is not UTF-8 arrives as lone surrogates, which SQLite cannot keep.
        shown = error.object.encode(errors="backslashreplace").decode()
        raise KflyError(f"{shown}: {_('is not valid UTF-8 text')}") from None


def name_of(error: sqlite3.Error) -> str:
    """Return SQLite's own name for an error; empty for one that Python raised."""
    return str(getattr(error, "sqlite_errorname", ""))


def explain(error: sqlite3.DatabaseError, path: Path) -> str:
    """Say what an error of SQLite's means to a person."""
    name = name_of(error)
    if name.startswith(_SHUT_OUT) and (theirs := journal.find_closed_to_us(path)):
        return explain_closed(path, theirs)
    in_use = _("{path} is in use by another program; try again in a moment.", path=path)
    full = _("The disk is full; nothing was changed. Free some room and try again.")
    meanings = {
        "SQLITE_BUSY": in_use,
        "SQLITE_PROTOCOL": in_use,  # too many others came and went while it waited
        "SQLITE_FULL": full,
        "SQLITE_IOERR_SHMSIZE": full,  # not even room for the file that tells others who is at work
        "SQLITE_READONLY": _("{path} or its folder is read-only; nothing was changed.", path=path),
        "SQLITE_CANTOPEN": _("{path} cannot be opened: its folder cannot be written.", path=path),
        "SQLITE_CORRUPT": _("{path} is damaged; restore a copy of it.", path=path),
        "SQLITE_NOTADB": _(
            "{path} is not a database; nothing was changed. Name kfly's own with --db.", path=path
        ),
        # A quota, too, or a limit on the size of files.
        "SQLITE_IOERR_WRITE": _(
            "{path} could not be written: the disk reports an error, or allows no more room.", path=path
        ),
        "SQLITE_IOERR": _("{path} could not be read or written: the disk reports an error.", path=path),
    }
    for code, meaning in meanings.items():
        if name.startswith(code):
            return meaning
    return _("SQLite refused, nothing was changed: {why} ({path}).", why=error, path=path)


def explain_closed(path: Path, theirs: Path) -> str:
    """Say what to do about a side file that somebody else's program has made for itself alone."""
    return _(
        "{path} cannot be opened: {file} beside it is somebody else's. Its owner, or the administrator, has"
        " to let the group in: “chmod g+ws {folder}” and “chgrp {group} {file}; chmod g+rw {file}”.",
        path=path,
        file=theirs,
        folder=theirs.parent,
        group=journal.group_name(path),
    )
