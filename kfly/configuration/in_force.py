"""The settings in force: a variable goes before the file, and the file before the default."""

import getpass
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from kfly.configuration.file import Configuration
from kfly.errors import KflyError
from kfly.locale import _
from kfly.mail import password
from kfly.mail.addresses import Mailbox, parse_mailbox
from kfly.mail.patience import DEFAULT_PATIENCE
from kfly.mail.server import Server
from kfly.mail.server import parse_server as server_of

SERVER_VARIABLE = "KFLY_SMTP_URL"
FILE, DEFAULT, PLAN = "file", "default", "plan"

Value = TypeVar("Value")


@dataclass(frozen=True)
class InForce(Generic[Value]):
    """A value that is in force, and where it comes from: ``file``, ``default``, or the name of a variable."""

    value: Value = field(repr=False)  # it may be a password
    source: str


def find_server(configuration: Configuration) -> InForce[Server] | None:
    """Find the mail server, without a password; None when none is configured.

    Raises:
        KflyError: the variable is wrong.
    """
    url = os.environ.get(SERVER_VARIABLE)
    if url:
        try:
            return InForce(server_of(url), SERVER_VARIABLE)
        except KflyError as error:
            raise KflyError(_("{where}: {message}", where=SERVER_VARIABLE, message=error)) from None
    return InForce(configuration.server, FILE) if configuration.server else None


def find_password(configuration: Configuration, at: InForce[Server] | None) -> InForce[str] | None:
    """Find the password, if one is configured.

    Args:
        configuration: what the file says.
        at: the mail server in force.

    Raises:
        KflyError: it cannot be used, others can read it, or the server's user has none.
    """
    if text := password.read_variable():
        return InForce(text, password.VARIABLE)
    if configuration.password_file:
        return InForce(password.read_file(configuration.password_file), FILE)
    if at is None or at.value.user is None:
        return None
    raise KflyError(
        _(
            "The mail server's user has no password; set KFLY_SMTP_PASSWORD,"
            " or name a file that holds it as mail.password_file in {path}.",
            path=configuration.path,
        )
    )


def find_sender(configuration: Configuration, at: Server | None) -> InForce[Mailbox]:
    """Find from whom mail comes: as configured, the server's user, or whoever runs this on this machine."""
    if configuration.sender:
        return InForce(configuration.sender, FILE)
    for address in _senders(at):
        try:
            return InForce(parse_mailbox(address), DEFAULT)
        except KflyError:
            continue
    return InForce(parse_mailbox("kfly@localhost"), DEFAULT)


def find_patience(configuration: Configuration) -> InForce[float]:
    """Find the seconds that a run may take."""
    if configuration.patience is None:
        return InForce(DEFAULT_PATIENCE, DEFAULT)
    return InForce(configuration.patience, FILE)


def find_reply_to(configuration: Configuration, plan: str | None) -> InForce[Mailbox] | None:
    """Find who gets the answers: as configured, else as the plan says; None when the sender gets them.

    Args:
        configuration: what the file says.
        plan: what the plan says.

    Raises:
        KflyError: what the plan says is no address, as another program may have written it.
    """
    if configuration.reply_to:
        return InForce(configuration.reply_to, FILE)
    return InForce(parse_mailbox(plan), PLAN) if plan else None


def require_server(configuration: Configuration) -> Server:
    """Return the mail server with all that it takes to send.

    Raises:
        KflyError: the configuration has faults, or something is missing in it.
    """
    configuration.must_be_sound()
    found = find_server(configuration)
    if found is None:
        raise KflyError(
            _(
                "No mail server is configured; set KFLY_SMTP_URL, or mail.smtp in {path}.",
                path=configuration.path,
            )
        )
    secret = find_password(configuration, found) if found.value.user else None
    return replace(found.value, password=secret.value) if secret else found.value


def _senders(at: Server | None) -> Iterator[str]:
    """Yield who might be the sender; the system is asked only if needed, as it may ask the network."""
    if at is not None and at.user:
        yield at.user
    # Not getfqdn: it asks the name servers, and waits for them however long they take.
    yield f"{_login()}@{socket.gethostname()}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user whom the system does not know by name
        return "kfly"
