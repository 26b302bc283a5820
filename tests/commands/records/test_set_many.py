"""``set KIND --where``: many records at once, shown first, all of them or none, one change in the log."""

import pytest

from tests.support.processes import on_a_terminal
from tests.support.runner import Cli

WHERE = ("--where", "town=华士镇")


@pytest.fixture
def kfly(kfly: Cli) -> Cli:
    for number in range(1, 9):
        kfly.ok("add-building", "--name", f"{number}号楼", "--town", "华士镇", "--floor-area", f"{number}00")
    kfly.ok("add-building", "--name", "别处的楼", "--town", "高新区", "--floor-area", "1")
    kfly.ok("set", "building", "8号楼", "ownership=集体")
    return kfly


def owned(kfly: Cli) -> list[str]:
    return [row["name"] for row in kfly.json("list", "building", "--where", "ownership=集体")]


def test_all_that_are_found_are_changed(kfly: Cli) -> None:
    printed = kfly.ok("--lang", "en", "set", "building", *WHERE, "ownership=集体", "--yes").splitlines()

    assert printed[0] == "Buildings: 8 found, 7 changed."
    assert printed[1:6] == [f"  {n}号楼: Ownership — → 集体" for n in range(1, 6)]
    assert printed[6:] == ["  Likewise: 6号楼, 7号楼"]
    assert owned(kfly) == [f"{n}号楼" for n in range(1, 9)]


def test_conditions_and_values_are_as_people_type_them(kfly: Cli) -> None:
    args = ("--where", "建筑面积≥300", "--where", "floor_area<500", "摸排日期=2022年3月1日", "note=a=b", "-y")
    records = kfly.json("set", "building", *args)

    assert [(r["name"], r["surveyed_on"], r["note"]) for r in records] == [
        ("3号楼", "2022-03-01", "a=b"),
        ("4号楼", "2022-03-01", "a=b"),
    ]


def test_a_field_is_cleared_in_all(kfly: Cli) -> None:
    kfly.ok("set", "building", "--where", "ownership=集体", "ownership=", "--yes")

    assert owned(kfly) == []


def test_it_is_one_change_of_the_log_and_taken_back_as_one(kfly: Cli) -> None:
    before = len(kfly.json("log"))
    kfly.ok("set", "building", *WHERE, "ownership=集体", "--yes")

    assert len(kfly.json("log")) == before + 1
    kfly.ok("undo", "--yes")
    assert owned(kfly) == ["8号楼"]


def test_with_nobody_to_ask_it_is_shown_and_refused(kfly: Cli) -> None:
    run = kfly("--lang", "en", "set", "building", *WHERE, "ownership=集体")

    assert (run.code, run.out) == (1, "")
    assert run.err.splitlines()[0] == "Buildings: 8 found, 7 to change:"
    assert run.err.splitlines()[-1] == "Nothing was changed; give --yes to change them."
    assert owned(kfly) == ["8号楼"]


@pytest.mark.parametrize(("typed", "code", "changed"), [("y\n", 0, 8), ("n\n", 1, 1), ("\n", 1, 1)])
def test_on_a_terminal_it_is_shown_and_asked(kfly: Cli, typed: str, code: int, changed: int) -> None:
    ended, seen = on_a_terminal(
        kfly.folder, "--lang", "en", "set", "building", *WHERE, "ownership=集体", typed=typed
    )

    assert ended == code
    assert "8 found, 7 to change:" in seen
    assert "1号楼: Ownership — → 集体" in seen
    assert "Change them? [y/N]" in seen
    assert ("7 changed." in seen) == (code == 0)
    assert len(owned(kfly)) == changed


def test_what_one_record_does_not_take_changes_none(kfly: Cli) -> None:
    kfly.ok("set", "building", "3号楼", "started_on=2022-05-01")
    kfly.ok("set", "building", "5号楼", "started_on=2022-06-01")
    run = kfly("--lang", "en", "set", "building", *WHERE, "renovated_on=2022-05-15", "--yes")

    assert (run.code, run.out) == (1, "")
    assert run.err == ("5号楼: Renovated on: “2022-05-15” lies before Started on, 2022-06-01\n")
    assert kfly.json("list", "building", "--where", "renovated_on!=") == []


def test_two_records_cannot_become_one(kfly: Cli) -> None:
    line = kfly.refused("--lang", "en", "set", "building", *WHERE, "name=新楼", "--yes")

    assert line == "1号楼 and 2号楼 would be the same record."


def test_of_many_refusals_the_first_are_told_and_the_rest_counted(kfly: Cli) -> None:
    for number in range(9, 31):
        kfly.ok("add-building", "--name", f"{number}号楼", "--town", "华士镇", "--floor-area", "1")
    run = kfly("--lang", "en", "set", "building", *WHERE, "floor_area=", "--yes")

    assert run.err.count("Floor area: is required\n") == 20
    assert run.err.endswith("… and 10 more.\n")
    assert len(kfly.json("list", "building", "--where", "floor_area=1")) == 23


def test_nothing_found_or_nothing_to_change_is_no_fault(kfly: Cli) -> None:
    nothing = kfly.ok("--lang", "en", "set", "building", "--where", "town=南闸街道", "note=x")
    same = kfly.ok("--lang", "en", "set", "building", "--where", "ownership=集体", "ownership=集体")

    assert nothing == "Buildings: 0 found, nothing to change.\n"
    assert same == "Buildings: 1 found, nothing to change.\n"
    assert kfly.json("set", "building", "--where", "town=南闸街道", "note=x", "--yes") == []


def test_a_ceiling_that_is_exceeded_is_told_once(kfly: Cli) -> None:
    for number in (1, 2):
        kfly.ok(
            *("add-expenditure", "--purpose", f"{number}期", "--category", "载体改造", "--amount", "4000"),
            *("--paid-on", "2022-06-01"),
        )
    run = kfly("--lang", "en", "set", "expenditure", "--where", "amount=4000", "amount=6000", "--yes")

    assert run.code == 0
    assert run.err == (
        "Special fund spent: the ceiling is exceeded by 2,000 ×10k yuan; it was recorded all the same.\n"
    )
