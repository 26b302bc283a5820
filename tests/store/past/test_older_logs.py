"""What a database of an older release knew is read out of its log, before and after it is brought up."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kfly.plan.model import Plan
from kfly.services.known import find_known
from kfly.services.session import Session
from tests.support import FIRST_RELEASE, SCHEMA_3, SCHEMA_4
from tests.support.dated_log import last_group
from tests.support.runner import Cli


@pytest.fixture(params=[SCHEMA_3, SCHEMA_4], ids=lambda path: path.name.removesuffix(".db.gz"))
def old(empty: Cli, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database of an older release that has a log."""
    monkeypatch.setenv("KFLY_LANG", "en")
    release: Path = request.param
    empty.db.write_bytes(gzip.decompress(release.read_bytes()))
    return empty


def plan_of(cli: Cli, group: int | None = None) -> Plan:
    session = Session(cli.db)
    if group is not None:
        session = session._replace(known=find_known(session, group))
    with session.reading() as desk:
        return desk.plan


def test_it_is_read_without_being_brought_up(old: Cli) -> None:
    before = old.db.read_bytes()
    group = last_group(old.db)
    assert plan_of(old, group) == plan_of(old)
    assert old("status", "--as-known", f"#{group}").code == 0
    assert old.db.read_bytes() == before


def test_lists_stand_as_they_came_whatever_became_of_them_since(old: Cli) -> None:
    group, then = last_group(old.db), plan_of(old)
    with closing(sqlite3.connect(old.db, isolation_level=None)) as db:  # while rows say no places
        db.execute("CREATE TABLE aside AS SELECT * FROM organisation_aliases ORDER BY rowid DESC")
        db.execute("DELETE FROM organisation_aliases WHERE rowid % 2")
        db.execute("INSERT OR IGNORE INTO organisation_aliases SELECT * FROM aside")
        db.execute("UPDATE organisation_aliases SET alias = '旧' || alias WHERE rowid % 3 = 0")
        db.execute("DELETE FROM group_members WHERE rowid % 2")
    assert plan_of(old) != then
    assert plan_of(old, group) == then
    assert old("set", "building", "1", "note=x").code == 0
    with closing(sqlite3.connect(old.db, isolation_level=None)) as db:  # and when they do
        db.execute("UPDATE organisation_aliases SET position = 9 - position")
        db.execute("DELETE FROM group_members")
    assert plan_of(old, group) == then


def test_a_database_without_a_log_says_when_it_will_know(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    empty.db.write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    assert "keeps no log yet" in empty.refused("status", "--as-known", "2022-01-01")
    assert empty("set", "building", "1", "note=x").code == 0
    assert "The log begins at" in empty("status", "--as-known", "2022-01-01").err
    assert "1" in empty("show", "building", "1", "--as-known", "#1").out
