"""Charts of the workbook: native ones, that follow their cells.

What they show is handed over as well, so that it is there before anything is reckoned anew; a name is never
given as a text, since one that looks like a reference would be taken for one.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from kfly.locale import language
from kfly.reports.papers.workbook.looks import to_number
from kfly.reports.papers.workbook.sheet import Amount, Cell
from kfly.workbook.book import FONT

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

Reference = Sequence[str | int]  # a sheet, and the cells of it

ACTUAL, EXPECTED, PROJECTED, GOAL = "#2E75B6", "#A6A6A6", "#ED7D31", "#C00000"
GRID = {"visible": True, "line": {"color": "#E3E8EE", "width": 0.5}}
NO_GRID = {"visible": False}


class Line(NamedTuple):
    """A row of figures of a chart.

    Attributes:
        name: the cell that names it.
        told: what stands there.
        values: the cells of its figures.
        figures: what stands there.
        look: how it is drawn.
    """

    name: Reference
    told: str
    values: Reference
    figures: Sequence[Cell]
    look: dict[str, Any]


def draw(
    file: "Workbook",
    kind: dict[str, str],
    categories: Reference,
    labels: Sequence[str | int],
    lines: Sequence[Line],
) -> "Chart":
    """Make a chart of some lines over the same categories."""
    chart = file.add_chart(kind)
    for line in lines:
        chart.add_series(
            {
                "name": list(line.name),
                "name_data": [line.told],
                "categories": list(categories),
                "categories_data": list(labels),
                "values": list(line.values),
                "values_data": [find_value(each) for each in line.figures],
                **line.look,
            }
        )
    chart.set_legend({"position": "top", "font": font(9)})
    chart.set_chartarea({"border": {"color": "#C9D3DF"}})
    chart.show_blanks_as("gap")
    return chart


def find_value(cell: Cell) -> int | float | None:
    """Return a cell's figure; None for what is none."""
    figure = cell.figure if isinstance(cell, Amount) else cell
    return to_number(figure) if isinstance(figure, int | Fraction) else None


def put_title(chart: "Chart", cell: Reference, told: str) -> None:
    """Title a chart with what stands in a cell."""
    chart.set_title({"name": list(cell), "data": [told], "name_font": font(11, bold=True), "overlay": False})


def font(size: float, **more: Any) -> dict[str, Any]:
    """Return the letters of a chart."""
    return {"name": FONT[language()], "size": size, "color": "#404040", **more}
