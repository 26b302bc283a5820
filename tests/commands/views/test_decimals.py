"""``decimals`` of a target: every view shows its figures with so many, and none as if a goal were met."""

from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.word_papers import find_tables, open_paper
from tests.support.workbooks import Workbook

PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2024-12-31, language: zh}
organisations:
  - {name: 甲局, kind: department}
  - {name: 东镇, kind: town}
  - {name: 西镇, kind: town}
measures:
  - {number: 1, name: 增长, lead: [甲局], responsible: [甲局]}
targets:
  - {key: growth, section: 一, name: 增速, measure: 1, reported: level, at_least: 6, unit: "%", decimals: 0}
  - {key: rate, section: 一, name: 利率, reported: level, at_least: 3, unit: "%", decimals: 1}
  - {key: usual, section: 一, name: 照常, reported: level, at_least: 9, unit: "%"}
  - {key: fund, section: 一, name: 投资, reported: running, at_least: 20000, unit: 万元, decimals: 0}
  - {key: income, section: 一, name: 收入, reported: level, per: town, at_least: 100, unit: 元, decimals: 1}
"""
TASKS = """\
year: 2022
tasks:
  - {number: 1, title: 稳增长, lead: [甲局], due: 6月底, needs: [{target: growth}, {target: income}]}
"""
FIGURES = (
    *(("growth", "5.96"), ("rate", "2.14159"), ("usual", "7.123456"), ("fund", "12000.4")),
    *(("income", "99.96", "--town", "东镇"), ("income", "120.55", "--town", "西镇")),
)
DAY = ("--as-of", "2022-07-31")


@pytest.fixture
def office(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("COLUMNS", "200")
    Path("targets.yaml").write_text(PLAN, encoding="utf-8")
    Path("tasks_2022.yaml").write_text(TASKS, encoding="utf-8")
    empty.ok("init")
    empty.ok("add-figure", "--target", "fund", "--value=7000", "--stated-on", "2022-05-20")
    for target, value, *where in FIGURES:
        empty.ok("add-figure", "--target", target, f"--value={value}", *where, "--stated-on", "2022-06-20")
    return empty


def shown(office: Cli, *args: str) -> str:
    return " ".join(office.ok("--lang", "zh", *args, *DAY).split())


def test_status_shows_each_target_with_its_own_decimals(office: Cli) -> None:
    told = shown(office, "status")
    for figures in ("5.96 / 6 %", "2.1 / 3.0 %", "7.12 / 9 %", "12,000 / 20,000 万元", "1 / 2 个镇街"):
        assert figures in told
    assert "还差 0.04 个百分点" in told
    assert "还差 0.9 个百分点" in told


def test_the_json_is_exact(office: Cli) -> None:
    rows = office.json("status", *DAY)["targets"]
    assert [row["actual"] for row in rows] == [5.96, 2.14159, 7.123456, 12000.4, 1]
    assert [town["actual"] for town in rows[-1]["each"]] == [99.96, 120.55]


@pytest.mark.parametrize(
    ("args", "figures"),
    [
        (("status", "--short"), ("5.96 / 6 %", "0.04", "2.1 / 3.0 %", "0.9")),
        (("status", "--by", "town"), ("99.96", "120.6")),
        (("trend", "rate"), ("2.1", "3.0 %")),
        (("measures", "1"), ("5.96 / 6 %",)),
        (("league",), ("99.96/100.0 元", "120.6/100.0 元")),
        (("league", "--by", "income"), ("99.96", "120.6")),
        (("since", "2022-06-01"), ("5.96 / 6 %", "2.1 / 3.0 %", "+5,000")),
        (("task", "1"), ("5.96/6 %", "差 0.04 元")),
        (("tasks",), ("5.96/6 %",)),
        (("overdue", "--behind"), ("5.96/6 %", "0.04 个百分点", "2.1 / 3.0 %")),
    ],
)
def test_so_does_every_other_view(office: Cli, args: tuple[str, ...], figures: tuple[str, ...]) -> None:
    told = shown(office, *args)
    assert [figure for figure in figures if figure not in told] == []
    for exact in ("2.14159", "7.123456", "12,000.4", "120.55"):
        assert exact not in told


def test_the_brief_shows_them_in_the_units_of_an_office(office: Cli) -> None:
    office.ok("--lang", "zh", "report", "通报.docx", *DAY)
    (table,) = find_tables(open_paper("通报.docx"), "目标")
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:3]] for row in table.rows[1:]}
    assert rows["增速"] == ["5.96%", "6%"]
    assert rows["利率"] == ["2.1%", "3.0%"]
    assert rows["投资"] == ["1.2亿元", "2亿元"]


def test_the_page_shows_them(office: Cli) -> None:
    office.ok("--lang", "zh", "report", "页.html", *DAY)
    page = Path("页.html").read_text(encoding="utf-8")
    for figures in ("5.96 / 6 %", "2.1 / 3.0 %", "99.96/100.0", "120.6/100.0"):
        assert figures in page
    assert "2.14159" not in page


def test_the_workbook_keeps_whole_numbers_and_shows_so_many_decimals(office: Cli) -> None:
    office.ok("--lang", "zh", "report", "表.xlsx", *DAY)
    book = Workbook(office.folder / "表.xlsx")
    placed = {row[1]: number for number, row in enumerate(book.values["目标"])}
    shown = {
        name: (book.values["目标"][placed[name]][3], book.number_format("目标", placed[name], 3))
        for name in ("增速", "利率", "照常", "投资")
    }
    assert shown == {
        "增速": (5.96, "#,##0.00"),
        "利率": (2.14159, "#,##0.0"),
        "照常": (7.123456, "#,##0.00"),
        "投资": (12000.4, "#,##0"),
    }
