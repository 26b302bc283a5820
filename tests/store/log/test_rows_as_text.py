"""Rows as the log writes them: numbers to the last digit, whatever type another program gave the column."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from kfly.store.log.row_reading import read_row
from kfly.store.log.row_text import Column, find_key, find_numbers, write_key, write_row

THIRD = 0.1 + 0.2  # 0.30000000000000004


def written(value: Any, type_: str) -> Any:
    """A value of a column of this type, written for the log and read again."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'CREATE TABLE rows_ ("it\'s" {type_})')
        db.execute("INSERT INTO rows_ VALUES (?)", (value,))
        sql = write_row({"it's": Column(0, type_)})
        (text,) = db.execute(f"SELECT {sql} FROM rows_").fetchone()
    row = read_row(text)
    assert row is not None
    return row["it's"]


@pytest.mark.parametrize("type_", ["REAL", "NUMERIC", ""])
@pytest.mark.parametrize("value", [THIRD, 1e9 + 0.1, 1.5, -2.25, 1e300, float("inf"), float("-inf"), None])
def test_a_number_comes_back_to_its_last_digit(value: float | None, type_: str) -> None:
    assert written(value, type_) == value


@pytest.mark.parametrize("type_", ["NUMERIC", "", "TEXT"])
@pytest.mark.parametrize("value", ["甲楼", "1.5米", "it's"])
def test_a_text_in_a_column_of_any_type_stays_a_text(value: str, type_: str) -> None:
    assert written(value, type_) == value


@pytest.mark.parametrize("type_", ["INTEGER", "NUMERIC", ""])
def test_a_whole_number_stays_whole(type_: str) -> None:
    assert written(12345678901234567, type_) == 12345678901234567


def test_only_columns_that_may_hold_fractions_are_looked_through_for_infinite_ones() -> None:
    columns = {
        "id": Column(1, "INTEGER"),
        "name": Column(0, "TEXT"),
        "a": Column(0, "REAL"),
        "b": Column(0, ""),
    }

    assert find_numbers(columns) == ("a", "b")


def test_a_row_is_named_by_its_key_in_the_order_of_its_parts() -> None:
    columns = {"task": Column(2, "INTEGER"), "year": Column(1, "INTEGER"), "title": Column(0, "TEXT")}
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE tasks (task, year, title)")
        db.execute("INSERT INTO tasks VALUES (7, 2022, '修路')")
        key = find_key(columns)
        (named,) = db.execute(f"SELECT {write_key(key)} FROM tasks").fetchone()
        (alone,) = db.execute(f"SELECT {write_key(key[:1], 'tasks.')} FROM tasks").fetchone()

    assert key == ("year", "task")
    assert json.loads(named) == [2022, 7]
    assert alone == 2022
