"""``notice`` and ``notices``: numbered by year, never twice by accident, worse without an answer."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.word_papers import list_told, open_paper

ORG = ("--org", "市科技局")


@pytest.fixture
def office(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The office, beside the demo's plan; its database was made by this program."""
    monkeypatch.setenv("KFLY_LANG", "zh")
    return filled


def issue(office: Cli, on: str, *args: str, file: str = "督.docx") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.json("notice", *ORG, "-o", file, "--on", on, "--force", *args)
    return found


def test_it_tells_the_facts_the_colour_and_the_day_for_the_reply(office: Cli) -> None:
    office.ok("notice", *ORG, "-o", "督.docx", "--on", "2022-12-05")
    told = list_told("督.docx")
    assert told[0] == "督办单"
    assert told[1].split(" | ")[1:] == ["红色督办", "督〔2022〕1号"]
    assert told[2] == "市科技局："
    assert "截至2022年12月5日，《江阴市科技赋能楼宇三年行动实施方案》中由你单位牵头的下列6项任务" in told[3]
    assert "于2022年12月12日前反馈" in told[3]
    assert told[4].startswith("按期完成率 ")
    assert told[6].split(" | ")[0] == "9. 制订江阴市科技赋能楼宇建设改造计划"
    assert told[6].split(" | ")[2:] == ["2022年3月31日\n逾期249天", "红色督办", "尚未销号"]
    assert "专业运营机构尚差1家" in told[7]
    assert "2022年12月5日" in told
    assert "反馈意见（请于2022年12月12日前反馈）" in "\n".join(told)


def test_its_tasks_are_those_of_overdue_that_the_organisation_leads(office: Cli) -> None:
    (notice,) = issue(office, "2022-12-05")
    reported = office.json("overdue", "--behind", "--soon", "--as-of", "2022-12-05")
    assert [task["number"] for task in notice["tasks"]] == [
        row["number"] for row in reported if "市科技局" in row["lead"]
    ]
    lights = {task["number"]: task["light"] for task in notice["tasks"]}
    assert (lights[9], lights[13], notice["light"]) == ("red", "blue", "red")


def test_numbers_count_by_year(office: Cli) -> None:
    issued = [
        issue(office, on, "--again")[0] for on in ("2022-12-05", "2022-12-06", "2023-01-03", "2022-12-07")
    ]
    assert [(one["year"], one["number"]) for one in issued] == [(2022, 1), (2022, 2), (2023, 1), (2022, 3)]


def test_the_same_is_not_issued_twice_but_for_again(office: Cli) -> None:
    issue(office, "2022-12-05")
    told = office.refused("notice", *ORG, "-o", "b.docx", "--on", "2022-12-06")
    assert told == "2022-12-05 的督〔2022〕1号已就相同内容督办市科技局；如需再发，请用“--again”。"
    assert issue(office, "2022-12-06", "--again")[0]["number"] == 2


def test_another_one_tells_only_what_is_new(office: Cli) -> None:
    assert [task["number"] for task in issue(office, "2022-11-30")[0]["tasks"]] == [9]
    (second,) = issue(office, "2022-12-01")  # from today on, what is due on 31 December is due soon
    assert [task["number"] for task in second["tasks"]] == [13, 15, 17, 19, 20]
    assert second["light"] == "blue"


def test_a_blue_one_without_an_answer_becomes_yellow_and_then_red(office: Cli) -> None:
    issue(office, "2022-12-05")
    office.ok("progress", "13", "已签约一家", "--on", "2022-12-08")
    (second,) = issue(office, "2022-12-13")
    assert [(task["number"], task["light"]) for task in second["tasks"]] == [
        (number, "yellow") for number in (15, 17, 19, 20)
    ]
    assert (
        "第15、17、19、20项任务曾以督〔2022〕1号督办，至2022年12月12日未见反馈，现升为黄色督办。"
        in list_told("督.docx")
    )
    (third,) = issue(office, "2022-12-21")
    assert {task["light"] for task in third["tasks"]} == {"red"}
    assert "未见反馈，现升为红色督办。" in "\n".join(list_told("督.docx"))
    office.refused("notice", *ORG, "-o", "b.docx", "--on", "2022-12-30")


