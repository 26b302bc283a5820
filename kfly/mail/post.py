"""A letter on its way: its content, to whom it goes, and to whom it still has to go."""

from collections.abc import Iterable
from typing import NamedTuple

from kfly.mail.addresses import Mailbox
from kfly.mail.message import Content

Told = tuple[tuple[str, str], ...]  # year/number of a task, and the class it is reported in


class Post(NamedTuple):
    """A letter, to whom it goes, and to whom it still has to go."""

    content: Content
    organisation: str | None  # the lead whose own tasks it holds; None: all of them
    scope: str | None  # the organisation to whose tasks the report was narrowed
    tasks: Told
    recipients: tuple[Mailbox, ...]
    pending: tuple[Mailbox, ...]

    def without(self, addresses: Iterable[str]) -> "Post":
        """Return the post with nothing pending for these addresses, written small or large."""
        had = {address.casefold() for address in addresses}
        left = tuple(box for box in self.recipients if box.address.casefold() not in had)
        return self._replace(pending=left)
