"""What changed since the last meeting is a part of every paper, and says what ``kfly since`` says."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.support.dated_log import date_groups
from tests.support.plan_office import Office
from tests.support.runner import Cli
from tests.support.word_papers import headings, list_told
from tests.support.workbooks import Workbook

AREA = "  - {key: area, section: 楼, name: 面积, sum: building.floor_area, at_least: 1000, unit: m²}\n"
MEETING, NOW = "2022-03-10", ("--as-of", "2022-07-01")
DAYS = (*range(1, 8), *range(20, 26))  # of March, on which the groups were made
SHEET = "Since the last meeting"


@pytest.fixture
def spring(office: Office) -> Cli:
    """Seven changes up to the meeting of 10 March 2022, and six after it."""
    office.edit("records:\n", AREA + "records:\n")
    cli = office.cli
    cli.ok("load", "targets.yaml")
    cli.ok("set", "building", "一号", "renovated_on=2022-02-01")
    cli.ok("add-meeting", "--subject", "动员会", "--held-on", MEETING)
    cli.ok("set", "building", "一号", "floor_area=10", "note=误登")
    cli.ok("set", "building", "二号", "renovated_on=2022-04-02")
    late = ("--town", "东镇", "--floor-area", "70", "--renovated-on", "2022-03-02")
    cli.ok("add-building", "--name", "三号 13800138000", *late)
    cli.ok("add-meeting", "--subject", "督查会", "--held-on", "2022-07-01")
    cli.ok("done", "2", "--on", "2022-05-02", "--note", "经办人 13800138000")
    cli.ok("add-shop", "--name", "书店", "--town", "西镇", "--building", "二号", "--opened-on", "2022-05-05")
    date_groups(cli.db, [f"2022-03-{day:02}T12:00:00Z" for day in DAYS])
    return cli


def page(cli: Cli, *more: str) -> str:
    cli.ok("report", "page.html", *NOW, "--force", *more)
    return unescape(Path("page.html").read_text(encoding="utf-8"))


def part(shown: str) -> str:
    """The section of the page that tells what changed."""
    (found,) = re.findall(r'<section id="since".*?</section>', shown, re.DOTALL)
    return str(found)


def sheet(cli: Cli, *more: str, name: str = SHEET) -> list[list[Any]]:
    cli.ok("report", "book.xlsx", *NOW, "--force", *more)
    return Workbook(cli.folder / "book.xlsx").values[name]


def brief(cli: Cli, *more: str) -> list[str]:
    """The sentences of the brief's section of changes."""
    cli.ok("--lang", "zh", "report", "通报.docx", *NOW, "--force", *more)
    told = list_told("通报.docx")
    names = headings("通报.docx")
    (at,) = [place for place, name in enumerate(names) if name.endswith("近期变化")]
    end = told.index(names[at + 1]) if names[at + 1 :] else None
    return told[told.index(names[at]) + 1 : end]


def test_the_page_tells_figures_lights_tasks_records_and_corrections(spring: Cli) -> None:
    shown = part(page(spring))
    assert "Since the meeting “动员会” of 2022-03-10." in shown
    for row in spring.json("since", *NOW)["targets"]:
        assert re.search(rf"{row['name']}</span>.*?>\+{row['change']}</span>", shown, re.DOTALL)
    for line in spring.ok("since", *NOW).splitlines():
        if line.startswith("  "):
            assert f">{line.strip()}</li>" in shown
    assert re.search(r'<li class="red">■ red \(was .+\): task 1 开会</li>', shown)
    assert "task 1 开会" in shown[: shown.index("task 2 办事")]


def test_it_stands_first_below_the_tasks_and_among_the_parts_of_the_page(spring: Cli) -> None:
    shown = page(spring)
    assert '<a href="#since">Since the last meeting</a>' in shown
    assert re.findall(r'<section id="(\w+)"', shown)[:3] == ["targets", "tasks", "since"]


def test_the_sheet_holds_its_numbers_as_numbers(spring: Cli) -> None:
    cells = sheet(spring)
    targets = spring.json("since", *NOW)["targets"]
    rows = cells[3 : 3 + len(targets)]
    assert [row[2:5] for row in rows] == [
        [row["then"]["actual"], row["now"]["actual"], row["change"]] for row in targets
    ]
    turned = [row["now"] for row in spring.json("since", *NOW)["turned"]]
    at = [row[0] for row in cells].index(f"Lights that turned, the worst first: {len(turned)}")
    shown = [str(row[3]).split()[-1] for row in cells[at + 2 : at + 2 + len(turned)]]
    assert shown == [{"none": "—"}.get(light, light) for light in turned]
    assert ["2 办事", "newly done"] in [row[:2] for row in cells]
    assert ["1 开会", "newly overdue, fell due"] in [row[:2] for row in cells]
    assert ["Buildings", "西镇", 1] in [row[:3] for row in cells]
    assert ["一号", "building", "corrected", "Floor area (m²)", "100", "10"] in [row[:6] for row in cells]


def test_the_brief_tells_it_in_official_chinese(spring: Cli) -> None:
    told = brief(spring)
    figures, *others = told
    assert figures == "自3月10日推进会以来，会议增加1次、楼宇增加1栋、面积增加80平方米。"
    assert "任务期间到期1项；新完成1项：第2项“办事”；新逾期1项：第1项“开会”。" in others
    assert "同期新增台账：店铺1条。" in others
    (corrected,) = [line for line in others if line.startswith("期间更正以往数据")]
    assert "期间更正以往数据2处，上述增减含更正的影响：楼宇 一号：建筑面积（m²） 100 → 10" in corrected
    assert headings("通报.docx")[:2] == ["一、总体情况", "二、近期变化"]


