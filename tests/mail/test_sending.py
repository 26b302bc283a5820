"""Sending, against real servers: who gets it, who does not and why, and how long that may take."""

import socket
import ssl
import time
from collections.abc import Generator, Iterable
from dataclasses import replace
from email.message import EmailMessage

import pytest

from kfly.mail.sending import Delivery, DeliveryOutcome, send
from kfly.mail.server import parse_server as of_url
from kfly.mail.troubles import Trouble, translating_errors
from tests.support.smtp_servers import Encryption, Mailroom, free_port, raw_server

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


def sent(url: str, *recipients: str, password: str | None = None) -> list[DeliveryOutcome]:
    outcomes = list(send(replace(of_url(url), password=password), deliveries(recipients)))
    assert [outcome.delivery.recipient for outcome in outcomes] == list(recipients)
    for outcome in outcomes:
        assert PASSWORD not in (outcome.error or "")
        assert len((outcome.error or "").splitlines()) <= 1
    return outcomes


def told(outcomes: Iterable[DeliveryOutcome]) -> list[tuple[str | None, int]]:
    return [(outcome.error, outcome.tries) for outcome in outcomes]


def at(port: int, *, timeout: str = "0.4") -> str:
    return f"smtp://127.0.0.1:{port}?timeout={timeout}"


def test_each_recipient_gets_a_message_of_their_own_over_one_connection() -> None:
    with Mailroom() as room:
        outcomes = sent(room.url, *FIVE)

    assert told(outcomes) == [(None, 1)] * 5
    assert [message.rcpt_tos for message in room.messages] == [[recipient] for recipient in FIVE]
    assert {message.mail_from for message in room.messages} == {"kfly@b.cn"}
    first = room.messages[0]
    assert (first["Subject"], first["To"]) == ("【督办】逾期3项", "a@b.cn")
    assert first.get_content().splitlines() == ["致 a@b.cn", ".", ".. 一行"]
    assert first.content.isascii()
    assert room.connections == 1


def test_what_goes_over_the_wire_is_ascii_in_lines_that_every_server_takes() -> None:
    (delivery,) = deliveries(["a@b.cn"])
    delivery.message.set_content("一行很长的正文。" * 400)
    delivery.message.add_alternative("<p>" + "一行很长的正文。" * 400 + "</p>", subtype="html")
    delivery.message.add_attachment("编号\r\n8\r\n", subtype="csv", filename="督办.csv")
    with Mailroom() as room:
        assert told(send(of_url(room.url), [delivery])) == [(None, 1)]

    (message,) = room.messages
    assert message.content.isascii()
    assert max(map(len, message.content.split(b"\r\n"))) <= 78
    assert b"\n" not in message.content.replace(b"\r\n", b"")
    body, attachment = message.iter_parts()
    assert [part.get_content_type() for part in body.iter_parts()] == ["text/plain", "text/html"]
    assert attachment.get_filename() == "督办.csv"


def test_each_outcome_is_told_before_the_next_message_is_sent() -> None:
    with Mailroom() as room:
        outcomes = send(of_url(room.url), deliveries(FIVE))
        for number in range(1, 3):
            next(outcomes)
            assert len(room.messages) == number
        assert isinstance(outcomes, Generator)
        outcomes.close()

    assert len(room.messages) == 2


def test_without_deliveries_nobody_is_called() -> None:
    assert list(send(of_url(at(free_port())), [])) == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("tls", ["starttls", "required", "tls"])
def test_mail_goes_encrypted_with_a_trusted_certificate(certificate: ssl.SSLContext, tls: Encryption) -> None:
    with Mailroom(tls=tls, certificate=certificate, login=LOGIN) as room:
        outcomes = sent(room.url, *FIVE[:2], password=PASSWORD)

    assert told(outcomes) == [(None, 1)] * 2
    assert len(room.messages) == 2
    assert room.logins == [True]


