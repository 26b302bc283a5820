"""Rows and columns that a sheet hides, by hand or by a filter: they are read all the same, and told of.

The workbook reader does not say which they are; in .xlsx and .ods it stands in the XML inside the file, which
is walked through only when a first look finds that there is any.
"""

import re
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from kfly.registry.sheets.grid import Hidden
from kfly.registry.sheets.package import MAIN, TABLE, find_part, walk

_HIDDEN_XLSX = re.compile(rb"""hidden=["'](?:1|true)["']""")
_HIDDEN_ODS = re.compile(rb"""table:visibility=["'](?:collapse|filter)["']""")
_TRUE = ("1", "true")
_AWAY = ("collapse", "filter")
MOST_REPEATED = 1 << 14  # columns of a sheet; what is repeated further holds nothing


Place = tuple[bool, int]  # whether it is a row, and its number


def read_hidden(path: Path, sheet: str) -> Hidden:
    """Read which rows and columns a sheet of a workbook hides."""
    places = set(_find_hidden(path, sheet))
    return Hidden(
        frozenset(number for is_row, number in places if is_row),
        frozenset(number for is_row, number in places if not is_row),
    )


def _find_hidden(path: Path, sheet: str) -> Iterator[Place]:
    if not zipfile.is_zipfile(path):
        yield from _find_in_xls(path, sheet)
        return
    with zipfile.ZipFile(path) as package:
        if "content.xml" in package.namelist():
            yield from _find_in_ods(package, sheet)
        elif part := find_part(package, sheet):
            yield from _find_in_xlsx(package, part)


def _find_in_xls(path: Path, sheet: str) -> Iterator[Place]:
    import xlrd

    try:
        with xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, logfile=StringIO()) as book:
            found = book.sheet_by_name(sheet)
            yield from ((True, row + 1) for row, its in found.rowinfo_map.items() if its.hidden)
            yield from ((False, column) for column, its in found.colinfo_map.items() if its.hidden)
    except Exception:
        return


def _find_in_xlsx(package: zipfile.ZipFile, part: str) -> Iterator[Place]:
    row = 0
    for event, element in walk(package, part, _HIDDEN_XLSX):
        if event == "end":
            element.clear()
        elif element.tag == MAIN + "row":
            row = int(element.get("r", row + 1))
            if element.get("hidden") in _TRUE:
                yield True, row
        elif element.tag == MAIN + "col" and element.get("hidden") in _TRUE:
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            yield from ((False, column - 1) for column in range(first, last + 1))


def _find_in_ods(package: zipfile.ZipFile, sheet: str) -> Iterator[Place]:
    inside, row, column = False, 1, 0
    for event, element in walk(package, "content.xml", _HIDDEN_ODS):
        if element.tag == TABLE + "table":
            inside, row, column = event == "start" and element.get(TABLE + "name") == sheet, 1, 0
        elif event == "end" and element.tag == TABLE + "table-row":
            element.clear()
        elif inside and event == "start" and element.tag in (TABLE + "table-row", TABLE + "table-column"):
            is_row = element.tag == TABLE + "table-row"
            way, here = ("rows", row) if is_row else ("columns", column)
            number = int(element.get(TABLE + f"number-{way}-repeated", "1"))
            if element.get(TABLE + "visibility") in _AWAY:
                yield from ((is_row, here + n) for n in range(min(number, MOST_REPEATED)))
            row, column = (row + number, column) if is_row else (row, column + number)
