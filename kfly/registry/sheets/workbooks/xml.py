"""The XML inside a workbook: walked through element by element, after a first look whether that is worth it.

Python's own XML parser refuses the entities by which a small file can be made to unfold without end. Elements
are known by their local names: the strict dialect of Open XML has other namespaces, other programs prefixes.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO
from xml.etree import ElementTree

from kfly.registry.sheets.workbooks.formats import list_parts

CHUNK = 1 << 20  # bytes
MOST_CELLS, MOST_BYTES = 50_000_000, 1 << 30  # of a sheet, of the unpacked file
ONE_LETTER = 26  # columns before AA
_LONGEST_TAG = 1000  # bytes of one cell's opening tag

# These begin with a letter, which is ten times as fast as \b.
_FAR = re.compile(rb"""r=["']([A-Z]{2,3})\d""")
_LAST_ROW = re.compile(rb"""[<:]row\b[^>]*?\br=["'](\d+)["']""")

Event = tuple[str, str, ElementTree.Element]  # start or end, the local name, the element
Wanted = Callable[[bytes], object]  # whether a window of bytes holds anything that is looked for


def walk(package: zipfile.ZipFile, part: str, wanted: Wanted | None = None) -> Iterator[Event]:
    """Yield the starts and ends of a part's elements, if a first look finds what is wanted in it."""
    if wanted is not None and not holds(package, part, wanted):
        return
    with package.open(part) as xml:
        # The parser refuses entities: see above.
        for event, element in ElementTree.iterparse(xml, events=("start", "end")):  # noqa: S314
            yield event, local_name(element), element


def holds(package: zipfile.ZipFile, part: str, wanted: Wanted) -> bool:
    """Tell whether any window of a part holds what is wanted."""
    with package.open(part) as xml:
        return any(wanted(window) for window in _read_windows(xml))


def parse(package: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """Parse a small part as a whole."""
    return ElementTree.fromstring(package.read(part))  # noqa: S314  (entities are refused, see above)


def local_name(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    """Find the first child with a local name."""
    return next((child for child in element if local_name(child) == name), None)


def attribute(element: ElementTree.Element, name: str) -> str | None:
    """Return an attribute by its local name, whatever its namespace."""
    if (value := element.get(name)) is not None:
        return value
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), None)


def is_too_large(package: zipfile.ZipFile) -> bool:
    """Tell whether the sheets of an Excel file span more cells than the reader has room for."""
    if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
        return True
    sheets = [
        name
        for plain, name in list_parts(package).items()
        if plain.endswith(".xml") and ("/worksheets/" in plain or plain.startswith("worksheets/"))
    ]
    return any(_estimate_cells(package, part) > MOST_CELLS for part in sheets)


def _estimate_cells(package: zipfile.ZipFile, part: str) -> int:
    """Estimate how many cells a sheet spans, the empty ones too."""
    rows, columns = 0, ONE_LETTER
    with package.open(part) as xml:
        for window in _read_windows(xml):
            columns = max(
                [columns, *(column_number(letters.decode()) for letters in set(_FAR.findall(window)))]
            )
            if last := _LAST_ROW.search(window, max(window.rfind(b"<row"), window.rfind(b":row"), 1) - 1):
                rows = max(rows, int(last[1]))
    return rows * columns


def _read_windows(xml: IO[bytes]) -> Iterator[bytes]:
    """Yield the file in pieces that overlap, so that no cell is cut in two."""
    tail = b""
    while chunk := xml.read(CHUNK):
        yield tail + chunk
        tail = chunk[-_LONGEST_TAG:]


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 0, by its letters."""
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1
