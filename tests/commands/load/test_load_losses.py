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
