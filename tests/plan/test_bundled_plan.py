"""The plan that kfly ships says what the action plan says."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from kfly.plan.files.loading import LoadedPlan, load_plan
from kfly.plan.metrics import AT_LEAST, Condition, Goal, Metric
from kfly.plan.model import Name, Plan, Target, Task
from kfly.plan.organisations import find_organisation, find_related, match_organisation
from tests.support import ROOT
from tests.support.action_plan import (
    MEASURES,
    NEEDS,
    PROMISED,
    STREETS_AND_TOWNS,
    TARGETS,
    TASKS,
    TITLES,
    ZONES,
    listed,
)
from tests.support.other_city import SHIPPED_KINDS

STOCK = {"investors", "fund_scale"}
YEARLY = {"enclave_area", "recruitment_events"}
WHERE = {
    "large_buildings_renovated": (Condition("floor_area", ">=", ("50000",)),),
    "fund_scale": (Condition("type", "in", ("风险投资", "创业投资")),),
    "recruitment_events": (Condition("venue", "=", ("中国国际人才市场江阴市场",)),),
}


@pytest.fixture(scope="module")
def bundled() -> LoadedPlan:
    return load_plan(ROOT / "targets.yaml", [ROOT / "tasks_2022.yaml"], SHIPPED_KINDS)


@pytest.fixture(scope="module")
def plan(bundled: LoadedPlan) -> Plan:
    return bundled.plan


def task_of(plan: Plan, number: int) -> Task:
    return next(task for task in plan.tasks if task.number == number)


def target_of(plan: Plan, key: str) -> Target:
    return next(target for target in plan.targets if target.key == key)


def test_the_plan_runs_from_2022_to_2024_in_chinese(plan: Plan) -> None:
    assert plan.name.zh == "江阴市科技赋能楼宇三年行动实施方案"
    assert (plan.starts, plan.ends, plan.language) == (date(2022, 1, 1), date(2024, 12, 31), "zh")


def test_the_offices_own_conventions_are_kept_exactly(plan: Plan) -> None:
    assert (plan.lights.yellow, plan.lights.due_soon_days) == (Fraction(4, 5), 30)
    assert (plan.evaluation.award, plan.evaluation.warning) == (85, 60)


def test_the_targets_stand_in_the_order_in_which_they_are_shown(plan: Plan) -> None:
    assert [target.key for target in plan.targets] == list(TARGETS)


@pytest.mark.parametrize("key", TARGETS)
def test_a_target_asks_for_what_the_plan_asks(plan: Plan, key: str) -> None:
    counted, comparison, amount, unit, measure = TARGETS[key]
    target = target_of(plan, key)
    assert target.goal == Goal(comparison, Fraction(amount))
    assert ".".join(filter(None, (target.metric.kind, target.metric.field))) == counted
    assert target.unit.zh == unit
    assert target.measure == measure
    assert target.due == date(2024, 12, 31)


@pytest.mark.parametrize("key", TARGETS)
def test_a_target_counts_what_the_plan_means(plan: Plan, key: str) -> None:
    target = target_of(plan, key)
    assert target.metric.where == WHERE.get(key, ())
    assert target.metric.stock == (key in STOCK)
    assert target.every_year == (key in YEARLY)
    assert (target.metric.towns is not None) == (key == "enclave_area")
    assert target.metric.dated is None


def test_enclaves_are_owed_by_every_street_and_town_but_their_host(plan: Plan) -> None:
    towns = target_of(plan, "enclave_area").metric.towns
    assert towns == listed(STREETS_AND_TOWNS)[1:]
    assert len(towns) == 11


def test_the_table_has_twenty_tasks_in_their_order(plan: Plan) -> None:
    assert [(task.year, task.number) for task in plan.tasks] == [(2022, number) for number in TASKS]
    assert len(plan.tasks) == 20


@pytest.mark.parametrize("number", TASKS)
def test_a_task_is_due_and_led_and_answered_for_as_the_table_says(plan: Plan, number: int) -> None:
    due, lead, responsible, measure = TASKS[number]
    task = task_of(plan, number)
    assert task.title.zh == TITLES[number]
    assert task.due == due
    assert task.lead == listed(lead)
    assert task.responsible == listed(responsible)
    assert task.measure == measure


@pytest.mark.parametrize("number", [number for number in TASKS if number != 12])
def test_a_task_needs_the_figures_of_its_title_and_no_others(plan: Plan, number: int) -> None:
    needs = task_of(plan, number).needs
    expected = NEEDS.get(number, {})
    assert {need.target: need.goal for need in needs} == {
        key: Goal(AT_LEAST, Fraction(amount)) for key, amount in expected.items()
    }
    assert [need.metric for need in needs] == [target_of(plan, key).metric for key in expected]


def test_task_12_counts_any_building_of_5000_square_metres(plan: Plan) -> None:
    (need,) = task_of(plan, 12).needs
    assert need.target is None
    assert need.metric == Metric("building", None, (Condition("floor_area", ">=", ("5000",)),))
    assert (need.goal, need.unit.zh) == (Goal(AT_LEAST, Fraction(3)), "栋")


def test_the_plan_has_nine_measures(plan: Plan) -> None:
    assert [measure.number for measure in plan.measures] == list(range(1, 10))


@pytest.mark.parametrize("number", MEASURES)
def test_a_measure_is_led_and_answered_for_as_section_three_says(plan: Plan, number: int) -> None:
    name, lead, responsible = MEASURES[number]
    measure = plan.measures[number - 1]
    assert (measure.name.zh, measure.lead, measure.responsible) == (name, listed(lead), listed(responsible))


def test_what_the_plan_promises_by_name_is_a_deliverable_of_its_measure_and_task(plan: Plan) -> None:
    found = {d.name.zh: (d.measure, d.task[1] if d.task else None) for d in plan.deliverables}
    assert {name: found.get(name) for name in PROMISED} == PROMISED


def test_a_deliverable_belongs_to_the_measure_of_its_task(plan: Plan) -> None:
    measures = {(task.year, task.number): task.measure for task in plan.tasks}
    for deliverable in plan.deliverables:
        if deliverable.task is not None:
            assert deliverable.measure == measures[deliverable.task], deliverable.key


def test_a_document_that_a_task_issues_is_called_as_in_the_tasks_title(plan: Plan) -> None:
    names = {d.task[1]: d.name.zh for d in plan.deliverables if d.task}
    for number in (1, 3, 7, 8):
        assert TITLES[number] == f"出台《{names[number]}》"


def test_the_key_that_the_design_gives_a_deliverable_is_kept(plan: Plan) -> None:
    found = next(d for d in plan.deliverables if d.key == "carrier-admission-rules")
    assert (found.measure, found.task) == (5, (2022, 8))


def test_towns_and_zones_are_those_of_the_city(plan: Plan) -> None:
    kinds = {kind: [o.name for o in plan.organisations if o.kind == kind] for kind in ("town", "zone")}
    assert kinds == {"town": list(listed(STREETS_AND_TOWNS)), "zone": list(ZONES)}


def test_the_group_of_towns_and_zones_opens_up_to_all_fifteen(plan: Plan) -> None:
    group = find_organisation("各镇街园区", plan.organisations)
    assert sorted(group.members) == sorted([*listed(STREETS_AND_TOWNS), *ZONES])


def test_the_group_of_city_companies_opens_up_to_every_company(plan: Plan) -> None:
    group = find_organisation("市属国有企业", plan.organisations)
    assert "新国联集团" in group.members
    assert set(group.members) == {o.name for o in plan.organisations if o.kind == "company"}


def test_only_groups_open_up(plan: Plan) -> None:
    assert {o.name for o in plan.organisations if o.members} == {"各镇街园区", "市属国有企业"}
    assert {o.name for o in plan.organisations if o.kind == "group"} == {"各镇街园区", "市属国有企业"}


def test_what_concerns_a_group_concerns_each_member_and_the_other_way_round(plan: Plan) -> None:
    town, group = (
        find_organisation("青阳镇", plan.organisations),
        find_organisation("各镇街园区", plan.organisations),
    )
    assert find_related(town, plan) == {"青阳镇", "各镇街园区"}
    assert find_related(group, plan) == {"各镇街园区", *listed(STREETS_AND_TOWNS), *ZONES}


@pytest.mark.parametrize("zone", ZONES)
def test_a_street_that_a_zone_runs_is_read_as_that_zone(plan: Plan, zone: str) -> None:
    for alias in listed(ZONES[zone]):
        found = match_organisation(alias, plan.organisations)
        assert found is not None
        assert found.name == zone


def _names(value: object, place: str = "") -> Iterator[tuple[str, Name]]:
    """Every name in both languages, wherever it stands."""
    if isinstance(value, Name):
        yield place, value
    elif isinstance(value, tuple):
        for key, part in zip(getattr(value, "_fields", range(len(value))), value, strict=True):
            yield from _names(part, f"{place}.{key}")


def test_whatever_has_a_chinese_name_has_an_english_one(bundled: LoadedPlan) -> None:
    names = dict(_names(bundled))
    assert len(names) > 300
    assert [place for place, name in names.items() if bool(name.zh) != bool(name.en)] == []
    assert [place for place, name in names.items() if re.search(r"[\u3400-\u9fff]", name.en)] == []


def test_every_organisation_has_an_english_name_of_its_own(plan: Plan) -> None:
    english = [organisation.en for organisation in plan.organisations]
    assert [name for name in english if re.search(r"[\u3400-\u9fff]", name)] == []
    assert len(set(english)) == len(english)
