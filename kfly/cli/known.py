"""``--as-known``: how its moment is read, and how what is shown says that it is as known then."""

import re
from datetime import UTC, datetime, time
from typing import Any

from kfly.cli.options import find_day
from kfly.clock import today
from kfly.console.screen import begin_with
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import _
from kfly.plan.dates import read_zone
from kfly.plan.known import Known
from kfly.plan.signs import normalise
from kfly.services.known import find_known
from kfly.services.session import Session

OPTION = "--as-known"
_DAY_ENDS = time(23, 59, 59, 999999)

_GROUP = re.compile(r"#\s*(\d{1,15})", re.ASCII)
_TIMED = re.compile(
    r"(?P<day>\S.*?)(?:\s*T\s*|\s+|(?<=[日号天])\s*)(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,6}))?)?\s*(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)


def go_back(session: Session, text: str) -> Session:
    """Return the session that reads what was known at a moment; whatever is printed says so first.

    Raises:
        WrongUsageError: it is no moment.
        KflyError: it has not come yet, no change has this number, or the log does not reach back so far.
    """
    known = find_known(session, read_moment(text))
    begin_with(write_heading(known))
    return session._replace(known=known)


def read_moment(text: str, option: str = OPTION) -> datetime | int:
    """Read a moment: the end of a day, a time with or without its zone, or ``#17``, the end of that change.

    Args:
        text: as it was typed.
        option: what it was typed for.

    Returns:
        the number of the change, or the moment in UTC; of a day that is not over yet, the present one.

    Raises:
        WrongUsageError: it is none of these.
        KflyError: it has not come yet.
    """
    plain = normalise(text).strip()
    if match := _GROUP.fullmatch(plain):
        return int(match[1])
    try:
        at = _read_time(match) if (match := _TIMED.fullmatch(plain)) else _end_of(plain)
    except (ValueError, OverflowError):
        raise WrongUsageError(
            _(
                "{option}: “{value}” is no moment; write a day (2022-11-30, yesterday …), a time as"
                " 2022-11-30 09:00 or 2022-11-30T01:00:00Z, or '#17' for the end of that change.",
                option=option,
                value=text,
            )
        ) from None
    if at.astimezone().date() > today():
        raise KflyError(_("{option}: {value} has not come yet.", option=option, value=text))
    return min(at, datetime.now(UTC))


def _end_of(text: str, *, whole: bool = False) -> datetime:
    return datetime.combine(find_day(text, whole=whole), _DAY_ENDS).astimezone(UTC)


def _read_time(match: re.Match[str]) -> datetime:
    if match.group("hour", "minute", "second", "zone") == ("24", "00", None, None):  # as the heading has it
        return _end_of(match["day"], whole=True)
    part = (match["part"] or "").ljust(6, "0")
    clock = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0), int(part))
    zone = read_zone(match["zone"]) if match["zone"] else None
    return datetime.combine(find_day(match["day"], whole=True), clock, zone).astimezone(UTC)


def write_heading(known: Known) -> str:
    """Say as of which moment things were known, and up to which change."""
    at = known.at.astimezone()
    if at.time() == _DAY_ENDS:
        clock = "24:00"
    else:
        clock = at.strftime("%H:%M:%S" if at.second or at.microsecond else "%H:%M")
    moment = f"{at.date().isoformat()} {clock}"
    return _("As known at {moment}, up to change #{number}.", moment=moment, number=known.group)


def mark(document: Any, known: Known) -> Any:
    """Add the moment to a JSON document that is an object; a list stays as it is."""
    if not isinstance(document, dict):
        return document
    return {**document, "as_known": known.at.isoformat().replace("+00:00", "Z")}
