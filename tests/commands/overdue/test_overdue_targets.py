"""A red or yellow target is supervised like a task: printed with ``--behind``, mailed to whoever leads it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.mailed import OFFICE, body, kept
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom

PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2022-12-31, language: zh}
organisations:
  - {name: 甲局, kind: department, email: jia@example.cn}
  - {name: 乙局, kind: department, email: yi@example.cn}
  - {name: 丙局, kind: department}
  - {name: 东镇, kind: town}
  - {name: 西镇, kind: town}
  - {name: 各镇, kind: group, members: {kind: [town]}}
targets:
  - {key: jobless, section: 一, name: 失业率, reported: level, at_most: 4, unit: "%", lead: [丙局]}
  - {key: growth, section: 一, name: 增速, reported: level, at_least: 10, unit: "%", lead: [甲局]}
  - {key: income, section: 一, name: 收入, reported: level, per: town, at_least: 100, unit: 元,
     lead: [乙局], responsible: [各镇]}
  - {key: output, section: 一, name: 产值, reported: level, at_least: 5, unit: 亿元, lead: [甲局]}
  - {key: untold, section: 一, name: 未报, reported: level, at_least: 5, unit: 亿元, lead: [甲局]}
"""
TASKS = "year: 2022\ntasks: [{number: 1, title: 出台办法, lead: [甲局], due: 2022-03-31}]\n"
FIGURES = [
    *(("jobless", "4.6"), ("growth", "7"), ("output", "6")),
    *(("income", "60", "--town", "东镇"), ("income", "120", "--town", "西镇")),
]
DAY = ("--as-of", "2022-06-30")
BEHIND = ("--lang", "zh", "overdue", *DAY, "--behind")
MAIL = (*BEHIND, "--email")


@pytest.fixture
def office(empty: Cli) -> Cli:
    Path("targets.yaml").write_text(PLAN, encoding="utf-8")
    Path("tasks_2022.yaml").write_text(TASKS, encoding="utf-8")
    empty.ok("init")
    for target, value, *where in FIGURES:
        empty.ok("add-figure", "--target", target, "--value", value, *where, "--stated-on", "2022-06-20")
    return empty


def test_behind_prints_them_below_the_tasks_the_red_ones_first(office: Cli) -> None:
    shown = office.ok(*BEHIND)
    assert shown.startswith(
        "督办报告（截至 2022-06-30）：逾期 1 项、滞后 0 项、红灯目标 2 项、黄灯目标 1 项\n"
    )
    places = [shown.index(name) for name in ("出台办法", "增速", "收入", "失业率")]
    assert places == sorted(places)
    assert "产值" not in shown  # green
    assert "未报" not in shown  # no data, no light


def test_a_row_tells_the_figures_who_leads_and_which_towns_are_short(office: Cli) -> None:
    lines = office.ok(*BEHIND).splitlines()
    (growth,) = (line for line in lines if line.startswith("增速"))
    assert growth.split() == ["增速", "甲局", "—", "7", "/", "10", "%", "10", "■", "红灯"]
    shown = "\n".join(lines)
    assert "差 3 个百分点" in shown
    assert "1 / 2 个镇街" in shown
    assert "差 40 元：东镇" in shown
    assert "超出 0.6 个百分点" in shown


