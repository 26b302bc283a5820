"""What a large group of the log did is counted once; what is told of it is what counting gives."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kfly.plan.changes import ChangeGroup, TableTally
from kfly.services.session import Session
from kfly.store import totals
from kfly.store.log.reading import read_changes_of_record, read_groups
from kfly.store.log.tallies import LARGE, count_changes

COUNTED = (
    'SELECT "table", sum(before IS NULL), sum(before IS NOT NULL AND after IS NOT NULL), sum(after IS NULL)'
    ' FROM changes WHERE id BETWEEN ? AND ? GROUP BY "table" ORDER BY min(id)'
)


@pytest.fixture
def city(tmp_path: Path, word_city_database: Path) -> Path:
    """A database after a command that added, changed and removed many rows of two tables."""
    path = Path(shutil.copy(word_city_database, tmp_path / "kfly.db"))
    with Session(path, ("import",)).writing() as desk:
        numbers = [(f"{number}号",) for number in range(LARGE)]
        desk.db.executemany('INSERT INTO "table" ("index") VALUES (?)', numbers)
        desk.db.execute('UPDATE "table" SET note = ? WHERE id <= 3', ("改",))
        desk.db.execute("UPDATE plan SET name_en = 'Another'")
        desk.db.execute('DELETE FROM "table" WHERE id = 5')
    return path


def tallies(path: Path) -> list[tuple[ChangeGroup, list[TableTally]]]:
    with Session(path).reading() as desk:
        return [(group, count_changes(desk.db, group)) for group in read_groups(desk.db)]


def change_kept(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement)


def test_it_is_told_as_it_is_counted(city: Path) -> None:
    told = tallies(city)
    with closing(sqlite3.connect(city)) as db:
        assert [its for _group, its in told] == [
            [tuple(row) for row in db.execute(COUNTED, (group.first, group.last))] for group, _its in told
        ]
    assert told[-1][1][0] == TableTally("table", LARGE, 3, 1)


def test_it_is_read_and_not_counted_again(city: Path) -> None:
    change_kept(city, 'UPDATE "kept tallies" SET added = added - 1, changed = changed + 1 WHERE position = 0')

    assert tallies(city)[-1][1][0] == TableTally("table", LARGE - 1, 4, 1)


@pytest.mark.parametrize(
    "statement",
    [
        'DELETE FROM "kept tallies" WHERE position = 0',
        'UPDATE "kept tallies" SET added = added + 1',
        'DROP TABLE "kept tallies"',
    ],
)
def test_what_cannot_be_is_counted_anew(city: Path, statement: str) -> None:
    before = tallies(city)
    change_kept(city, statement)

    assert tallies(city) == before


def test_a_table_that_was_taken_away_is_filled_again_by_the_next_command(city: Path) -> None:
    before = tallies(city)
    change_kept(city, 'DROP TABLE "kept tallies"')
    with Session(city, ("load",)).writing() as desk:
        totals.distrust(desk.db)
        desk.db.execute("UPDATE plan SET name_en = 'A third'")

    assert tallies(city)[: len(before)] == before
    with closing(sqlite3.connect(city)) as db:
        assert db.execute('SELECT count(DISTINCT "group") FROM "kept tallies"').fetchone()[0] > 0


def test_one_record_s_changes_are_found_by_an_index(city: Path) -> None:
    with Session(city).reading() as desk:
        asked: list[str] = []
        desk.db.set_trace_callback(asked.append)
        assert len(list(read_changes_of_record(desk.db, "table", 5))) == 2  # it came and went
        desk.db.set_trace_callback(None)
        steps = [row[3] for row in desk.db.execute("EXPLAIN QUERY PLAN " + asked[-1])]
    assert not any(step.startswith("SCAN changes") for step in steps)
