"""``overdue --email``: one message, whole, and sent once; what is kept of it."""

import json

from tests.support.mailed import ALL, BUREAU, MAIL, OFFICE, SUBJECT, body, kept, recipients
from tests.support.runner import Cli, content
from tests.support.smtp_servers import Mailroom


def test_one_message_has_the_subject_the_text_the_page_and_the_workbook(filled: Cli, room: Mailroom) -> None:
    told = filled.ok("--lang", "zh", *ALL, "--to", f"督查室 <{OFFICE}>")
    assert told.replace("\n", "") == f"已发送至 {OFFICE}：{SUBJECT}"
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


def test_json_tells_what_became_of_each(filled: Cli, room: Mailroom) -> None:
    room.refuse = {BUREAU: ["550 no"]}
    run = filled(*MAIL, "--to", OFFICE, "--to", BUREAU, "--json")
    assert [(row["recipient"], row["sent"]) for row in json.loads(run.out)] == [
        (OFFICE, True),
        (BUREAU, False),
    ]


def test_a_letter_that_says_nothing_promises_no_more_than_it_has(kfly: Cli, room: Mailroom) -> None:
    kfly.ok("overdue", "--email", "--as-of", "2022-01-15", "--to", OFFICE, "--always")
    (message,) = room.messages
    assert list(message.iter_attachments()) == []
    assert "附件" not in body(message, "plain")
    assert "没有逾期的任务。" in body(message, "plain")


def test_a_rehearsal_leaves_out_who_has_had_it(filled: Cli, room: Mailroom) -> None:
    filled.ok(*MAIL, "--to", OFFICE)
    shown = filled.ok("--lang", "en", *MAIL, "--to", OFFICE, "--dry-run")
    assert shown == "Everybody has had this already; “--again” sends it once more.\n"
    assert len(room.messages) == 1


def test_the_message_says_its_language_and_the_run_when_it_was(filled: Cli, room: Mailroom) -> None:
    (row,) = json.loads(filled.ok(*MAIL, "--to", OFFICE, "--json"))
    assert row["tried_at"] == kept(filled)[0]["tried_at"] != ""
    assert room.messages[0]["Content-Language"] == "zh"
