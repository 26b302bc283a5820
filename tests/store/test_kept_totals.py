"""What is kept of totals is what counting all records gives, whatever was changed by whomever."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.services.session import Session
from kfly.store import records, spans, totals
from kfly.store.plan.kinds import read_kinds
from kfly.store.plan.reading import read_metrics
from kfly.store.schema.totals_tables import KEPT

TOWNS = [None, "东镇", "西镇", "南区"]
DAYS = ["2025-01-01", "2025-02-28", "2025-03-02"]
ORDER = "INSERT INTO \"order\" (\"select\", on_day, \"values\") VALUES ('甲', '2025-03-02', '甲')"
AMOUNTS = [None, 0.1, 877.133578, 1e6, 12.5]

orders = st.fixed_dictionaries(
    {
        "select": st.sampled_from("甲乙丙丁戊"),
        "limit": st.sampled_from([None, -1, 0, 2]),
        "group": st.sampled_from(TOWNS),
        "from": st.sampled_from(AMOUNTS),
        "values": st.sampled_from([None, "甲", "丙"]),
        "table": st.sampled_from([None, 1, 2]),
        "on_day": st.sampled_from([None, *DAYS]),
        "until": st.sampled_from([None, *DAYS]),
        "check": st.sampled_from([None, *DAYS]),
    }
)
steps = st.one_of(
    st.tuples(st.just("add"), orders),
    st.tuples(st.just("change"), st.integers(1, 6), orders),
    st.tuples(st.just("remove"), st.integers(1, 6)),
    st.tuples(st.just("rename"), st.sampled_from([1, 2]), st.sampled_from(["一号", "二号", "三号"])),
)


def kept(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What is kept of each question that the plan asks."""
    return {
        name: [
            (its.town or None, since, until or None, steps)
            for its in totals.read(db, number)
            for since, until, steps in zip(its.since, its.until, its.steps, strict=True)
            if steps
        ]
        for name, (number, _scale) in totals.find_kept(db).items()
    }


def counted(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """The same, counted record by record."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for metric in read_metrics(db).values():
        for by_town in {metric.towns is not None, True}:
            its = spans.count(db, metric, by_town=by_town)
            name = totals.name_question(metric, by_town=by_town)
            found[name] = sorted(
                (
                    (s.town, s.since.isoformat(), s.until and s.until.isoformat(), int(s.amount * its.scale))
                    for s in its
                    if s.amount
                ),
                key=lambda row: tuple(part or "" for part in row[:3]),
            )
    return found


def carry_out(db: sqlite3.Connection, step: tuple[object, ...]) -> None:
    """Do one thing to the orders; what the database refuses is not done."""
    order = next(kind for kind in read_kinds(db) if kind.name == "order")
    try:
        if step[0] == "add":
            records.insert(db, order, step[1])  # type: ignore[arg-type]
        elif step[0] == "change":
            records.update(db, order, *step[1:])  # type: ignore[arg-type]
        elif step[0] == "remove":
            db.execute('DELETE FROM "order" WHERE id = ?', step[1:])
        else:
            db.execute('UPDATE OR IGNORE "table" SET "index" = ? WHERE id = ?', (step[2], step[1]))
    except sqlite3.IntegrityError:
        pass


@pytest.fixture
def city(tmp_path: Path, word_city_database: Path) -> Path:
    path = Path(shutil.copy(word_city_database, tmp_path / "kfly.db"))
    with Session(path, ("first",)).writing() as desk:
        for index in ("一号", "二号"):
            desk.db.execute('INSERT INTO "table" ("index") VALUES (?)', (index,))
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@given(groups=st.lists(st.lists(steps, min_size=1, max_size=6), max_size=4), most=st.sampled_from([0, 2000]))
def test_the_totals_are_those_of_the_records(
    city: Path, groups: list[list[tuple[object, ...]]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(totals, "MOST_ADDED", most)
        for group in groups:
            with Session(city, ("some", "command")).writing() as desk:
                for step in group:
                    carry_out(desk.db, step)
            with Session(city).reading() as desk:
                asked = kept(desk.db)
                assert asked
                assert asked == {name: its for name, its in counted(desk.db).items() if name in asked}


def test_what_another_program_writes_is_counted_anew_until_the_next_command(city: Path) -> None:
    with closing(sqlite3.connect(city)) as db, db:
        db.execute(ORDER)
    with Session(city).reading() as desk:
        assert not totals.find_kept(desk.db)
        metric = desk.plan.targets[0].metric
        assert [span.amount for span in spans.read(desk.db, [metric])[metric]] == [1]
    with Session(city, ("next",)).writing() as desk:
        desk.db.execute("UPDATE \"order\" SET note = 'x'")
    with Session(city).reading() as desk:
        assert totals.find_kept(desk.db)
        assert [span.amount for span in spans.read(desk.db, [metric])[metric]] == [1]


def test_another_plan_is_asked_its_own_questions(city: Path) -> None:
    with Session(city).reading() as desk:
        before = set(totals.find_kept(desk.db))
    with Session(city, ("load",)).writing() as desk:
        desk.db.execute("UPDATE metrics SET dated = 'check' WHERE dated IS NULL AND kind = 'order'")
    with Session(city).reading() as desk:
        now = totals.find_kept(desk.db)
        assert set(now) != before
        assert all(totals.name_question(t.metric, by_town=True) in now for t in desk.plan.targets)


def test_where_a_trigger_of_the_log_is_gone_all_is_counted_anew(city: Path) -> None:
    with closing(sqlite3.connect(city)) as db:
        (name,) = db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'order'"
        ).fetchone()
        with db:
            db.execute(f'DROP TRIGGER "{name}"')
    with Session(city).reading() as desk:
        assert not totals.find_kept(desk.db)
    with Session(city, ("next",)).writing():
        pass
    with Session(city).reading() as desk:
        assert totals.find_kept(desk.db)


def test_totals_that_are_not_those_of_the_records_are_found_and_counted_anew_when_asked(city: Path) -> None:
    with Session(city, ("next",)).writing() as desk:
        desk.db.execute(
            "INSERT INTO \"order\" (\"select\", on_day, \"values\") VALUES ('甲', '2025-03-02', '甲')"
        )
    with closing(sqlite3.connect(city)) as db, db:
        db.execute('UPDATE "kept totals" SET steps = steps + 1')
    with Session(city).reading() as desk:
        assert spans.find_wrong_totals(desk.db)
    with Session(city, ("load",)).writing() as desk:
        totals.distrust(desk.db)
    with Session(city).reading() as desk:
        assert totals.find_kept(desk.db)
        assert not spans.find_wrong_totals(desk.db)


@pytest.mark.parametrize("table", KEPT)
def test_a_table_that_another_program_took_away_is_made_and_counted_anew(city: Path, table: str) -> None:
    with closing(sqlite3.connect(city)) as db, db:
        db.execute(f'DROP TABLE "{table}"')
    with Session(city).reading() as desk:
        metric = desk.plan.targets[0].metric
        before = list(spans.read(desk.db, [metric])[metric])
    with Session(city, ("next",)).writing() as desk:
        totals.distrust(desk.db)
    with Session(city).reading() as desk:
        assert totals.find_kept(desk.db)
        assert not spans.find_wrong_totals(desk.db)
        assert list(spans.read(desk.db, [metric])[metric]) == before
