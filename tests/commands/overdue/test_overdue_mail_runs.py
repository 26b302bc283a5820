"""``overdue --email`` as a run: what bounds it, what it tells in the end, and its sign of life."""

import json
import os
import stat
from pathlib import Path

import pytest

from tests.support.mailed import ALL, BUREAU, MAIL, OFFICE, UNSENT, body, kept, recipients
from tests.support.runner import Cli
from tests.support.smtp_servers import Limits, Mailroom, raw_server


@pytest.fixture
def configured(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the configuration, where it may be written."""
    monkeypatch.setenv("KFLY_CONFIG", str(filled.folder / "config.yaml"))
    return filled.folder / "config.yaml"


def test_one_cause_for_many_is_one_line_with_their_number(filled: Cli, room: Mailroom) -> None:
    room.refuse = {BUREAU: ["550 no"], "x@example.cn": ["550 no"], "y@example.cn": ["551 elsewhere"]}
    addresses = [f"--to={who}" for who in (OFFICE, *room.refuse)]
    run = filled("--lang", "en", *MAIL, *addresses)
    place = f"localhost:{room.port}"
    assert run.code == UNSENT
    assert run.err.splitlines() == [
        f"Not sent to 2 recipients (“kfly mailings --failed” names them): {place} answered: 550 no",
        f"Not sent to y@example.cn: {place} answered: 551 elsewhere",
    ]
    assert [row["recipient"] for row in filled.json("mailings", "--failed")] == [*room.refuse]


def test_a_wrong_password_is_one_line_that_says_where_to_look(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Mailroom(login=("user@example.cn", "right")) as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        monkeypatch.setenv("KFLY_SMTP_PASSWORD", "wrong")
        run = filled("--lang", "zh", *MAIL, "--to", OFFICE, "--to", BUREAU)
    assert (run.code, run.err.count("\n"), room.logins) == (UNSENT, 1, [False])
    assert "拒绝登录（535）；“kfly config”显示用户名和密码的来源。" in run.err


def test_a_run_ends_with_its_patience_and_says_what_is_left(
    filled: Cli, configured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured.write_text("mail: {patience: 1 s}\n", encoding="utf-8")
    with raw_server(b"220 mail\r\n") as port:
        monkeypatch.setenv("KFLY_SMTP_URL", f"smtp://127.0.0.1:{port}?timeout=60")
        run = filled("--lang", "zh", *MAIL, "--to", OFFICE, "--to", BUREAU)
    assert run.code == UNSENT
    assert "2 个收件人" in run.err
    assert "本次运行的时间已到（1 秒，mail.patience），留待下次运行时再发。" in run.err


def test_a_letter_that_is_too_large_goes_without_its_workbook_and_says_so(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (whole,) = filled.json(*ALL, "--to", OFFICE, "--dry-run")
    size = whole["attachments"][0]["size"]
    with Mailroom(
        limits=Limits(bytes=(len(whole["text"].encode()) + len(whole["html"].encode()) + size) * 4 // 3)
    ) as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        told = filled.ok("--lang", "zh", *ALL, "--to", OFFICE)
    (message,) = room.messages
    assert list(message.iter_attachments()) == []
    assert "附上明细表格后邮件过大，邮件服务器不予接收，故未附表格。" in body(message, "plain")
    assert "附上明细表格后邮件过大" in body(message, "html")
    assert told.startswith(f"已发送至 {OFFICE}，因服务器限制邮件大小，未附表格：【督办】")
    (row,) = kept(filled)
    assert (row["sent"], row["tries"], row["without_workbook"]) == (True, 2, True)
    assert row["message_id"] == message["Message-ID"]
    assert "已发送，未附表格" in filled.ok("--lang", "zh", "mailings")


def test_the_servers_last_word_is_kept(filled: Cli, room: Mailroom) -> None:
    filled.ok(*MAIL, "--to", OFFICE)
    assert kept(filled)[0]["answer"] == "250 2.0.0 Ok: queued as Q1"
    assert "queued as Q1" in filled.ok("mailings")


def test_the_attachment_has_a_name_for_old_programs_too(filled: Cli, room: Mailroom) -> None:
    filled.ok("--lang", "zh", *MAIL, "--to", OFFICE)
    content = room.messages[0].content
    assert b"filename*=utf-8''%E7%9D%A3%E5%8A%9E%E6%B8%85%E5%8D%95-2022-12-05.xlsx" in content
    assert b'name="supervision-2022-12-05.xlsx"' in content
    (attached,) = room.messages[0].iter_attachments()
    assert attached.get_filename() == "督办清单-2022-12-05.xlsx"


def test_each_complete_run_touches_the_heartbeat(filled: Cli, room: Mailroom, configured: Path) -> None:
    configured.write_text("mail: {heartbeat: mailed}\n", encoding="utf-8")
    beat = filled.folder / "mailed"
    room.refuse = {BUREAU: ["550 no"]}
    filled(*MAIL, "--to", OFFICE, "--to", BUREAU)
    filled(*MAIL, "--to", BUREAU, "--dry-run")
    assert not beat.exists()
    room.refuse = {}
    filled.ok(*MAIL, "--to", OFFICE, "--to", BUREAU)
    os.utime(beat, (0, 0))
    filled.ok(*MAIL, "--to", OFFICE, "--to", BUREAU)  # everybody has had it
    assert beat.stat().st_mtime > 0
    os.utime(beat, (0, 0))
    filled.ok("overdue", "--email", "--as-of", "2022-01-15", "--to", OFFICE)  # there is nothing to report
    assert beat.stat().st_mtime > 0
    assert recipients(room) == [OFFICE, BUREAU]


def test_a_heartbeat_may_be_a_command_and_no_shell_is_asked(
    filled: Cli, room: Mailroom, configured: Path
) -> None:
    configured.write_text("mail: {heartbeat: {command: touch 'a b' $HOME}}\n", encoding="utf-8")
    configured.chmod(0o600)
    assert filled.ok(*MAIL, "--to", OFFICE, "--quiet") == ""
    assert (filled.folder / "a b").exists()
    assert (filled.folder / "$HOME").exists()


@pytest.mark.parametrize(
    ("heartbeat", "why"),
    [
        ("no/such/folder", "no/such/folder: there is no such file or folder"),
        ("{command: [false]}", "false: it ended with 1"),
        ("{command: [no-such-program-here]}", "no-such-program-here: there is no such file or folder"),
    ],
)
def test_a_heartbeat_that_fails_is_told_though_the_mail_is_out(
    filled: Cli, room: Mailroom, configured: Path, heartbeat: str, why: str
) -> None:
    configured.write_text(
        f"mail: {{heartbeat: {heartbeat}}}\n".replace("[false]", '["false"]'), encoding="utf-8"
    )
    configured.chmod(0o600)
    run = filled("--lang", "en", *MAIL, "--to", OFFICE, "--quiet")
    assert (run.code, run.out, run.err.count("\n")) == (0, "", 1)
    assert run.err.startswith("The mail is out, but mail.heartbeat failed: ")
    assert why.partition(":")[0] in run.err
    assert recipients(room) == [OFFICE]


def test_a_command_that_others_may_choose_is_refused(filled: Cli, room: Mailroom, configured: Path) -> None:
    configured.write_text("mail: {heartbeat: {command: touch x}}\n", encoding="utf-8")
    configured.chmod(configured.stat().st_mode | stat.S_IWOTH)
    assert "chmod go-w" in filled.refused("--lang", "en", *MAIL, "--to", OFFICE)
    assert room.messages == []
    assert json.loads(filled("config", "--json").out)["settings"]["mail.heartbeat"]["value"] is None
