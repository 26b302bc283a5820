"""Bars that lie: a line of words, and below it a bar that can be read on a phone as on a wall."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from kfly.console.screen import wrap
from kfly.reports.papers.charts.drawing import CELL, Size, draw, measure_text

WIDTH = 360
LINE, BAR, GAP = 15, 8, 10  # heights of a line of words, a bar, the room after it
ROOM = 2  # cells between a label and its figures


class Bar(NamedTuple):
    """One bar.

    Attributes:
        label: what it stands for.
        told: its figures.
        share: how much of the width it fills, 0 to 1; None for words alone.
        beyond: how much a paler bar behind it fills.
        mark: where a line is drawn across it.
    """

    label: str
    told: str = ""
    share: float | None = None
    beyond: float | None = None
    mark: float | None = None


class _Laid(NamedTuple):
    """A bar in its place: where its first line begins, and its lines."""

    bar: Bar
    top: float
    lines: list[str]


def draw_bars(title: str, told: str, bars: Sequence[Bar], kind: str, width: int = WIDTH) -> Markup:
    """Draw bars below each other, as high as they need.

    Args:
        title: what the chart is called.
        told: all that it shows, in words.
        bars: from the top.
        kind: the class of the chart, for a page's style sheet.
        width: of the chart, in CSS pixels.
    """
    laid, top = [], 0.0
    for bar in bars:
        cells = int((width - measure_text(bar.told)) / CELL) - ROOM
        lines = wrap(bar.label, max(cells, ROOM)).split("\n")
        laid.append(_Laid(bar, top, lines))
        top += len(lines) * LINE + (0 if bar.share is None else BAR) + GAP
    return draw(
        "bars",
        Size(width, max(round(top), 1)),
        title=title,
        told=told,
        bars=laid,
        kind=kind,
        line=LINE,
        bar=BAR,
    )
