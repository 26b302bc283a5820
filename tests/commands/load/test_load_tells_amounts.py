"""What a wrong digit in a plan file would change is told in words before it is put in place."""

import gzip

import pytest

from tests.support import SCHEMA_3
from tests.support.plan_office import Office
from tests.support.runner import Cli

REHEARSED = "This is what would change; nothing was changed."


@pytest.fixture
def office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("KFLY_LANG", "en")
    monkeypatch.setenv("COLUMNS", "300")
    return office


def told(office: Office, *edits: tuple[str, str], file: str = "targets.yaml") -> list[str]:
    """What load would change after these edits, a line each."""
    for old, new in edits:
        office.edit(old, new, office.cli.folder / file)
    *lines, last = office.cli.ok("load", file, "--dry-run").splitlines()
    assert last == REHEARSED
    return lines


def added(office: Office, tasks: str, year: int = 2023) -> list[str]:
    (office.cli.folder / f"tasks_{year}.yaml").write_text(f"year: {year}\ntasks:\n{tasks}", encoding="utf-8")
    return told(office, file=f"tasks_{year}.yaml")


def test_a_need_that_is_new_is_told_with_its_amount(kfly: Cli) -> None:
    table = (
        "year: 2023\ntasks:\n  - {number: 1, title: 改造楼宇12栋, lead: [市委组织部], due: 2023年11月,\n"
        "     measure: 4, needs: [{target: buildings_renovated, at_least: 12}, {target: investors},\n"
        "             {target: enclave_area, at_least: 6000}]}\n"
    )
    (kfly.folder / "tasks_2023.yaml").write_text(table, encoding="utf-8")
    assert kfly.ok("--lang", "zh", "load", "tasks_2023.yaml", "--dry-run").splitlines() == [
        "新增任务 2023/1：改造楼宇12栋；2023-11-30 前完成；牵头：市委组织部；主要工作 4",
        "新增任务量化要求 2023/1 改造楼宇：不低于12栋",
        "新增任务量化要求 2023/1 股权投资机构：超15家",
        "新增任务量化要求 2023/1 科创飞地面积：11个镇街各不低于6,000m²",
        "以上为将要发生的变化；本次仅为预览，未作任何改动。",
    ]


def test_each_task_of_a_new_table_is_told_with_its_day_its_lead_and_its_amounts(office: Office) -> None:
    lines = added(
        office,
        "  - {number: 1, title: 开会, lead: [甲局], due: 2023-06-30,\n"
        "     needs: [{target: meetings, at_least: 6}]}\n"
        "  - {number: 2, title: 建楼, lead: [甲局, 东镇], responsible: [各镇], due: 2023年底,\n"
        "     needs: [{name: 大楼, count: building, where: {floor_area: '>= 5000'},\n"
        "             at_least: 3, unit: 栋}]}\n",
    )
    assert lines == [
        "new task 2023/1: 开会; due 2023-06-30; lead 甲局",
        "new need of task 2023/1 会议: at least 6 次",
        "new task 2023/2: 建楼; due 2023-12-31; lead 甲局, 东镇",
        "new need of task 2023/2 大楼: at least 3 栋; counted: Buildings (Floor area ≥ 5000)",
    ]


