"""Days and times in every form that OpenDocument allows."""

from datetime import date, datetime, time, timedelta

import pytest

from kfly.registry.sheets.workbooks.ods.days import find_shown_day, read_day, read_time


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-03-01", date(2022, 3, 1)),
        ("2022-03-01T00:00:00", date(2022, 3, 1)),
        ("2022-03-01T12:30:00", datetime(2022, 3, 1, 12, 30)),
        ("2022-03-01T12:30:00.500000000", datetime(2022, 3, 1, 12, 30, 0, 500000)),
        ("2022-03-01T12:30:00Z", datetime(2022, 3, 1, 12, 30)),
        ("2022-03-01T23:30:00+08:00", datetime(2022, 3, 1, 23, 30)),
        ("2022-03-01Z", date(2022, 3, 1)),
        ("2022-03-01T24:00:00", datetime(2022, 3, 2)),
        ("2022-02-30", None),
        ("2022-03", None),
        ("", None),
        ("9999-12-31T24:00:00", None),
    ],
)
def test_a_day_is_the_one_that_stands_there(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("PT12H30M00S", time(12, 30)),
        ("PT0H0M0S", time()),
        ("PT08H", time(8)),
        ("PT12H30M00.5S", time(12, 30, 0, 500000)),
        ("PT36H", timedelta(hours=36)),
        ("P1DT2H", timedelta(hours=26)),
        ("-PT1H", timedelta(hours=-1)),
        ("P", None),
        ("12:30", None),
    ],
)
def test_a_time_is_one_of_the_day_or_a_span(text: str, span: time | timedelta | None) -> None:
    assert read_time(text) == span


def test_a_number_that_is_shown_as_its_day_is_that_day() -> None:
    assert find_shown_day(44621, "2022-03-01") == date(2022, 3, 1)
    assert find_shown_day(44621.5, "2022年3月1日 12:00") == date(2022, 3, 1)
    assert find_shown_day(44622, "2022-03-01") is None
    assert find_shown_day(44621, "2022-13-01") is None
    assert find_shown_day(5, "5") is None
