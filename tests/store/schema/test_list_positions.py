"""Lists keep their order when an older database is brought up: rows say the places that they had."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kfly.store.schema.list_positions import LIST_COLUMNS
from tests.support import SCHEMA_4
from tests.support.plan_office import rows
from tests.support.runner import Cli


@pytest.fixture
def old(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    empty.db.write_bytes(gzip.decompress(SCHEMA_4.read_bytes()))
    return empty


def lists(path: Path, *, by_place: bool) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each list, by whose it is and then by their places, or by their coming."""
    found = {}
    for table, column in LIST_COLUMNS.items():
        order = [*(f'"{name}"' for name in column.lists), column.name if by_place else "rowid"]
        found[table] = rows(path, f"SELECT * FROM {table} ORDER BY {', '.join(order)}")
    return found


def test_an_old_list_keeps_its_order_and_the_log_hears_nothing_of_it(old: Cli) -> None:
    before = lists(old.db, by_place=False)
    logged = rows(old.db, "SELECT count(*) FROM changes")
    assert old("set", "building", "1", "note=x").code == 0
    after = lists(old.db, by_place=True)
    assert {table: [row[:-1] for row in its] for table, its in after.items()} == before
    tables = "', '".join(LIST_COLUMNS)
    assert rows(
        old.db, f"SELECT count(*) FROM changes WHERE \"table\" IN ('{tables}') AND id > {logged[0][0]}"
    ) == [(0,)]


def test_from_then_on_another_programs_change_of_a_place_is_logged(old: Cli) -> None:
    assert old("set", "building", "1", "note=x").code == 0
    with closing(sqlite3.connect(old.db, isolation_level=None)) as db:
        db.execute("UPDATE organisation_aliases SET position = 7 WHERE position = 0")
        ((after,),) = db.execute("SELECT after ->> 'position' FROM changes ORDER BY id DESC LIMIT 1")
    assert after == 7
