"""The tables refuse what another program writes wrongly."""

import sqlite3
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.kinds import RESERVED_KINDS, Record
from kfly.store.file.database import reading, writing
from kfly.store.schema.return_tables import KEPT as ENTRIES
from kfly.store.schema.totals_tables import KEPT
from tests.support.word_city import Store

BUILDING: Record = {"name": "楼", "town": "高新区", "floor_area": 5000.0}
FUND = {"name": "基金", "type": "风险投资", "size": 1.5, "registered_on": "2022-03-01"}
SIGN_OFF = "sign_offs (year, task, signed_on, forced, recorded_at)"
REMOVAL = "removals (kind, record, contents, reason, removed_at)"
EVENT = {"name": "会", "venue": "馆", "held_on": "2022-03-01"}


def tables(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} - {
        "sqlite_sequence"
    }


def refused(store: Store, kind: str, **values: object) -> str:
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    with pytest.raises(sqlite3.IntegrityError) as refusal:
        store.db.execute(f'INSERT INTO "{kind}" ({names}) VALUES ({marks})', tuple(values.values()))
    assert store.db.execute(f'SELECT count(*) FROM "{kind}"').fetchone() == (0,)
    return str(refusal.value)


def test_the_names_that_no_kind_may_take_are_those_of_the_plans_own_tables(store: Store) -> None:
    assert set(RESERVED_KINDS) == tables(store.db) - set(store.kinds) - {*KEPT, *ENTRIES}
    assert len(set(RESERVED_KINDS)) == len(RESERVED_KINDS)


def test_every_kind_has_its_table_with_its_fields_and_a_note(store: Store) -> None:
    for kind in store.kinds.values():
        columns = [row[1] for row in store.db.execute(f'PRAGMA table_info("{kind.name}")')]
        assert columns == ["id", *(field.name for field in kind.fields), "note"]


def test_every_table_is_strict(store: Store) -> None:
    strict = {row[1]: row[5] for row in store.db.execute("PRAGMA table_list") if row[2] == "table"}
    assert {name for name in tables(store.db) if not strict[name]} == set()


@pytest.mark.parametrize(
    "day",
    [
        "2022-02-30",
        "2022-13-01",
        "2022-3-1",
        "20220301",
        "2022/03/01",
        "2022-03",
        "2022-03-01 00:00",
        "",
        "x",
    ],
)
@pytest.mark.parametrize("field", ["renovated_on", "surveyed_on", "due_on"])
def test_what_is_no_day_is_refused(store: Store, field: str, day: str) -> None:
    assert "CHECK constraint failed" in refused(store, "building", **BUILDING, **{field: day})


def test_a_day_that_moves_is_refused(store: Store) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        store.insert("building", **BUILDING, renovated_on="now")


@pytest.mark.parametrize("day", [20220301, 2459640, 2459640.5])
def test_a_number_is_no_day(store: Store, day: float) -> None:
    assert "CHECK constraint failed" in refused(store, "building", **BUILDING, renovated_on=day)


@pytest.mark.parametrize("day", ["2022-03-01", "2024-02-29", None])
def test_a_day_is_taken(store: Store, day: str | None) -> None:
    assert store.insert("building", **BUILDING, renovated_on=day) == 1


