"""``add-…``, ``set``, ``remove``, ``show`` and ``list``: what they change, and what they refuse."""

import sqlite3

import pytest

from tests.support.runner import Cli
from tests.support.shelf import Shelf


@pytest.fixture
def one(kfly: Cli, shelf: Shelf) -> Cli:

    def prepare() -> None:
        kfly.ok("add-operator", "--name", "甲机构", "--introduced-on", "2022-01-05")
        kfly.ok(
            *("add-building", "--name", "创新大厦", "--town", "澄江街道", "--floor-area", "52000"),
            *("--operator", "甲机构", "--surveyed-on", "2022-02-10", "--note", "沿江"),
        )

    shelf.lay("a building and its operator", kfly.folder, prepare)
    return kfly


def shown(kfly: Cli, which: str = "1") -> dict[str, object]:
    record: dict[str, object] = kfly.json("show", "building", which, "--as-of", "2022-12-31")
    return record


def test_adding_says_what_was_recorded(kfly: Cli) -> None:
    printed = kfly.ok("--lang", "en", "add-operator", "--name", "甲机构", "--introduced-on", "2022-01-05")

    assert printed == "Recorded 甲机构 as #1.\n"


def test_several_fields_change_at_once(one: Cli) -> None:
    printed = one.ok("set", "building", "创新大厦", "floor_area=5.3万", "started_on=2022-05-01")

    assert "52,000 → 53,000" in printed
    assert "— → 2022-05-01" in printed
    assert (shown(one)["floor_area"], shown(one)["started_on"]) == (53000, "2022-05-01")


def test_nothing_after_the_equals_sign_clears_the_field(one: Cli) -> None:
    one.ok("set", "building", "创新大厦", "operator=", "note=", "surveyed_on= ")

    cleared = shown(one)
    assert (cleared["operator"], cleared["note"], cleared["surveyed_on"]) == (None, None, None)


def test_a_value_may_hold_an_equals_sign(one: Cli) -> None:
    one.ok("set", "building", "创新大厦", "note=a=b==c")

    assert shown(one)["note"] == "a=b==c"


def test_the_same_value_again_is_nothing_to_change(one: Cli) -> None:
    assert (
        one.ok("--lang", "en", "set", "building", "1", "floor_area=5.2万") == "创新大厦: nothing to change.\n"
    )


def test_a_name_can_be_changed(one: Cli) -> None:
    one.ok("set", "building", "创新大厦", "name=科创大厦", "town=华士镇")

    assert (shown(one, "科创大厦")["id"], shown(one, "科创大厦")["town"]) == (1, "华士镇")


REFUSED_CHANGES = {
    "an unknown field": ("foor_area=1", 1, "“floor_area”"),
    "no field at all": ("floor_area", 2, "field=value"),
    "the id": ("id=9", 1, "“id”"),
    "an unknown town": ("town=澄江接道", 1, "“澄江街道”"),
    "an unknown choice": ("ownership=私有", 1, "国有, 集体, 企业"),
    "an unknown operator": ("operator=乙机构", 1, "add-operator"),
    "a half date": ("planned_on=2022-03", 1, "2022-03"),
    "a day that is none": ("planned_on=2022-02-30", 1, "2022-02-30"),
    "a date that runs backwards": ("renovated_on=2022-01-01", 1, "2022-02-10"),
    "a negative area": ("floor_area=-1", 1, "-1"),
    "a unit that does not fit": ("floor_area=5万元", 1, "5万元"),
    "a misplaced comma": ("floor_area=5,20", 1, "5,20"),
    "no number": ("floor_area=nan", 1, "nan"),
    "a required field cleared": ("floor_area=", 1, "Floor area"),
}


@pytest.mark.parametrize("what", REFUSED_CHANGES)
def test_a_change_is_refused(one: Cli, what: str) -> None:
    change, code, told = REFUSED_CHANGES[what]
    before = shown(one)

    assert told in one.refused("--lang", "en", "set", "building", "创新大厦", change, code=code)
    assert shown(one) == before


def test_one_wrong_value_keeps_the_sound_ones_out(one: Cli) -> None:
    one.refused("set", "building", "1", "note=新", "floor_area=viel")

    assert shown(one)["note"] == "沿江"


def test_every_wrong_value_has_a_line(one: Cli) -> None:
    run = one("--lang", "en", "set", "building", "1", "floor_area=viel", "town=火星", "planned_on=bald")

    assert (run.code, run.out, run.err.count("\n")) == (1, "", 3)
    assert [line.partition(":")[0] for line in run.err.splitlines()] == ["Town", "Floor area", "Planned on"]


