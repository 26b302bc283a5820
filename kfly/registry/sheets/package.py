"""What the workbook reader leaves out: cells merged in .ods, and cells whose formula has failed.

The reader gives a failed formula as an empty cell: a value would be lost without a word. In .xlsx and .ods
both stand in the XML inside the file, which is walked through only when a first look finds that there is any.
Python's own XML parser refuses the entities by which a small file can be made to unfold without end.
"""

import re
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import IO, NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.grid import Merge

CHUNK = 1 << 20  # bytes

# A first look goes over every byte of a sheet: these begin with a letter, which is ten times as fast as \b.
_FAILED = re.compile(rb"""t=["']e["']""")
_FAR = re.compile(rb"""r=["']([A-Z]{2,3})\d""")
_LAST_ROW = re.compile(rb"""[<:]row\b[^>]*?\br=["'](\d+)["']""")
_OF_INTEREST = re.compile(rb'value-type="error"|number-rows-spanned="(?!1")|number-columns-spanned="(?!1")')
MOST_CELLS, MOST_BYTES = 50_000_000, 1 << 30  # of a sheet, of the unpacked file
ONE_LETTER = 26  # columns before AA
_LONGEST_TAG = 1000  # bytes of one cell's opening tag

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


class SheetExtras(NamedTuple):
    """What the reader leaves out of a sheet."""

    merges: list[Merge]
    broken: set[tuple[int, int]]  # the row, counted from 1, and the column, from 0, of each failed formula


def read_extras(path: Path, sheet: str) -> SheetExtras:
    """Read what the workbook reader leaves out of a sheet."""
    if not zipfile.is_zipfile(path):
        return SheetExtras([], set(_find_failed_xls(path, sheet)))
    with zipfile.ZipFile(path) as package:
        if "content.xml" in package.namelist():
            return _read_ods(package, sheet)
        part = find_part(package, sheet)
        if part is None:
            return SheetExtras([], set())
        return SheetExtras([], set(_find_failed_xlsx(package, part)))


def _find_failed_xls(path: Path, sheet: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of type error in a sheet of Excel 97."""
    import xlrd

    try:
        with xlrd.open_workbook(str(path), on_demand=True, logfile=StringIO()) as book:
            cells = book.sheet_by_name(sheet)
            for row in range(cells.nrows):
                for column, sort in enumerate(cells.row_types(row)):
                    if sort == xlrd.XL_CELL_ERROR:
                        yield row + 1, column
    except xlrd.XLRDError:
        return  # older than Excel 97


def find_part(package: zipfile.ZipFile, sheet: str) -> str | None:
    """Find the part of an Excel file that holds a sheet."""
    names = package.namelist()
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}.issubset(names):
        return None
    book, relations = (
        ElementTree.fromstring(package.read(part))  # noqa: S314  (entities are refused, see above)
        for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in book.iter(MAIN + "sheet"):
        target = targets.get(element.get(_RELATION), "").removeprefix("/")
        part = target if target.startswith("xl/") else "xl/" + target
        if element.get("name") == sheet and part in names:
            return part
    return None


def is_too_large(path: Path) -> bool:
    """Tell whether the sheets of an Excel file span more cells than the reader has room for."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
            return True
        sheets = [part for part in package.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part)]
        return any(_estimate_cells(package, part) > MOST_CELLS for part in sheets)


def _estimate_cells(package: zipfile.ZipFile, part: str) -> int:
    """Estimate how many cells a sheet spans, the empty ones too."""
    rows, columns = 0, ONE_LETTER
    with package.open(part) as xml:
        for window in _read_windows(xml):
            columns = max(
                [columns, *(_column_number(letters.decode()) for letters in set(_FAR.findall(window)))]
            )
            if last := _LAST_ROW.search(window, max(window.rfind(b"<row"), window.rfind(b":row"), 1) - 1):
                rows = max(rows, int(last[1]))
    return rows * columns


def _find_failed_xlsx(package: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of type error in the XML of an Excel sheet."""
    row, column = 0, -1
    for event, element in walk(package, part, _FAILED):
        if element.tag == MAIN + "row":
            if event == "start":
                row, column = int(element.get("r", row + 1)), -1
            else:
                element.clear()
        elif element.tag == MAIN + "c" and event == "start":
            address = element.get("r", "").rstrip("0123456789")
            column = _column_number(address) if address else column + 1
            if element.get("t") == "e":
                yield row, column


def walk(
    package: zipfile.ZipFile, part: str, wanted: re.Pattern[bytes]
) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield the starts and ends of a part's elements, if a first look finds what is wanted in it."""
    with package.open(part) as xml:
        if not any(wanted.search(window) for window in _read_windows(xml)):
            return
    with package.open(part) as xml:
        # The parser refuses entities: see above.
        yield from ElementTree.iterparse(xml, events=("start", "end"))  # noqa: S314


def _read_windows(xml: IO[bytes]) -> Iterator[bytes]:
    """Yield the file in pieces that overlap, so that no cell is cut in two."""
    tail = b""
    while chunk := xml.read(CHUNK):
        yield tail + chunk
        tail = chunk[-_LONGEST_TAG:]


def _column_number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1


def _read_ods(package: zipfile.ZipFile, sheet: str) -> SheetExtras:
    """Read the merged and the failed cells of a sheet of an OpenDocument file."""
    found = SheetExtras([], set())
    inside, row = False, 1
    for event, element in walk(package, "content.xml", _OF_INTEREST):
        if element.tag == TABLE + "table":
            inside, row = event == "start" and element.get(TABLE + "name") == sheet, 1
        elif inside and event == "end" and element.tag == TABLE + "table-row":
            _read_row(element, row, found)
            row += int(element.get(TABLE + "number-rows-repeated", "1"))
            element.clear()
    return found


def _read_row(element: ElementTree.Element, row: int, found: SheetExtras) -> None:
    column = 0
    for cell in element:
        if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            continue
        rows, columns = (int(cell.get(TABLE + f"number-{way}-spanned", "1")) for way in ("rows", "columns"))
        if rows > 1 or columns > 1:
            found.merges.append(Merge(row, column, row + rows - 1, column + columns - 1))
        if cell.get(_ERROR) == "error":
            found.broken.add((row, column))
        column += int(cell.get(TABLE + "number-columns-repeated", "1"))
