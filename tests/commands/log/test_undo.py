"""undo takes back what one command did, says what stands in the way, and is itself in the log."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.dated_log import await_second
from tests.support.processes import on_a_terminal
from tests.support.runner import Cli

BUILDING = ("add-building", "--name", "甲", "--town", "南闸街道", "--floor-area", "5000")


@pytest.fixture
def kfly(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    return kfly


def number(kfly: Cli, command: str) -> str:
    """The number of the latest group of a command."""
    return str(next(g["group"] for g in kfly.json("log") if (g["command"] or "").startswith(command)))


def stranger(kfly: Cli, *statements: str) -> None:
    await_second()
    with closing(sqlite3.connect(kfly.db, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def as_user(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for variable in ("LOGNAME", "USER"):
        monkeypatch.setenv(variable, name)


def test_undo_goes_back_step_by_step_until_nothing_is_left(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "floor_area=6000", "owner=集团")
    kfly.ok("remove", "building", "甲", "--reason", "重复")

    assert "building 甲: added (#1)" in kfly.ok("undo")
    assert kfly.json("show", "building", "甲")["floor_area"] == 6000
    assert "building 甲: Floor area (m²) 6,000 → 5,000" in kfly.ok("undo")
    record = kfly.json("show", "building", "甲")
    assert (record["floor_area"], record["owner"]) == (5000, None)
    assert "building 甲: removed (#1)" in kfly.ok("undo")
    assert kfly.json("list", "building") == []
    assert "nothing of" in kfly.refused("undo")


def test_an_undo_is_undone_by_its_number(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("undo")
    kfly.ok("undo", number(kfly, "undo"))
    assert [row["name"] for row in kfly.json("list", "building")] == ["甲"]
    kfly.ok("undo")
    assert kfly.json("list", "building") == []


def test_what_was_taken_back_already_is_refused_with_the_way_to_bring_it_back(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    added = number(kfly, "add-building")
    kfly.ok("undo", added)
    undone = number(kfly, "undo")
    assert kfly.refused("undo", added) == (
        f"#{added} was taken back already, by #{undone}; “kfly undo {undone}” brings it back."
    )


def test_an_id_is_never_used_again_after_an_undo(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("undo")
    kfly.ok(*BUILDING)
    assert [row["id"] for row in kfly.json("list", "building")] == [2]


def test_later_changes_of_the_same_values_stand_in_the_way_and_are_named(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "floor_area=6000")
    first = number(kfly, "set")
    kfly.ok("set", "building", "甲", "floor_area=7000")
    second = number(kfly, "set")

    said = kfly.refused("undo", first)
    assert f"#{first} cannot be taken back" in said
    assert f"#{second} (" in said
    assert "kfly set building 甲 floor_area=7000" in said
    assert f"#{second}" in kfly.refused("undo", number(kfly, "add-building"))


def test_other_values_of_the_same_record_stand_in_nobodys_way(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "floor_area=6000")
    first = number(kfly, "set")
    kfly.ok("set", "building", "甲", "owner=集团")
    kfly.ok("undo", first)
    record = kfly.json("show", "building", "甲")
    assert (record["floor_area"], record["owner"]) == (5000, "集团")


def test_later_changes_that_were_taken_back_stand_in_nobodys_way(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "floor_area=6000")
    first = number(kfly, "set")
    kfly.ok("set", "building", "甲", "floor_area=7000")
    kfly.ok("undo")
    kfly.ok("undo", first)
    assert kfly.json("show", "building", "甲")["floor_area"] == 5000


def test_what_others_refer_to_is_not_taken_away(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    carrier = ("--name", "乙", "--type", "孵化器", "--recognized-on", "2022-03-01", "--building", "甲")
    kfly.ok("add-carrier", *carrier)
    assert "carrier 乙 (#1) refers to what it added" in kfly.refused("undo", number(kfly, "add-building"))


def test_a_record_does_not_come_back_without_what_it_refers_to(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    carrier = ("--name", "乙", "--type", "孵化器", "--recognized-on", "2022-03-01", "--building", "甲")
    kfly.ok("add-carrier", *carrier)
    kfly.ok("remove", "carrier", "乙", "--reason", "x")
    removed = number(kfly, "remove")
    kfly.ok("remove", "building", "甲", "--reason", "x")
    said = kfly.refused("undo", removed)
    assert "carrier 乙 (#1) refers to a building that is no longer there" in said


def test_a_record_whose_name_was_taken_since_is_not_put_back(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("remove", "building", "甲", "--reason", "重复")
    kfly.ok(*BUILDING)
    assert "甲 (#2) has taken its place" in kfly.refused("undo", number(kfly, "remove"))


def test_what_would_break_a_rule_is_refused_with_the_fault(kfly: Cli) -> None:
    kfly.ok(*BUILDING, "--started-on", "2022-06-01")
    kfly.ok("set", "building", "甲", "started_on=2022-01-01")
    moved = number(kfly, "set")
    kfly.ok("set", "building", "甲", "renovated_on=2022-03-01")
    assert "lies before" in kfly.refused("undo", moved)


def test_two_records_that_swapped_their_names_swap_them_back(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok(*BUILDING[:2], "乙", *BUILDING[3:])
    stranger(
        kfly,
        "BEGIN",
        "UPDATE building SET name = 'x' WHERE id = 1",
        "UPDATE building SET name = '甲' WHERE id = 2",
        "UPDATE building SET name = '乙' WHERE id = 1",
        "COMMIT",
    )
    kfly.ok("undo", str(kfly.json("log")[0]["group"]))
    assert [(row["id"], row["name"]) for row in kfly.json("list", "building")] == [(1, "甲"), (2, "乙")]


def test_another_programs_change_is_taken_back_by_its_number_alone(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    stranger(kfly, "UPDATE building SET owner = '集团'")
    group = kfly.json("log")[0]
    assert (group["user"], group["command"]) == (None, None)
    kfly.ok("undo", str(group["group"]))
    assert kfly.json("show", "building", "甲")["owner"] is None
    kfly.ok("undo")
    assert kfly.json("list", "building") == []


def test_a_change_past_the_log_is_noticed(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    stranger(kfly, 'DROP TRIGGER "building after update"', "UPDATE building SET floor_area = 1")
    assert "building 甲 was changed past the log" in kfly.refused("undo", number(kfly, "add-building"))


def test_a_column_that_came_later_is_left_alone(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "owner=集团")
    kfly.ok("remove", "building", "甲", "--reason", "x")
    stranger(kfly, "ALTER TABLE building ADD COLUMN colour TEXT")
    for _step in range(3):
        kfly.ok("undo")
    assert kfly.json("list", "building") == []


def test_a_value_of_a_later_column_stands_in_the_way_of_taking_the_record_away(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    stranger(kfly, "ALTER TABLE building ADD COLUMN colour TEXT")
    kfly.ok("add-policy", "--name", "办法")  # from now on the column is logged
    stranger(kfly, "UPDATE building SET colour = 'red'")
    assert "another program" in kfly.refused("undo", number(kfly, "add-building"))


def test_a_column_that_is_gone_is_missed_only_where_it_is_needed(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "owner=集团")
    needing = number(kfly, "set")
    kfly.ok("set", "building", "甲", "floor_area=6000")
    stranger(
        kfly,
        *(
            f'DROP TRIGGER "building {event}"'
            for event in ("before insert", "after insert", "after update", "after delete")
        ),
        "DROP VIEW 楼宇",
        "ALTER TABLE building DROP COLUMN owner",
        "DELETE FROM fields WHERE kind = 'building' AND name = 'owner'",
    )
    run = kfly("undo")
    assert (run.code, "put back" in run.err) == (0, True)
    run = kfly("undo", needing)
    assert run.code == 1
    assert "the kind building has lost its field owner" in run.err
    assert "column building.owner is gone" in run.err


def test_each_user_takes_back_what_is_theirs(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "li")
    kfly.ok(*BUILDING)
    as_user(monkeypatch, "wang")
    assert "wang" in kfly.refused("undo")
    kfly.ok("add-policy", "--name", "办法")
    as_user(monkeypatch, "li")
    kfly.ok("undo")
    assert (kfly.json("list", "building"), len(kfly.json("list", "policy"))) == ([], 1)


def test_the_making_of_the_database_is_not_taken_back(kfly: Cli) -> None:
    assert "made the database itself" in kfly.refused("undo", "1")


def test_a_change_of_the_tables_is_not_taken_back(kfly: Cli) -> None:
    from kfly.services.session import Session
    from kfly.store.log import groups

    with Session(kfly.db, ("load", "targets.yaml")).writing() as desk:
        desk.db.execute("ALTER TABLE building ADD COLUMN colour TEXT")
        desk.db.execute("UPDATE plan SET due_soon_days = 7")
        groups.note_reshaped(desk.db)
    assert "changed the tables themselves" in kfly.refused("undo")
    assert "kfly load targets.yaml" in kfly.refused("undo", "2")


@pytest.mark.parametrize("which", ["99", "0", "-1", "-12", "99999999", "9" * 5000])
def test_a_number_that_is_none_is_refused(kfly: Cli, which: str) -> None:
    said = kfly.refused("undo", which)
    assert said.startswith(f"There is no change #{which[:20]}")
    assert said.endswith("; “kfly log” lists them.")


@pytest.mark.parametrize("which", ["甲", "1.5", "", "²", "--1"])
def test_what_is_no_number_is_wrong_usage(kfly: Cli, which: str) -> None:
    kfly.refused("undo", which, code=2)


def test_an_option_that_is_none_is_not_taken_for_a_number(kfly: Cli) -> None:
    assert "There is no option -x" in kfly.refused("undo", "-x", code=2)
    assert "There is no option -x" in kfly.refused("undo", "-x", "-1", code=2)


def test_a_number_may_be_written_as_the_log_writes_it(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("undo", "#2")
    assert kfly.json("list", "building") == []


def test_a_sign_off_is_taken_back_with_its_evidence(kfly: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    kfly.ok("done", "1", "--on", "2022-03-01", "--evidence", "a.txt")
    kfly.ok("undo")
    assert kfly.json("task", "1")["history"] == []


def test_a_reopened_task_is_signed_off_again_unless_somebody_did_so_since(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-03-01")
    kfly.ok("reopen", "1", "--reason", "错")
    reopened = number(kfly, "reopen")
    kfly.ok("done", "1", "--on", "2022-04-01")
    assert "task 1 was signed off anew since" in kfly.refused("undo", reopened)
    kfly.ok("undo")
    kfly.ok("undo")
    assert kfly.json("task", "1")["signed_off_on"] == "2022-03-01"


def test_a_renamed_town_gets_its_name_back_everywhere(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    stranger(
        kfly, "PRAGMA foreign_keys = ON", "UPDATE organisations SET name = '新闸街道' WHERE name = '南闸街道'"
    )
    kfly.ok(*BUILDING[:2], "乙", "--town", "新闸街道", "--floor-area", "1")
    renamed = next(str(g["group"]) for g in kfly.json("log") if g["command"] is None)
    said = kfly.ok("undo", renamed)
    assert "organisation Nanzha Subdistrict: name 新闸街道 → 南闸街道" in said
    assert {row["town"] for row in kfly.json("list", "building")} == {"南闸街道"}
    kfly.ok("undo", number(kfly, "undo"))
    assert {row["town"] for row in kfly.json("list", "building")} == {"新闸街道"}


def test_an_import_is_taken_back_and_brought_in_again(kfly: Cli, tmp_path: Path) -> None:
    rows = "".join(f"人才{n},企业{n},2022-03-01\n" for n in range(500))
    (tmp_path / "t.csv").write_text("姓名,用人单位,引进日期\n" + rows, encoding="utf-8")
    kfly.ok("import", "talent", "t.csv")
    before = kfly.json("list", "talent")
    assert "talent: 500 removed" in kfly.ok("undo")
    assert kfly.json("list", "talent") == []
    assert "talent: 500 added" in kfly.ok("undo", number(kfly, "undo"))
    assert kfly.json("list", "talent") == before


@pytest.mark.slow
def test_on_a_terminal_it_is_shown_and_asked_for(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    english = {"KFLY_LANG": "en"}
    code, seen = on_a_terminal(kfly.folder, "undo", typed="n\n", after="[y/N]", env=english)
    assert (code, len(kfly.json("list", "building"))) == (1, 1)
    assert "building 甲: added (#1)" in seen
    assert "Nothing was taken back." in seen
    code, seen = on_a_terminal(kfly.folder, "undo", typed="y\n", after="[y/N]", env=english)
    assert (code, kfly.json("list", "building")) == (0, [])
    assert "building 甲: removed (#1)" in seen


@pytest.mark.slow
def test_yes_skips_the_question(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    code, seen = on_a_terminal(kfly.folder, "undo", "--yes", env={"KFLY_LANG": "en"})
    assert (code, kfly.json("list", "building")) == (0, [])
    assert "[y/N]" not in seen


def test_a_change_that_came_to_nothing_is_passed_over(kfly: Cli) -> None:
    from kfly.services.session import Session

    kfly.ok(*BUILDING)
    with Session(kfly.db, ("load",)).writing() as desk:
        desk.db.execute("UPDATE building SET owner = 'x'")
        desk.db.execute("UPDATE building SET owner = NULL")
    assert "changed nothing in the end" in kfly.refused("undo", "3")
    kfly.ok("undo")
    assert kfly.json("list", "building") == []
