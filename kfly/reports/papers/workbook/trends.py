"""The way of each target to its goal, as ``trend`` shows it: a burn-up chart each, and their figures."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from kfly.locale import _
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import Standing
from kfly.progress.trend import MONTH, QUARTER, trend
from kfly.reports.figures import find_unit
from kfly.reports.papers.workbook.charts import (
    ACTUAL,
    EXPECTED,
    GOAL,
    GRID,
    NO_GRID,
    PROJECTED,
    Line,
    draw,
    find_value,
    font,
    put_title,
)
from kfly.reports.papers.workbook.looks import Looks
from kfly.reports.papers.workbook.page import Page
from kfly.reports.papers.workbook.sheet import DAY, MARK, NUMBER, Cell, Column, Table, View
from kfly.reports.papers.workbook.tables import Placed
from kfly.reports.papers.workbook.targets import make_goal_amount, make_row_amount
from kfly.reports.status import name_target
from kfly.workbook.book import excel_day

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

NAME, UNTIL, FIRST = 0, 2, 3  # columns of the figures
LINE_LOOKS: tuple[dict[str, Any], ...] = (
    {"color": ACTUAL, "width": 2.5},
    {"color": EXPECTED, "width": 1.5},
    {"color": PROJECTED, "width": 1.5, "dash_type": "dash"},
    {"color": GOAL, "width": 1},
)
BESIDE, BELOW = 2, 3  # charts of a page: in a row, and rows of them
CELLS = (8,) * 8 * BESIDE  # characters of the columns of cells that they take
LINES = 14  # rows of cells that a chart takes
SIZE = {"width": 476, "height": 262}  # pixels of a chart; its cells take 488 by 280
SCALE = 75  # percents at which they are printed
HALF_A_YEAR = 6  # months between the days that are named on an axis
TEN = 10  # from which on an axis does without decimals


class Way(NamedTuple):
    """A target and the rows of its way, as they stand on the sheet of the figures."""

    target: TargetStanding
    rows: Sequence[Sequence[Cell]]


def find_ways(standing: Standing) -> list[Way]:
    """Find the way of all targets: by month for a yearly one, by quarter for others."""
    return [Way(row, list(_list_rows(row, standing.as_of))) for row in standing.targets]


def _list_rows(row: TargetStanding, day: date) -> Iterator[list[Cell]]:
    """Yield a row a point; where the pace leads only where it says enough to be drawn."""
    told = row.forecast is not None and not row.forecast.too_early
    goal = make_goal_amount(row, row.goal)
    for point in trend(row, day, MONTH if row.target.every_year else QUARTER):
        head: list[Cell] = [name_target(row), find_unit(row), point.on]
        figures = (point.actual, point.expected, point.projected if told else None)
        yield [*head, *(make_row_amount(row, figure) for figure in figures), goal]


def make_trends(ways: Sequence[Way]) -> View:
    """Make the sheet of the figures that the charts are drawn of."""
    columns = [
        Column(_("Target"), widest=40),
        Column(_("Unit"), MARK),
        Column(_("Until"), DAY),
        *(Column(told, NUMBER) for told in _name_lines()),
    ]
    rows = [row for way in ways for row in way.rows]
    return View(_("Trend figures"), _("Trends: what the charts are drawn of"), [Table(columns, rows)])


def _name_lines() -> list[str]:
    return [_("Actual"), _("Expected"), _("At this pace"), _("Goal")]


def draw_trends(page: Page, ways: Sequence[Way], figures: Placed) -> None:
    """Fill the sheet of the charts, six on a page."""
    page.put_line(_("Trends: actual, expected, and where the pace leads"), page.looks.title)
    start, first = page.row, figures.first
    drawn: list[tuple[Way, Placed]] = []
    for way in ways:
        its = figures._replace(first=first, last=first + len(way.rows) - 1)
        first = its.last + 1
        if any(cell is not None for row in way.rows for cell in row[FIRST:]):  # else there is nothing to draw
            drawn.append((way, its))
    for number, (way, its) in enumerate(drawn):
        line, place = divmod(number, BESIDE)
        chart = _draw(page.looks, way, its, figures.heading)
        page.sheet.insert_chart(start + line * LINES, place * len(CELLS) // BESIDE, chart)
    page.leave(-(-len(drawn) // BESIDE) * LINES)
    page.set_print()
    page.break_before(*range(start + BELOW * LINES, page.row, BELOW * LINES), scale=SCALE)


def _draw(looks: Looks, way: Way, its: Placed, heading: int) -> "Chart":
    days = [excel_day(str(row[UNTIL])) or 0 for row in way.rows]
    lines = list(_list_lines(way, its, heading))
    chart = draw(looks.book.file, {"type": "line"}, its.refer(UNTIL), days, lines)
    put_title(chart, [its.sheet, its.first, NAME], name_target(way.target))
    months = HALF_A_YEAR if way.target.period is None else 1
    axis: dict[str, Any] = {"date_axis": True, "num_format": "yyyy-mm", "num_font": font(8)}
    axis |= {"major_unit": months, "major_unit_type": "months", "major_gridlines": NO_GRID}
    chart.set_x_axis(axis)
    goal = way.target.goal
    steps = "#,##0" if goal is not None and goal.amount >= TEN else "General"
    below = any((find_value(cell) or 0) < 0 for row in way.rows for cell in row[FIRST:])
    ground = {} if below else {"min": 0}
    chart.set_y_axis({"num_font": font(8), "num_format": steps, "major_gridlines": GRID, **ground})
    chart.set_size(SIZE)
    return chart


def _list_lines(way: Way, its: Placed, heading: int) -> Iterator[Line]:
    """Yield the lines that have any figure; each is named by its column's heading."""
    for column, (told, look) in enumerate(zip(_name_lines(), LINE_LOOKS, strict=True), start=FIRST):
        figures = [row[column] for row in way.rows]
        if any(figure is not None for figure in figures):
            yield Line([its.sheet, heading, column], told, its.refer(column), figures, {"line": look})
