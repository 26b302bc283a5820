"""A plan of another city: its own towns, targets, years and a kind of its own, without a line of code."""

from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.shelf import Shelf

TARGETS = """\
plan:
  name: {zh: 海州市楼宇招商方案, en: Haizhou Leasing Plan}
  starts: 2025-01-01
  ends: 2027-12-31
  language: en
lights: {yellow: 0.5, due_soon_days: 10}
organisations:
  - {name: 市商务局, en: Commerce Bureau, kind: department, aliases: [商务局]}
  - {name: 东山镇, en: East Hill, kind: town, aliases: [东山街道]}
  - {name: 西湖镇, en: West Lake, kind: town}
  - {name: 港区, en: Port Zone, kind: zone}
  - {name: 各镇区, en: Towns and zones, kind: group, members: {kind: [town, zone]}}
targets:
  - key: tenants
    section: {zh: 招商, en: Leasing}
    name: {zh: 入驻企业, en: Tenants}
    count: tenant
    where: {grade: [甲, 乙]}
    at_least: 40
    unit: {zh: 家, en: companies}
    due: 2027-06-30
  - key: tenant_tax
    section: {zh: 招商, en: Leasing}
    name: {zh: 企业税收, en: Tenants' tax}
    sum: tenant.tax
    stock: true
    more_than: 1000
    unit: {zh: 万元, en: 10k yuan}
  - key: fire_checks
    section: {zh: 安全, en: Safety}
    name: {zh: 消防验收楼宇, en: Fire checks}
    count: building
    dated: fire_passed_on
    at_least: 2
    unit: {zh: 栋, en: buildings}
records:
  tenant:
    name: {zh: 入驻企业, en: Tenants}
    key: [name, building]
    counts_on: moved_in_on
    counts_until: moved_out_on
    fields:
      name: {type: text, required: true, label: {zh: 企业名称, en: Company}, aliases: [公司名称]}
      building: {type: reference, to: building, required: true, label: {zh: 入驻楼宇, en: Building}}
      tax: {type: number, unit: 万元, minimum: 0, label: {zh: 年税收, en: Yearly tax}}
      grade: {type: choice, choices: [甲, 乙, 丙], label: {zh: 等级, en: Grade}}
      moved_in_on: {type: date, required: true, label: {zh: 入驻日期, en: Moved in}}
      moved_out_on: {type: date, label: {zh: 迁出日期, en: Moved out}}
  building:
    fields:
      fire_passed_on: {type: date, label: {zh: 消防验收日期, en: Fire check passed}}
"""
TASKS = """\
year: 2025
tasks:
  - {number: 1, title: {zh: 出台招租办法, en: Issue the leasing rules}, lead: [商务局], due: 2025年6月}
  - number: 2
    title: {zh: 引进企业2家, en: Bring in 2 companies}
    lead: [Commerce Bureau]
    responsible: [各镇区]
    due: 2025年底
    needs:
      - {target: tenants, at_least: 2}
"""


@pytest.fixture
def city(empty: Cli, tmp_path: Path, shelf: Shelf) -> Cli:

    def prepare() -> None:
        plan = tmp_path / "plan"
        plan.mkdir()
        (plan / "haizhou.yaml").write_text(TARGETS, encoding="utf-8")
        (plan / "rows.yaml").write_text(TASKS, encoding="utf-8")
        empty.ok("init", "--targets", "plan/haizhou.yaml", "--tasks", "plan/rows.yaml")

    shelf.lay("another city", empty.folder, prepare)
    return empty


@pytest.fixture
def let(city: Cli, shelf: Shelf) -> Cli:
    """With a building and two tenants in it."""

    def prepare() -> None:
        city.ok("add-building", "--name", "海港大厦", "--town", "东山街道", "--floor-area", "3万")
        for name, tax in (("甲公司", "120.5"), ("乙公司", "0.3亿元")):
            city.ok(
                *("add-tenant", "--name", name, "--building", "海港大厦", "--tax", tax),
                *("--grade", "甲", "--moved-in-on", "2025-03-01"),
            )

    shelf.lay("another city, let", city.folder, prepare)
    return city


def test_it_speaks_its_plans_language(city: Cli) -> None:
    assert city.ok("status", "--as-of", "2025-03-31").startswith("Haizhou Leasing Plan · as of 2025-03-31")


def test_its_own_records_move_its_own_targets(let: Cli) -> None:
    tenants, tax = (let.target(key, "--as-of", "2025-03-31") for key in ("tenants", "tenant_tax"))

    assert (tenants["actual"], tenants["goal"], tenants["due"]) == (2, 40, "2027-06-30")
    assert (tax["actual"], tax["goal"], tax["comparison"]) == (3120.5, 1000, "more_than")
    assert (tax["met"], tax["light"]) == (True, "green")


