"""Messages handed to a server, and what became of each: what the tests of sending share."""

from collections.abc import Iterable
from dataclasses import replace
from email.message import EmailMessage

from kfly.mail.sending import Delivery, DeliveryOutcome, send
from kfly.mail.server import parse_server

PASSWORD = "not-to-be-seen-9"
LOGIN = ("kfly@b.cn", PASSWORD)
FIVE = ["a@b.cn", "b@b.cn", "c@b.cn", "d@b.cn", "e@b.cn"]
GREETING, HELLO = b"220 mail\r\n", b"250-mail\r\n250 8BITMIME\r\n"


def deliveries(recipients: Iterable[str]) -> list[Delivery]:
    made = []
    for recipient in recipients:
        message = EmailMessage()
        message["From"] = "督查室 <kfly@b.cn>"
        message["To"] = recipient
        message["Subject"] = "【督办】逾期3项"
        message.set_content(f"致 {recipient}\n.\n.. 一行\n")
        made.append(Delivery(message, "kfly@b.cn", recipient))
    return made


def sent(
    url: str, *recipients: str, password: str | None = None, patience: float = 300
) -> list[DeliveryOutcome]:
    """What became of each, in the order of the recipients."""
    server = replace(parse_server(url), password=password)
    outcomes = list(send(server, deliveries(recipients), patience))
    assert sorted(outcome.delivery.recipient for outcome in outcomes) == sorted(recipients)
    for outcome in outcomes:
        assert PASSWORD not in (outcome.error or "")
        assert len((outcome.error or "").splitlines()) <= 1
    return sorted(outcomes, key=lambda outcome: recipients.index(outcome.delivery.recipient))


def told(outcomes: Iterable[DeliveryOutcome]) -> list[tuple[str | None, int]]:
    return [(outcome.error, outcome.tries) for outcome in outcomes]


def at(port: int, *, timeout: str = "0.4") -> str:
    return f"smtp://127.0.0.1:{port}?timeout={timeout}"
