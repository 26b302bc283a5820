"""Whatever a plan promises comes back from its tables, and old databases mean what they meant."""

import gzip
from fractions import Fraction
from pathlib import Path

import pytest

from kfly.plan.files.loading import LoadedPlan
from kfly.plan.metrics import A_TOTAL, Goal
from kfly.plan.periods import YEAR
from kfly.registry.kinds import STANDING
from kfly.services.init import create
from kfly.store import spans, totals
from kfly.store.file.database import reading, writing
from kfly.store.log import groups
from kfly.store.plan import reading as plan_rows
from kfly.store.plan import writing as plan_writing
from kfly.store.plan.kinds import read_kinds
from kfly.store.schema import migrations
from tests.support import FIRST_RELEASE, SCHEMA_3, SCHEMA_4
from tests.support.promise_city import TASKS, load, write_plan


@pytest.fixture
def city(tmp_path: Path) -> LoadedPlan:
    return load(tmp_path, write_plan(), TASKS)


@pytest.fixture
def path(city: LoadedPlan, tmp_path: Path) -> Path:
    create(tmp_path / "kfly.db", tmp_path / "targets.yaml", [tmp_path / "tasks_0.yaml"])
    return tmp_path / "kfly.db"


def test_every_promise_comes_back_equal(path: Path, city: LoadedPlan) -> None:
    with reading(path) as db:
        assert plan_rows.read(db) == city.plan
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_revised_plan_comes_back_equal_and_leaves_nothing_behind(path: Path, city: LoadedPlan) -> None:
    """One by one the promises go, and come back."""
    with writing(path, reshaping=True) as db, groups.open_group(db, "load"):
        kinds = read_kinds(db)
        bare = city.plan._replace(targets=city.plan.targets[:1], tasks=())
        plan_writing.update_plan(db, bare, kinds)
        assert plan_rows.read(db) == bare
        for table in ("period_goals", "town_goals", "town_baselines", "need_town_goals"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        plan_writing.update_plan(db, city.plan, kinds)
        assert plan_rows.read(db) == city.plan


def test_a_shares_second_metric_is_kept_counted_too(path: Path, city: LoadedPlan) -> None:
    shares = [target for target in city.plan.targets if target.reading.to is not None]
    with writing(path) as db, groups.open_group(db, "add"):
        db.execute(
            "INSERT INTO building (name, town, floor_area, renovated_on) VALUES"
            " ('甲', '东镇', 100, '2022-02-01'), ('乙', '东镇', 50.5, '2022-03-01')"
        )
        totals.keep_up(db)
        kept = totals.find_kept(db)
        for target in shares:
            for metric in (target.metric, target.reading.to):
                assert metric is not None
                assert totals.name_question(metric, by_town=True) in kept
        to = next(target.reading.to for target in shares if target.key == "area")
        assert to is not None
        assert [span.amount for span in spans.read(db, [to])[to]] == [1, 1]


def test_an_unknown_value_is_no_part_of_an_average(path: Path, city: LoadedPlan) -> None:
    target = next(target for target in city.plan.targets if target.key == "growth")
    area = next(target for target in city.plan.targets if target.key == "area")
    assert area.reading.to is not None
    idle = area.reading.to._replace(
        where=tuple(
            c._replace(field="idle_area") if c.operator == "known" else c for c in area.reading.to.where
        )
    )
    with writing(path) as db:
        db.execute(
            "INSERT INTO building (name, town, floor_area, idle_area, renovated_on) VALUES"
            " ('甲', '东镇', 100, NULL, '2022-02-01'), ('乙', '东镇', 50, 0, '2022-03-01')"
        )
        db.execute(
            "INSERT INTO figure (target, value, stated_on) VALUES"
            " ('growth', 5.25, '2022-03-31'), ('wages', 1, '2022-03-31'), ('growth', -1, '2022-06-30')"
        )
        assert len(spans.read(db, [idle])[idle]) == 1
        figures = spans.read(db, [target.metric])[target.metric]
        assert [span.amount for span in figures] == [Fraction("5.25"), -1]


@pytest.mark.parametrize("release", [FIRST_RELEASE, SCHEMA_3, SCHEMA_4], ids=["1", "3", "4"])
def test_an_old_database_means_what_it_meant_before_and_after_it_is_brought_up(
    release: Path, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(release.read_bytes()))
    with reading(path) as db:
        before = plan_rows.read(db)
    assert before.year_starts == 1
    assert before.lights.red is None
    assert {target.every for target in before.targets} == {None, YEAR}
    assert {target.reading for target in before.targets} == {A_TOTAL}
    with writing(path, reshaping=True) as db:
        migrations.bring_up(db, STANDING)
        assert plan_rows.read(db) == before
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert "figure" in {kind.name for kind in read_kinds(db)}
        first = before.targets[0]._replace(goal=Goal("less_than", Fraction(3)))
        with groups.open_group(db, "load"):
            plan_writing.update_plan(
                db, before._replace(targets=(first, *before.targets[1:])), read_kinds(db)
            )
        assert plan_rows.read(db).targets[0].goal == Goal("less_than", Fraction(3))
        assert db.execute("SELECT count(*) FROM changes WHERE \"table\" = 'targets'").fetchone()[0] >= 1
