"""OpenDocument sheets: merged cells, failed formulas, what is hidden."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from kfly.registry.sheets.grid import FAILED, Flaw, Hidden, Merge
from kfly.registry.sheets.workbooks.looks import Look
from kfly.registry.sheets.workbooks.xml import attribute, local_name, walk

CONTENT = "content.xml"
_AWAY = ("collapse", "filter")
MOST_REPEATED = 1 << 14  # columns of a sheet; what is repeated further holds nothing
_OF_INTEREST = re.compile(
    rb'value-type="error"|number-rows-spanned="(?!1")|number-columns-spanned="(?!1")'
    rb"""|table:visibility=["'](?:collapse|filter)["']"""
)


def look(path: Path, sheet: str) -> Look:
    """Look at a sheet of an OpenDocument file."""
    found = Look(merges=[])
    rows, columns = set[int](), set[int]()
    inside, row, column = False, 1, 0
    with zipfile.ZipFile(path) as package:
        for event, name, element in walk(package, CONTENT, _OF_INTEREST.search):
            if name == "table":
                inside, row, column = event == "start" and attribute(element, "name") == sheet, 1, 0
            elif inside and event == "start" and name == "table-column":
                number = _repeated(element, "columns")
                if attribute(element, "visibility") in _AWAY:
                    columns.update(range(column, column + min(number, MOST_REPEATED)))
                column += number
            elif inside and event == "end" and name == "table-row":
                number = _repeated(element, "rows")
                if attribute(element, "visibility") in _AWAY:
                    rows.update(range(row, row + min(number, MOST_REPEATED)))
                _look_at_row(element, row, found)
                row += number
                element.clear()
    found.hidden = Hidden(frozenset(rows), frozenset(columns))
    return found


def _repeated(element: ElementTree.Element, way: str) -> int:
    return int(attribute(element, f"number-{way}-repeated") or "1")


def _look_at_row(element: ElementTree.Element, row: int, found: Look) -> None:
    column = 0
    for cell in element:
        if local_name(cell) not in ("table-cell", "covered-table-cell"):
            continue
        rows, columns = (int(attribute(cell, f"number-{way}-spanned") or "1") for way in ("rows", "columns"))
        if (rows > 1 or columns > 1) and found.merges is not None:
            found.merges.append(Merge(row, column, row + rows - 1, column + columns - 1))
        if any(value == "error" for key, value in cell.attrib.items() if key.endswith("}value-type")):
            found.flaws[row, column] = Flaw(FAILED, "".join(_texts(cell)))
        column += _repeated(cell, "columns")


def _texts(cell: ElementTree.Element) -> Iterator[str]:
    return (text for part in cell for text in part.itertext())
