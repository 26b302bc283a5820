"""The form of an official paper, GB/T 9704-2012: page, type, lines, page numbers; a plainer one in English.

A page of A4 holds 22 lines of 28 signs. The standard's lengths are in millimetres, Word's in twentieths of
a point.
"""

from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from kfly.reports.papers.word.fonts import FANGSONG, HEI, KAI, SONG, TIMES, TITLE_SONG, Face, note_fallbacks

PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TOP, INNER = Mm(37), Mm(28)  # 天头, 订口
CORE_WIDTH, CORE_HEIGHT = Mm(156), Mm(225)  # 版心
LINES = 22
BODY_LINE = 28  # points
OUTER, BOTTOM = Mm(210 - 28 - 156), Mm(297 - 37 - 225)  # what is left
NUMBER_BELOW_CORE = Mm(7)
TWIPS = 20  # a point
# The core holds 27.6 signs of 16 points; a quarter of a point less between them makes it 28.
TIGHTER = -5  # twentieths of a point

TABLE, FIGURE, TABLE_HEAD, PICTURE, RIGHT = "Table Text", "Table Figure", "Table Heading", "Picture", "Right"


class Style(NamedTuple):
    """How one sort of paragraph is set.

    Attributes:
        name: of the style; Word's own for those that it knows.
        face: the type.
        size: points.
        line: points from line to line; None for single spacing, which pictures and footers need.
        align: where the lines stand.
        indent: signs by which the first line is moved in.
        bold: heavier, where the type itself does not tell a heading.
        level: of a heading in the outline.
        space: points above it.
    """

    name: str
    face: Face
    size: float
    line: float | None = BODY_LINE
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    indent: int = 0
    bold: bool = False
    level: int | None = None
    space: float = 0


_CENTER, _RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
# 二号 is 22 points, 三号 16, 四号 14, 五号 10.5.
OFFICIAL = (
    Style("Normal", FANGSONG, 16, align=_BOTH, indent=2),
    Style("Title", TITLE_SONG, 22, line=35, align=_CENTER),
    Style("Subtitle", KAI, 16, align=_CENTER),
    Style("Heading 1", HEI, 16, indent=2, level=1),
    Style("Heading 2", KAI, 16, indent=2, level=2),
    Style(TABLE, FANGSONG, 10.5, line=16),
    Style(FIGURE, FANGSONG, 10.5, line=16, align=_CENTER),
    Style(TABLE_HEAD, HEI, 10.5, line=16, align=_CENTER),
    Style(PICTURE, FANGSONG, 16, line=None, align=_CENTER),
    Style("Caption", HEI, 10.5, line=20, align=_CENTER),
    Style(RIGHT, FANGSONG, 16, align=_RIGHT),
    Style("Footer", SONG, 14, line=None),
)
PLAIN = (
    Style("Normal", TIMES, 12, line=20, align=_BOTH),
    Style("Title", TIMES, 20, line=26, align=_CENTER, bold=True),
    Style("Subtitle", TIMES, 12, line=24, align=_CENTER),
    Style("Heading 1", TIMES, 14, line=24, bold=True, level=1, space=8),
    Style("Heading 2", TIMES, 12, line=22, bold=True, level=2, space=4),
    Style(TABLE, TIMES, 10, line=13),
    Style(FIGURE, TIMES, 10, line=13, align=_CENTER),
    Style(TABLE_HEAD, TIMES, 10, line=13, align=_CENTER, bold=True),
    Style(PICTURE, TIMES, 12, line=None, align=_CENTER),
    Style("Caption", TIMES, 10, line=16, align=_CENTER, bold=True),
    Style(RIGHT, TIMES, 12, line=20, align=_RIGHT),
    Style("Footer", TIMES, 11, line=None),
)
# Of Latin signs; those that are said to be Chinese, LibreOffice breaks in the middle of a number.
LATIN = "en-GB"


def make_document(language: str) -> WordDocument:
    """Make an empty document in the form of an official paper in Chinese, or a plain one in English."""
    document = Document()
    _set_defaults(document)
    styles = OFFICIAL if language == "zh" else PLAIN
    for style in styles:
        _set_style(document, style, tighter=styles is OFFICIAL)
    _set_page(document)
    _number_pages(document)
    note_fallbacks(document)
    return document


