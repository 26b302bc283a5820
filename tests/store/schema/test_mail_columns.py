"""Schema 5 has more columns for mail: read without them, and added at the first write."""

import gzip
import sqlite3
from contextlib import closing

import pytest

from kfly.store.log import triggers
from kfly.store.log.watching import Watch
from tests.support import SCHEMA_3
from tests.support.runner import Cli

COLUMNS = {("plan", "reply_to"), ("organisations", "email_cc"), ("mailings", "answer")}


@pytest.fixture
def cli(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database of schema 3, from which a mail went out."""
    monkeypatch.setenv("KFLY_LANG", "en")
    empty.db.write_bytes(gzip.decompress(SCHEMA_3.read_bytes()))
    with closing(sqlite3.connect(empty.db)) as db:
        db.execute(
            "INSERT INTO mailings (as_of, recipient, subject, tasks, message_id, tried_at, tries)"
            " VALUES ('2022-12-01', 'a@b.cn', 's', '[[\"2022/1\", \"overdue\"]]', '<1@b.cn>',"
            " '2022-12-01T00:00:00Z', 1)"
        )
        db.commit()
    return empty


def columns(cli: Cli) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(cli.db)) as db:
        return {
            (table, row[1])
            for table in ("plan", "organisations", "mailings")
            for row in db.execute(f"PRAGMA table_info({table})")
        }


def test_it_is_read_as_it_is(cli: Cli) -> None:
    before = cli.db.read_bytes()
    (mailing,) = cli.json("mailings")
    assert (mailing["recipient"], mailing["answer"], mailing["without_workbook"]) == ("a@b.cn", None, False)
    assert cli.json("config")["settings"]["mail.reply_to"]["value"] is None
    cli.ok("overdue", "--email", "--to", "a@b.cn", "--dry-run", "--as-of", "2022-12-05")
    assert cli.db.read_bytes() == before


def test_a_write_adds_what_is_missing_and_the_log_sees_it(cli: Cli) -> None:
    assert not COLUMNS & columns(cli)
    assert cli("set", "building", "1", "owner=甲").code == 0
    assert columns(cli) >= COLUMNS
    with closing(sqlite3.connect(cli.db)) as db:
        assert triggers.find_unwatched(db) == Watch()
        db.execute("UPDATE plan SET reply_to = 'x@b.cn'")
        db.commit()
    assert any(c["table"] == "plan" for c in cli.json("log")[0]["changes"])
    (mailing,) = cli.json("mailings")
    assert (mailing["answer"], mailing["without_workbook"]) == (None, False)
