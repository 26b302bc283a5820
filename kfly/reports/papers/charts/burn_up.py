"""The burn-up of a target: what was reached, what was expected, where the pace leads."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from markupsafe import Markup

from kfly.locale import _, format_number
from kfly.progress.targets import TargetStanding
from kfly.progress.trend import MONTH, MONTHS, Point, trend
from kfly.reports import words
from kfly.reports.figures import find_unit, write_figure, write_goal
from kfly.reports.outlook import describe_outlook
from kfly.reports.papers.charts.drawing import Size, Spot, draw, measure_text
from kfly.reports.status import name_target, write_figures
from kfly.reports.trend import choose_step, find_bottom, find_top, is_told

SIZE = Size(360, 210)
ABOVE, BELOW, RIGHT = 42, 22, 12  # of the plot: room for the legend, for days, for half a year's name
SAMPLE, GAP = 20, 12  # of the legend: a line's sample, the room after its word
MOST_AMOUNTS, MOST_DAYS = 6, 5  # named at the side and below
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # months between two days named


class Label(NamedTuple):
    """What is named at the side or below, and where."""

    at: float
    told: str


class DayLabel(NamedTuple):
    """A day named below: where it stands, and where the middle of its name, which is never cut off."""

    at: float
    told: str
    middle: float


class Plot(NamedTuple):
    """The rectangle in which the lines run.

    Attributes:
        left: where the first day stands.
        right: where the last day stands.
        top: where the highest amount stands.
        bottom: where the lowest amount stands.
    """

    left: float
    right: float
    top: float
    bottom: float


class Scale(NamedTuple):
    """Where days and amounts stand in a plot."""

    plot: Plot
    first: date
    last: date
    low: Fraction
    high: Fraction

    def x(self, day: date) -> float:
        """Return where a day stands."""
        run = max((self.last - self.first).days, 1)
        return self.plot.left + (self.plot.right - self.plot.left) * (day - self.first).days / run

    def y(self, amount: Fraction) -> float:
        """Return where an amount stands."""
        share = float((amount - self.low) / (self.high - self.low))
        return self.plot.bottom - (self.plot.bottom - self.plot.top) * share


def draw_burn_up(row: TargetStanding, day: date, size: Size = SIZE) -> Markup:
    """Draw the way of a target from the eve of its window to its deadline, a point a month.

    Args:
        row: where the target stands on the day.
        day: the day asked.
        size: of the chart.
    """
    points = trend(row, day, MONTH)
    high, low = find_top(row, points), find_bottom(points)
    amounts = list(_list_amounts(low, high, whole=row.gauge.whole))
    left = 8 + max(measure_text(format_number(amount)) for amount in amounts)
    plot = Plot(left, size.width - RIGHT, ABOVE, size.height - BELOW)
    scale = Scale(plot, points[0].on, points[-1].on, low, high)
    reached = _way(points, scale, lambda point: point.actual)
    return draw(
        "burn_up",
        size,
        title=name_target(row),
        told=_tell(row, day),
        plot=plot,
        unit=find_unit(row),
        legend=list(_legend(row)),
        amounts=[Label(scale.y(amount), format_number(amount)) for amount in amounts],
        days=list(_name_days(scale, size)),
        goal=Label(scale.y(row.goal.amount), _("goal {goal}", goal=write_goal(row, row.goal)))
        if row.goal and low <= row.goal.amount <= high
        else None,
        actual=reached,
        ground=scale.y(max(low, Fraction(0))),
        expected=_way(points, scale, lambda point: point.expected),
        ahead=_way(points, scale, lambda point: point.projected, high) if is_told(row) else [],
        now=reached[-1] if reached else None,
        figure=write_figure(row, row.actual),
    )


def _tell(row: TargetStanding, day: date) -> str:
    """Say in words what the chart shows."""
    expected = (
        [_("expected {amount}", amount=write_figure(row, row.expected))] if row.expected is not None else []
    )
    light = words.light(row.light, starting=row.starting)
    said = [
        _("As of {day}", day=day.isoformat()),
        write_figures(row),
        light,
        *expected,
        *describe_outlook(row),
    ]
    return _("; ").join(said)


def _legend(row: TargetStanding) -> Iterator[tuple[str, float, str]]:
    """Yield the class of each line, where its sample stands, and its word."""
    lines = [("actual", _("actual")), ("expected", _("trajectory")), ("ahead", _("at the pace so far"))]
    drawn, x = [True, row.line is not None, is_told(row)], 2.0
    for (line, word), there in zip(lines, drawn, strict=True):
        if there:
            yield line, x, word
            x += SAMPLE + 4 + measure_text(word) + GAP


def _list_amounts(low: Fraction, high: Fraction, *, whole: bool) -> Iterator[Fraction]:
    """Yield round amounts for the side, few enough to stand apart; no half of what is counted."""
    step = max(choose_step(high - low), Fraction(int(whole)))
    while (high - low) / step > MOST_AMOUNTS:
        step *= 2
    number = -(-low // step)
    while number * step <= high:
        yield number * step
        number += 1


def _name_days(scale: Scale, size: Size) -> Iterator[DayLabel]:
    """Yield years, or months where the window is short, at the places where they begin."""
    first, last = (day.year * MONTHS + day.month - 1 for day in (scale.first, scale.last))
    step = next((step for step in STEPS if (last - first) // step < MOST_DAYS), STEPS[-1])
    for month in range(first + 1, last + 1):
        if month % step == 0:
            begins = date(month // MONTHS, month % MONTHS + 1, 1)
            told = f"{begins:%Y}" if step % MONTHS == 0 else f"{begins:%Y-%m}"
            at, half = scale.x(begins), measure_text(told) / 2
            yield DayLabel(at, told, min(max(at, half), size.width - half))


def _way(
    points: Sequence[Point],
    scale: Scale,
    amount_of: Callable[[Point], Fraction | None],
    high: Fraction | None = None,
) -> list[Spot]:
    """List where a line runs; one that leaves the plot ends at its edge."""
    way: list[Spot] = []
    before: tuple[date, Fraction] | None = None
    for point in points:
        amount = amount_of(point)
        if amount is None:
            continue
        if high is not None and amount > high:
            if before is not None:
                way.append(_cross(scale, before, (point.on, amount), high))
            break
        way.append((scale.x(point.on), scale.y(amount)))
        before = point.on, amount
    return way


def _cross(scale: Scale, before: tuple[date, Fraction], after: tuple[date, Fraction], high: Fraction) -> Spot:
    """Return where a line between two points crosses the upper edge."""
    share = float((high - before[1]) / (after[1] - before[1]))
    start, end = scale.x(before[0]), scale.x(after[0])
    return start + (end - start) * share, scale.y(high)
