"""The charts of the summary: the targets' shares of their goals, and the towns' scores."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kfly.locale import _
from kfly.progress.league import Place
from kfly.progress.targets import TargetStanding
from kfly.reports.papers.workbook import league, targets
from kfly.reports.papers.workbook.charts import ACTUAL, GRID, NO_GRID, Line, draw, font
from kfly.reports.papers.workbook.tables import Placed
from kfly.reports.status import name_target

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

PALE_COLUMN = "#D0D7DE"
WIDTH, HEIGHT, LOW = 980, 425, 325  # pixels
HIGHEST = 2  # share of a goal that is drawn: far more than all of it would press the others to the ground


def draw_targets(file: "Workbook", rows: Sequence[TargetStanding], its: Placed) -> "Chart":
    """Draw two columns a target: the share of its goal that is reached, and that is expected by the day."""
    reached = [targets.share_reached(row) for row in rows]
    expected = [targets.share_expected(row) for row in rows]
    told: tuple[tuple[int, str, Sequence[Fraction | None], dict[str, Any]], ...] = (
        (targets.PROGRESS, _("Progress"), reached, {"fill": {"color": ACTUAL}, "gap": 60}),
        (targets.EXPECTED_SHARE, _("Expected share"), expected, {"fill": {"color": PALE_COLUMN}}),
    )
    lines = [
        Line([its.sheet, its.heading, column], name, its.refer(column), figures, look)
        for column, name, figures, look in told
    ]
    labels = [name_target(row) for row in rows]
    chart = draw(file, {"type": "column"}, its.refer(targets.NAME), labels, lines)
    _finish(chart, _("Targets: share of the goal reached, and expected by this day"), HEIGHT)
    top = max([Fraction(1), *filter(None, reached)])
    _scale(chart, float(min(top, Fraction(HIGHEST))))
    return chart


def draw_league(file: "Workbook", places: Sequence[Place], names: Mapping[str, str], its: Placed) -> "Chart":
    """Draw a column a town: its score."""
    line = Line(
        [its.sheet, its.heading, league.SCORE],
        _("Score"),
        its.refer(league.SCORE),
        [league.find_score(place) for place in places],
        {"fill": {"color": ACTUAL}, "gap": 80},
    )
    labels = [names[place.town] for place in places]
    chart = draw(file, {"type": "column"}, its.refer(league.TOWN), labels, [line])
    _finish(chart, _("Towns by how far they keep what they owe"), LOW)
    chart.set_legend({"none": True})
    _scale(chart, 1)
    return chart


def _finish(chart: "Chart", title: str, height: int) -> None:
    chart.set_title({"name": title, "name_font": font(12, bold=True)})
    chart.set_x_axis({"num_font": font(8, rotation=-45), "major_gridlines": NO_GRID})
    chart.set_size({"width": WIDTH, "height": height})


def _scale(chart: "Chart", top: float) -> None:
    axis = {"num_format": "0%", "num_font": font(8), "major_gridlines": GRID, "min": 0, "max": top}
    chart.set_y_axis(axis)
