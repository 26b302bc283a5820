"""Word documents: paragraphs and tables by the columns of their grids.

No library at hand reads every table of real documents whole; this one goes by the file itself. It reads what
is meant to be read: insertions and not deletions, the base of a ruby and not its reading, what fields and
content controls show, one of the two copies of a text box.
"""

from collections.abc import Iterator
from pathlib import Path

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
from kfly.drafting.documents.docx_numbering import Numbering
from kfly.drafting.documents.docx_package import (
    Element,
    Package,
    attribute,
    child,
    is_on,
    local_name,
    number_of,
    value_of,
)
from kfly.locale import _

_ROUND = (
    "sdt",
    "sdtContent",
    "customXml",
    "smartTag",
    "ins",
    "moveTo",
    "bdo",
    "dir",
    "hyperlink",
    "fldSimple",
)
_DELETED = ("del", "moveFrom")
_NOTES = ("footnoteReference", "endnoteReference")
_SILENT = (
    *("rPr", "pPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "instrText", "delText", "delInstrText"),
    *("rt", "rubyPr", "annotationRef", "docPr", "cNvPr"),
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MERGED_ON = ("", "continue")


def read(path: Path, name: str) -> Document:
    """Read a Word document.

    Args:
        path: where it lies.
        name: what it is called in messages.

    Raises:
        DocumentRefusedError: it cannot be read, or holds parts that no reader shows.
    """
    package = Package(path, name)
    reader = _Reader(package)
    blocks = tuple(reader.read_blocks(child(package.body, "body")))
    return Document(name, blocks, tuple(reader.remark()))


class _Reader:
    """A reading of one document, with what was met on the way."""

    def __init__(self, package: Package) -> None:
        self.name = package.name
        self.numbering = Numbering(package.numbering, package.styles)
        self.paragraphs, self.tables = 0, 0
        self.deleted, self.inserted, self.deleted_rows, self.numbered = 0, 0, 0, 0
        self.notes, self.crossed, self.objects = 0, 0, 0
        self.hidden: list[str] = []
        self.aside: list[Block] = []  # text boxes and tables within cells, to stand behind

    def remark(self) -> Iterator[str]:
        """Yield what has to be said of the reading."""
        if self.deleted or self.inserted or self.deleted_rows:
            yield _(
                "tracked changes: insertions were read, deletions were not (deletions: {deleted},"
                " deleted rows: {rows}); accept or reject them in Word to be sure",
                deleted=self.deleted,
                rows=self.deleted_rows,
            )
        if self.hidden:
            shown = " ".join(self.hidden)[:40]
            yield _("hidden text was left out: “{text}” …", text=shown)
        if self.crossed:
            yield _("text that is crossed out was left out; places: {n}", n=self.crossed)
        if self.notes:
            yield _("footnotes and endnotes were left out: {n}", n=self.notes)
        if self.objects:
            yield _("embedded objects, such as sheets, were not read: {n}", n=self.objects)
        if self.numbered:
            yield _("automatic numbers were worked out; cells: {n}", n=self.numbered)

    def read_blocks(self, parent: Element | None) -> Iterator[Block]:
        """Yield the blocks of a body, each followed by what stands in its text boxes and cells."""
        for element in self.unwrap(parent):
            if local_name(element) == "tbl":
                yield from self.read_table(element)
            elif local_name(element) == "p":
                text = self.read_paragraph(element)
                if text:
                    yield from (Paragraph(line, self.paragraphs) for line in text.split("\n"))
            yield from self._take_aside()

    def _take_aside(self) -> list[Block]:
        taken, self.aside = self.aside, []
        return taken

    def unwrap(self, parent: Element | None) -> Iterator[Element]:
        """Yield the children of an element, out of whatever is wrapped around them."""
        for element in parent if parent is not None else ():
            name = local_name(element)
            if name in _ROUND:
                self.inserted += name in ("ins", "moveTo")
                yield from self.unwrap(element)
            elif name == "AlternateContent":
                yield from self.unwrap(_choose(element))
            elif name == "altChunk":
                why = _("holds another document within it (altChunk); open it in Word and save it anew")
                raise DocumentRefusedError(self.name, why)
            elif name == "subDoc":
                why = _("holds parts that stand in other files (a master document); save it as one file")
                raise DocumentRefusedError(self.name, why)
            elif name in _DELETED:
                self.deleted += 1
            elif name in _NOTES:
                self.notes += 1
            else:
                yield element

    def read_paragraph(self, paragraph: Element) -> str:
        """Return what a paragraph shows, its automatic number included."""
        self.paragraphs += 1
        label = self.numbering.label(paragraph)
        text = "".join(self._texts(paragraph))
        between = " " if label and text[:1].isdigit() else ""  # 1. before 5G基站
        return clean(label + between + text)

    def _texts(self, parent: Element) -> Iterator[str]:
        for element in self.unwrap(parent):
            name = local_name(element)
            if name == "t":
                yield element.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "fldChar":
                yield _chosen(element)
            elif name == "txbxContent":
                apart = list(self._read_apart(element))
                self.aside += apart
            elif name == "r" and self._is_left_out(element):
                continue
            elif name == "object":
                self.objects += 1
            elif name not in _SILENT:
                yield from self._texts(element)

    def _is_left_out(self, run: Element) -> bool:
        """Tell whether a run is hidden or crossed out, and note it."""
        hidden = is_on(run, "rPr", "vanish")
        if hidden or is_on(run, "rPr", "strike") or is_on(run, "rPr", "dstrike"):
            texts = [text for text in self._texts(run) if text.strip()]
            self.hidden += texts if hidden else []
            self.crossed += bool(texts) and not hidden
            return True
        return False

    def _read_apart(self, parent: Element) -> Iterator[Block]:
        """Read what is not part of the text around it."""
        before, self.aside = self.aside, []
        yield from list(self.read_blocks(parent))
        self.aside = before + self.aside

    def read_table(self, table: Element) -> Iterator[Block]:
        """Yield a table, then what stands in its cells apart from their text."""
        self.tables += 1
        name = _("table {n}", n=self.tables)
        grid = child(table, "tblGrid")
        columns = [column for column in grid if local_name(column) == "gridCol"] if grid is not None else []
        widths = tuple(number_of(attribute(column, "w"), 1, most=100_000) for column in columns)
        above: dict[int, Cell] = {}
        rows = []
        before, self.aside = self.aside, []
        for number, row in enumerate(self._rows(table), start=1):
            cells = tuple(self._read_row(row, above))
            above = {cell.column: cell for cell in cells}
            rows.append(Row(number, cells))
        apart, self.aside = self.aside, before
        yield Table(tuple(rows), name, widths)
        yield from apart

    def _rows(self, table: Element) -> Iterator[Element]:
        """Yield the rows of a table; deleted ones are no rows."""
        for row in self.unwrap(table):
            if local_name(row) != "tr":
                continue
            if child(row, "trPr", "del") is not None:
                self.deleted_rows += 1
            else:
                yield row

    def _read_row(self, row: Element, above: dict[int, Cell]) -> Iterator[Cell]:
        """Yield the cells of a row; one that is merged down shows what stands above."""
        column = number_of(value_of(row, "trPr", "gridBefore"))
        last: Cell | None = None
        for element in self.unwrap(row):
            if local_name(element) != "tc":
                continue
            properties = child(element, "tcPr")
            span = max(number_of(value_of(properties, "gridSpan"), 1), 1)
            cell = self._read_cell(element, column, span)
            if value_of(properties, "vMerge") in _MERGED_ON:
                over = above.get(column)
                cell = cell._replace(
                    text=over.text if over else "", doubt=over.doubt if over else "", held=True
                )
            column += span
            if last is not None and value_of(properties, "hMerge") in _MERGED_ON:
                last = last._replace(span=last.span + span)
                continue
            if last is not None:
                yield last
            last = cell
        if last is not None:
            yield last

    def _read_cell(self, element: Element, column: int, span: int) -> Cell:
        """Read a cell; a table within it stands apart, and is told."""
        lines, doubt = [], ""
        if child(element, "tcPr", "cellDel") is not None:
            self.deleted += 1
            return Cell(column, span=span)
        for part in self.unwrap(element):
            if local_name(part) == "tbl":
                apart = list(self.read_table(part))
                self.aside += apart
                doubt = _("holds a table of its own, which stands apart here")
            elif local_name(part) == "p":
                lines.append(self.read_paragraph(part))
                # An empty paragraph of a list still shows its number.
                self.numbered += bool(lines[-1]) and not "".join(_plain(part)).strip()
        return Cell(column, clean("\n".join(lines)), span, doubt=doubt)


def _plain(paragraph: Element) -> Iterator[str]:
    return (element.text or "" for element in paragraph.iter() if local_name(element) == "t")


def _choose(element: Element) -> Element | None:
    """Choose one of the copies of what stands in the file twice, for newer and for older programs."""
    choice = child(element, "Choice")
    return choice if choice is not None else child(element, "Fallback")


def _chosen(field: Element) -> str:
    """Return what a form field's drop-down has chosen; it is not written out in the text."""
    listed = child(field, "ffData", "ddList")
    if listed is None:
        return ""
    entries = [attribute(entry, "val") for entry in listed if local_name(entry) == "listEntry"]
    chosen = number_of(value_of(listed, "result") or value_of(listed, "default"))
    return entries[chosen] if chosen < len(entries) else ""
