"""What writes the log is put back when it was taken away, and rows that a REPLACE loses are logged."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kfly.plan.changes import Change
from kfly.store.file.database import writing
from kfly.store.log import groups, watching
from kfly.store.log import reading as log
from kfly.store.log.replaced import find_unique_indexes
from kfly.store.log.triggers import find_unwatched
from kfly.store.log.watching import Watch


@pytest.fixture
def stranger(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program with the file open."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def new(db: sqlite3.Connection) -> list[Change]:
    return [change for change in log.read_changes(db, 1, 1 << 40) if change.group > 1]


def count(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA schema_version").fetchone()[0])


def written_into_the_schema(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA writable_schema = ON")
    db.execute("DELETE FROM sqlite_master WHERE name = 'building after update'")


def altered_in_the_schema(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA writable_schema = ON")
    db.execute(
        'UPDATE sqlite_master SET sql = \'CREATE TRIGGER "building after update" AFTER UPDATE ON building'
        " BEGIN SELECT 1; END' WHERE name = 'building after update'"
    )


def dropped_and_the_count_put_back(db: sqlite3.Connection) -> None:
    before = count(db)
    db.execute('DROP TRIGGER "building after update"')
    db.execute(f"PRAGMA schema_version = {before}")
    assert count(db) == before


def the_view_dropped(db: sqlite3.Connection) -> None:
    db.execute("DROP VIEW logged")


def the_view_altered(db: sqlite3.Connection) -> None:
    db.execute("DROP VIEW writer")
    db.execute("CREATE VIEW writer AS SELECT 1 AS by_us")


def the_rows_altered(db: sqlite3.Connection) -> None:
    db.execute('DROP VIEW "building rows"')
    db.execute('CREATE VIEW "building rows" AS SELECT *, \'{}\' AS "as logged" FROM building')


def a_rule_dropped(db: sqlite3.Connection) -> None:
    db.execute('DROP TRIGGER "evidence named in the log is never removed"')


WAYS = [
    *(written_into_the_schema, altered_in_the_schema, dropped_and_the_count_put_back),
    *(the_view_dropped, the_view_altered, the_rows_altered, a_rule_dropped),
]


@pytest.mark.parametrize("take_away", WAYS, ids=lambda way: way.__name__)
def test_what_was_taken_away_past_sqlites_own_count_is_put_back(
    path: Path, take_away: Callable[[sqlite3.Connection], None]
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        take_away(db)
    with writing(path) as db:
        assert watching.watch(db).broken
        assert find_unwatched(db) == watching.watch(db) == Watch()
        db.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 100)")
        db.execute("UPDATE building SET floor_area = 200")
        assert [change.columns for change in new(db)][1] == ("floor_area",)


def test_a_new_column_or_index_is_seen_to_without_a_word(path: Path, stranger: sqlite3.Connection) -> None:
    stranger.execute("ALTER TABLE building ADD COLUMN colour TEXT")
    stranger.execute("CREATE UNIQUE INDEX codes ON talent (code) WHERE code > ''")
    with writing(path) as db:
        watch = watching.watch(db)
        assert watch.broken == ()
        assert {"building rows", "building after update", "talent before insert"} <= {*watch.outdated}
        assert find_unwatched(db) == Watch()


def test_a_group_that_was_forged_is_closed_as_another_programs(
    path: Path, stranger: sqlite3.Connection
) -> None:
    stranger.execute(
        "INSERT INTO change_groups (made_at, user, host, command, first, undoes, open) VALUES"
        " ('2022-01-01T00:00:00Z', 'mayor', 'hall', 'set', (SELECT max(id) + 1 FROM changes), 1, 1)"
    )
    stranger.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 100)")
    assert [(g.user, g.command, g.undoes) for g in log.read_groups(stranger)[1:]] == [(None, None, None)]
    with writing(path) as db, groups.open_group(db, "set building 1"):
        db.execute("UPDATE building SET floor_area = 200")
    made = [(g.user and g.command, g.undoes, g.last - g.first + 1) for g in log.read_groups(stranger)[1:]]
    assert made == [(None, None, 1), ("set building 1", None, 1)]
    assert stranger.execute("SELECT count(*) FROM change_groups WHERE open").fetchone() == (0,)


def test_a_forged_group_without_a_change_is_gone(path: Path, stranger: sqlite3.Connection) -> None:
    stranger.execute(
        "INSERT INTO change_groups (made_at, command, first, open) VALUES"
        " ('2022-01-01T00:00:00Z', 'set', (SELECT max(id) + 1 FROM changes), 1)"
    )
    with writing(path) as db, groups.open_group(db, "add-policy"):
        db.execute("INSERT INTO policy (name) VALUES ('x')")
    assert [g.command for g in log.read_groups(stranger)] == ["init", "add-policy"]


NEXT = "(SELECT max(id) + 1 FROM changes)"


@pytest.mark.parametrize(
    "statement",
    [
        'INSERT INTO changes SELECT 1000, "group", "table", key, before, after FROM changes WHERE id = 1',
        'INSERT INTO changes ("group", "table", key) VALUES (77, \'building\', 1)',
        f"INSERT INTO change_groups (made_at, command, first) VALUES ('2022-01-01T00:00:00Z', 'set', {NEXT})",
        "INSERT INTO change_groups (made_at, first) VALUES ('2022-01-01T00:00:00Z', 1)",
        f"INSERT INTO change_groups (made_at, first) VALUES ('yesterday', {NEXT})",
        f"INSERT INTO change_groups (id, made_at, first) VALUES (99, '2022-01-01T00:00:00Z', {NEXT})",
    ],
)
def test_nothing_is_put_into_the_log_beside_its_order(stranger: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        stranger.execute(statement)


SIGN_OFF = "INTO sign_offs (id, year, task, signed_on, forced, recorded_at) VALUES"


def test_a_sign_off_in_force_that_is_replaced_is_logged_as_removed(stranger: sqlite3.Connection) -> None:
    stranger.execute(f"INSERT {SIGN_OFF} (5, 2022, 1, '2022-01-28', 0, '')")
    stranger.execute(f"INSERT OR REPLACE {SIGN_OFF} (6, 2022, 1, '2022-02-28', 0, '')")
    told = [(c.key, c.before and c.before["signed_on"], c.after is None) for c in new(stranger)]
    assert told == [(5, None, False), (5, "2022-01-28", True), (6, None, False)]


def test_a_sign_off_that_was_taken_back_is_replaced_by_none(stranger: sqlite3.Connection) -> None:
    stranger.execute(f"INSERT {SIGN_OFF} (5, 2022, 1, '2022-01-28', 0, '')")
    stranger.execute("UPDATE sign_offs SET reopened_at = 'x'")
    stranger.execute(f"INSERT OR REPLACE {SIGN_OFF} (6, 2022, 1, '2022-02-28', 0, '')")
    stranger.execute(f"INSERT OR REPLACE {SIGN_OFF} (7, 2022, 2, '2022-02-28', 0, '')")
    assert [c.key for c in new(stranger) if c.after is None] == []
    stranger.execute("UPDATE OR REPLACE sign_offs SET reopened_at = NULL WHERE id = 5")
    assert [c.key for c in new(stranger) if c.after is None] == [6]


@pytest.mark.parametrize(("employer", "code"), [(None, None), ("", None), (None, ""), ("", "")])
def test_empty_parts_of_a_natural_key_are_equal_for_a_replace_too(
    stranger: sqlite3.Connection, employer: str | None, code: str | None
) -> None:
    talent = "INTO talent (name, employer, code, introduced_on) VALUES ('王伟', ?, ?, '2022-03-01')"
    stranger.execute(f"INSERT {talent}", (None, None))
    stranger.execute(f"INSERT OR REPLACE {talent}", (employer, code))
    assert [c.key for c in new(stranger) if c.after is None] == [1]


@pytest.mark.parametrize(
    ("index", "lost"),
    [
        ("ON policy (document_number)", True),
        ("ON policy (document_number COLLATE NOCASE DESC)", True),
        (
            "ON policy (lower(document_number), type) /* by (n */ WHERE issued_on IS NULL AND note = 'a'",
            True,
        ),
        ("ON policy (document_number, coalesce(note, ')'), name || 'WHERE' > '')", True),
        ("ON policy (document_number) WHERE note = 'b'", False),
    ],
)
def test_any_unique_index_of_another_program_is_considered(path: Path, index: str, lost: bool) -> None:
    row = "INTO policy (name, document_number, type, note) VALUES (?, '5A', '机构', 'a')"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f'CREATE UNIQUE INDEX "its (own)" {index}')
    with writing(path) as db:
        watching.watch(db)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for name in ("甲", "乙"):
            db.execute(f"INSERT OR REPLACE {row}", (name,))
        gone = [c.before["name"] for c in new(db) if c.after is None and c.before]
        there = [name for (name,) in db.execute("SELECT name FROM policy ORDER BY id")]
    assert (gone, there) == (["甲"], ["乙"]) if lost else ([], ["甲", "乙"])


def test_no_unique_index_of_our_own_is_forgotten(stranger: sqlite3.Connection) -> None:
    declared = {
        name
        for (name,) in stranger.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'"
        )
    }
    assert {*find_unique_indexes(stranger)} >= declared


def test_another_programs_replacing_finds_the_rows_by_the_indexes(stranger: sqlite3.Connection) -> None:
    plan = stranger.execute(
        'EXPLAIN QUERY PLAN SELECT id FROM "talent rows" WHERE id IS 7 OR'
        " (name, coalesce(employer, ''), coalesce(code, '')) ="
        " (SELECT name, coalesce(employer, ''), coalesce(code, '') FROM (SELECT 'a' AS name,"
        " NULL AS employer, NULL AS code))"
    ).fetchall()
    assert not any(step[3].startswith("SCAN talent") for step in plan)


def test_evidence_is_not_replaced_by_another_program(stranger: sqlite3.Connection) -> None:
    stranger.execute("INSERT INTO evidence_files VALUES ('ab', 1, x'41')")
    with pytest.raises(sqlite3.IntegrityError, match="the log names this evidence"):
        stranger.execute("INSERT OR REPLACE INTO evidence_files VALUES ('ab', 1, x'42')")
