"""Handing messages to the mail server, one for each recipient, over one connection as long as it lasts."""

import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from email.message import EmailMessage
from typing import NamedTuple

from kfly.mail.connection import Connection
from kfly.mail.server import Server
from kfly.mail.troubles import Trouble

# A passing trouble is tried again after these parts of the time limit: 2 and 10 seconds, when it is 20.
WAITS = (0.1, 0.5)


class Delivery(NamedTuple):
    """A message on its way to one recipient."""

    message: EmailMessage
    sender: str
    recipient: str


class DeliveryOutcome(NamedTuple):
    """What became of a delivery: handed over when there is no error; 0 tries when there was no server."""

    delivery: Delivery
    error: str | None
    tries: int


def send(server: Server, deliveries: Iterable[Delivery]) -> Iterator[DeliveryOutcome]:
    """Hand messages to the server, and yield what became of each as soon as it is known.

    When one recipient is refused, the others still get theirs. When there is no connection, after three tries
    or because the server refuses us, all that are left fail at once, with the same error.

    A connection that is lost between the end of a message and the server's answer leaves open whether the
    message was taken; it is sent again: twice is better than never.
    """
    lost: str | None = None
    with closing(Connection(server)) as connection:
        for delivery in deliveries:
            if lost is not None:
                yield DeliveryOutcome(delivery, lost, 0)
                continue
            outcome, reached = _delivered(connection, delivery)
            lost = None if reached else outcome.error
            yield outcome


def _delivered(connection: Connection, delivery: Delivery) -> tuple[DeliveryOutcome, bool]:
    """Try one delivery; return what became of it, and whether its last try reached a server."""
    tries = 0
    while True:
        tries += 1
        try:
            connection.open()
            connection.transact(delivery.message, delivery.sender, delivery.recipient)
        except Trouble as trouble:
            if trouble.may_pass and tries <= len(WAITS):
                time.sleep(connection.server.timeout * WAITS[tries - 1])
                continue
            return DeliveryOutcome(delivery, trouble.message, tries), trouble.reached
        return DeliveryOutcome(delivery, None, tries), True
