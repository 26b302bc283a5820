"""The titles that completion offers: a name, the whole key where several share it, few of very many."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from kfly.store.suggestions import MOST_TITLES, find_titles

TABLES = """
    CREATE TABLE fields (kind TEXT, name TEXT, refers_to TEXT, key_position INTEGER);
    INSERT INTO fields VALUES ('building', 'name', NULL, 0), ('building', 'town', NULL, 1),
        ('lot', 'building', 'building', 1), ('lot', 'size', NULL, 0), ('lot', 'price', NULL, NULL);
    CREATE TABLE building (id INTEGER PRIMARY KEY, name TEXT, town TEXT);
    INSERT INTO building VALUES (1, '甲楼', '东镇'), (2, '甲楼', '西镇'), (3, '乙楼', '东镇'),
        (4, NULL, '东镇');
    CREATE TABLE lot (id INTEGER PRIMARY KEY, size REAL, building INTEGER, price REAL);
    INSERT INTO lot VALUES (1, 12.0, 1, 5), (2, 12.0, 3, 5), (3, 12.5, 3, 5),
        (4, 7.0, NULL, 5), (5, 7.0, 3, 5);
"""


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(TABLES)
        yield db


@pytest.mark.parametrize(
    ("beginning", "titles"),
    [
        ("乙", ["乙楼"]),
        ("甲", ["东镇/甲楼", "西镇/甲楼"]),
        ("西镇/", ["西镇/甲楼"]),
        ("东镇/甲", ["东镇/甲楼"]),
        ("东镇/乙", ["东镇/乙楼"]),
        ("丙", []),
        ("", ["乙楼", "东镇/甲楼", "西镇/甲楼"]),
    ],
)
def test_a_shared_name_is_offered_with_its_town(
    db: sqlite3.Connection, beginning: str, titles: list[str]
) -> None:
    assert find_titles(db, "building", beginning) == titles


def test_no_more_are_offered_than_a_person_looks_through(db: sqlite3.Connection) -> None:
    many = [(f"丁{number:04}", "东镇") for number in range(MOST_TITLES * 3)]
    db.executemany("INSERT INTO building (name, town) VALUES (?, ?)", many)

    assert find_titles(db, "building", "丁") == [name for name, _town in many[:MOST_TITLES]]


@pytest.mark.parametrize(
    ("beginning", "titles"),
    [
        ("12", ["乙楼/12", "甲楼/12", "12.5"]),
        ("7", ["/7", "乙楼/7"]),
        ("12.5", ["12.5"]),
        ("乙楼/1", ["乙楼/12", "乙楼/12.5"]),
    ],
)
def test_records_called_by_a_number_are_offered_as_it_is_typed(
    db: sqlite3.Connection, beginning: str, titles: list[str]
) -> None:
    assert find_titles(db, "lot", beginning) == titles
