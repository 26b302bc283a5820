"""What the office knew at a moment: everything of the log up to a change, and nothing after it."""

from datetime import date, datetime
from typing import NamedTuple


class Known(NamedTuple):
    """A moment whose knowledge is asked for.

    Attributes:
        at: the moment, in UTC.
        group: the last group of the log by then; 0 where nothing was logged yet.
        change: the last change by then.
    """

    at: datetime
    group: int
    change: int

    @property
    def day(self) -> date:
        """The day that it falls on where the program runs; views are as of that day if no other is asked."""
        return self.at.astimezone().date()
