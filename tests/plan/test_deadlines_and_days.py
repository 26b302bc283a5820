"""How days and deadlines are written: every form that is read, and what is refused."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.plan.dates import EARLIEST, LATEST, parse_day, parse_deadline

days = st.dates(min_value=date(EARLIEST, 1, 1), max_value=date(LATEST, 12, 31))

WRITTEN_DAYS = (
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y.%m.%d}",
    "{0:%Y%m%d}",
    "{0:%Y年%m月%d日}",
    "{0:%Y年%m月%d号}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year} 年 {0.month} 月 {0.day} 日",
    "{0:%Y-%m-%d} 00:00:00",
)
WRITTEN_MONTHS = (
    "{0:%Y-%m}",
    "{0.year}-{0.month}",
    "{0.year}年{0.month}月",
    "{0:%Y年%m月}",
    "{0.year} 年 {0.month} 月",
    "{0.year}年{0.month}月底",
)
WRITTEN_YEARS = ("{0.year}年", "{0.year}年底", "{0.year} 年底", "{0.year}年末", "{0.year}年年底")


def is_refused(parse: Callable[[str], date], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-03-01", date(2022, 3, 1)),
        ("2022/3/1", date(2022, 3, 1)),
        ("2022.3.1", date(2022, 3, 1)),
        ("20220301", date(2022, 3, 1)),
        ("2022年3月1日", date(2022, 3, 1)),
        ("2022 年 3 月 1 日", date(2022, 3, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
        ("2022-03-01 00:00:00", date(2022, 3, 1)),
        ("2022-03-01T00:00", date(2022, 3, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, expected: date) -> None:
    assert parse_day(text) == expected


NO_DAYS = [
    "",
    "2022",
    "2022年",
    "2022-03",
    "2022年3月",
    "3月1日",
    "03-01",
    "202203",
    "2022031",
    "22-03-01",
    "2022-02-30",
    "2023-02-29",
    "20220230",
    "2022年2月30日",
    "2022-13-01",
    "2022-00-10",
    "2022-03-00",
    "2022-03-32",
    "2022-03/01",
    "2022.03-01",
    "01/03/2022",
    "1899-12-31",
    "2200-01-01",
    "0000-01-01",
    "2022-03-01 12:30",
    "2022-03-01x",
    "-2022-03-01",
    "２０２２-０３-０１",
    "２０２２年３月１日",
    "٢٠٢٢-٠٣-٠١",
    "二〇二二年三月一日",
    "today",
    "2022年3月1",
]


@pytest.mark.parametrize("text", NO_DAYS)
def test_half_a_day_an_impossible_one_or_one_in_other_digits_is_refused(text: str) -> None:
    assert is_refused(parse_day, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年11月", date(2022, 11, 30)),
        ("2022 年 11 月", date(2022, 11, 30)),
        ("2022年1月", date(2022, 1, 31)),
        ("2022年2月", date(2022, 2, 28)),
        ("2022年02月", date(2022, 2, 28)),
        ("2024年2月底", date(2024, 2, 29)),
        ("2022年底", date(2022, 12, 31)),
        ("2022 年底", date(2022, 12, 31)),
        ("2022年", date(2022, 12, 31)),
        ("2022-11", date(2022, 11, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2100-02", date(2100, 2, 28)),
        ("2022-11-15", date(2022, 11, 15)),
        ("2022年11月15日", date(2022, 11, 15)),
        ("1900年1月", date(1900, 1, 31)),
        ("2199年底", date(2199, 12, 31)),
    ],
)
def test_a_deadline_is_the_last_day_it_can_mean(text: str, expected: date) -> None:
    assert parse_deadline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "None",
        "2022",
        "11月",
        "年底",
        "2022年13月",
        "2022年0月",
        "2022-00",
        "2022-13",
        "2022-02-30",
        "2022/11",
        "2022.11",
        "22年底",
        "1899年底",
        "2200年1月",
        "2200年底",
        "２０２２年１１月",
        "２０２２年底",
        "٢٠٢٢-١١",
        "soon",
    ],
)
def test_what_names_no_month_or_year_or_none_that_is_possible_is_no_deadline(text: str) -> None:
    assert is_refused(parse_deadline, text)


@given(day=days, written=st.sampled_from(WRITTEN_DAYS))
def test_every_written_day_is_read_back(day: date, written: str) -> None:
    text = written.format(day)
    assert parse_day(text) == day
    assert parse_deadline(text) == day


@given(day=days, written=st.sampled_from(WRITTEN_MONTHS))
def test_every_written_month_is_its_last_day(day: date, written: str) -> None:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    assert parse_deadline(written.format(day)) == last


@given(day=days, written=st.sampled_from(WRITTEN_YEARS))
def test_every_written_year_is_its_last_day(day: date, written: str) -> None:
    assert parse_deadline(written.format(day)) == date(day.year, 12, 31)


@given(day=days, written=st.sampled_from((*WRITTEN_MONTHS, *WRITTEN_YEARS)))
def test_a_month_or_a_year_is_never_a_day(day: date, written: str) -> None:
    assert is_refused(parse_day, written.format(day))


@given(text=st.text(alphabet="0123456789年月日底末-/. ０٢T:", max_size=14))
def test_whatever_is_written_is_a_day_within_bounds_or_refused(text: str) -> None:
    for parse in (parse_day, parse_deadline):
        try:
            day = parse(text)
        except ValueError:
            continue
        assert EARLIEST <= day.year <= LATEST
        assert text.isprintable()
        assert str(day.year) in text
