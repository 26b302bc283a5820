"""``overdue --email --attach FILE``: the paper of that day beside the letters, each reader's own part."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import python_calamine as calamine

from tests.support.mailed import ALL, BUREAU, DAY, MAIL, OFFICE, body, give_address, kept, recipients
from tests.support.runner import Cli, contents
from tests.support.smtp_servers import Kept, Limits, Mailroom

NAME = "督办通报.xlsx"
ZH = ("--lang", "zh")


def sheets(message: Kept) -> dict[str, list[list[Any]]]:
    """The cells of the paper at a message."""
    (paper,) = [part for part in message.iter_attachments() if part.get_filename() == NAME]
    book = calamine.load_workbook(BytesIO(paper.get_content()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def names(message: Kept) -> list[str | None]:
    return [part.get_filename() for part in message.iter_attachments()]


def test_the_paper_goes_beside_the_usual_workbook_and_nothing_stays_on_disk(
    filled: Cli, room: Mailroom
) -> None:
    before = set(contents(filled.folder))
    filled.ok(*ZH, *MAIL, "--to", OFFICE, "--attach", NAME)
    (message,) = room.messages
    assert names(message) == ["督办清单-2022-12-05.xlsx", NAME]
    assert set(contents(filled.folder)) == before
    assert f"另附：{NAME}。" in body(message, "plain")
    assert f"另附：{NAME}。" in body(message, "html")
    assert sheets(message)["目标"][0][0] == "目标完成情况"


def test_its_figures_are_those_of_the_day_and_the_registry_stays_at_home(filled: Cli, room: Mailroom) -> None:
    filled.ok(*ZH, *MAIL, "--to", OFFICE, "--attach", NAME)
    found = sheets(room.messages[0])
    shown = filled.json(*ZH, "status", *DAY)["targets"]
    assert [row[3] for row in found["目标"][3:]] == [each["actual"] for each in shown]
    assert "楼宇" not in found


def test_a_lead_gets_its_own_part(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "市科技局", BUREAU)
    filled.ok(*ZH, *MAIL, "--leads", "--quiet", "--to", OFFICE, "--attach", NAME)
    by_recipient = {message.rcpt_tos[0]: sheets(message) for message in room.messages}
    own = filled.json(*ZH, "tasks", "--org", "市科技局", *DAY)
    assert [row[1] for row in by_recipient[BUREAU]["任务"][3:]] == [each["number"] for each in own]
    assert len(by_recipient[OFFICE]["任务"]) - 3 == 20
    assert "镇街排名" not in by_recipient[BUREAU]


def test_phone_numbers_in_it_are_masked(filled: Cli, room: Mailroom) -> None:
    filled.ok("progress", "9", "电话13800138000", "--on", "2022-11-01")
    filled.ok(*ZH, *MAIL, "--to", OFFICE, "--attach", NAME)
    told = str(sheets(room.messages[0])["任务"])
    assert "电话***" in told
    assert "13800138000" not in told


def test_a_rehearsal_names_it(filled: Cli) -> None:
    (post,) = filled.json(*ZH, *MAIL, "--to", OFFICE, "--attach", f"folder/{NAME}", "--dry-run")
    assert [each["name"] for each in post["attachments"]] == ["督办清单-2022-12-05.xlsx", NAME]
    assert all(each["size"] > 0 for each in post["attachments"])
    assert f"［另附：{NAME}，" in filled.ok(*ZH, *MAIL, "--to", OFFICE, "--attach", NAME, "--dry-run")


def test_when_all_is_well_it_goes_alone(filled: Cli, room: Mailroom) -> None:
    filled.ok(
        *ZH, "overdue", "--email", "--as-of", "2022-01-15", "--to", OFFICE, "--always", "--attach", NAME
    )
    assert names(room.messages[0]) == [NAME]


def test_a_letter_that_is_too_large_goes_without_it_and_says_so(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (whole,) = filled.json(*ZH, *ALL, "--to", OFFICE, "--attach", NAME, "--dry-run")
    size = sum(each["size"] for each in whole["attachments"])
    with Mailroom(limits=Limits(bytes=size)) as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        told = filled.ok(*ZH, *ALL, "--to", OFFICE, "--attach", NAME)
    (message,) = room.messages
    assert names(message) == []
    assert f"附上“{NAME}”和明细表格后邮件过大" in body(message, "plain")
    assert told.startswith(f"已发送至 {OFFICE}，因服务器限制邮件大小，未带附件：【督办】")
    assert [(row["sent"], row["without_workbook"]) for row in kept(filled)] == [(True, True)]


def test_whoever_has_had_the_letter_gets_no_second_one_for_the_papers_sake(
    filled: Cli, room: Mailroom
) -> None:
    filled.ok(*ZH, *MAIL, "--to", OFFICE)
    filled.ok(*ZH, *MAIL, "--to", OFFICE, "--attach", NAME)
    assert recipients(room) == [OFFICE]


@pytest.mark.parametrize(
    ("name", "in_ascii"),
    [("brief-2022.xlsx", b'name="brief-2022.xlsx"'), ('a";x=".xlsx', b'name="kfly.xlsx"')],
)
def test_a_name_for_old_programs_says_nothing_else(
    filled: Cli, room: Mailroom, name: str, in_ascii: bytes
) -> None:
    filled.ok(*ZH, *MAIL, "--to", OFFICE, "--attach", name)
    assert in_ascii in room.messages[0].content
    assert names(room.messages[0])[1] == name


@pytest.mark.parametrize("name", ["paper.pdf", "paper", ".xlsx", ""])
def test_another_suffix_is_wrong_usage_and_nothing_is_sent(filled: Cli, room: Mailroom, name: str) -> None:
    assert ".xlsx" in filled.refused(*MAIL, "--to", OFFICE, "--attach", name, code=2)
    assert room.messages == []


def test_it_goes_with_a_mail_only(filled: Cli) -> None:
    assert "--attach" in filled.refused("overdue", "--attach", NAME, code=2)


def test_a_name_that_is_no_text_is_no_crash(filled: Cli, room: Mailroom) -> None:
    filled.ok(*ZH, *MAIL, "--to", OFFICE, "--attach", "p\udcff.xlsx")
    assert names(room.messages[0])[1] == "p?.xlsx"
    assert not Path("p?.xlsx").exists()


def test_it_tells_what_changed_since_the_last_meeting_each_reader_its_own_part(
    filled: Cli, room: Mailroom
) -> None:
    filled.ok("add-meeting", "--subject", "推进会", "--held-on", "2022-09-15")
    give_address(filled, "市科技局", BUREAU)
    filled.ok(*ZH, *MAIL, "--leads", "--quiet", "--to", OFFICE, "--attach", NAME)
    by_recipient = {message.rcpt_tos[0]: sheets(message)["自上次会议以来"] for message in room.messages}
    shown = filled.json(*ZH, "since", *DAY)["targets"]
    office = by_recipient[OFFICE][3 : 3 + len(shown)]
    assert [row[2:4] for row in office] == [[row["then"]["actual"], row["now"]["actual"]] for row in shown]
    assert any(str(row[0]).startswith("新增台账") for row in by_recipient[OFFICE])
    assert not any(str(row[0]).startswith("新增台账") for row in by_recipient[BUREAU])
