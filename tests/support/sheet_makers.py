"""Makes sheets as offices do: workbooks cell by cell, OpenDocument by hand, text in whatever encoding."""

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter


class Failed(NamedTuple):
    """A formula that has come to nothing."""

    shown: str  # #N/A


class Rich(NamedTuple):
    """A text of which a part, here the first sign, is red."""

    text: str


class Styled(NamedTuple):
    """A day in a format of its own: a code, or the number of one that Excel knows without."""

    day: date
    form: str | int


Cell = str | float | date | datetime | Failed | Rich | Styled | None
Rows = Sequence[Sequence[Cell]]


class Tab(NamedTuple):
    """One sheet of a workbook."""

    name: str
    rows: Rows
    merged: tuple[str, ...] = ()  # A1:C1; the value stands in the first cell
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()  # as the spreadsheet numbers them
    hidden_columns: tuple[str, ...] = ()  # their letters


def xlsx(path: Path, *tabs: Tab) -> Path:
    """A workbook as Excel writes it."""
    plain = {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, plain) as book:
        for tab in tabs:
            sheet = book.add_worksheet(tab.name)
            for area in tab.merged:
                sheet.merge_range(area, "", book.add_format({"align": "center"}))
            for row, cells in enumerate(tab.rows):
                for column, cell in enumerate(cells):
                    _write(book, sheet, row, column, cell)
            for row in tab.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for letter in tab.hidden_columns:
                sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
            if tab.hidden:
                sheet.hide()
            elif all(other.hidden for other in tabs[: tabs.index(tab)]):
                sheet.activate()  # the first one that is seen
    return path


def _write(book: xlsxwriter.Workbook, sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, Failed):
        sheet.write_formula(row, column, "=VLOOKUP(1,Z1:Z2,1,0)", None, cell.shown)
    elif isinstance(cell, Rich):
        red = book.add_format({"font_color": "red"})
        sheet.write_rich_string(row, column, red, cell.text[0], cell.text[1:])
    elif isinstance(cell, Styled):
        sheet.write_datetime(row, column, cell.day, book.add_format({"num_format": cell.form}))
    elif cell is not None and cell != "":
        sheet.write(row, column, cell)


def generated(path: Path, *tabs: Tab) -> Path:
    """A workbook as other programs than Excel write it: each name in its XML with a prefix."""
    xlsx(path, *tabs)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            if name.startswith("xl/worksheets/sheet"):
                prefixed = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content)
                content = prefixed.replace(b"xmlns=", b"xmlns:x=")  # noqa: PLW2901
            package.writestr(name, content)
    return path


def bordered(path: Path, rows: Rows, last_row: int, last_column: int) -> Path:
    """A workbook whose cells have borders far beyond what is written in them."""
    with xlsxwriter.Workbook(path) as book:
        sheet, line = book.add_worksheet("Sheet1"), book.add_format({"border": 1})
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, line)
        for row in range(len(rows), last_row):
            sheet.write_blank(row, last_column, None, line)
        sheet.write_blank(1_048_575, 0, None, line)
    return path


def text(path: Path, lines: str, encoding: str = "utf-8") -> Path:
    """A sheet as text: CSV, or what somebody takes for it."""
    path.write_bytes(lines.encode(encoding))
    return path


SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = "".join(
    f'<style:style style:name="{name}" style:family="table">'
    f'<style:table-properties table:display="{shown}"/></style:style>'
    for name, shown in (("ta1", "true"), ("ta2", "false"))
)


def ods(path: Path, *tabs: Tab, locked: bool = False) -> Path:
    """A workbook as LibreOffice writes it; a locked one only says so."""
    tables = "".join(map(_table, tabs))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.3">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    encrypted = '<manifest:encryption-data manifest:checksum-type="SHA256/1K" manifest:checksum="x"/>'
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{encrypted if locked else ''}</manifest:file-entry></manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", MEDIA_TYPE)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return path


def _table(tab: Tab) -> str:
    spans: dict[tuple[int, int], str] = {}
    covered: set[tuple[int, int]] = set()
    for area in tab.merged:
        top, left, bottom, right = _corners(area)
        ways = (("rows", bottom - top + 1), ("columns", right - left + 1))
        spans[top, left] = "".join(f' table:number-{way}-spanned="{number}"' for way, number in ways)
        covered |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    rows = ""
    for row, cells in enumerate(tab.rows):
        drawn = "".join(
            "<table:covered-table-cell/>"
            if (row, column) in covered.difference(spans)
            else _cell(cell, spans.get((row, column), ""))
            for column, cell in enumerate(cells)
        )
        away = ' table:visibility="filter"' if row + 1 in tab.hidden_rows else ""
        rows += f"<table:table-row{away}>{drawn or '<table:table-cell/>'}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    style = "ta2" if tab.hidden else "ta1"
    hidden = ' table:visibility="collapse"'
    columns = "".join(
        f"<table:table-column{hidden if letter in tab.hidden_columns else ''}/>" for letter in "ABCDEF"
    )
    name = quoteattr(tab.name)
    return f'<table:table table:name={name} table:style-name="{style}">{columns}{rows}</table:table>'


def _cell(cell: Cell, span: str) -> str:
    if cell is None or cell == "":
        return f"<table:table-cell{span}/>"
    if isinstance(cell, Failed):
        return (
            f'<table:table-cell{span} table:formula="of:=VLOOKUP(1;[.Z1:.Z2];1;0)" office:value-type="string"'
            ' office:string-value="" calcext:value-type="error">'
            f"<text:p>{cell.shown}</text:p></table:table-cell>"
        )
    if isinstance(cell, Styled):
        return _cell(cell.day, span)
    if isinstance(cell, date):
        return (
            f'<table:table-cell{span} office:value-type="date" office:date-value="{cell.isoformat()}"'
            f' calcext:value-type="date"><text:p>{cell.year % 100}/{cell.month}/{cell.day}</text:p>'
            "</table:table-cell>"
        )
    if isinstance(cell, int | float):
        return (
            f'<table:table-cell{span} office:value-type="float" office:value="{cell!r}"'
            f' calcext:value-type="float"><text:p>{cell:.1f}</text:p></table:table-cell>'
        )
    words = cell.text if isinstance(cell, Rich) else cell
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in words.split("\n"))
    return f'<table:table-cell{span} office:value-type="string">{paragraphs}</table:table-cell>'


def _corners(area: str) -> tuple[int, int, int, int]:
    """B3:D4 as rows and columns, all counted from 0."""
    match = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", area)
    assert match, area
    return int(match[2]) - 1, ord(match[1]) - 65, int(match[4]) - 1, ord(match[3]) - 65
