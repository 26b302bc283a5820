"""Towns that become one: their records follow, whether the one is new or was there before."""

import pytest

from tests.support.plan_office import Office, rows

EAST = "  - {name: 东镇, kind: town, aliases: [东乡]}\n"
WEST = "  - {name: 西镇, kind: town}\n"


def towns(office: Office) -> dict[str, str]:
    return {row["name"]: row["town"] for row in office.cli.json("list", "building")}


def test_two_towns_become_a_new_one(office: Office) -> None:
    office.edit(EAST + WEST, "  - {name: 新镇, kind: town, aliases: [东镇, 西镇, 东乡]}\n")
    office.load()
    assert towns(office) == {"一号": "新镇", "二号": "新镇"}
    assert office.cli.json("show", "shop", "茶馆")["town"] == "新镇"
    assert rows(office.cli.db, "PRAGMA foreign_key_check") == []


def test_a_town_joins_one_that_was_there_before(office: Office) -> None:
    office.edit(EAST + WEST, "  - {name: 西镇, kind: town, aliases: [东镇]}\n")
    office.load()
    assert towns(office) == {"一号": "西镇", "二号": "西镇"}
    assert office.cli.target("halls", "--as-of", "2022-06-30")
    assert rows(office.cli.db, "SELECT value FROM metric_conditions") == [("西镇",)]


def test_one_town_is_renamed_while_another_is_merged(office: Office) -> None:
    office.edit(EAST, EAST + "  - {name: 南镇, kind: town}\n")
    office.load()
    office.cli.ok("add-building", "--name", "三号", "--town", "南镇", "--floor-area", "100")
    office.edit(EAST, "  - {name: 新东镇, kind: town, aliases: [东镇]}\n")
    office.edit("  - {name: 南镇, kind: town}\n" + WEST, "  - {name: 西镇, kind: town, aliases: [南镇]}\n")
    office.load()
    assert towns(office) == {"一号": "新东镇", "二号": "西镇", "三号": "西镇"}


def test_a_merging_can_be_taken_back(office: Office) -> None:
    office.edit(EAST + WEST, "  - {name: 西镇, kind: town, aliases: [东镇]}\n")
    before = towns(office), office.cli.json("status")
    office.load()
    office.cli.ok("undo")
    assert (towns(office), office.cli.json("status")) == before


def test_records_that_would_then_be_the_same_are_named(office: Office) -> None:
    office.cli.ok("add-building", "--name", "二号", "--town", "东镇", "--floor-area", "100")
    office.edit(EAST + WEST, "  - {name: 新镇, kind: town, aliases: [东镇, 西镇]}\n")
    (line,) = office.refused("targets.yaml")
    assert line.startswith("Buildings: 西镇/二号 (#2) and 东镇/二号 (#3) would be the same in the new plan")
    office.cli.ok("set", "building", "3", "name=三号")
    office.load()


@pytest.mark.parametrize(
    "towns",
    [
        "  - {name: 东镇, kind: town, aliases: [西镇]}\n  - {name: 西镇, kind: town, aliases: [东镇]}\n",
        "  - {name: 西镇, kind: town, aliases: [东镇]}\n  - {name: 北镇, kind: town, aliases: [西镇]}\n",
    ],
    ids=["a swap", "a chain"],
)
def test_a_name_of_two_towns_in_one_plan_is_a_fault(office: Office, towns: str) -> None:
    office.edit(EAST + WEST, towns)
    assert all("is already the name of" in line for line in office.refused("targets.yaml"))


def test_a_name_handed_on_in_two_steps_comes_out_right(office: Office) -> None:
    office.edit(EAST + WEST, "  - {name: 西镇, kind: town}\n  - {name: 中镇, kind: town, aliases: [东镇]}\n")
    office.load()
    office.edit(
        "  - {name: 西镇, kind: town}\n  - {name: 中镇, kind: town, aliases: [东镇]}\n",
        "  - {name: 东镇, kind: town, aliases: [西镇]}\n  - {name: 西乡, kind: town, aliases: [中镇]}\n",
    )
    office.load()
    assert towns(office) == {"一号": "西乡", "二号": "东镇"}


def test_a_town_that_becomes_a_department_is_not_told_to_keep_its_name(office: Office) -> None:
    office.edit(WEST, "  - {name: 西办, kind: department, aliases: [西镇]}\n")
    lines = office.refused("targets.yaml")
    assert lines[0] == "西办 is no town or zone any more, but Buildings has records of it: 1."
    assert not any("Was it renamed" in line for line in lines)
