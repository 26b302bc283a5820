"""``notice`` and the brief carry red and yellow targets with their lead, as they carry tasks."""

from pathlib import Path

import pytest
from docx import Document

from tests.commands.overdue.test_overdue_targets import FIGURES, PLAN, TASKS
from tests.support.runner import Cli


@pytest.fixture
def office(empty: Cli) -> Cli:
    Path("targets.yaml").write_text(PLAN, encoding="utf-8")
    Path("tasks_2022.yaml").write_text(TASKS, encoding="utf-8")
    empty.ok("--lang", "zh", "init")
    for target, value, *where in FIGURES:
        empty.ok("add-figure", "--target", target, "--value", value, *where, "--stated-on", "2022-06-20")
    return empty


def paragraphs(path: str) -> str:
    return "\n".join(paragraph.text for paragraph in Document(path).paragraphs)


def cells(path: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in Document(path).tables for row in table.rows]


def test_an_organisation_that_leads_a_target_alone_gets_its_notice(office: Cli) -> None:
    found = office.json("notice", "--all", "督办", "--on", "2022-06-30")
    assert [(one["organisation"], one["light"], one["answered"]) for one in found] == [
        ("甲局", "red", False),
        ("乙局", "red", None),
        ("丙局", "yellow", None),
    ]
    assert found[1]["targets"] == [{"key": "income", "light": "red"}]
    path = "督办/督〔2022〕2号 乙局.docx"
    assert "由你单位牵头的下列1项目标列入督办。请抓紧推进，并于2022年7月7日前反馈" in paragraphs(path)
    assert [
        "目标：收入",
        "各镇",
        "2022年12月31日\n",
        "红色督办",
        "完成1个镇街，目标2个镇街，序时应达2个镇街；还差1个镇街；未达标：东镇",
    ] in cells(path)


def test_one_that_leads_both_is_told_of_both(office: Cli) -> None:
    office.ok("notice", "--org", "甲局", "-o", "甲.docx", "--on", "2022-06-30")
    assert "下列1项任务、1项目标列入督办" in paragraphs("甲.docx")
    assert [row[0] for row in cells("甲.docx") if row[0].startswith(("1.", "目标"))] == [
        "1. 出台办法",
        "目标：增速",
    ]


def test_the_same_is_not_told_twice_and_what_became_worse_is(office: Cli) -> None:
    office.ok("notice", "--org", "丙局", "-o", "1.docx", "--on", "2022-06-30")
    again = ("notice", "--org", "丙局", "-o", "2.docx", "--on", "2022-07-01")
    assert "督〔2022〕1号" in office.refused(*again)
    office.ok("add-figure", "--target", "jobless", "--value", "6", "--stated-on", "2022-07-01")
    office.ok(*again)
    assert [(one["number"], one["light"]) for one in office.json("notices", "--as-of", "2022-07-01")] == [
        (1, "yellow"),
        (2, "red"),
    ]
    office.ok(*again[:-1], "2022-07-02", "--again", "--force")


def test_one_about_a_target_of_a_past_period_says_nothing_of_this_one(office: Cli) -> None:
    plan = PLAN.replace("at_least: 10,", "at_least: 10, every: quarter,")
    Path("targets.yaml").write_text(plan, encoding="utf-8")
    office.ok("load", "targets.yaml", "--force")
    office.ok("done", "1", "--on", "2022-03-31")
    office.ok("notice", "--org", "甲局", "-o", "1.docx", "--on", "2022-06-30")
    office.ok("add-figure", "--target", "growth", "--value", "7", "--stated-on", "2022-09-20")
    office.ok("notice", "--org", "甲局", "-o", "2.docx", "--on", "2022-09-30")
    assert "目标：增速（2022Q3）" in [row[0] for row in cells("2.docx")]


def test_notices_lists_targets_by_name_and_waits_for_no_feedback_on_them(office: Cli) -> None:
    office.ok("notice", "--org", "乙局", "-o", "乙.docx", "--on", "2022-06-30")
    (row,) = (line for line in office.ok("notices").splitlines() if "乙局" in line)
    assert row.split()[-3:] == ["收入", "2022-07-07", "—"]
    assert office.json("notices", "--unanswered", "--as-of", "2022-12-01") == []
    assert "督〔2022〕1号督办单（乙局）：已发出" in office.ok("log")


def test_an_offices_own_older_template_tells_them_too(office: Cli) -> None:
    template = Document()
    for line in (
        "{%p for row in tasks %}",
        "{{ row.number }}. {{ row.title }}：{{ row.lead }}",
        "{%p endfor %}",
    ):
        template.add_paragraph(line)
    template.save("own.docx")
    office.ok("notice", "--org", "甲局", "-o", "甲.docx", "--on", "2022-06-30", "--template", "own.docx")
    assert paragraphs("甲.docx").split("\n") == ["1. 出台办法：甲局", "目标. 增速：甲局"]


def test_the_brief_lists_them_below_the_tasks_with_who_leads_them(office: Cli) -> None:
    office.ok("report", "通报.docx", "--as-of", "2022-06-30")
    told = paragraphs("通报.docx")
    headings = ["红色督办：已逾期（1项）", "红灯目标：严重滞后或未完成（2项）", "黄灯目标：进度滞后（1项）"]
    places = [told.index(heading) for heading in headings]
    assert places == sorted(places)
    assert ["甲局", "目标：增速", "2022年12月31日\n", "完成7%，目标10%，序时应达10%；还差3个百分点"] in cells(
        "通报.docx"
    )


def test_the_page_names_who_leads_what_is_red_or_yellow_alone(office: Cli) -> None:
    office.ok("report", "页.html", "--as-of", "2022-06-30")
    page = Path("页.html").read_text(encoding="utf-8")
    assert page.count("<li>牵头部门：") == 3
    assert "<li>牵头部门：丙局</li>" in page
