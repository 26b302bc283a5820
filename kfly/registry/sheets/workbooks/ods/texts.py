"""The text of an OpenDocument cell as it is shown, without notes and drawings, and how it is set."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.workbooks.ods.names import PARAGRAPH, SHEET, TEXT
from kfly.registry.sheets.workbooks.ods.styles import PLAIN, Marks, Styles

_PARAGRAPHS = (PARAGRAPH, TEXT + "h")
_AROUND_PARAGRAPHS = {
    TEXT + name for name in ("list", "list-item", "list-header", "numbered-paragraph", "section")
}
_NOT_SHOWN = {
    TEXT + name
    for name in (
        "note",
        "ruby-text",
        "drop-down",
        "hidden-text",
        "hidden-paragraph",
        "script",
        "tracked-changes",
        "bibliography-mark",
        "section-source",
    )
}
_SPACE, _TAB, _LINE_BREAK, _STYLE_NAME = (TEXT + name for name in ("s", "tab", "line-break", "style-name"))
_MOST_SPACES = 1000
_POWERS = {"2": "²", "3": "³"}  # of metres


class Text(NamedTuple):
    """What a cell shows."""

    words: str = ""
    is_there: bool = False  # whether it has a paragraph at all, if only an empty one
    is_raised: bool = False
    is_struck: bool = False
    has_table: bool = False


NOTHING = Text()


class Texts:
    """Reads the texts of cells by the styles of their file."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles

    def read(self, cell: ElementTree.Element, style: str | None) -> Text:
        """Read the text of a cell that has a style."""
        marks = self.styles.find_marks("table-cell", style)
        if len(cell) == 1 and (only := cell[0]).tag == PARAGRAPH and not len(only) and not only.attrib:
            words = only.text or ""
            if marks.raised or marks.struck:
                there = bool(words.strip())
                return Text(words, True, there and bool(marks.raised), there and bool(marks.struck))
            return Text(words, is_there=True)
        return self._read_paragraphs(cell, marks.over(PLAIN))

    def _read_paragraphs(self, cell: ElementTree.Element, marks: Marks) -> Text:
        paragraphs, raised, struck = list[str](), False, False
        for paragraph in _find_paragraphs(cell):
            within = self.styles.find_marks("paragraph", paragraph.get(_STYLE_NAME)).over(marks)
            words = ""
            for piece, its in self._read_pieces(paragraph, within):
                if its.raised and piece in _POWERS and words[-1:] in ("m", "M", "ｍ", "米"):
                    piece = _POWERS[piece]  # noqa: PLW2901
                elif piece.strip():
                    raised, struck = raised or bool(its.raised), struck or bool(its.struck)
                words += piece
            paragraphs.append(words)
        has_table = any(part.tag == SHEET for part in cell)
        return Text("\n".join(paragraphs), bool(paragraphs), raised, struck, has_table)

    def _read_pieces(self, element: ElementTree.Element, marks: Marks) -> Iterator[tuple[str, Marks]]:
        """Yield the pieces of a paragraph, each with how it is set."""
        if element.text:
            yield element.text, marks
        for part in element:
            if part.tag == _SPACE:
                yield " " * min(int(part.get(TEXT + "c") or "1"), _MOST_SPACES), marks
            elif part.tag == _TAB:
                yield "\t", marks
            elif part.tag == _LINE_BREAK:
                yield "\n", marks
            elif str(part.tag).startswith(TEXT) and part.tag not in _NOT_SHOWN:
                own = (
                    self.styles.find_marks("text", part.get(_STYLE_NAME))
                    if part.get(_STYLE_NAME)
                    else Marks()
                )
                yield from self._read_pieces(part, own.over(marks))
            if part.tail:
                yield part.tail, marks


def _find_paragraphs(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for part in element:
        if part.tag in _PARAGRAPHS:
            yield part
        elif part.tag in _AROUND_PARAGRAPHS:
            yield from _find_paragraphs(part)
