"""A small plan of another city: other towns, other targets, other years and a kind of record of its own."""

from pathlib import Path

import kfly
from kfly.errors import KflyError
from kfly.plan.files.loading import LoadedPlan, load_plan

SHIPPED_KINDS = Path(kfly.__file__).parent / "registry" / "kinds.yaml"
MARK = "▶"  # in the new text of an edit: the fault is expected on this line

TARGETS = """\
plan: {name: 江州市楼宇招商行动方案, starts: 2025-01-01, ends: 2027-12-31, language: en}
organisations:
  - {name: 市发展局, en: Development Bureau, kind: department, aliases: [发展局]}
  - {name: 市商贸局, en: Trade Bureau, kind: department, email: trade@example.com}
  - {name: 城投集团, kind: company}
  - {name: 东镇, kind: town}
  - {name: 西街道, en: West Street, kind: town, aliases: [老西门]}
  - {name: 南镇, kind: town}
  - {name: 北园区, kind: zone, aliases: [北区]}
  - {name: 各镇区, kind: group, members: {kind: [town, zone]}}
  - {name: 专班, kind: group, members: [市商贸局, 城投集团]}
measures:
  - {number: 1, name: 盘活楼宇, lead: [市发展局], responsible: [城投集团, 各镇区]}
  - number: 2
    name: {zh: 招引企业, en: Attract companies}
    lead: [市商贸局]
deliverables:
  - {key: leasing-rules, name: 招租办法, measure: 1, task: 1}
  - {key: fire-list, name: 消防清单, measure: 1, task: 2026/1}
targets:
  - key: tenants_moved_in
    section: {zh: 入驻, en: Moving in}
    name: {zh: 入驻企业, en: Tenants}
    measure: 2
    count: tenant
    where: {grade: [甲, 乙], building: 一号楼}
    at_least: 120
    unit: 家
  - key: tenant_tax
    section: 入驻
    name: 企业税收
    sum: tenant.tax
    where: {tax: ">= 10.5"}
    stock: true
    more_than: 5000
    unit: 万元
    due: 2026年底
  - key: fire_checks
    section: 安全
    name: 消防验收
    measure: 1
    count: building
    dated: fire_passed_on
    at_most: 0.5
    unit: {zh: 栋, en: buildings}
  - key: town_area
    section: 楼宇
    name: 各镇改造面积
    sum: building.floor_area
    per: town
    except: [老西门]
    every: year
    at_least: 2000
    unit: m²
  - key: events_held
    section: 招引
    name: 活动
    count: event
    unit: 场
records:
  tenant:
    name: {zh: 入驻企业, en: Tenants}
    key: [name, building]
    counts_on: moved_in_on
    counts_until: moved_out_on
    fields:
      name: {type: text, required: true, label: {zh: 企业名称, en: Company}, aliases: [公司名称]}
      building: {type: reference, to: building, required: true, label: {zh: 入驻楼宇, en: Building}}
      tax: {type: number, unit: 万元, minimum: 0.5, label: {zh: 年税收, en: Yearly tax}}
      grade: {type: choice, choices: [甲, 乙], label: {zh: 等级, en: Grade}}
      moved_in_on: {type: date, required: true, label: {zh: 入驻日期, en: Moved in}}
      moved_out_on: {type: date, label: {zh: 迁出日期, en: Moved out}}
  building:
    fields:
      fire_passed_on: {type: date, label: {zh: 消防验收日期, en: Fire check passed}}
      condition: {choices: [停用]}
  enclave:
    fields:
      host: {only: [北园区]}
"""

TASKS_2025 = """\
year: 2025
tasks:
  - number: 1
    title: {zh: 出台招租办法, en: Issue the leasing rules}
    lead: [市发展局]
    due: 2025年6月
    measure: 1
  - number: 2
    title: 引进企业30家
    lead: [Trade Bureau]
    responsible: [各镇区]
    due: 2025年底
    needs:
      - {target: tenants_moved_in, at_least: 30}
      - {target: tenant_tax}
"""

