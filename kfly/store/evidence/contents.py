"""The bytes of evidence, in the database by their SHA-256.

They are written and read a piece at a time, so that a large file needs no more memory than a small one.
"""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import NoReturn

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.store.evidence.disk import ShownFile
from kfly.store.schema.tables import has_table

TABLE, COLUMN = "evidence_files", "contents"
PIECE = 1 << 20  # bytes


def is_here(db: sqlite3.Connection) -> bool:
    """Tell whether a database keeps bytes at all; one of schema 3 does once it is written to."""
    return has_table(db, TABLE)


def read_kept(db: sqlite3.Connection) -> frozenset[str]:
    """Read the SHA-256 of all files whose bytes are kept; the bytes are not touched."""
    if not is_here(db):
        return frozenset()
    return frozenset(row[0] for row in db.execute("SELECT sha256 FROM evidence_files"))


def keep(db: sqlite3.Connection, shown: ShownFile) -> None:
    """Bring the bytes of a file into the database, unless they are there and sound.

    Raises:
        KflyError: the file cannot be read any more, or was written meanwhile.
    """
    if digest(db, shown.file.sha256) == shown.file.sha256:
        return
    db.execute(
        "INSERT INTO evidence_files (sha256, size, contents) VALUES (?1, ?2, zeroblob(?2))"
        " ON CONFLICT (sha256) DO UPDATE SET size = ?2, contents = zeroblob(?2)",
        (shown.file.sha256, shown.file.size),
    )
    try:
        _fill(db, shown)
    except OSError as error:
        why = explain_os_error(error)
        raise KflyError(_("{path} cannot be read: {why}.", path=shown.path, why=why)) from None


def _fill(db: sqlite3.Connection, shown: ShownFile) -> None:
    """Copy a file's bytes into the room that was made for them, and see that they are those of before."""
    seen, left = sha256(), shown.file.size
    with (
        shown.path.open("rb") as source,
        db.blobopen(TABLE, COLUMN, _row(db, shown.file.sha256) or 0) as room,
    ):
        while piece := source.read(PIECE):
            left -= len(piece)
            if left < 0:
                _was_written(shown)
            seen.update(piece)
            room.write(piece)
    if left or seen.hexdigest() != shown.file.sha256:
        _was_written(shown)


def _was_written(shown: ShownFile) -> NoReturn:
    raise KflyError(_("{path} was written while it was read; try again.", path=shown.path))


def read_pieces(db: sqlite3.Connection, named: str) -> Iterator[bytes]:
    """Yield the bytes of a file, by its SHA-256; nothing for one that is not kept."""
    row = _row(db, named)
    if row is not None:
        with db.blobopen(TABLE, COLUMN, row, readonly=True) as kept:
            while piece := kept.read(PIECE):
                yield piece


def digest(db: sqlite3.Connection, named: str) -> str | None:
    """Return the SHA-256 that the bytes kept as ``named`` have; None where there are none."""
    if _row(db, named) is None:
        return None
    seen = sha256()
    for piece in read_pieces(db, named):
        seen.update(piece)
    return seen.hexdigest()


def _row(db: sqlite3.Connection, named: str) -> int | None:
    if not is_here(db):
        return None
    row = db.execute("SELECT rowid FROM evidence_files WHERE sha256 = ?", (named,)).fetchone()
    return int(row[0]) if row else None
