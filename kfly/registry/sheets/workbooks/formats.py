"""What a workbook is by its first bytes; a name says what somebody called it, and a zip may end any file."""

import zipfile
from pathlib import Path

XLSX, XLSB, ODS, XLS = "xlsx", "xlsb", "ods", "xls"

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST = 4096  # bytes
_BARE_RECORDS = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")  # Excel before 5, without a container
_FLAT = b"opendocument:xmlns:office:1.0"  # in the first tag of a flat file
_BOOKS = {"content.xml": ODS, "encrypted-package": ODS, "xl/workbook.xml": XLSX, "xl/workbook.bin": XLSB}


def tell_format(path: Path) -> str | None:
    """Tell which format a workbook is in; None for none that is known.

    Raises:
        OSError: it cannot be read.
        BadZipFile: it is a package that is damaged.
    """
    with path.open("rb") as file:
        first = file.read(_FIRST)
    if first.startswith(_ZIP):
        with zipfile.ZipFile(path) as package:
            return tell_package(package)
    if first.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") and _FLAT in first:
        return ODS
    return XLS if first.startswith(_COMPOUND) or first.startswith(_BARE_RECORDS) else None


def tell_package(package: zipfile.ZipFile) -> str | None:
    """Tell which format a package is in, by the part that lists its sheets."""
    parts = list_parts(package)
    found = [form for part, form in _BOOKS.items() if part in parts]
    if not found and any(part.endswith("/workbook.xml") or part == "workbook.xml" for part in parts):
        found = [XLSX]  # the relations of the package may put it anywhere
    return found[0] if found else None


def list_parts(package: zipfile.ZipFile) -> dict[str, str]:
    r"""Map each part's plain name to the one it has: some programs write XL\Workbook.xml."""
    return {fold_part(name): name for name in package.namelist()}


def fold_part(name: str) -> str:
    """Return the name of a part as packages compare it: small letters, slashes, none in front."""
    return name.replace("\\", "/").lstrip("/").casefold()


def weigh(path: Path) -> int:
    """Return how many bytes there are to parse, unpacked.

    Raises:
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return sum(part.file_size for part in package.infolist())
    except zipfile.BadZipFile:
        return path.stat().st_size
