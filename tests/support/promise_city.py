"""A plan that promises everything there is: levels, shares, averages, reported figures, amounts by period."""

from pathlib import Path

from kfly.plan.files.loading import LoadedPlan, load_plan
from kfly.plan.model import Target
from kfly.registry.kinds import STANDING

PLAN = """\
plan: {name: 望县高质量发展方案, starts: 2022-01-01, ends: 2024-12-31, language: en}
lights: {measure: points, yellow: 10, red: 30}
organisations:
  - {name: 发改局, kind: department}
  - {name: 住建局, kind: department}
  - {name: 东镇, kind: town, aliases: [东乡]}
  - {name: 西镇, kind: town}
  - {name: 南镇, kind: town}
targets:
"""
TARGETS = {
    "growth": "reported: level, at_least: 6.2, every: year,"
    ' unit: "%", lead: [发改局], decimals: 1, weight: 5',
    "investment": "reported: running, at_least: 846, every: year, unit: 亿元, responsible: [东镇, 西镇]",
    "subsidies": "reported: amount, at_most: 500, unit: 万元",
    "vacancy": 'reported: level, baseline: 30.5, at_most: 15, unit: "%"',
    "output": "reported: level, baseline: first, at_least: 200, unit: 亿元",
    "occupancy": "share: {of: {sum: building.idle_area, where: {ownership: 国有}, dated: surveyed_on},"
    " to: {sum: building.floor_area, stock: false, dated: surveyed_on}},"
    ' at_least: {2022: 82, 2023: 86.5, 2024: 90}, unit: "%"',
    "area": "average: building.floor_area, where: {town: 东镇}, at_least: 21400, unit: m²",
    "income": "reported: level, per: town, at_least: {东乡: 112, 西镇: 45, 南镇: 60},"
    " baseline: {南镇: 20, 东镇: 80, 西镇: 30}, unit: 元",
    "places": 'share: {of: {count: carrier}, to: {count: platform}}, per: town, at_most: 3.5, unit: "%"',
    "wages": 'reported: level, at_least: {target: growth}, unit: "%"',
    "events": "count: event, every: quarter, less_than:"
    " {2022Q1: 1, 2022Q2: 2, 2022Q3: 3, 2022Q4: null, 2023Q1: 1, 2023Q2: 1, 2023Q3: 1, 2023Q4: 1,"
    " 2024Q1: 1, 2024Q2: 1, 2024Q3: 1, 2024Q4: 7}, unit: 场",
    "meetings": "count: meeting, every: half, at_least: 2, unit: 次",
    "investors": "count: investor, stock: true, baseline: 100, at_least: {2022H1: 110, 2023: 150}, unit: 家",
}
TASKS = """\
year: 2023
tasks:
  - number: 1
    title: 稳增长
    lead: [发改局]
    due: 6月底
    weight: 2.5
    needs:
      - {target: growth}
      - {target: occupancy}
      - {target: income}
      - {target: income, at_least: {东镇: 1, 西镇: 2, 南镇: 3}, name: 各镇收入}
      - {target: wages, at_least: 3}
  - {number: 2, title: 建楼, lead: [住建局], due: 上半年, needs: [{target: events}, {target: vacancy}]}
  - {number: 3, title: 收官, lead: [住建局], due: 年底}
"""


def write_plan(targets: dict[str, str] | None = None, head: str = PLAN) -> str:
    """Write a plan of these targets: what each measures and promises, by its key."""
    lines = [
        f"  - {{key: {key}, section: 目标, name: {key}, {what}}}"
        for key, what in (TARGETS if targets is None else targets).items()
    ]
    return head + "\n".join(lines) + "\n"


def load(folder: Path, plan: str, *tables: str) -> LoadedPlan:
    """Load a plan and its yearly tables, as texts."""
    (folder / "targets.yaml").write_text(plan, encoding="utf-8")
    files = []
    for number, table in enumerate(tables):
        files.append(folder / f"tasks_{number}.yaml")
        files[-1].write_text(table, encoding="utf-8")
    return load_plan(folder / "targets.yaml", files, STANDING)


def load_target(folder: Path, what: str, head: str = PLAN) -> Target:
    """Load a plan of one target, and return that."""
    return load(folder, write_plan({"one": what}, head)).plan.targets[0]