def test_the_brief_tells_no_figure_of_a_target_twice(spring: Cli) -> None:
    brief(spring)
    told = "\n".join(list_told("通报.docx"))
    assert len(re.findall("会议增加|会议.*现为", told)) == 1
    assert told.count("新增台账") == 1


def test_where_nothing_moved_the_brief_says_so(spring: Cli) -> None:
    assert brief(spring, "--since", "#13", "--as-of", "2022-03-25") == [
        "自3月25日以来，各项目标的数据没有变化。"
    ]


@pytest.mark.parametrize("file", ["page.html", "book.xlsx", "通报.docx"])
def test_without_a_meeting_it_is_left_out_without_a_word(office: Office, file: str) -> None:
    run = office.cli("report", file, *NOW)
    assert (run.code, run.err) == (0, "")
    if file == "page.html":
        assert 'id="since"' not in Path(file).read_text(encoding="utf-8")
    elif file == "book.xlsx":
        assert not any(name.startswith("Since") for name in Workbook(office.cli.folder / file).names())
    else:
        assert "2. How the targets stand" in headings(file)


def test_a_moment_can_be_named_instead_of_the_meeting(spring: Cli) -> None:
    shown = part(page(spring, "--since", "2022-03-21"))
    assert "Since 2022-03-21" in shown
    assert "动员会" not in shown
    assert spring.ok("since", "2022-03-21", *NOW).splitlines()[0] in shown
    assert brief(spring, "--since", "2022-03-21")[0].startswith("自3月21日以来，")
    assert sheet(spring, "--since", "2022-03-21", name="Since 2022-03-21")


@pytest.mark.parametrize(
    ("then", "refusal", "code"),
    [
        ("soon", "--since: “soon” is no moment", 2),
        ("2199-01-01", "--since: 2199-01-01 has not come yet.", 1),
        ("#99", "There is no change #99", 1),
        ("2022-07-02", "2022-07-02 lies after 2022-07-01", 1),
    ],
)
def test_what_is_no_earlier_moment_is_refused_and_nothing_written(
    spring: Cli, then: str, refusal: str, code: int
) -> None:
    run = spring("report", "page.html", *NOW, "--since", then)
    assert run.code == code
    assert run.err.startswith(refusal)
    assert not Path("page.html").exists()


def test_of_an_organisation_it_tells_its_tasks_and_targets_alone(spring: Cli) -> None:
    shown = part(page(spring, "--org", "东镇"))
    assert "2 办事" in shown
    assert "开会" not in shown
    assert "Records added" not in shown
    assert "Corrections" not in shown
    (told,) = brief(spring, "--org", "东镇")
    assert told == "自3月10日推进会以来，任务新完成1项：第2项“办事”。"


def test_numbers_in_what_was_corrected_are_masked_where_asked(spring: Cli) -> None:
    assert "13800138000" in part(page(spring))
    assert "building 三号 ***: counts from 2022-03-02" in part(page(spring, "--redact"))
    assert "13800138000" not in page(spring, "--redact")
    assert "13800138000" not in str(sheet(spring, "--redact"))
    assert "13800138000" not in "".join(brief(spring, "--redact"))


def test_personal_fields_are_masked_whole_in_corrections(empty: Cli) -> None:
    Path("targets.yaml").write_text(
        "plan: {name: 小方案, starts: 2022-01-01, ends: 2022-12-31, language: en}\n"
        "organisations:\n  - {name: 甲镇, en: Jia, kind: town}\n"
        "records:\n"
        "  grant:\n    name: {zh: 补助, en: Grants}\n    key: [person]\n    counts_on: paid_on\n    fields:\n"
        "      person: {type: text, required: true, personal: true, label: {zh: 姓名, en: Person}}\n"
        "      amount: {type: number, personal: true, label: {zh: 金额, en: Amount}}\n"
        "      paid_on: {type: date, required: true, label: {zh: 日期, en: Paid}}\n"
        "targets:\n"
        "  - {key: grants, section: 一, name: 补助, sum: grant.amount, at_most: 30, unit: 万元}\n",
        encoding="utf-8",
    )
    empty.ok("init", "--targets", "targets.yaml")
    empty.ok("add-grant", "--person", "张三", "--amount", "7.25", "--paid-on", "2022-03-01")
    empty.ok("set", "grant", "张三", "amount=8.75")
    date_groups(empty.db, [f"2022-03-{day:02}T12:00:00Z" for day in (2, 3, 20)])
    assert "张三: Amount 7.25 → 8.75" in part(page(empty, "--since", "2022-03-10"))
    masked = part(page(empty, "--since", "2022-03-10", "--redact"))
    assert "***: Amount *** → ***" in masked
    assert "张三" not in masked


def test_as_known_earlier_the_meetings_of_then_count(spring: Cli) -> None:
    shown = part(page(spring, "--as-known", "#9"))
    assert spring.json("since", *NOW, "--as-known", "#9")["corrections"][0]["title"] in shown
    assert "三号" not in shown


def test_an_offices_own_template_without_the_section_has_no_gap_in_its_numbers(spring: Cli) -> None:
    from docx import Document

    form = Document()
    for name in ("targets", "state"):  # moved, and the others left out
        form.add_paragraph(f"{{{{ {name}.number }}}} {name}")
    form.add_paragraph("{{ since.day }} {{ since.title }} {{ since.sentences | length }}")
    form.save("模板.docx")
    spring.ok("--lang", "zh", "report", "通报.docx", *NOW, "--template", "模板.docx")
    told = list_told("通报.docx")
    assert told[:2] == ["一 targets", "二 state"]
    assert told[2].startswith("3月10日 动员会 ")
