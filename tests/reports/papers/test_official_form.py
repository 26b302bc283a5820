"""The form of an official paper, read back from the document: GB/T 9704-2012."""

from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm, Pt

from kfly.reports.papers.word.form import OFFICIAL, PLAIN, make_document
from tests.support.word_papers import attribute


@pytest.fixture(scope="module")
def paper() -> WordDocument:
    return make_document("zh")


def style(paper: WordDocument, name: str) -> Any:
    return paper.styles[name].element


def test_the_page_is_a4_with_the_margins_and_the_core_of_the_standard(paper: WordDocument) -> None:
    (section,) = paper.sections
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes if size] == [210, 297, 37, 28]
    assert section.page_width
    assert section.page_height
    across = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    down = section.page_height - (section.top_margin or 0) - (section.bottom_margin or 0)
    assert (round(Mm(1) and across / Mm(1)), round(down / Mm(1))) == (156, 225)


def test_a_page_has_22_lines_of_28_points_and_28_signs(paper: WordDocument) -> None:
    grid = paper.sections[0]._sectPr.find("w:docGrid", paper.element.nsmap)
    assert grid is not None
    pitch = int(grid.get(f"{{{paper.element.nsmap['w']}}}linePitch", "0"))
    assert Mm(225).twips // pitch == 22
    body = style(paper, "Normal")
    assert attribute(body, "pPr/spacing", "line") == str(28 * 20)
    assert attribute(body, "pPr/spacing", "lineRule") == "exact"
    tighter = int(attribute(body, "rPr/spacing", "val") or 0) / 20  # points
    assert int(Mm(156) / Pt(16 + tighter)) == 28


@pytest.mark.parametrize(
    ("name", "face", "half_points"),
    [
        ("Normal", "仿宋_GB2312", 32),
        ("Title", "方正小标宋简体", 44),
        ("Heading 1", "黑体", 32),
        ("Heading 2", "楷体_GB2312", 32),
        ("Footer", "宋体", 28),
    ],
)
def test_each_sort_of_paragraph_has_its_type_and_size(
    paper: WordDocument, name: str, face: str, half_points: int
) -> None:
    element = style(paper, name)
    assert attribute(element, "rPr/rFonts", "eastAsia") == face
    assert attribute(element, "rPr/rFonts", "ascii") == face
    assert attribute(element, "rPr/sz", "val") == str(half_points)


@pytest.mark.parametrize("wanted", [*OFFICIAL, *PLAIN], ids=lambda wanted: wanted.name)
def test_no_style_keeps_a_type_of_the_theme_which_would_win(wanted: Any) -> None:
    for language in ("zh", "en"):
        fonts = make_document(language).styles[wanted.name].element.find(".//w:rFonts", {"w": W})
        assert not [name for name in fonts.attrib if name.endswith("Theme")]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_first_lines_move_in_by_two_signs(paper: WordDocument) -> None:
    assert attribute(style(paper, "Normal"), "pPr/ind", "firstLineChars") == "200"
    assert attribute(style(paper, "Table Text"), "pPr/ind", "firstLineChars") == "0"


def test_pictures_are_not_clipped_by_lines_of_one_height(paper: WordDocument) -> None:
    assert attribute(style(paper, "Picture"), "pPr/spacing", "lineRule") == "auto"


def test_page_numbers_stand_between_dashes_on_the_outer_side_a_sign_from_the_edge(
    paper: WordDocument,
) -> None:
    (section,) = paper.sections
    assert paper.settings.odd_and_even_pages_header_footer
    assert paper.settings.element.find("w:mirrorMargins", {"w": W}) is not None
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph._p.xpath("string(.)") == "— 1 —"
        assert attribute(paragraph._p, "fldSimple", "instr") == "PAGE"
        assert attribute(paragraph._p, "pPr/jc", "val") == side
        assert attribute(paragraph._p, "pPr/ind", f"{side}Chars") == "100"


def test_a_machine_without_these_types_is_told_what_stands_in_for_them(paper: WordDocument) -> None:
    fonts = paper.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE).blob.decode()
    for face, near in (("仿宋_GB2312", "FangSong"), ("楷体_GB2312", "KaiTi"), ("方正小标宋简体", "宋体")):
        assert near in fonts.partition(face)[2].partition("</")[0]


def test_the_language_is_chinese_for_chinese_signs_alone(paper: WordDocument) -> None:
    defaults = paper.styles.element.find("w:docDefaults", {"w": W})
    assert attribute(defaults, "rPrDefault/rPr/lang", "eastAsia") == "zh-CN"
    assert attribute(defaults, "rPrDefault/rPr/lang", "val") == "en-GB"


def test_in_english_it_is_plain() -> None:
    paper = make_document("en")
    assert attribute(style(paper, "Normal"), "rPr/rFonts", "ascii") == "Times New Roman"
    assert attribute(style(paper, "Normal"), "pPr/ind", "firstLineChars") is None
