"""Mails that were tried: what was sent to whom, when, about which tasks and targets, and what failed."""

from datetime import date
from typing import NamedTuple

Told = tuple[
    tuple[str, str], ...
]  # year/number of a task or key of a target, and the class it is reported in


def split_told(told: Told) -> tuple[Told, Told]:
    """Split what is told into tasks and targets: no key of a target has a slash."""
    tasks = tuple(one for one in told if "/" in one[0])
    return tasks, tuple(one for one in told if one not in tasks)


class Mailing(NamedTuple):
    """One mail to one recipient, as one run of the command tried it."""

    as_of: str  # the day that the report answers for
    recipient: str  # an address
    organisation: str | None  # the lead whose own tasks it holds; None: all of them
    scope: str | None  # the organisation to whose tasks the report was narrowed
    subject: str
    tasks: Told
    message_id: str
    tries: int
    error: str | None = None  # None: the server has taken it
    tried_at: str = ""  # UTC
    answer: str | None = None  # the server's last word on a mail that it has taken
    without_workbook: bool = False  # with it, it was too large for the server

    @property
    def is_sent(self) -> bool:
        """Whether the server has taken it."""
        return self.error is None

    def covers(self, tasks: Told) -> bool:
        """Tell whether it has reported all of this already; of nothing, any mail that was sent has."""
        return self.is_sent and set(self.tasks) >= set(tasks)


class LastLetter(NamedTuple):
    """What was last told, before a day, to those who get a letter: the coordinators, or a lead."""

    day: date
    tasks: dict[str, str]  # what was told, and the class it was reported in
    follows: tuple[str, ...]  # the ids of the last messages, the oldest first
