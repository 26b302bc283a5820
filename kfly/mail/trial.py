"""Trying out the mail server: everything but a message."""

from typing import NamedTuple

from kfly.mail.connection import line_to
from kfly.mail.patience import Patience
from kfly.mail.server import Server
from kfly.mail.troubles import Trouble


class Trial(NamedTuple):
    """How a server was found: ``error`` says why it takes no mail from us, in one line without secrets."""

    place: str
    encryption: str | None  # such as TLSv1.3; None: not encrypted
    user: str | None  # who has logged in
    error: str | None


def try_server(server: Server) -> Trial:
    """Connect once, encrypt, log in, and leave again; nothing is sent.

    However slowly the server drips, this ends after three times the time limit.
    """
    with line_to(server, Patience(3 * server.timeout)) as connection:
        try:
            connection.open()
        except Trouble as trouble:
            return Trial(server.place, None, None, trouble.message)
        return Trial(server.place, connection.tell_encryption(), server.user, None)