def test_the_day_for_the_reply_can_be_chosen(office: Cli) -> None:
    assert issue(office, "2022-12-05", "--reply-by", "2022-12-07")[0]["reply_by"] == "2022-12-07"
    assert "早于发出日期" in office.refused(
        "notice", *ORG, "-o", "b.docx", "--on", "2022-12-05", "--reply-by", "2022-12-04", code=2
    )


def test_a_file_in_the_place_of_the_folder_is_named_and_nothing_is_issued(office: Cli) -> None:
    Path("督办").write_text("x")
    line = office.refused("notice", "--all", "督办", "--on", "2022-12-05")
    assert line == "无法写入 督办：已有同名的文件。"
    assert office.json("notices") == []


def test_all_leads_that_need_one_get_one_each(office: Cli) -> None:
    found = office.json("notice", "--all", "督办", "--on", "2022-12-05")
    assert [one["organisation"] for one in found] == ["市委组织部", "市科技局", "市工信局"]
    assert sorted(path.name for path in Path("督办").iterdir()) == [
        "督〔2022〕1号 市委组织部.docx",
        "督〔2022〕2号 市科技局.docx",
        "督〔2022〕3号 市工信局.docx",  # it leads a red target, and no late task
    ]
    run = office("notice", "--all", "督办", "--on", "2022-12-06")
    assert run.code == 0
    assert run.out == "没有新的督办事项，未发督办单。\n"
    assert run.err.count("--again") == 3
    assert len(list(Path("督办").iterdir())) == 3


def test_who_leads_nothing_that_is_late_gets_none(office: Cli) -> None:
    told = office.refused("notice", "--org", "市法院", "-o", "b.docx", "--on", "2022-12-05")
    assert (
        told == "截至 2022-12-05，市法院牵头的任务没有逾期、滞后或临近到期的，"
        "牵头的目标没有亮红灯、黄灯的，未发督办单。"
    )


def test_notices_lists_what_was_issued_and_what_was_answered(office: Cli) -> None:
    office.ok("notice", "--all", "督办", "--on", "2022-12-05")
    office.ok("progress", "9", "计划已报批", "--on", "2022-12-07")
    shown = office.ok("notices", "--as-of", "2022-12-08")
    assert "督〔2022〕2号" in shown
    assert "1/6 项" in shown
    late = office.json("notices", "--as-of", "2022-12-20")
    assert [(one["number"], one["answered"], one["ignored"]) for one in late] == [
        (1, False, True),
        (2, False, True),
        (3, None, False),  # about a target alone: no feedback is recorded on one
    ]
    assert [task["number"] for task in late[1]["tasks"] if task["answered"]] == [9]
    assert office.json("notices", "--as-of", "2022-12-04") == []
    assert [one["number"] for one in office.json("notices", *ORG)] == [2]


def test_notices_may_list_only_those_without_an_answer(office: Cli) -> None:
    issue(office, "2022-11-30")
    assert len(office.json("notices", "--unanswered", "--as-of", "2022-12-20")) == 1
    office.ok("progress", "9", "计划已报批", "--on", "2022-12-02")
    assert office.json("notices", "--unanswered", "--as-of", "2022-12-20") == []
    assert "已反馈" in office.ok("notices", "--as-of", "2022-12-20")


def test_before_the_first_one_there_is_nothing_to_list(office: Cli) -> None:
    assert office.ok("notices") == "尚未发出督办单。\n"
    assert office.json("notices") == []


