"""Messages handed to the mail server, each recipient's by itself, over one connection while it lives."""

import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from email.message import EmailMessage
from typing import NamedTuple

from kfly.mail.connection import Connection
from kfly.mail.server import Server
from kfly.mail.troubles import Trouble

# What may pass is tried again after these parts of the time limit: two and ten seconds, when it is twenty.
WAITS = (0.1, 0.5)


class Delivery(NamedTuple):
    """A message on its way to one recipient."""

    message: EmailMessage
    sender: str
    recipient: str


class Outcome(NamedTuple):
    """What became of a delivery: handed over when there is no error; 0 tries when there was no server."""

    delivery: Delivery
    error: str | None
    tries: int


def send(server: Server, deliveries: Iterable[Delivery]) -> Iterator[Outcome]:
    """Hand messages to the server, telling of each as soon as it is known.

    A recipient who is refused does not keep the others from theirs. Where no connection can be had, not after
    three tries or because the server refuses us, all that are left fail at once, with the same error.

    A connection that is lost between the end of a message and the server's answer leaves open whether the
    message was taken; it is sent again: twice is better than never.
    """
    lost: str | None = None
    with closing(Connection(server)) as connection:
        for delivery in deliveries:
            if lost is not None:
                yield Outcome(delivery, lost, 0)
                continue
            outcome, reached = _delivered(connection, delivery)
            lost = None if reached else outcome.error
            yield outcome


def _delivered(connection: Connection, delivery: Delivery) -> tuple[Outcome, bool]:
    """What became of one delivery, and whether there was a server at its last try."""
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
            return Outcome(delivery, trouble.message, tries), trouble.reached
        return Outcome(delivery, None, tries), True
