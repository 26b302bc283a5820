"""Days as people write them, and deadlines as the plan document does."""

import re
from calendar import monthrange
from datetime import date

EARLIEST, LATEST = 1900, 2199  # a year outside is a typing mistake

_SEPARATED = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:\s*年\s*(\d{1,2})\s*月\s*底?|-(\d{1,2}))", re.ASCII)
_YEAR_END = re.compile(r"(\d{4})\s*年\s*(?:年?底|末)?", re.ASCII)


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


def parse_deadline(text: str) -> date:
    """Return the last day that a deadline can mean: ``2022年11月`` and ``2022-11`` are 30 November.

    Raises:
        ValueError: it names no day, month or year.
    """
    if match := _MONTH.fullmatch(text):
        return _last_of(int(match[1]), int(match[2] or match[3]))
    if match := _YEAR_END.fullmatch(text):
        return _last_of(int(match[1]), 12)
    return parse_day(text)


def _last_of(year: int, month: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise ValueError(year)
    return date(year, month, monthrange(year, month)[1])
