"""What records say and a revised plan no longer allows: told, and put in place by --force alone."""

import pytest

from tests.support.plan_office import Office, rows

PROMISES = "deliverables: [{key: rules, name: 管理办法}, {key: fund, name: 专项资金}]\ntargets:"
TOWN = "      town: {type: town, required: true, label: {zh: 镇, en: Town}}"


@pytest.fixture
def promised(office: Office) -> Office:
    """Both promises are kept by a record."""
    office.edit("targets:", PROMISES)
    office.load()
    office.cli.ok("add-policy", "--name", "办法", "--promise", "rules")
    return office


def test_a_promise_that_records_keep_is_not_let_go(promised: Office) -> None:
    promised.edit("{key: rules, name: 管理办法}, ", "")
    lines = promised.refused("targets.yaml")
    assert len(lines) == 2
    assert "may no longer be “rules”, but there are records with it: 1." in lines[0]
    promised.load("--force")
    assert promised.cli.json("show", "policy", "办法")["promise"] == "rules"


def test_a_promise_that_nobody_keeps_goes_quietly(promised: Office) -> None:
    promised.edit(", {key: fund, name: 专项资金}", "")
    promised.load()


def test_a_field_is_not_narrowed_to_towns_that_leave_out_those_of_records(office: Office) -> None:
    office.edit(TOWN, TOWN.replace("town,", "town, only: [东镇],"))
    lines = office.refused("targets.yaml")
    assert lines[0] == "Shops: Town may no longer be “西镇”, but there are records with it: 1."
    office.load("--force")


def test_narrowed_to_the_towns_that_are_in_use_it_is_quiet(office: Office) -> None:
    office.edit(TOWN, TOWN.replace("town,", "town, only: [西镇],"))
    office.load()
    office.edit("{name: 西镇, kind: town}", "{name: 新西镇, kind: town, aliases: [西镇]}")
    office.edit("only: [西镇]", "only: [新西镇]")
    office.load()
    assert office.cli.json("show", "shop", "茶馆")["town"] == "新西镇"


def test_a_task_that_evidence_was_added_to_is_not_let_go(office: Office) -> None:
    (office.cli.folder / "proof.txt").write_text("x", encoding="utf-8")
    office.cli.ok("evidence", "2", "--add", "proof.txt")
    before = office.cli.json("evidence", "2")
    office.edit(
        "  - {number: 2, title: 办事, lead: [甲局], responsible: [各镇], due: 2022-12-31}\n", "", office.table
    )
    lines = office.refused("tasks_2022.yaml")
    assert lines[0] == "Task 2022/2 is gone from the plan, but has evidence of its own: 1."
    office.cli.ok("load", "tasks_2022.yaml", "--force")
    office.cli.ok("undo")
    assert office.cli.json("evidence", "2") == before


def test_a_task_that_goes_takes_its_feedback_and_what_was_shown_with_it(office: Office) -> None:
    (office.cli.folder / "proof.txt").write_text("x", encoding="utf-8")
    office.cli.ok("progress", "2", "办了", "--evidence", "proof.txt")
    before = office.cli.json("evidence", "2")
    office.edit(
        "  - {number: 2, title: 办事, lead: [甲局], responsible: [各镇], due: 2022-12-31}\n", "", office.table
    )
    office.cli.ok("load", "tasks_2022.yaml", "--force")
    assert rows(office.cli.db, "PRAGMA foreign_key_check") == []
    office.cli.ok("undo")
    assert office.cli.json("evidence", "2") == before


def test_a_load_that_added_a_task_with_evidence_by_now_is_not_undone(office: Office) -> None:
    office.table.write_text(
        office.table.read_text(encoding="utf-8")
        + "  - {number: 3, title: 新, lead: [甲局], due: 2022-12-31}\n",
        encoding="utf-8",
    )
    office.cli.ok("load", "tasks_2022.yaml")
    (office.cli.folder / "proof.txt").write_text("x", encoding="utf-8")
    office.cli.ok("evidence", "3", "--add", "proof.txt")
    (latest,) = rows(office.cli.db, "SELECT max(id) - 1 FROM change_groups")[0]
    assert "task 3 refers to what it added" in office.refused(str(latest), command="undo")[0]


