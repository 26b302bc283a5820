"""A faulty sheet written back with its bad cells marked and explained, to be returned to who sent it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxwriter.exceptions import XlsxWriterException

from kfly.locale import _
from kfly.registry.sheets import sources
from kfly.registry.sheets.faults import CellFault
from kfly.registry.sheets.grid import Cell, Grid, Merge, SheetRow, column_letter, text_of
from kfly.registry.sheets.outfile import must_be_free, replacing
from kfly.registry.sheets.workbook_out import open_book
from kfly.registry.values import EXACT
from kfly.workbook.book import Book, make_safe, put_text
from kfly.workbook.widths import NARROWEST, SAMPLE, column_width, row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_LINKS = 5000  # Excel takes some 65,000 in a sheet, and grows slow long before
RED = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "border_color": "#9C0006"}


def write(  # noqa: PLR0913  (what, where to, how)
    source: Path,
    sheet: str | None,
    faults: Sequence[CellFault],
    target: Path,
    *,
    private_as: Path | None = None,
    force: bool = False,
) -> None:
    """Write a copy of a file's sheets with the faulty cells marked, and a list of what is wrong in them.

    Args:
        source: the file, as it was read.
        sheet: the only sheet of it that was read, if one was asked for.
        faults: what is wrong in it.
        target: the workbook to write.
        private_as: the database, which decides who may open the copy.
        force: replace one that is there.

    Raises:
        KflyError: the file cannot be read at all, or the copy is there already or cannot be written.
    """
    must_be_free(target, force=force)  # before the sheets are read once more
    grids = sources.read(source, source.name, sheet)
    with replacing(target, private_as=private_as, force=force) as stream, open_book(stream) as made:
        copies = [_Copy(made, grid, faults) for grid in grids]
        places = {fault: place for copy in copies for fault, place in copy.draw()}
        _write_list(faults, places, made)


class _Copy:
    """The copy of one sheet, a sound one too: nothing of the file was imported."""

    def __init__(self, made: Book, grid: Grid, faults: Sequence[CellFault]) -> None:
        self.made = made
        self.grid = grid
        self.name = made.free_name(grid.sheet or Path(grid.file).stem)
        self.sheet: Worksheet = made.add_sheet(self.name)
        self.above = 0 if grid.kind else 1  # a spreadsheet's rows count from 1, JSON's from below the heading
        self.faults: dict[int, dict[int, list[CellFault]]] = {}
        for fault in faults:
            if fault.sheet == grid.sheet and fault.row is not None:
                self.faults.setdefault(fault.row, {}).setdefault(fault.column or 0, []).append(fault)
        self.faulty_rows = sorted(self.faults)
        self.bad = made.look(**RED, text_wrap=True)
        self.bad_day = made.look(**RED, num_format="yyyy-mm-dd", align="left")
        self.bad_moment = made.look(**RED, num_format="yyyy-mm-dd hh:mm", align="left")

    def draw(self) -> Iterator[tuple[CellFault, str]]:
        """Draw the sheet, and yield the place of each faulty cell."""
        self._draw_cells()
        quoted = self.name.replace("'", "''")
        for row, marked in self.faults.items():
            for column, its in marked.items():
                text = make_safe("\n".join(fault.explanation for fault in its))
                self.sheet.write_comment(row - self.above, column, text, {"author": "kfly", "width": 260})
                for fault in its:
                    yield fault, f"internal:'{quoted}'!{column_letter(column)}{row - self.above + 1}"

    def _draw_cells(self) -> None:
        merges = {(merge.top, merge.left): merge for merge in self.grid.merges if self._is_kept(merge)}
        titles = {merge.top for merge in merges.values() if merge.right > merge.left}
        rows = list(self.grid.rows)
        widths: dict[int, int] = {}
        for row in [row for row in rows if row.number not in titles][:SAMPLE]:
            for column, cell in enumerate(row.cells):
                widths[column] = max(widths.get(column, 0), column_width([text_of(cell)]))
        for column, width in widths.items():
            self.sheet.set_column(column, column, width)
        for row in rows:
            marked = self.faults.get(row.number, {})
            cells = row.cells + [None] * (max(marked, default=0) + 1 - len(row.cells))
            texts = [
                (text, widths.get(at, NARROWEST)) for at, text in enumerate(cells) if isinstance(text, str)
            ]
            if row.number not in titles and texts:
                self.sheet.set_row(row.number - self.above, row_height(texts))
            for column, cell in enumerate(cells):
                kept = None if self._is_shared_amount(row, column) else cell
                self._put(row.number - self.above, column, kept, bad=column in marked)
                if merge := merges.get((row.number, column)):
                    self._merge(merge, text_of(cell))

    def _is_shared_amount(self, row: SheetRow, column: int) -> bool:
        """Tell whether a cell only repeats an amount that was merged over several records."""
        its = self.faults.get(row.number, {}).get(column, ()) if column in row.held else ()
        return any(fault.field is not None and fault.field.is_amount for fault in its)

    def _is_kept(self, merge: Merge) -> bool:
        """Tell whether cells stay merged; if one of them is faulty, the value stands in each row instead."""
        first, after = bisect_left(self.faulty_rows, merge.top), bisect_right(self.faulty_rows, merge.bottom)
        faulty = any(
            merge.left <= column <= merge.right
            for row in self.faulty_rows[first:after]
            for column in self.faults[row]
        )
        return not faulty and (merge.top, merge.left) != (merge.bottom, merge.right)

    def _merge(self, merge: Merge, text: str) -> None:
        look = self.made.title if merge.right > merge.left else self.made.text
        try:
            self.sheet.merge_range(merge.top - 1, merge.left, merge.bottom - 1, merge.right, "", look)
        except XlsxWriterException:
            return  # a damaged file may have merged cells twice
        put_text(self.sheet, row=merge.top - 1, column=merge.left, text=text, look=look)

    def _put(self, row: int, column: int, cell: Cell, *, bad: bool) -> None:
        """Write a cell as it was: numbers as numbers, days as days."""
        look = self.bad if bad else None
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell, look)
        elif isinstance(cell, datetime):
            self.sheet.write_datetime(row, column, cell, self.bad_moment if bad else self.made.moment)
        elif isinstance(cell, date):
            self.sheet.write_datetime(row, column, cell, self.bad_day if bad else self.made.day)
        elif isinstance(cell, int | float) and abs(cell) <= EXACT:
            self.sheet.write_number(row, column, cell, look)
        else:
            put_text(self.sheet, row=row, column=column, text=text_of(cell), look=look or self.made.text)


def _write_list(faults: Sequence[CellFault], places: dict[CellFault, str], made: Book) -> None:
    """Write a sheet that names every fault."""
    sheet = made.add_sheet(made.free_name(sources.PROBLEMS.spoken))
    wrapped = made.look(text_wrap=True, valign="top", border=1, border_color="#BFBFBF")
    link = made.look(font_color="#0563C1", underline=1, valign="top", border=1, border_color="#BFBFBF")
    title = _("Cells or rows to correct: {count}; each is red in its sheet.", count=len(faults))
    put_text(sheet, row=0, column=0, text=title, look=made.look(bold=True))
    heads = (_("Cell"), _("Column"), _("What it says"), _("What is wrong"))
    for column, (head, width) in enumerate(zip(heads, (16, 18, 30, 70), strict=True)):
        sheet.set_column(column, column, width)
        put_text(sheet, row=2, column=column, text=head, look=made.heading)
    for row, fault in enumerate(faults, start=3):
        if fault in places and row < MOST_LINKS:
            sheet.write_url(row, 0, places[fault], link, make_safe(fault.cell))
        else:
            put_text(sheet, row=row, column=0, text=fault.cell, look=wrapped)
        for column, text in enumerate((fault.label, fault.value or "", fault.message), start=1):
            put_text(sheet, row=row, column=column, text=text, look=wrapped)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
