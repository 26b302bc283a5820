"""Deadlines as yearly tables write them: the last day that the words can mean, in a plan's own years."""

import re
from datetime import date
from typing import NamedTuple

from kfly.plan.dates import last_of_month, parse_deadline
from kfly.plan.periods import HALF, MONTHS, QUARTER, YEAR

_YEAR = r"(?:(?P<year>\d{4})(?P<next>/\d{2})?\s*年?\s*)?"
_PART = (
    r"Q(?P<quarter>[1-4])|第?(?P<season>[一二三四1-4])季度|H(?P<half>[12])|(?P<side>[上下])半年"
    r"|(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?"
)
_WORDS = re.compile(rf"{_YEAR}(?:(?:{_PART})(?P<end>[底末])?|年?[底末]|年?内)?", re.ASCII)
_CLOSED = ("底前", "末前", "日前", "号前")  # before the end of something is still at its end
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}


class Years(NamedTuple):
    """The years that deadlines speak of.

    Attributes:
        start: the month on whose first day they begin.
        table: the year that is meant where none is named; None where one must be.
    """

    start: int = 1
    table: int | None = None


def read_deadline(text: str, years: Years) -> date:
    """Return the last day that a deadline can mean; years, halves and quarters are the plan's own.

    ``2024年底`` and ``2024/25`` of a plan whose years begin in April are 31 March 2025. A month without
    a year is the one within the table's year.

    Raises:
        ValueError: it names no day, month, quarter, half or year, or no year where one is needed.
    """
    plain = text.strip()
    if plain.endswith(_CLOSED):
        plain = plain.removesuffix("前")
    match = _WORDS.fullmatch(plain)
    if match is None or not plain:
        return parse_deadline(plain)
    year = int(match["year"]) if match["year"] else years.table
    if year is None:
        raise ValueError(text)
    _check_next(match, year, years)
    if match["month"]:
        return _find_in_month(match, year, years)
    every, number = _find_part(match)
    later, month = divmod(years.start - 2 + MONTHS[every] * number, 12)
    return last_of_month(year + later, month + 1)


def _check_next(match: re.Match[str], year: int, years: Years) -> None:
    """Check that what stands behind a slash is the year in which the plan's year ends.

    Raises:
        ValueError: it is not.
    """
    follows = match["next"] == f"/{(year + 1) % 100:02d}" and years.start > 1 and not match["month"]
    if match["next"] and not follows:
        raise ValueError(match[0])


def _find_in_month(match: re.Match[str], year: int, years: Years) -> date:
    month = int(match["month"])
    if not match["year"] and month < years.start:
        year += 1
    last = last_of_month(year, month)
    if match["day"] and match["end"]:
        raise ValueError(match[0])
    return last.replace(day=int(match["day"])) if match["day"] else last


def _find_part(match: re.Match[str]) -> tuple[str, int]:
    """Return which part of the year is meant: how long each is, and the how manieth."""
    for every, groups in ((QUARTER, ("quarter", "season")), (HALF, ("half", "side"))):
        for group in groups:
            if found := match[group]:
                return every, _NUMBERS.get(found) or int(found)
    return YEAR, 1
