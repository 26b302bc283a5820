"""A group of the log is dated when all of it can be seen, to the microsecond; no program can date it anew."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kfly.services.session import Session

FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


@pytest.fixture
def stranger(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program with the file open."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def add(session: Session, name: str) -> str:
    """Record a building; the moment at which that was still under way."""
    with session.writing() as desk:
        desk.db.execute("INSERT INTO building (name, town, floor_area) VALUES (?, '澄江街道', 100)", (name,))
        return datetime.now(UTC).strftime(FORM)


def dates(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT made_at FROM change_groups ORDER BY id")]


def test_it_is_dated_when_it_closes(path: Path, stranger: sqlite3.Connection) -> None:
    under_way = add(Session(path), "甲")
    assert under_way <= dates(stranger)[-1] <= datetime.now(UTC).strftime(FORM)


def test_two_commands_in_one_second_are_told_apart(path: Path, stranger: sqlite3.Connection) -> None:
    for name in "甲乙丙":
        add(Session(path), name)
    found = dates(stranger)
    assert len(set(found)) == len(found) == 4
    assert found == sorted(found)


def test_what_another_program_does_is_dated_within_its_second(stranger: sqlite3.Connection) -> None:
    before = datetime.now(UTC).strftime(FORM)
    stranger.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '澄江街道', 100)")
    (made_at,) = dates(stranger)[1:]
    assert before[:23] <= made_at.rstrip("Z") <= datetime.now(UTC).strftime(FORM)


@pytest.mark.parametrize(
    "columns",
    [
        "made_at = '2022-01-01T00:00:00Z'",
        "made_at = substr(made_at, 1, 19) || 'Z'",
        "made_at = substr(made_at, 1, 19) || 'x'",
        "made_at = substr(made_at, 1, 19) || '.9999Z', user = 'root'",
        "made_at = substr(made_at, 1, 19) || '.9999Z', reshaped = 1",
        "made_at = substr(made_at, 1, 19) || '.9999Z', open = 1",
    ],
)
def test_nobody_dates_another_programs_group_anew(stranger: sqlite3.Connection, columns: str) -> None:
    stranger.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '澄江街道', 100)")
    with pytest.raises(sqlite3.IntegrityError, match="the log is only added to"):
        stranger.execute(f"UPDATE change_groups SET {columns} WHERE id = 2")


def test_nobody_dates_a_commands_group_anew(path: Path, stranger: sqlite3.Connection) -> None:
    add(Session(path), "甲")
    with pytest.raises(sqlite3.IntegrityError, match="the log is only added to"):
        stranger.execute(
            "UPDATE change_groups SET made_at = substr(made_at, 1, 19) || '.9999999Z' WHERE id = 2"
        )
