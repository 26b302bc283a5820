"""What all charts share: their sizes, how long a text is, how a template becomes an SVG element."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup
from rich.cells import cell_len

from kfly.reports.papers.templates import open_templates, write_length

TEMPLATES = Path(__file__).parent
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


def draw(template: str, size: Size, *, title: str, told: str, **parts: Any) -> Markup:
    """Draw a chart.

    Args:
        template: the name of its template.
        size: of the whole.
        title: what a screen reader, and a hovering mouse, calls it.
        told: all that it shows, in words.
        parts: what the template draws.
    """
    made = open_templates(TEMPLATES).get_template(f"{template}.svg")
    drawn = made.render(size=size, title=title, told=told, join=join_spots, **parts)
    return Markup(drawn)  # noqa: S704  (the template escapes)
