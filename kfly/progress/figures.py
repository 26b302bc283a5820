"""How a target's figures come about: counted and summed, reported from outside, divided by one another.

The rules are those of the plan's boundary words: a level stands until the next one, a running figure
(1—N月累计) begins anew with each year, an amount adds to those before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from kfly.plan.metrics import AMOUNT, LEVEL, RUNNING, TOTAL, Metric, Reading, Span
from kfly.plan.periods import Calendar
from kfly.plan.stepped import SteppedSpans
from kfly.progress.series import Figures, Quotients, Series, sort_by_town, total

Spans = Mapping[Metric, Sequence[Span]]


class Window(NamedTuple):
    """The days whose records make up a figure.

    Attributes:
        start: the first of them.
        end: the last on which one may begin; None where all later ones count too.
    """

    start: date
    end: date | None = None


class Recorded(NamedTuple):
    """What the records of each metric amount to, and the plan's years."""

    spans: Spans
    calendar: Calendar


class Measured(NamedTuple):
    """What is measured, and how.

    Attributes:
        metric: what is counted or summed; of a share what is divided.
        reading: how a figure comes out of it.
    """

    metric: Metric
    reading: Reading

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics whose records are asked for."""
        return (self.metric,) if self.reading.to is None else (self.metric, self.reading.to)


def make_figures(measured: Measured, recorded: Recorded, window: Window) -> Figures:
    """Make the figures of a window, from day to day.

    Args:
        measured: what is measured, and how.
        recorded: what the records amount to.
        window: which of them make up the figure.
    """
    metric, reading = measured
    spans, calendar = recorded
    if reading.to is not None:
        of, to = (_make_total(spans[one], one, window, calendar) for one in measured.metrics)
        return Quotients(of, to, reading.factor)
    return _MAKERS[reading.how](spans[metric], metric, window, calendar)


def make_figures_by_town(measured: Measured, recorded: Recorded, window: Window) -> dict[str, Figures]:
    """Make the figures of each town that a ``per: town`` metric covers, in the plan's order."""
    by_town = {metric: sort_by_town(recorded.spans[metric]) for metric in measured.metrics}
    return {
        town: make_figures(
            measured, recorded._replace(spans={m: its.get(town, ()) for m, its in by_town.items()}), window
        )
        for town in measured.metric.towns or ()
    }


def _make_total(spans: Sequence[Span], metric: Metric, window: Window, _calendar: Calendar) -> Series:
    return total(spans, None if metric.stock else window.start, window.end)


def _make_amount(spans: Sequence[Span], metric: Metric, window: Window, calendar: Calendar) -> Series:
    """Add up what was reported piece by piece; before the first piece there is no figure."""
    series = _make_total(spans, metric, window, calendar)
    return Series(series.days, series.steps, series.scale, None)


def _make_level(spans: Sequence[Span], _metric: Metric, window: Window, _calendar: Calendar) -> Series:
    """Let each reported figure stand until the next; in a period only those of its own days."""
    days, steps, scale = _list_reported(spans)
    first = bisect_left(days, window.start) if window.end else 0
    last = bisect_right(days, window.end) if window.end else len(days)
    return Series(days[first:last], steps[first:last], scale, None)


def _make_running(spans: Sequence[Span], _metric: Metric, window: Window, calendar: Calendar) -> Series:
    """Let the latest figure of each year stand, and the years add up.

    What a year had reached before the window is not the window's: a quarter's figure is its latest one less
    the latest before it in the same year. A window that ends lies within one year.
    """
    days, steps, scale = _list_reported(spans)
    first = bisect_left(days, window.start)
    begun = steps[first - 1] if first and days[first - 1] >= _begin_year(calendar, window.start) else 0
    if window.end:
        last = bisect_right(days, window.end)
        return Series(days[first:last], [its - begun for its in steps[first:last]], scale, None)
    return Series(days[first:], list(_add_years(days[first:], steps[first:], -begun, calendar)), scale, None)


def _add_years(days: list[date], steps: list[int], earlier: int, calendar: Calendar) -> Iterator[int]:
    """Yield each figure on top of the last ones of the years before it."""
    year, latest = None, 0
    for day, its in zip(days, steps, strict=True):
        if (its_year := calendar.year_of(day)) != year:
            year, earlier = its_year, earlier + latest
        latest = its
        yield earlier + its


def _begin_year(calendar: Calendar, day: date) -> date:
    return calendar.begin_year(calendar.year_of(day))


def _list_reported(spans: Sequence[Span]) -> tuple[list[date], list[int], int]:
    """List what was reported day by day, in smallest steps; of one day there is one figure."""
    if isinstance(spans, SteppedSpans) and spans.towns is None:  # as they are read
        return spans.since, spans.steps, spans.scale
    amounts: dict[date, Fraction] = {}
    for span in spans:
        amounts[span.since] = amounts.get(span.since, Fraction(0)) + span.amount
    days = sorted(amounts)
    scale = _find_scale(amounts[day] for day in days)
    return days, [int(amounts[day] * scale) for day in days], scale


def _find_scale(amounts: Iterable[Fraction]) -> int:
    """Return how many smallest steps make one, so that all amounts are whole numbers of them."""
    return lcm(*(amount.denominator for amount in amounts))


_MAKERS: dict[str, Callable[[Sequence[Span], Metric, Window, Calendar], Series]] = {
    TOTAL: _make_total,
    AMOUNT: _make_amount,
    LEVEL: _make_level,
    RUNNING: _make_running,
}
