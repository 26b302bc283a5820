"""A running total from spans, and the first day on which it holds something."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.plan.metrics import AT_LEAST, AT_MOST, Goal, Span
from kfly.progress.series import Series, total
from tests.support.progress_examples import EVE, day, span

START = date(2022, 1, 1)


def test_a_series_without_spans_stands_at_zero() -> None:
    assert total([], START).on(day("2022-06-30")) == 0


@pytest.mark.parametrize(
    ("asked", "stands_at"),
    [("2022-02-28", 0), ("2022-03-01", 2), ("2022-04-30", 2), ("2022-05-01", 5), ("2099-01-01", 5)],
    ids=["the day before", "the first day", "between", "the second's day", "ever after"],
)
def test_a_total_holds_from_the_day_of_each_change_on(asked: str, stands_at: int) -> None:
    series = total([span("2022-05-01", 3), span("2022-03-01", 2)], START)
    assert series.on(day(asked)) == stands_at


@pytest.mark.parametrize(
    ("asked", "stands_at"),
    [("2022-03-01", 1), ("2022-03-31", 1), ("2022-04-01", 0), ("2022-04-02", 0)],
    ids=["first day", "last day", "the day until which it counts", "after it"],
)
def test_a_span_no_longer_counts_from_its_until_on(asked: str, stands_at: int) -> None:
    assert total([span("2022-03-01", until="2022-04-01")], START).on(day(asked)) == stands_at


@pytest.mark.parametrize("asked", ["2022-02-28", "2022-03-01", "2022-03-02"])
def test_a_span_that_ends_on_the_day_it_begins_never_counts(asked: str) -> None:
    assert total([span("2022-03-01", until="2022-03-01")], START).on(day(asked)) == 0


@pytest.mark.parametrize("asked", ["2022-01-31", "2022-02-01", "2022-02-15", "2022-03-01", "2022-03-02"])
def test_a_span_that_ends_before_it_begins_never_counts(asked: str) -> None:
    """It is not yet there before ``since``, and no longer from ``until`` on."""
    assert total([span("2022-03-01", until="2022-02-01")], START).on(day(asked)) == 0


def test_what_ends_and_what_begins_on_one_day_change_the_total_together() -> None:
    series = total([span("2022-03-01", 4, until="2022-04-01"), span("2022-04-01", 3)], START)
    assert [series.on(day(d)) for d in ("2022-03-31", "2022-04-01")] == [4, 3]


@pytest.mark.parametrize(
    ("since", "counts"),
    [(EVE, False), ("2022-01-01", True), ("2022-12-31", True), ("2023-01-01", False)],
    ids=["the eve", "the first day", "the last day", "the day after"],
)
def test_a_window_takes_in_its_first_and_its_last_day(since: str, counts: bool) -> None:
    series = total([span(since)], START, date(2022, 12, 31))
    assert series.on(day("2024-06-30")) == int(counts)


def test_without_a_beginning_every_span_counts() -> None:
    assert total([span("1998-05-01"), span("2022-05-01")], None).on(day("2022-06-01")) == 2


def test_amounts_add_up_exactly() -> None:
    series = total([span("2022-03-01", "0.1") for _ in range(3)], START)
    assert series.on(day("2022-03-01")) == Fraction(3, 10)


FALLING_BACK = [span("2022-03-01", 3, until="2022-04-01"), span("2022-05-01", 3)]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param("2022-01-01", "2022-12-31", "2022-03-01", id="the first of several"),
        pytest.param("2022-03-15", "2022-12-31", "2022-03-15", id="it holds on the first day asked"),
        pytest.param("2022-04-01", "2022-12-31", "2022-05-01", id="lost, and reached again"),
        pytest.param("2022-01-01", "2022-03-01", "2022-03-01", id="on the last day asked"),
        pytest.param("2022-01-01", "2022-02-28", None, id="not within the days asked"),
        pytest.param("2022-04-01", "2022-04-30", None, id="not while it was lost"),
        pytest.param("2022-03-10", "2022-03-05", None, id="no days asked"),
    ],
)
def test_the_first_day_on_which_a_total_holds(start: str, end: str, found: str | None) -> None:
    series = total(FALLING_BACK, START)
    first = series.first(Goal(AT_LEAST, Fraction(3)), day(start), day(end))
    assert first == (day(found) if found else None)


def test_a_condition_that_nothing_fulfils_holds_on_the_first_day() -> None:
    assert Series([], []).first(Goal(AT_MOST, Fraction(10)), START, day("2022-12-31")) == START


def test_the_spans_may_come_in_any_order() -> None:
    spans: list[Span] = [span("2022-05-01"), span("2022-02-01"), span("2022-03-01")]
    assert total(spans, START).on(day("2022-03-01")) == 2