def test_a_town_that_records_can_do_without_is_cleared_and_they_stay(office: Office) -> None:
    office.edit(
        "  - {name: 西镇, kind: town}\n", "  - {name: 西镇, kind: town}\n  - {name: 南镇, kind: town}\n"
    )
    office.edit("      grade:", "      home: {type: town, label: {zh: 籍贯, en: Home}}\n      grade:")
    office.load()
    office.cli.ok("set", "shop", "茶馆", "home=南镇")
    office.edit("  - {name: 南镇, kind: town}\n", "")
    lines = office.refused("targets.yaml")
    assert lines[0].startswith("南镇 is gone from the towns and zones, but Shops has records of it: 1.")
    office.load("--force")
    shop = office.cli.json("show", "shop", "茶馆")
    assert (shop["home"], shop["town"]) == (None, "西镇")


def test_a_record_that_goes_is_cleared_from_those_that_can_do_without_it(office: Office) -> None:
    office.edit(
        "building: {type: reference, to: building, required: true,",
        "building: {type: reference, to: building,",
    )
    office.edit(
        "  - {name: 西镇, kind: town}\n", "  - {name: 西镇, kind: town}\n  - {name: 南镇, kind: town}\n"
    )
    office.load()
    office.cli.ok("add-building", "--name", "三号", "--town", "南镇", "--floor-area", "100")
    office.cli.ok("set", "shop", "茶馆", "building=三号")
    office.edit("  - {name: 南镇, kind: town}\n", "")
    office.load("--force")
    assert office.cli.json("show", "shop", "茶馆")["building"] is None
    assert [each["name"] for each in office.cli.json("list", "building")] == ["一号", "二号"]
    assert rows(office.cli.db, "PRAGMA foreign_key_check") == []


def test_the_feedback_of_an_organisation_that_goes_stays_without_its_name(office: Office) -> None:
    office.edit(
        "  - {name: 西镇, kind: town}\n", "  - {name: 西镇, kind: town}\n  - {name: 乙局, kind: department}\n"
    )
    office.load()
    office.cli.ok("progress", "2", "办了", "--by", "乙局")
    office.edit("  - {name: 乙局, kind: department}\n", "")
    lines = office.refused("targets.yaml")
    assert lines[0] == "乙局 is gone from the plan, but has given feedback: 1."
    office.load("--force")
    assert rows(office.cli.db, "SELECT organisation, text FROM progress_notes") == [(None, "办了")]


def test_records_that_a_shorter_key_no_longer_tells_apart_are_named_in_full(office: Office) -> None:
    office.edit("    key: [name]\n", "    key: [name, building, grade]\n")
    office.load()
    shop = ("--name", "茶馆", "--town", "东镇", "--building", "一号")
    office.cli.ok("add-shop", *shop)
    office.edit("    key: [name, building, grade]\n", "    key: [name]\n")
    lines = office.refused("targets.yaml")
    assert lines[0].startswith(
        "Shops: #2/甲/茶馆 (#1) and #1/茶馆 (#2) would be the same in the new plan, by Name."
    )


def test_a_rule_of_another_program_that_keeps_records_is_told_in_one_line(office: Office) -> None:
    office.stranger(
        "CREATE TRIGGER kept BEFORE DELETE ON building BEGIN SELECT RAISE(ABORT, 'these stay'); END"
    )
    office.edit("  - {name: 西镇, kind: town}\n", "")
    assert office.refused("targets.yaml", "--force") == [
        "The records in the registry do not fit the new plan; nothing was changed: see “kfly check”."
    ]
