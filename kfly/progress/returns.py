"""Who has sent what was to be sent (报送): period by period on time, late, missing."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kfly.plan.model import Plan
from kfly.plan.organisations import open_up
from kfly.plan.periods import Calendar, Period
from kfly.plan.returns import Entries, Return, ReturnEntry, sort_entries

ON_TIME, LATE, MISSING, OPEN = "on_time", "late", "missing", "open"
STATES = (ON_TIME, LATE, MISSING, OPEN)


class ReturnStanding(NamedTuple):
    """Whether an organisation has sent what it owes for a period.

    Attributes:
        asked: what is to be sent.
        organisation: who owes it, by the plan's own name.
        period: for which period.
        due: the last day on which it may come.
        state: ``on_time``, ``late``, ``missing``; ``open`` while nothing has come and it may still come.
        entry: what served the period, if anything did.
        is_latest: no later period has ended yet: it is this one that people are reminded of.
    """

    asked: Return
    organisation: str
    period: Period
    due: date
    state: str
    entry: ReturnEntry | None = None
    is_latest: bool = False


class OwedPeriod(NamedTuple):
    """A period for which something is to be sent.

    Attributes:
        period: the period, cut to the plan's run.
        ends: its last day, which may lie after the plan's end.
        due: the last day on which what is owed for it may come.
    """

    period: Period
    ends: date
    due: date


def assess_returns(plan: Plan, entries: Entries, day: date) -> Iterator[ReturnStanding]:
    """Yield how each return of each organisation stands on a day, for the periods that have begun by then.

    Args:
        plan: what is to be sent, and by whom.
        entries: what came, by kind and organisation; what came after the day is not there yet.
        day: the day asked.
    """
    for asked in plan.returns:
        owed = [each for each in list_owed(asked, plan.calendar) if each.period.first <= day]
        latest = max((each.period for each in owed if each.ends < day), default=None, key=lambda p: p.first)
        for organisation in open_up(asked.organisations, plan.organisations):
            came = [e for e in entries.get((asked.kind, organisation.name), ()) if e.on <= day]
            served = serve_periods(came, owed)
            for period, _ends, due in owed:
                entry = served.get(period.label)
                yield ReturnStanding(
                    asked=asked,
                    organisation=organisation.name,
                    period=period,
                    due=due,
                    state=_find_state(entry, due, day),
                    entry=entry,
                    is_latest=period == latest,
                )


def list_owed(asked: Return, calendar: Calendar) -> list[OwedPeriod]:
    """List the periods of a plan's run for which something is to be sent, in order."""
    return [
        OwedPeriod(period, calendar.find_end(period), asked.find_deadline(period, calendar))
        for period in calendar.list_periods(asked.every)
    ]


def serve_periods(came: Iterable[ReturnEntry], owed: Sequence[OwedPeriod]) -> dict[str, ReturnEntry]:
    """Find which entry serves which period, by the period's label; the first one that comes does.

    An entry that names no period serves the one before its day's while that is missing and its last day has
    not passed, else that of its day.
    """
    served: dict[str, ReturnEntry] = {}
    for entry in sort_entries(came):
        label = entry.period or _find_served(entry.on, owed, served)
        if label is not None:
            served.setdefault(label, entry)
    return served


def list_missing(standings: Iterable[ReturnStanding], within: int, day: date) -> list[ReturnStanding]:
    """List what people are to be reminded of: of the last period that ended what is missing.

    Args:
        standings: of all periods.
        within: also what may still come, but is due within so many days; less than 0 for none.
        day: the day as of which they stand.
    """
    return [
        each
        for each in standings
        if each.is_latest
        and (each.state == MISSING or (each.state == OPEN and (each.due - day).days <= within))
    ]


def _find_served(on: date, owed: Sequence[OwedPeriod], served: Mapping[str, ReturnEntry]) -> str | None:
    """Find the period that an entry of a day serves; after the plan's end that may be its last one alone."""
    at = bisect_right(owed, on, key=lambda each: each.period.first) - 1
    current = owed[at] if at >= 0 and on <= owed[at].ends else None
    before = at - 1 if current else at
    if before >= 0 and on <= owed[before].due and owed[before].period.label not in served:
        return owed[before].period.label
    return current.period.label if current else None


def _find_state(entry: ReturnEntry | None, due: date, day: date) -> str:
    if entry is not None:
        return LATE if entry.on > due else ON_TIME
    return MISSING if day > due else OPEN
