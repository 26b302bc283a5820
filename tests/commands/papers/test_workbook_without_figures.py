"""The workbook where a target has neither a figure nor a goal on the day: there is no way to draw."""

from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.support.runner import Cli

PLAN = """\
plan: {name: 小方案, starts: 2022-01-01, ends: 2024-12-31, language: zh}
organisations: [{name: 甲局, kind: department}]
targets:
  - {key: tracked, section: 一, name: 跟踪, reported: level, unit: 元}
  - {key: policies, section: 一, name: 政策, count: policy, at_least: 2, unit: 项}
  - {key: along, section: 一, name: 同步, reported: level, at_least: {target: tracked}, unit: 元}
"""


def begin(empty: Cli, plan: str = PLAN) -> Path:
    (empty.folder / "targets.yaml").write_text(plan, encoding="utf-8")
    (empty.folder / "tasks_2022.yaml").write_text(
        "year: 2022\ntasks:\n  - {number: 1, title: 降, lead: [甲局], due: 6月底}\n", encoding="utf-8"
    )
    empty.ok("init")
    return empty.folder / "x.xlsx"


def test_it_is_written_and_draws_what_there_is(empty: Cli) -> None:
    path = begin(empty)
    empty.ok("report", "x.xlsx", "--as-of", "2022-06-30")
    assert len(CalamineWorkbook.from_path(str(path)).sheet_names) > 3


def test_what_follows_a_target_without_data_is_told_so(empty: Cli) -> None:
    begin(empty)
    printed = empty.ok("status", "--as-of", "2022-06-30")
    assert "目标值随“tracked”，后者尚无数据" in printed
    assert printed.count("仅跟踪") == 1
    assert "无数据 元" not in printed
