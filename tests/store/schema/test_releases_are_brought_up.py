"""Every database that a release has written is brought up whole: read as it is, then written to."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kfly.store.file.database import SCHEMA
from kfly.store.schema.views import read_kind
from tests.support import FIRST_RELEASE, SCHEMA_3, SCHEMA_4
from tests.support.runner import Cli


@pytest.fixture(params=[FIRST_RELEASE, SCHEMA_3, SCHEMA_4], ids=lambda path: path.name.removesuffix(".db.gz"))
def old(empty: Cli, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database of an older release."""
    monkeypatch.setenv("KFLY_LANG", "en")
    release: Path = request.param
    empty.db.write_bytes(gzip.decompress(release.read_bytes()))
    return empty


def schema(path: Path) -> dict[str, str]:
    """The tables, views and triggers, but for those of the kinds of a plan's own."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')")
        return dict(rows.fetchall())


def test_it_has_the_triggers_and_views_of_a_new_one(old: Cli, bundled_database: Path) -> None:
    assert old("set", "building", "1", "note=x").code == 0
    new, brought_up = schema(bundled_database), schema(old.db)
    assert new.keys() <= brought_up.keys()
    own = [name for name in new if "rows" not in name and not name.endswith(("insert", "update", "delete"))]
    own = [
        name for name in own if read_kind(name, new[name]) is None
    ]  # fields that came later stand last there
    assert {name: new[name] for name in own} == {name: brought_up[name] for name in own}
    assert "unwatched" not in old("check").out


def test_from_then_on_no_number_is_infinite(old: Cli) -> None:
    assert old("set", "building", "1", "note=x").code == 0
    with closing(sqlite3.connect(old.db)) as db:
        for statement in ("UPDATE building SET floor_area = 9e999", "UPDATE targets SET goal = -9e999"):
            with pytest.raises(sqlite3.IntegrityError, match=r"infinity is no number|CHECK"):
                db.execute(statement)


def test_whoever_reads_it_changes_nothing(old: Cli) -> None:
    before = old.db.read_bytes()
    for args in (
        ("status",),
        ("log",),
        ("check",),
        ("list", "building"),
        ("task", "1"),
        ("export", "-o", "-"),
    ):
        run = old(*args)
        assert "damaged" not in run.err, args
    assert old.db.read_bytes() == before


def test_an_infinite_number_that_was_there_before_stops_nobody(old: Cli) -> None:
    with closing(sqlite3.connect(old.db, isolation_level=None)) as db:
        db.execute("UPDATE building SET floor_area = 9e999")
    assert "∞" in old.ok("list", "building")
    assert "∞" in old.ok("show", "building", "1")
    assert old("set", "building", "1", "floor_area=100").code == 0
    assert old.ok("log")
    assert "is damaged" not in old("status").err
