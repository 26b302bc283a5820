"""An office with a small plan of its own, whose files it revises."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.support.runner import Cli, content

PLAN = """\
plan: {name: 两年方案, starts: 2022-01-01, ends: 2023-12-31, language: en}
organisations:
  - {name: 甲局, kind: department}
  - {name: 东镇, kind: town, aliases: [东乡]}
  - {name: 西镇, kind: town}
  - {name: 各镇, kind: group, members: {kind: [town]}}
targets:
  - {key: meetings, section: 会, name: 会议, count: meeting, at_least: 10, unit: 次}
  - {key: halls, section: 楼, name: 楼宇, count: building, where: {town: 东镇}, at_least: 5, unit: 栋}
records:
  shop:
    name: {zh: 店铺, en: Shops}
    key: [name]
    counts_on: opened_on
    fields:
      name: {type: text, required: true, label: {zh: 名称, en: Name}}
      town: {type: town, required: true, label: {zh: 镇, en: Town}}
      building: {type: reference, to: building, required: true, label: {zh: 楼宇, en: Building}}
      grade: {type: choice, choices: [甲, 乙], label: {zh: 等级, en: Grade}}
      rent: {type: number, minimum: 0, label: {zh: 租金, en: Rent}}
      opened_on: {type: date, label: {zh: 开业, en: Opened on}}
"""
TABLE = """\
year: 2022
tasks:
  - {number: 1, title: 开会, lead: [甲局], due: 2022-06-30, needs: [{target: meetings, at_least: 4}]}
  - {number: 2, title: 办事, lead: [甲局], responsible: [各镇], due: 2022-12-31}
"""


class Office:
    """A plan's files beside its database, with a few records in it."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.targets, self.table = cli.folder / "targets.yaml", cli.folder / "tasks_2022.yaml"

    def set_up(self) -> None:
        """Make the files, the database and the records."""
        self.targets.write_text(PLAN, encoding="utf-8")
        self.table.write_text(TABLE, encoding="utf-8")
        self.cli.ok("init")
        for name, town in (("一号", "东镇"), ("二号", "西镇")):
            self.cli.ok("add-building", "--name", name, "--town", town, "--floor-area", "100")
        shop = ("--name", "茶馆", "--town", "西镇", "--building", "二号", "--rent", "12.5", "--grade", "甲")
        self.cli.ok("add-shop", *shop)

    def edit(self, old: str, new: str, file: Path | None = None) -> None:
        path = file or self.targets
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def load(self, *args: str) -> list[dict[str, Any]]:
        changes: list[dict[str, Any]] = self.cli.json("load", "targets.yaml", *args)["changes"]
        return changes

    def stranger(self, statement: str) -> None:
        """What another program does."""
        with closing(sqlite3.connect(self.cli.db, isolation_level=None)) as db:
            db.execute(statement)

    def refused(self, *args: str, command: str = "load") -> list[str]:
        """What stands in the way, a line each; nothing is changed."""
        before = content(self.cli.db)
        run = self.cli(command, *args)
        assert (run.code, run.out, content(self.cli.db)) == (1, "", before)
        return run.err.splitlines()


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()
