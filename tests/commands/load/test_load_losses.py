"""What records say and a revised plan no longer allows: told, and put in place by --force alone."""

import pytest

from tests.support.plan_office import Office

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
