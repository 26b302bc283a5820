"""The sheets of an OpenDocument file, walked through once; repeated rows are kept once."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.grid import Cell, Flaw, Hidden, Merge, SheetRow
from kfly.registry.sheets.workbooks.formats import list_parts
from kfly.registry.sheets.workbooks.looks import NotLocatedError
from kfly.registry.sheets.workbooks.ods import names
from kfly.registry.sheets.workbooks.ods.cells import BLANK, Cells
from kfly.registry.sheets.workbooks.ods.styles import Styles
from kfly.registry.sheets.workbooks.xml import MOST_CELLS, parse

CONTENT, STYLES, META = "content.xml", "styles.xml", "meta.xml"
_LOSES_FAILURES = b"generator>SheetJS"  # it writes a failed formula as an empty cell
_OF_INTEREST = frozenset(
    (names.SHEET, names.ROW, names.COLUMN, names.ROW_GROUP, names.COLUMN_GROUP, names.SHEET_SOURCE)
)
_AWAY = ("collapse", "filter")
MOST_COLUMNS, MOST_ROWS = 1 << 14, 1 << 20  # of a sheet
MOST_REPEATED = 1 << 14  # times that a row with something in it can be meant


class TooFarError(Exception):
    """Something stands where no sheet reaches, or is repeated more often than anybody means."""


class _Row(NamedTuple):
    """A row that is not empty, and how often it stands there."""

    number: int
    times: int
    cells: list[Cell]
    flaws: dict[int, Flaw]
    shown: dict[int, str]


@dataclass
class Table:
    """One sheet."""

    name: str
    is_hidden: bool
    rows: list[_Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_cache: bool = False  # of what formulas refer to in another file

    @property
    def hidden(self) -> Hidden:
        """What the sheet hides."""
        return Hidden(frozenset(self.hidden_rows), frozenset(self.hidden_columns))

    @property
    def height(self) -> int:
        """The number of its last row that is not empty."""
        return self.rows[-1].number + self.rows[-1].times - 1 if self.rows else 0

    def unfold(self) -> Iterator[SheetRow]:
        """Yield the rows that are not empty, each as often as it stands there."""
        for row in self.rows:
            for number in range(row.number, row.number + row.times):
                yield SheetRow(number, list(row.cells), (), row.flaws, row.shown)


def read_tables(package: zipfile.ZipFile) -> list[Table]:
    """Read the sheets of a package.

    Raises:
        NotLocatedError: it has formulas, and its program leaves out those that have failed.
        TooFarError: something stands where no sheet reaches.
    """
    parts = list_parts(package)
    styles = Styles()
    if STYLES in parts:
        for part in parse(package, parts[STYLES]):
            if part.tag == names.STYLES:
                styles.learn(part)
    walk = _Walk(styles)
    with package.open(parts[CONTENT]) as xml:
        tables = walk.read(xml)
    if walk.cells.has_formulas and META in parts and _LOSES_FAILURES in package.read(parts[META]):
        raise NotLocatedError
    return tables


def read_document(xml: IO[bytes], styles: Styles) -> list[Table]:
    """Read the sheets of a document, which may be the whole of a flat file.

    Raises:
        TooFarError: something stands where no sheet reaches.
    """
    return _Walk(styles).read(xml)


class _Walk:
    """A document being walked through."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.cells = Cells(styles)
        self.tables: list[Table] = []
        self.inner = 0  # tables begun within the sheet
        self.folded = 0  # groups of rows or columns begun that are folded away
        self.row, self.column, self.area = 1, 0, 0
        self.column_styles: list[str | None] = []

    def read(self, xml: IO[bytes]) -> list[Table]:
        """Walk through the document."""
        depth = 0
        table: Table | None = None
        # The parser refuses entities: see the module xml.
        for event, element in ElementTree.iterparse(xml, events=("start", "end")):  # noqa: S314
            tag = element.tag
            if event == "start":
                depth += 1
                if table is not None:
                    if tag in _OF_INTEREST:
                        self._enter(tag, element)
                elif tag == names.SHEET and depth == names.BODY_TABLE_DEPTH:
                    table = self._begin(element)
                continue
            depth -= 1
            if table is None:
                if tag in (names.STYLES, names.AUTOMATIC_STYLES):
                    self.styles.learn(element)
            elif depth == names.BODY_TABLE_DEPTH - 1:
                self._finish(table)
                table = None
                element.clear()
            elif tag in _OF_INTEREST:
                self._leave(table, tag, element)
        return [each for each in self.tables if not each.is_cache]

    def _begin(self, element: ElementTree.Element) -> Table:
        name = element.get(names.NAME) or f"Sheet{len(self.tables) + 1}"
        self.row, self.column, self.area, self.inner, self.folded = 1, 0, 0, 0, 0
        self.column_styles = []
        is_hidden = not self.styles.is_shown(element.get(names.STYLE_NAME))
        self.tables.append(Table(name, is_hidden))
        return self.tables[-1]

    def _enter(self, tag: str, element: ElementTree.Element) -> None:
        if tag == names.SHEET:
            self.inner += 1
        elif tag in (names.ROW_GROUP, names.COLUMN_GROUP) and not self.inner:
            self.folded += element.get(names.DISPLAY) == "false"

    def _leave(self, table: Table, tag: str, element: ElementTree.Element) -> None:
        if tag == names.SHEET:
            self.inner -= 1
        elif self.inner:
            pass
        elif tag == names.ROW:
            self._take_row(table, element)
            element.clear()
        elif tag == names.COLUMN:
            self._take_column(table, element)
        elif tag in (names.ROW_GROUP, names.COLUMN_GROUP):
            self.folded -= element.get(names.DISPLAY) == "false"
        elif tag == names.SHEET_SOURCE:
            table.is_cache = table.is_hidden and "'#" in table.name

    def _take_column(self, table: Table, element: ElementTree.Element) -> None:
        number = min(_count(element, names.COLUMNS_REPEATED), MOST_COLUMNS - self.column)
        if self.folded or element.get(names.VISIBILITY) in _AWAY:
            table.hidden_columns.update(range(self.column, self.column + number))
        self.column_styles += [element.get(names.DEFAULT_CELL_STYLE)] * number
        self.column += number

    def _take_row(self, table: Table, element: ElementTree.Element) -> None:
        times = _count(element, names.ROWS_REPEATED)
        row = self._read_row(table, element, times)
        if row is not None:
            self.area += len(row.cells) * times
            if row.number > MOST_ROWS or times > MOST_REPEATED or self.area > MOST_CELLS:
                raise TooFarError
            table.rows.append(row)
            if self.folded or element.get(names.VISIBILITY) in _AWAY:
                table.hidden_rows.update(range(self.row, self.row + times))
        self.row += times

    def _read_row(self, table: Table, element: ElementTree.Element, times: int) -> _Row | None:
        """Read a row; None for one that is empty."""
        row = _Row(self.row, times, [], {}, {})
        style = element.get(names.DEFAULT_CELL_STYLE)
        column, is_empty = 0, True
        for cell in element:
            if cell.tag not in (names.CELL, names.COVERED_CELL):
                continue
            number = _count(cell, names.COLUMNS_REPEATED)
            if _is_merged(cell) and (merge := _find_merge(cell, self.row, column)):
                table.merges.append(merge)
            read = self.cells.read(cell, cell.get(names.STYLE_NAME) or style or self._column_style(column))
            if read is not BLANK:
                if column + number > MOST_COLUMNS:
                    raise TooFarError
                row.cells.extend([""] * (column - len(row.cells)))
                row.cells.extend([read.value] * number)
                for at in range(column, column + number) if read.flaw or read.shown else ():
                    if read.flaw:
                        row.flaws[at] = read.flaw
                    if read.shown is not None:
                        row.shown[at] = read.shown
                is_empty = is_empty and read.flaw is None and _is_blank(read.value)
            column += number
        return None if is_empty else row

    def _column_style(self, column: int) -> str | None:
        return self.column_styles[column] if column < len(self.column_styles) else None

    def _finish(self, table: Table) -> None:
        """Take away the flaws of what lies hidden under merged cells."""
        flawed = [row for row in table.rows if row.flaws]
        for merge in table.merges if flawed else ():
            for row in flawed:
                if merge.top <= row.number <= merge.bottom:
                    for at in [at for at in row.flaws if merge.left <= at <= merge.right]:
                        if (row.number, at) != (merge.top, merge.left):
                            del row.flaws[at]


def _is_blank(value: Cell) -> bool:
    return isinstance(value, str) and (not value or value.isspace())


def _is_merged(cell: ElementTree.Element) -> bool:
    return names.ROWS_SPANNED in cell.attrib or names.COLUMNS_SPANNED in cell.attrib


def _find_merge(cell: ElementTree.Element, row: int, column: int) -> Merge | None:
    rows, columns = _count(cell, names.ROWS_SPANNED), _count(cell, names.COLUMNS_SPANNED)
    return Merge(row, column, row + rows - 1, column + columns - 1) if rows > 1 or columns > 1 else None


def _count(element: ElementTree.Element, name: str) -> int:
    said = element.get(name)
    return max(int(said), 1) if said else 1