TASKS_2026 = """\
year: 2026
tasks:
  - number: 1
    title: 验收楼宇3栋
    lead: [发展局, 老西门]
    due: 2026-11
    needs:
      - {name: 大楼, count: building, where: {floor_area: ">= 800"}, at_least: 3, unit: 栋}
"""

# A few standing kinds with no more fields than the plan asks for; the shipped ones take ten times as long.
KINDS = """\
records:
  building:
    name: {zh: 楼宇, en: Buildings}
    key: [name, town]
    counts_on: renovated_on
    fields:
      name: {type: text, required: true, label: {zh: 楼宇名称, en: Building}}
      town: {type: town, required: true, label: {zh: 所属镇街, en: Town}}
      floor_area: {type: number, unit: m², label: {zh: 建筑面积, en: Floor area}}
      condition: {type: choice, choices: [闲置, 在用], label: {zh: 房屋状态, en: Condition}}
      renovated_on: {type: date, label: {zh: 改造完成日期, en: Renovated on}}
  enclave:
    name: {zh: 科创飞地, en: Enclaves}
    key: [name]
    fields:
      name: {type: text, required: true, label: {zh: 飞地名称, en: Enclave}}
      host: {type: town, required: true, label: {zh: 所在地, en: Host}}
  carrier:
    name: {zh: 科创载体, en: Carriers}
    key: [name]
    counts_on: recognized_on
    fields:
      name: {type: text, required: true, label: {zh: 载体名称, en: Carrier}}
      type: {type: choice, choices: [众创空间, 孵化器, 加速器], label: {zh: 载体类型, en: Type}}
      recognized_on: {type: date, label: {zh: 认定日期, en: Recognised on}}
  investor:
    name: {zh: 股权投资机构, en: Investors}
    key: [name]
    counts_on: registered_on
    fields:
      name: {type: text, required: true, label: {zh: 机构名称, en: Investor}}
      town: {type: town, label: {zh: 所属镇街, en: Town}}
      registered_on: {type: date, label: {zh: 注册日期, en: Registered on}}
  event:
    name: {zh: 活动, en: Events}
    key: [name]
    counts_on: held_on
    fields:
      name: {type: text, required: true, label: {zh: 活动名称, en: Event}}
      held_on: {type: date, label: {zh: 举办日期, en: Held on}}
"""


class OtherCity:
    """The plan's files in a folder, to be edited and loaded."""

    def __init__(self, folder: Path, kinds: Path) -> None:
        self.folder = folder
        self.kinds = kinds
        for name, text in (
            ("targets.yaml", TARGETS),
            ("tasks_2025.yaml", TASKS_2025),
            ("tasks_2026.yaml", TASKS_2026),
        ):
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        content = text.encode() if isinstance(text, str) else text
        (self.folder / name).write_bytes(content)

    def text(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def edit(self, name: str, old: str, new: str) -> int:
        """Put ``new`` for ``old``, which stands there once; the line of the mark, or of the edit."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        before = text[: text.index(old)] + (new[: new.index(MARK)] if MARK in new else "")
        self.write(name, text.replace(old, new.replace(MARK, "")))
        return before.count("\n") + 1

    def load(self) -> LoadedPlan:
        tables = sorted(self.folder.glob("tasks_*.yaml"))
        return load_plan(self.folder / "targets.yaml", tables, self.kinds)

    def faults_of_edit(self, name: str, old: str, new: str) -> tuple[str, list[str]]:
        """The start of the only fault that is expected, ``file:line: ``, and the faults there are."""
        line = self.edit(name, old, new)
        return f"{name}:{line}: ", self.faults()

    def faults(self) -> list[str]:
        """What the loader says is wrong."""
        try:
            self.load()
        except KflyError as error:
            return list(error.lines)
        return []