def test_one_is_logged_and_can_be_taken_back_and_its_number_is_free_again(office: Cli) -> None:
    issue(office, "2022-12-05")
    assert "督〔2022〕1号督办单（市科技局）：已发出" in office.ok("log")
    assert "督〔2022〕1号督办单（市科技局）：已撤回" in office.ok("undo", "--yes")
    assert office.json("notices") == []
    assert issue(office, "2022-12-05")[0]["number"] == 1
    assert office("check").out == "一切正常。\n"


def test_one_that_cannot_be_written_is_not_issued(office: Cli) -> None:
    Path("b.docx").write_bytes(b"old")
    office.refused("notice", *ORG, "-o", "b.docx", "--on", "2022-12-05")
    office.ok("notice", "--write-template", "-o", "T.docx")
    paper = open_paper("T.docx")
    paper.add_paragraph("{{ nobody }}")
    paper.save("T.docx")
    told = office.refused("notice", *ORG, "-o", "c.docx", "--template", "T.docx", "--on", "2022-12-05")
    assert "“{{ nobody }}”" in told
    assert not Path("c.docx").exists()
    assert office.json("notices") == []


def test_an_offices_own_letterhead_is_filled_in(office: Cli) -> None:
    office.ok("notice", "--write-template", "-o", "T.docx")
    paper = open_paper("T.docx")
    paper.paragraphs[0].insert_paragraph_before("江阴市人民政府督查室")
    paper.save("T.docx")
    issue(office, "2022-12-05", "--template", "T.docx")
    own = list_told("督.docx")
    issue(office, "2022-12-05", "--again")
    standard = list_told("督.docx")
    assert own[0] == "江阴市人民政府督查室"
    assert [line.replace("1号", "2号") for line in own[1:]] == standard


def test_a_renamed_organisation_keeps_its_notices(office: Cli) -> None:
    issue(office, "2022-12-05")
    for name in ("targets.yaml", "tasks_2022.yaml"):
        text = (Path(__file__).parents[3] / name).read_text(encoding="utf-8")
        text = text.replace("市科技局", "市科创局").replace(
            "aliases: [江阴市科学技术局,", "aliases: [市科技局, 江阴市科学技术局,"
        )
        Path(name).write_text(text.replace("江阴市科创局, ", ""), encoding="utf-8")
    run = office("load", "targets.yaml", "tasks_2022.yaml")
    assert run.code == 0, run.err
    assert [one["organisation"] for one in office.json("notices")] == ["市科创局"]
    assert "已就相同内容" in office.refused(
        "notice", "--org", "市科创局", "-o", "b.docx", "--on", "2022-12-06"
    )


def test_two_notices_cannot_have_one_number(office: Cli) -> None:
    issue(office, "2022-12-05")
    columns = "year, number, organisation, light, issued_on, reply_by, tasks, recorded_at"
    twice = f"INSERT INTO notices ({columns}) SELECT {columns} FROM notices"
    with closing(sqlite3.connect(office.db)) as db, pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        db.execute(twice)


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--org", "市科技局"),
        ("-o", "b.docx"),
        ("--org", "市科技局", "-o", "b.docx", "--all", "d"),
        ("--all", "d", "--write-template"),
        ("--org", "市科技局", "-o", "b.docx", "--write-template"),
    ],
)
def test_it_must_be_said_whom_and_where_to(office: Cli, args: tuple[str, ...]) -> None:
    assert "--all" in office.refused("notice", *args, code=2)


def test_it_is_a_word_document(office: Cli) -> None:
    assert office.refused("notice", *ORG, "-o", "b.pdf", code=2) == "--output：“b.pdf”不是 .docx 文件。"


def test_a_day_that_has_not_come_is_refused(office: Cli) -> None:
    assert "--on" in office.refused("notice", *ORG, "-o", "b.docx", "--on", "2999-01-01", code=2)


def test_without_its_libraries_a_line_says_what_installs_them(
    office: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    assert "pip install 'kfly[report]'" in office.refused("notice", *ORG, "-o", "b.docx")