@pytest.mark.parametrize(
    ("kind", "values", "reason"),
    [
        ("building", {**BUILDING, "floor_area": -0.01}, "CHECK"),
        ("building", {**BUILDING, "floor_area": "五万"}, "cannot store TEXT value in REAL column"),
        ("building", {**BUILDING, "floor_area": b"5000"}, "cannot store BLOB value in REAL column"),
        ("building", {**BUILDING, "floor_area": None}, "NOT NULL"),
        ("building", {**BUILDING, "name": None}, "NOT NULL"),
        ("building", {**BUILDING, "latitude": 90.5}, "CHECK"),
        ("building", {**BUILDING, "longitude": -180.5}, "CHECK"),
        ("building", {**BUILDING, "town": "火星"}, "FOREIGN KEY"),
        ("building", {**BUILDING, "operator": 1}, "FOREIGN KEY"),
        ("building", {**BUILDING, "operator": "甲"}, "cannot store TEXT value in INTEGER column"),
        ("fund", {**FUND, "size": -1}, "CHECK"),
        ("fund", {**FUND, "registered_on": None}, "NOT NULL"),
        ("event", {**EVENT, "participants": 1.5}, "cannot store REAL value in INTEGER column"),
        ("event", {**EVENT, "participants": -1}, "CHECK"),
    ],
)
def test_a_wrong_value_is_refused(store: Store, kind: str, values: dict[str, object], reason: str) -> None:
    assert reason in refused(store, kind, **values)


def test_a_score_above_a_hundred_is_refused(store: Store) -> None:
    store.insert("carrier", name="园", type="孵化器", recognized_on="2022-03-01")
    values = {"carrier": 1, "year": 2022, "assessed_on": "2022-12-01"}
    assert "CHECK" in refused(store, "evaluation", **values, score=100.5)
    assert "INTEGER column" in refused(store, "evaluation", **{**values, "year": "今年"}, score=50)


def test_choices_can_grow_without_another_table(store: Store) -> None:
    assert store.insert("building", **BUILDING, condition="停用") == 1


@pytest.mark.parametrize("code", [None, ""])
@pytest.mark.parametrize("employer", [None, ""])
def test_the_natural_key_is_unique_and_its_empty_parts_are_equal(
    store: Store, employer: str | None, code: str | None
) -> None:
    store.insert("talent", name="王伟", introduced_on="2022-03-01")
    store.insert("talent", name="王伟", introduced_on="2022-03-01", code="7")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        store.insert("talent", name="王伟", introduced_on="2022-04-01", employer=employer, code=code)


def test_a_record_that_is_referred_to_cannot_be_deleted_by_another_program(store: Store) -> None:
    store.insert("building", **BUILDING)
    store.insert("carrier", name="园", type="孵化器", recognized_on="2022-03-01", building=1)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        store.db.execute("DELETE FROM building")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan SET id = 2",
        "UPDATE plan SET ends = '2024-02-30'",
        "UPDATE plan SET language = 'fr'",
        "UPDATE targets SET comparison = 'about' WHERE key = 'platforms'",
        "UPDATE targets SET goal = '三' WHERE key = 'platforms'",
        "UPDATE tasks SET due = '2022-11' WHERE number = 11",
        "UPDATE organisations SET kind = 'planet'",
        "DELETE FROM organisations WHERE name = '高新区'",
        f"INSERT INTO {SIGN_OFF} VALUES (2022, 99, '2022-11-01', 0, '')",
        f"INSERT INTO {SIGN_OFF} VALUES (2022, 1, '2022-11-31', 0, '')",
        f"INSERT INTO {REMOVAL} VALUES ('building', 1, '{{', '', '')",
    ],
)
def test_the_plans_own_tables_refuse_what_is_wrong(store: Store, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.db.execute(statement)


def test_a_town_that_is_renamed_keeps_its_records(store: Store) -> None:
    store.insert("building", **BUILDING)
    store.db.execute("UPDATE organisations SET name = '高新技术区' WHERE name = '高新区'")
    assert store.db.execute("SELECT town FROM building").fetchone() == ("高新技术区",)
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_both_ways_of_opening_hold_foreign_keys(path: Path) -> None:
    with reading(path) as db:
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with writing(path) as db:
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_what_a_table_refuses_is_told_in_one_line(path: Path) -> None:
    with pytest.raises(KflyError) as refusal, writing(path) as db:
        Store(db).insert("building", name="楼", town="高新区", floor_area=-1)
    [line] = refusal.value.lines
    assert line.startswith("SQLite refused, nothing was changed: CHECK constraint failed")
