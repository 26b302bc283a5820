"""What SQLite's own checks find is told apart: damage of pages, rows, indexes, references and texts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kfly.store.log.drifts import compare, find_drifts
from kfly.store.soundness import (
    Damage,
    LostReference,
    find_damages,
    find_lost,
    find_removals,
    is_undecodable,
    key_of,
    spell_out,
)

TABLES = """
    CREATE TABLE town (name TEXT PRIMARY KEY);
    CREATE TABLE task (year INTEGER, number INTEGER, PRIMARY KEY (year, number));
    CREATE TABLE building (id INTEGER PRIMARY KEY, town TEXT REFERENCES town, area REAL CHECK (area > 0));
    CREATE TABLE note (id INTEGER PRIMARY KEY, year INTEGER, task INTEGER,
        FOREIGN KEY (year, task) REFERENCES task (year, number));
"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "any.db", isolation_level=None)) as db:
        db.executescript(TABLES)
        yield db


def test_a_whole_file_has_no_damage_and_no_lost_reference(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO building VALUES (1, NULL, 5)")

    assert find_damages(db) == []
    assert list(find_lost(db)) == []


def test_a_row_that_breaks_a_rule_is_told_with_its_table(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("INSERT INTO building VALUES (1, NULL, -5)")
    db.execute("PRAGMA ignore_check_constraints = OFF")

    assert find_damages(db) == [Damage("CHECK constraint failed in building", "building")]


def test_an_index_that_lacks_a_row_is_damage_of_the_index_alone(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO building VALUES (1, NULL, 5), (2, NULL, 6)")
    db.execute("CREATE INDEX areas ON building (area)")
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_master SET sql = sql || ' WHERE area > 5' WHERE name = 'areas'")
    db.execute("PRAGMA writable_schema = RESET")

    damages = find_damages(db)
    assert damages
    assert all(damage.of_index and damage.table is None for damage in damages)


def test_a_schema_that_cannot_be_read_is_one_damage(db: sqlite3.Connection, tmp_path: Path) -> None:
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = 'note'")
    with closing(sqlite3.connect(tmp_path / "any.db")) as opened:
        (damage,) = find_damages(opened)

    assert "malformed database schema (note)" in damage.message


def test_a_name_that_is_no_utf8_is_spelled_out_in_the_damage(db: sqlite3.Connection, tmp_path: Path) -> None:
    db.execute("PRAGMA writable_schema = ON")
    db.execute(
        "UPDATE sqlite_master SET name = CAST(x'6eff' AS TEXT), sql = 'CREATE TABLE' WHERE name = 'note'"
    )
    with closing(sqlite3.connect(tmp_path / "any.db")) as opened:
        (damage,) = find_damages(opened)

    assert r"(n\xff)" in damage.message


def test_what_is_no_damage_is_no_finding(db: sqlite3.Connection) -> None:
    db.close()
    with pytest.raises(sqlite3.ProgrammingError):
        find_damages(db)


def test_a_lost_reference_is_told_with_the_value_of_each_of_its_columns(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO building VALUES (3, '东镇', 5)")
    db.execute("INSERT INTO note VALUES (4, 2022, 7)")

    assert sorted(find_lost(db)) == [
        LostReference("building", 3, "town", "东镇", "town"),
        LostReference("note", 4, "year, task", (2022, 7), "task"),
    ]


def test_a_text_that_is_no_utf8_is_read_spelled_out_and_gathered(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO town VALUES (CAST(x'41ff' AS TEXT)), ('东镇')")
    with pytest.raises(sqlite3.OperationalError) as error:
        db.execute("SELECT name FROM town").fetchall()
    assert is_undecodable(error.value)
    broken = spell_out(db)

    assert {row[0] for row in db.execute("SELECT name FROM town")} == {r"A\xff", "东镇"}
    assert broken == {r"A\xff"}


def test_a_file_without_a_log_says_nothing_of_removals_and_drifts(db: sqlite3.Connection) -> None:
    assert find_removals(db, "building") == {}
    assert list(find_drifts(db, compare(db))) == []


def test_a_key_of_several_columns_is_written_as_the_log_writes_it(db: sqlite3.Connection) -> None:
    (logged,) = db.execute("SELECT json_array(2022, '东镇', NULL)").fetchone()

    assert key_of([2022, "东镇", None]) == logged