@pytest.mark.parametrize("tls", ["required", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(
    certificate: ssl.SSLContext, tls: Encryption
) -> None:
    with Mailroom(tls=tls, certificate=certificate, login=LOGIN) as room:
        (first, second) = sent(room.url, *FIVE[:2], password=PASSWORD)

    assert first.error is not None
    assert first.error.startswith(f"The certificate of localhost:{room.port} is not trusted: ")
    assert (first.tries, second.error, second.tries) == (1, first.error, 0)
    assert (room.messages, room.logins, room.connections) == ([], [], 1)


@pytest.mark.usefixtures("trusted")
def test_the_certificate_of_another_host_is_refused(certificate: ssl.SSLContext) -> None:
    with Mailroom(tls="tls", certificate=certificate) as room:
        (outcome,) = sent(room.url.replace("localhost", "127.0.0.1"), "a@b.cn")

    assert "is not trusted" in (outcome.error or "")
    assert room.messages == []


def test_nothing_is_sent_in_the_open_when_starttls_is_not_offered() -> None:
    with Mailroom() as room:
        (first, second) = sent(room.url + "&starttls=required", "a@b.cn", "b@b.cn")

    assert first.error == f"localhost:{room.port} does not offer STARTTLS; nothing is sent unencrypted."
    assert told([first, second]) == [(first.error, 1), (first.error, 0)]
    assert (room.messages, room.transactions) == ([], [])


def test_a_plain_server_where_tls_is_expected_is_refused_at_once() -> None:
    with Mailroom() as room:
        (outcome,) = sent(room.url.replace("smtp://", "smtps://"), "a@b.cn")

    assert "does not speak TLS as it should" in (outcome.error or "")
    assert outcome.tries == 1


def test_a_login_on_the_loopback_needs_no_encryption() -> None:
    with Mailroom(login=LOGIN) as room:
        assert told(sent(room.url, "a@b.cn", password=PASSWORD)) == [(None, 1)]


def test_a_wrong_password_is_tried_once_for_all_recipients() -> None:
    with Mailroom(login=("kfly@b.cn", "another")) as room:
        outcomes = sent(room.url, *FIVE, password=PASSWORD)

    error = f"localhost:{room.port} answered: 535 5.7.8 Authentication credentials invalid"
    assert told(outcomes) == [(error, 1), *[(error, 0)] * 4]
    assert room.connections == 1
    assert set(room.logins) == {False}


def test_a_user_where_no_login_is_offered_is_told() -> None:
    with raw_server(GREETING, HELLO) as port:
        (outcome,) = sent(at(port).replace("127", "kfly@127"), "a@b.cn", password=PASSWORD)

    assert outcome.error == f"127.0.0.1:{port} offers no login; leave the user out of the URL."


def test_one_who_is_refused_for_good_is_tried_once_and_the_others_get_theirs() -> None:
    with Mailroom(refuse={"b@b.cn": "550 5.1.1 查无此人"}) as room:
        outcomes = sent(room.url, "a@b.cn", "b@b.cn", "c@b.cn")

    refused = f"localhost:{room.port} answered: 550 5.1.1 查无此人"
    assert told(outcomes) == [(None, 1), (refused, 1), (None, 1)]
    assert [message.rcpt_tos for message in room.messages] == [["a@b.cn"], ["c@b.cn"]]
    assert room.transactions == ["a@b.cn", "b@b.cn", "c@b.cn"]


def test_one_who_is_refused_for_now_is_tried_again() -> None:
    with Mailroom(refuse={"b@b.cn": ["451 busy", "451 busy", "250 OK"]}) as room:
        outcomes = sent(room.url.replace("timeout=5", "timeout=0.5"), "a@b.cn", "b@b.cn", "c@b.cn")

    assert told(outcomes) == [(None, 1), (None, 3), (None, 1)]
    assert room.transactions == ["a@b.cn", "b@b.cn", "b@b.cn", "b@b.cn", "c@b.cn"]


def test_one_who_is_refused_three_times_for_now_is_given_up() -> None:
    with Mailroom(refuse={"b@b.cn": "451 busy"}) as room:
        outcomes = sent(room.url.replace("timeout=5", "timeout=0.5"), "a@b.cn", "b@b.cn", "c@b.cn")

    assert told(outcomes) == [(None, 1), (f"localhost:{room.port} answered: 451 busy", 3), (None, 1)]


def test_a_connection_dropped_in_the_message_is_made_anew() -> None:
    with Mailroom(drop=1) as room:
        outcomes = sent(room.url.replace("timeout=5", "timeout=0.5"), "a@b.cn", "b@b.cn")

    assert told(outcomes) == [(None, 2), (None, 1)]
    assert [message.rcpt_tos for message in room.messages] == [["a@b.cn"], ["b@b.cn"]]
    assert room.connections == 2


def test_a_connection_dropped_each_time_is_given_up_for_that_message() -> None:
    with Mailroom(drop=3) as room:
        outcomes = sent(room.url.replace("timeout=5", "timeout=0.5"), "a@b.cn", "b@b.cn")

    assert told(outcomes) == [(f"localhost:{room.port} dropped the connection.", 3), (None, 1)]


def test_a_server_that_says_nothing_holds_nobody_up() -> None:
    with raw_server() as port:
        began = time.monotonic()
        outcomes = sent(at(port), *FIVE)
        lasted = time.monotonic() - began

    error = f"127.0.0.1:{port} did not answer within 0.4 s."
    assert told(outcomes) == [(error, 3), *[(error, 0)] * 4]
    assert 3 * 0.4 + 0.04 + 0.2 <= lasted < 4


def test_a_server_that_falls_silent_after_its_greeting_is_given_up_too() -> None:
    with raw_server(GREETING, HELLO) as port:
        (outcome,) = sent(at(port, timeout="0.2"), "a@b.cn")

    assert (outcome.error, outcome.tries) == (f"127.0.0.1:{port} did not answer within 0.2 s.", 3)


def test_where_nothing_listens_three_tries_are_made_for_all_together() -> None:
    port = free_port()
    outcomes = sent(at(port), *FIVE)

    error = f"Nothing answers at 127.0.0.1:{port}: the connection is refused."
    assert told(outcomes) == [(error, 3), *[(error, 0)] * 4]


@pytest.mark.parametrize(
    ("greeting", "tries"),
    [
        (b"554 5.7.1 \xe6\x82\xa8\xe7\x9a\x84\xe5\x9c\xb0\xe5\x9d\x80\xe8\xa2\xab\xe6\x8b\x92\r\n", 1),
        ("554 5.7.1 您的地址被拒\r\n".encode("gb18030"), 1),
        ("421 5.7.1 您的地址被拒\r\n".encode(), 3),
    ],
)
def test_a_greeting_that_turns_us_away_is_told_in_the_servers_words(greeting: bytes, tries: int) -> None:
    with raw_server(greeting) as port:
        outcomes = sent(at(port, timeout="0.2"), "a@b.cn", "b@b.cn")

    error = f"127.0.0.1:{port} answered: {greeting[:3].decode()} 5.7.1 您的地址被拒"
    assert told(outcomes) == [(error, tries), (error, 0)]


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff\xfe\x00\r\n", b"SSH-2.0-x\r\n"]
)
def test_what_is_no_mail_server_is_told_to_be_none(greeting: bytes) -> None:
    with raw_server(greeting) as port:
        (outcome,) = sent(at(port), "a@b.cn")

    assert outcome.error == f"What answers at 127.0.0.1:{port} does not speak SMTP as kfly knows it."


def test_a_servers_words_are_cut_and_lose_their_escapes() -> None:
    words = b"550-\x1b[31mone\r\n550 " + "二".encode() * 300 + b"\r\n"
    with raw_server(GREETING, HELLO, words) as port:
        (outcome,) = sent(at(port), "a@b.cn")

    place = f"127.0.0.1:{port} answered: 550 "
    assert (outcome.error or "").startswith(place + "[31mone 二二")
    assert len(outcome.error or "") <= len(place) + 200


def test_a_server_that_repeats_the_password_is_not_repeated() -> None:
    hello = b"250-mail\r\n250 AUTH PLAIN\r\n"
    told_back = f"535 no user with {PASSWORD}, AUTH AGtmbHlAYi5jbgBub3QtdG8tYmUtc2Vlbi05\r\n".encode()
    with raw_server(GREETING, hello, told_back) as port:
        (outcome,) = sent(at(port).replace("127", "kfly%40b.cn@127"), "a@b.cn", password=PASSWORD)

    assert outcome.error == f"127.0.0.1:{port} answered: 535 no user with ***, AUTH ***"


def test_a_login_that_is_not_possible_for_now_is_tried_again() -> None:
    with raw_server(GREETING, b"250-mail\r\n250 AUTH PLAIN\r\n", b"454 4.7.0 later\r\n") as port:
        outcomes = sent(at(port).replace("127", "kfly@127"), "a@b.cn", "b@b.cn", password=PASSWORD)

    error = f"127.0.0.1:{port} answered: 454 4.7.0 later"
    assert told(outcomes) == [(error, 3), (error, 0)]


def test_a_sender_who_is_refused_is_told_for_each_recipient() -> None:
    with raw_server(GREETING, HELLO, *[b"553 not you\r\n", b"250 reset\r\n"] * 2) as port:
        outcomes = sent(at(port), "a@b.cn", "b@b.cn")

    assert told(outcomes) == [(f"127.0.0.1:{port} answered: 553 not you", 1)] * 2


def test_an_unknown_host_is_told_and_may_be_known_later() -> None:
    place = of_url("smtp://mail.b.cn")
    with pytest.raises(Trouble) as told_of, translating_errors(place, reached=False):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert told_of.value.message == "The host of mail.b.cn:25 is not known here, or the network is down."
    assert told_of.value.may_pass


def test_a_challenge_that_makes_no_sense_is_no_traceback() -> None:
    with raw_server(GREETING, b"250-mail\r\n250 AUTH CRAM-MD5\r\n", b"334 a\r\n") as port:
        (outcome,) = sent(at(port).replace("127", "kfly@127"), "a@b.cn", password=PASSWORD)

    assert outcome.error == f"What answers at 127.0.0.1:{port} does not speak SMTP as kfly knows it."


def test_nothing_secret_is_printed_while_logging_in(capfd: pytest.CaptureFixture[str]) -> None:
    with Mailroom(login=LOGIN) as room:
        sent(room.url, "a@b.cn", password=PASSWORD)

    assert capfd.readouterr() == ("", "")
