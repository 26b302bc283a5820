"""``overdue --email``: who gets what, that nobody gets it twice, and what is kept of it."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from cli_runner import Cli, content
from smtp_servers import Kept, Mailroom, free_port, raw_server

DAY = ("--as-of", "2022-12-05")
MAIL = ("overdue", "--email", *DAY)
ALL = (*MAIL, "--behind", "--soon")
OFFICE, BUREAU = "office@example.cn", "kjj@example.cn"
SUBJECT = "【督办】截至2022-12-05：逾期3项，滞后0项，临近6项"
UNSENT, FOUND = 75, 3


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    """A mail server, and kfly knows where."""
    with Mailroom() as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        yield room


def give_address(kfly: Cli, organisation: str, address: str) -> None:
    with closing(sqlite3.connect(kfly.db)) as db:
        db.execute("UPDATE organisations SET email = ? WHERE name = ?", (address, organisation))
        db.commit()


def body(message: Kept, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content())


def recipients(room: Mailroom) -> list[str]:
    return [address for message in room.messages for address in message.rcpt_tos]


def kept(kfly: Cli) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = kfly.json("mailings")
    return found


def test_one_message_has_the_subject_the_text_the_page_and_the_workbook(filled: Cli, room: Mailroom) -> None:
    told = filled.ok("--lang", "zh", *ALL, "--to", f"督查室 <{OFFICE}>")
    assert told == f"已发送至 {OFFICE}：{SUBJECT}\n"
    (message,) = room.messages
    assert message["Subject"] == SUBJECT
    assert message["To"] == f"督查室 <{OFFICE}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "11. 改造楼宇10栋，其中5万平方米以上1栋" in body(message, "plain")
    assert "改造楼宇10栋，其中5万平方米以上1栋" in body(message, "html")
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "督办清单-2022-12-05.xlsx"
    assert attached.get_content().startswith(b"PK")


def test_headers_that_are_not_ascii_are_encoded(filled: Cli, room: Mailroom) -> None:
    filled.ok(*ALL, "--to", f"督查室 <{OFFICE}>")
    head = room.messages[0].content.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert b"Subject: =?utf-8?" in head


def test_a_second_run_sends_nothing_and_says_so(filled: Cli, room: Mailroom) -> None:
    filled.ok(*ALL, "--to", OFFICE)
    told = filled.ok("--lang", "en", *ALL, "--to", OFFICE)
    assert told == "Everybody has had this already; “--again” sends it once more.\n"
    assert recipients(room) == [OFFICE]


def test_again_sends_it_once_more(filled: Cli, room: Mailroom) -> None:
    filled.ok(*ALL, "--to", OFFICE)
    filled.ok(*ALL, "--to", OFFICE, "--again")
    assert recipients(room) == [OFFICE, OFFICE]


def test_another_day_is_another_report(filled: Cli, room: Mailroom) -> None:
    filled.ok(*ALL, "--to", OFFICE)
    filled.ok("overdue", "--email", "--as-of", "2022-12-06", "--to", OFFICE)
    assert recipients(room) == [OFFICE, OFFICE]


def test_a_report_that_tells_more_is_sent_the_same_day_and_one_that_tells_less_is_not(
    filled: Cli, room: Mailroom
) -> None:
    filled.ok(*MAIL, "--to", OFFICE)
    filled.ok(*ALL, "--to", OFFICE)
    filled.ok(*MAIL, "--to", OFFICE)
    assert [message["Subject"] for message in room.messages] == [SUBJECT.partition("，")[0], SUBJECT]


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


def test_what_was_sent_and_what_failed_is_kept(filled: Cli, room: Mailroom) -> None:
    room.refuse = {BUREAU: ["550 no such user"]}
    filled(*ALL, "--to", OFFICE, "--to", BUREAU)
    sent, failed = kept(filled)
    assert (sent["recipient"], sent["as_of"], sent["sent"], sent["error"]) == (
        OFFICE,
        "2022-12-05",
        True,
        None,
    )
    assert sent["subject"] == SUBJECT
    assert sent["tasks"][:4] == [
        *({"task": f"2022/{n}", "class": "overdue"} for n in (9, 10, 11)),
        {"task": "2022/13", "class": "soon"},
    ]
    assert sent["message_id"] == room.messages[0]["Message-ID"]
    assert (failed["recipient"], failed["sent"]) == (BUREAU, False)
    assert "550 no such user" in failed["error"]
    assert [row["recipient"] for row in filled.json("mailings", "--failed")] == [BUREAU]
    shown = filled.ok("--lang", "zh", "mailings")
    assert OFFICE in shown
    assert "已发送" in shown


def test_mailings_are_no_changes_and_cannot_be_undone(filled: Cli, room: Mailroom) -> None:
    before = filled.json("log")
    filled.ok(*ALL, "--to", OFFICE)
    assert filled.json("log") == before
    assert len(room.messages) == 1


def test_each_lead_gets_its_own_tasks_and_the_coordinators_get_all(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "市委组织部", "zzb@example.cn")
    run = filled("--lang", "zh", *ALL, "--leads", "--to", OFFICE)
    assert run.code == 0
    assert run.err == "下列牵头单位在方案中没有邮箱，未发送：市科技局\n"
    everything, own = room.messages
    assert everything.rcpt_tos == [OFFICE]
    assert (own.rcpt_tos, own["To"]) == (["zzb@example.cn"], "市委组织部 <zzb@example.cn>")
    assert own["Subject"] == "【督办】截至2022-12-05：逾期2项，滞后0项，临近1项"
    text = body(own, "plain")
    assert "市委组织部：下列任务由贵单位牵头" in text
    assert "11. 改造楼宇10栋" in text
    assert "9. 制订江阴市" not in text


def test_a_member_of_a_group_that_leads_gets_the_groups_tasks(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "澄江街道", "cj@example.cn")
    with closing(sqlite3.connect(filled.db)) as db:
        db.execute(
            "UPDATE task_organisations SET organisation = '各镇街园区' WHERE role = 'lead' AND task = 10"
        )
        db.commit()
    filled("--lang", "zh", *MAIL, "--leads")
    (message,) = room.messages
    assert message.rcpt_tos == ["cj@example.cn"]
    assert message["Subject"] == "【督办】截至2022-12-05：逾期1项"


def test_a_lead_whose_address_is_none_stops_nobody(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "市委组织部", "nobody at all")
    run = filled("--lang", "en", *MAIL, "--leads", "--to", OFFICE, "--quiet")
    assert run.code == UNSENT
    assert "nobody at all" in run.err
    assert recipients(room) == [OFFICE]


def test_the_coordinators_stand_in_the_configuration(
    filled: Cli, room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    (filled.folder / "config.yaml").write_text(
        f"mail:\n  to: [{OFFICE}, {BUREAU}]\n  from: 督查室 <ducha@example.cn>\n", encoding="utf-8"
    )
    monkeypatch.setenv("KFLY_CONFIG", str(filled.folder / "config.yaml"))
    filled.ok(*MAIL)
    assert recipients(room) == [OFFICE, BUREAU]
    assert room.messages[0]["From"] == "督查室 <ducha@example.cn>"
    filled.ok(*MAIL, "--to", "other@example.cn")
    assert recipients(room)[2:] == ["other@example.cn"]


def test_nothing_to_report_is_no_mail_unless_always(kfly: Cli, room: Mailroom) -> None:
    quiet_day = ("overdue", "--email", "--as-of", "2022-01-15", "--to", OFFICE)
    assert kfly.ok("--lang", "en", *quiet_day) == "Nothing to report, so no mail was sent.\n"
    assert room.messages == []
    kfly.ok(*quiet_day, "--always")
    assert room.messages[0]["Subject"] == "【督办】截至2022-01-15：逾期0项"
    kfly.ok(*quiet_day, "--always")
    assert len(room.messages) == 1


def test_a_rehearsal_shows_the_message_and_sends_nothing(filled: Cli, room: Mailroom) -> None:
    before = content(filled.db)
    shown = filled.ok("--lang", "zh", *ALL, "--to", OFFICE, "--dry-run")
    assert f"收件人：{OFFICE}\n主题：{SUBJECT}\n" in shown
    assert "11. 改造楼宇10栋，其中5万平方米以上1栋\n" in shown
    (post,) = filled.json(*ALL, "--to", OFFICE, "--dry-run")
    assert (post["subject"], post["to"], post["pending"]) == (SUBJECT, [OFFICE], [OFFICE])
    assert post["html"].startswith("<!DOCTYPE html>")
    assert room.messages == []
    assert content(filled.db) == before


def test_a_rehearsal_needs_no_server(filled: Cli) -> None:
    assert SUBJECT in filled.ok("--lang", "zh", *ALL, "--to", OFFICE, "--dry-run")


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


def test_json_tells_what_became_of_each(filled: Cli, room: Mailroom) -> None:
    room.refuse = {BUREAU: ["550 no"]}
    run = filled(*MAIL, "--to", OFFICE, "--to", BUREAU, "--json")
    assert [(row["recipient"], row["sent"]) for row in json.loads(run.out)] == [
        (OFFICE, True),
        (BUREAU, False),
    ]


def test_where_nobody_answers_it_is_unsent_and_noted(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_SMTP_URL", f"smtp://127.0.0.1:{free_port()}?timeout=0.2")
    run = filled("--lang", "zh", *MAIL, "--to", OFFICE, "--to", BUREAU)
    assert (run.code, run.out, run.err.count("\n")) == (UNSENT, "", 2)
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


def test_without_anybody_to_mail_it_to_it_says_how_to_name_one(filled: Cli, room: Mailroom) -> None:
    told = filled.refused("--lang", "en", *MAIL, code=2)
    assert "--to" in told
    assert "mail.to" in told
    assert room.messages == []


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


def rename(kfly: Cli, organisation: str, english: str) -> None:
    with closing(sqlite3.connect(kfly.db)) as db:
        db.execute("UPDATE organisations SET name_en = ? WHERE name = ?", (english, organisation))
        db.commit()


@pytest.mark.parametrize(
    "name",
    [
        "Sci\nBcc: spy@example.cn",
        'A "quoted" \\ name, with, commas, so long that it is folded somewhere in the middle of it',
        "=?utf-8?b?c3B5QGV4YW1wbGUuY24=?=",
        "a\u2028b\u202ec\x85d",
        "=\\?utf-8?q?x?=",
    ],
)
def test_no_name_in_the_plan_adds_an_address_or_a_line(filled: Cli, room: Mailroom, name: str) -> None:
    give_address(filled, "市委组织部", "zzb@example.cn")
    rename(filled, "市委组织部", name)
    assert filled("--lang", "en", *MAIL, "--leads", "--to", OFFICE).code == 0
    assert recipients(room) == [OFFICE, "zzb@example.cn"]
    own = room.messages[1]
    assert [address.addr_spec for address in own["To"].addresses] == ["zzb@example.cn"]
    assert own["Bcc"] is None


def test_tasks_that_reach_nobody_are_no_success(filled: Cli, room: Mailroom) -> None:
    run = filled("--lang", "en", *MAIL, "--leads", "--quiet")
    assert (run.code, run.out) == (UNSENT, "")
    assert (
        run.err == "There are tasks to report, but nobody to mail them to: no lead has an e-mail address.\n"
    )
    assert "--to" in filled.refused("--lang", "en", *MAIL, "--leads", "--always", code=2)
    assert room.messages == []


def test_of_a_group_that_leads_each_member_without_an_address_is_named(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "澄江街道", "cj@example.cn")
    with closing(sqlite3.connect(filled.db)) as db:
        db.execute(
            "UPDATE task_organisations SET organisation = '各镇街园区' WHERE role = 'lead' AND task = 10"
        )
        db.commit()
    told = filled("--lang", "zh", *MAIL, "--leads").err
    assert "华士镇" in told
    assert "澄江街道" not in told
    assert "各镇街园区" not in told


def test_a_report_on_one_organisation_says_so_and_is_told_apart(filled: Cli, room: Mailroom) -> None:
    narrowed = (*ALL, "--org", "新国联集团", "--to", OFFICE)
    filled.ok(*ALL, "--to", OFFICE)
    filled.ok(*narrowed)
    whole, own = room.messages
    assert (whole["Subject"], own["Subject"]) == (
        SUBJECT,
        "【督办】截至2022-12-05：逾期2项，滞后0项，临近0项（新国联集团）",
    )
    assert "新国联集团牵头或负责的任务" in body(own, "plain")
    filled.ok(*narrowed)
    assert len(room.messages) == 2
    assert [row["scope"] for row in kept(filled)] == [None, "新国联集团"]


def test_a_letter_that_says_nothing_promises_no_more_than_it_has(kfly: Cli, room: Mailroom) -> None:
    kfly.ok("overdue", "--email", "--as-of", "2022-01-15", "--to", OFFICE, "--always")
    (message,) = room.messages
    assert list(message.iter_attachments()) == []
    assert "附件" not in body(message, "plain")
    assert "没有逾期的任务。" in body(message, "plain")


def test_who_keeps_the_database_locked_keeps_nobody_from_the_mail(
    filled: Cli, room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kfly.store.database.BUSY_SECONDS", 0.2)
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


def test_two_runs_at_once_send_each_letter_once(filled: Cli, room: Mailroom) -> None:
    command = [sys.executable, "-m", "kfly", *MAIL, "--to", OFFICE, "--to", BUREAU]
    runs = [subprocess.Popen(command, cwd=filled.folder, stdout=subprocess.PIPE) for _n in range(3)]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    for run in runs:
        run.communicate()
    assert sorted(recipients(room)) == sorted([OFFICE, BUREAU])
    assert not list(filled.folder.glob("*-mailing"))


def test_a_rehearsal_leaves_out_who_has_had_it(filled: Cli, room: Mailroom) -> None:
    filled.ok(*MAIL, "--to", OFFICE)
    shown = filled.ok("--lang", "en", *MAIL, "--to", OFFICE, "--dry-run")
    assert shown == "Everybody has had this already; “--again” sends it once more.\n"
    assert len(room.messages) == 1


def test_one_address_in_two_spellings_is_one(filled: Cli, room: Mailroom) -> None:
    filled.ok(*MAIL, "--to", OFFICE, "--to", OFFICE.replace("office", "Office"))
    assert len(room.messages) == 1


def test_the_message_says_its_language_and_the_run_when_it_was(filled: Cli, room: Mailroom) -> None:
    (row,) = json.loads(filled.ok(*MAIL, "--to", OFFICE, "--json"))
    assert row["tried_at"] == kept(filled)[0]["tried_at"] != ""
    assert room.messages[0]["Content-Language"] == "zh"


def test_no_name_that_the_report_is_narrowed_to_adds_a_header(filled: Cli, room: Mailroom) -> None:
    rename(filled, "新国联集团", "Group =?utf-8?q?=0ABcc=3A_spy=40example=2Ecn?=")
    filled.ok("--lang", "en", *MAIL, "--org", "新国联集团", "--to", OFFICE)
    (message,) = room.messages
    assert message.rcpt_tos == [OFFICE]
    assert (message["Bcc"], message["MIME-Version"]) == (None, "1.0")
    assert "(Group utf-8?q?" in message["Subject"]
