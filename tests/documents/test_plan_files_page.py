"""Every promise that the page on plan files shows can be written as it shows it."""

import re
from pathlib import Path

import pytest

from kfly.plan.model import Target
from tests.support import ROOT
from tests.support.promise_city import load, write_plan

PAGES = [ROOT / "docs" / "plan-files.md", ROOT / "docs" / "zh" / "plan-files.md"]
ROW = re.compile(r"\| (?P<said>[^`|]+) \| (?P<written>`.*`) \|")
HEAD = """\
plan: {name: 一县, starts: 2022-01-01, ends: 2024-12-31}
organisations:
  - {name: 东县, kind: town}
  - {name: 西县, kind: town}
  - {name: 澄江街道, kind: zone}
  - {name: 华士镇, kind: zone}
records:
  accident: {name: 事故, key: [name], counts_on: day, fields:
    {name: {type: text, label: 名}, day: {type: date, label: 日}}}
  household: {name: 农户, key: [name], counts_on: day, fields: {name: {type: text, label: 名},
    day: {type: date, label: 日}, income: {type: number, unit: 元, label: 收入}}}
  building: {fields: {leased_area: {type: number, unit: m², label: 出租面积}}}
targets:
"""


def promises(page: Path) -> list[str]:
    section = page.read_text(encoding="utf-8").split("\n## ")[2]
    rows = [match["written"] for line in section.splitlines() if (match := ROW.fullmatch(line))]
    return [written for row in rows for written in re.findall("`([^`]*)`", row)]


def read(folder: Path, written: str) -> Target:
    unit = "" if "unit:" in written else ", unit: 个"
    targets = {"growth": 'reported: level, every: year, unit: "%"', "one": written + unit}
    return load(folder, write_plan(targets, HEAD)).plan.targets[1]


@pytest.mark.parametrize("written", promises(PAGES[0]))
def test_it_can_be_written_so(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, written).key == "one"


def test_the_page_shows_promises_of_every_kind(tmp_path: Path) -> None:
    shown = [read(tmp_path, written) for written in promises(PAGES[0])]
    assert {target.reading.how for target in shown} == {
        *("total", "level", "running", "amount", "share", "average")
    }
    assert {target.goal.comparison for target in shown if target.goal} == {
        *("at_least", "more_than", "at_most", "less_than")
    }
    assert any(target.baseline == "first" for target in shown)


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("不低于", ["count", "at_least"]),
        ("突破", ["more_than"]),
        ("出租率达到90%", ["share", "at_least"]),
        ("控制在500万元以内", ["reported: amount", "at_most"]),
        ("较2020年（120亿元）翻一番", ["baseline: 120", "at_least: 240"]),
        ("年均增长10%", ["baseline: 100", "at_least: {2022: 110, 2023: 121, 2024: 133.1}"]),
        ("增长6.2%", ["reported: level", "every: year"]),
        ("排名进入前10", ["reported: level", "at_most: 10"]),
        ("每季度不少于", ["every: quarter", "at_least"]),
        ("由30%降到15%以内", ["baseline: 30", "at_most: 15"]),
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_each_kind_of_sentence_is_found_with_its_keys(page: Path, said: str, keys: list[str]) -> None:
    rows = [
        line
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and said in line
    ]
    assert any(all(key in row for key in keys) for row in rows)


def test_both_languages_show_the_same() -> None:
    assert promises(PAGES[0]) == promises(PAGES[1])
    assert len(promises(PAGES[0])) > 20
