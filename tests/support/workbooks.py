"""Workbooks as Excel sees them: what stands in their XML beside the values, and ways to fill them in."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import python_calamine as calamine
import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"=?'?([^'!]+)'?!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")


class Check(NamedTuple):
    """The input check of some cells."""

    type: str
    top: int  # the first row, counted from 1
    bottom: int
    first: str  # formula1, as it stands
    second: str
    style: str  # stop: nothing else is taken
    message: str


class Pane(NamedTuple):
    """What stays in sight."""

    state: str
    rows: int
    columns: int


class Workbook:
    """A workbook, its parts read one by one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        book = calamine.load_workbook(path)
        self.values: dict[str, list[list[Any]]] = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in self.names()
        }

    @property
    def seen(self) -> dict[str, list[list[Any]]]:
        """The values of the sheets that are not hidden."""
        return {name: self.values[name] for name in self.names("visible")}

    def names(self, state: str = "") -> list[str]:
        """The sheets; only those in this state, if one is named."""
        return [
            sheet.attrib["name"]
            for sheet in self._xml("xl/workbook.xml").iter(MAIN + "sheet")
            if not state or sheet.get("state", "visible") == state
        ]

    def pane(self, sheet: str) -> Pane | None:
        found = next(self._sheet(sheet).iter(MAIN + "pane"), None)
        if found is None:
            return None
        return Pane(
            found.get("state", ""), int(float(found.get("ySplit", 0))), int(float(found.get("xSplit", 0)))
        )

    def comments(self, sheet: str) -> dict[tuple[int, int], str]:
        """By row and column, counted from 0."""
        part = next((target for target in self._related(sheet) if "comments" in target), None)
        if part is None:
            return {}
        found = {}
        for comment in self._xml(part).iter(MAIN + "comment"):
            texts = (text.text or "" for text in comment.iter(MAIN + "t"))
            found[xl_cell_to_rowcol(comment.attrib["ref"])] = "".join(texts)
        return found

    def checks(self, sheet: str) -> dict[int, Check]:
        """The input check of each column that has one."""
        found = {}
        for element in self._sheet(sheet).iter(MAIN + "dataValidation"):
            assert element.get("showErrorMessage") == "1"
            assert element.get("operator", "between") == "between"
            for cells in element.attrib["sqref"].split():
                first, _, last = cells.partition(":")
                (top, left), (bottom, right) = xl_cell_to_rowcol(first), xl_cell_to_rowcol(last or first)
                assert left == right
                assert left not in found
                found[left] = Check(
                    element.attrib["type"],
                    top + 1,
                    bottom + 1,
                    element.findtext(MAIN + "formula1") or "",
                    element.findtext(MAIN + "formula2") or "",
                    element.get("errorStyle", "stop"),
                    element.get("error", ""),
                )
        return found

    def offered(self, check: Check) -> list[str]:
        """The words of a drop-down, as Excel reads them."""
        assert check.type == "list"
        formula = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), check.first)
        if formula.startswith('"'):
            inside = formula[1:-1]
            assert len(inside) <= 255
            assert '"' not in inside.replace('""', ""), f"a quote ends the list: {formula}"
            return [word.strip(" ") for word in inside.replace('""', '"').split(",")]
        match = _RANGE.fullmatch(formula)
        assert match, f"this is no list: {formula}"
        name, left, top, right, bottom = match.groups()
        assert left == right
        _row, column = xl_cell_to_rowcol(f"{left}1")
        return [row[column] for row in self.values[name][int(top) - 1 : int(bottom)]]

    def number_format(self, sheet: str, row: int, column: int) -> str:
        """How Excel shows what is typed into a cell; both counted from 0."""
        root = self._sheet(sheet)
        reference = xl_rowcol_to_cell(row, column)
        style = next((cell.get("s") for cell in root.iter(MAIN + "c") if cell.get("r") == reference), None)
        if style is None:
            columns = root.iter(MAIN + "col")
            spans = [(int(c.attrib["min"]), int(c.attrib["max"]), c.get("style")) for c in columns]
            style = next(style for first, last, style in spans if first <= column + 1 <= last)
        styles = self._xml("xl/styles.xml")
        formats = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iter(MAIN + "numFmt")}
        looks = next(styles.iter(MAIN + "cellXfs"))
        number = looks[int(style or 0)].get("numFmtId")
        return {"0": "General", "1": "0", "3": "#,##0", "4": "#,##0.00", "49": "@"}.get(
            number or ""
        ) or formats[number]

    def look(self, sheet: str, row: int, column: int) -> str:
        """The number of a cell's style: cells that look alike have the same."""
        return self._cell(sheet, row, column).attrib["s"]

    def kept(self, sheet: str, row: int, column: int) -> str | None:
        """What the file keeps of a cell: of a day, its number."""
        return self._cell(sheet, row, column).findtext(MAIN + "v")

    def formulas(self, sheet: str) -> list[str]:
        return [element.text or "" for element in self._sheet(sheet).iter(MAIN + "f")]

    def _cell(self, sheet: str, row: int, column: int) -> ElementTree.Element:
        reference = xl_rowcol_to_cell(row, column)
        return next(cell for cell in self._sheet(sheet).iter(MAIN + "c") if cell.get("r") == reference)

    def _sheet(self, name: str) -> ElementTree.Element:
        return self._xml(self._part(name))

    def _part(self, name: str) -> str:
        targets = {
            relation.get("Id"): relation.attrib["Target"]
            for relation in self._xml("xl/_rels/workbook.xml.rels")
        }
        sheets = self._xml("xl/workbook.xml").iter(MAIN + "sheet")
        wanted = next(sheet for sheet in sheets if sheet.get("name") == name)
        return "xl/" + targets[wanted.get(RELATION)]

    def _related(self, name: str) -> Iterator[str]:
        folder, _, file = self._part(name).rpartition("/")
        with zipfile.ZipFile(self.path) as package:
            if f"{folder}/_rels/{file}.rels" not in package.namelist():
                return
        for relation in self._xml(f"{folder}/_rels/{file}.rels"):
            yield "xl/" + relation.attrib["Target"].removeprefix("../")

    def _xml(self, part: str) -> ElementTree.Element:
        with zipfile.ZipFile(self.path) as package:
            return ElementTree.fromstring(package.read(part))


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these cells, as another program would write it."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    elif isinstance(cell, int | float):
                        sheet.write_number(number, column, cell)
                    elif cell:
                        sheet.write_string(number, column, cell)
    return path
