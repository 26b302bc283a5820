"""What holds for any records on any day, held against the plainest way to work it out."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.plan.metrics import Goal, Metric, Span
from kfly.progress.series import add_up, total
from kfly.progress.trajectory import Trajectory
from tests.support.progress_examples import (
    BUILDINGS,
    ENCLAVES,
    EVE,
    EXPENDITURE,
    at_least,
    day,
    more_than,
    standing,
    target,
)

pytestmark = pytest.mark.slow

FIRST, LAST = date(2021, 6, 1), date(2025, 6, 30)  # the plan, and some time on both sides
days = st.dates(FIRST, LAST)
amounts = st.integers(0, 10**6).map(lambda hundredths: Fraction(hundredths, 100))
metrics = st.sampled_from([BUILDINGS, EXPENDITURE])

pure_rules = settings(deadline=None, derandomize=True, max_examples=200)


@st.composite
def spans(draw: st.DrawFn, whole: bool = False) -> Span:
    """Records that count from a day for good, or until a later one."""
    since = draw(days)
    ends = draw(st.none() | st.integers(1, 900))
    amount = Fraction(draw(st.integers(0, 40))) if whole else draw(amounts)
    town = draw(st.sampled_from([*(ENCLAVES.towns or ()), "elsewhere"]))
    return Span(since, since + timedelta(days=ends) if ends else None, amount, town)


def counted(records: list[Span], on: date, start: date | None, end: date | None) -> Fraction:
    """The rule of counting, word for word."""
    return sum(
        (
            record.amount
            for record in records
            if record.since <= on
            and (record.until is None or record.until > on)
            and (start is None or record.since >= start)
            and (end is None or record.since <= end)
        ),
        Fraction(0),
    )


@given(st.lists(spans(), max_size=12), days, st.none() | days, st.none() | days)
@pure_rules
def test_a_running_total_is_what_counting_record_by_record_gives(
    records: list[Span], on: date, start: date | None, end: date | None
) -> None:
    assert total(records, start, end).on(on) == counted(records, on, start, end)


@given(st.lists(spans(whole=True), max_size=8), st.integers(0, 60), days, st.integers(-3, 200))
@pure_rules
def test_the_first_day_is_what_asking_day_by_day_gives(
    records: list[Span], goal: int, start: date, length: int
) -> None:
    series = total(records, None)
    asked = [start + timedelta(days=n) for n in range(length + 1)]
    naive = next((d for d in asked if (series.on(d) or 0) >= goal), None)
    assert series.first(at_least(goal), start, start + timedelta(days=length)) == naive


@given(st.dictionaries(days, st.integers(-9, 9), max_size=12), days)
@pure_rules
def test_a_series_is_the_sum_of_its_changes_so_far(changes: dict[date, int], on: date) -> None:
    assert add_up(changes).on(on) == sum(amount for changed, amount in changes.items() if changed <= on)


@given(st.lists(spans(), max_size=8), spans(), days, st.booleans())
@pure_rules
def test_another_record_never_lowers_a_flow(
    records: list[Span], another: Span, on: date, every_year: bool
) -> None:
    promise = target(at_least(500), EXPENDITURE, every="year" if every_year else None)
    before, after = standing(promise, records, on), standing(promise, [*records, another], on)
    assert after.actual is not None
    assert before.actual is not None
    assert after.actual >= before.actual
    assert after.progress is not None
    assert before.progress is not None
    assert after.progress >= before.progress


points = st.lists(st.tuples(days, amounts), min_size=1, max_size=8)


@given(points, days, days)
@pure_rules
def test_a_line_never_falls_and_stays_between_nothing_and_its_highest_point(
    promised: list[tuple[date, Fraction]], one: date, other: date
) -> None:
    line, (earlier, later) = Trajectory(promised), sorted((one, other))
    assert 0 <= line.on(earlier) <= line.on(later) <= max(amount for _day, amount in promised)


@given(points)
@pure_rules
def test_a_line_is_on_no_day_below_what_was_promised_by_then(promised: list[tuple[date, Fraction]]) -> None:
    line = Trajectory(promised)
    for by, _amount in promised:
        assert line.on(by) == max(amount for until, amount in promised if until <= by)


@given(st.lists(spans(), max_size=10), days, st.integers(1, 9000).map(Fraction))
@pure_rules
def test_a_per_town_row_is_how_many_of_its_towns_are_met(
    records: list[Span], on: date, amount: Fraction
) -> None:
    row = standing(target(at_least(amount), ENCLAVES), records, on)
    for each in row.each:
        own = [record for record in records if record.town == each.town]
        assert each.actual == counted(own, on, day("2022-01-01"), None)
    assert row.actual == sum(each.met for each in row.each)


goals = st.builds(lambda word, n: word(n), st.sampled_from([at_least, more_than]), st.integers(1, 300))


@given(
    st.lists(spans(whole=True), max_size=8), st.dates(date(2022, 1, 1), date(2024, 12, 31)), goals, metrics
)
@pure_rules
def test_a_forecast_day_is_the_first_on_which_the_projection_meets_the_goal(
    records: list[Span], on: date, goal: Goal, metric: Metric
) -> None:
    row = standing(target(goal, metric), records, on)
    assert row.forecast is not None
    assert row.actual is not None
    actual = row.actual
    since = max(on - timedelta(days=365), EVE)
    rate = (actual - counted(records, since, day("2022-01-01"), None)) / (on - since).days

    def projected(to: date) -> Fraction:
        figure = max(actual + rate * (to - on).days, Fraction(0))
        return Fraction(figure // 1) if metric.field is None else figure

    assert row.forecast.projected == projected(date(2024, 12, 31))
    assert row.forecast.on_course == goal.met(projected(date(2024, 12, 31)))
    reached = row.forecast.reached_on
    if row.met:
        assert reached is not None
        assert reached <= on
    elif rate <= 0:
        assert reached is None
    elif reached is not None:
        assert reached > on
        assert goal.met(projected(reached))
        assert reached == on + timedelta(days=1) or not goal.met(projected(reached - timedelta(days=1)))
    else:
        assert not goal.met(projected(date(2029, 12, 31)))  # five years past the deadline
