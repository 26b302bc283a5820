"""A plan of another city whose kinds and fields are called by words of SQL, and a store to write them to."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kfly.plan.kinds import Kind, Value
from kfly.store import records
from kfly.store.plan.kinds import read_kinds

WORD_CITY = """\
plan: {name: {zh: 词城方案, en: Plan of Wordsworth}, starts: 2025-01-01, ends: 2027-12-31, language: en}
lights: {yellow: 0.7, due_soon_days: 14}
evaluation: {award: 90.5, warning: 55}
organisations:
  - {name: 词城局, en: Bureau of Words, kind: department, email: words@example.com, aliases: [词局, '局"']}
  - {name: 东镇, en: East, kind: town, aliases: [东]}
  - {name: 西镇, kind: town}
  - {name: 南区, kind: zone}
  - {name: 各镇, kind: group, members: {kind: [town, zone]}}
  - {name: 专班, kind: group, members: [南区, 词城局]}
measures:
  - {number: 3, name: 三, lead: [各镇], responsible: [专班, 东镇]}
  - {number: 1, name: {zh: 一, en: One}, lead: [词局]}
deliverables:
  - {key: rules, name: 办法, measure: 1, task: 2}
  - {key: index, name: 目录}
targets:
  - {key: select, section: 甲, name: 计数, count: order, where: {values: [甲, 乙], limit: "!= 0"},
     at_least: 0.125, unit: 个, measure: 3}
  - {key: group, section: 甲, name: 合计, sum: order.from, where: {table: 一号, from: ">= 877.133578"},
     stock: true, more_than: 123456789.12, unit: 万元, due: 2026年底}
  - {key: order, section: {zh: 乙, en: B}, name: 各镇, sum: order.from, per: town, except: [东],
     every: year, at_least: 10, unit: 万元}
  - {key: where, section: 乙, name: 另计, count: order, dated: check, at_most: 3, unit: {zh: 个, en: pieces}}
  - {key: tracked, section: 乙, name: 只看, count: event, unit: 场}
records:
  order:
    name: {zh: 订单, en: Orders}
    key: [select, limit]
    counts_on: on_day
    counts_until: until
    fields:
      select: {type: text, required: true, label: 名称, aliases: [别名, 又名]}
      limit: {type: integer, label: 限额}
      group: {type: town, label: 镇, only: [东镇, 西镇, 南区]}
      from: {type: number, unit: 万元, minimum: 0, maximum: 1000000000, label: 金额}
      values: {type: choice, choices: [甲, 乙, 丙], label: 等级}
      table: {type: reference, to: table, label: 表}
      key: {type: reference, to: order, label: 上级, personal: true}
      since: {type: year, label: 年份}
      amount: {type: number, decimals: 0, label: 整数}
      on_day: {type: date, label: 开始日}
      until: {type: date, label: 结束日, help: {zh: 至, en: The last day}}
      check: {type: date, label: 查验日}
    stages:
      - {key: begun, date: on_day, label: 已开始}
      - {key: checked, date: check, label: {zh: 已查验, en: Checked}}
  table:
    name: 表
    key: [index]
    graded_by: score
    fields:
      index: {type: text, required: true, label: 名称}
      score: {type: number, label: 得分}
  order_key: {name: 甲类, key: [a], counts_on: a, fields: {a: {type: date, label: 日}}}
  order_counts: {name: 乙类, key: [a], fields: {a: {type: text, label: 名}}}
  order_table: {name: 丙类, key: [a], fields: {a: {type: text, label: 名}}}
  sign_offs_in_force: {name: 丁类, key: [a], fields: {a: {type: text, label: 名}}}
"""

WORD_TASKS = """\
year: 2025
tasks:
  - number: 2
    title: {zh: 二, en: Two}
    lead: [各镇, 词局]
    responsible: [专班]
    due: 2025-11
    measure: 1
    needs:
      - {target: group}
      - {target: order, at_least: 2.5}
      - {name: 自计, count: order, where: {group: 东, on_day: ">= 2025/3/1"}, more_than: 3, unit: 个}
  - {number: 1, title: 一, lead: [南区], due: 2025年底}
"""


class Store:
    """An open database and its kinds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.kinds: dict[str, Kind] = {kind.name: kind for kind in read_kinds(db)}

    def insert(self, kind: str, **values: Value) -> int:
        """Keep a record without asking the registry; its id."""
        return records.insert(self.db, self.kinds[kind], values)

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """What is written inside is undone: one database serves many examples."""
        self.db.execute("SAVEPOINT example")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK TO example")
