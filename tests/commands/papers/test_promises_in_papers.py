"""Promises of every kind in the papers: each boundary word, levels, and what has no data."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.runner import Cli

PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2024-12-31, language: zh}
organisations: [{name: 甲局, kind: department}]
targets:
  - {key: growth, section: 一, name: 增速, reported: level, at_least: 6.2, unit: "%", lead: [甲局]}
  - {key: patents, section: 一, name: 专利, reported: amount, more_than: 100, unit: 件}
  - {key: vacancy, section: 一, name: 空置率, reported: level, baseline: 30, at_most: 15, unit: "%"}
  - {key: jobless, section: 一, name: 失业率, reported: level, less_than: 4.5, unit: "%"}
  - {key: untold, section: 一, name: 未报, reported: running, at_least: 10, every: year, unit: 亿元}
"""
FIGURES = {"growth": "6.1", "patents": "30", "vacancy": "24", "jobless": "4.4"}


@pytest.fixture
def office(empty: Cli) -> Cli:
    Path("targets.yaml").write_text(PLAN, encoding="utf-8")
    empty.ok("init")
    for target, value in FIGURES.items():
        empty.ok("add-figure", "--target", target, "--value", value, "--stated-on", "2022-06-30")
    return empty


def text_of(path: str) -> str:
    """All words of a paper, whatever stands between them."""
    if path.endswith(".html"):
        return re.sub(r"<[^>]+>", "", Path(path).read_text(encoding="utf-8"))
    with ZipFile(path) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "".join(parts))


@pytest.mark.parametrize(("suffix", "below"), [("html", "&lt;4.5"), ("xlsx", "&lt;"), ("docx", "低于4.5")])
def test_each_paper_tells_every_boundary_word_and_what_has_no_data(
    office: Cli, suffix: str, below: str
) -> None:
    office.ok("report", f"a.{suffix}", "--as-of", "2022-07-01")
    told = text_of(f"a.{suffix}")
    for row in office.json("status", "--as-of", "2022-07-01")["targets"]:
        assert row["name"] in told
        assert json.dumps(row["actual"]) in told or row["actual"] is None
    assert below in told.replace(" ", "")
    assert "无数据" in told


HELD = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2024-12-31, language: zh}
organisations: [{name: 甲局, kind: department}]
targets:
  - {key: leased, section: 一, name: 出租率, reported: level, at_least: {2022: 82, 2024: 90}, unit: "%"}
  - {key: aid, section: 一, name: 补贴, reported: amount, at_most: {2022: 100, 2024: 500}, unit: 万元}
  - {key: vacancy, section: 一, name: 空置率, reported: level, baseline: 30, at_most: 15, unit: "%"}
  - {key: jobless, section: 一, name: 失业率, reported: level, at_most: 4, unit: "%"}
  - {key: works, section: 一, name: 开工率, reported: level, every: quarter, at_least: 80, unit: "%"}
  - {key: untold, section: 一, name: 未报, reported: running, at_least: 10, unit: 亿元}
"""
HELD_FIGURES = {"leased": "70", "aid": "150", "vacancy": "28.6", "jobless": "4.6"}


def test_the_brief_tells_what_is_missing_of_the_goal_that_holds_now(empty: Cli) -> None:
    Path("targets.yaml").write_text(HELD, encoding="utf-8")
    empty.ok("init")
    for target, value in HELD_FIGURES.items():
        empty.ok("add-figure", "--target", target, "--value", value, "--stated-on", "2022-06-20")
    empty.ok("report", "a.docx", "--as-of", "2022-07-01")
    told = text_of("a.docx")
    for words in (
        "目标90%，序时应达82%；按现阶段目标（82%）还差12个百分点",
        "按现阶段目标（不超过100万元）超出50万元",
        "补贴现阶段目标为不超过100万元，补贴超出限额50万元。",
        "空置率到2024年12月31日预计仍超出6.",
        "今后月均须推进0.5个百分点",
        "开工率有2期暂无数据：2022Q1、2022Q2。",
        "暂无数据的2项，为开工率（2022Q3）、未报",
    ):
        assert words in told
    assert "115%" not in told
