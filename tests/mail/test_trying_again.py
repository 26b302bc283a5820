"""What is tried again, when, over which connection, and for how long."""

import time
from email.message import EmailMessage

import pytest

from kfly.mail.sending import Delivery, send
from kfly.mail.server import parse_server
from tests.support.mail_on_its_way import FIVE, GREETING, HELLO, at, deliveries, sent, told
from tests.support.smtp_servers import Limits, Mailroom, dripping_server, free_port, raw_server

THREE = FIVE[:3]


def quick(room: Mailroom) -> str:
    return room.url.replace("timeout=5", "timeout=0.5")


def test_one_who_is_refused_for_good_is_tried_once_and_the_others_get_theirs() -> None:
    with Mailroom(refuse={"b@b.cn": "550 5.1.1 查无此人"}) as room:
        outcomes = sent(room.url, "a@b.cn", "b@b.cn", "c@b.cn")

    refused = f"localhost:{room.port} answered: 550 5.1.1 查无此人"
    assert told(outcomes) == [(None, 1), (refused, 1), (None, 1)]
    assert [message.rcpt_tos for message in room.messages] == [["a@b.cn"], ["c@b.cn"]]
    assert room.transactions == ["a@b.cn", "b@b.cn", "c@b.cn"]


def test_who_is_refused_for_now_is_put_off_until_all_have_been_tried() -> None:
    with Mailroom(refuse={"a@b.cn": ["451 busy", "451 busy", "250 OK"]}) as room:
        outcomes = sent(quick(room), *THREE)

    assert told(outcomes) == [(None, 3), (None, 1), (None, 1)]
    assert room.transactions == ["a@b.cn", "b@b.cn", "c@b.cn", "a@b.cn", "a@b.cn"]


def test_there_is_one_wait_for_all_who_were_put_off() -> None:
    many = [f"{number}@b.cn" for number in range(8)]
    with Mailroom(refuse={who: ["451 greylisted", "250 OK"] for who in many}) as room:
        began = time.monotonic()
        outcomes = sent(room.url, *many)
        lasted = time.monotonic() - began

    assert told(outcomes) == [(None, 2)] * 8
    assert room.transactions == many * 2
    assert 0.5 <= lasted < 4  # a tenth of the five seconds, once and not eight times


def test_the_try_after_a_refusal_for_now_goes_over_a_new_connection() -> None:
    with Mailroom(refuse={"a@b.cn": ["451 busy", "250 OK"]}) as room:
        outcomes = sent(quick(room), *THREE)

    assert told(outcomes) == [(None, 2), (None, 1), (None, 1)]
    assert room.connections == 3  # that of the refusal, one for the others, and one after the wait


@pytest.mark.parametrize("most", [1, 2])
def test_a_server_that_counts_the_messages_of_a_connection_gets_a_new_one_at_once(most: int) -> None:
    with Mailroom(limits=Limits(messages=most)) as room:
        began = time.monotonic()
        outcomes = sent(room.url.replace("timeout=5", "timeout=60"), *FIVE)
        lasted = time.monotonic() - began

    assert [error for error, _tries in told(outcomes)] == [None] * 5
    assert [message.rcpt_tos for message in room.messages] == [[recipient] for recipient in FIVE]
    assert room.connections == -(-5 // most)
    assert lasted < 6  # no wait of a tenth of the minute


def test_one_who_is_refused_three_times_for_now_is_given_up() -> None:
    with Mailroom(refuse={"a@b.cn": "451 busy"}) as room:
        outcomes = sent(quick(room), *THREE)

    assert told(outcomes) == [(f"localhost:{room.port} answered: 451 busy", 3), (None, 1), (None, 1)]


def test_a_connection_dropped_in_the_message_is_made_anew() -> None:
    with Mailroom() as room:
        room.drop = 1
        outcomes = sent(quick(room), "a@b.cn", "b@b.cn")

    assert told(outcomes) == [(None, 2), (None, 1)]
    assert [message.rcpt_tos for message in room.messages] == [["b@b.cn"], ["a@b.cn"]]
    assert room.connections == 3


def test_a_connection_dropped_each_time_is_given_up_for_that_message() -> None:
    with Mailroom() as room:
        room.drop = 3
        outcomes = sent(quick(room), "a@b.cn")

    assert told(outcomes) == [(f"localhost:{room.port} dropped the connection.", 3)]


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


def test_a_run_ends_when_its_patience_does_and_says_what_is_left() -> None:
    with Mailroom(refuse={"a@b.cn": "451 busy"}) as room:
        began = time.monotonic()
        outcomes = sent(room.url, *THREE, patience=0.4)  # the first wait alone would be longer
        lasted = time.monotonic() - began

    assert told(outcomes) == [(f"localhost:{room.port} answered: 451 busy", 1), (None, 1), (None, 1)]
    assert lasted < 0.4


def test_what_had_no_turn_is_left_to_the_next_run() -> None:
    with raw_server(GREETING, HELLO) as port:  # it falls silent in the first message
        outcomes = sent(at(port, timeout="5"), *THREE, patience=0.3)

    over = "the time of the run was over (0.3 s, mail.patience); the next run tries again."
    assert told(outcomes) == [(over, 1), (over, 0), (over, 0)]


@pytest.mark.parametrize("begin", [b"220-", GREETING + b"250-"])
def test_a_server_that_drips_is_cut_off_when_the_time_is_over(begin: bytes) -> None:
    with dripping_server(begin, b"x") as port:
        began = time.monotonic()
        outcomes = sent(at(port), "a@b.cn", "b@b.cn", patience=0.6)
        lasted = time.monotonic() - began

    assert "the time of the run was over" in (outcomes[0].error or "")
    assert [outcome.tries for outcome in outcomes] == [1, 0]
    assert lasted < 2


def test_a_message_that_is_too_large_goes_smaller() -> None:
    (delivery,) = deliveries(["a@b.cn"])
    small = delivery.message
    large = EmailMessage()
    large["Subject"] = "large"
    large.set_content("x" * 5000)
    with Mailroom(limits=Limits(bytes=2000)) as room:
        (outcome,) = send(parse_server(room.url), [Delivery(large, "k@b.cn", "a@b.cn", lambda: small)])
        (failed,) = send(parse_server(room.url), [Delivery(large, "k@b.cn", "a@b.cn")])

    assert (outcome.error, outcome.tries, outcome.smaller) == (None, 2, True)
    assert room.messages[0]["Subject"] == small["Subject"]
    assert (failed.tries, failed.smaller) == (1, False)
    assert "552" in (failed.error or "")


@pytest.mark.parametrize("refusal", ["552 5.2.2 mailbox full", "550 5.3.4 message too big"])
def test_a_box_that_has_no_room_for_it_is_tried_with_the_smaller_one(refusal: str) -> None:
    (delivery,) = deliveries(["a@b.cn"])
    with Mailroom(refuse={"a@b.cn": [refusal, "250 OK"]}) as room:
        (outcome,) = send(parse_server(room.url), [delivery._replace(make_smaller=lambda: delivery.message)])

    assert (outcome.error, outcome.tries, outcome.smaller) == (None, 2, True)


def test_the_servers_last_word_is_kept() -> None:
    with Mailroom() as room:
        outcomes = sent(room.url, "a@b.cn", "b@b.cn")

    assert [outcome.answer for outcome in outcomes] == [
        "250 2.0.0 Ok: queued as Q1",
        "250 2.0.0 Ok: queued as Q2",
    ]
