"""OpenDocument files being opened: packages, and flat files, which are nothing but XML."""

import zipfile
from pathlib import Path

from kfly.registry.sheets.workbooks.formats import list_parts
from kfly.registry.sheets.workbooks.ods.styles import Styles
from kfly.registry.sheets.workbooks.ods.tables import Table, read_document, read_tables

_MANIFEST, _SEALED = "meta-inf/manifest.xml", "encrypted-package"


class LockedError(Exception):
    """The file is locked by a password."""


def open_tables(path: Path) -> list[Table]:
    """Read the sheets of a file.

    Raises:
        OSError: it cannot be read.
        LockedError: it is locked by a password.
        NotLocatedError: it has formulas, and its program leaves out those that have failed.
        TooFarError: something stands where no sheet reaches.
    """
    if not zipfile.is_zipfile(path):
        with path.open("rb") as flat:
            return read_document(flat, Styles())
    with zipfile.ZipFile(path) as package:
        if _is_locked(package):
            raise LockedError
        return read_tables(package)


def _is_locked(package: zipfile.ZipFile) -> bool:
    parts = list_parts(package)
    return _SEALED in parts or (_MANIFEST in parts and b"encryption-data" in package.read(parts[_MANIFEST]))
