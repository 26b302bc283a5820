"""Open XML sheets, of Excel and of others: what the workbook reader leaves out of them."""

import re
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from kfly.plan.dates import read_moment
from kfly.registry.sheets.grid import FAILED, STRUCK, UNCALCULATED, Flaw, Hidden
from kfly.registry.sheets.workbooks.formats import fold_part, list_parts
from kfly.registry.sheets.workbooks.looks import Look, NotLocatedError, Place
from kfly.registry.sheets.workbooks.number_formats import show_with_unit
from kfly.registry.sheets.workbooks.relations import find_related
from kfly.registry.sheets.workbooks.rich_texts import judge_runs, read_runs
from kfly.registry.sheets.workbooks.styles import Style, read_styles
from kfly.registry.sheets.workbooks.xml import (
    MOST_CELLS,
    attribute,
    column_number,
    local_name,
    survey,
    walk,
)

_TRUE = ("1", "true")
_BOOK = "xl/workbook.xml"
# What makes it worth to walk through a sheet.
_NEEDLES = (
    *(b't="e"', b't="d"'),  # a failed formula, a day
    *(b'hidden="1"', b'hidden="true"'),
    *(b"</f></c>", b"/></c>", b"<v></v>"),  # a formula without a result, a shared one, an empty result
    *(b"vertAlign", b"strike"),
)
_MOST_STYLES = 20  # looked for one by one
_RICH = re.compile(rb"vertAlign|strike")


class _Book(NamedTuple):
    """What a workbook says for all its sheets."""

    sheets: dict[str, str]  # the part of each
    styles: dict[str, Style]
    texts: dict[str, Flaw]  # shared ones that have a flaw, by their numbers
    is_stale: bool  # it asks to be calculated when it is opened

    @property
    def needles(self) -> list[bytes]:
        """What makes it worth to walk through one of its sheets."""
        styles = [f's="{number}"'.encode() for number in self.styles]
        return [
            *_NEEDLES,
            *(styles if len(styles) <= _MOST_STYLES else [b' s="']),
            *([b't="s"'] if self.texts else []),
            *([b"<f"] if self.is_stale else []),
        ]


class Looks:
    """A workbook, and the looks of its sheets.

    Raises:
        MemoryError: a sheet spans more cells than the reader has room for.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.path = path
            self.book = _read_book(package)
            self.surveys = {
                sheet: survey(package, part, self.book.needles) for sheet, part in self.book.sheets.items()
            }
        if any(found.cells > MOST_CELLS for found in self.surveys.values()):
            raise MemoryError

    def look(self, sheet: str) -> Look:
        """Look at a sheet.

        Raises:
            NotLocatedError: its cells cannot be found.
        """
        if sheet not in self.surveys:
            raise NotLocatedError(sheet)
        if not self.surveys[sheet].is_of_interest:
            return Look()
        with zipfile.ZipFile(self.path) as package:
            return _Looking(self.book).look(package, self.book.sheets[sheet])


def _read_book(package: zipfile.ZipFile) -> _Book:
    parts = list_parts(package)
    started = find_related(package, parts).get("officeDocument", [("", parts.get(_BOOK, _BOOK))])
    start = started[0][1]
    related = find_related(package, parts, fold_part(start))
    targets = {number: part for found in related.values() for number, part in found}
    sheets, is_stale = {}, False
    for event, name, element in walk(package, start):
        if event == "start" and name == "sheet":
            part = targets.get(attribute(element, "id") or "")
            sheets.update({element.get("name", ""): part} if part else {})
        elif name == "calcPr":
            is_stale |= element.get("fullCalcOnLoad") in _TRUE
    styles, texts = (related.get(sort, [("", None)])[0][1] for sort in ("styles", "sharedStrings"))
    return _Book(sheets, read_styles(package, styles), _read_texts(package, texts), is_stale)


def _read_texts(package: zipfile.ZipFile, part: str | None) -> dict[str, Flaw]:
    """Read which of the shared texts have a flaw."""
    found: dict[str, Flaw] = {}
    number = 0
    for event, name, element in walk(package, part, _RICH.search) if part else ():
        if event == "end" and name == "si":
            if flaw := judge_runs(read_runs(element)):
                found[str(number)] = flaw
            number += 1
            element.clear()
    return found


class _Looking:
    """A sheet being walked through."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.row, self.column = 0, -1
        self.rows, self.columns = set[int](), set[int]()
        self.results: dict[Place, str] = {}  # of formulas
        self.found = Look()

    def look(self, package: zipfile.ZipFile, part: str) -> Look:
        """Walk through the sheet."""
        for event, name, element in walk(package, part):
            if event == "start":
                self._enter(name, element)
            elif name == "c":
                self._judge(element)
            elif name == "row":
                element.clear()
        if self.book.is_stale and set(self.results.values()) == {"0"}:  # none was ever calculated
            self.found.flaws.update({place: Flaw(UNCALCULATED, "0") for place in self.results})
        self.found.hidden = Hidden(frozenset(self.rows), frozenset(self.columns))
        return self.found

    def _enter(self, name: str, element: ElementTree.Element) -> None:
        if name == "row":
            self.row, self.column = int(element.get("r", self.row + 1)), -1
            if element.get("hidden") in _TRUE:
                self.rows.add(self.row)
        elif name == "c":
            address = element.get("r", "").rstrip("0123456789")
            self.column = column_number(address) if address else self.column + 1
        elif name == "col" and element.get("hidden") in _TRUE:
            self.columns.update(range(int(element.get("min", "1")) - 1, int(element.get("max", "1"))))

    def _judge(self, cell: ElementTree.Element) -> None:
        """Note what is wrong with a cell, and in which unit it is shown."""
        place, sort = (self.row, self.column), cell.get("t", "n")
        parts = {local_name(part): part for part in cell}
        value = (parts["v"].text or "").strip() if "v" in parts else None
        flaw = self._find_flaw(sort, value, parts)
        style = self.book.styles.get(cell.get("s", "0"))
        if flaw is None and style and style.is_struck and (value or "is" in parts):
            flaw = Flaw(STRUCK, value if value and sort == "n" else "")
        if flaw:
            self.found.flaws[place] = flaw
        elif sort == "d" and value:
            with suppress(ValueError):  # what is no day is told where it is read
                self.found.values[place] = read_moment(value)
        elif sort == "n" and value:
            if "f" in parts:
                self.results[place] = value
            if style and style.code and (shown := show_with_unit(float(value), style.code)):
                self.found.shown[place] = shown

    def _find_flaw(self, sort: str, value: str | None, parts: dict[str, ElementTree.Element]) -> Flaw | None:
        if sort == "e":
            return Flaw(FAILED, value or "#ERROR!")
        if "f" in parts and (value is None or (value == "" and sort != "str")):
            return Flaw(UNCALCULATED, f"={parts['f'].text or ''}")
        if sort == "s":
            return self.book.texts.get(value or "")
        return judge_runs(read_runs(parts["is"])) if "is" in parts else None
