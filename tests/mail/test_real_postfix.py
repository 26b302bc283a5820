"""Mail handed to a real Postfix: encrypted, logged in, refused, put off and counted as it does."""

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.support import postfix
from tests.support.mail_on_its_way import sent, told
from tests.support.postfix import Postfix
from tests.support.runner import Cli

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postfix.why_not() is not None, reason=postfix.why_not() or ""),
    pytest.mark.usefixtures("trusted"),
]

USER, PASSWORD = "kfly@b.cn", "not-to-be-seen-9"
BOXES = ["a", "b", "c", "d", "e"]


@pytest.fixture(scope="module")
def server(authority: trustme.CA) -> Iterator[Postfix]:
    with postfix.running(authority, (USER, PASSWORD), BOXES) as server:
        yield server


@pytest.fixture
def fresh(server: Postfix) -> Postfix:
    """The server, with a policy that lets all through."""
    server.rules.greylisted.clear()
    server.rules.most = None
    server.rules.asked.clear()
    server.logins.clear()
    return server


def at_b(*boxes: str) -> list[str]:
    return [f"{box}@b.cn" for box in boxes]


def test_it_takes_a_message_encrypted_and_logged_in_and_names_its_number(fresh: Postfix) -> None:
    before = len(fresh.box("a", 0))
    (outcome,) = sent(fresh.url(USER), "a@b.cn", password=PASSWORD)

    assert (outcome.error, outcome.tries) == (None, 1)
    assert (outcome.answer or "").startswith("250 2.0.0 Ok: queued as ")
    number = (outcome.answer or "").rpartition(" ")[2]
    log = (fresh.folder / "log").read_text(encoding="utf-8")
    assert f"{number}: client=localhost[127.0.0.1], sasl_method=PLAIN, sasl_username={USER}" in log
    message = email.message_from_bytes(fresh.box("a", before + 1)[-1], policy=email.policy.default)
    assert message["Subject"] == "【督办】逾期3项"
    assert fresh.logins == [True]


def test_a_wrong_password_is_offered_once(fresh: Postfix) -> None:
    outcomes = sent(fresh.url(USER), *at_b(*BOXES), password="wrong")

    assert [outcome.tries for outcome in outcomes] == [1, 0, 0, 0, 0]
    assert "refused the login (535)" in (outcomes[0].error or "")
    assert fresh.logins == [False]


def test_one_who_is_unknown_there_is_refused_and_the_others_get_theirs(fresh: Postfix) -> None:
    outcomes = sent(fresh.url(USER), *at_b("a", "nobody", "b"), password=PASSWORD)

    assert [(outcome.error is None, outcome.tries) for outcome in outcomes] == [
        (True, 1),
        (False, 1),
        (True, 1),
    ]
    assert "550 5.1.1 <nobody@b.cn>: Recipient address rejected: User unknown" in (outcomes[1].error or "")


def test_all_who_are_greylisted_are_put_off_and_sent_after_one_wait(fresh: Postfix) -> None:
    fresh.rules.greylisted.update(at_b("a", "b", "c"))
    outcomes = sent(
        fresh.url(USER).replace("timeout=10", "timeout=5"), *at_b("a", "b", "c"), password=PASSWORD
    )

    assert told(outcomes) == [(None, 2)] * 3
    assert fresh.rules.asked == at_b("a", "b", "c") * 2


def test_a_limit_on_the_messages_of_a_connection_holds_nobody_up(fresh: Postfix) -> None:
    fresh.rules.most = 2
    outcomes = sent(fresh.url(USER), *at_b(*BOXES), password=PASSWORD)

    assert [outcome.error for outcome in outcomes] == [None] * 5
    assert [outcome.tries for outcome in outcomes] == [1, 1, 2, 1, 2]
    assert fresh.logins == [True] * 3


def test_the_report_goes_without_its_workbook_where_it_is_too_large(
    fresh: Postfix, filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(fresh.box("d", 0))
    monkeypatch.setenv("KFLY_SMTP_URL", fresh.url(USER, fresh.small))
    monkeypatch.setenv("KFLY_SMTP_PASSWORD", PASSWORD)
    told = filled.ok("--lang", "zh", "overdue", "--email", "--as-of", "2022-12-05", "--to", "d@b.cn")

    assert "未附表格" in told
    message = email.message_from_bytes(fresh.box("d", before + 1)[-1], policy=email.policy.default)
    assert list(message.iter_attachments()) == []


def test_the_configuration_is_tried_and_nothing_is_sent(
    fresh: Postfix, empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_SMTP_URL", fresh.url(USER))
    monkeypatch.setenv("KFLY_SMTP_PASSWORD", PASSWORD)
    found = empty.json("config", "--test")

    assert found["test"] == {
        "server": f"localhost:{fresh.port}",
        "works": True,
        "encryption": "TLSv1.3",
        "user": USER,
        "error": None,
    }
    assert (fresh.logins, fresh.rules.asked) == ([True], [])
    monkeypatch.setenv("SSL_CERT_FILE", str(Path("/dev/null")))
    run = empty("--lang", "en", "config", "--test")
    assert run.code == 1
    assert "SSL_CERT_FILE" in run.err
