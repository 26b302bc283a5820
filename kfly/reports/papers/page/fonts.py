"""Type for machines without any Chinese font: the signs that a page shows, embedded in it."""

from base64 import b64encode
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from markupsafe import Markup
from pylopdf_fonts_zh_cn import sans_path

FAMILY = "kfly Sans"  # as the style sheet calls it, behind the fonts of the machine itself


def embed_signs(shown: str) -> Markup:
    """Return the style that embeds the signs of a text, in one weight; others are drawn from it.

    Args:
        shown: all that is to be shown; what the font lacks is left to the machine.
    """
    options = Options(flavor="woff", hinting=False, layout_features=["kern", "locl"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=shown)
    made = BytesIO()
    with TTFont(sans_path(), lazy=True) as font:
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(made)
    data = b64encode(made.getvalue()).decode()
    style = f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff;base64,{data}) format("woff")}}'
    return Markup(style)  # noqa: S704  (letters, digits, + / = alone)
