"""Entries are kept group by group: what is kept is what the log says, and nobody reads the log for it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from kfly.services.session import Session
from kfly.store.log.entries import read_entries
from tests.support.return_office import ReturnOffice
from tests.support.runner import Cli
from tests.support.shelf import Shelf


@pytest.fixture
def sheets(empty: Cli, shelf: Shelf) -> ReturnOffice:
    office = ReturnOffice(empty)
    shelf.lay("returns in the store", empty.folder, office.set_up)
    return office


@pytest.fixture
def db(sheets: ReturnOffice) -> Iterator[sqlite3.Connection]:
    sheets.bring("2022-03-02", "一号,东镇", "二号,西镇", "三号,东镇")
    sheets.add("2022-03-03", "四号", "南镇")
    sheets.on("2022-03-04", "set", "building", "四号", "floor_area=7")
    with closing(sqlite3.connect(sheets.cli.db, isolation_level=None)) as db:
        yield db


def found(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return sorted(read_entries(db))


EXPECTED = [
    ("building", "东镇", "2022-03-02T04:00:00Z"),
    ("building", "南镇", "2022-03-03T04:00:00Z"),
    ("building", "西镇", "2022-03-02T04:00:00Z"),
]


def test_each_town_of_a_command_is_kept_once(db: sqlite3.Connection) -> None:
    assert found(db) == EXPECTED
    assert db.execute('SELECT count(*) FROM "kept entries"').fetchone() == (3,)


def test_what_was_not_kept_is_read_from_the_log_and_kept_with_the_next_change(
    db: sqlite3.Connection, sheets: ReturnOffice
) -> None:
    db.execute('DELETE FROM "kept entries"')
    db.execute('DELETE FROM "entries kept up to"')
    assert found(db) == EXPECTED
    sheets.cli.ok("set", "building", "四号", "floor_area=8")
    assert db.execute('SELECT count(*) FROM "kept entries"').fetchone() == (3,)
    assert found(db) == EXPECTED


def test_no_line_of_the_log_is_read_for_what_is_kept(db: sqlite3.Connection) -> None:
    db.execute('DROP TRIGGER "changes are never removed"')
    db.execute("DELETE FROM changes")
    assert found(db) == EXPECTED


def test_a_line_that_is_none_is_passed_over(db: sqlite3.Connection) -> None:
    db.execute('DELETE FROM "kept entries"')
    db.execute('DELETE FROM "entries kept up to"')
    db.execute('DROP TRIGGER "changes are never changed"')
    db.execute("UPDATE changes SET after = '{' WHERE after LIKE '%四号%'")
    assert found(db) == [entry for entry in EXPECTED if entry[1] != "南镇"]


def test_a_command_that_changes_nothing_keeps_no_place_for_the_next(
    db: sqlite3.Connection, sheets: ReturnOffice
) -> None:
    with Session(sheets.cli.db, ("add-building",)).writing():
        pass
    sheets.add("2022-03-09", "五号", "西镇")
    assert ("building", "西镇", "2022-03-09T04:00:00Z") in found(db)
