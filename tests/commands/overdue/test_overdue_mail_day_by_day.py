"""``overdue --email`` day by day: each letter follows the one before, and marks what is new."""

import sqlite3
from contextlib import closing
from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.support.mailed import BUREAU, OFFICE, body, give_address, kept
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom


def mail(kfly: Cli, day: str, *args: str) -> None:
    kfly.ok("--lang", "zh", "overdue", "--soon", "--email", "--as-of", day, *args)


def test_a_letter_follows_those_of_the_days_before(filled: Cli, room: Mailroom) -> None:
    for day in ("2022-12-01", "2022-12-02", "2022-12-05"):
        mail(filled, day, "--to", OFFICE, "--to", BUREAU)
    first, _again, second, _too, third, _three = room.messages
    assert (first["In-Reply-To"], first["References"]) == (None, None)
    assert (second["In-Reply-To"], second["References"]) == (first["Message-ID"], first["Message-ID"])
    assert third["In-Reply-To"] == second["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert {row["message_id"] for row in kept(filled)} == {m["Message-ID"] for m in room.messages}


def test_leads_and_coordinators_have_threads_of_their_own(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "市委组织部", "zzb@example.cn")
    for day in ("2022-12-01", "2022-12-02"):
        filled("overdue", "--email", "--as-of", day, "--leads", "--to", OFFICE)
    all_before, own_before, everything, own = room.messages
    assert everything["In-Reply-To"] == all_before["Message-ID"]
    assert own["In-Reply-To"] == own_before["Message-ID"]


def test_what_is_new_since_the_last_letter_is_marked(filled: Cli, room: Mailroom) -> None:
    mail(filled, "2022-11-25", "--to", OFFICE)
    with closing(sqlite3.connect(filled.db)) as db:
        db.execute("UPDATE mailings SET tasks = json_remove(tasks, '$[0]')")
        db.commit()
    mail(filled, "2022-12-05", "--to", OFFICE)
    before, after = room.messages
    assert "督办邮件相比" not in body(before, "plain")
    text = body(after, "plain")
    assert "与2022-11-25的督办邮件相比：新增7项，类别变化2项，不再列出0项。\n" in text
    assert text.count("【新增】") == 7  # the one that was taken out, and six that are due soon by now
    assert "【原为临近到期】11. 改造楼宇10栋" in text
    assert body(after, "html").count(">新增<") == 7
    (attached,) = after.iter_attachments()
    rows = CalamineWorkbook.from_filelike(BytesIO(attached.get_content())).get_sheet_by_index(0).to_python()
    assert rows[1][-1] == "与上次相比"
    assert sorted({row[-1] for row in rows[2:]}) == ["原为临近到期", "新增"]


def test_a_second_chance_of_a_day_marks_the_same_as_the_first(filled: Cli, room: Mailroom) -> None:
    mail(filled, "2022-11-25", "--to", OFFICE)
    room.refuse = {BUREAU: ["550 no"]}
    filled(
        "--lang",
        "zh",
        "overdue",
        "--soon",
        "--email",
        "--to",
        OFFICE,
        "--to",
        BUREAU,
        "--as-of",
        "2022-12-05",
    )
    room.refuse = {}
    mail(filled, "2022-12-05", "--to", OFFICE, "--to", BUREAU)
    _before, first, second = room.messages
    assert second.rcpt_tos == [BUREAU]
    assert body(first, "plain") == body(second, "plain")
    assert "原为临近到期" in body(second, "plain")
    assert second["In-Reply-To"] == first["In-Reply-To"]


def test_a_letter_of_months_ago_is_nothing_to_compare_with(filled: Cli, room: Mailroom) -> None:
    mail(filled, "2022-08-05", "--to", OFFICE)
    mail(filled, "2022-12-05", "--to", OFFICE)
    assert room.messages[1]["In-Reply-To"] is None
    assert "督办邮件相比" not in body(room.messages[1], "plain")


def test_an_id_that_another_program_has_written_adds_no_line(filled: Cli, room: Mailroom) -> None:
    mail(filled, "2022-12-02", "--to", OFFICE)
    with closing(sqlite3.connect(filled.db)) as db:
        db.execute("UPDATE mailings SET message_id = ?", ("<a@b>\r\nBcc: spy@example.cn",))
        db.commit()
    mail(filled, "2022-12-05", "--to", OFFICE)
    assert room.messages[1]["Bcc"] is None
    assert room.messages[1]["References"] is None
    assert room.messages[1].rcpt_tos == [OFFICE]
