"""``kfly check`` on what writes the log, and on what was put into it or taken out of it."""

import sqlite3

import pytest

from tests.commands.check.test_check import (
    BUILDING,
    another_program,
    codes,
    findings,
    typed,
    without_triggers,
)
from tests.store.log.test_the_log_watches_itself import WAYS
from tests.support.runner import Cli

NEXT = "(SELECT max(id) + 1 FROM changes)"
FORGED = (
    "INSERT INTO change_groups (made_at, user, command, first, open)"
    f" VALUES ('2022-01-01T00:00:00Z', 'mayor', 'set', {NEXT}, 1)"
)


@pytest.fixture
def cli(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database with a building."""
    monkeypatch.setenv("KFLY_LANG", "en")
    kfly.ok("add-building", "--name", "甲", *BUILDING)
    return kfly


@pytest.mark.parametrize("take_away", WAYS, ids=lambda way: way.__name__)
def test_what_was_taken_away_is_an_error_until_the_next_write_puts_it_back(
    cli: Cli, take_away: object
) -> None:
    assert callable(take_away)
    with another_program(cli) as db:
        take_away(db)
    (finding,) = findings(cli)
    assert (finding["severity"], finding["code"], finding["kind"]) == ("error", "unwatched", None)
    run = typed(cli, finding)
    assert run.code == 0
    assert run.err == (
        "What writes the log of kfly.db had been taken away or altered, and was put back;"
        " “kfly check” looks for what the log does not know.\n"
    )
    assert findings(cli) == []
    cli.ok("set", "building", "1", "note=x")


def test_a_new_column_is_a_warning_until_the_next_write_which_says_nothing(cli: Cli) -> None:
    with another_program(cli) as db:
        db.execute("ALTER TABLE building ADD COLUMN colour TEXT")
    (finding,) = findings(cli)
    assert (finding["severity"], finding["code"]) == ("warning", "unwatched")
    cli.ok("set", "building", "1", "note=x")
    assert findings(cli) == []


def test_a_group_left_open_by_another_program_is_an_error_until_the_next_write(cli: Cli) -> None:
    with another_program(cli) as db:
        db.execute(FORGED)
        db.execute("UPDATE building SET owner = '集团'")
    (finding,) = findings(cli)
    assert (finding["severity"], finding["code"]) == ("error", "forged_group")
    assert typed(cli, finding).code == 0
    assert findings(cli) == []
    assert {(group["user"], group["command"]) for group in cli.json("log")} >= {(None, None)}
    assert "mayor" not in cli.ok("log")


def test_another_programs_trigger_on_the_log_is_an_error_with_the_command_that_drops_it(cli: Cli) -> None:
    with another_program(cli) as db:
        db.execute("CREATE TRIGGER \"my 'own'\" BEFORE INSERT ON changes BEGIN SELECT RAISE(IGNORE); END")
    (finding,) = findings(cli)
    assert (finding["severity"], finding["code"]) == ("error", "strange_trigger")
    with another_program(cli) as db:
        db.execute("DROP TRIGGER \"my 'own'\"")
    assert findings(cli) == []


@pytest.mark.parametrize(
    "statements",
    [
        (FORGED,),
        (FORGED, "DELETE FROM change_groups WHERE open"),
        (f"INSERT INTO change_groups (made_at, first) VALUES ('2022-01-01T00:00:00Z', {NEXT})",),
        ('INSERT INTO changes (id, "group", "table", key) SELECT -7, max(id), \'x\', 1 FROM change_groups',),
        ("UPDATE building SET owner = '集团'", "VACUUM"),
        ("INSERT OR REPLACE INTO building SELECT * FROM building",),
    ],
)
def test_what_was_put_in_is_not_said_to_be_taken_out(cli: Cli, statements: tuple[str, ...]) -> None:
    with another_program(cli) as db:
        for statement in statements:
            db.execute(statement)
    for _time in range(2):
        assert not any("taken out" in finding["message"] for finding in findings(cli))
        cli.ok("set", "building", "1", "note=" + str(_time))


def test_a_group_of_another_program_without_a_change_is_told_as_what_it_is(cli: Cli) -> None:
    with another_program(cli) as db:
        db.execute(f"INSERT INTO change_groups (made_at, first) VALUES ('2022-01-01T00:00:00Z', {NEXT})")
    (finding,) = findings(cli)
    assert finding["message"] == "another program's groups of the log without a change: #3"
    cli.ok("log")


@pytest.mark.parametrize("number", [0.1 + 0.2, 123456789012.34567])
def test_a_change_past_the_log_is_seen_to_the_last_digit(cli: Cli, number: float) -> None:
    with another_program(cli) as db:
        db.execute("UPDATE building SET longitude = ?", (number,))
    before = codes(cli)
    assert "changed_past_the_log" not in before
    near = float(f"{number:.15g}")
    assert near != number
    without_triggers(cli, f"UPDATE building SET longitude = {near!r}")
    assert "changed_past_the_log" in codes(cli)


def test_the_log_of_a_line_too_many_is_no_gap(cli: Cli) -> None:
    with another_program(cli) as db, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        db.execute('INSERT INTO changes (id, "group", "table", key) VALUES (1000, 2, \'x\', 1)')
    assert findings(cli) == []
