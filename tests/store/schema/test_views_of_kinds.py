"""Each kind has a view in words for other programs, which follows whatever is declared."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support import FIRST_RELEASE
from tests.support.plan_office import Office
from tests.support.runner import Cli

VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view' AND sql LIKE '%in words: a view of kfly%'"


def ask(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def views(cli: Cli) -> set[str]:
    return {name for (name,) in ask(cli.db, VIEWS)}


def columns(path: Path, view: str) -> list[str]:
    return [name for (name,) in ask(path, f"SELECT name FROM pragma_table_info('{view}')")]


@pytest.fixture
def office(empty: Cli) -> Office:
    office = Office(empty)
    office.set_up()
    return office


def test_a_view_is_called_as_people_call_the_kind_and_leaves_personal_columns_out(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲楼", "--town", "南闸街道", "--floor-area", "5.2万", "--phone", "123")
    assert ask(kfly.db, "SELECT 楼宇名称, 所属镇街, 建筑面积（m²） FROM 楼宇") == [
        ("甲楼", "南闸街道", 52000.0)
    ]
    heads = columns(kfly.db, "楼宇")
    assert heads[0] == "id"
    assert {"联系人", "联系电话"}.isdisjoint(heads)
    assert "姓名" not in columns(kfly.db, "高层次人才")


def test_every_view_can_be_read(filled: Cli) -> None:
    for name in views(filled):
        kept = ask(filled.db, f'SELECT count(*) FROM (SELECT * FROM "{name}")')
        assert kept[0][0] >= 0
    assert len(views(filled)) == len(filled.json("kinds"))


def test_a_reference_shows_what_people_see(kfly: Cli) -> None:
    for town in ("南闸街道", "华士镇"):
        kfly.ok("add-building", "--name", "科创楼", "--town", town, "--floor-area", "100")
    kfly.ok("add-building", "--name", "独楼", "--town", "华士镇", "--floor-area", "100")
    for voucher, building in (("1", "华士镇/科创楼"), ("2", "独楼")):
        kfly.ok(
            *("add-expenditure", "--purpose", "改造", "--category", "载体改造", "--amount", "12"),
            *("--voucher-number", voucher, "--paid-on", "2022-05-01", "--building", building),
        )
    kfly.ok(
        *("add-expenditure", "--purpose", "退款", "--category", "载体改造", "--amount=-2"),
        *("--voucher-number", "3", "--paid-on", "2022-06-01", "--corrects", "1"),
    )
    shown = [(record["building"], record["corrects"]) for record in kfly.json("list", "expenditure")]
    assert ask(kfly.db, "SELECT 对应楼宇, 所退支出 FROM 专项资金支出 ORDER BY id") == shown
    assert [building for building, _paid in shown] == ["华士镇/科创楼", "独楼", None]
    assert shown[2][1] == "12/1/2022-05-01/改造"


def test_views_follow_a_load_and_its_undoing(office: Office) -> None:
    assert "Shops" in views(office.cli)
    assert columns(office.cli.db, "Shops") == [
        "id",
        "Name",
        "Town",
        "Building",
        "Grade",
        "Rent",
        "Opened on",
        "Note",
    ]
    office.edit("en: Shops}", "en: Stores}")
    office.edit("label: {zh: 租金, en: Rent}", "label: {zh: 租金, en: Yearly rent}")
    office.load()
    assert "Stores" in views(office.cli)
    assert "Shops" not in views(office.cli)
    assert "Yearly rent" in columns(office.cli.db, "Stores")
    office.cli.ok("undo", "--yes")
    assert "Rent" in columns(office.cli.db, "Shops")
    assert "Stores" not in views(office.cli)
    assert "unwatched" not in office.cli("check").out


def test_views_follow_the_language_of_the_plan(office: Office) -> None:
    office.edit("language: en", "language: zh")
    office.load()
    assert {"店铺", "楼宇"} <= views(office.cli)
    assert ask(office.cli.db, "SELECT 名称, 楼宇 FROM 店铺") == [("茶馆", "二号")]


def test_views_follow_fields_that_come_and_kinds_that_are_called_like_a_view(office: Office) -> None:
    office.edit("      rent:", "      floor: {type: integer, label: {zh: 层, en: Floor}}\n      rent:")
    another = "  shops:\n    name: {zh: 连锁, en: Chains}\n    key: [name]\n    fields:\n"
    another += "      name: {type: text, required: true, label: {zh: 名称, en: Name}}\n  shop:\n"
    office.edit("  shop:\n", another)
    office.load()
    assert {"Shops (shop)", "Chains"} <= views(office.cli)
    assert "Floor" in columns(office.cli.db, "Shops (shop)")


@pytest.mark.parametrize(
    ("label", "view"),
    [
        ("Tasks", "Tasks (shop)"),
        ("changes", "changes (shop)"),
        ("Buildings", "Buildings (shop)"),
        ("sqlite_shops", "shop (sqlite_shops)"),
        ("shop after insert", "shop after insert (shop)"),
        ("A \\\"b\\\" 'c'; --", "A \"b\" 'c'; --"),
    ],
)
def test_a_label_that_is_taken_gets_the_kinds_name(office: Office, label: str, view: str) -> None:
    office.edit("en: Shops}", f'en: "{label}"}}')
    office.load()
    assert view in views(office.cli)
    assert "unwatched" not in office.cli("check").out


def test_a_label_called_id_gives_way_to_the_id(office: Office) -> None:
    office.edit("label: {zh: 等级, en: Grade}", "label: {zh: 等级, en: ID}")
    office.load()
    assert columns(office.cli.db, "Shops")[:5] == ["id", "Name", "Town", "Building", "grade"]


def test_a_view_of_somebody_elses_is_left_alone(office: Office) -> None:
    office.stranger("DROP VIEW Shops")
    office.stranger("CREATE VIEW Shops AS SELECT 1 AS mine")
    office.cli.ok("set", "shop", "茶馆", "rent=13")
    assert ask(office.cli.db, "SELECT * FROM Shops") == [(1,)]
    assert ask(office.cli.db, 'SELECT Rent FROM "Shops (shop)"') == [(13.0,)]


def test_a_view_that_somebody_took_away_comes_back_and_nobody_is_alarmed(office: Office) -> None:
    office.stranger("DROP VIEW Shops")
    run = office.cli("set", "shop", "茶馆", "rent=13")
    assert (run.code, run.err) == (0, "")
    assert "Shops" in views(office.cli)


def test_a_label_that_another_program_changes_is_followed_at_the_next_write(office: Office) -> None:
    office.stranger("UPDATE kinds SET label_en = 'Boutiques' WHERE name = 'shop'")
    office.cli.ok("set", "shop", "茶馆", "rent=13")
    assert "Boutiques" in views(office.cli)


def test_an_older_database_gets_them_at_its_first_write(empty: Cli) -> None:
    empty.db.write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    assert empty("status").code == 0
    assert views(empty) == set()
    assert empty("set", "building", "1", "note=x").code == 0
    assert "楼宇" in views(empty)
    assert ask(empty.db, "SELECT 备注 FROM 楼宇 WHERE id = 1") == [("x",)]


def test_a_backup_and_what_was_known_are_as_ever(office: Office) -> None:
    office.cli.ok("backup", "copy.db")
    assert ask(office.cli.folder / "copy.db", "SELECT Name FROM Shops") == [("茶馆",)]
    office.cli.ok("set", "shop", "茶馆", "rent=13")
    earlier = office.cli.json("list", "shop", "--as-known", "#4")
    assert earlier[0]["rent"] == 12.5
