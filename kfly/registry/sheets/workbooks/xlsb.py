"""Binary workbooks of Excel, whose parts are those of Open XML, written as records instead of XML."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from typing import IO, NamedTuple

from kfly.registry.sheets.grid import FAILED, STRUCK, Flaw, Hidden, Merge, text_of
from kfly.registry.sheets.workbooks.biff import ERRORS
from kfly.registry.sheets.workbooks.formats import list_parts
from kfly.registry.sheets.workbooks.looks import Look, NotLocatedError
from kfly.registry.sheets.workbooks.number_formats import show_with_unit
from kfly.registry.sheets.workbooks.relations import find_related
from kfly.registry.sheets.workbooks.xlsb_records import read_small_number, read_text, walk_records
from kfly.registry.sheets.workbooks.xlsb_styles import Styles, read_styles, read_texts

_BOOK = "workbook.bin"
_SHEET = 156  # of the book: its state, number, relation and name
_ROW, _COLUMNS, _MERGE = 0, 60, 176
_SMALL_NUMBER, _FAILED, _NUMBERS, _SHARED_TEXT, _TEXTS, _RICH_TEXT = 2, (3, 11), (5, 9), 7, (6, 8), 62
_HIDDEN_ROW, _HIDDEN_COLUMNS = 0x10, 0x01
_MOST_COLUMNS = 1 << 14
_CONTENT = 8  # bytes of a cell before it: the column and the style


class _Book(NamedTuple):
    """What a workbook says for all its sheets."""

    sheets: dict[str, str]  # the part of each
    styles: Styles
    texts: list[bytes]


def look(path: Path, sheet: str) -> Look:
    """Look at a sheet of a binary workbook.

    Raises:
        NotLocatedError: its cells cannot be found.
    """
    with zipfile.ZipFile(path) as package:
        book = _read_book(package)
        if sheet not in book.sheets:
            raise NotLocatedError(sheet)
        with package.open(book.sheets[sheet]) as records:
            return _Looking(book).look(records)


def _read_book(package: zipfile.ZipFile) -> _Book:
    parts = list_parts(package)
    start = next((plain for plain in parts if plain.rpartition("/")[2] == _BOOK), _BOOK)
    if start not in parts:
        raise NotLocatedError(start)
    related = find_related(package, parts, start)
    by_number = {number: part for found in related.values() for number, part in found}
    with package.open(parts[start]) as records:
        listed = {name: by_number[number] for number, name in _list_sheets(records) if number in by_number}
    styles, texts = (related.get(sort, [("", None)])[0][1] for sort in ("styles", "sharedStrings"))
    return _Book(listed, read_styles(package, styles), read_texts(package, texts))


def _list_sheets(records: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Yield the number of the relation of each sheet, and its name."""
    for number, content in walk_records(records):
        if number == _SHEET:
            relation, at = read_text(content, 8)
            yield relation, read_text(content, at)[0]


class _Looking:
    """A sheet being walked through."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.row = 0
        self.rows, self.columns = set[int](), set[int]()
        self.merges: list[Merge] = []
        self.found = Look(self.merges)

    def look(self, records: IO[bytes]) -> Look:
        """Walk through the records of the sheet."""
        for number, content in walk_records(records):
            if number == _ROW:
                self.row = unpack_from("<I", content)[0] + 1
                if content[11] & _HIDDEN_ROW:
                    self.rows.add(self.row)
            elif number == _COLUMNS:
                first, last = unpack_from("<II", content)
                if content[16] & _HIDDEN_COLUMNS:
                    self.columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
            elif number == _MERGE:
                top, bottom, left, right = unpack_from("<4I", content)
                self.merges.append(Merge(top + 1, left, bottom + 1, right))
            else:
                self._look_at_cell(number, content)
        self.found.hidden = Hidden(frozenset(self.rows), frozenset(self.columns))
        return self.found

    def _look_at_cell(self, number: int, content: bytes) -> None:
        if number in _FAILED:
            self._fault(content, Flaw(FAILED, ERRORS.get(content[_CONTENT], "#ERROR!")))
        elif number == _SMALL_NUMBER:
            self._look_at_number(content, read_small_number(content, _CONTENT))
        elif number in _NUMBERS:
            self._look_at_number(content, unpack_from("<d", content, _CONTENT)[0])
        elif number == _SHARED_TEXT:
            (at,) = unpack_from("<I", content, _CONTENT)
            if at < len(self.book.texts):
                self._look_at_text(content, self.book.texts[at])
        elif number in _TEXTS:
            self._look_at_text(content, b"\0" + content[_CONTENT:])
        elif number == _RICH_TEXT:
            self._look_at_text(content, content[_CONTENT:])

    def _look_at_number(self, cell: bytes, number: float) -> None:
        code, font = self.book.styles.look(_style(cell))
        if font.is_struck:
            self._fault(cell, Flaw(STRUCK, text_of(number)))
        elif code and (shown := show_with_unit(number, code)):
            self.found.shown[self.row, unpack_from("<I", cell)[0]] = shown

    def _look_at_text(self, cell: bytes, text: bytes) -> None:
        styles = self.book.styles
        if flaw := styles.judge(text, styles.look(_style(cell)).font):
            self._fault(cell, flaw)

    def _fault(self, cell: bytes, flaw: Flaw) -> None:
        self.found.flaws[self.row, unpack_from("<I", cell)[0]] = flaw


def _style(cell: bytes) -> int:
    return int.from_bytes(cell[4:7], "little")
