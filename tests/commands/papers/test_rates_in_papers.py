"""Papers and notices tell both on-time rates where extensions make a difference, and missing reports."""

import re
from html import unescape

import pytest

from tests.support.runner import Cli
from tests.support.task_county import County
from tests.support.word_papers import list_told
from tests.support.workbooks import Workbook

TASKS = (
    "number: 1, title: 一, lead: [甲局], due: 6月底前",
    "number: 2, title: 二, lead: [甲局], due: 6月底前",
    "number: 3, title: 三, lead: [甲局], due: 6月底前",
    "number: 4, title: 四, lead: [乙局], due: 12月底, report_every: month",
    "number: 5, title: 五, lead: [甲局], due: 7月底",
)
DAY = ("--as-of", "2022-08-15")
ALL = {
    "zh": "按期完成率 66%，按原定时限计为 33%。",
    "en": "On-time rate: 66%; by the dates before any extension: 33%.",
}
TILE = (
    r'<span class="number">(\d+)</span>\n<span class="told"><span aria-hidden="true">.</span> ([^<]+)</span>'
)
MISSING = {"zh": "反馈逾期 1 项。", "en": "Reports of progress missing: 1."}


@pytest.fixture
def county(empty: Cli) -> County:
    """Of three decided tasks one is overdue, one came after its first date and before the one in force."""
    county = County(empty)
    cli = county.begin(*TASKS)
    cli.ok("extend", "2", "--to", "2022-07-31", "--reason", "雨", "--on", "2022-06-01")
    cli.ok("done", "1", "--on", "2022-06-20")
    cli.ok("done", "2", "--on", "2022-07-20")
    cli.ok("suspend", "3", "--reason", "待批", "--on", "2022-06-01")
    return county


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_screen_and_every_paper_tell_the_same_rates(county: County, lang: str) -> None:
    cli, rates = county.cli, ALL[lang]
    screen = cli.ok("--lang", lang, "tasks", "--by", "lead", *DAY)
    assert {"66%", "33%"} <= set(re.findall(r"\d+%", screen))
    cli.ok("--lang", lang, "report", "b.docx", *DAY)
    assert {rates, MISSING[lang]} <= set(list_told("b.docx"))
    cli.ok("--lang", lang, "report", "p.html", *DAY)
    page = unescape((cli.folder / "p.html").read_text(encoding="utf-8"))
    assert rates in page
    assert MISSING[lang] in page
    cli.ok("--lang", lang, "report", "w.xlsx", *DAY)
    book = Workbook(cli.folder / "w.xlsx")
    told = book.values["任务" if lang == "zh" else "Yearly tasks"][1][0]
    assert told == f"{rates}\n{MISSING[lang]}"


def test_the_numbers_at_the_top_of_the_page_add_up_to_all_tasks(county: County) -> None:
    county.cli.ok("cancel", "5", "--reason", "并入", "--on", "2022-07-01")
    county.cli.ok("--lang", "en", "report", "p.html", *DAY)
    page = unescape((county.cli.folder / "p.html").read_text(encoding="utf-8"))
    found = re.findall(TILE, page.split('<ul class="tiles">')[2])  # the first ones are the targets'
    assert {told for _number, told in found} >= {"overdue", "suspended", "cancelled"}
    assert sum(int(number) for number, _told in found) == len(TASKS)


def test_the_page_and_the_workbook_tell_the_rates_of_each_lead(county: County) -> None:
    cli = county.cli
    cli.ok("--lang", "en", "report", "w.xlsx", *DAY)
    rows = Workbook(cli.folder / "w.xlsx").values["By lead"]
    first = dict(zip(rows[2], rows[3], strict=True))
    assert (first["Lead"], first["Total"], first["On time"], first["Overdue"]) == ("First Bureau", 4, 2, 1)
    assert first["On-time rate"] == pytest.approx(2 / 3)
    assert first["By the first date"] == pytest.approx(1 / 3)
    assert rows[4][rows[2].index("Report missing")] == 1
    cli.ok("--lang", "zh", "report", "p.html", *DAY)
    page = (cli.folder / "p.html").read_text(encoding="utf-8")
    assert "各牵头单位任务完成情况" in page
    assert "按原定时限" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_notice_tells_the_rates_of_whom_it_goes_to(county: County, lang: str) -> None:
    cli = county.cli
    cli.ok("--lang", lang, "notice", "--org", "甲局", "-o", "n.docx", "--on", "2022-08-15")
    assert ALL[lang] in list_told("n.docx")
    cli.ok("--lang", lang, "notice", "--org", "乙局", "-o", "m.docx", "--on", "2022-08-15")
    told = list_told("m.docx")
    assert MISSING[lang] in told
    assert not any("%" in line for line in told)


def test_without_an_extension_one_rate_is_told_and_without_decided_tasks_none(empty: Cli) -> None:
    cli = County(empty).begin(*TASKS)
    cli.ok("done", "1", "--on", "2022-06-20")
    cli.ok("--lang", "en", "report", "b.docx", *DAY)
    assert "On-time rate: 25%." in list_told("b.docx")
    cli.ok("--lang", "en", "report", "early.docx", "--as-of", "2022-02-15")
    assert not any("On-time rate" in line for line in list_told("early.docx"))
    assert "Reports of progress missing: 1." in list_told("early.docx")


def test_an_organisations_part_tells_its_own_rates(county: County) -> None:
    cli = county.cli
    cli.ok("--lang", "en", "report", "part.xlsx", "--org", "乙局", *DAY)
    book = Workbook(cli.folder / "part.xlsx")
    assert book.values["Yearly tasks"][1][0] == MISSING["en"]
    assert [row[0] for row in book.values["By lead"][3:]] == ["Second Bureau"]
