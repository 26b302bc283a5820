"""The plan and its kinds come back from their tables as they went in."""

from fractions import Fraction
from pathlib import Path

import pytest

from kfly.plan.files.loading import LoadedPlan, load_plan
from kfly.plan.metrics import Condition
from kfly.registry.kinds import STANDING
from kfly.services.init import bundled, create
from kfly.store.file.database import reading
from kfly.store.plan import reading as plan_rows
from kfly.store.plan.kinds import read_kinds, read_names
from tests.support.word_city import Store


@pytest.fixture(scope="session")
def bundled_plan() -> LoadedPlan:
    return load_plan(bundled() / "targets.yaml", [bundled() / "tasks_2022.yaml"], STANDING)


@pytest.fixture(scope="session")
def word_city(word_city_files: tuple[Path, list[Path]]) -> LoadedPlan:
    return load_plan(*word_city_files, STANDING)


def test_the_bundled_plan_comes_back_equal(store: Store, bundled_plan: LoadedPlan) -> None:
    assert plan_rows.read(store.db) == bundled_plan.plan


def test_the_bundled_kinds_come_back_equal(store: Store, bundled_plan: LoadedPlan) -> None:
    assert read_kinds(store.db) == bundled_plan.kinds
    assert read_names(store.db) == [kind.name for kind in bundled_plan.kinds]


def test_another_citys_kinds_come_back_equal(words: Store, word_city: LoadedPlan) -> None:
    assert read_kinds(words.db) == word_city.kinds
    assert len(words.kinds) == 22


def test_another_citys_plan_comes_back_equal_its_measures_by_number_its_tasks_as_in_their_file(
    words: Store, word_city: LoadedPlan
) -> None:
    plan = word_city.plan
    in_order = plan._replace(
        measures=tuple(sorted(plan.measures, key=lambda measure: measure.number)),
        tasks=tuple(sorted(plan.tasks, key=lambda task: task.year)),
    )
    assert plan_rows.read(words.db) == in_order


def test_amounts_come_back_exact(words: Store) -> None:
    plan = plan_rows.read(words.db)
    goals = {target.key: target.goal for target in plan.targets}
    assert goals["select"] is not None
    assert goals["select"].amount == Fraction(1, 8)
    assert goals["group"] is not None
    assert goals["group"].amount == Fraction("123456789.12")
    assert (plan.lights.yellow, plan.evaluation.award) == (Fraction(7, 10), Fraction(181, 2))


def test_a_target_that_is_only_tracked_comes_back_without_a_goal(words: Store) -> None:
    assert {target.key: target.goal for target in plan_rows.read(words.db).targets}["tracked"] is None


def test_a_list_of_values_is_one_condition(words: Store) -> None:
    targets = {target.key: target for target in plan_rows.read(words.db).targets}
    assert targets["select"].metric.where == (
        Condition("values", "in", ("甲", "乙")),
        Condition("limit", "!=", ("0",)),
    )


def test_a_metric_that_several_share_is_kept_once(store: Store) -> None:
    plan = plan_rows.read(store.db)
    metrics = [target.metric for target in plan.targets] + [n.metric for t in plan.tasks for n in t.needs]
    kept = store.db.execute("SELECT count(*) FROM metrics").fetchone()[0]
    assert kept == len(set(metrics)) < len(metrics)


def test_the_language_is_asked_for_alone(store: Store, words: Store) -> None:
    assert (plan_rows.read_language(store.db), plan_rows.read_language(words.db)) == ("zh", "en")


def test_a_plan_without_tables_has_no_tasks(tmp_path: Path) -> None:
    plan = "plan: {name: 空, starts: 2025-01-01, ends: 2025-12-31}\norganisations: [{name: 甲, kind: town}]\n"
    (tmp_path / "targets.yaml").write_text(plan, encoding="utf-8")
    create(tmp_path / "kfly.db", tmp_path / "targets.yaml", [])
    with reading(tmp_path / "kfly.db") as db:
        assert plan_rows.read(db) == load_plan(tmp_path / "targets.yaml", [], STANDING).plan
