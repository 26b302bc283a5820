"""Whatever one command did to the plan's tables, taking it back leaves every row of every table as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kfly.errors import KflyError
from kfly.reports.changes.telling import Words
from kfly.services.session import Session
from kfly.services.undo import Undo
from kfly.store.log import triggers
from kfly.store.schema.totals_tables import KEPT

RENAMED = "UPDATE organisations SET name = '新闸街道', email = 'x@y' WHERE name = '南闸街道'"
LISTS = "DELETE FROM task_organisations WHERE task = 1"
CASES = {
    "places of a list swapped": [
        "UPDATE task_organisations SET position = position + 100 WHERE task = 11 AND role = 'responsible'",
        "UPDATE task_organisations SET position = 107 - position WHERE task = 11 AND role = 'responsible'",
    ],
    "places of a list moved up": [
        "DELETE FROM task_organisations WHERE task = 11 AND role = 'responsible' AND position = 0",
        *(
            f"UPDATE task_organisations SET position = {n - 1}"
            f" WHERE task = 11 AND role = 'responsible' AND position = {n}"
            for n in range(1, 8)
        ),
    ],
    "a list written anew": [
        LISTS,
        "INSERT INTO task_organisations VALUES (2022, 1, 'lead', 0, '市财政局')",
        "INSERT INTO task_organisations VALUES (2022, 1, 'lead', 1, '市科技局')",
    ],
    "a task and all that hangs on it": [
        LISTS,
        "UPDATE deliverables SET task_year = NULL, task = NULL WHERE task = 1",
        "DELETE FROM tasks WHERE number = 1",
    ],
    "a task and its number given to another": [
        *("PRAGMA defer_foreign_keys = ON", LISTS),
        "UPDATE deliverables SET task_year = NULL, task = NULL WHERE task = 1",
        "DELETE FROM tasks WHERE number = 1",
        "INSERT INTO tasks (year, number, title_zh, title_en, due) VALUES (2022, 1, '新', 'N', '2022-12-31')",
        "INSERT INTO task_organisations VALUES (2022, 1, 'lead', 0, '市财政局')",
    ],
    "a town renamed, and all that follows": [RENAMED],
    "a town renamed twice": [RENAMED, "UPDATE organisations SET name = '老闸街道' WHERE name = '新闸街道'"],
    "two towns that swap their names": [
        "UPDATE organisations SET name = 'x' WHERE name = '南闸街道'",
        "UPDATE organisations SET name = '南闸街道' WHERE name = '云亭街道'",
        "UPDATE organisations SET name = '云亭街道' WHERE name = 'x'",
    ],
    "a target under another key": [
        "PRAGMA defer_foreign_keys = ON",
        "UPDATE targets SET key = 'renovated' WHERE key = 'buildings_renovated'",
        "UPDATE task_needs SET target = 'renovated' WHERE target = 'buildings_renovated'",
    ],
    "all targets in another order, one counted anew": [
        "UPDATE targets SET position = 11 - position",
        "INSERT INTO metrics VALUES (99, 'building', NULL, 1, NULL, 0)",
        "INSERT INTO metric_conditions VALUES (99, 0, 'floor_area', '>=', '1', 0)",
        "UPDATE targets SET metric = 99, goal = 30.5 WHERE key = 'operators'",
    ],
    "words of the kinds": [
        "UPDATE fields SET label_zh = '面积', unit = NULL WHERE name = 'floor_area'",
        "DELETE FROM field_words WHERE kind = 'building' AND role = 'choice'",
    ],
}


def dump(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = (t for t in tables if t not in (*triggers.NOT_LOGGED, *KEPT) and not t.startswith("sqlite_"))
        return {name: sorted(db.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in kept}


def do(path: Path, *statements: str) -> int:
    with Session(path, ("load",)).writing() as desk:
        for statement in statements:
            desk.db.execute(statement)
        return int(desk.db.execute("SELECT max(id) FROM change_groups").fetchone()[0])


def undo(path: Path, number: int) -> int:
    with Session(path, ("undo",)).writing(undoes=number) as desk:
        Undo(desk, Words).apply(Undo(desk, Words).find(number))
        return int(desk.db.execute("SELECT max(id) FROM change_groups").fetchone()[0])


@pytest.fixture
def filled(path: Path) -> Path:
    do(
        path,
        "INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 1), ('乙', '云亭街道', 2)",
    )
    return path


@pytest.mark.parametrize("statements", CASES.values(), ids=CASES.keys())
def test_what_was_done_is_undone_and_done_again(filled: Path, statements: list[str]) -> None:
    before = dump(filled)
    number = do(filled, *statements)
    after = dump(filled)
    assert after != before
    undone = undo(filled, number)
    assert dump(filled) == before
    undo(filled, undone)
    assert dump(filled) == after


def test_a_change_made_under_a_name_is_undone_under_a_later_one(filled: Path) -> None:
    number = do(filled, "UPDATE organisations SET email = 'a@b' WHERE name = '南闸街道'")
    do(filled, "UPDATE organisations SET name = '新闸街道' WHERE name = '南闸街道'")
    undo(filled, number)
    assert ("新闸街道", None) in [(row[0], row[3]) for row in dump(filled)["organisations"]]


@pytest.mark.parametrize(
    "later",
    [
        "UPDATE organisations SET email = 'c@d' WHERE name = '新闸街道'",
        "UPDATE organisations SET name = '老闸街道' WHERE name = '新闸街道'",
    ],
)
def test_a_later_change_under_the_new_name_stands_in_the_way(filled: Path, later: str) -> None:
    number = do(filled, RENAMED)
    do(filled, later)
    before = dump(filled)
    with pytest.raises(KflyError, match="later changes"):
        undo(filled, number)
    assert dump(filled) == before


def test_a_refusal_in_the_middle_leaves_nothing_behind(filled: Path) -> None:
    number = do(filled, "DELETE FROM building WHERE name = '甲'", "UPDATE plan SET award = 90")
    do(filled, "INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 3)")
    before = dump(filled)
    with pytest.raises(KflyError, match="taken its place"):
        undo(filled, number)
    assert dump(filled) == before
