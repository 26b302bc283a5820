"""What usually mends it stands behind the reason."""

import ssl

import pytest

from kfly.mail.hints import add_hint, advise_on_login, advise_on_silence
from kfly.mail.server import parse_server
from kfly.mail.troubles import Trouble, translating_errors
from tests.support.mail_on_its_way import GREETING, PASSWORD, at, sent
from tests.support.smtp_servers import Mailroom, raw_server


def why(url: str, error: Exception) -> str:
    with pytest.raises(Trouble) as told, translating_errors(parse_server(url), reached=False):
        raise error
    return told.value.message


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionResetError()])
def test_silence_on_the_encrypted_port_names_smtps(error: Exception) -> None:
    assert "write smtps://" in why("smtp://mail.b.cn:465", error)
    assert "smtps://" not in why("smtps://mail.b.cn:465", error)
    assert "smtps://" not in why("smtp://mail.b.cn:587", error)


def test_a_server_that_begins_unencrypted_names_smtp() -> None:
    with Mailroom() as room:
        (outcome,) = sent(room.url.replace("smtp://", "smtps://"), "a@b.cn")

    assert "write smtp:// instead of smtps://" in (outcome.error or "")


def test_an_unknown_issuer_names_the_variable(certificate: ssl.SSLContext) -> None:
    with Mailroom(tls="tls", certificate=certificate) as room:
        (outcome,) = sent(room.url, "a@b.cn")

    assert "is not trusted" in (outcome.error or "")
    assert "SSL_CERT_FILE" in (outcome.error or "")


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_host_names_no_variable(certificate: ssl.SSLContext) -> None:
    with Mailroom(tls="tls", certificate=certificate) as room:
        (outcome,) = sent(room.url.replace("localhost", "127.0.0.1"), "a@b.cn")

    assert "is not trusted" in (outcome.error or "")
    assert "SSL_CERT_FILE" not in (outcome.error or "")


def test_no_login_on_the_relays_port_names_the_port_of_submission() -> None:
    assert ":587" in advise_on_login(parse_server("smtp://u@mail.b.cn"))
    with raw_server(GREETING, b"250 mail\r\n") as port:
        (outcome,) = sent(at(port).replace("127", "kfly@127"), "a@b.cn", password=PASSWORD)
    assert ":587" not in (outcome.error or "")


def test_without_a_hint_the_reason_stands_alone() -> None:
    assert add_hint("so.", None) == "so."
    assert advise_on_silence(parse_server("smtp://mail.b.cn")) is None