@pytest.mark.parametrize("columns", ["60", "80", "100", "140"])
def test_nothing_is_cut_at_any_width(office: Cli, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = office.ok(*BEHIND)
    assert "…" not in shown
    for told in ("失业率", "丙局", "4.6 / ≤4", "各镇", "红灯目标（2 项）"):
        assert told in shown


def test_without_behind_they_are_nothing_that_is_found(office: Cli) -> None:
    office.ok("done", "1", "--on", "2022-03-31")
    quiet = ("overdue", *DAY, "--quiet", "--exit-code")
    assert (office(*quiet).code, office(*quiet).out) == (0, "")
    run = office(*quiet, "--behind")
    assert run.code == 3
    assert "增速" in run.out


def test_the_json_stays_a_list_of_tasks(office: Cli) -> None:
    assert [row["number"] for row in office.json("overdue", *DAY, "--behind")] == [1]
    office.ok("done", "1", "--on", "2022-03-31")
    run = office("overdue", *DAY, "--behind", "--exit-code", "--json")
    assert (run.code, run.out) == (3, "[]\n")


@pytest.mark.parametrize(
    ("org", "told"),
    [("甲局", {"增速"}), ("乙局", {"收入"}), ("东镇", {"收入"}), ("丙局", {"失业率"})],
)
def test_org_narrows_them_as_it_does_tasks(office: Cli, org: str, told: set[str]) -> None:
    shown = office.ok(*BEHIND, "--org", org)
    assert {name for name in ("增速", "收入", "失业率") if name in shown} == told


def test_each_lead_gets_its_own_also_one_that_leads_a_target_alone(office: Cli, room: Mailroom) -> None:
    run = office(*MAIL, "--leads")
    assert (run.code, run.err) == (0, "下列牵头单位在方案中没有邮箱，未发送：丙局\n")
    by_address = {message.rcpt_tos[0]: message for message in room.messages}
    subjects = {address: message["Subject"] for address, message in by_address.items()}
    assert subjects == {
        "jia@example.cn": "【督办】甲局：截至2022-06-30逾期1项，滞后0项，红灯目标1项（《方案》）",
        "yi@example.cn": "【督办】乙局：截至2022-06-30红灯目标1项（《方案》）",
    }
    own = by_address["yi@example.cn"]
    plain, page = body(own, "plain"), body(own, "html")
    assert "乙局：下列目标由贵单位牵头（《方案》），请抓紧推进" in plain
    assert "■ 红灯目标（1 项）\n\n收入\n    牵头部门：乙局\n    责任部门：各镇\n" in plain
    assert "    实际 / 目标：1 / 2 个镇街\n    序时：2\n" in plain
    assert "差 40 元：东镇" in plain
    for told in ("红灯目标1项", "收入", "1 / 2 个镇街", "差 40 元：东镇"):
        assert told in page


def test_without_behind_no_letter_tells_of_targets(office: Cli, room: Mailroom) -> None:
    office.ok("--lang", "zh", "overdue", "--email", *DAY, "--leads")
    (message,) = room.messages
    assert message["Subject"] == "【督办】甲局：截至2022-06-30逾期1项（《方案》）"


def test_targets_alone_are_mailed_to_the_coordinators(office: Cli, room: Mailroom) -> None:
    office.ok("done", "1", "--on", "2022-03-31")
    office.ok(*MAIL, "--to", OFFICE)
    (message,) = room.messages
    assert message["Subject"] == "【督办】截至2022-06-30：逾期0项，滞后0项，红灯目标2项，黄灯目标1项"
    assert "现将《方案》任务和目标督办情况通报如下。" in body(message, "plain")
    (mailing,) = kept(office)
    assert (mailing["tasks"], mailing["targets"]) == (
        [],
        [
            {"target": "growth", "class": "red"},
            {"target": "income", "class": "red"},
            {"target": "jobless", "class": "yellow"},
        ],
    )
    assert "增速" in office.ok("--lang", "zh", "mailings")


def test_the_next_letter_says_what_is_new_and_what_was_yellow(office: Cli, room: Mailroom) -> None:
    office.ok(*MAIL, "--to", OFFICE)
    office.ok("add-figure", "--target", "jobless", "--value", "6", "--stated-on", "2022-07-01")
    office.ok("add-figure", "--target", "output", "--value", "3", "--stated-on", "2022-07-01")
    office.ok("add-figure", "--target", "growth", "--value", "11", "--stated-on", "2022-07-01")
    office.ok("--lang", "zh", "overdue", "--email", "--behind", "--as-of", "2022-07-02", "--to", OFFICE)
    plain = body(room.messages[1], "plain")
    assert "与2022-06-30的督办邮件相比：新增1项，类别变化1项，不再列出1项。" in plain
    assert "【新增】产值" in plain
    assert "【原为黄灯】失业率" in plain


def test_always_says_that_no_target_is_red_either(office: Cli, room: Mailroom) -> None:
    office.ok("done", "1", "--on", "2022-03-31")
    office.ok(
        *("--lang", "zh", "overdue", "--email", "--behind", "--always", "--to", OFFICE),
        "--as-of",
        "2022-06-01",
    )
    assert "没有逾期、滞后的任务，也没有亮红灯、黄灯的目标。" in body(room.messages[0], "plain")


def test_the_plans_own_words_do_nothing_but_show_themselves(office: Cli, room: Mailroom) -> None:
    with closing(sqlite3.connect(office.db)) as db:
        db.execute("UPDATE targets SET name_zh = '<script>x</script>[red]' WHERE key = 'growth'")
        db.commit()
    assert "<script>x</script>[red]" in office.ok(*BEHIND)
    office.ok(*MAIL, "--to", OFFICE)
    assert "<script>" not in body(room.messages[0], "html")
