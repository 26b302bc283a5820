"""Checks that a file is a kfly database, and not one of a newer kfly."""

import sqlite3
from pathlib import Path

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.store.file import side_files

APPLICATION_ID = 0x6B666C79  # "kfly": SQLite keeps it in the file's header
SCHEMA = 3  # user_version of a database that this program writes

_HEADER = b"SQLite format 3\x00"
_VERSION_AT, _APPLICATION_AT = 60, 68  # where a file's header keeps them, in four bytes each


def read_header(path: Path) -> bytes:
    """Read a file's header, and check that it is a kfly database.

    SQLite is not asked: it would make side files beside another program's database.

    Raises:
        KflyError: there is no such file, or it is not a kfly database, or a newer kfly's.
    """
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
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=explain_os_error(error))) from None
    if not header.startswith(_HEADER):
        if side_files.find_unmerged(path):  # only a database has side files, so this was one
            raise KflyError(_("{path} is damaged; restore a copy of it.", path=path))
        raise KflyError(
            _("{path} is not a database; nothing was changed. Name kfly's own with --db.", path=path)
        )
    application, version = (
        int.from_bytes(header[at : at + 4], "big") for at in (_APPLICATION_AT, _VERSION_AT)
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
