"""A redacted overview tells nobody's number, in none of its parts, and keeps every figure."""

from datetime import date
from pathlib import Path

from kfly.progress.overview import Overview
from kfly.services.session import Session
from kfly.services.views.overview import read_overview
from kfly.services.views.redaction import redact_overview
from tests.support.runner import Cli

DAY = date(2022, 11, 30)
PHONE, LANDLINE, IDENTITY = "13800138000", "0510-86861234", "11010519491231002X"


def read(path: Path) -> tuple[Overview, Overview]:
    """As it is, and redacted."""
    with Session(path).reading() as desk:
        found = read_overview(desk, DAY)
        return found, redact_overview(found, desk.registry)


def test_numbers_are_masked_wherever_records_and_feedback_are_told(filled: Cli) -> None:
    filled.ok("progress", "9", f"请致电 {PHONE}", "--on", "2022-11-20")
    filled.ok("reopen", "1", "--reason", "试")
    filled.ok("done", "1", "--on", "2022-01-28", "--note", f"经办人 {IDENTITY}")
    filled.ok(
        "set", "building", "云亭老供销社", f"name=云亭 {LANDLINE}", "longitude=120.34", "latitude=31.85"
    )
    filled.ok("set", "carrier", "华士加速器", f"name=华士 {PHONE}")
    filled.ok("set", "expenditure", "孵化器负责人培训", f"purpose=培训 {PHONE}", f"voucher_number={PHONE}")
    filled.ok("set", "policy", "江阴市科创载体建设运营管理办法", f"name=办法 {PHONE}")
    found, redacted = read(filled.db)
    for number in (PHONE, LANDLINE, IDENTITY):
        assert number in repr(found)
        assert number not in repr(redacted._replace(evaluations=None))
    assert redacted.evaluations
    assert "华士 ***" in redacted.evaluations.titles.values()
    assert redacted.buildings
    assert "云亭 ***" in {site.name for site in redacted.buildings.sites}
    assert "云亭 ***" in {each.name for each in redacted.buildings.pipeline.overdue}
    assert next(row.note.text for row in redacted.tasks if row.note) == "请致电 ***"


def test_without_numbers_nothing_is_changed(filled: Cli) -> None:
    found, redacted = read(filled.db)
    assert redacted._replace(evaluations=None, buildings=None) == found._replace(
        evaluations=None, buildings=None
    )
    assert found.buildings
    assert redacted.buildings
    assert redacted.buildings.pipeline == found.buildings.pipeline
    assert redacted.buildings.sites == found.buildings.sites


def test_what_a_plan_marks_as_personal_is_masked_whole(empty: Cli) -> None:
    Path("targets.yaml").write_text(
        "plan: {name: 小方案, starts: 2022-01-01, ends: 2022-12-31, language: zh}\n"
        "organisations:\n  - {name: 甲镇, en: Jia, kind: town}\n"
        "records:\n"
        "  grant:\n    name: {zh: 补助, en: Grants}\n    key: [person]\n    counts_on: paid_on\n    fields:\n"
        "      person: {type: text, required: true, personal: true, label: {zh: 姓名, en: Person}}\n"
        "      amount: {type: number, unit: 万元, label: {zh: 金额, en: Amount}}\n"
        "      paid_on: {type: date, required: true, label: {zh: 日期, en: Paid}}\n"
        "targets:\n"
        "  - {key: grants, section: 一, name: 补助, sum: grant.amount, at_most: 30, unit: 万元}\n",
        encoding="utf-8",
    )
    empty.ok("init", "--targets", "targets.yaml")
    empty.ok("add-grant", "--person", "张三", "--amount", "2", "--paid-on", "2022-03-01")
    found, redacted = read(empty.db)
    assert found.budget
    assert redacted.budget
    assert [item.title for item in found.budget.largest] == ["张三"]
    assert [item.title for item in redacted.budget.largest] == ["***"]
    assert redacted.budget.row == found.budget.row
