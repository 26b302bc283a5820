"""What a target measures and promises is read as the plan file says it."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kfly.plan.files.loading import LoadedPlan
from kfly.plan.metrics import AT_LEAST, AT_MOST, LESS_THAN, Condition, Goal, Metric, PeriodGoal, Reading
from kfly.plan.model import Lights, Target
from tests.support.promise_city import PLAN, TASKS, load, load_target, write_plan


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> LoadedPlan:
    return load(tmp_path_factory.mktemp("city"), write_plan(), TASKS)


@pytest.fixture(scope="module")
def targets(city: LoadedPlan) -> dict[str, Target]:
    return {target.key: target for target in city.plan.targets}


@pytest.mark.parametrize(
    ("key", "how", "stock"),
    [("growth", "level", True), ("investment", "running", False), ("subsidies", "amount", False)],
)
def test_what_is_reported_sums_the_figures_of_its_key(
    targets: dict[str, Target], key: str, how: str, stock: bool
) -> None:
    where = (Condition("target", "=", (key,)),)
    assert targets[key].metric == Metric("figure", "value", where, stock=stock, dated="stated_on")
    assert targets[key].reading == Reading(how)


def test_reported_figures_by_town_cover_the_towns(targets: dict[str, Target]) -> None:
    assert targets["income"].metric.towns == ("东镇", "西镇", "南镇")


def test_both_metrics_of_a_share_take_conditions_and_a_day_and_are_stocks_unless_said_otherwise(
    targets: dict[str, Target],
) -> None:
    share = targets["occupancy"]
    where = (Condition("ownership", "=", ("国有",)),)
    assert share.metric == Metric("building", "idle_area", where, stock=True, dated="surveyed_on")
    to = Metric("building", "floor_area", dated="surveyed_on")
    assert share.reading == Reading("share", to, Fraction(100))


def test_both_metrics_of_a_share_by_town_cover_the_towns(targets: dict[str, Target]) -> None:
    to = targets["places"].reading.to
    assert to is not None
    assert to.towns == targets["places"].metric.towns == ("东镇", "西镇", "南镇")


def test_an_average_is_the_sum_of_a_field_over_the_records_that_have_it(targets: dict[str, Target]) -> None:
    area = targets["area"]
    in_town, known = Condition("town", "=", ("东镇",)), Condition("floor_area", "known", ())
    assert area.metric == Metric("building", "floor_area", (in_town,), stock=True)
    assert area.reading == Reading("average", Metric("building", None, (in_town, known), stock=True))


@pytest.mark.parametrize(
    ("units", "unit", "factor"),
    [
        (("亿元", "万元"), "%", 1_000_000),
        (("万元", "亿元"), "‰", Fraction(1, 10)),
        (("万人", "人"), "倍", 10_000),
        (("亩", "m²"), "%", Fraction(200_000, 3)),
        (("公顷", "平方公里"), "％", 1),
        (("元", "元"), "元", 1),
    ],
)
def test_units_of_one_dimension_are_converted(
    tmp_path: Path, units: tuple[str, str], unit: str, factor: Fraction
) -> None:
    kind = (
        "records: {firm: {name: 企业, key: [name], counts_on: day, fields: {name: {type: text, label: 名},"
        f" day: {{type: date, label: 日}}, a: {{type: number, unit: {units[0]}, label: 甲}},"
        f" b: {{type: number, unit: {units[1]}, label: 乙}}}}}}}}\n"
    )
    what = f'share: {{of: {{sum: firm.a}}, to: {{sum: firm.b}}}}, unit: "{unit}"'
    assert load_target(tmp_path, what, kind + PLAN).reading.factor == factor


def test_amounts_by_period_are_milestones_and_the_last_one_is_the_deadlines(
    targets: dict[str, Target],
) -> None:
    share, investors = targets["occupancy"], targets["investors"]
    amounts = [Fraction(82), Fraction("86.5"), Fraction(90)]
    assert share.goals == tuple(map(PeriodGoal, ("2022", "2023", "2024"), amounts))
    assert (share.goal, share.due) == (Goal(AT_LEAST, Fraction(90)), date(2024, 12, 31))
    assert (investors.goals[0].period, investors.due) == ("2022H1", date(2023, 12, 31))


def test_with_every_each_period_has_its_own_amount_or_none(targets: dict[str, Target]) -> None:
    events = targets["events"]
    assert events.every == "quarter"
    assert events.goals[3] == PeriodGoal("2022Q4", None)
    assert events.goal == Goal(LESS_THAN, Fraction(7))
    assert (targets["meetings"].every, targets["meetings"].goals) == ("half", ())


def test_each_town_can_owe_its_own_and_begin_from_its_own(targets: dict[str, Target]) -> None:
    income = targets["income"]
    assert income.town_goals == (("东镇", 112), ("西镇", 45), ("南镇", 60))
    assert income.town_baselines == (("东镇", 80), ("西镇", 30), ("南镇", 20))
    assert income.goal == Goal(AT_LEAST, Fraction(112))


def test_a_level_can_sink_town_by_town(targets: dict[str, Target]) -> None:
    assert targets["places"].goal == Goal(AT_MOST, Fraction("3.5"))
    assert not targets["places"].is_ceiling


def test_a_baseline_is_a_figure_or_the_first_one(targets: dict[str, Target]) -> None:
    found = [targets[key].baseline for key in ("vacancy", "output", "investors", "growth")]
    assert found == [Fraction("30.5"), "first", 100, None]


def test_a_target_can_follow_another(targets: dict[str, Target]) -> None:
    assert targets["wages"].follows == "growth"


def test_who_leads_it_what_it_weighs_and_how_it_is_shown_are_its_own(targets: dict[str, Target]) -> None:
    growth = targets["growth"]
    assert (growth.lead, growth.weight, growth.decimals) == (("发改局",), 5, 1)
    assert targets["investment"].responsible == ("东镇", "西镇")


def test_a_need_asks_what_its_target_promises_for_the_period_of_its_day(city: LoadedPlan) -> None:
    growth, occupancy, income, own, wages = city.plan.tasks[0].needs
    assert (growth.goal.amount, growth.reading.how) == (Fraction("6.2"), "level")
    assert (occupancy.goal.amount, occupancy.reading.how) == (Fraction("86.5"), "share")
    assert income.town_goals == (("东镇", 112), ("西镇", 45), ("南镇", 60))
    assert own.town_goals == (("东镇", 1), ("西镇", 2), ("南镇", 3))
    assert (wages.goal.amount, wages.town_goals) == (3, ())
    events, vacancy = city.plan.tasks[1].needs
    assert (events.goal, vacancy.goal) == (Goal(LESS_THAN, Fraction(1)), Goal(AT_MOST, Fraction(15)))


def test_deadlines_without_a_year_are_those_of_the_table(city: LoadedPlan) -> None:
    assert [task.due for task in city.plan.tasks] == [
        date(2023, 6, 30),
        date(2023, 6, 30),
        date(2023, 12, 31),
    ]
    assert city.plan.tasks[0].weight == Fraction("2.5")


def test_lights_can_go_by_points(city: LoadedPlan) -> None:
    assert city.plan.lights == Lights(yellow=Fraction(10), due_soon_days=30, red=Fraction(30))


FISCAL = PLAN.replace("ends: 2024-12-31", "ends: 2024-12-31, year_starts: {start}")


@pytest.mark.parametrize(
    ("written", "month"), [("04-01", 4), ("4-1", 4), ('"10-01"', 10), ("4月1日", 4), ("01-01", 1)]
)
def test_years_can_begin_with_any_month(tmp_path: Path, written: str, month: int) -> None:
    loaded = load(tmp_path, write_plan({}, FISCAL.replace("{start}", written)).replace("targets:\n", ""))
    assert loaded.plan.year_starts == month


def test_amounts_are_of_the_plans_own_years(tmp_path: Path) -> None:
    what = "reported: level, every: year, unit: 元, at_least: {2021: 1, 2022/23: 2, 2023: 3, 2024: null}"
    target = load_target(tmp_path, what, FISCAL.replace("{start}", "04-01"))
    assert [goal.period for goal in target.goals] == ["2021/22", "2022/23", "2023/24", "2024/25"]


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2023年底", date(2024, 3, 31)),
        ("2023", date(2024, 3, 31)),
        ("2023/24", date(2024, 3, 31)),
        ("2023/24Q3", date(2023, 12, 31)),
        ("2023H1", date(2023, 9, 30)),
        ("上半年", date(2023, 9, 30)),
        ("第四季度", date(2024, 3, 31)),
        ("年内", date(2024, 3, 31)),
        ("6月底前", date(2023, 6, 30)),
        ("2月", date(2024, 2, 29)),
        ("3月15日", date(2024, 3, 15)),
        ("2024年2月", date(2024, 2, 29)),
        ("2024-02-01", date(2024, 2, 1)),
    ],
)
def test_years_quarters_and_halves_of_deadlines_are_the_plans_own(
    tmp_path: Path, due: str, day: date
) -> None:
    plan = write_plan({"one": "count: event, unit: 场"}, FISCAL.replace("{start}", "04-01"))
    table = f"year: 2023\ntasks: [{{number: 1, title: 一, lead: [发改局], due: {due}}}]\n"
    assert load(tmp_path, plan, table).plan.tasks[0].due == day
