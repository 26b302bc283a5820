"""Tables of a template: their widths, their heads that stand on each page, rows that Jinja repeats."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell

from kfly.reports.papers.word.form import TABLE, TABLE_HEAD

PADDING = 1.2  # millimetres at the sides of a cell


class Column(NamedTuple):
    """A column of a template's table.

    Attributes:
        heading: above it.
        width: millimetres.
        lines: of a cell, a paragraph each.
        style: of these.
    """

    heading: str
    width: float
    lines: Sequence[str]
    style: str = TABLE


def add_table(
    document: WordDocument, columns: Sequence[Column], loops: Sequence[str], shade: str = ""
) -> Table:
    """Add a table whose one row is repeated.

    Args:
        document: the template.
        columns: from the left.
        loops: what it is repeated for, the outermost first: ``group in list.groups``.
        shade: the expression for the colour behind the headings.
    """
    table = make_table(document, [column.width for column in columns])
    head = add_row(table)
    for cell, column in zip(head.cells, columns, strict=True):
        write_cell(cell, [f"{{% cellbg {shade} %}}{column.heading}" if shade else column.heading], TABLE_HEAD)
    repeat_on_each_page(head)
    for loop in loops:
        _add_tag_row(table, f"{{%tr for {loop} %}}")
    row = add_row(table)
    for cell, column in zip(row.cells, columns, strict=True):
        write_cell(cell, column.lines, column.style)
    keep_whole(row)
    for _loop in loops:
        _add_tag_row(table, "{%tr endfor %}")
    return table


def make_table(document: WordDocument, widths: Sequence[float], *, ruled: bool = True) -> Table:
    """Add a table without rows, as wide as its columns together."""
    table: Table = document.add_table(0, len(widths), style="Table Grid" if ruled else None)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(PADDING).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    return table


def add_row(table: Table) -> Any:
    """Add a row; python-docx does not say of what type."""
    return table.add_row()  # type: ignore[no-untyped-call]


def write_cell(cell: _Cell, lines: Sequence[str], style: str) -> None:
    """Write into a new cell, a paragraph a line."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    first = cell.paragraphs[0]
    first.text, first.style = lines[0], style
    for line in lines[1:]:
        cell.add_paragraph(line, style=style)


def repeat_on_each_page(row: Any) -> None:
    """Make a row the head of its table on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Keep a row from being torn between two pages."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _add_tag_row(table: Table, tag: str) -> None:
    write_cell(add_row(table).cells[0], [tag], TABLE)
