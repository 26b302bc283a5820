"""A county whose table has tasks of every kind, and the command line beside its database."""

from pathlib import Path
from typing import Any

from kfly.plan.files.loading import LoadedPlan, load_plan
from kfly.registry.kinds import STANDING
from tests.support.runner import Cli

PLAN = """\
plan: {name: 望县两年方案, starts: 2022-01-01, ends: 2023-12-31, language: en}
lights: {yellow: 0.8, due_soon_days: 30, grace_days: 0}
organisations:
  - {name: 甲局, en: First Bureau, kind: department}
  - {name: 乙局, en: Second Bureau, kind: department}
  - {name: 东镇, en: East Town, kind: town}
  - {name: 西镇, en: West Town, kind: town}
  - {name: 各镇, en: All towns, kind: group, members: {kind: [town]}}
targets:
  - {key: meetings, section: 会, name: 会议, count: meeting, at_least: 10, unit: 次}
"""


class County:
    """A plan of a table of 2022, its files, and the command line beside its database."""

    def __init__(self, cli: Cli) -> None:
        self.cli, self.targets = cli, cli.folder / "targets.yaml"
        self.table = cli.folder / "tasks_2022.yaml"

    def write(self, *tasks: str) -> None:
        """Write the files, with these tasks in the table."""
        self.targets.write_text(PLAN, encoding="utf-8")
        self.table.write_text(write_table(*tasks), encoding="utf-8")

    def begin(self, *tasks: str) -> Cli:
        """Make the database of a plan with these tasks; the command line beside it."""
        self.write(*tasks)
        self.cli.ok("init")
        return self.cli

    def task(self, number: str, day: str, *args: str) -> dict[str, Any]:
        """A task as of a day."""
        found: dict[str, Any] = self.cli.json("task", number, "--as-of", day, *args)
        return found


def write_table(*tasks: str, year: int = 2022) -> str:
    """Write a table of tasks, each as the inside of its braces."""
    rows = [f"  - {{{task}}}\n" for task in tasks]
    return f"year: {year}\ntasks:\n{''.join(rows)}"


def load(folder: Path, *tasks: str) -> LoadedPlan:
    """Load the county's plan with these tasks."""
    (folder / "targets.yaml").write_text(PLAN, encoding="utf-8")
    table = folder / "tasks_2022.yaml"
    table.write_text(write_table(*tasks), encoding="utf-8")
    return load_plan(folder / "targets.yaml", [table], STANDING)
