"""``overdue --email`` when something is wrong: who is left out, what is told, how it ends."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.support.mailed import ALL, BUREAU, FOUND, MAIL, OFFICE, UNSENT, kept, recipients
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom, free_port, raw_server


def test_a_refused_recipient_does_not_stop_the_others_and_is_tried_by_the_next_run(
    filled: Cli, room: Mailroom
) -> None:
    room.refuse = {BUREAU: ["550 no such user"]}
    run = filled("--lang", "en", *ALL, "--to", OFFICE, "--to", BUREAU, "--to", "last@example.cn")
    assert run.code == UNSENT
    assert run.err.startswith(f"Not sent to {BUREAU}: ")
    assert "550 no such user" in run.err
    assert recipients(room) == [OFFICE, "last@example.cn"]
    room.refuse = {}
    assert filled(*ALL, "--to", OFFICE, "--to", BUREAU, "--to", "last@example.cn").code == 0
    assert recipients(room) == [OFFICE, "last@example.cn", BUREAU]


def test_quiet_says_only_what_went_wrong(filled: Cli, room: Mailroom) -> None:
    assert filled.ok(*ALL, "--to", OFFICE, "--quiet") == ""
    assert filled.ok(*ALL, "--to", OFFICE, "--quiet") == ""
    room.refuse = {BUREAU: ["550 no"]}
    run = filled(*ALL, "--to", BUREAU, "--quiet")
    assert (run.code, run.out, run.err.count("\n")) == (UNSENT, "", 1)


def test_its_exit_codes(filled: Cli, room: Mailroom) -> None:
    assert filled(*MAIL, "--to", OFFICE, "--exit-code").code == FOUND
    room.refuse = {BUREAU: ["550 no"]}
    assert filled(*MAIL, "--to", BUREAU, "--exit-code").code == UNSENT
    assert filled("overdue", "--email", "--as-of", "2022-01-15", "--to", OFFICE, "--exit-code").code == 0


def test_where_nobody_answers_it_is_unsent_and_noted(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_SMTP_URL", f"smtp://127.0.0.1:{free_port()}?timeout=0.2")
    run = filled("--lang", "zh", *MAIL, "--to", OFFICE, "--to", BUREAU)
    assert (run.code, run.out, run.err.count("\n")) == (UNSENT, "", 1)
    assert run.err.startswith("未能发送至 2 个收件人（名单见“kfly mailings --failed”）：")
    assert [row["sent"] for row in kept(filled)] == [False, False]


def test_a_server_that_hangs_does_not_hang_the_cron_job(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with raw_server() as port:
        monkeypatch.setenv("KFLY_SMTP_URL", f"smtp://127.0.0.1:{port}?timeout=0.3")
        run = filled(*MAIL, "--to", OFFICE)
    assert run.code == UNSENT


def test_a_connection_that_drops_is_tried_again(filled: Cli, room: Mailroom) -> None:
    room.drop = 1
    filled.ok(*MAIL, "--to", OFFICE)
    assert kept(filled)[0]["tries"] > 1


def test_a_database_that_cannot_be_written_sends_nothing(filled: Cli, room: Mailroom) -> None:
    with closing(sqlite3.connect(filled.db)) as db:
        db.execute("CREATE TABLE progress_notes_of_others (x)")
        db.execute("DROP TABLE mailings")
        db.execute("PRAGMA user_version = 2")
        db.execute("CREATE VIEW mailings AS SELECT 1")
        db.commit()
    run = filled("--lang", "en", *MAIL, "--to", OFFICE)
    assert (run.code, run.out) == (1, "")
    assert room.messages == []


@pytest.mark.parametrize(
    "address",
    ["", "nobody", f"{OFFICE}\nBcc: spy@example.cn", f"A\r\nX: y <{OFFICE}>", f"{OFFICE}, spy@example.cn"],
)
def test_an_address_that_is_none_is_wrong_usage_and_nothing_is_sent(
    filled: Cli, room: Mailroom, address: str
) -> None:
    assert filled.refused(*MAIL, "--to", address, code=2).startswith("--to")
    assert room.messages == []


@pytest.mark.parametrize("option", ["--leads", "--dry-run", "--always", "--again", "--to=a@b.cn"])
def test_how_to_mail_goes_with_email(kfly: Cli, option: str) -> None:
    assert "--email" in kfly.refused("--lang", "en", "overdue", option, code=2)


def test_without_a_server_it_says_where_to_name_one(filled: Cli) -> None:
    assert "KFLY_SMTP_URL" in filled.refused(*MAIL, "--to", OFFICE)


def test_the_password_is_nowhere(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "n0body-kn0ws-this"
    with Mailroom(login=("user@example.cn", secret)) as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        monkeypatch.setenv("KFLY_SMTP_PASSWORD", secret)
        run = filled(*MAIL, "--to", OFFICE)
        assert (run.code, room.logins) == (0, [True])
        assert room.messages[0]["From"] == "user@example.cn"
        monkeypatch.setenv("KFLY_SMTP_PASSWORD", secret + "x")
        wrong = filled(*MAIL, "--to", BUREAU)
    assert wrong.code == UNSENT
    for place in (run.out, run.err, wrong.out, wrong.err, str(kept(filled))):
        assert secret not in place
    for path in filled.folder.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()


def test_who_keeps_the_database_locked_keeps_nobody_from_the_mail(
    filled: Cli, room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kfly.store.file.database.BUSY_SECONDS", 0.2)
    other = sqlite3.connect(filled.db, isolation_level=None, check_same_thread=False)
    answer = room.answer

    def locking(recipient: str) -> str:
        if not other.in_transaction:
            other.execute("BEGIN IMMEDIATE")
        return answer(recipient)

    room.answer = locking  # type: ignore[method-assign]
    run = filled("--lang", "en", *MAIL, "--to", OFFICE, "--to", BUREAU)
    other.close()
    assert run.code == UNSENT
    assert recipients(room) == [OFFICE, BUREAU]
    assert [line.split(",")[0] for line in run.err.splitlines()] == [
        f"Tried for {OFFICE}",
        f"Tried for {BUREAU}",
    ]


@pytest.mark.slow
def test_two_runs_at_once_send_each_letter_once(filled: Cli, room: Mailroom) -> None:
    command = [sys.executable, "-m", "kfly", *MAIL, "--to", OFFICE, "--to", BUREAU]
    runs = [subprocess.Popen(command, cwd=filled.folder, stdout=subprocess.PIPE) for _n in range(3)]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    for run in runs:
        run.communicate()
    assert sorted(recipients(room)) == sorted([OFFICE, BUREAU])
    assert not list(filled.folder.glob("*-mailing"))
