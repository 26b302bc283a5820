"""A plan that leaves out standing kinds: nothing speaks of them, and records of them are not lost unasked."""

import pytest

from tests.support.plan_office import Office, rows
from tests.support.runner import Cli

PLAN = """\
plan: {name: 就业方案, starts: 2022-01-01, ends: 2023-12-31, language: en}
organisations: [{name: 甲局, kind: department}, {name: 东镇, kind: town}]
targets: [{key: talents, section: 人才, name: 人才, count: talent, at_least: 10, unit: 人}]
"""
LEFT_OUT = "records: {building: null, enclave: null, evaluation: null}\n"


@pytest.fixture
def kfly(empty: Cli) -> Cli:
    (empty.folder / "targets.yaml").write_text(PLAN + LEFT_OUT, encoding="utf-8")
    empty.ok("init")
    return empty


def test_init_speaks_of_a_kind_that_there_is(empty: Cli) -> None:
    (empty.folder / "targets.yaml").write_text(PLAN + LEFT_OUT, encoding="utf-8")

    assert "Next: “kfly add-carrier --help” to record" in empty.ok("--lang", "en", "init")


def test_a_plan_that_records_nothing_is_told_of_its_status_alone(empty: Cli) -> None:
    kinds = [row["name"] for row in _kinds_of_the_bundled_plan(empty)]
    plan = PLAN[: PLAN.index("targets:")] + "records: {" + ", ".join(f"{k}: null" for k in kinds) + "}\n"
    (empty.folder / "targets.yaml").write_text(plan, encoding="utf-8")

    assert "\nNext: “kfly status” to see how the plan stands.\n" in empty.ok("--lang", "en", "init")
    assert empty.json("kinds") == []
    assert empty.json("status")["targets"] == []
    assert empty.ok("check") == "All is well.\n"


def _kinds_of_the_bundled_plan(cli: Cli) -> list[dict[str, str]]:
    cli.ok("--db", "whole.db", "init")
    found: list[dict[str, str]] = cli.json("--db", "whole.db", "kinds")
    return found


@pytest.mark.parametrize(
    ("words", "label"),
    {
        "buildings": "Buildings",
        "enclaves": "Enclaves",
        "evaluations": "Evaluations",
        "list building": "Buildings",
        "show 楼宇 1": "Buildings",
        "set building 1 floor_area=3": "Buildings",
        "kinds building": "Buildings",
        "template building -o x.xlsx": "Buildings",
        "add-building --name 甲": "Buildings",
        "remove enclave 1 --reason 误": "Enclaves",
    }.items(),
)
def test_what_is_asked_of_such_a_kind_is_answered_in_one_line(kfly: Cli, words: str, label: str) -> None:
    assert kfly.refused(*words.split()) == f"{label}: this plan does not record any."


def test_no_help_and_no_hint_names_them(kfly: Cli) -> None:
    helped = kfly.ok("--help")

    assert "add-talent" in helped
    assert "uilding" not in helped
    assert "nclave" not in helped
    assert "add-talent" in kfly.refused("add-talnet", code=2)
    assert "uilding" not in kfly.refused("bilding", code=2)


def test_what_stays_has_no_field_for_them(kfly: Cli) -> None:
    assert "building" not in [f["name"] for f in kfly.json("kinds", "talent_project")["fields"]]
    assert "no option --building" in kfly.refused("add-talent-project", "--building", "甲", code=2)
    kfly.ok("add-talent-project", "--name", "项目", "--landed-on", "2022-03-01")
    assert kfly.ok("check") == "All is well.\n"


@pytest.fixture
def office(office: Office) -> Office:
    office.edit(
        "  - {key: halls, section: 楼, name: 楼宇, count: building,"
        " where: {town: 东镇}, at_least: 5, unit: 栋}\n",
        "",
    )
    office.edit("building: {type: reference, to: building, required: true,", "hall: {type: text,")
    office.cli.ok("load", "targets.yaml", "--force")
    return office


def test_records_of_a_kind_that_is_left_out_are_not_lost_unasked(office: Office) -> None:
    office.edit("records:\n", "records:\n  building: null\n")

    lines = office.refused("targets.yaml")
    assert lines[0] == "Buildings is gone from the plan's kinds of record, but there are records of it: 2."
    assert "--force" in lines[-1]

    assert "kinds left out + building" in office.cli.ok("load", "targets.yaml", "--force")
    assert rows(office.cli.db, "SELECT name FROM sqlite_master WHERE name = 'building'") == []
    assert rows(office.cli.db, "PRAGMA foreign_key_check") == []
    assert office.load() == []


def test_a_kind_that_was_left_out_can_come_back(office: Office) -> None:
    office.edit("records:\n", "records:\n  building: null\n")
    office.load("--force")
    office.edit("  building: null\n", "")
    assert "kinds left out − building" in office.cli.ok("load", "targets.yaml")

    office.cli.ok("add-building", "--name", "三号", "--town", "东镇", "--floor-area", "1")
    assert [row["id"] for row in office.cli.json("list", "building")] == [3]
    assert "building" in [f["name"] for f in office.cli.json("kinds", "enclave")["fields"]]
