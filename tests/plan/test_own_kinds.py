"""Another city's plan: what it adds to the registry, and what its targets count."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kfly.plan.kinds import Kind
from kfly.plan.metrics import Condition, Goal, Metric
from kfly.plan.model import Name, Target
from tests.support.other_city import SHIPPED_KINDS, OtherCity


@pytest.fixture
def city(tmp_path: Path) -> OtherCity:
    return OtherCity(tmp_path, SHIPPED_KINDS)


def kind_of(city: OtherCity, name: str) -> Kind:
    return next(kind for kind in city.load().kinds if kind.name == name)


def target_of(city: OtherCity, key: str) -> Target:
    return next(target for target in city.load().plan.targets if target.key == key)


def test_the_plan_loads_with_its_own_towns_years_and_language(city: OtherCity) -> None:
    plan = city.load().plan
    assert plan.name == Name("江州市楼宇招商行动方案", "江州市楼宇招商行动方案")
    assert (plan.starts, plan.ends, plan.language) == (date(2025, 1, 1), date(2027, 12, 31), "en")
    assert [o.name for o in plan.organisations if o.kind == "town"] == ["东镇", "西街道", "南镇"]
    assert [(task.year, task.number) for task in plan.tasks] == [(2025, 1), (2025, 2), (2026, 1)]


def test_what_a_plan_does_not_say_about_lights_and_grades_is_the_usual(city: OtherCity) -> None:
    plan = city.load().plan
    assert (plan.lights.yellow, plan.lights.due_soon_days) == (Fraction(4, 5), 30)
    assert (plan.evaluation.award, plan.evaluation.warning) == (85, 60)


def test_what_a_plan_says_about_lights_and_grades_is_exact(city: OtherCity) -> None:
    lights = "lights: {yellow: 0.7, due_soon_days: 14}\nevaluation: {award: 90.5, warning: 55}\n"
    city.edit("targets.yaml", "organisations:\n", lights + "organisations:\n")
    plan = city.load().plan
    assert (plan.lights.yellow, plan.lights.due_soon_days) == (Fraction(7, 10), 14)
    assert (plan.evaluation.award, plan.evaluation.warning) == (Fraction(181, 2), 55)


def test_a_kind_of_its_own_stands_after_the_standing_ones(city: OtherCity) -> None:
    kinds = city.load().kinds
    assert len(kinds) == 17
    assert kinds[-1].name == "tenant"


def test_a_kind_of_its_own_is_as_complete_as_a_standing_one(city: OtherCity) -> None:
    tenant = kind_of(city, "tenant")
    assert tenant.label == Name("入驻企业", "Tenants")
    assert tenant.key == ("name", "building")
    assert (tenant.counts_on, tenant.counts_until) == ("moved_in_on", "moved_out_on")
    assert tenant.command == "add-tenant"
    fields = ["name", "building", "tax", "grade", "moved_in_on", "moved_out_on"]
    assert [field.name for field in tenant.fields] == fields
    assert [field.name for field in tenant.fields if field.required] == ["name", "building", "moved_in_on"]


def test_its_fields_carry_all_that_was_declared(city: OtherCity) -> None:
    name, building, tax, grade, *_dates = kind_of(city, "tenant").fields
    assert name.aliases == ("公司名称",)
    assert (building.type, building.to) == ("reference", "building")
    assert (tax.type, tax.unit, tax.decimals) == ("number", "万元", 6)
    assert grade.choices == ("甲", "乙")


def test_a_minimum_is_kept_as_exact_decimal_text(city: OtherCity) -> None:
    tax = kind_of(city, "tenant").field("tax")
    assert tax is not None
    assert (tax.minimum, tax.maximum) == ("0.5", None)


def test_a_standing_kind_takes_a_field_of_the_plan_and_keeps_its_own(city: OtherCity) -> None:
    building = kind_of(city, "building")
    assert building.fields[0].name == "name"
    assert building.fields[-1].name == "fire_passed_on"
    assert building.counts_on == "renovated_on"
    assert len(building.stages) == 5


def test_choices_grow_and_the_standing_ones_come_first(city: OtherCity) -> None:
    condition = kind_of(city, "building").field("condition")
    assert condition is not None
    assert condition.choices == ("闲置", "部分闲置", "在用", "在建", "新建", "停用")
    assert condition.label == Name("房屋状态", "Condition")


def test_a_choice_that_stands_already_is_not_doubled(city: OtherCity) -> None:
    city.edit("targets.yaml", "{choices: [停用]}", "{choices: [在用, 停用]}")
    condition = kind_of(city, "building").field("condition")
    assert condition is not None
    assert condition.choices.count("在用") == 1


def test_a_town_field_is_narrowed_to_the_towns_named(city: OtherCity) -> None:
    host = kind_of(city, "enclave").field("host")
    assert host is not None
    assert host.only == ("北园区",)
    assert host.required


def test_a_field_may_bear_the_name_of_a_part_of_the_notation(city: OtherCity) -> None:
    city.edit("targets.yaml", "tax: {type", "type: {type: text, label: 行业}\n      tax: {type")
    assert kind_of(city, "tenant").field("type") is not None


def test_a_target_counts_a_kind_of_the_plans_own(city: OtherCity) -> None:
    target = target_of(city, "tenants_moved_in")
    where = (Condition("grade", "in", ("甲", "乙")), Condition("building", "=", ("一号楼",)))
    assert target.metric == Metric("tenant", None, where)
    assert target.goal == Goal("at_least", Fraction(120))


def test_a_target_sums_a_field_of_the_plans_own(city: OtherCity) -> None:
    target = target_of(city, "tenant_tax")
    assert target.metric == Metric("tenant", "tax", (Condition("tax", ">=", ("10.5",)),), stock=True)
    assert target.goal == Goal("more_than", Fraction(5000))


def test_a_target_counts_from_the_date_it_names(city: OtherCity) -> None:
    assert target_of(city, "fire_checks").metric.dated == "fire_passed_on"
    assert target_of(city, "tenants_moved_in").metric.dated is None


def test_a_goal_may_be_a_fraction_and_stays_exact(city: OtherCity) -> None:
    assert target_of(city, "fire_checks").goal == Goal("at_most", Fraction(1, 2))


def test_a_target_ends_with_the_plan_unless_it_has_a_deadline_of_its_own(city: OtherCity) -> None:
    assert target_of(city, "tenant_tax").due == date(2026, 12, 31)
    assert target_of(city, "fire_checks").due == date(2027, 12, 31)


def test_a_target_per_town_covers_every_town_but_those_left_out_and_no_zone(city: OtherCity) -> None:
    target = target_of(city, "town_area")
    assert target.metric.towns == ("东镇", "南镇")
    assert target.every_year
    assert target_of(city, "fire_checks").metric.towns is None


def test_a_target_without_a_goal_is_only_tracked(city: OtherCity) -> None:
    assert target_of(city, "events_held").goal is None


def test_a_plain_name_is_the_name_in_both_languages(city: OtherCity) -> None:
    assert target_of(city, "tenant_tax").name == Name("企业税收", "企业税收")
    assert target_of(city, "tenants_moved_in").name == Name("入驻企业", "Tenants")
    organisations = {o.name: o.en for o in city.load().plan.organisations}
    assert (organisations["东镇"], organisations["西街道"]) == ("东镇", "West Street")


def test_aliases_and_english_names_are_read_as_the_organisation_they_mean(city: OtherCity) -> None:
    tasks = {(task.year, task.number): task for task in city.load().plan.tasks}
    assert tasks[2025, 2].lead == ("市商贸局",)
    assert tasks[2026, 1].lead == ("市发展局", "西街道")


def test_groups_open_up_by_kind_or_by_name(city: OtherCity) -> None:
    members = {o.name: o.members for o in city.load().plan.organisations}
    assert members["各镇区"] == ("东镇", "西街道", "南镇", "北园区")
    assert members["专班"] == ("市商贸局", "城投集团")
    assert members["东镇"] == ()


def test_a_group_that_names_a_kind_twice_holds_each_member_once(city: OtherCity) -> None:
    city.edit("targets.yaml", "{kind: [town, zone]}", "{kind: [zone, zone]}")
    assert {o.name: o.members for o in city.load().plan.organisations}["各镇区"] == ("北园区",)


def test_a_deliverable_names_its_task_by_number_in_the_first_table_or_by_year(city: OtherCity) -> None:
    tasks = {deliverable.key: deliverable.task for deliverable in city.load().plan.deliverables}
    assert tasks == {"leasing-rules": (2025, 1), "fire-list": (2026, 1)}


def test_a_need_takes_its_amount_from_the_target_unless_it_has_its_own(city: OtherCity) -> None:
    task = next(task for task in city.load().plan.tasks if task.needs)
    assert [(need.target, need.goal) for need in task.needs] == [
        ("tenants_moved_in", Goal("at_least", Fraction(30))),
        ("tenant_tax", Goal("more_than", Fraction(5000))),
    ]
    assert task.needs[0].metric == target_of(city, "tenants_moved_in").metric
    assert task.needs[0].name == Name("入驻企业", "Tenants")


def test_a_need_may_spell_its_own_metric(city: OtherCity) -> None:
    need = city.load().plan.tasks[-1].needs[0]
    assert need.target is None
    assert need.metric == Metric("building", None, (Condition("floor_area", ">=", ("800",)),))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("{grade: 甲}", Condition("grade", "=", ("甲",))),
        ("{grade: [甲]}", Condition("grade", "=", ("甲",))),
        ("{grade: [甲, 甲, 乙]}", Condition("grade", "in", ("甲", "乙"))),
        ('{grade: "!= 甲"}', Condition("grade", "!=", ("甲",))),
        ("{tax: 12.50}", Condition("tax", "=", ("12.50",))),
        ('{tax: "<= 3"}', Condition("tax", "<=", ("3",))),
        ('{tax: ">3"}', Condition("tax", ">", ("3",))),
        ('{tax: "< 3"}', Condition("tax", "<", ("3",))),
        ("{moved_in_on: 2025/3/1}", Condition("moved_in_on", "=", ("2025-03-01",))),
        ('{moved_in_on: ">= 2025年3月1日"}', Condition("moved_in_on", ">=", ("2025-03-01",))),
        ("{name: 007}", Condition("name", "=", ("007",))),
        ("{name: 123456789012345678901234567890}", Condition("name", "=", ("1234567890" * 3,))),
    ],
)
def test_a_condition_is_a_value_a_list_or_a_comparison(
    city: OtherCity, where: str, expected: Condition
) -> None:
    city.edit("targets.yaml", "{grade: [甲, 乙], building: 一号楼}", where)
    assert target_of(city, "tenants_moved_in").metric.where == (expected,)


def test_a_condition_on_a_town_takes_its_alias(city: OtherCity) -> None:
    city.edit("targets.yaml", "count: event", "count: investor\n    where: {town: 老西门}")
    assert target_of(city, "events_held").metric.where == (Condition("town", "=", ("西街道",)),)


def test_a_town_before_the_name_of_a_referred_record_is_the_plans_own(city: OtherCity) -> None:
    city.edit("targets.yaml", "building: 一号楼}", "building: 老西门/一号楼}")
    (target, *_others) = city.load().plan.targets
    assert target.metric.where[1].values == ("西街道/一号楼",)
