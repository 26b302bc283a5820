"""Whatever a plan promises, it is the same plan when it is written down and read again."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.plan.files.loading import LoadedPlan, find_plan_faults, revise_files
from kfly.registry.kinds import STANDING
from tests.support.promise_city import PLAN, TARGETS, TASKS, load, write_plan

FISCAL = PLAN.replace("language: en", "language: en, year_starts: 10-01")
numbers = st.decimals(min_value=-9999, max_value=9999, places=2).map(lambda n: f"{n:f}")
comparisons = st.sampled_from(["at_least", "more_than", "at_most", "less_than"])
by_town = st.tuples(numbers, numbers, numbers).map(lambda n: f"{{东镇: {n[0]}, 西镇: {n[1]}, 南镇: {n[2]}}}")
by_year = st.tuples(*[st.one_of(st.just("null"), numbers)] * 2, numbers).map(
    lambda n: f"{{2022: {n[0]}, 2023: {n[1]}, 2024: {n[2]}}}"
)
milestones = st.tuples(numbers, numbers, numbers).map(
    lambda n: f"{{2022H1: {n[0]}, 2022-07: {n[1]}, 2023Q3: {n[2]}}}"
)
levels = st.sampled_from(
    [
        "reported: level",
        "share: {of: {count: carrier, stock: false}, to: {sum: event.participants}}",
        "average: building.floor_area, stock: false",
        "average: building.idle_area, where: {floor_area: '>= 5000'}, dated: surveyed_on",
    ]
)
extras = st.sampled_from(["", ", decimals: 0, weight: 1.5", ", lead: [发改局], responsible: [东镇, 西镇]"])


@st.composite
def promises(draw: st.DrawFn) -> str:
    """What one target measures and promises."""
    amount = f"{draw(comparisons)}: "
    what = draw(
        st.one_of(
            st.builds("{}, {}{}, baseline: {}".format, levels, st.just(amount), numbers, numbers),
            st.builds("{}, {}{}, baseline: first".format, levels, st.just(amount), milestones),
            st.builds("{}, {}{}, every: year".format, levels, st.just(amount), by_year),
            st.builds(
                "reported: level, per: town, {}{}, baseline: {}".format, st.just(amount), by_town, by_town
            ),
            st.builds("reported: running, every: month, {}{}".format, st.just(amount), numbers),
            st.builds("reported: amount, {}{}".format, st.just(amount), milestones),
            st.builds(
                "count: investor, stock: true, {}{}, baseline: {}".format, st.just(amount), numbers, numbers
            ),
        )
    )
    unit = "m²" if "average" in what else '"%"'
    return f"{what}, unit: {unit}{draw(extras)}"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> LoadedPlan:
    return load(tmp_path_factory.mktemp("city"), write_plan(), TASKS)


def test_the_plan_with_everything_comes_back_equal(city: LoadedPlan) -> None:
    assert revise_files([], city, STANDING) == city
    assert find_plan_faults(city) == ()


def test_one_of_other_years_comes_back_equal(tmp_path: Path) -> None:
    targets = {key: TARGETS[key] for key in ("growth", "income", "wages")}
    what = "reported: level, every: quarter, at_least: 3, unit: 元"
    loaded = load(tmp_path, write_plan({**targets, "one": what}, FISCAL), "year: 2022\ntasks: []\n")
    assert loaded.plan.year_starts == 10
    assert revise_files([], loaded, STANDING) == loaded


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(what=st.lists(promises(), min_size=1, max_size=4))
def test_any_plan_comes_back_equal(tmp_path: Path, what: list[str]) -> None:
    targets = {f"t{number}": promise for number, promise in enumerate(what)}
    needs = ", ".join(f"{{target: {key}}}" for key, promise in targets.items() if "null" not in promise)
    table = f"year: 2022\ntasks: [{{number: 1, title: 一, lead: [发改局], due: 6月, needs: [{needs}]}}]\n"
    loaded = load(tmp_path, write_plan(targets), table)
    assert loaded.plan.tasks[0].due == date(2022, 6, 30)
    assert revise_files([], loaded, STANDING) == loaded
