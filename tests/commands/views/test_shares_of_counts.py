"""A share of two counts counts nothing: what it lacks is not rounded to whole points."""

from tests.support.runner import Cli

PLAN = """\
plan: {name: P, starts: 2022-01-01, ends: 2024-12-31, language: zh}
organisations: [{name: 甲局, kind: department}, {name: 东镇, kind: town}]
targets:
  - key: innovators
    section: 一
    name: 双创占比
    share: {of: {count: talent, where: {category: 双创人才}}, to: {count: talent}}
    at_least: 50
    unit: "%"
    lead: [甲局]
"""
TASKS = """\
year: 2022
tasks:
  - {number: 1, title: 升, lead: [甲局], due: 6月底, needs: [{target: innovators, at_least: 50}]}
  - {number: 2, title: 降, lead: [甲局], due: 6月底, needs: [{target: innovators, less_than: 20}]}
"""


def test_needs_and_targets_lack_the_same(empty: Cli) -> None:
    (empty.folder / "targets.yaml").write_text(PLAN, encoding="utf-8")
    (empty.folder / "tasks_2022.yaml").write_text(TASKS, encoding="utf-8")
    empty.ok("init")
    for name, category, day in (
        ("A", "双创人才", "2022-05-01"),
        ("B", "其他", "2022-02-01"),
        ("C", "其他", "2022-02-01"),
    ):
        empty.ok("add-talent", "--name", name, "--category", category, "--introduced-on", day)
    printed = empty.ok("overdue", "--behind", "--as-of", "2022-07-31")
    assert printed.count("16.67 个百分点") == 2
    assert "13.33 个百分点" in printed
    assert "17 个百分点" not in printed
