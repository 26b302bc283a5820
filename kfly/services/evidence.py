"""Evidence of tasks: files that are shown, kept with a task, and written out again."""

import os
import re
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.plan.model import Evidence, Task
from kfly.registry.sheets.outfile import number_names
from kfly.store.evidence import contents, disk, rows
from kfly.store.evidence.disk import ShownFile
from kfly.store.file import journal, parts

NAMELESS = "evidence"  # what a file is called of whose name nothing can be written
LONGEST_NAME = 200  # bytes; most file systems take 255, a number is put behind it
LONGEST_SUFFIX = 20
# What some file system takes for a path, a drive or a wildcard, or refuses; and what turns a line around.
_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class WrittenFile(NamedTuple):
    """A file of evidence that was to be written out: where it is, or why it is nowhere."""

    evidence: Evidence
    path: Path | None
    why: str = ""


def show(paths: Iterable[Path]) -> list[ShownFile]:
    """Read what is shown as evidence, each file once; of two with one name, the second gets a number.

    Raises:
        KflyError: one is missing, no ordinary file, too large, or cannot be read.
    """
    shown: list[ShownFile] = []
    for path in paths:
        file = disk.show(path)
        if file.file not in [other.file for other in shown]:
            names = {other.file.path for other in shown}
            shown.append(file._replace(file=file.file._replace(path=_free(file.file.path, names))))
    return shown


def _free(name: str, taken: Container[str]) -> str:
    return next(one for one in number_names(name) if one not in taken)


def keep(db: sqlite3.Connection, shown: Iterable[ShownFile]) -> None:
    """Bring the bytes of files into the database.

    Raises:
        KflyError: a file cannot be read any more, or was written since it was shown.
    """
    for file in shown:
        contents.keep(db, file)


def add(db: sqlite3.Connection, task: Task, shown: Sequence[ShownFile], note: int | None = None) -> None:
    """Keep files with a task, or with feedback on it, of this number."""
    keep(db, shown)
    for file in shown:
        rows.add(db, task, file.file, note)


def find_new(db: sqlite3.Connection, task: Task, shown: Iterable[ShownFile]) -> list[ShownFile]:
    """Find the files that a task does not have yet, by name and contents, or whose bytes are not sound."""
    known = {(one.file.name, one.file.sha256) for one in rows.read_for_task(db, task)}
    return [
        one
        for one in shown
        if (one.file.name, one.file.sha256) not in known
        or contents.digest(db, one.file.sha256) != one.file.sha256
    ]


def save(
    db: sqlite3.Connection, kept: Iterable[Evidence], folder: Path, database: Path
) -> Iterator[WrittenFile]:
    """Write evidence out into a folder, which is made if need be; no file there is ever replaced.

    A file that is there already, with the same contents, counts as written.

    Args:
        db: the database, open.
        kept: what is to be written.
        folder: where to.
        database: its file, which decides who may open what is written, and whose own names are not free.

    Raises:
        KflyError: a file cannot be written there.
    """
    for evidence in kept:
        digest = contents.digest(db, evidence.file.sha256)
        if digest is None:
            yield WrittenFile(evidence, None, _("its bytes are not kept"))
        elif digest != evidence.file.sha256:
            yield WrittenFile(evidence, None, _("its bytes are damaged; see “kfly check”"))
        else:
            yield WrittenFile(evidence, _write(db, evidence, folder, database))


def _write(db: sqlite3.Connection, evidence: Evidence, folder: Path, database: Path) -> Path:
    name = make_safe(evidence.file.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        access = parts.choose_access(database, folder)
        places = (folder / one for one in number_names(name))
        for path in (place for place in places if not journal.is_beside(place, database)):
            if _has(path, evidence) or _make(db, evidence, path, access):
                return path
    except OSError as error:
        where, why = folder / name, explain_os_error(error)
        raise KflyError(_("{path} cannot be written: {why}.", path=where, why=why)) from None
    raise AssertionError(name)  # there is always another number


def _has(path: Path, evidence: Evidence) -> bool:
    """Tell whether a file with these contents is there."""
    with suppress(OSError):
        return (
            path.is_file()
            and path.stat().st_size == evidence.file.size
            and disk.digest(path) == evidence.file.sha256
        )
    return False


def _make(db: sqlite3.Connection, evidence: Evidence, path: Path, access: parts.Access) -> bool:
    """Write a new file, which has its name when it is whole; return False where there is one of the name."""
    if os.path.lexists(path):
        return False
    with parts.making(path.parent, access) as part:
        with os.fdopen(os.dup(part.handle), "wb") as file:
            for piece in contents.read_pieces(db, evidence.file.sha256):
                file.write(piece)
        journal.sync_to_disk(part.path)
        try:
            parts.give_name(part.path, path)
        except FileExistsError:
            return False
    return True


def make_safe(name: str) -> str:
    """Return a name that every file system takes: no part of a path, no sign that is special somewhere."""
    plain = _UNSAFE.sub("_", name.rpartition("/")[2]).strip(" .") or NAMELESS
    if _DEVICES.fullmatch(plain):
        plain = f"_{plain}"
    stem, suffix = os.path.splitext(plain)  # noqa: PTH122  (no path, only a name)
    if len(suffix.encode()) > LONGEST_SUFFIX:
        stem, suffix = plain, ""
    room = LONGEST_NAME - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore") + suffix
