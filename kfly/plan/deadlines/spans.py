"""The first and the last day of a year, half, quarter, month, third of a month or day in words."""

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from kfly.plan.dates import last_of_month, parse_day
from kfly.plan.periods import HALF, MONTHS, QUARTER, YEAR

_YEAR = (
    r"(?:(?P<year>\d{4})(?P<next>/\d{2})?\s*(?:年度?)?\s*|(?P<own>本|当|今)年度?|(?P<coming>次|翌|明)年度?)?"
)
_PART = (
    r"Q(?P<quarter>[1-4])|第?(?P<season>[首一二三四1-4])季度?|前(?P<first>[二两三四23])个?季度|H(?P<half>[12])"
    r"|(?P<side>[上下])半年度?"
    r"|(?P<month>\d{1,2})\s*月份?(?:\s*(?P<day>\d{1,2})\s*[日号]|(?P<third>上中|中下|[上中下])旬)?"
)
_WORDS = re.compile(
    rf"{_YEAR}(?:(?:{_PART})(?:(?P<end>[底末])|之?内)?|(?P<year_end>年?[底末终]|岁末)|(?:年度?)?之?内|全年度?)?",
    re.ASCII,
)
_CUT_OFF = ("底", "末", "终", "内", "之内")  # the end of what?
_POINTED = re.compile(r"(?P<year>\d{4})[./-](?P<month>\d{1,2})", re.ASCII)
_NUMBERS = {"首": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_DAY = timedelta(days=1)


class Years(NamedTuple):
    """The years that deadlines speak of.

    Attributes:
        start: the month on whose first day they begin.
        table: the year that is meant where none is named; None where one must be.
    """

    start: int = 1
    table: int | None = None


class Span(NamedTuple):
    """What a wording names: its days, the year it says, and whether it is the end of something, or a day."""

    first: date
    last: date
    year: int | None
    is_end: bool


def find_span(text: str, years: Years) -> Span | None:
    """Find the days that a plain wording names; years, halves and quarters are the plan's own.

    ``2024年底`` and ``2024/25`` of a plan whose years begin in April end on 31 March 2025. A month without a
    year is the one within the table's year.

    Returns:
        the days; None where it names none, or some that are none.
    """
    if not text or text in _CUT_OFF:
        return None
    for words in (_WORDS, _POINTED):
        if match := words.fullmatch(text):
            with suppress(ValueError):
                return _read(match.groupdict(), years)
    with suppress(ValueError):
        day = parse_day(text)
        return Span(day, day, day.year, is_end=True)
    return None


def _read(said: dict[str, str | None], years: Years) -> Span:
    """Return the days of what was said.

    Raises:
        ValueError: there are none.
    """
    year = _find_year(said, years)
    if said.get("month"):
        first, last = _find_in_month(said, year, years)
    else:
        every, number = _find_part(said)
        length = MONTHS[every]
        start = 1 if said.get("first") else number
        first = _month_of(year, years.start - 1 + length * (start - 1))
        until = _month_of(year, years.start - 2 + length * number)
        last = last_of_month(until.year, until.month)
    whole = bool(said.get("end") or said.get("year_end") or said.get("day"))
    return Span(first, last, year if said.get("year") else None, is_end=whole)


def _find_year(said: dict[str, str | None], years: Years) -> int:
    """Find the year that is meant; what stands behind a slash is the one in which the plan's year ends.

    Raises:
        ValueError: none is said where one must be, or two that do not follow each other.
    """
    year = int(said["year"] or 0) or years.table
    if year is None:
        raise ValueError(said)
    follows = said.get("next") == f"/{(year + 1) % 100:02d}" and years.start > 1 and not said.get("month")
    if said.get("next") and not follows:
        raise ValueError(said)
    return year + 1 if said.get("coming") else year


def _find_in_month(said: dict[str, str | None], year: int, years: Years) -> tuple[date, date]:
    month = int(said["month"] or 0)
    if not said["year"] and month < years.start:
        year += 1
    last = last_of_month(year, month)
    if said.get("day"):
        if said.get("end"):
            raise ValueError(said)
        last = last.replace(day=int(said["day"] or 0))
        return last, last
    if third := said.get("third"):
        if said.get("end"):
            raise ValueError(said)
        begins, ends = _THIRDS[third[0]][0], _THIRDS[third[-1]][1]
        return last.replace(day=begins), last.replace(day=min(ends, last.day))
    return last.replace(day=1), last


def _find_part(said: dict[str, str | None]) -> tuple[str, int]:
    """Return which part of the year is meant: how long each is, and the how manieth."""
    for every, groups in ((QUARTER, ("quarter", "season", "first")), (HALF, ("half", "side"))):
        for group in groups:
            if found := said.get(group):
                return every, _NUMBERS.get(found) or int(found)
    return YEAR, 1


def _month_of(year: int, months: int) -> date:
    """Return the first day of the month so many months after January of a year."""
    later, month = divmod(months, 12)
    return last_of_month(year + later, month + 1).replace(day=1)


def day_before(day: date) -> date:
    """Return the day before."""
    return day - _DAY
