"""Open XML sheets, of Excel and of others: failed formulas, and what is hidden."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from kfly.registry.sheets.grid import FAILED, Flaw, Hidden
from kfly.registry.sheets.workbooks.formats import fold_part, list_parts
from kfly.registry.sheets.workbooks.looks import Look
from kfly.registry.sheets.workbooks.xml import attribute, column_number, find, parse, walk

_TRUE = ("1", "true")
_BOOK = "xl/workbook.xml"
_OF_INTEREST = re.compile(rb"""t=["']e["']|hidden=["'](?:1|true)["']""")


def look(path: Path, sheet: str) -> Look:
    """Look at a sheet of an Open XML workbook."""
    with zipfile.ZipFile(path) as package:
        part = find_part(package, sheet)
        return _Looking().look(package, part) if part else Look()


def find_part(package: zipfile.ZipFile, sheet: str) -> str | None:
    """Find the part of the workbook that holds a sheet."""
    parts = list_parts(package)
    folder, _, file = _BOOK.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if _BOOK not in parts or relations not in parts:
        return None
    targets = {
        relation.get("Id"): relation.get("Target", "") for relation in parse(package, parts[relations])
    }
    for _event, name, element in walk(package, parts[_BOOK]):
        if name == "sheet" and element.get("name") == sheet:
            target = fold_part(targets.get(attribute(element, "id"), ""))
            for plain in (target, f"{folder}/{target}"):
                if plain in parts:
                    return parts[plain]
    return None


class _Looking:
    """A sheet being walked through."""

    def __init__(self) -> None:
        self.row, self.column = 0, -1
        self.rows, self.columns = set[int](), set[int]()
        self.found = Look()

    def look(self, package: zipfile.ZipFile, part: str) -> Look:
        """Walk through the sheet, if anything in it is of interest."""
        for event, name, element in walk(package, part, _OF_INTEREST.search):
            if event == "start":
                self._enter(name, element)
            elif name == "c":
                self._judge(element)
            elif name == "row":
                element.clear()
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
        """Note what is wrong with a cell."""
        if cell.get("t") == "e":
            value = find(cell, "v")
            shown = (value is not None and value.text) or "#ERROR!"
            self.found.flaws[self.row, self.column] = Flaw(FAILED, shown)
