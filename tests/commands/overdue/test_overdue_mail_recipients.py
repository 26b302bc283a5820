"""``overdue --email``: who gets what, by name and address."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.mailed import (
    ALL,
    BUREAU,
    MAIL,
    OFFICE,
    SUBJECT,
    UNSENT,
    body,
    give_address,
    kept,
    recipients,
    rename,
)
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom


def test_each_lead_gets_its_own_tasks_and_the_coordinators_get_all(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "市委组织部", "zzb@example.cn")
    run = filled("--lang", "zh", *ALL, "--leads", "--to", OFFICE)
    assert run.code == 0
    assert run.err == "下列牵头单位在方案中没有邮箱，未发送：市科技局、市工信局\n"
    everything, own = room.messages
    assert everything.rcpt_tos == [OFFICE]
    assert (own.rcpt_tos, own["To"]) == (["zzb@example.cn"], "市委组织部 <zzb@example.cn>")
    assert own["Subject"] == (
        "【督办】市委组织部：截至2022-12-05逾期2项，滞后0项，临近1项，红灯目标2项，黄灯目标1项"
        "（《江阴市科技赋能楼宇三年行动实施方案》）"
    )
    text = body(own, "plain")
    assert "市委组织部：下列任务和目标由贵单位牵头" in text
    assert "    实际 / 目标：6 / 30 栋\n    序时：10\n" in text
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
    assert message["Subject"].startswith("【督办】澄江街道：截至2022-12-05逾期1项（《")


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


def test_without_anybody_to_mail_it_to_it_says_how_to_name_one(filled: Cli, room: Mailroom) -> None:
    told = filled.refused("--lang", "en", *MAIL, code=2)
    assert "--to" in told
    assert "mail.to" in told
    assert room.messages == []


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
        run.err == "There is something to report, but nobody to mail it to: no lead has an e-mail address.\n"
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
        "【督办】截至2022-12-05：逾期2项，滞后0项，临近0项，红灯目标3项（新国联集团）",
    )
    assert "新国联集团牵头或负责的任务和目标" in body(own, "plain")
    filled.ok(*narrowed)
    assert len(room.messages) == 2
    assert [row["scope"] for row in kept(filled)] == [None, "新国联集团"]


def test_one_address_in_two_spellings_is_one(filled: Cli, room: Mailroom) -> None:
    filled.ok(*MAIL, "--to", OFFICE, "--to", OFFICE.replace("office", "Office"))
    assert len(room.messages) == 1


def test_no_name_that_the_report_is_narrowed_to_adds_a_header(filled: Cli, room: Mailroom) -> None:
    rename(filled, "新国联集团", "Group =?utf-8?q?=0ABcc=3A_spy=40example=2Ecn?=")
    filled.ok("--lang", "en", *MAIL, "--org", "新国联集团", "--to", OFFICE)
    (message,) = room.messages
    assert message.rcpt_tos == [OFFICE]
    assert (message["Bcc"], message["MIME-Version"]) == (None, "1.0")
    assert "(Group utf-8?q?" in message["Subject"]
