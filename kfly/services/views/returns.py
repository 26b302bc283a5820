"""Returns: what came from whom, as the log and the nil returns tell it, against what was to be sent."""

from collections.abc import Iterator
from datetime import date, datetime

from kfly.plan.organisations import find_organisation, find_related, match_organisation
from kfly.plan.periods import Period
from kfly.plan.returns import Entries, NilReturn, ReturnEntry
from kfly.progress.returns import ReturnStanding, assess_returns, list_missing
from kfly.services.session import Desk
from kfly.store.plan import returns


def read_returns(desk: Desk, day: date) -> list[ReturnStanding]:
    """Read how all returns stand on a day; nothing is read where the plan asks for none."""
    return list(assess_returns(desk.plan, _gather(desk), day)) if desk.plan.returns else []


def list_reminders(desk: Desk, org: str | None, within: int, day: date) -> list[ReturnStanding]:
    """List the returns that people are to be reminded of; of an organisation, or a group's members, if asked.

    Raises:
        KflyError: nobody is called so.
    """
    owed = list_missing(read_returns(desk, day), within, day)
    if org is None or not owed:
        return owed
    concerned = find_related(find_organisation(org, desk.plan.organisations), desk.plan)
    return [row for row in owed if row.organisation in concerned]


def record_nil_return(desk: Desk, nil: NilReturn) -> Period | None:
    """Record a nil return; the period that it serves by then, None where all that it could serve has come."""
    entry = ReturnEntry(nil.on, nil.period, is_nil=True)
    if _find_served(desk, nil, entry):
        return None
    returns.record(desk.db, nil)
    return _find_served(desk, nil, entry)


def _find_served(desk: Desk, nil: NilReturn, entry: ReturnEntry) -> Period | None:
    rows = read_returns(desk, nil.on)
    its = (row for row in rows if (row.asked.kind, row.organisation) == (nil.kind, nil.organisation))
    return next((row.period for row in its if row.entry == entry), None)


def _gather(desk: Desk) -> Entries:
    found: Entries = {}
    for kind, organisation, entry in dict.fromkeys((*_read_logged(desk), *_read_nil(desk))):  # a day, once
        found.setdefault((kind, organisation), []).append(entry)
    return found


def _read_logged(desk: Desk) -> Iterator[tuple[str, str, ReturnEntry]]:
    """Yield what came with records; a town that was renamed since keeps its old name among its aliases."""
    from kfly.store.log.entries import read_entries  # plans that ask for no returns do without

    for kind, town, made_at in read_entries(desk.db):
        organisation = match_organisation(town, desk.plan.organisations)
        day = _find_local_day(made_at)
        if organisation is not None and day is not None:
            yield kind, organisation.name, ReturnEntry(day)


def _read_nil(desk: Desk) -> Iterator[tuple[str, str, ReturnEntry]]:
    for nil in returns.read_nil(desk.db):
        yield nil.kind, nil.organisation, ReturnEntry(nil.on, nil.period, is_nil=True)


def _find_local_day(made_at: str) -> date | None:
    """Find the day of a moment where the program runs; None where another program wrote what is none."""
    try:
        return datetime.fromisoformat(made_at).astimezone().date()
    except (ValueError, OverflowError):
        return None
