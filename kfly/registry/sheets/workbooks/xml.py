"""The XML inside a workbook: walked through element by element, after a first look whether that is worth it.

Python's own XML parser refuses the entities by which a small file can be made to unfold without end. Elements
are known by their local names: the strict dialect of Open XML has other namespaces, other programs prefixes.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, NamedTuple
from xml.etree import ElementTree

CHUNK = 1 << 20  # bytes
MOST_CELLS, MOST_BYTES = 50_000_000, 1 << 30  # of a sheet, of the unpacked file
ONE_LETTER = 26  # columns before AA
_LONGEST_TAG = 1000  # bytes of one cell's opening tag

# These begin with a letter, which is ten times as fast as \b.
_FAR = re.compile(rb"""r=["']([A-Z]{2,3})\d""")
_INDENTED = re.compile(rb"row[^>]*>\s+<")
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


class Survey(NamedTuple):
    """What a first pass over the bytes of a sheet has shown."""

    cells: int  # about how many it spans, the empty ones too
    is_of_interest: bool  # something stands in it that was looked for


def survey(package: zipfile.ZipFile, part: str, needles: Sequence[bytes]) -> Survey:
    """Go over the bytes of an Open XML sheet once, and no further than is worth it.

    Args:
        package: the workbook.
        part: the sheet.
        needles: what makes the sheet interesting, as it stands in plain XML; in XML with prefixes or indents
            any sheet is interesting.
    """
    rows, columns, is_of_interest = 0, ONE_LETTER, False
    with package.open(part) as xml:
        for number, window in enumerate(_read_windows(xml)):
            is_of_interest = (
                is_of_interest
                or (not number and _is_unusual(window))
                or any(needle in window for needle in needles)
            )
            columns = max(
                [columns, *(column_number(letters.decode()) for letters in set(_FAR.findall(window)))]
            )
            if last := _LAST_ROW.search(window, max(window.rfind(b"<row"), window.rfind(b":row"), 1) - 1):
                rows = max(rows, int(last[1]))
    return Survey(rows * columns, is_of_interest)


def _is_unusual(beginning: bytes) -> bool:
    """Tell whether a sheet has prefixes, single quotes or indents."""
    return b"<sheetData" not in beginning or b" r='" in beginning or _INDENTED.search(beginning) is not None


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
