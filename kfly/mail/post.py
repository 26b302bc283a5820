"""A letter on its way: its content, its recipients, and those who have not got it yet."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kfly.mail.addresses import Mailbox
from kfly.mail.message import Content

Told = tuple[tuple[str, str], ...]  # year/number of a task or key of a target, and its class


class Post(NamedTuple):
    """A letter, its recipients, and those who have not got it yet."""

    content: Content
    organisation: str | None  # the lead whose own tasks it holds; None: all of them
    scope: str | None  # the organisation to whose tasks the report was narrowed
    tasks: Told
    recipients: tuple[Mailbox, ...]
    pending: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...] = ()  # who gets copies
    follows: tuple[str, ...] = ()  # the ids of earlier letters to the same, the oldest first
    make_smaller: Callable[[], Content] | None = None  # what it says where it is too large

    def without(self, addresses: Iterable[str]) -> "Post":
        """Return the post with nothing pending for these addresses, written small or large."""
        had = {address.casefold() for address in addresses}
        everybody = (*self.recipients, *self.cc)
        left = tuple(box for box in everybody if box.address.casefold() not in had)
        return self._replace(pending=left)
