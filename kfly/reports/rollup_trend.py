"""``rollup --trend``: the way of one target over all counties, day by day as it was kept."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, to_json_number
from kfly.plan.metrics import Goal
from kfly.progress.rollup_trend import RollupPoint, RollupWay
from kfly.reports.rollup import write_pair
from kfly.reports.trend import ACTUAL, draw_line, label_axes

WIDEST, HEIGHT = 80, 16  # cells of the drawing
NAMED = 5  # counties that stand with an earlier figure, named on a line


def document(way: RollupWay) -> dict[str, Any]:
    """Return the JSON that other programs rely on."""
    return {
        "key": way.key,
        "name": way.name,
        "unit": way.unit,
        "comparison": way.comparison,
        "points": [
            {
                "on": point.on.isoformat(),
                "period": point.period,
                "sum": to_json_number(point.total),
                "goal": to_json_number(point.goal),
                "met": point.met,
                "counties": point.counties,
                "reporting": point.reporting,
                "carried": list(point.carried),
            }
            for point in way.points
        ],
        "others": list(way.others),
    }


def render(way: RollupWay) -> None:
    """Print the way for people: the drawing, and the figures of each kept day."""
    last = way.points[-1]
    heading = _("{target} · as of {day}", target=way.name, day=last.on.isoformat())
    drawn: list[Text | str] = [Text(_draw(way)), ""] if len(way.points) > 1 else []
    show(text(heading, "bold"), "", *drawn, _table(way))
    if any(point.carried for point in way.points):
        show(text(_("*: counties that did not answer on that day stand with their last figures."), "dim"))
    if way.others:
        told = _(
            "Not in it, as their unit, comparison or period differs: {names}.", names=_(", ").join(way.others)
        )
        show(text(told, "yellow"))


def _table(way: RollupWay) -> Any:
    columns = [
        Column(_("Until")),
        Column(_("Total / goal"), narrowest=10),
        Column(_("Met"), justify="right"),
        Column(_("Counties"), justify="right"),
    ]
    if not any(point.carried for point in way.points):
        return make_table(columns, [_cells(way, point) for point in way.points])
    columns.append(Column(_("With earlier figures*"), narrowest=14))
    return make_table(columns, [[*_cells(way, point), _name_carried(point)] for point in way.points])


def _cells(way: RollupWay, point: RollupPoint) -> list[str | Text]:
    total = "—" if point.reporting else _("no data")
    if point.total is not None:
        promised = Goal(way.comparison, point.goal) if way.comparison and point.goal is not None else None
        total = f"{write_pair(way, point.total, promised)} {way.unit}"
    return [point.on.isoformat(), total, str(point.met), str(point.counties)]


def _name_carried(point: RollupPoint) -> str:
    named = _(", ").join(point.carried[:NAMED])
    left = len(point.carried) - NAMED
    return _("{names} and {n} more", names=named, n=left) if left > 0 else named


def _measure(point: RollupPoint) -> Fraction:
    """Return what is drawn: the total, or how many meet theirs where figures do not add up."""
    return Fraction(point.met) if point.total is None else point.total


def _draw(way: RollupWay) -> str:
    """Draw the way, a step at each kept day."""
    import plotext

    first, last = way.points[0].on, way.points[-1].on
    size = min(measure_width(), WIDEST)
    figure = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(size, HEIGHT)
    days = [first + timedelta(days=(last - first).days * n // size) for n in range(size)] + [last]
    reached = [(day, _measure([point for point in way.points if point.on <= day][-1])) for day in days]
    draw_line(figure, ACTUAL, reached)
    label_axes(figure, max(Fraction(1), *(amount for _day, amount in reached)), first, last)
    return str(figure.build().string(colorless=True)).rstrip("\n")