def add_paragraph(document: WordDocument, text: str, style: str) -> Paragraph:
    """Add a paragraph of a style."""
    return document.add_paragraph(text, style=style)


def _set_defaults(document: WordDocument) -> None:
    """Take away what python-docx's template brings along: another page, type of its theme, English signs."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for spacing in list(defaults.iter(qn("w:spacing"))):
        spacing.getparent().remove(spacing)
    for fonts in list(defaults.iter(qn("w:rFonts"))):
        fonts.getparent().remove(fonts)
    for name, relation in list(document.part.package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of an empty page
            del document.part.package.rels[name]
    document.core_properties.author, document.core_properties.comments = "kfly", ""
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LATIN)
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_style(document: WordDocument, wanted: Style, *, tighter: bool) -> None:
    names = {style.name for style in document.styles}
    style: Any = (
        document.styles[wanted.name]
        if wanted.name in names
        else document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
    )
    element = style.element
    for part in ("w:pPr", "w:rPr"):
        for old in element.findall(qn(part)):
            element.remove(old)  # theme types would win over ours, and blue headings are no official ones
    style.font.size, style.font.bold, style.font.color.rgb = Pt(wanted.size), wanted.bold, RGBColor(0, 0, 0)
    _set_face(element.get_or_add_rPr(), wanted.face)
    if tighter and wanted.size == Pt(16).pt:
        _append(element.get_or_add_rPr(), "w:spacing", val=TIGHTER)
    _set_lines(style.paragraph_format, wanted)
    if wanted.line != BODY_LINE:  # else LibreOffice gives each line the height of the grid's
        _append(element.get_or_add_pPr(), "w:snapToGrid", val=0)
    if wanted.indent:
        indent = element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), str(wanted.indent * 100))
        indent.set(qn("w:firstLine"), str(int(wanted.indent * wanted.size * TWIPS)))
    elif wanted.name != "Normal":  # else the first line of what is based on it moves in too
        indent = element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "0")
        indent.set(qn("w:firstLine"), "0")
    if wanted.level is not None:
        _append(element.get_or_add_pPr(), "w:outlineLvl", val=wanted.level - 1)


def _set_lines(form: Any, wanted: Style) -> None:
    form.alignment = wanted.align
    form.space_before, form.space_after = Pt(wanted.space), Pt(0)
    form.widow_control = False  # else a page would end before its last line
    form.keep_with_next = wanted.level is not None
    if wanted.line is None:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(wanted.line)


def _set_face(properties: Any, face: Face) -> None:
    fonts = properties.get_or_add_rFonts()
    for which, name in (
        ("ascii", face.latin),
        ("hAnsi", face.latin),
        ("eastAsia", face.name),
        ("cs", face.latin),
    ):
        fonts.set(qn(f"w:{which}"), name)


def _set_page(document: WordDocument) -> None:
    (section,) = document.sections
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.top_margin, section.left_margin = TOP, INNER
    section.right_margin = OUTER
    section.bottom_margin = BOTTOM
    # From the edge of the paper to the number's lower edge.
    section.footer_distance = Length(BOTTOM - NUMBER_BELOW_CORE - Pt(16))
    section.header_distance = Mm(15)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = _append(section._sectPr, "w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(CORE_HEIGHT.twips / LINES)))
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    # Paper is printed on both sides: the binding side of even pages is their right one.
    settings.element.insert(1, OxmlElement("w:mirrorMargins"))


def _number_pages(document: WordDocument) -> None:
    """Put the number, between dashes, on the outer side, a sign from the edge: — 1 —."""
    (section,) = document.sections
    for footer, align, side in (
        (section.footer, _RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        paragraph.alignment = align
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn(f"w:{side}Chars"), "100")
        indent.set(qn(f"w:{side}"), str(14 * TWIPS))
        paragraph.add_run("— ")
        field = _append(paragraph._p, "w:fldSimple", instr="PAGE")
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph.add_run(" —")


def _append(parent: Any, tag: str, **attributes: object) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    parent.append(made)
    return made
