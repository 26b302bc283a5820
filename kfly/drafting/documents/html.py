"""Pages: their tables by rows and columns as a browser lays them out, their lines of text beside them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from kfly.drafting.documents.blocks import (
    Block,
    Cell,
    Document,
    DocumentRefusedError,
    Paragraph,
    Row,
    Table,
    clean,
)
from kfly.drafting.documents.decoding import decode, read_bytes
from kfly.locale import _

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SILENT = ("script", "style", "head", "rt", "rp", "template", "noscript", "title")
_DELETED = ("del", "s", "strike")
_BREAKING = (
    *(
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "tr",
        "dt",
        "dd",
        "section",
        "article",
        "ul",
    ),
    *("ol", "center", "blockquote", "pre", "caption", "hr", "header", "footer", "main", "body"),
)
_GROUPS = ("thead", "tbody", "tfoot")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WHOLE = re.compile(r"\s*\+?(\d{1,6})", re.ASCII)
_MOST_CELLS = 1_000_000
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534  # as HTML clips them

Element = Any  # lxml carries no types


def read(path: Path, name: str) -> Document:
    """Read a page.

    Args:
        path: where it lies.
        name: what it is called in messages.

    Raises:
        DocumentRefusedError: it cannot be read, or is cut off by its parser.
    """
    text = _DECLARATION.sub("", decode(read_bytes(path, name), name).replace("\0", ""))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except etree.ParserError:
        raise DocumentRefusedError(name, _("is empty")) from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise DocumentRefusedError(name, _("is nested too deeply"))
    page = _Page(name)
    try:
        blocks = tuple(page.read_blocks(root))
    except RecursionError:
        raise DocumentRefusedError(name, _("is nested too deeply")) from None
    return Document(name, blocks, tuple(page.remark()))


class _Page:
    """A reading of one page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines, self.tables, self.deleted, self.cells = 0, 0, 0, 0
        self.hidden: list[str] = []
        self.apart: list[Element] = []  # tables met within a text

    def remark(self) -> Iterator[str]:
        """Yield what has to be said of the reading."""
        if self.deleted:
            yield _("text that is crossed out was left out; places: {n}", n=self.deleted)
        if self.hidden:
            yield _("hidden text was left out: “{text}” …", text=" ".join(self.hidden)[:40])

    def read_blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the lines of text and the tables of an element, as they follow one another."""
        text = ""
        for piece in self._pieces(parent):
            if isinstance(piece, str):
                text += piece
                continue
            yield from self._paragraphs(text)
            text = ""
            yield from self._read_table(piece)
        yield from self._paragraphs(text)

    def _paragraphs(self, text: str) -> Iterator[Paragraph]:
        for line in filter(None, clean(text).split("\n")):
            self.lines += 1
            yield Paragraph(line, self.lines)

    def _pieces(self, parent: Element) -> Iterator[str | Element]:
        """Yield the texts within an element, a line break round what breaks lines, and tables as they are."""
        yield _flat(parent.text)
        for element in parent:
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag == "table" and not self._is_left_out(element, tag):
                yield element
            elif tag == "select":
                yield _chosen(element)
            elif tag and not self._is_left_out(element, tag):
                edge = "\n" if tag in _BREAKING else ""
                yield edge
                yield from self._pieces(element)
                yield edge
            yield _flat(element.tail)

    def _is_left_out(self, element: Element, tag: str) -> bool:
        if tag in _SILENT:
            return True
        if tag in _DELETED:
            self.deleted += 1
            return True
        if _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None:
            if text := clean(str(element.text_content())):
                self.hidden.append(text)
            return True
        return False

    def _read_table(self, table: Element) -> Iterator[Block]:
        """Yield a table, then those that stand in its cells."""
        self.tables += 1
        name = _("table {n}", n=self.tables)
        before, self.apart = self.apart, []
        rows: list[Row] = []
        for group in _groups(table):
            rows += self._read_group(group, len(rows))
        nested, self.apart = self.apart, before
        yield Table(tuple(rows), name)
        for inner in nested:
            yield from self._read_table(inner)

    def _read_group(self, rows: list[Element], before: int) -> Iterator[Row]:
        """Yield the rows of a part of a table; no cell reaches beyond it."""
        held: dict[int, tuple[int, Cell]] = {}  # by column: how many rows more, and what stands there
        for number, row in enumerate(rows):
            cells: list[Cell] = []
            column, left = 0, len(rows) - number
            for element in (e for e in row if e.tag in ("td", "th")):
                column = _pass_held(held, column, cells)
                down = _count(element.get("rowspan"), _MOST_ROWS)
                down = min(down or left, left)
                span = max(_count(element.get("colspan"), _MOST_COLUMNS), 1)
                cell = self._read_cell(element, column, span)
                cells.append(cell)
                if down > 1:
                    held[column] = down, cell
                column += span
            cells += [held[at][1]._replace(held=True) for at in sorted(held) if at >= column]
            self._count_cells(len(cells))
            for at, (more, cell) in list(held.items()):
                held[at] = more - 1, cell
            held = {at: kept for at, kept in held.items() if kept[0]}
            if not self._is_left_out(row, "tr"):
                yield Row(before + number + 1, tuple(cells))

    def _count_cells(self, more: int) -> None:
        self.cells += more
        if self.cells > _MOST_CELLS:
            raise DocumentRefusedError(self.name, _("is too large to read"))

    def _read_cell(self, element: Element, column: int, span: int) -> Cell:
        text, doubt = "", ""
        for piece in self._pieces(element):
            if isinstance(piece, str):
                text += piece
            else:
                self.apart.append(piece)
                doubt = _("holds a table of its own, which stands apart here")
        return Cell(column, clean(text), span, doubt=doubt)


def _pass_held(held: dict[int, tuple[int, Cell]], column: int, cells: list[Cell]) -> int:
    """Pass over the columns that cells above reach down to, and return the first that is free."""
    while column in held:
        cell = held[column][1]
        cells.append(cell._replace(held=True))
        column += cell.span
    return column


def _groups(table: Element) -> Iterator[list[Element]]:
    """Yield the rows of a table, part by part: those of its head, of each body, and those outside of any."""
    loose: list[Element] = []
    for part in table:
        if part.tag == "tr":
            loose.append(part)
        elif part.tag in _GROUPS:
            if loose:
                yield loose
                loose = []
            yield [row for row in part if row.tag == "tr"]
    if loose:
        yield loose


def _count(text: str | None, most: int) -> int:
    """Read how many rows or columns a cell covers, as browsers do: ``2px`` is 2, what is no number 1."""
    match = _WHOLE.match(text or "1")
    return min(int(match[1]), most) if match else 1


def _flat(text: str | None) -> str:
    """Return a text of the source, in which a line break is a blank."""
    return re.sub(r"[\r\n\t ]+", " ", text or "")


def _chosen(select: Element) -> str:
    options = list(select.iter("option"))
    chosen = next((option for option in options if option.get("selected") is not None), None)
    if chosen is None and options:
        chosen = options[0]
    return "" if chosen is None else _flat(chosen.text)
