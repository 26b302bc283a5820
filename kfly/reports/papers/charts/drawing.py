"""What all charts share: their sizes, how long a text is, how a template becomes an SVG element."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from rich.cells import cell_len

from kfly.console.screen import make_printable

NOT_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}  # characters that no XML may hold
TEXT_SIZE = 11  # of all writing
CELL = TEXT_SIZE * 0.56  # width of a cell: half a Chinese sign, or a letter


class Size(NamedTuple):
    """Of a chart, in CSS pixels; it may be shown at any other."""

    width: int
    height: int


Spot = tuple[float, float]  # x from the left, y from the top


def measure_text(text: str) -> float:
    """Return about how wide a text is drawn, in CSS pixels."""
    return cell_len(text) * CELL


def join_spots(way: Sequence[Spot]) -> str:
    """Write a way for the ``points`` of a polyline."""
    return " ".join(f"{write_length(x)},{write_length(y)}" for x, y in way)


def write_length(length: float) -> str:
    """Write a length to the tenth of a pixel."""
    return f"{length:.1f}".removesuffix(".0")


def show_plainly(value: Any) -> Any:
    """Make a text of a template one that only shows itself; markup of our own stays as it is."""
    if isinstance(value, float):
        return write_length(value)
    if isinstance(value, str) and not isinstance(value, Markup):
        return make_printable(value).translate(NOT_XML)
    return value


@cache
def _open_templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=show_plainly,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["spots"] = join_spots
    return made


def draw(template: str, size: Size, *, title: str, told: str, **parts: Any) -> Markup:
    """Draw a chart.

    Args:
        template: the name of its template.
        size: of the whole.
        title: what a screen reader, and a hovering mouse, calls it.
        told: all that it shows, in words.
        parts: what the template draws.
    """
    made = _open_templates().get_template(f"{template}.svg")
    return Markup(made.render(size=size, title=title, told=told, **parts))  # noqa: S704  (autoescaped)
