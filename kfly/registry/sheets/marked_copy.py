"""A faulty sheet written back with its bad cells marked and explained, to be returned to who sent it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kfly.locale import _, language
from kfly.registry.sheets import sources
from kfly.registry.sheets.faults import CellFault
from kfly.registry.sheets.grid import Cell, Grid, Merge, letter, text_of
from kfly.registry.sheets.outfile import replacing
from kfly.registry.sheets.workbook_out import (
    MOST_CHARACTERS,
    NARROWEST,
    Book,
    book,
    column_width,
    put_text,
    row_height,
    serial,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_LINKS = 5000  # Excel takes some 65,000 in a sheet, and grows slow long before

_UNFIT = re.compile(r"[\[\]:*?/\\']")


def write(source: Path, sheet: str | None, faults: Sequence[CellFault], target: Path) -> None:
    """Write a copy of the faulty sheets of a file, and a list of what is wrong in them.

    Args:
        source: the file, as it was read.
        sheet: the only sheet of it that was read, if one was asked for.
        faults: what is wrong in it.
        target: the workbook to write.

    Raises:
        KflyError: the file cannot be read at all, or the copy cannot be written.
    """
    grids = sources.read(source, source.name, sheet)
    with replacing(target) as stream, book(stream) as made:
        copies = [_Copy(made, grid, faults) for grid in grids]
        places = {fault: place for copy in copies for fault, place in copy.draw()}
        _list(faults, places, made)


class _Copy:
    """The copy of one sheet."""

    def __init__(self, made: Book, grid: Grid, faults: Sequence[CellFault]) -> None:
        self.made = made
        self.grid = grid
        self.faults = [fault for fault in faults if fault.sheet == grid.sheet]
        self.above = 0 if grid.kind else 1  # a spreadsheet's rows count from 1, JSON's from below the heading
        red = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "border_color": "#9C0006"}
        self.bad = made.look(**red, text_wrap=True)
        self.bad_day = made.look(**red, num_format="yyyy-mm-dd", align="left")

    def draw(self) -> Iterator[tuple[CellFault, str]]:
        """Draw it, if anything in it is wrong; the place of each faulty cell."""
        if not self.faults:
            return
        name = self.grid.sheet or _UNFIT.sub("_", Path(self.grid.file).stem)[: sources.LONGEST_NAME]
        sheet = self.made.add_sheet(name)
        said: dict[int, dict[int, list[CellFault]]] = {}
        for fault in self.faults:
            if fault.row is not None:
                said.setdefault(fault.row, {}).setdefault(fault.column or 0, []).append(fault)
                yield fault, f"internal:'{name}'!{letter(fault.column or 0)}{fault.row - self.above + 1}"
        self._cells(sheet, said)
        for row, marked in said.items():
            for column, its in marked.items():
                text = "\n".join(fault.explanation for fault in its)
                sheet.write_comment(row - self.above, column, text, {"author": "kfly", "width": 260})

    def _cells(self, sheet: "Worksheet", said: dict[int, dict[int, list[CellFault]]]) -> None:
        merges = self._kept_merges(said)
        rows = [(row, said.get(row.number, {})) for row in self.grid.rows]
        titles = {merge.top for merge in merges if merge.right > merge.left}
        widths: dict[int, int] = {}
        for row, _marked in rows:
            for column, cell in enumerate(row.cells if row.number not in titles else ()):
                widths[column] = max(widths.get(column, 0), column_width([text_of(cell)]))
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        for row, marked in rows:
            cells = row.cells + [None] * (max(marked, default=0) + 1 - len(row.cells))
            if row.number not in titles:
                texts = (text_of(cell) for cell in cells)
                height = row_height((text, widths.get(at, NARROWEST)) for at, text in enumerate(texts))
                sheet.set_row(row.number - self.above, height)
            for column, cell in enumerate(cells):
                self._put(sheet, row.number - self.above, column, cell, bad=column in marked)
        corner = {(row.number, column): cell for row, _m in rows for column, cell in enumerate(row.cells)}
        for merge in merges:
            text = text_of(corner.get((merge.top, merge.left)))
            look = self.made.title if merge.right > merge.left else self.made.text
            sheet.merge_range(merge.top - 1, merge.left, merge.bottom - 1, merge.right, "", look)
            put_text(sheet, merge.top - 1, merge.left, text, look)

    def _kept_merges(self, said: dict[int, dict[int, list[CellFault]]]) -> list[Merge]:
        """The merged cells that hold no faulty one; in the others the value stands in each row."""
        return [
            merge
            for merge in self.grid.merges
            if not any(
                merge.top <= row <= merge.bottom and merge.left <= column <= merge.right
                for row, marked in said.items()
                for column in marked
            )
        ]

    def _put(self, sheet: "Worksheet", row: int, column: int, cell: Cell, *, bad: bool) -> None:
        """Write a cell as it was: numbers as numbers, days as days."""
        look = self.bad if bad else None
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(cell, date):
            day = serial(cell.isoformat()[:10]) or 0
            sheet.write_number(row, column, day, self.bad_day if bad else self.made.day)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, float(cell), look)
        else:
            put_text(sheet, row, column, text_of(cell)[:MOST_CHARACTERS], look or self.made.text)


def _list(faults: Sequence[CellFault], places: dict[CellFault, str], made: Book) -> None:
    """A sheet that names every fault."""
    name = sources.PROBLEMS.in_(language())
    sheet = made.add_sheet(name if name not in made.file.sheetnames else f"{name} 2")
    wrapped = made.look(text_wrap=True, valign="top", border=1, border_color="#BFBFBF")
    link = made.look(font_color="#0563C1", underline=1, valign="top", border=1, border_color="#BFBFBF")
    title = _("{count} cells or rows need correcting; each is red in its sheet.", count=len(faults))
    put_text(sheet, 0, 0, title, made.look(bold=True))
    heads = (_("Cell"), _("Column"), _("What it says"), _("What is wrong"))
    for column, (head, width) in enumerate(zip(heads, (16, 18, 30, 70), strict=True)):
        sheet.set_column(column, column, width)
        put_text(sheet, 2, column, head, made.heading)
    for row, fault in enumerate(faults, start=3):
        if fault in places and row < MOST_LINKS:
            sheet.write_url(row, 0, places[fault], link, fault.cell)
        else:
            put_text(sheet, row, 0, fault.cell, wrapped)
        for column, text in enumerate((fault.label, fault.value or "", fault.message), start=1):
            put_text(sheet, row, column, text[:MOST_CHARACTERS], wrapped)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
