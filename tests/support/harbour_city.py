"""A plan of another city, whose kinds have what no standing kind has, and short ways to record things."""

from pathlib import Path

from kfly.registry.registry import Registry
from kfly.registry.sheets import sources
from kfly.registry.sheets.intake import Intake, take_in
from kfly.registry.sheets.reading import Settings

HARBOUR = """\
plan: {name: 海港市楼宇方案, starts: 2025-01-01, ends: 2027-12-31, language: zh}
organisations:
  - {name: 海东镇, en: East Harbour, kind: town, aliases: [东港, 老海东]}
  - {name: 海西街道, en: West Harbour, kind: town}
  - {name: 保税区, en: Free Port, kind: zone}
  - {name: 港务局, en: Port Authority, kind: department}
records:
  company:                     # refers to its own kind; its natural key may be empty in part
    name: {zh: VC-企业, en: Companies}
    key: [name, code]
    counts_on: founded_on
    fields:
      name: {type: text, label: {zh: 企业（全称）, en: Company}, aliases: [A-B 名称, 公司名称]}
      code: {type: integer, label: {zh: 编号, en: Code}}
      parent: {type: reference, to: company, label: {zh: 母公司, en: Parent}}
      founded_on: {type: date, label: {zh: 成立日期, en: Founded}}
  berth:                       # called by the company that has it
    name: {zh: 泊位, en: Berths}
    key: [company, since]
    counts_on: since
    fields:
      company: {type: reference, to: company, required: true, label: {zh: 所属企业, en: Owner}}
      since: {type: date, required: true, label: {zh: 启用日期, en: Since}}
"""

DAY = "2022-03-01"


def add(registry: Registry, kind: str, **texts: str) -> int:
    """Record one of a kind; its id."""
    return registry.add(registry.kind(kind), texts)


def add_building(registry: Registry, name: str, town: str = "澄江街道", **texts: str) -> int:
    """Record a building with what it must have."""
    return add(registry, "building", **{"name": name, "town": town, "floor_area": "5000", **texts})


def add_carrier(registry: Registry, name: str, **texts: str) -> int:
    """Record a carrier with what it must have."""
    return add(registry, "carrier", **{"name": name, "type": "孵化器", "recognized_on": DAY, **texts})


def add_talent(registry: Registry, name: str, **texts: str) -> int:
    """Record a talent with what it must have."""
    return add(registry, "talent", **{"name": name, "introduced_on": DAY, **texts})


def add_fund(registry: Registry, name: str, size: str, **texts: str) -> int:
    """Record a fund with what it must have."""
    return add(
        registry, "fund", **{"name": name, "type": "风险投资", "size": size, "registered_on": DAY, **texts}
    )


def take_file(registry: Registry, kind: str, path: Path, *, ignore_unknown: bool = False) -> Intake:
    """Bring in a file of one kind's records, as “kfly import KIND FILE” does."""
    declared = registry.kind(kind)
    grid = sources.find_sheet(declared, sources.read(path, path.name, None), path.name)
    return take_in(registry, [(declared, grid)], Settings(ignore_unknown=ignore_unknown))
