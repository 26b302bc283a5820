"""A heading's unit over reported figures, each of which is in the unit of its own target."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.runner import Cli

PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2022-12-31, language: zh}
organisations: [{name: 甲局, kind: department}]
targets:
  - {key: tax, section: 一, name: 税收, reported: amount, at_least: 2, unit: 亿元}
  - {key: wages, section: 一, name: 工资, reported: amount, at_least: 500, unit: 万元}
  - {key: growth, section: 一, name: 增速, reported: level, at_least: 6, unit: "%"}
  - {key: jobs, section: 一, name: 岗位, reported: level, at_least: 300, unit: 人}
"""


@pytest.fixture
def office(empty: Cli) -> Cli:
    Path("targets.yaml").write_text(PLAN, encoding="utf-8")
    empty.ok("init")
    return empty


def sheet(heading: str, *rows: tuple[str, str], above: str = "") -> str:
    lines = [f"目标,{heading},数据截止日", *(f"{target},{value},2022-06-30" for target, value in rows)]
    Path("figures.csv").write_text("\n".join([above] * bool(above) + lines) + "\n", encoding="utf-8")
    return "figures.csv"


def taken(office: Cli) -> dict[str, Any]:
    return {row["target"]: row["value"] for row in office.json("list", "figure")}


def refused(office: Cli, file: str) -> Any:
    run = office("--lang", "zh", "import", "figure", file, "--json")
    assert run.code == 1
    return json.loads(run.out)


@pytest.mark.parametrize(
    ("heading", "target", "typed", "value"),
    [
        ("数值（万元）", "税收", "15000", 1.5),
        ("数值(万元)", "税收", "15,000", 1.5),
        ("数值（单位：万元）", "税收", "15000", 1.5),
        ("数值/万元", "税收", "15000", 1.5),
        ("数值（亿元）", "工资", "0.04", 400),
        ("数值（亿元）", "税收", "1.5", 1.5),
        ("数值（元）", "工资", "4000000", 400),
        ("数值（%）", "增速", "6.2", 6.2),
        ("数值（%）", "增速", "-6.2", -6.2),
        ("数值（人）", "岗位", "280", 280),
        ("数值（万人）", "岗位", "0.028", 280),
    ],
)
def test_a_figure_is_converted_to_the_unit_of_its_target(
    office: Cli, heading: str, target: str, typed: str, value: float
) -> None:
    office.ok("import", "figure", sheet(heading, (target, f'"{typed}"')))
    assert list(taken(office).values()) == [value]


def test_rows_of_other_units_are_refused_each_by_its_target(office: Cli) -> None:
    rows = (("税收", "15000"), ("增速", "6.2"), ("岗位", "9"))
    found = refused(office, sheet("数值（万元）", *rows))
    assert [(fault["row"], fault["field"], fault["value"]) for fault in found["errors"]] == [
        (3, "value", "6.2"),
        (4, "value", "9"),
    ]
    assert found["errors"][0]["message"] == (
        "所在列的单位是万元，而“增速”的单位是%；请在数值后写明单位，或去掉表头中的单位"
    )
    assert taken(office) == {}


def test_a_figure_that_names_its_own_unit_needs_none_of_its_heading(office: Cli) -> None:
    office.ok(
        "import", "figure", sheet("数值（万元）", ("税收", "1.5亿元"), ("增速", "6.2%"), ("岗位", "9人"))
    )
    assert taken(office) == {"tax": 1.5, "growth": 6.2, "jobs": 9}


def test_a_unit_above_the_table_is_that_of_figures_of_its_sort(office: Cli) -> None:
    rows = (("税收", "15000"), ("工资", "400"), ("增速", "6.2"))
    office.ok("import", "figure", sheet("数值", *rows, above="单位：万元"))
    assert taken(office) == {"tax": 1.5, "wages": 400, "growth": 6.2}


@pytest.mark.parametrize("heading", ["数值（亩）", "数值（千册）", "数值（万册）"])
def test_a_unit_of_no_target_is_refused_for_the_whole_column(office: Cli, heading: str) -> None:
    found = refused(office, sheet(heading, ("税收", "1.5")))
    assert [fault["row"] for fault in found["errors"]] == [1]
    assert taken(office) == {}


@pytest.mark.parametrize("heading", ["数值（累计）", "数值（2022年）", "数值"])
def test_a_remark_in_the_heading_changes_nothing(office: Cli, heading: str) -> None:
    office.ok("import", "figure", sheet(heading, ("税收", "1.5"), ("增速", "6.2")))
    assert taken(office) == {"tax": 1.5, "growth": 6.2}
