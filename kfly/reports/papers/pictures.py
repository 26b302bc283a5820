"""Charts as pictures: Word shows PNG, and the type of their words is chosen here."""

from functools import cache
from pathlib import Path

from resvg_py import svg_to_bytes

from kfly.console.screen import complain
from kfly.locale import _

SHARPNESS = 3  # pixels of the picture for one of the chart: 300 to the inch and more
WHITE = "#ffffff"
FAMILY, MACHINES = "Noto Sans SC", "Noto Sans CJK SC"  # of the extra, and the most usual one elsewhere
EXTRA = "kfly[fonts]"


def draw_png(svg: str) -> bytes:
    """Draw a chart as a PNG, with the type of the extra ``fonts``, else with the machine's own."""
    font = find_font()
    if font is None:
        return svg_to_bytes(svg_string=svg, zoom=SHARPNESS, background=WHITE, sans_serif_family=MACHINES)
    return svg_to_bytes(
        svg_string=svg,
        zoom=SHARPNESS,
        background=WHITE,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        font_files=[str(font)],
        skip_system_fonts=True,
    )


@cache
def find_font() -> Path | None:
    """Find the Chinese type of the extra ``fonts``; say once how to install it where it is not."""
    try:
        from pylopdf_fonts_zh_cn import sans_path
    except ModuleNotFoundError:
        message = _(
            "The charts are drawn with the fonts of this machine; if it has no Chinese ones, install"
            " them with pip install '{extra}'.",
            extra=EXTRA,
        )
        complain([message])
        return None
    return sans_path()
