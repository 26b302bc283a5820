"""Logging in: once a run, and without a word of the server's that might repeat the password."""

import pytest

from tests.support.mail_on_its_way import FIVE, GREETING, HELLO, LOGIN, PASSWORD, at, sent, told
from tests.support.smtp_servers import Mailroom, raw_server

WHERE = "“kfly config” tells where the user and the password come from."


def test_a_login_on_the_loopback_needs_no_encryption() -> None:
    with Mailroom(login=LOGIN) as room:
        assert told(sent(room.url, "a@b.cn", password=PASSWORD)) == [(None, 1)]


def test_a_wrong_password_is_offered_once_for_all_recipients() -> None:
    with Mailroom(login=("kfly@b.cn", "another")) as room:
        outcomes = sent(room.url, *FIVE, password=PASSWORD)

    error = f"localhost:{room.port} refused the login (535); {WHERE}"
    assert told(outcomes) == [(error, 1), *[(error, 0)] * 4]
    assert room.connections == 1
    assert room.logins == [False]  # PLAIN and LOGIN are both offered


def test_a_user_where_no_login_is_offered_is_told() -> None:
    with raw_server(GREETING, HELLO) as port:
        (outcome,) = sent(at(port, timeout="5").replace("127", "kfly@127"), "a@b.cn", password=PASSWORD)

    assert outcome.error == f"127.0.0.1:{port} offers no login. Leave the user out of the URL."


def test_a_server_that_offers_other_logins_only_is_told_with_their_names() -> None:
    with raw_server(GREETING, b"250-mail\r\n250 AUTH GSSAPI XOAUTH2\r\n") as port:
        (outcome,) = sent(at(port, timeout="5").replace("127", "kfly@127"), "a@b.cn", password=PASSWORD)

    assert outcome.error == f"127.0.0.1:{port} offers only logins that kfly does not know: GSSAPI XOAUTH2."


def test_a_way_to_log_in_that_the_server_turns_out_not_to_know_is_passed_over() -> None:
    hello = b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n"
    answers = b"504 5.5.4 unknown\r\n", b"334 UGFzc3dvcmQ6\r\n", b"535 no\r\n"
    with raw_server(GREETING, hello, *answers) as port:
        (outcome,) = sent(at(port, timeout="5").replace("127", "kfly@127"), "a@b.cn", password=PASSWORD)

    assert outcome.error == f"127.0.0.1:{port} refused the login (535); {WHERE}"


def test_the_servers_words_about_a_login_are_dropped_whole() -> None:
    hello = b"250-mail\r\n250 AUTH PLAIN\r\n"
    told_back = f"535 no user with {PASSWORD}, AUTH AGtmbHlAYi5jbgBub3QtdG8tYmUtc2Vlbi05\r\n".encode()
    with raw_server(GREETING, hello, told_back) as port:
        (outcome,) = sent(
            at(port, timeout="5").replace("127", "kfly%40b.cn@127"), "a@b.cn", password=PASSWORD
        )

    assert outcome.error == f"127.0.0.1:{port} refused the login (535); {WHERE}"


def test_a_login_that_is_not_possible_for_now_is_tried_again() -> None:
    with raw_server(GREETING, b"250-mail\r\n250 AUTH PLAIN\r\n", b"454 4.7.0 later\r\n") as port:
        outcomes = sent(
            at(port, timeout="1").replace("127", "kfly@127"), "a@b.cn", "b@b.cn", password=PASSWORD
        )

    error = f"127.0.0.1:{port} takes no login for now (454)."
    assert told(outcomes) == [(error, 3), (error, 0)]


def test_a_challenge_that_makes_no_sense_is_no_traceback() -> None:
    with raw_server(GREETING, b"250-mail\r\n250 AUTH CRAM-MD5\r\n", b"334 a\r\n") as port:
        (outcome,) = sent(at(port, timeout="5").replace("127", "kfly@127"), "a@b.cn", password=PASSWORD)

    assert outcome.error == f"What answers at 127.0.0.1:{port} does not speak SMTP as kfly knows it."


def test_nothing_secret_is_printed_while_logging_in(capfd: pytest.CaptureFixture[str]) -> None:
    with Mailroom(login=LOGIN) as room:
        sent(room.url, "a@b.cn", password=PASSWORD)

    assert capfd.readouterr() == ("", "")
