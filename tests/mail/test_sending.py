"""Sending, against real servers: who gets it, who does not and why."""

import socket
import ssl
from collections.abc import Generator

import pytest

from kfly.mail.sending import send
from kfly.mail.server import parse_server as of_url
from kfly.mail.troubles import Trouble, translating_errors
from tests.support.mail_on_its_way import FIVE, GREETING, HELLO, LOGIN, PASSWORD, at, deliveries, sent, told
from tests.support.smtp_servers import Encryption, Mailroom, free_port, raw_server


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
