"""Reading one county, wherever it lies."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kfly.plan.counties import County
from kfly.services.rollup.county import Job, read_county
from kfly.services.rollup.sources import Source
from tests.support.read_only import nothing_can_be_written_in

DAY = date(2022, 11, 30)


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp())  # pytest's own folders cannot be entered by others
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


def make_one_with_a_log(bundled: Path, folder: Path) -> Path:
    """A copy of a database in whose log alone a building stands, as after a crash."""
    path, other = Path(shutil.copy(bundled, folder / "甲县.db")), folder / "乙县.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "INSERT INTO building (name, town, floor_area, surveyed_on, renovated_on)"
            " VALUES ('楼', '高新区', 60000, '2022-01-02', '2022-02-02')"
        )
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{other}{suffix}")
    return other


def renovated(path: Path) -> Fraction | None:
    county = read_county(Job(Source("乙县", path), DAY, 1, "en"))
    assert isinstance(county, County), county
    return next(row.actual for row in county.rows if row.key == "buildings_renovated")


def test_a_log_beside_a_database_is_read_with_it_and_stays_as_it_is(
    bundled_database: Path, folder: Path
) -> None:
    path = make_one_with_a_log(bundled_database, folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert renovated(path) == 1
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_log_is_read_where_nothing_can_be_written(bundled_database: Path, folder: Path) -> None:
    path = make_one_with_a_log(bundled_database, folder)
    with nothing_can_be_written_in(folder):
        assert renovated(path) == 1


def test_a_half_written_change_is_read_as_if_it_had_not_begun_where_nothing_can_be_written(
    bundled_database: Path, folder: Path
) -> None:
    path = Path(shutil.copy(bundled_database, folder / "乙县.db"))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("UPDATE targets SET goal = 999 WHERE goal IS NOT NULL")
        copy = folder / "copy"
        copy.mkdir()
        folder.chmod(0o755)
        for suffix in ("", "-journal"):
            shutil.copy(f"{path}{suffix}", copy / f"乙县.db{suffix}")
    with nothing_can_be_written_in(copy):
        county = read_county(Job(Source("乙县", copy / "乙县.db"), DAY, 1, "en"))
    assert isinstance(county, County), county
    assert county.rows[0].goal == 30
