"""``overdue --email`` where mail reaches nobody, or not everybody: nothing false is said of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from kfly.store.file.locks import holding_lock
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom

MAIL = ("overdue", "--email", "--as-of", "2022-12-05")
OFFICE, BUREAU = "office@example.cn", "kjj@example.cn"
UNSENT = 75


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    """A mail server, and kfly knows where."""
    with Mailroom() as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        yield room


def test_a_rehearsal_that_reaches_nobody_does_not_say_that_there_is_nothing(filled: Cli) -> None:
    run = filled("--lang", "en", *MAIL, "--leads", "--dry-run")
    assert (run.code, run.out) == (UNSENT, "")
    assert "There is something to report, but nobody to mail it to" in run.err


def test_an_address_that_is_none_is_not_said_to_be_lacking(filled: Cli, room: Mailroom) -> None:
    with closing(sqlite3.connect(filled.db)) as db:
        db.execute("UPDATE organisations SET email = 'nobody at all' WHERE name = '市委组织部'")
        db.commit()
    run = filled("--lang", "en", *MAIL, "--leads", "--quiet")
    assert (run.code, run.err.count("\n")) == (UNSENT, 1)
    assert "nobody at all" in run.err
    assert room.messages == []


def test_always_without_coordinators_says_whom_it_lacks(filled: Cli, room: Mailroom) -> None:
    told = filled.refused("--lang", "en", *MAIL, "--leads", "--always", code=2)
    assert told.startswith("--always tells the coordinators")
    assert "give --to ADDRESS, or put mail.to into " in told
    assert room.messages == []


def test_a_rehearsal_for_programs_leaves_out_who_has_had_it(filled: Cli, room: Mailroom) -> None:
    filled.ok(*MAIL, "--to", OFFICE)
    assert filled.json(*MAIL, "--to", OFFICE, "--dry-run") == []
    (post,) = filled.json(*MAIL, "--to", OFFICE, "--to", BUREAU, "--dry-run")
    assert post["pending"] == [BUREAU]
    assert len(room.messages) == 1


def test_what_could_not_be_noted_at_once_is_noted_in_the_end(
    filled: Cli, room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kfly.store.file.database.BUSY_SECONDS", 0.2)
    answer, asked = room.answer, iter((OFFICE, BUREAU, "last@example.cn"))
    with closing(sqlite3.connect(filled.db, isolation_level=None, check_same_thread=False)) as other:

        def locking(recipient: str) -> str:
            """Keep the database while the first two are sent, and let go of it with the last."""
            if next(asked) == OFFICE:
                other.execute("BEGIN IMMEDIATE")
            elif recipient == "last@example.cn":
                other.execute("ROLLBACK")
            return answer(recipient)

        monkeypatch.setattr(room, "answer", locking)
        run = filled(*MAIL, "--quiet", "--to", OFFICE, "--to", BUREAU, "--to", "last@example.cn")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert len(room.messages) == 3
    noted = {row["recipient"]: row["sent"] for row in filled.json("mailings")}
    assert noted == {OFFICE: True, BUREAU: True, "last@example.cn": True}


def test_while_another_run_is_mailing_nothing_is_sent_and_it_is_said(
    filled: Cli, room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kfly.store.file.locks.SECONDS", 0.2)
    with holding_lock(filled.db):
        run = filled("--lang", "en", *MAIL, "--to", OFFICE, "--quiet")
        rehearsed = filled("--lang", "en", *MAIL, "--to", OFFICE, "--dry-run")
    assert (run.code, run.out, run.err.count("\n")) == (UNSENT, "", 1)
    assert run.err.startswith("Another run is mailing from ")
    assert room.messages == []
    assert (rehearsed.code, rehearsed.err) == (0, "")
    assert filled(*MAIL, "--to", OFFICE).code == 0
