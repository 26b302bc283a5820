"""``overdue --email --leads``: several addresses of one lead, copies, and who gets the answers."""

from pathlib import Path

import pytest

from tests.support.mailed import kept
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom

PLAN = """\
plan: {name: 甲方案, starts: 2022-01-01, ends: 2024-12-31, reply_to: 督查室 <ducha@b.cn>}
organisations:
  - name: 甲局
    kind: department
    email: EMAIL
"""
TABLE = "year: 2022\ntasks: [{number: 1, title: 办事, lead: [甲局], due: 2022-03-31}]\n"
MAIL = ("--lang", "zh", "overdue", "--email", "--leads", "--as-of", "2022-05-01")


@pytest.fixture
def cli(empty: Cli) -> Cli:
    (empty.folder / "tasks_2022.yaml").write_text(TABLE, encoding="utf-8")
    return empty


def begin(cli: Cli, email: str) -> None:
    (cli.folder / "targets.yaml").write_text(PLAN.replace("EMAIL", email), encoding="utf-8")
    cli.ok("init")


def test_all_get_it_and_the_header_names_them_with_those_who_get_copies(cli: Cli, room: Mailroom) -> None:
    begin(cli, "{to: [王科长 <w@b.cn>, l@b.cn], cc: 分管局长 <fg@b.cn>}")
    cli.ok(*MAIL)
    assert [message.rcpt_tos for message in room.messages] == [["w@b.cn"], ["l@b.cn"], ["fg@b.cn"]]
    for message in room.messages:
        assert message["To"] == "王科长 <w@b.cn>, 甲局 <l@b.cn>"
        assert message["Cc"] == "分管局长 <fg@b.cn>"
        assert message["Reply-To"] == "督查室 <ducha@b.cn>"
        assert message["Subject"] == "【督办】甲局：截至2022-05-01逾期1项（《甲方案》）"
    assert {row["message_id"] for row in kept(cli)} == {room.messages[0]["Message-ID"]}


def test_who_gets_a_copy_has_had_it_too(cli: Cli, room: Mailroom) -> None:
    begin(cli, "{to: w@b.cn, cc: fg@b.cn}")
    room.refuse = {"fg@b.cn": ["550 no"]}
    assert cli(*MAIL).code == 75
    room.refuse = {}
    cli.ok(*MAIL)
    cli.ok(*MAIL)
    assert [message.rcpt_tos for message in room.messages] == [["w@b.cn"], ["fg@b.cn"]]


def test_a_plain_address_and_a_list_of_them_need_no_key(cli: Cli, room: Mailroom) -> None:
    begin(cli, "[a@b.cn, b@b.cn]")
    cli.ok(*MAIL)
    assert room.messages[0]["To"] == "甲局 <a@b.cn>, 甲局 <b@b.cn>"
    assert room.messages[0]["Cc"] is None


def test_the_configuration_says_who_gets_the_answers_before_the_plan_does(
    cli: Cli, room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(cli, "a@b.cn")
    assert cli.json("config")["settings"]["mail.reply_to"] == {"value": "督查室 <ducha@b.cn>", "from": "plan"}
    (cli.folder / "config.yaml").write_text("mail: {reply_to: other@b.cn}", encoding="utf-8")
    monkeypatch.setenv("KFLY_CONFIG", str(cli.folder / "config.yaml"))
    cli.ok(*MAIL)
    assert room.messages[0]["Reply-To"] == "other@b.cn"
    assert cli.json("config")["settings"]["mail.reply_to"] == {"value": "other@b.cn", "from": "file"}


def test_a_rehearsal_shows_all_of_it(cli: Cli) -> None:
    begin(cli, "{to: w@b.cn, cc: fg@b.cn}")
    shown = cli.ok(*MAIL, "--dry-run")
    assert "收件人：甲局 <w@b.cn>\n抄送：fg@b.cn\n回复地址：督查室 <ducha@b.cn>\n主题：" in shown
    (post,) = cli.json(*MAIL, "--dry-run")
    assert (post["cc"], post["reply_to"]) == (["fg@b.cn"], "督查室 <ducha@b.cn>")
    assert post["pending"] == ["w@b.cn", "fg@b.cn"]


def test_load_tells_new_addresses_and_undo_brings_the_old_ones_back(cli: Cli) -> None:
    begin(cli, "a@b.cn")
    text = PLAN.replace("EMAIL", "{to: [a@b.cn, b@b.cn], cc: c@b.cn}")
    (cli.folder / "targets.yaml").write_text(text, encoding="utf-8")
    told = cli.ok("--lang", "zh", "load", "targets.yaml")
    assert "单位 甲局：邮箱 a@b.cn → a@b.cn、b@b.cn\n" in told
    assert "单位 甲局：邮件抄送 — → c@b.cn\n" in told
    cli.ok("undo", "--yes")
    assert cli.ok("--lang", "zh", "load", "targets.yaml", "--dry-run").count("→") == 2


def test_a_faulty_address_is_refused_by_init_and_load_with_its_line(cli: Cli) -> None:
    begin(cli, "a@b.cn")
    faulty = PLAN.replace("EMAIL", "[a@b.cn, 李 <李@b.cn>]")
    (cli.folder / "targets.yaml").write_text(faulty, encoding="utf-8")
    before = cli.db.read_bytes()
    for command in (("load", "targets.yaml"), ("--db", "other.db", "init")):
        told = cli.refused("--lang", "en", *command)
        assert told.startswith(
            "targets.yaml:5: organisations[0].email[1]: “李 <李@b.cn>” is no e-mail address: "
        )
    assert cli.db.read_bytes() == before
    assert not Path(cli.folder / "other.db").exists()