def test_a_field_given_twice_is_refused(one: Cli) -> None:
    assert "floor_area" in one.refused("set", "building", "1", "floor_area=1", "建筑面积=2", code=2)


def test_the_same_record_again_is_refused_and_points_at_the_first(one: Cli) -> None:
    line = one.refused(
        *("--lang", "en", "add-building", "--name", "创新大厦", "--town", "澄江街道", "--floor-area", "1")
    )

    assert "#1" in line
    assert "kfly set building 1" in line


def test_the_same_name_in_another_town_is_another_record(one: Cli) -> None:
    one.ok("add-building", "--name", "创新大厦", "--town", "华士镇", "--floor-area", "1")

    assert len(one.json("list", "building")) == 2


def test_a_change_cannot_make_two_records_one(one: Cli) -> None:
    one.ok("add-building", "--name", "二号楼", "--town", "澄江街道", "--floor-area", "1")

    assert "#1" in one.refused("--lang", "en", "set", "building", "二号楼", "name=创新大厦")


def test_removed_it_is_gone_and_its_contents_and_the_reason_are_kept(one: Cli) -> None:
    one.ok("remove", "building", "创新大厦", "--reason", "重复登记")

    assert one.json("list", "building") == []
    db = sqlite3.connect(one.db)
    ((kind, record, contents, reason),) = db.execute("SELECT kind, record, contents, reason FROM removals")
    db.close()
    assert (kind, record, reason) == ("building", 1, "重复登记")
    assert '"floor_area": 52000' in contents


def test_an_id_is_never_used_twice(one: Cli) -> None:
    one.ok("remove", "building", "创新大厦", "--reason", "重复登记")

    assert one.json("add-building", "--name", "新楼", "--town", "华士镇", "--floor-area", "1")["id"] == 2


def test_what_others_refer_to_stays_and_they_are_listed(one: Cli) -> None:
    line = one.refused("--lang", "en", "remove", "operator", "甲机构", "--reason", "撤销")

    assert line == "甲机构 cannot be removed: building 创新大厦 (#1) refer to it."


def test_a_reason_is_wanted(one: Cli) -> None:
    assert "--reason" in one.refused("remove", "building", "1", code=2)
    assert "--reason" in one.refused("remove", "building", "1", "--reason", " ", code=2)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("town=澄江街道", 1),
        ("town=华士镇", 0),
        ("floor_area=5.2万", 1),
        ("operator=甲机构", 1),
        ("renovated_on=", 1),
        ("surveyed_on=", 0),
        ("摸排日期=2022年2月10日", 1),
    ],
)
def test_a_list_is_narrowed_by_values_as_people_type_them(one: Cli, condition: str, found: int) -> None:
    assert len(one.json("list", "building", "--where", condition)) == found


def test_conditions_add_up(one: Cli) -> None:
    one.ok("add-building", "--name", "二号楼", "--town", "澄江街道", "--floor-area", "1")
    both = ("--where", "town=澄江街道", "--where", "floor_area=1")

    assert [row["name"] for row in one.json("list", "building", *both)] == ["二号楼"]


def test_a_condition_that_cannot_hold_is_refused(one: Cli) -> None:
    assert "“town”" in one.refused("--lang", "en", "list", "building", "--where", "twon=澄江街道")
    assert "火星" in one.refused("list", "building", "--where", "town=火星")
    assert "town" in one.refused("list", "building", "--where", "town", code=2)


def test_a_list_for_people_counts_what_it_shows(one: Cli) -> None:
    listed = one.ok("--lang", "en", "list", "building")

    assert "\nBuildings: 1\n" in listed
    assert "Surveyed" in listed
    assert one.ok("--lang", "en", "list", "fund").startswith("Funds: 0\n")


def test_the_stage_is_that_of_the_day_asked(one: Cli) -> None:
    one.ok("set", "building", "1", "renovated_on=2022-10-01")

    stages = {day: one.json("show", "building", "1", "--as-of", day) for day in ("2022-02-09", "2022-09-30")}
    assert [record["stage"] for record in stages.values()] == [None, "surveyed"]
    assert shown(one)["stage"] == "renovated"
    assert shown(one)["counts_toward"] == ["buildings_renovated", "large_buildings_renovated"]
