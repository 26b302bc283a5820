"""Levels, running figures, amounts, shares: what stands, what adds up, what lights, what has no data."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.plan.metrics import AMOUNT, FIRST, LEVEL, RUNNING, SHARE, Goal, Metric, PeriodGoal, Reading, Span
from kfly.plan.model import Lights, Organisation, Plan, Target
from kfly.progress.league import league
from kfly.progress.lights import GREEN, NONE, RED, YELLOW
from kfly.progress.targets import TargetStanding, assess_target
from kfly.reports.tasks import write_short_towns
from tests.support.progress_examples import (
    NANZHA,
    YUNTING,
    Amount,
    Day,
    at_least,
    at_most,
    day,
    need,
    plan,
    span,
    target,
    task,
    task_standing,
)

FIGURES = Metric("figure", "value", dated="stated_on")
OF, TO = Metric("building", "leased_area", stock=True), Metric("building", "floor_area", stock=True)
PLAN = plan()  # of 2022 to 2024


def reported(how: str, goal: Goal | None, **more: object) -> Target:
    """A target that is reported from outside."""
    metric = FIGURES._replace(stock=how == LEVEL)
    return target(goal, metric)._replace(reading=Reading(how), **more)  # type: ignore[arg-type]


def figures(*pairs: tuple[Day, Amount]) -> list[Span]:
    return [span(on, amount) for on, amount in pairs]


def stand(promise: Target, spans: Iterable[Span], on: Day, of: Plan = PLAN) -> TargetStanding:
    return assess_target(promise, {promise.metric: list(spans)}, of, day(on))


def share(of: list[Span], to: list[Span], goal: Goal, on: Day, **more: object) -> TargetStanding:
    promise = target(goal, OF)._replace(reading=Reading(SHARE, TO, Fraction(100)), **more)  # type: ignore[arg-type]
    return assess_target(promise, {OF: of, TO: to}, PLAN, day(on))


UNEMPLOYMENT = figures(("2022-03-31", "4.2"), ("2022-06-30", "4.24"))


def test_a_level_stands_until_the_next_and_never_adds_up() -> None:
    promise = reported(LEVEL, at_most("4.5"))
    assert [stand(promise, UNEMPLOYMENT, on).actual for on in ("2022-06-29", "2022-06-30", "2024-01-01")] == [
        Fraction("4.2"),
        Fraction("4.24"),
        Fraction("4.24"),
    ]


@pytest.mark.parametrize("how", [LEVEL, RUNNING, AMOUNT])
@pytest.mark.parametrize("goal", [at_least(5), at_most(5)])
def test_without_a_figure_there_is_no_data_and_no_light_for_a_ceiling_either(how: str, goal: Goal) -> None:
    row = stand(reported(how, goal), figures(("2022-06-30", 3)), "2022-06-29")
    assert (row.actual, row.progress, row.met, row.light, row.forecast) == (None, None, False, NONE, None)
    assert row.lacks_data


def test_of_running_figures_the_latest_of_each_year_stands_and_years_add_up() -> None:
    told = figures(("2022-03-31", 20), ("2022-12-31", 100), ("2023-02-28", 15), ("2023-03-31", 30))
    asked = ("2022-04-01", "2023-01-31", "2023-03-01", "2023-04-01")
    assert [stand(reported(RUNNING, at_least(300)), told, on).actual for on in asked] == [20, 100, 115, 130]
    yearly = reported(RUNNING, at_least(100), every="year")
    row = stand(yearly, told, "2023-04-01")
    assert (row.actual, [(each.period.label, each.actual, each.met) for each in row.periods]) == (
        30,
        [("2022", 100, True), ("2023", 30, False)],
    )


def test_a_running_quarter_is_its_latest_less_what_the_year_had_before() -> None:
    told = figures(("2022-03-31", 20), ("2022-05-31", 35), ("2022-06-30", 50), ("2023-03-31", 12))
    row = stand(reported(RUNNING, at_least(25), every="quarter"), told, "2023-03-31")
    assert [(each.period.label, each.actual) for each in row.periods] == [
        ("2022Q1", 20),
        ("2022Q2", 30),
        ("2022Q3", None),
        ("2022Q4", None),
        ("2023Q1", 12),
    ]


def test_amounts_add_up() -> None:
    paid = figures(("2022-02-01", 100), ("2022-02-20", 250))
    row = stand(reported(AMOUNT, at_most(300)), paid, "2022-03-01")
    assert (row.actual, row.met, row.light, row.expected) == (350, False, RED, None)


@pytest.mark.parametrize(
    ("figure", "light", "met"),
    [
        ("6.2", GREEN, True),
        ("6.1", YELLOW, False),
        ("4.96", YELLOW, False),
        ("4.95", RED, False),
        ("-1", RED, False),
    ],
)
def test_a_level_to_reach_is_held_against_its_goal_alone(figure: str, light: str, met: bool) -> None:
    row = stand(reported(LEVEL, at_least("6.2")), figures(("2022-09-30", figure)), "2022-10-01")
    assert (row.light, row.met, row.expected, row.forecast) == (light, met, Fraction("6.2"), None)


@pytest.mark.parametrize(
    ("figure", "light"), [("4", GREEN), ("4.01", YELLOW), ("5", YELLOW), ("5.01", RED), ("0", GREEN)]
)
def test_a_level_to_keep_below_is_yellow_for_a_while(figure: str, light: str) -> None:
    assert stand(reported(LEVEL, at_most(4)), figures(("2022-09-30", figure)), "2022-10-01").light == light


def test_a_level_missed_on_its_deadline_is_red() -> None:
    row = stand(reported(LEVEL, at_least("6.2")), figures(("2024-12-31", "6.1")), "2025-01-01")
    assert row.light == RED


VACANCY = reported(LEVEL, at_most(15), baseline=Fraction(30))


@pytest.mark.parametrize(
    ("figure", "light"),
    # Of the 1,096 days of the plan 548 have passed: the line stands at 22.5; yellow up to 24.
    [("22.5", GREEN), ("22.6", YELLOW), ("24", YELLOW), ("24.1", RED), ("30", RED), ("14", GREEN)],
)
def test_a_line_that_falls_from_its_baseline(figure: str, light: str) -> None:
    row = stand(VACANCY, figures(("2022-01-31", figure)), "2023-07-02")
    assert (row.expected, row.light) == (Fraction("22.5"), light)


def test_progress_is_the_share_of_the_way_from_the_baseline() -> None:
    row = stand(VACANCY, figures(("2022-06-30", 24)), "2022-07-01")
    assert (row.progress, row.shown_share) == (Fraction(2, 5), Fraction(2, 5))
    assert stand(VACANCY, figures(("2022-06-30", "15.001")), "2022-07-01").shown_share == Fraction(99, 100)


def test_a_falling_forecast_is_mirrored() -> None:
    row = stand(VACANCY, figures(("2022-04-10", 25)), "2022-04-10")  # 5 in 100 days
    assert row.forecast
    assert row.forecast.projected == 30 - Fraction(1096, 20)
    assert row.forecast.on_course
    assert row.forecast.pace > 0
    assert row.forecast.reached_on == day("2022-10-27")  # 300 days after the eve


def test_a_first_baseline_is_the_first_figure_on_its_own_day() -> None:
    promise = reported(LEVEL, at_least(200), baseline=FIRST)
    row = stand(promise, figures(("2022-12-31", 100), ("2023-12-31", 160)), "2023-12-31")
    assert row.base
    assert (row.base.on, row.base.amount) == (day("2022-12-31"), 100)
    assert row.expected == 100 + 100 * Fraction(365, 731)
    assert row.light == GREEN


def test_a_goal_on_the_near_side_of_its_baseline_is_judged_alone() -> None:
    promise = reported(LEVEL, at_most(35), baseline=Fraction(30))
    row = stand(promise, figures(("2022-06-30", 36)), "2022-07-01")
    assert (row.line, row.progress, row.light) == (None, None, YELLOW)


def test_a_share_is_a_quotient_in_per_cent_and_of_nothing_it_has_no_value() -> None:
    of, to = [span("2022-03-01", 30)], [span("2022-03-01", 50), span("2022-05-01", 50)]
    assert share(of, to, at_least(80), "2022-04-01").actual == 60
    row = share(of, to, at_least(80), "2022-06-01")
    assert (row.actual, row.progress, row.light) == (30, Fraction(3, 8), RED)
    assert share(of, [], at_least(80), "2022-06-01").actual is None


RISING = {
    "goals": (
        PeriodGoal("2022", Fraction(82)),
        PeriodGoal("2023", Fraction(86)),
        PeriodGoal("2024", Fraction(90)),
    )
}


@pytest.mark.parametrize(
    ("on", "light"),
    [("2022-06-30", GREEN), ("2023-06-30", YELLOW), ("2024-06-30", YELLOW), ("2025-01-01", RED)],
)
def test_a_level_with_goals_by_period_is_held_against_that_of_the_day(on: str, light: str) -> None:
    to = [span("2022-01-01", 100)]
    row = share([span("2022-01-01", 84)], to, at_least(90), on, **RISING)
    assert (row.light, row.goal, row.met) == (light, at_least(90), False)


def test_goals_by_period_are_milestones_of_a_flow_and_bind_a_ceiling_until_then() -> None:
    entries = (PeriodGoal("2022", Fraction(10)), PeriodGoal("2024", Fraction(40)))
    flow = target(at_least(40))._replace(goals=entries)
    assert stand(flow, [], "2022-12-31").expected == 10
    ceiling = target(at_most(40))._replace(goals=entries)
    spent = [span("2022-05-01", 12)]
    assert [stand(ceiling, spent, on).light for on in ("2022-12-31", "2023-01-01")] == [RED, GREEN]


def test_with_every_each_period_has_its_own_goal_and_null_is_only_tracked() -> None:
    entries = (PeriodGoal("2022", None), PeriodGoal("2023", Fraction(6)), PeriodGoal("2024", Fraction(7)))
    promise = reported(LEVEL, at_least(7), every="year", goals=entries)
    told = figures(("2022-12-31", 5), ("2023-12-31", "6.1"))
    assert (stand(promise, told, "2022-12-31").goal, stand(promise, told, "2022-12-31").light) == (None, NONE)
    row = stand(promise, told, "2024-01-15")
    assert (row.actual, row.light) == (None, NONE)  # a period without a figure has no data
    assert [(each.year, each.actual, each.goal, each.met) for each in row.years] == [
        (2023, Fraction("6.1"), 6, True),
        (2024, None, 7, False),
    ]


def test_with_every_later_lines_run_from_the_goal_before() -> None:
    entries = tuple(
        PeriodGoal(str(year), Fraction(goal)) for year, goal in ((2022, 25), (2023, 20), (2024, 15))
    )
    promise = reported(LEVEL, at_most(15), every="year", goals=entries, baseline=Fraction(30))
    told = figures(("2023-01-31", 24))
    assert stand(promise, told, "2022-12-31").expected == 25
    row = stand(promise, told, "2023-12-31")
    assert (row.base and row.base.amount, row.expected, row.progress) == (25, 20, Fraction(1, 5))


def test_a_period_without_a_goal_leaves_the_line_on_the_goal_before_it() -> None:
    entries = (
        PeriodGoal("2022", Fraction(3_300)),
        PeriodGoal("2023", None),
        PeriodGoal("2024", Fraction(3_666)),
    )
    promise = reported(LEVEL, at_least(3_666), every="year", goals=entries, baseline=Fraction(3_000))
    row = stand(promise, figures(("2024-01-01", 3_301)), "2024-01-01")
    assert (row.base and row.base.amount, row.expected) == (3_300, 3_301)  # one of 366 days


def test_per_town_each_town_has_its_own_goal_and_line_and_the_row_expects_those_with_a_figure() -> None:
    metric = FIGURES._replace(stock=True, towns=(NANZHA, YUNTING))
    promise = target(at_most(10), metric)._replace(
        reading=Reading(LEVEL),
        town_goals=((NANZHA, Fraction(12)), (YUNTING, Fraction(45))),
        town_baselines=((NANZHA, Fraction(24)), (YUNTING, Fraction(90))),
    )
    spans = [span("2022-06-30", 17, town=NANZHA)]
    row = stand(promise, spans, "2023-07-02")  # halfway: 18 and 67.5 are expected
    assert (row.actual, row.goal, row.expected, row.light) == (0, at_least(2), 1, GREEN)
    assert [(each.town, each.actual, each.goal, each.met) for each in row.each] == [
        (NANZHA, 17, 12, False),
        (YUNTING, None, 45, False),
    ]
    late = stand(promise, [*spans, span("2022-07-31", 80, town=YUNTING)], "2023-07-02")
    assert (late.expected, late.light) == (2, RED)
    assert stand(promise, [], "2023-07-02").actual is None


def test_a_target_that_follows_another_has_its_figure_as_goal() -> None:
    ahead = reported(LEVEL, at_least(5), key="income")
    metric = FIGURES._replace(kind="other", stock=True)
    promise = target(at_least(0), metric)._replace(reading=Reading(LEVEL), follows="income")
    of = plan(promises=(ahead, promise))
    spans = {ahead.metric: figures(("2022-06-30", 6)), metric: figures(("2022-06-30", "5.5"))}
    row = assess_target(promise, spans, of, day("2022-07-01"))
    assert (row.goal, row.met, row.light) == (at_least(6), False, YELLOW)
    none = assess_target(promise, spans, of, day("2022-06-29"))
    assert (none.goal, none.light) == (None, NONE)


POINTS = plan(lights=Lights(Fraction(10), 30, red=Fraction(30)))


@pytest.mark.parametrize(
    ("amount", "light"), [("50", GREEN), ("40.1", GREEN), ("40", YELLOW), ("20", YELLOW), ("19.9", RED)]
)
def test_lights_in_points_are_chosen_by_the_lag(amount: str, light: str) -> None:
    promise = target(at_least(100), FIGURES)
    assert stand(promise, [span("2022-01-01", amount)], "2023-07-02", POINTS).light == light


def test_lights_in_points_of_a_level_go_by_its_shortfall_and_a_tasks_need_by_the_same_lag() -> None:
    told = [figures(("2022-01-31", amount)) for amount in ("91", "90", "70", "69")]
    promise = reported(LEVEL, at_least(100))
    assert [stand(promise, its, "2022-06-01", POINTS).light for its in told] == [GREEN, YELLOW, YELLOW, RED]
    row = task(1, "2022-12-31", need(at_least(365), FIGURES, None))
    lights = [
        task_standing(row, {FIGURES: [span("2022-01-01", amount)]}, "2022-04-10", of=POINTS).light
        for amount in (64, 63)  # 100 are expected: a lag of 36, and of 37, of 365
    ]
    assert lights == [NONE, YELLOW]


def test_a_need_on_a_level_is_decided_when_it_is_due_and_stays_so() -> None:
    wanted = need(at_most(15), FIGURES._replace(stock=True), None)._replace(reading=Reading(LEVEL))
    row = task(1, "2022-06-30", wanted)
    told = {
        wanted.metric: figures(("2022-05-01", 14), ("2022-06-15", 16), ("2022-08-01", 15), ("2022-09-01", 20))
    }
    states = [
        (found.state, found.completed_on)
        for on in ("2022-05-02", "2022-06-30", "2022-07-01", "2022-08-01", "2022-10-01")
        for found in (task_standing(row, told, on),)
    ]
    done = ("done", day("2022-08-01"))
    assert states == [("open", None), ("open", None), ("overdue", None), done, done]


def test_a_need_asks_its_own_amount_of_each_town() -> None:
    metric = Metric("enclave", "floor_area", towns=(NANZHA, YUNTING))
    wanted = need(at_least(5000), metric, None)._replace(town_goals=((NANZHA, Fraction(2000)),))
    spans = {metric: [span("2022-03-01", 2000, town=NANZHA), span("2022-03-01", 2000, town=YUNTING)]}
    (found,) = task_standing(task(1, "2022-12-31", wanted), spans, "2022-06-01").needs
    assert [(each.town, each.goal, each.met) for each in found.each] == [
        (NANZHA, 2000, True),
        (YUNTING, 5000, False),
    ]
    assert (found.actual, found.met) == (1, False)
    assert write_short_towns(found, {NANZHA: "Nanzha", YUNTING: "Yunting"}) == "short by 3,000 unit: Yunting"


def test_towns_without_a_figure_are_named_among_those_that_are_short() -> None:
    metric = FIGURES._replace(stock=True, towns=(NANZHA, YUNTING))
    wanted = need(at_least(10), metric, None)._replace(reading=Reading(LEVEL))
    spans = {metric: [span("2022-03-01", 4, town=NANZHA)]}
    (found,) = task_standing(task(1, "2022-06-30", wanted), spans, "2022-07-01").needs
    told = write_short_towns(found, {NANZHA: "Nanzha", YUNTING: "Yunting"})
    assert told == "short by 6 unit: Nanzha\nno data: Yunting"


def test_the_league_measures_a_towns_way_from_the_goal_before_as_its_row_does() -> None:
    metric = FIGURES._replace(stock=True, towns=(NANZHA,))
    entries = tuple(
        PeriodGoal(str(year), Fraction(goal)) for year, goal in ((2022, 20), (2023, 10), (2024, 5))
    )
    promise = target(at_most(5), metric, every="year")._replace(
        reading=Reading(LEVEL), goals=entries, town_baselines=((NANZHA, Fraction(30)),)
    )
    of = plan(promises=(promise,))._replace(organisations=(Organisation(NANZHA, "Nanzha", "town"),))
    (place,) = league(of, {metric: [span("2023-06-30", 15, town=NANZHA)]}, day("2023-12-31"))
    assert [(goal.goal, goal.share) for goal in place.goals] == [(at_most(10), Fraction(1, 2))]


amounts = st.fractions(-100, 100, max_denominator=100)
days = st.dates(date(2021, 12, 31), date(2025, 6, 30))


@settings(deadline=None)
@given(amounts, amounts, days, st.booleans())
def test_a_line_never_leaves_the_strip_between_baseline_and_goal(
    baseline: Fraction, goal: Fraction, on: date, upper: bool
) -> None:
    promise = reported(LEVEL, (at_most if upper else at_least)(goal), baseline=baseline)
    row = stand(promise, figures(("2022-01-01", 1)), on)
    if row.line is not None:
        assert min(baseline, goal) <= row.line.on(on) <= max(baseline, goal)
    else:
        assert goal >= baseline if upper else goal <= baseline


@settings(deadline=None)
@given(st.lists(st.tuples(days, amounts), max_size=8, unique_by=lambda pair: pair[0]), days)
def test_a_levels_row_does_not_depend_on_figures_after_the_day(
    told: list[tuple[date, Fraction]], on: date
) -> None:
    promise = reported(LEVEL, at_least(50), baseline=FIRST)
    known = [pair for pair in told if pair[0] <= on]
    whole, part = (stand(promise, figures(*pairs), on) for pairs in (told, known))
    assert whole._replace(gauge=part.gauge, line=part.line) == part
