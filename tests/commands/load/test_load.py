"""A revised plan is put in place as a whole; records and sign-offs are never lost on the way."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.support.plan_office import TABLE, Office, rows
from tests.support.runner import content


def test_a_plan_that_differs_in_nothing_changes_nothing(office: Office) -> None:
    before = rows(office.cli.db, "SELECT count(*) FROM change_groups")
    told = office.cli.ok("load", "targets.yaml", "tasks_2022.yaml")
    assert told == "The plan is as these files say already; nothing was changed.\n"
    assert rows(office.cli.db, "SELECT count(*) FROM change_groups") == before


def test_a_raised_goal_is_the_only_difference(office: Office) -> None:
    office.edit("at_least: 10", "at_least: 12")
    (change,) = office.load()
    assert (change["table"], change["key"]) == ("targets", "meetings")
    assert (change["before"], change["after"]) == ({"goal": 10.0}, {"goal": 12.0})
    assert office.cli.target("meetings")["goal"] == 12


def test_the_difference_is_told_in_words(office: Office) -> None:
    office.edit("at_least: 10", "at_least: 12")
    goal = "target meetings: goal 10 → 12\n"
    rehearsed = office.cli.ok("load", "targets.yaml", "--dry-run")
    assert rehearsed == goal + "This is what would change; nothing was changed.\n"
    assert office.cli.ok("load", "targets.yaml") == goal + "The plan was revised.\n"


def test_a_rehearsal_shows_the_same_and_changes_nothing(office: Office) -> None:
    office.edit("at_least: 10", "at_least: 12")
    before = content(office.cli.db)
    rehearsed = office.load("--dry-run")
    assert content(office.cli.db) == before
    assert office.load() == rehearsed


def test_a_new_years_table_joins_the_others(office: Office) -> None:
    office.cli.ok("done", "2", "--on", "2022-05-01")
    table = TABLE.replace("2022", "2023").replace("at_least: 4", "at_least: 6")
    (office.cli.folder / "tasks_2023.yaml").write_text(table, encoding="utf-8")
    office.cli.ok("load", "tasks_2023.yaml")
    tasks = office.cli.json("tasks", "--as-of", "2023-07-01")
    assert [(t["year"], t["number"], t["signed_off"]) for t in tasks] == [
        (2022, 1, False),
        (2022, 2, True),
        (2023, 1, False),
        (2023, 2, False),
    ]


def test_milestones_of_a_second_table_start_where_the_first_one_ended(office: Office) -> None:
    table = TABLE.replace("2022", "2023").replace("at_least: 4", "at_least: 6")
    (office.cli.folder / "tasks_2023.yaml").write_text(table, encoding="utf-8")
    office.cli.ok("load", "tasks_2023.yaml")
    # 二〇二二年 asks for 4 by 30 June 2022; 2023 for 6 more by 30 June 2023: 10 in all.
    assert office.cli.target("meetings", "--as-of", "2022-06-30")["expected"] == 4
    assert office.cli.target("meetings", "--as-of", "2023-06-30")["expected"] == 10


def test_a_town_that_keeps_its_old_name_as_an_alias_is_renamed_everywhere(office: Office) -> None:
    office.edit(
        "{name: 东镇, kind: town, aliases: [东乡]}", "{name: 新东街道, kind: town, aliases: [东镇, 东乡]}"
    )
    office.edit("where: {town: 东镇}", "where: {town: 新东街道}")
    assert ("organisations", "东镇") in [(c["table"], c["key"]) for c in office.load()]
    assert office.cli.json("show", "building", "一号")["town"] == "新东街道"
    assert office.cli.json("list", "building", "--where", "town=东镇")[0]["name"] == "一号"
    assert rows(office.cli.db, "PRAGMA foreign_key_check") == []


def test_the_renaming_of_a_town_can_be_taken_back(office: Office) -> None:
    office.edit(
        "{name: 东镇, kind: town, aliases: [东乡]}", "{name: 新东街道, kind: town, aliases: [东镇, 东乡]}"
    )
    office.edit("where: {town: 东镇}", "where: {town: 新东街道}")
    before = office.cli.json("list", "building"), office.cli.json("status")
    office.load()
    office.cli.ok("undo")
    assert (office.cli.json("list", "building"), office.cli.json("status")) == before


def test_a_town_with_records_is_not_let_go(office: Office) -> None:
    office.edit("  - {name: 西镇, kind: town}\n", "")
    lines = office.refused("targets.yaml")
    assert [line for line in lines if line.startswith("西镇 is gone")] == lines[:2]
    assert lines[-1].startswith("Nothing was changed. “--force”")


def test_forced_a_town_goes_with_its_records_and_the_log_keeps_them(office: Office) -> None:
    office.edit("  - {name: 西镇, kind: town}\n", "")
    gone = [
        (c["table"], c["before"]["name"]) for c in office.load("--force") if "name" in (c["before"] or {})
    ]
    assert ("building", "二号") in gone
    assert ("shop", "茶馆") in gone
    assert [row["name"] for row in office.cli.json("list", "building")] == ["一号"]
    assert rows(office.cli.db, "PRAGMA foreign_key_check") == []
    office.cli.ok("undo")
    assert len(office.cli.json("list", "building")) == 2
    assert office.cli.json("show", "shop", "茶馆")["building"] == "二号"


def test_a_signed_off_task_is_not_let_go(office: Office) -> None:
    office.cli.ok("done", "2", "--on", "2022-05-01")
    office.edit(
        "  - {number: 2, title: 办事, lead: [甲局], responsible: [各镇], due: 2022-12-31}\n", "", office.table
    )
    lines = office.refused("tasks_2022.yaml")
    assert lines[0] == "Task 2022/2 is gone from the plan, but was signed off on 2022-05-01: 办事"


def test_one_that_was_reopened_is_not_let_go_either(office: Office) -> None:
    office.cli.ok("done", "2", "--on", "2022-05-01")
    office.cli.ok("reopen", "2", "--reason", "错")
    office.edit(
        "  - {number: 2, title: 办事, lead: [甲局], responsible: [各镇], due: 2022-12-31}\n", "", office.table
    )
    assert office.refused("tasks_2022.yaml")


def test_forced_a_signed_off_task_goes_and_undo_brings_it_back(office: Office) -> None:
    proof = office.cli.folder / "proof.txt"
    proof.write_text("x", encoding="utf-8")
    office.cli.ok("done", "2", "--on", "2022-05-01", "--evidence", str(proof))
    before = office.cli.json("task", "2")
    office.edit(
        "  - {number: 2, title: 办事, lead: [甲局], responsible: [各镇], due: 2022-12-31}\n", "", office.table
    )
    office.cli.ok("load", "tasks_2022.yaml", "--force")
    assert len(office.cli.json("tasks", "--as-of", "2022-05-01")) == 1
    office.cli.ok("undo")
    after = office.cli.json("task", "2")
    assert after.pop("timeline")[-1]["changes"] == ["task 2: removed"]
    before.pop("timeline")
    assert after == before


def test_a_task_without_a_sign_off_goes_quietly(office: Office) -> None:
    office.edit(
        "  - {number: 2, title: 办事, lead: [甲局], responsible: [各镇], due: 2022-12-31}\n", "", office.table
    )
    office.cli.ok("load", "tasks_2022.yaml")
    assert [t["number"] for t in office.cli.json("tasks", "--as-of", "2022-05-01")] == [1]


def test_a_field_and_a_kind_can_be_added_and_are_logged_from_then_on(office: Office) -> None:
    office.targets.write_text(
        office.targets.read_text(encoding="utf-8")
        + "      tax: {type: number, label: {zh: 税收, en: Tax}}\n"
        + "  car:\n    name: {zh: 车, en: Cars}\n    key: [plate]\n    fields:\n"
        + "      plate: {type: text, required: true, label: {zh: 车牌, en: Plate}}\n",
        encoding="utf-8",
    )
    office.load()
    office.cli.ok("set", "shop", "茶馆", "tax=7")
    office.cli.ok("add-car", "--plate", "苏B1")
    logged = rows(office.cli.db, 'SELECT "table", after FROM changes ORDER BY id DESC LIMIT 2')
    assert [table for table, _after in logged] == ["car", "shop"]
    assert '"tax":7.0' in logged[1][1]
    assert office.cli.json("show", "shop", "茶馆")["rent"] == 12.5


def test_a_required_field_may_be_added_though_older_records_lack_it(office: Office) -> None:
    office.edit(
        "      grade:", "      code: {type: text, required: true, label: {zh: 编号, en: Code}}\n      grade:"
    )
    office.load()
    assert office.cli.json("show", "shop", "茶馆")["code"] is None
    assert "--code" in office.cli.refused(
        "add-shop", "--name", "乙", "--town", "西镇", "--building", "二号", code=2
    )


def test_a_field_with_values_is_not_let_go(office: Office) -> None:
    office.edit("      rent: {type: number, minimum: 0, label: {zh: 租金, en: Rent}}\n", "")
    assert office.refused("targets.yaml")[0] == (
        "Shops: Rent is gone, but there are records with a value in it: 1."
    )


def test_forced_a_field_goes_and_its_values_stay_in_the_log(office: Office) -> None:
    office.edit("      rent: {type: number, minimum: 0, label: {zh: 租金, en: Rent}}\n", "")
    lost = [c for c in office.load("--force") if c["table"] == "shop"]
    assert [(c["before"], c["after"]) for c in lost] == [({"rent": 12.5}, {"rent": None})]
    assert "rent" not in office.cli.json("show", "shop", "茶馆")


def test_a_load_that_changed_tables_cannot_be_undone_and_says_so(office: Office) -> None:
    office.edit("      rent: {type: number, minimum: 0, label: {zh: 租金, en: Rent}}\n", "")
    office.load("--force")
    (latest,) = rows(office.cli.db, "SELECT max(id) FROM change_groups")[0]
    assert "table" in office.cli.refused("undo", str(latest))


def test_a_field_of_another_type_is_a_field_that_goes(office: Office) -> None:
    office.edit("rent: {type: number, minimum: 0,", "rent: {type: text,")
    assert "is of another type now" in office.refused("targets.yaml")[0]
    office.load("--force")
    assert office.cli.json("show", "shop", "茶馆")["rent"] is None
    office.cli.ok("set", "shop", "茶馆", "rent=面议")


def test_an_empty_field_goes_quietly(office: Office) -> None:
    office.edit("      opened_on: {type: date, label: {zh: 开业, en: Opened on}}\n", "")
    office.edit("    counts_on: opened_on\n", "")
    office.load()
    assert "opened_on" not in office.cli.json("show", "shop", "茶馆")


def test_a_choice_in_use_is_not_let_go(office: Office) -> None:
    office.edit("choices: [甲, 乙]", "choices: [乙, 丙]")
    assert "may no longer be “甲”" in office.refused("targets.yaml")[0]


def test_choices_grow_without_the_table_being_made_anew(office: Office) -> None:
    office.edit("choices: [甲, 乙]", "choices: [甲, 乙, 丙]")
    office.load()
    assert rows(office.cli.db, "SELECT reshaped FROM change_groups ORDER BY id DESC LIMIT 1") == [(0,)]
    office.cli.ok("set", "shop", "茶馆", "grade=丙")


def test_bounds_that_records_break_are_refused(office: Office) -> None:
    office.edit("minimum: 0, label: {zh: 租金", "minimum: 20, label: {zh: 租金")
    (line,) = office.refused("targets.yaml")
    assert line.startswith("Shops: Rent must lie within 20 … ∞, but there are records beyond: 1.")


def test_a_key_that_no_longer_tells_records_apart_is_refused(office: Office) -> None:
    office.cli.ok("add-shop", "--name", "饭馆", "--town", "西镇", "--building", "二号")
    office.edit("    key: [name]\n    counts_on", "    key: [town]\n    counts_on")
    (line,) = office.refused("targets.yaml")
    assert line.startswith("Shops: 茶馆 (#1) and 饭馆 (#2) would be the same in the new plan, by Town.")


def test_a_kind_with_records_is_not_let_go_and_forced_it_goes_into_the_log(office: Office) -> None:
    text = office.targets.read_text(encoding="utf-8")
    office.targets.write_text(text[: text.index("records:")], encoding="utf-8")
    assert office.refused("targets.yaml")[0].startswith("Shops is gone from the plan's kinds of record")
    lost = [c for c in office.load("--force") if c["table"] == "shop"]
    assert [c["before"]["name"] for c in lost] == ["茶馆"]
    assert office.cli("list", "shop").code == 1


def test_after_a_kind_went_other_programs_can_still_rename_columns_and_read_all_views(office: Office) -> None:
    """SQLite refuses to rename anything while a view names a table that is gone."""
    text = office.targets.read_text(encoding="utf-8")
    office.targets.write_text(text[: text.index("records:")], encoding="utf-8")
    office.load("--force")
    with closing(sqlite3.connect(office.cli.db)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            db.execute(f'SELECT * FROM "{name}"').fetchall()
        db.execute("CREATE TABLE theirs (a)")
        db.execute("ALTER TABLE theirs RENAME COLUMN a TO b")
    office.targets.write_text(text, encoding="utf-8")
    office.cli.ok("load", "targets.yaml")
    shop = ("--name", "新店", "--town", "西镇", "--building", "二号")
    assert "#2" in office.cli.ok("add-shop", *shop)


def test_ids_are_never_used_twice_though_the_table_is_made_anew(office: Office) -> None:
    office.cli.ok("remove", "shop", "茶馆", "--reason", "错")
    office.edit("      grade:", "      tax: {type: number, label: {zh: 税收, en: Tax}}\n      grade:")
    office.load()
    added = office.cli.json("add-shop", "--name", "茶馆", "--town", "西镇", "--building", "二号")
    assert added["id"] == 2


def test_a_faulty_file_is_refused_with_every_fault(office: Office) -> None:
    office.edit("at_least: 10", "at_least: zehn")
    office.edit("kind: department", "kind: departmnt")
    lines = office.refused("targets.yaml")
    assert len(lines) == 2
    assert all(line.startswith("targets.yaml:") for line in lines)


def test_no_file_is_wrong_usage(office: Office) -> None:
    assert office.cli("load").code == 2


def test_what_another_program_left_dangling_is_not_in_the_way_of_a_new_goal(office: Office) -> None:
    with closing(sqlite3.connect(office.cli.db)) as db:
        db.execute("UPDATE shop SET building = 99")
        db.commit()
    office.edit("at_least: 10", "at_least: 12")
    assert office.cli.ok("load", "targets.yaml").startswith("target meetings: goal 10 → 12\n")
    found = json.loads(office.cli("check", "--json").out)
    assert "lost_reference" in {finding["code"] for finding in found}


def test_a_signed_off_number_is_not_given_to_another_task(office: Office) -> None:
    office.cli.ok("done", "2", "--on", "2022-12-01")
    office.edit("title: 办事", "title: 另办一事", office.table)
    told, _advice = office.refused("tasks_2022.yaml")
    assert "was signed off on 2022-12-01 as “办事”, but is “另办一事” now" in told
    office.cli.ok("load", "tasks_2022.yaml", "--force")


def test_a_need_that_has_all_from_its_target_follows_it(office: Office) -> None:
    office.edit("needs: [{target: meetings, at_least: 4}]", "needs: [{target: meetings}]", office.table)
    office.cli.ok("load", "tasks_2022.yaml")
    office.edit("at_least: 10", "at_least: 12")
    office.cli.ok("load", "targets.yaml")
    (need,) = office.cli.json("task", "1")["needs"]
    assert need["goal"] == 12


def test_columns_and_views_of_another_program_outlive_a_kind_made_anew(office: Office) -> None:
    with closing(sqlite3.connect(office.cli.db)) as db:
        db.execute("ALTER TABLE shop ADD COLUMN colour TEXT")
        db.execute("UPDATE shop SET colour = '红'")
        db.execute("CREATE VIEW dear AS SELECT name, colour FROM shop WHERE rent > 10")
        db.commit()
    office.edit("rent: {", "seats: {type: integer, label: {zh: 座位, en: Seats}}\n      rent: {")
    office.cli.ok("load", "targets.yaml")
    assert rows(office.cli.db, "SELECT * FROM dear") == [("茶馆", "红")]


def test_a_kind_that_comes_back_uses_no_number_twice(office: Office) -> None:
    whole = office.targets.read_text(encoding="utf-8")
    office.targets.write_text(whole.partition("records:")[0], encoding="utf-8")
    office.cli.ok("load", "targets.yaml", "--force")
    office.targets.write_text(whole, encoding="utf-8")
    office.cli.ok("load", "targets.yaml")
    shop = ("--name", "新店", "--town", "西镇", "--building", "二号")
    assert "#2" in office.cli.ok("add-shop", *shop)


@pytest.mark.parametrize("year", ["[2022]", "{}", "二〇二二"])
def test_a_year_that_is_none_is_told_and_no_more(office: Office, year: str) -> None:
    office.edit("year: 2022", f"year: {year}", office.table)
    assert "tasks_2022.yaml:1" in office.refused("tasks_2022.yaml")[0]


def test_a_fault_in_the_plan_in_force_is_told_to_be_there(office: Office) -> None:
    office.edit("甲局", "乙局")
    fault, *others, advice = office.refused("targets.yaml")
    assert fault.startswith("the table of 2022 in force: tasks.1.lead[0]: nobody is called “甲局”")
    assert len(others) == 1
    assert "“kfly load” takes targets.yaml and the yearly tables together" in advice
    office.edit("甲局", "乙局", office.table)
    office.cli.ok("load", "targets.yaml", "tasks_2022.yaml")
