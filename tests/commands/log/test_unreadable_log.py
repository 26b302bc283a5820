"""Lines of the log that hold no number, or nothing readable: shown as such, and nobody is stopped by them."""

import gzip
import json
import sqlite3
from contextlib import closing

import pytest

from tests.support import SCHEMA_4
from tests.support.dated_log import await_second
from tests.support.runner import Cli


@pytest.fixture
def old(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database of schema 4, which took infinity for a number."""
    monkeypatch.setenv("KFLY_LANG", "en")
    empty.db.write_bytes(gzip.decompress(SCHEMA_4.read_bytes()))
    stranger(empty, "UPDATE building SET floor_area = 9e999")
    return empty


def stranger(cli: Cli, *statements: str) -> None:
    await_second()
    with closing(sqlite3.connect(cli.db, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def overwrite(cli: Cli, row: str) -> None:
    """What damage to a page, or a program that takes the rules away, does to the last line of the log."""
    with closing(sqlite3.connect(cli.db, isolation_level=None)) as db:
        (sql,) = db.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'changes are never changed'"
        ).fetchone()
        db.execute('DROP TRIGGER "changes are never changed"')
        db.execute("UPDATE changes SET after = ? WHERE id = (SELECT max(id) FROM changes)", (row,))
        db.execute(sql)


def test_an_infinite_number_of_an_older_release_is_shown_and_taken_back(old: Cli) -> None:
    assert "Floor area (m²) 52,000.55 → ∞" in old.ok("log")
    assert "Floor area (m²) 52,000.55 → ∞" in old.ok("log", "building", "1")
    assert old.json("log")[0]["changes"][0]["after"] == {"floor_area": "inf"}
    assert old("undo", "8").code == 0
    assert old.json("show", "building", "1")["floor_area"] == 52000.55
    found = {finding["code"] for finding in json.loads(old("check", "--json").out)}
    assert not found & {"changed_past_the_log", "unreadable_log", "unwatched"}


def test_an_infinite_number_is_mended_by_set(old: Cli) -> None:
    assert "■ Errors" in old("check").out
    assert old("set", "building", "1", "floor_area=52000", "longitude=").code == 0
    assert old("check").code == 0
    assert old.ok("log").startswith("#10")


def test_once_brought_up_the_tables_refuse_it(old: Cli) -> None:
    assert old("set", "building", "1", "floor_area=52000", "longitude=").code == 0
    with pytest.raises(sqlite3.IntegrityError, match="infinity is no number"):
        stranger(old, "UPDATE building SET floor_area = 9e999")


@pytest.mark.parametrize("row", ["{", '{"id":1,"floor_area":nought}', "[]", "x"])
def test_a_line_that_cannot_be_read_is_shown_as_such_and_stops_nobody(kfly: Cli, row: str) -> None:
    kfly.ok("--lang", "en", "add-building", "--name", "甲", "--town", "高新区", "--floor-area", "100")
    kfly.ok("set", "building", "1", "owner=集团")
    overwrite(kfly, row)
    told = "building 甲: changed; the log's line of it cannot be read"
    assert told in kfly.ok("--lang", "en", "log")
    assert told in kfly.ok("--lang", "en", "log", "building", "1")
    (change,) = kfly.json("log")[0]["changes"]
    assert (change["table"], change["key"], change["readable"]) == ("building", 1, False)
    assert kfly.json("task", "1")["number"] == 1
    kfly.ok("log", "task", "1")
    kfly.ok("log", "--since", "2022-01-01")
    line = kfly.refused("--lang", "en", "undo", "3")
    assert line == "#3 cannot be taken back: what the log has of building 甲 cannot be read."
    finding = next(f for f in json.loads(kfly("check", "--json").out) if f["code"] == "unreadable_log")
    assert finding["severity"] == "warning"
    kfly.ok("set", "building", "1", "floor_area=200")
    kfly.ok("undo")
    assert kfly.json("show", "building", "1")["floor_area"] == 100


def test_a_time_that_is_none_is_shown_as_it_is(old: Cli) -> None:
    stranger(old, "INSERT INTO change_groups (made_at, first) SELECT 'yesterday', max(id) + 1 FROM changes")
    stranger(old, "DROP TRIGGER 'logged by others'", "DELETE FROM replaced")
    stranger(old, 'INSERT INTO changes SELECT NULL, 9, "table", key, after, before FROM changes WHERE id = 1')
    assert "#9 · yesterday · another program" in old.ok("log")
    assert "#9" not in old.ok("log", "--since", "2022-01-01")


def test_json_of_a_list_has_no_number_that_is_none(old: Cli) -> None:
    run = old("list", "building", "--json")
    assert (run.code, run.printed) == (1, b"")
    assert "∞" in old.ok("list", "building")
