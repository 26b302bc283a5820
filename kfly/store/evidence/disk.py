"""Evidence as it lies on a disk: read before it is kept, and found again where an older kfly saw it."""

import os
import re
from hashlib import file_digest
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.plan.model import EvidenceFile

LARGEST = 50_000_000  # bytes
MEGABYTE = 1_000_000

_SPELLED_OUT = re.compile(rb"\\x([0-9a-f]{2})")


class ShownFile(NamedTuple):
    """A file that is shown as evidence: where it lies, and what it is."""

    path: Path
    file: EvidenceFile


def show(path: Path) -> ShownFile:
    """Read what a file is: its name, its size, its SHA-256.

    Raises:
        KflyError: it is missing, no ordinary file, too large, or cannot be read.
    """
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode) and not path.is_dir():  # a pipe would be waited for
            raise KflyError(_("{path} is no ordinary file; evidence is kept of files alone.", path=path))
        if about.st_size > LARGEST and not path.is_dir():
            raise _too_large(path, about.st_size)
        return ShownFile(path, EvidenceFile(_name(path), about.st_size, digest(path)))
    except OSError as error:
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=explain_os_error(error))) from None


def _too_large(path: Path, size: int) -> KflyError:
    return KflyError(
        _(
            "{path} is {size} MB large ({bytes} bytes), and a file of evidence may have {most} MB;"
            " make it smaller, or split it.",
            path=path,
            size=f"{size / MEGABYTE:,.1f}",
            bytes=f"{size:,}",
            most=LARGEST // MEGABYTE,
        )
    )


def _name(path: Path) -> str:
    """Return the name of a file as it can be kept: bytes that are not UTF-8 are spelled out."""
    return os.fsencode(path.absolute().name).decode(errors="backslashreplace")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def find(file: EvidenceFile) -> Path | None:
    """Find a file where it lay when it was shown, if it is there and still the same, and not too large."""
    try:
        path = _where(file.path)
        about = path.stat()
        if S_ISREG(about.st_mode) and about.st_size == file.size <= LARGEST and digest(path) == file.sha256:
            return path
    except (OSError, ValueError):  # a path that no system takes
        pass
    return None


def _where(spelled: str) -> Path:
    """Return a path as it was recorded; bytes of a name that are not UTF-8 were spelled out then."""
    path = Path(spelled)
    if "\\x" not in spelled or path.exists():
        return path
    return Path(os.fsdecode(_SPELLED_OUT.sub(lambda m: bytes([int(m[1], 16)]), spelled.encode())))
