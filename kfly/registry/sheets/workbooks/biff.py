"""The records of a workbook of Excel 97 and before, walked through for what its formulas have come to.

A record is its number, its length, and that many bytes. Those of the whole book come first, then those of
each sheet. Numbers of records and places in them are those of [MS-XLS], and of OpenOffice's paper on older
dialects.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from struct import unpack_from

from kfly.registry.sheets.workbooks.looks import Place

_BOF = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}  # the dialect it begins; the last may be 8
_EOF, _CODE_PAGE, _SHEET, _SHEET_HEADER, _FORMAT = 0x000A, 0x0042, 0x0085, 0x008F, 0x041E
_FORMULAS = (0x0006, 0x0206, 0x0406)
_ERRORS = (0x0005, 0x0205)
_SHARED, _ARRAY = 0x04BC, 0x0221
_FAILED, _EMPTY = 2, 3  # results that are no numbers begin with these
_TOKENS_BEGIN = {_SHARED: 8, _ARRAY: 12}

_SUMMARY = "\x05SummaryInformation"  # who wrote it, and when: libraries leave it out

UNICODE = 8  # the dialect whose texts are Unicode: Excel 97 and later
_EXCEL_2, _EXCEL_5, _VERSION_8 = 2, 5, 0x0600
_UTF_16 = 1200
_OWN_FORMATS = range(50, 164)  # a file may number its own from 50 on; readers take some of them for days
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


@dataclass
class SheetFormulas:
    """What the formulas of one sheet have come to."""

    failed: dict[Place, str] = field(default_factory=dict)  # with what is shown there
    empty: dict[Place, bytes] = field(default_factory=dict)  # nothing, or no text; with the formula's tokens
    shared: dict[Place, bytes] = field(default_factory=dict)  # tokens that other formulas point to
    with_result: int = 0  # how many have any other


@dataclass
class Book:
    """What was found in the records of a whole workbook."""

    dialect: int = 0
    code_page: int | None = None
    is_of_office: bool = False  # written by Excel, WPS or LibreOffice, who calculate; not by a library
    is_misread: bool = False  # python-calamine would read some of it wrongly
    sheets: list[SheetFormulas] = field(default_factory=list)  # of cells, as they stand in the book

    @property
    def was_calculated(self) -> bool:
        """Tell whether the formulas of the book were ever calculated."""
        return self.is_of_office or any(sheet.with_result for sheet in self.sheets)


def read_book(path: Path) -> Book:
    """Walk through a workbook's records.

    Raises:
        Exception: they are damaged, or in a container that is.
    """
    stream, is_of_office = _read_stream(path)
    book = Book(_tell_dialect(stream), is_of_office=is_of_office)
    starts = _read_globals(stream, book)
    book.sheets = [_read_sheet(stream, start, book) for start in starts]
    return book


def _read_stream(path: Path) -> tuple[bytes, bool]:
    """Take the records out of their container, if they have one; tell whether an office program made it."""
    from xlrd.compdoc import SIGNATURE, CompDoc

    content = path.read_bytes()
    if not content.startswith(SIGNATURE):
        return content, False
    container = CompDoc(content, logfile=StringIO(), ignore_workbook_corruption=True)
    for name in ("Workbook", "Book"):  # Excel 5 and 97 side by side: the later one
        stream, start, length = container.locate_named_stream(name)
        if stream:
            summary, _start, _length = container.locate_named_stream(_SUMMARY)
            return bytes(stream[start : start + length]), bool(summary)
    raise ValueError(path)


def _tell_dialect(stream: bytes) -> int:
    number, version = unpack_from("<HxxH", stream)
    dialect = _BOF[number]
    return UNICODE if dialect == _EXCEL_5 and version >= _VERSION_8 else dialect


def _walk(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield where each record stands, its number and its content, to the end of what begins here."""
    depth = 0  # a chart within a sheet begins and ends as the sheet does
    while at + 4 <= len(stream):
        number, length = unpack_from("<HH", stream, at)
        if number in _BOF:
            depth += 1
        elif number == _EOF:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield at, number, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _read_globals(stream: bytes, book: Book) -> list[int]:
    """Read the records of the whole book; return where each sheet of cells begins."""
    starts: list[int] = []
    formats = False
    for at, number, content in _walk(stream, 0):
        if number == _CODE_PAGE:
            (book.code_page,) = unpack_from("<H", content)
        elif number == _SHEET and content[5] == 0:
            starts += unpack_from("<I", content)
        elif number == _SHEET_HEADER:
            starts.append(at + 4 + len(content))
        elif number == _FORMAT and unpack_from("<H", content)[0] in _OWN_FORMATS:
            formats = True
    is_foreign = book.code_page not in ((_UTF_16, None) if book.dialect == UNICODE else (936, 1252))
    book.is_misread = formats or is_foreign
    return starts if book.dialect >= _EXCEL_5 or starts else [0]


def _read_sheet(stream: bytes, start: int, book: Book) -> SheetFormulas:
    found = SheetFormulas()
    last: Place = (0, 0)
    if unpack_from("<H", stream, start)[0] not in _BOF:
        raise ValueError(start)
    for _at, number, content in _walk(stream, start):
        if number in _FORMULAS:
            last = _read_formula(content, book.dialect, found)
            book.is_misread |= book.dialect == UNICODE and number != _FORMULAS[0]
        elif number in _TOKENS_BEGIN:
            found.shared[last] = _cut_tokens(content, _TOKENS_BEGIN[number])
        elif number in _ERRORS:
            code, is_error = content[-2:] if book.dialect < UNICODE else content[6:8]
            if is_error:
                found.failed[_place(content)] = ERRORS.get(code, "#ERROR!")
    return found


def _read_formula(content: bytes, dialect: int, found: SheetFormulas) -> Place:
    place = _place(content)
    result = content[7:15] if dialect == _EXCEL_2 else content[6:14]
    is_empty = result[6:] == b"\xff\xff" and result[0] == _EMPTY
    found.with_result += not is_empty
    if is_empty:
        found.empty[place] = _cut_tokens(content, 20)
    elif result[6:] == b"\xff\xff" and result[0] == _FAILED:
        found.failed[place] = ERRORS.get(result[2], "#ERROR!")
    return place


def _place(content: bytes) -> Place:
    row, column = unpack_from("<HH", content)
    return row + 1, column


def _cut_tokens(content: bytes, at: int) -> bytes:
    (length,) = unpack_from("<H", content.ljust(at + 2, b"\0"), at)
    return content[at + 2 : at + 2 + length]
