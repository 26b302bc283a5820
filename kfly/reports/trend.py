"""``trend KEY``: the burn-up of a target: what was reached, what was expected, where the pace leads."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import compress, pairwise
from typing import Any

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, format_number, to_json_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.targets import TargetStanding
from kfly.progress.trend import Point
from kfly.reports import words
from kfly.reports.earlier_periods import write_each_period
from kfly.reports.figures import find_unit, write_difference, write_figure, write_goal
from kfly.reports.outlook import describe_outlook
from kfly.reports.status import name_target, target_document, write_figures

WIDEST, HEIGHT = 80, 18  # cells of the drawing
ACTUAL, EXPECTED, PROJECTED = "█", "·", "+"
HEADROOM = Fraction(5, 4)  # of the drawing, above the goal and all that was reached
LABELS = 5  # days named below the drawing, at most
SHORT = 150  # days, below which days are named and not months


def document(row: TargetStanding, points: Sequence[Point], plan: Plan, day: date) -> dict[str, Any]:
    """Return the JSON that other programs rely on: the target as in ``status``, and its way."""
    return {
        **target_document(row, name_organisations(plan)),
        "as_of": day.isoformat(),
        "points": [
            {
                "on": point.on.isoformat(),
                "actual": to_json_number(point.actual),
                "expected": to_json_number(point.expected),
                "projected": to_json_number(point.projected),
            }
            for point in points
        ],
    }


def render(row: TargetStanding, points: Sequence[Point], day: date) -> None:
    """Print the trend for people: the drawing, what it means, and the figures of each period."""
    heading = _("{target} · as of {day}", target=name_target(row), day=day.isoformat())
    light = text(words.light(row.light, starting=row.starting), words.colour(row.light))
    show(
        text(heading, "bold"),
        light.append("  " + write_figures(row)),
        *(text(line) for line in [*describe_outlook(row), *write_each_period(row)]),
        "",
        Text(_draw_trend(row, points, day)),
        text(_legend(row), "dim"),
        "",
        _table(row, points, day),
    )


def _legend(row: TargetStanding) -> str:
    parts = [_("{sign} actual", sign=ACTUAL)]
    if row.line:
        parts.append(_("{sign} trajectory", sign=EXPECTED))
    if is_told(row):
        parts.append(_("{sign} at the pace so far", sign=PROJECTED))
    if row.goal:
        parts.append(
            _("{sign} goal {goal} {unit}", sign="─", goal=write_goal(row, row.goal), unit=find_unit(row))
        )
    return "  ".join(parts)


def is_told(row: TargetStanding) -> bool:
    """Tell whether the pace says enough to be drawn."""
    return row.forecast is not None and not row.forecast.too_early


def _table(row: TargetStanding, points: Sequence[Point], day: date) -> Any:
    added = _("Change") if row.target.reading.is_level else _("Added")
    headings = [added, _("Actual"), _("Expected"), _("At this pace")]
    told = [True, True, row.line is not None, is_told(row)]
    rows: list[list[str | Text]] = []
    for before, point in pairwise(points):
        more = (
            point.actual - before.actual if point.actual is not None and before.actual is not None else None
        )
        ahead = point.projected if point.on > day else None
        on = text(point.on.isoformat(), "bold" if point.on == day else "")
        figures = (_figure(row, each) for each in (point.actual, point.expected, ahead))
        cells = list(compress(("" if more is None else write_difference(row, more), *figures), told))
        if any(cells):  # of a ceiling, nothing is known of the days to come
            rows.append([on, *cells])
    return make_table(
        [Column(_("Until")), *(Column(each, justify="right") for each in compress(headings, told))], rows
    )


def _figure(row: TargetStanding, figure: Fraction | None) -> str:
    return "" if figure is None else write_figure(row, figure)


def _draw_trend(row: TargetStanding, points: Sequence[Point], day: date) -> str:
    """Draw the trend; every column of it is a day of its own, not only the periods' ends."""
    import plotext

    first, last = points[0].on, points[-1].on
    size = min(measure_width(), WIDEST)
    days = [first + timedelta(days=(last - first).days * n // size) for n in range(size)] + [last]
    top, bottom = find_top(row, points), find_bottom(points)
    figure = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(size, HEIGHT)
    if row.goal:
        figure.line(float(row.goal.amount))
    if row.line:
        draw_line(figure, EXPECTED, [(d, row.line.on(d)) for d in days])
    if row.forecast and row.actual is not None and is_told(row) and day < last:
        ahead = ((d, row.forecast.on(row.actual, day, d)) for d in [day, *(d for d in days if d > day)])
        draw_line(figure, PROJECTED, [(d, amount) for d, amount in ahead if amount <= top])
    reached = ((d, row.gauge.on(d)) for d in [*(d for d in days if d <= day), min(day, last)])
    draw_line(figure, ACTUAL, [(d, amount) for d, amount in reached if amount is not None])
    label_axes(figure, top, first, last, bottom=bottom)
    return str(figure.build().string(colorless=True)).rstrip("\n")


def draw_line(figure: Any, sign: str, way: Sequence[tuple[date, Fraction]]) -> None:
    """Draw amounts day by day with a sign."""
    signal = figure.signal(
        [d.toordinal() for d, _a in way], [float(amount) for _d, amount in way], marker=sign
    )
    figure.draw(signal.lines())


def find_top(row: TargetStanding, points: Sequence[Point]) -> Fraction:
    """Return the highest amount drawn: a pace far beyond the goal must not press all else to the ground."""
    promised = [row.goal.amount] if row.goal else []
    reached = [amount for point in points for amount in (point.actual, point.expected) if amount]
    above = max([Fraction(1), *promised, *reached])
    ahead = [point.projected for point in points if point.projected]
    return min(above * HEADROOM, max(above, *ahead)) if ahead else above


def find_bottom(points: Sequence[Point]) -> Fraction:
    """Return the lowest amount drawn: 0, or less where a figure fell below."""
    return min([Fraction(0), *(point.actual for point in points if point.actual is not None)])


def label_axes(
    figure: Any, top: Fraction, first: date, last: date, *, bottom: Fraction = Fraction(0)
) -> None:
    """Name days below, and amounts at the side: round ones, each once.

    A single figure, or none, must not be the whole width: from the first day to the last is drawn.
    """
    named = [first + timedelta(days=(last - first).days * n // (LABELS - 1)) for n in range(LABELS)]
    form = "%Y-%m" if (last - first).days > SHORT else "%m-%d"
    days = sorted({d.toordinal(): d.strftime(form) for d in named}.items())
    figure.ruler("x", "lower").ticks([day for day, _name in days], [name for _day, name in days])
    if first < last:
        figure.ruler("x", "lower").lim(first.toordinal(), last.toordinal())
    step = choose_step(top - bottom)
    named_amounts = [step * n for n in range(-(-bottom // step), int(top / step) + 1)]
    figure.ruler("y", "left").ticks(list(map(float, named_amounts)), list(map(format_number, named_amounts)))


def choose_step(top: Fraction) -> Fraction:
    """Return the distance of amounts at the side: 1, 2 or 5 times a power of ten, four to nine of them."""
    step = Fraction(1)
    while top / step > 10:  # noqa: PLR2004
        step *= 10
    while top / step < 1:
        step /= 10
    return step if top / step > 5 else step / 2 if top / step > 2 else step / 5  # noqa: PLR2004
