"""Rows that are added many at once are logged to the letter as the triggers log them one by one."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.plan.kinds import Value
from kfly.store.file.database import writing
from kfly.store.log import adding, groups
from tests.support.word_city import Store

NAMES = ["id", "name", "town", "floor_area", "owner", "renovated_on"]
AREAS = st.floats(0, 1e12, allow_subnormal=False) | st.integers(1, 10**9).map(lambda n: n / 100)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
ROWS = st.lists(
    st.tuples(TEXTS, AREAS, st.none() | TEXTS, st.sampled_from([None, "2022-03-01"])), min_size=1, max_size=9
)


def number(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Value, ...]]:
    """Rows with ids, and names that tell them apart."""
    return [
        (at, f"{at}{name}", "南闸街道", area, owner, day)
        for at, (name, area, owner, day) in enumerate(rows, start=1)
    ]


def insert_one_by_one(db: sqlite3.Connection, rows: Sequence[tuple[Value, ...]]) -> None:
    listed = ", ".join(NAMES)
    db.executemany(f"INSERT INTO building ({listed}) VALUES (?, ?, ?, ?, ?, ?)", rows)


def read_log(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return db.execute(
        'SELECT c.id, "group", "table", key, typeof(key), before, after, command, first, open'
        ' FROM changes AS c JOIN change_groups AS g ON g.id = "group" WHERE "table" = \'building\''
    ).fetchall()


@settings(deadline=None)  # a busy machine
@given(rows=ROWS, size=st.integers(1, 9))
def test_the_log_is_the_same_to_the_letter(
    bundled_store: Store, rows: list[tuple[Any, ...]], size: int
) -> None:
    db, numbered = bundled_store.db, number(rows)
    batches = [numbered[at : at + size] for at in range(0, len(numbered), size)]
    logs = []
    for is_at_once in (False, True):
        db.execute("SAVEPOINT one_way")
        with groups.open_group(db, "import"):
            if is_at_once:
                adding.add_rows(db, "building", NAMES, batches)
            else:
                insert_one_by_one(db, numbered)
        logs.append(read_log(db))
        db.execute("ROLLBACK TO one_way")
    assert logs[0] == logs[1]
    assert len(logs[0]) == len(rows)


def test_more_rows_than_a_statement_takes_are_all_logged(path: Path) -> None:
    rows = number([("", area, None, None) for area in range(1, 3 * adding.MOST_ROWS)])
    with writing(path) as db, groups.open_group(db, "import"):
        adding.add_rows(db, "building", NAMES, [rows])
    with writing(path) as db:
        assert [row[3] for row in read_log(db)] == [row[0] for row in rows]


def test_what_is_written_afterwards_is_logged_by_the_triggers(path: Path) -> None:
    with writing(path) as db:
        with groups.open_group(db, "import"):
            adding.add_rows(db, "building", NAMES, [number([("", 1, None, None)])])
            db.execute("INSERT INTO talent (name, introduced_on) VALUES ('张三', '2022-03-01')")
        db.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 100)")
        tables = db.execute(
            'SELECT "table", command FROM changes JOIN change_groups AS g ON g.id = "group"'
            " WHERE \"table\" IN ('building', 'talent') ORDER BY changes.id"
        )
        assert tables.fetchall() == [("building", "import"), ("talent", "import"), ("building", None)]


def test_without_a_command_at_work_the_triggers_log_them(path: Path) -> None:
    with writing(path) as db:
        adding.add_rows(db, "building", NAMES, [number([("", 1, None, None)])])
        assert [row[7] for row in read_log(db)] == [None]


def test_what_another_programs_trigger_does_meanwhile_is_logged(path: Path) -> None:
    with writing(path) as db:
        db.execute(
            "CREATE TRIGGER theirs AFTER INSERT ON building BEGIN"
            " INSERT INTO talent (name, introduced_on) VALUES (NEW.name, '2022-03-01'); END"
        )
        with groups.open_group(db, "import"):
            adding.add_rows(db, "building", NAMES, [number([("甲", 1, None, None), ("乙", 2, None, None)])])
        tables = db.execute("SELECT \"table\" FROM changes WHERE \"table\" IN ('building', 'talent')")
        assert sorted(table for (table,) in tables) == ["building", "building", "talent", "talent"]


def test_nobody_can_open_a_group_that_logs_nothing(path: Path) -> None:
    with writing(path) as db, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        db.execute(
            "INSERT INTO change_groups (made_at, command, first, open) VALUES"
            " ('2022-01-01T00:00:00Z', 'set', (SELECT max(id) + 1 FROM changes), 2)"
        )
