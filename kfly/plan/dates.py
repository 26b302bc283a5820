"""Days as people write them, and deadlines as the plan document does."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone

EARLIEST, LATEST = 1900, 2199  # a year outside is a typing mistake

CHINA = timezone(timedelta(hours=8))

_SEPARATED = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:\s*年\s*(\d{1,2})\s*月\s*底?|-(\d{1,2}))", re.ASCII)
_TIME = re.compile(
    r"(?:\s*T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$",
    re.ASCII | re.IGNORECASE,
)
_ZONE = re.compile(r"(?:Z|[+-]\d{2}:\d{2})$", re.ASCII | re.IGNORECASE)  # where no time stands before it
_YEAR_END = re.compile(r"(\d{4})\s*年\s*(?:年?底|末)?", re.ASCII)


class OtherDayError(ValueError):
    """A moment that is on one day where its clock stood, and on another in China."""


def parse_day(text: str) -> date:
    """Read a whole day: ``2022-03-01``, ``2022/3/1``, ``2022.3.1``, ``20220301`` or ``2022年3月1日``.

    Raises:
        ValueError: it is not a day, or only half of one.
    """
    if match := _SEPARATED.fullmatch(text):
        parts = (match[1], match[3], match[4])
    elif match := _CHINESE.fullmatch(text) or _COMPACT.fullmatch(text):
        parts = (match[1], match[2], match[3])
    else:
        raise ValueError(text)
    day = date(*(int(part) for part in parts))
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(text)
    return day


def read_moment(text: str) -> date:
    """Read the day of a moment in China: ``2022-03-01 08:30``, ``2022-02-28T16:00:00Z``, or a day alone.

    The time that a program keeps with a day says nothing more; midnight in China is the day that begins then.

    Raises:
        OtherDayError: it is on another day in China than where it was taken down, and not at midnight.
        ValueError: it is none.
    """
    match = _TIME.search(text)
    if match is None:
        return parse_day(_ZONE.sub("", text))
    day = parse_day(text[: match.start()])
    clock = time(int(match[1]), int(match[2]), int(match[3] or 0))
    if not match[4]:
        return day
    here = datetime.combine(day, clock, read_zone(match[4])).astimezone(CHINA)
    if here.date() != day and here.time() != time():
        raise OtherDayError(text)
    return parse_day(here.date().isoformat())


def parse_deadline(text: str) -> date:
    """Return the last day that a deadline can mean: ``2022年11月`` and ``2022-11`` are 30 November.

    Raises:
        ValueError: it names no day, month or year.
    """
    if match := _MONTH.fullmatch(text):
        return last_of_month(int(match[1]), int(match[2] or match[3]))
    if match := _YEAR_END.fullmatch(text):
        return last_of_month(int(match[1]), 12)
    return parse_day(text)


def read_zone(text: str) -> timezone:
    """Read how far a clock is ahead of UTC: ``Z``, ``+08``, ``+0800`` or ``+08:00``."""
    if text in "Zz":
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[3:].lstrip(":") or 0))
    return timezone(-ahead if text[0] == "-" else ahead)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month.

    Raises:
        ValueError: there is no such month, or its year is a typing mistake.
    """
    if not EARLIEST <= year <= LATEST:
        raise ValueError(year)
    return date(year, month, monthrange(year, month)[1])