def test_who_has_moved_out_no_longer_counts(let: Cli) -> None:
    let.ok("set", "tenant", "甲公司", "迁出日期=2025-06-01")

    assert let.target("tenants", "--as-of", "2025-05-31")["actual"] == 2
    assert let.target("tenants", "--as-of", "2025-06-01")["actual"] == 1


def test_a_field_of_its_own_on_a_standing_kind_can_be_counted(let: Cli) -> None:
    let.ok("set", "building", "海港大厦", "fire-passed-on=2025-02-01")

    assert let.target("fire_checks", "--as-of", "2025-03-01")["actual"] == 1


def test_its_tenants_can_be_listed_shown_and_taken_out(let: Cli) -> None:
    rows = let.json("list", "入驻企业", "--where", "入驻楼宇=海港大厦", "--where", "grade=甲")
    assert [(row["name"], row["building"], row["tax"]) for row in rows] == [
        ("甲公司", "海港大厦", 120.5),
        ("乙公司", "海港大厦", 3000),
    ]

    assert let.json("show", "tenant", "海港大厦/甲公司")["id"] == 1
    let.ok("remove", "tenant", "甲公司", "--reason", "重复登记")
    assert [row["name"] for row in let.json("list", "tenant")] == ["乙公司"]


def test_a_building_with_tenants_stays(let: Cli) -> None:
    assert "tenant 甲公司 (#1)" in let.refused("remove", "building", "海港大厦", "--reason", "拆除")


def test_its_records_can_be_imported(let: Cli, tmp_path: Path) -> None:
    (tmp_path / "tenants.csv").write_text(
        '企业名称,入驻楼宇,年税收,入驻日期\n丙公司,海港大厦,"1,200",2025/4/1\n丁公司,海港大厦,,2025年4月2日\n',
        encoding="utf-8",
    )

    assert let.json("import", "tenant", "tenants.csv")["added"] == 2
    assert let.json("show", "tenant", "丙公司")["tax"] == 1200


def test_only_its_own_towns_are_known(city: Cli) -> None:
    assert "澄江街道" in city.refused(
        "add-building", "--name", "楼", "--town", "澄江街道", "--floor-area", "1"
    )
    assert (
        city.json("add-building", "--name", "楼", "--town", "West Lake", "--floor-area", "1")["town"]
        == "西湖镇"
    )


def test_its_own_kind_stands_beside_the_standing_ones(city: Cli) -> None:
    assert "kfly add-tenant" in city.ok("kinds")
    fields = {field["name"]: field for field in city.json("kinds", "tenant")["fields"]}
    assert (fields["tax"]["unit"], fields["grade"]["choices"]) == ("万元", ["甲", "乙", "丙"])
    assert fields["building"]["to"] == "building"
    assert "fire_passed_on" in city.ok("kinds", "building")


def test_its_own_command_has_help_in_both_languages(city: Cli) -> None:
    english, chinese = city.ok("add-tenant", "--help"), city.ok("--lang", "zh", "add-tenant", "--help")

    assert "--moved-in-on" in english
    assert "Yearly tax (万元)" in english
    assert "年税收（万元）" in chinese
    assert "add-tenant" in city.ok("--help")
    assert "Fire check passed" in city.ok("add-building", "--help")


def test_its_tasks_are_asked_for_and_signed_off(let: Cli) -> None:
    rows = let.json("tasks", "--org", "港区", "--as-of", "2025-07-01")
    assert [(row["year"], row["number"], row["state"]) for row in rows] == [(2025, 2, "done")]
    assert rows[0]["completed_on"] == "2025-03-01"
    assert rows[0]["lead"] == ["Commerce Bureau"]

    assert [row["number"] for row in let.json("overdue", "--as-of", "2025-07-01")] == [1]
    let.ok("done", "1", "--on", "2025-07-01")
    assert let.json("task", "1", "--as-of", "2025-07-01")["late"] is True


def test_its_own_conventions_light_the_tasks(city: Cli) -> None:
    (rules, _companies) = city.json("tasks", "--as-of", "2025-06-21")

    assert (rules["days_left"], rules["light"]) == (9, "blue")
    assert city.json("task", "1", "--as-of", "2025-06-19")["light"] == "none"


def test_the_bundled_towns_and_targets_are_nowhere(city: Cli) -> None:
    assert [row["key"] for row in city.json("status")["targets"]] == ["tenants", "tenant_tax", "fire_checks"]
    assert "江阴" not in city.ok("--lang", "zh", "tasks")
