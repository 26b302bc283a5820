"""A database of the first release opens for ever: read as it is, and brought up at the first write."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kfly import __version__
from kfly.services.session import Session
from kfly.store.file.database import SCHEMA
from kfly.store.log import groups
from kfly.store.log import reading as log
from tests.support import FIRST_RELEASE
from tests.support.runner import Cli


@pytest.fixture
def cli(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database that the first release has written."""
    monkeypatch.setenv("KFLY_LANG", "en")
    empty.db.write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    return empty


def schema(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_reading_it_changes_nothing(cli: Cli) -> None:
    before = cli.db.read_bytes()
    assert [row["name"] for row in cli.json("list", "building")] == ["创新大厦"]
    assert cli.target("buildings_renovated", "--as-of", "2022-11-30")["actual"] == 1
    assert cli.json("tasks", "--state", "done", "--as-of", "2022-11-30")[0]["number"] == 1
    assert cli.db.read_bytes() == before
    assert [path.name for path in cli.folder.iterdir()] == ["kfly.db"]


def test_the_first_write_brings_it_up_and_keeps_a_copy(cli: Cli) -> None:
    before = cli.db.read_bytes()
    run = cli("set", "building", "创新大厦", "floor_area=6万")
    assert run.code == 0
    (copy,) = (path for path in cli.folder.iterdir() if path.name.startswith("kfly-"))
    assert run.err == f"kfly.db was brought up to date for this kfly; the old one is kept as {copy.name}.\n"
    assert (schema(copy), schema(cli.db)) == (1, SCHEMA)
    assert copy.read_bytes()[100:] == before[100:]  # behind the header, which counts changes
    assert cli.json("show", "building", "创新大厦")["floor_area"] == 60000


def test_once_is_enough(cli: Cli) -> None:
    cli("set", "building", "1", "owner=甲")
    assert cli.ok("set", "building", "1", "owner=乙")
    assert len(list(cli.folder.iterdir())) == 2


def test_from_then_on_changes_are_logged(cli: Cli) -> None:
    cli("set", "building", "1", "owner=甲")
    cli.ok("add-tenant", "--name", "乙公司", "--building", "创新大厦", "--moved-in-on", "2022-03-01")
    with closing(sqlite3.connect(cli.db)) as db:
        brought_up, *groups_of_ours = log.read_groups(db)
        made = [
            [(change.table, change.columns) for change in log.read_changes(db, group.first, group.last)]
            for group in groups_of_ours
        ]
    assert brought_up.command == __version__  # what its kinds have now and had not then
    assert made[0] == [("building", ("owner",))]
    assert [table for table, _columns in made[1]] == ["tenant"]


def test_a_refused_write_has_brought_it_up_all_the_same_and_only_once(cli: Cli) -> None:
    assert cli("set", "building", "1", "floor_area=x").code == 1
    assert schema(cli.db) == SCHEMA
    assert cli("set", "building", "1", "floor_area=x").code == 1
    assert len(list(cli.folder.iterdir())) == 2


def test_a_rehearsal_brings_up_nothing(cli: Cli) -> None:
    before = cli.db.read_bytes()
    (cli.folder / "t.csv").write_text("name,town,floor_area\n甲,南闸街道,100\n", encoding="utf-8")
    cli.ok("import", "building", "t.csv", "--dry-run")
    assert cli.db.read_bytes() == before
    assert not list(cli.folder.glob("kfly-*"))


def test_what_first_changed_its_tables_is_not_taken_for_its_making(cli: Cli) -> None:
    with Session(cli.db, ("load", "targets.yaml")).writing() as desk:
        desk.db.execute("UPDATE plan SET due_soon_days = 7")
        groups.note_reshaped(desk.db)
    assert "changed the tables themselves" in cli.refused("undo", "1")


def test_where_it_cannot_be_brought_up_no_copy_is_left(cli: Cli) -> None:
    with closing(sqlite3.connect(cli.db)) as db:
        db.execute("CREATE TABLE changes (mine TEXT)")  # another program has the name
        db.commit()
    before = cli.db.read_bytes()
    assert cli("set", "building", "1", "owner=甲").code == 1
    assert cli.db.read_bytes() == before
    assert [path.name for path in cli.folder.iterdir()] == ["kfly.db"]


REFUND = ("add-expenditure", "--purpose", "退款", "--category", "载体改造", "--paid-on", "2022-05-01")


def test_it_takes_refunds_from_then_on_and_holds_idle_area_against_floor_area(cli: Cli) -> None:
    assert cli("set", "building", "1", "owner=甲").code == 0
    payment = ("add-expenditure", "--purpose", "改造", *REFUND[3:], "--amount", "10")
    cli.ok(*payment)
    cli.ok(*REFUND, "--amount", "-2", "--corrects", "改造")
    assert cli.json("show", "expenditure", "退款")["corrects"] == "改造"
    assert "is more than Floor area" in cli.refused("set", "building", "1", "idle_area=1亿")


def test_a_least_amount_that_a_plan_has_set_itself_stays(cli: Cli) -> None:
    with closing(sqlite3.connect(cli.db)) as db:
        db.execute("UPDATE fields SET minimum = '5' WHERE kind = 'expenditure' AND name = 'amount'")
        db.commit()
    assert cli("set", "building", "1", "owner=甲").code == 0
    assert "must not be below 5" in cli.refused(*REFUND, "--amount", "4")
