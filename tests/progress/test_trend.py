"""The way of a target through its window, and what can be said of its pace."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.console.bars import draw_sparkline
from kfly.progress.targets import TargetStanding
from kfly.progress.trend import MONTH, QUARTER, list_monthly_additions, trend
from tests.support.progress_examples import (
    BUILDINGS,
    EVE,
    Day,
    at_least,
    at_most,
    day,
    more_than,
    span,
    standing,
    target,
)


def row(as_of: Day, *amounts: tuple[str, int], goal: int = 1096, every_year: bool = False) -> TargetStanding:
    """A promise of one a day from the plan's first to its last."""
    promise = target(at_least(goal), BUILDINGS, every="year" if every_year else None)
    return standing(promise, [span(on, amount) for on, amount in amounts], as_of)


def test_its_points_are_the_ends_of_the_quarters_and_the_day_asked() -> None:
    points = trend(row("2022-05-10", ("2022-02-01", 10)), day("2022-05-10"), QUARTER)
    assert [point.on.isoformat() for point in points[:4]] == [
        "2021-12-31",
        "2022-03-31",
        "2022-05-10",
        "2022-06-30",
    ]
    assert points[-1].on == date(2024, 12, 31)
    assert len(points) == 1 + 12 + 1


def test_by_month_there_are_three_times_as_many() -> None:
    points = trend(row("2022-05-31"), day("2022-05-31"), MONTH)
    assert len(points) == 1 + 36  # the day asked is one of them


@pytest.mark.parametrize(
    ("on", "actual", "expected", "projected"),
    [
        ("2021-12-31", 0, 0, None),
        ("2022-03-31", 50, 90, None),  # the ninetieth day of one a day
        ("2022-04-10", 100, 100, 100),  # the hundredth, as of which is asked: one a day so far
        ("2022-06-30", None, 181, 181),
        ("2024-12-31", None, 1096, 1096),
    ],
)
def test_before_the_day_it_tells_what_was_and_after_it_where_the_pace_leads(
    on: str, actual: int | None, expected: int, projected: int | None
) -> None:
    found = trend(row("2022-04-10", ("2022-03-01", 50), ("2022-04-05", 50)), day("2022-04-10"), QUARTER)
    (point,) = (point for point in found if point.on == day(on))
    assert point[1:] == (actual, expected, projected)


def test_a_ceiling_has_no_line_and_no_pace() -> None:
    found = trend(standing(target(at_most(5), BUILDINGS), [], "2022-04-10"), day("2022-04-10"), QUARTER)
    assert {point[2:] for point in found} == {(None, None)}


def test_past_its_deadline_it_goes_on_to_the_day_asked() -> None:
    found = trend(row("2025-02-01"), day("2025-02-01"), QUARTER)
    assert found[-1].on == date(2025, 2, 1)
    assert {point.projected for point in found} == {None}


def test_a_yearly_one_is_told_for_its_year_alone() -> None:
    found = trend(row("2023-05-10", every_year=True), day("2023-05-10"), MONTH)
    assert (found[0].on, found[-1].on) == (date(2022, 12, 31), date(2023, 12, 31))


def test_the_last_twelve_months_end_with_the_one_of_the_day() -> None:
    added = list_monthly_additions(
        row("2022-04-10", ("2022-02-28", 3), ("2022-04-01", 1), ("2022-04-11", 9)), day("2022-04-10")
    )
    assert added == (*[None] * 8, 0, 3, 0, 1)


def test_a_sparkline_is_as_high_as_what_each_month_added() -> None:
    assert draw_sparkline([None, Fraction(0), Fraction(1), Fraction(100), Fraction(50)]) == " ▁▂█▄"
    assert draw_sparkline([Fraction(0)] * 2) == "▁▁"
    assert draw_sparkline([Fraction(-5), Fraction(5)]) == "▁█"


@pytest.mark.parametrize(("as_of", "too_early"), [("2022-02-28", True), ("2022-03-01", False)])
def test_before_sixty_days_have_passed_it_is_too_early_to_say(as_of: str, *, too_early: bool) -> None:
    found = row(as_of, ("2022-01-05", 1)).forecast
    assert found
    assert (day(as_of) - EVE).days == (59 if too_early else 60)
    assert found.too_early is too_early


@pytest.mark.parametrize(
    ("reached", "factor"),
    [
        (100, Fraction(1)),  # 996 left in 996 days, one a day so far
        (50, Fraction(1046, 996) * 2),  # 1046 left in 996 days, half a day so far
        (0, None),  # no pace to compare with
    ],
)
def test_the_factor_is_how_many_times_as_fast_it_must_go(reached: int, factor: Fraction | None) -> None:
    found = row("2022-04-10", ("2022-01-05", reached)).forecast
    assert found
    assert found.factor == factor


@pytest.mark.parametrize(
    ("as_of", "last_year"),
    [("2022-05-10", None), ("2023-05-10", 7), ("2023-05-09", 3), ("2024-02-29", 2)],
)
def test_a_yearly_one_is_held_against_the_same_day_last_year(as_of: str, last_year: int | None) -> None:
    amounts = (("2022-05-01", 3), ("2022-05-10", 4), ("2023-02-28", 2), ("2023-03-01", 5))
    found = row(as_of, *amounts, goal=100, every_year=True).forecast
    assert found
    assert found.last_year == last_year


def test_what_is_not_yearly_has_no_last_year() -> None:
    found = standing(target(more_than(3), BUILDINGS), [], "2023-05-10").forecast
    assert found
    assert found.last_year is None
