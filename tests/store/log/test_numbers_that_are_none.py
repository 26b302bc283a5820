"""Infinity is no number, and a number is logged to its last digit."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.store.file.database import writing
from kfly.store.log import groups, watching
from kfly.store.log.row_reading import read_row
from kfly.store.log.triggers import read_columns

INFINITE = float("inf")


@pytest.fixture
def stranger(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program with the file open, in which there is a row of each table with numbers."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 100)")
        db.execute("INSERT INTO quotas VALUES ('platforms', '南闸街道', 1, 0)")
        yield db


def last(db: sqlite3.Connection) -> dict[str, Any]:
    (text,) = db.execute("SELECT after FROM changes ORDER BY id DESC").fetchone()
    row: dict[str, Any] = json.loads(text)
    return row


def test_every_column_of_numbers_refuses_infinity(stranger: sqlite3.Connection) -> None:
    asked = 0
    for table, columns in read_columns(stranger).items():
        for name in (name for name, its in columns.items() if its.type == "REAL"):
            for number in (INFINITE, -INFINITE):
                stranger.execute("SAVEPOINT a")
                with pytest.raises(sqlite3.IntegrityError, match=r"infinity is no number|CHECK|NOT NULL"):
                    stranger.execute(f'INSERT INTO "{table}" ("{name}") VALUES (?)', (number,))
                changed = f'UPDATE "{table}" SET "{name}" = ?'
                if stranger.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]:
                    with pytest.raises(sqlite3.IntegrityError, match=r"infinity is no number|CHECK"):
                        stranger.execute(changed, (number,))
                    asked += 1
                stranger.execute("ROLLBACK TO a")
                stranger.execute("RELEASE a")
    assert asked > 15


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_a_new_row_with_infinity_is_refused(stranger: sqlite3.Connection, verb: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="infinity is no number"):
        stranger.execute(f"{verb} INTO building (name, town, floor_area) VALUES ('乙', '南闸街道', 9e999)")
    assert stranger.execute("SELECT name FROM building").fetchall() == [("甲",)]


def test_nan_is_an_empty_value_and_refused_where_one_is_required(stranger: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        stranger.execute("UPDATE building SET floor_area = ?", (float("nan"),))
    stranger.execute("UPDATE building SET idle_area = ?", (float("nan"),))
    assert last(stranger)["idle_area"] is None


def test_a_row_in_which_infinity_stood_before_can_be_changed_and_mended(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]
        for name in names:
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 9e999)")
    with writing(path) as db:
        watching.watch(db)
        with groups.open_group(db, "set building 1"):
            db.execute("UPDATE building SET note = 'x'")
            assert last(db)["floor_area"] == INFINITE
            db.execute("UPDATE building SET floor_area = 5")
    with closing(sqlite3.connect(path)) as db:
        assert last(db)["floor_area"] == 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    number=st.floats(allow_nan=False, allow_infinity=False, min_value=0)
    | st.floats(0, 1e6)
    | st.integers(0, 2**63 - 1)
)
@pytest.mark.parametrize("program", ["another", "kfly"])
def test_numbers_are_logged_to_the_last_digit(
    stranger: sqlite3.Connection, program: str, number: float
) -> None:
    stranger.execute("BEGIN")
    if program == "kfly":
        with groups.open_group(stranger, "set building 1"):
            stranger.execute("UPDATE building SET floor_area = ?", (number,))
    else:
        stranger.execute("UPDATE building SET floor_area = ?", (number,))
    (kept,) = stranger.execute("SELECT floor_area FROM building").fetchone()
    logged = last(stranger)["floor_area"]
    stranger.execute("ROLLBACK")
    assert logged == kept


@pytest.mark.parametrize("number", [2**53 + 1, 2**63 - 1, -(2**63)])
def test_large_whole_numbers_are_logged_to_the_last_digit(stranger: sqlite3.Connection, number: int) -> None:
    stranger.execute("UPDATE plan SET due_soon_days = ?", (number,))
    assert last(stranger)["due_soon_days"] == number


def test_ordinary_numbers_are_logged_as_people_write_them(stranger: sqlite3.Connection) -> None:
    stranger.execute("UPDATE building SET floor_area = 52000.55, idle_area = 12")
    (text,) = stranger.execute("SELECT after FROM changes ORDER BY id DESC").fetchone()
    assert '"floor_area":52000.55,"idle_area":12.0,' in text


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('{"a":Inf,"b":-Inf}', {"a": INFINITE, "b": -INFINITE}),
        ('{"name":"Inf, :Inf","a":Inf}', {"name": "Inf, :Inf", "a": INFINITE}),
        (r'{"name":"\"Inf","a":Inf}', {"name": '"Inf', "a": INFINITE}),
        ('{"a":9.0e+999}', {"a": INFINITE}),
        ("{", {}),
        ("[1]", {}),
        ("", {}),
        (None, None),
    ],
)
def test_a_row_of_the_log_is_read_or_stands_as_unreadable(text: str | None, row: Any) -> None:
    assert read_row(text) == row
