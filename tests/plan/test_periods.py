"""Years, halves, quarters and months of a plan, by the calendar or from another day on."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.plan.periods import HALF, MONTH, PERIODS, QUARTER, YEAR, Calendar

PLAIN = Calendar(date(2022, 1, 1), date(2024, 12, 31))
FISCAL = Calendar(date(2024, 5, 10), date(2026, 3, 31), 4)


def labels(calendar: Calendar, every: str) -> list[str]:
    return [period.label for period in calendar.list_periods(every)]


def test_periods_of_plain_years_are_those_of_the_calendar() -> None:
    assert labels(PLAIN, YEAR) == ["2022", "2023", "2024"]
    assert labels(PLAIN, HALF)[:3] == ["2022H1", "2022H2", "2023H1"]
    assert labels(PLAIN, QUARTER)[2:5] == ["2022Q3", "2022Q4", "2023Q1"]
    assert labels(PLAIN, MONTH)[6] == "2022-07"


def test_years_from_1_april_are_named_by_both() -> None:
    assert labels(FISCAL, YEAR) == ["2024/25", "2025/26"]
    assert labels(FISCAL, QUARTER)[:4] == ["2024/25Q1", "2024/25Q2", "2024/25Q3", "2024/25Q4"]
    assert labels(FISCAL, MONTH)[0] == "2024-05"
    assert [FISCAL.year_of(day) for day in (date(2025, 3, 31), date(2025, 4, 1))] == [2024, 2025]


def test_every_period_is_cut_to_the_plans_run() -> None:
    first = FISCAL.list_periods(YEAR)[0]
    assert (first.first, first.last, first.year) == (date(2024, 5, 10), date(2025, 3, 31), 2024)
    assert FISCAL.year_window(2023)[1] < FISCAL.year_window(2023)[0]


@pytest.mark.parametrize(
    ("calendar", "text", "first", "last"),
    [
        (PLAIN, "2022", "2022-01-01", "2022-12-31"),
        (PLAIN, "2022H1", "2022-01-01", "2022-06-30"),
        (PLAIN, "2023Q4", "2023-10-01", "2023-12-31"),
        (PLAIN, "2024-02", "2024-02-01", "2024-02-29"),
        (FISCAL, "2024/25", "2024-05-10", "2025-03-31"),
        (FISCAL, "2024", "2024-05-10", "2025-03-31"),
        (FISCAL, "2024/25Q3", "2024-10-01", "2024-12-31"),
        (FISCAL, "2024Q4", "2025-01-01", "2025-03-31"),
        (FISCAL, "2025-01", "2025-01-01", "2025-01-31"),
    ],
)
def test_a_label_means_its_days(calendar: Calendar, text: str, first: str, last: str) -> None:
    period = calendar.read_period(text)
    assert period
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("calendar", "text"),
    [
        *((PLAIN, text) for text in ("2021", "2022H3", "2022Q5", "2022-13", "2022-1", "2022/23", "22", "")),
        *((FISCAL, text) for text in ("2024/26", "2023/24", "2024/25-07", "2026-04", "2024／25")),
    ],
)
def test_what_is_no_period_of_the_plan_is_none(calendar: Calendar, text: str) -> None:
    assert calendar.read_period(text) is None


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2020, 1, 1), "2022Q1"),
        (date(2022, 3, 31), "2022Q1"),
        (date(2022, 4, 1), "2022Q2"),
        (date(2030, 1, 1), "2024Q4"),
    ],
)
def test_a_day_outside_the_plan_is_held_to_its_first_or_last_period(day: date, label: str) -> None:
    assert PLAIN.find_period(QUARTER, day).label == label


@given(
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.integers(0, 3000),
    st.integers(1, 12),
    st.sampled_from(PERIODS),
)
@settings(deadline=None)
def test_the_periods_follow_each_other_through_the_plans_run_and_read_back(
    starts: date, length: int, year_starts: int, every: str
) -> None:
    calendar = Calendar(starts, starts + timedelta(days=length), year_starts)
    periods = calendar.list_periods(every)
    assert (periods[0].first, periods[-1].last) == (calendar.starts, calendar.ends)
    for before, after in pairwise(periods):
        assert after.first - before.last == timedelta(days=1)
    some = periods[:: 1 + len(periods) // 10]
    assert [calendar.read_period(period.label) for period in some] == some
    for period in some:
        assert calendar.find_period(every, period.first) == calendar.find_period(every, period.last) == period
