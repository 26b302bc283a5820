"""Days and times as OpenDocument keeps them."""

import re
from datetime import date, datetime, time, timedelta

_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?P<part>\.\d*)?)?)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_SPAN = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9}(?:[.,]\d*)?)S)?)?",
    re.ASCII,
)
_SHOWN = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?", re.ASCII)
_FIRST = date(1899, 12, 30)  # day 0 of spreadsheets


def read_day(text: str) -> date | datetime | None:
    """Read a day, or a day with a time, as it stands there, whatever the time zone; None for no such day."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"] is None:
            return day
        past = timedelta(
            hours=int(match["hour"]), minutes=int(match["minute"]), seconds=int(match["second"] or 0)
        )
        if match["part"] and len(match["part"]) > 1:
            past += timedelta(seconds=float(match["part"]))
        return datetime.combine(day, time()) + past if past else day
    except (ValueError, OverflowError):
        return None


def read_time(text: str) -> time | timedelta | None:
    """Read a time of day, or a span of 24 hours and more, or below none; None for what is neither."""
    match = _SPAN.fullmatch(text.strip())
    if match is None or not any(match.group("days", "hours", "minutes", "seconds")):
        return None
    past = timedelta(
        days=int(match["days"] or 0),
        hours=int(match["hours"] or 0),
        minutes=int(match["minutes"] or 0),
        seconds=float((match["seconds"] or "0").replace(",", ".")),
    )
    if match["sign"] or past >= timedelta(days=1):
        return -past if match["sign"] else past
    return (datetime.min + past).time()


def find_shown_day(value: float, words: str) -> date | None:
    """Return the day that a cell shows, where its number is the one that spreadsheets have for it."""
    match = _SHOWN.match(words.strip())
    if match is None or not 0 < value < 10**7:
        return None
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        return None
    return day if (day - _FIRST).days == int(value) else None
