"""Returns (报送): who must send which records, how often, and by which day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kfly.plan.periods import Calendar, Period

_DAY = timedelta(days=1)
_LONG_ENOUGH = timedelta(days=4)  # from the 28th into the next month


class Return(NamedTuple):
    """What is to be sent, again and again.

    Attributes:
        kind: of the records.
        organisations: from whom, as the plan names them: towns, zones, and groups of these.
        every: the period: ``year``, ``half``, ``quarter``, ``month``.
        by: the day of the month after the period by which it is to be here; the month's last where it
            has no such day.
    """

    kind: str
    organisations: tuple[str, ...]
    every: str
    by: int

    def find_deadline(self, period: Period, calendar: Calendar) -> date:
        """Find the last day on which what is owed for a period may come."""
        first = calendar.find_end(period) + _DAY
        last = (first.replace(day=28) + _LONG_ENOUGH).replace(day=1) - _DAY
        return first.replace(day=min(self.by, last.day))


class NilReturn(NamedTuple):
    """The word that there was nothing to send (零报告), or that something came which no sheet shows."""

    kind: str
    organisation: str
    on: date
    period: str | None = None  # the label of the one it is for; None: as any other entry


class ReturnEntry(NamedTuple):
    """Something that came on a day, and may serve a period."""

    on: date
    period: str | None = None  # that it is for; None: the one before while that is owed, else that of the day
    is_nil: bool = False


Entries = dict[tuple[str, str], list[ReturnEntry]]  # by kind and organisation


def sort_entries(entries: Iterable[ReturnEntry]) -> list[ReturnEntry]:
    """Sort entries by their days; of one day those that name their period come first."""
    return sorted(entries, key=lambda entry: (entry.on, entry.period is None, entry.is_nil))
