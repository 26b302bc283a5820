"""A file of the first release has no log: nothing is missing from it, and nothing is found in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from kfly.store.log import reading, wholeness
from kfly.store.log.watching import Watch


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE building (id INTEGER PRIMARY KEY, name TEXT)")
        yield db


def test_nothing_is_missing_from_a_log_that_there_is_not(db: sqlite3.Connection) -> None:
    assert not reading.has_log(db)
    assert wholeness.find_unwatched(db) == Watch()
    assert wholeness.count_missing_changes(db) == 0
    assert wholeness.count_missing_groups(db) == 0
    assert wholeness.find_empty_groups(db) == []
    assert wholeness.find_open_groups(db) == []
    assert wholeness.find_unreadable(db) == []


def test_nothing_is_read_from_a_log_that_there_is_not(db: sqlite3.Connection) -> None:
    assert list(reading.read_plan_changes_of_task(db, 2022, 1)) == []
