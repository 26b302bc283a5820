"""The lines of an iCalendar file (RFC 5545): escaped, folded, ended as the standard asks.

By hand, as all-day events with alarms need five kinds of line: a library would be loaded for them alone.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

MOST_OCTETS = 75  # of a line, its end not counted
_SPECIAL = re.compile(r"[\\;,]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # which no line may hold


def write_lines(lines: Iterable[str]) -> bytes:
    """Write lines of content as the bytes of a file."""
    return "".join(f"{part}\r\n" for line in lines for part in fold(line)).encode()


def fold(line: str) -> Iterator[str]:
    """Yield a line in parts of 75 octets at most, each but the first behind a space; no sign is cut."""
    part, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > MOST_OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + sign, octets + size
    yield part


def escape(text: str) -> str:
    """Write a text as the value of a property: one line, whatever signs it has."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPECIAL.sub(lambda found: "\\" + found[0], plain).replace("\n", "\\n")


def spell_day(day: date) -> str:
    """Write a day: 20221130."""
    return day.strftime("%Y%m%d") if day.year > 999 else f"{day.year:04d}{day.month:02d}{day.day:02d}"  # noqa: PLR2004


def spell_moment(at: datetime) -> str:
    """Write a moment in UTC, to the second."""
    return f"{spell_day(at.date())}T{at.hour:02d}{at.minute:02d}{at.second:02d}Z"


def spell_before(days: int, hour: int) -> str:
    """Write how long before the beginning of a day an alarm goes off: at an hour, so many days earlier."""
    hours = int((timedelta(days=days) - timedelta(hours=hour)).total_seconds()) // 3600
    if hours <= 0:
        return f"PT{-hours}H"
    whole, rest = divmod(hours, 24)
    return "-P" + (f"{whole}D" if whole else "") + (f"T{rest}H" if rest else "")
