"""The database logs every change itself, whichever program makes it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from kfly.errors import KflyError
from kfly.plan.changes import Change, ChangeGroup
from kfly.store.file.database import writing
from kfly.store.log import groups, triggers, watching
from kfly.store.log import reading as log
from kfly.store.schema import return_tables
from kfly.store.schema.totals_tables import KEPT

BUILDING = {"name": "甲", "town": "南闸街道", "floor_area": 100.0}


@pytest.fixture
def path(bundled_database: Path, tmp_path: Path) -> Path:
    copyfile(bundled_database, tmp_path / "kfly.db")
    return tmp_path / "kfly.db"


@pytest.fixture
def stranger(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program with the file open."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def new(db: sqlite3.Connection, after: int) -> list[Change]:
    return [change for change in log.read_changes(db, 1, 1 << 40) if change.group > after]


def latest(db: sqlite3.Connection) -> ChangeGroup:
    return log.read_groups(db)[-1]


def insert(db: sqlite3.Connection, verb: str = "INSERT", **values: Any) -> None:
    row = {**BUILDING, **values}
    marks = ", ".join("?" * len(row))
    db.execute(f"{verb} INTO building ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def test_what_one_command_does_is_one_group_with_who_when_where(path: Path) -> None:
    with writing(path) as db, groups.open_group(db, "add-building --name 甲"):
        insert(db)
        db.execute("UPDATE building SET floor_area = 200")
    with writing(path) as db:
        group, made = latest(db), new(db, 1)
    assert (group.user, group.command, group.undoes, group.reshaped) == (
        groups.current_user(),
        "add-building --name 甲",
        None,
        False,
    )
    assert group.host
    assert group.made_at.endswith("Z")
    assert [(c.before and c.before["floor_area"], c.after and c.after["floor_area"]) for c in made] == [
        (None, 100),
        (100, 200),
    ]
    assert made[1].columns == ("floor_area",)
    assert {c.group for c in made} == {group.id}
    assert (group.first, group.last) == (made[0].id, made[1].id)


def test_a_command_that_changes_nothing_leaves_no_group(path: Path) -> None:
    with writing(path) as db, groups.open_group(db, "set building 1"):
        pass
    with writing(path) as db:
        assert [group.command for group in log.read_groups(db)] == ["init"]  # the making of the database


def test_what_is_rolled_back_is_not_logged(path: Path) -> None:
    def twice() -> None:
        with writing(path) as db, groups.open_group(db, "x"):
            insert(db)
            insert(db)

    with pytest.raises(KflyError, match="UNIQUE"):
        twice()
    with writing(path) as db:
        assert len(log.read_groups(db)) == 1


def test_another_programs_changes_are_logged_and_say_so(stranger: sqlite3.Connection) -> None:
    insert(stranger)
    stranger.execute("UPDATE building SET owner = '集团'")
    stranger.execute("DELETE FROM building")
    group = latest(stranger)
    assert (group.user, group.host, group.command) == (None, None, None)
    made = new(stranger, 1)
    assert [(c.before is None, c.after is None) for c in made] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert made[1].columns == ("owner",)


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_a_row_that_is_replaced_is_logged_as_changed(stranger: sqlite3.Connection, verb: str) -> None:
    insert(stranger, id=7, owner="集团")
    insert(stranger, verb, id=7, name="乙")
    made = new(stranger, 1)
    assert [(c.before and c.before["name"], c.after and c.after["name"]) for c in made] == [
        (None, "甲"),
        ("甲", "乙"),
    ]
    assert made[1].before
    assert made[1].before["owner"] == "集团"


def test_a_row_that_is_replaced_by_its_natural_key_is_logged_as_removed(stranger: sqlite3.Connection) -> None:
    insert(stranger, id=7)
    insert(stranger, "INSERT OR REPLACE", id=9)
    made = new(stranger, 1)[1:]
    assert [(c.key, c.before is None, c.after is None) for c in made] == [(7, False, True), (9, True, False)]


def test_a_row_that_an_update_replaces_is_logged_as_removed(stranger: sqlite3.Connection) -> None:
    insert(stranger, id=7, owner="集团")
    insert(stranger, id=8, name="乙")
    insert(stranger, id=9, name="丙")
    stranger.execute("UPDATE OR REPLACE building SET id = 7 WHERE id = 8")
    stranger.execute("UPDATE OR IGNORE building SET id = 7 WHERE id = 9")
    stranger.execute("UPDATE building SET owner = '公司' WHERE id = 9")
    removed, moved, changed = new(stranger, 1)[3:]
    assert (removed.key, removed.before and removed.before["owner"], removed.after) == (7, "集团", None)
    assert (moved.key, moved.before and moved.before["id"], moved.after and moved.after["id"]) == (8, 8, 7)
    assert (changed.key, changed.columns) == (9, ("owner",))


def test_rows_that_an_update_replaces_by_their_natural_keys_are_logged_as_removed(
    stranger: sqlite3.Connection,
) -> None:
    for number in (7, 8, 9):
        insert(stranger, id=number, name=str(number))
    stranger.execute("UPDATE OR REPLACE building SET name = '乙'")
    assert stranger.execute("SELECT id FROM building").fetchall() == [(9,)]
    assert [c.key for c in new(stranger, 1) if c.after is None] == [7, 8]


def test_an_insert_that_is_ignored_or_turned_into_an_update_is_logged_as_what_it_was(
    stranger: sqlite3.Connection,
) -> None:
    insert(stranger, id=7)
    insert(stranger, "INSERT OR IGNORE", id=7, name="乙")
    assert len(new(stranger, 1)) == 1
    stranger.execute(
        "INSERT INTO building (id, name, town, floor_area) VALUES (7, '丙', '南闸街道', 1)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name"
    )
    stranger.execute("DELETE FROM building")
    insert(stranger, id=7)
    assert [c.columns for c in new(stranger, 1)][1] == ("name",)
    assert new(stranger, 1)[-1].before is None


def test_a_change_of_the_plan_is_logged_by_its_key(stranger: sqlite3.Connection) -> None:
    stranger.execute("UPDATE targets SET goal = 35 WHERE key = 'buildings_renovated'")
    stranger.execute("UPDATE tasks SET due = '2022-12-31' WHERE number = 11")
    made = new(stranger, 1)
    assert [(c.table, c.key, c.columns) for c in made] == [
        ("targets", "buildings_renovated", ("goal",)),
        ("tasks", "[2022,11]", ("due",)),
    ]


def test_every_table_but_the_log_is_watched(path: Path) -> None:
    with writing(path) as db:
        tables = {
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        }
        watched = {
            name
            for (name,) in db.execute("SELECT tbl_name FROM sqlite_master WHERE name LIKE '% after update'")
        }
    assert tables - watched == {*triggers.NOT_LOGGED, *KEPT, *return_tables.KEPT}


def test_a_column_that_another_program_adds_is_logged_from_the_next_command_on(
    path: Path, stranger: sqlite3.Connection
) -> None:
    insert(stranger)
    stranger.execute("ALTER TABLE building ADD COLUMN colour TEXT")
    with writing(path) as db:
        watching.watch(db)
    stranger.execute("UPDATE building SET colour = 'red'")
    change = new(stranger, 1)[-1]
    assert change.columns == ("colour",)
    assert change.after
    assert change.after["colour"] == "red"


def test_watching_again_changes_nothing(path: Path) -> None:
    with writing(path) as db:
        before = db.execute("PRAGMA schema_version").fetchone()
        watching.watch(db)
        assert db.execute("PRAGMA schema_version").fetchone() == before


def test_a_dropped_trigger_comes_back(path: Path, stranger: sqlite3.Connection) -> None:
    stranger.execute('DROP TRIGGER "building after insert"')
    with writing(path) as db:
        watching.watch(db)
    insert(stranger)
    assert len(new(stranger, 1)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM changes",
        "UPDATE changes SET before = NULL",
        "DELETE FROM change_groups",
        "UPDATE change_groups SET user = 'somebody'",
        "REPLACE INTO changes SELECT * FROM changes WHERE id = 1",
        "INSERT OR REPLACE INTO change_groups SELECT * FROM change_groups",
    ],
)
def test_the_log_is_only_added_to(stranger: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        stranger.execute(statement)


def test_a_column_with_an_odd_name_is_logged_too(path: Path, stranger: sqlite3.Connection) -> None:
    with writing(path) as db:
        db.execute('ALTER TABLE building ADD COLUMN "it\'s ""gr;oup" TEXT')
        watching.watch(db)
    stranger.execute(
        'INSERT INTO building (name, town, floor_area, "it\'s ""gr;oup") VALUES (?, ?, 1, ?)',
        ("甲", "澄江街道", "x"),
    )
    (change,) = new(stranger, 1)
    assert change.after
    assert change.after["it's \"gr;oup"] == "x"


def test_tables_of_other_programs_are_theirs(path: Path, stranger: sqlite3.Connection) -> None:
    stranger.execute("CREATE TABLE pictures (id INTEGER PRIMARY KEY, picture BLOB)")
    stranger.execute("CREATE VIEW big AS SELECT * FROM pictures")
    with writing(path) as db:
        watching.watch(db)
    stranger.execute("INSERT INTO pictures VALUES (1, x'ff00')")
    assert new(stranger, 1) == []


def test_a_rule_of_the_log_that_was_dropped_is_back_with_the_next_write(
    path: Path, stranger: sqlite3.Connection
) -> None:
    stranger.execute('DROP TRIGGER "changes are never removed"')
    stranger.commit()
    with writing(path) as db:
        watching.watch(db)
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        stranger.execute("DELETE FROM changes")


def test_amounts_come_out_of_the_log_as_they_went_in(stranger: sqlite3.Connection) -> None:
    for amount in (0.1, 52000.55, 99999999999.25, 12345.67):
        insert(stranger, name=str(amount), floor_area=amount)
    kept = [change.after for change in new(stranger, 1)]
    assert [row and row["floor_area"] for row in kept] == [0.1, 52000.55, 99999999999.25, 12345.67]
    assert json.dumps(kept)