def test_a_table_of_sixty_tasks_fits_some_two_hundred_lines(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    row = (
        "  - {{number: {n}, title: '改造楼宇10栋，其中5万平方米以上1栋', lead: [市委组织部, 市科技局],\n"
        "     responsible: [市发改委, 市财政局, 市住建局, 各镇街园区], due: 2023年11月, measure: 4,\n"
        "     needs: [{{target: buildings_renovated, at_least: {n}}}]}}\n"
    )
    table = "year: 2023\ntasks:\n" + "".join(row.format(n=n) for n in range(1, 61))
    (kfly.folder / "tasks_2023.yaml").write_text(table, encoding="utf-8")
    lines = kfly.ok("load", "tasks_2023.yaml", "--dry-run").splitlines()
    assert 60 <= len(lines) <= 200
    for n in range(1, 61):
        assert f"2023/{n} 改造楼宇：不低于{n}栋" in "".join(lines)


TAX = "      tax: {type: number, unit: 万元, minimum: 0, required: true, label: {zh: 税, en: Tax}}\n"
TARGET = (
    "targets:\n  - {key: shops, section: 店, name: 店铺, count: shop, where: {town: [东镇, 西镇]},\n"
    "     more_than: 3, unit: 家, due: 2023-06-30, quotas: {东镇: 1.5}}\n"
    "  - {key: rent, section: 店, name: 租金, sum: shop.rent, stock: true, at_most: 5000,\n"
    "     unit: 元, every: year}\n"
)


def test_a_target_that_is_new_is_told_with_its_amount_its_day_and_how_it_is_counted(office: Office) -> None:
    lines = told(office, ("targets:\n", TARGET))
    counted = "sum of Rent of Shops (whenever it began)"
    assert lines[:3] == [
        "new target shops: 店铺; more than 3 家; due 2023-06-30; counted: Shops (Town = 东镇/西镇)",
        "new quota shops 东镇: 1.5 家",
        f"new target rent: 租金; at most 5,000 元; every year; due 2023-12-31; counted: {counted}",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "organisations:\n",
            "organisations:\n  - {name: 乙局, kind: department, email: yi@example.org, aliases: [二局]}\n",
            "new organisation 乙局: department; e-mail yi@example.org; also called 二局",
        ),
        (
            "targets:\n",
            "measures:\n  - {number: 3, name: 主线, lead: [甲局], responsible: [东镇]}\ntargets:\n",
            "new measure 3: 主线; lead 甲局; responsible 东镇",
        ),
        (
            "targets:\n",
            "deliverables:\n  - {key: rules, name: 办法, task: 2022/2}\ntargets:\n",
            "new deliverable rules: 办法; task 2022/2",
        ),
        (
            "      grade:",
            TAX + "      grade:",
            "new field shop.tax: Tax; number (万元); required; ≥ 0",
        ),
        ("kind: department}", "kind: department, email: a@b.cn}", "organisation 甲局: e-mail — → a@b.cn"),
        ("aliases: [东乡]", "aliases: [东乡, 东街]", "organisation 东镇: also called + 东街"),
        ("members: {kind: [town]}", "members: [东镇]", "organisation 各镇: members − 西镇"),
        ("at_least: 10", "at_least: 100", "target meetings: goal 10 → 100"),
        ("at_least: 10", "more_than: 10", "target meetings: comparison ≥ → >"),
        ("unit: 次}", "unit: 次, due: 2023-06-30}", "target meetings: due date 2023-12-31 → 2023-06-30"),
        ("ends: 2023-12-31", "ends: 2024-12-31", "plan: end 2023-12-31 → 2024-12-31"),
        (
            "organisations:\n",
            "lights: {yellow: 0.7, due_soon_days: 3}\norganisations:\n",
            "plan: days that count as soon 30 → 3",
        ),
        (
            "where: {town: 东镇}",
            "where: {town: 西镇}",
            "target halls: counted: Buildings (Town = 东镇) → Buildings (Town = 西镇)",
        ),
    ],
)
def test_what_is_new_or_another_is_told(office: Office, old: str, new: str, line: str) -> None:
    assert line in told(office, (old, new))


def test_a_quota_is_told_before_and_after(office: Office) -> None:
    office.edit("targets:\n", TARGET)
    office.load()
    assert told(office, ("quotas: {东镇: 1.5}", "quotas: {东镇: 2.5, 西镇: 1}")) == [
        "quota shops 东镇: amount 1.5 → 2.5",
        "new quota shops 西镇: 1 家",
    ]


def test_towns_that_a_figure_no_longer_covers_are_named(office: Office) -> None:
    each = "{key: each, section: 楼, name: 各镇楼, count: building, per: town, at_least: 2, unit: 栋}"
    office.edit("targets:\n", f"targets:\n  - {each}\n")
    office.load()
    assert told(office, ("per: town,", "per: town, except: [西镇],")) == ["target each: counted: − 西镇"]


def test_the_log_stays_short(office: Office) -> None:
    added(
        office, "  - {number: 1, title: 开会, lead: [甲局], due: 2023-06-30, needs: [{target: meetings}]}\n"
    )
    office.cli.ok("load", "tasks_2023.yaml")
    assert "  task 2023/1: added\n" in office.cli.ok("log")


def test_a_reason_is_kept_in_the_log_and_shown(office: Office) -> None:
    office.edit("at_least: 4", "at_least: 6", office.table)
    office.cli.ok("load", "tasks_2022.yaml", "--reason", " 市政府2023年第5次\n常务会议 ")
    assert office.cli.json("log")[0]["reason"] == "市政府2023年第5次\n常务会议"
    assert office.cli.json("log")[1]["reason"] is None
    assert "\n  reason: 市政府2023年第5次\\n常务会议\n" in office.cli.ok("log")
    assert "理由：市政府2023年第5次" in office.cli.ok("--lang", "zh", "log")
    (event,) = office.cli.json("task", "1")["timeline"]
    assert event["reason"] == "市政府2023年第5次\n常务会议"
    assert "reason: 市政府2023年第5次" in office.cli.ok("task", "1")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_an_empty_reason_is_refused(office: Office, reason: str) -> None:
    office.edit("at_least: 4", "at_least: 6", office.table)
    line = office.cli.refused("load", "tasks_2022.yaml", "--reason", reason, code=2)
    assert line == "--reason must not be empty."
    office.cli.refused("load", "tasks_2022.yaml", "--dry-run", "--reason", reason, code=2)


def test_a_log_without_reasons_is_read_as_it_is(empty: Cli) -> None:
    empty.db.write_bytes(gzip.decompress(SCHEMA_3.read_bytes()))
    before = empty.db.read_bytes()
    assert {group["reason"] for group in empty.json("log")} == {None}
    assert empty.db.read_bytes() == before
