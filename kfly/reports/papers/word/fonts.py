"""The types of an official paper, and what stands in for them where a machine lacks them.

They are named and never shipped: their makers sell them. Word looks for the other names of a type in the
document's list of fonts.
"""

from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Face(NamedTuple):
    """A type.

    Attributes:
        name: as Chinese offices have it installed.
        fallbacks: other names, the nearest first.
        latin: the type of digits and letters.
        panose: what it looks like, for programs that know none of the names.
        family: ``roman`` with serifs, ``swiss`` without, ``script`` as written with a brush.
    """

    name: str
    fallbacks: tuple[str, ...]
    latin: str
    panose: str
    family: str


TITLE_SONG = Face(
    "方正小标宋简体",
    (
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05S",
        "华文中宋",
        "STZhongsong",
        "宋体",
        "SimSun",
        "Noto Serif CJK SC",
    ),
    "方正小标宋简体",
    "03000509000000000000",
    "roman",
)
FANGSONG = Face(
    "仿宋_GB2312",
    ("仿宋", "FangSong", "华文仿宋", "STFangsong", "方正仿宋_GBK", "Noto Serif CJK SC"),
    "仿宋_GB2312",
    "02010609030101010101",
    "roman",
)
HEI = Face(
    "黑体",
    ("SimHei", "华文黑体", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC"),
    "黑体",
    "02010609060101010101",
    "swiss",
)
KAI = Face(
    "楷体_GB2312",
    ("楷体", "KaiTi", "华文楷体", "STKaiti", "方正楷体_GBK", "AR PL UKai CN"),
    "楷体_GB2312",
    "02010609030101010101",
    "script",
)
SONG = Face(
    "宋体",
    ("SimSun", "NSimSun", "华文宋体", "STSong", "Noto Serif CJK SC"),
    "宋体",
    "02010600030101010101",
    "roman",
)
TIMES = Face("宋体", SONG.fallbacks, "Times New Roman", SONG.panose, "roman")
FACES = (TITLE_SONG, FANGSONG, HEI, KAI, SONG)


def note_fallbacks(document: WordDocument) -> None:
    """Write the types with their other names into the document's list of fonts."""
    fonts = etree.Element(f"{{{W}}}fonts", nsmap={"w": W})
    for face in FACES:
        font = etree.SubElement(fonts, f"{{{W}}}font", {f"{{{W}}}name": face.name})
        for tag, value in (
            ("altName", ",".join(face.fallbacks)),
            ("panose1", face.panose),
            ("charset", "86"),  # GB 2312
            ("family", face.family),
            ("pitch", "default"),
        ):
            etree.SubElement(font, f"{{{W}}}{tag}", {f"{{{W}}}val": value})
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
