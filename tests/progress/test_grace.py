"""The first days of a window (起步), in which what is below its line is unlit and nothing is called late."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Goal, Metric
from kfly.plan.model import Lights, Need
from kfly.progress.supervision import supervise
from tests.support.progress_examples import (
    BUILDINGS,
    ENCLAVES,
    EXPENDITURE,
    FUND_SCALE,
    HUNDREDTH_DAY,
    NANZHA,
    Day,
    at_least,
    at_most,
    more_than,
    need,
    nth_day,
    plan,
    signed,
    span,
    standing,
    target,
    task,
    task_standing,
)


def lights(grace_days: int) -> Lights:
    return Lights(yellow=Fraction(4, 5), due_soon_days=30, grace_days=grace_days)


OFFICE = plan(lights=lights(30))


@pytest.mark.parametrize(
    ("grace_days", "due", "last"),
    [
        pytest.param(30, "2024-12-31", 30, id="thirty days of three years"),
        pytest.param(30, HUNDREDTH_DAY, 25, id="a quarter of a hundred days"),
        pytest.param(25, HUNDREDTH_DAY, 25, id="as many days as a quarter"),
        pytest.param(24, HUNDREDTH_DAY, 24, id="fewer than a quarter"),
        pytest.param(30, nth_day(103), 25, id="no part of a day: 25.75"),
        pytest.param(30, nth_day(3), 0, id="of three days there is no quarter"),
        pytest.param(0, "2024-12-31", 0, id="a plan that grants none"),
    ],
)
def test_the_grace_lasts_so_many_days_and_at_most_a_quarter(grace_days: int, due: Day, last: int) -> None:
    of, promise = plan(lights=lights(grace_days)), target(at_least(10**6), EXPENDITURE, due=due)
    unlit = [standing(promise, [], nth_day(n), of) for n in (1, last, last + 1) if n]
    assert [row.light for row in unlit[:-1]] == ["none"] * (len(unlit) - 1) if last else True
    assert unlit[-1].light == "red"
    assert [row.starting for row in unlit] == [row.light == "none" for row in unlit]


@pytest.mark.parametrize(
    ("goal", "metric", "actual", "light"),
    [
        pytest.param(at_least(1096), EXPENDITURE, 9, "none", id="below its line, yellow otherwise"),
        pytest.param(at_least(1096), EXPENDITURE, 0, "none", id="far below it, red otherwise"),
        pytest.param(at_least(1096), EXPENDITURE, 10, "green", id="on its line"),
        pytest.param(at_least(30), BUILDINGS, 0, "green", id="nothing is expected yet"),
        pytest.param(at_least(5), EXPENDITURE, 5, "green", id="met"),
        pytest.param(more_than(1096), FUND_SCALE, 9, "none", id="a stock below its line"),
        pytest.param(at_most(5), EXPENDITURE, 6, "red", id="an exceeded ceiling has no line"),
        pytest.param(at_most(5), EXPENDITURE, 5, "green", id="a ceiling that holds"),
        pytest.param(None, BUILDINGS, 0, "none", id="no goal"),
    ],
)
def test_in_the_grace_only_what_is_below_its_line_is_unlit(
    goal: Goal | None, metric: Metric, actual: int, light: str
) -> None:
    """On the tenth of 1096 days."""
    row = standing(target(goal, metric), [span("2022-01-01", actual)], nth_day(10), OFFICE)
    assert (row.light, row.starting) == (light, goal is not None and light == "none")


def test_before_the_plan_starts_there_is_no_grace_to_need() -> None:
    row = standing(target(at_least(1096), EXPENDITURE), [], "2021-12-31", OFFICE)
    assert (row.light, row.starting) == ("green", False)


def test_a_deadline_that_has_passed_is_red_whatever_the_grace() -> None:
    promise = target(at_least(5), EXPENDITURE, due="2022-01-10")
    assert standing(promise, [], "2022-01-11", OFFICE).light == "red"


EVENTS = target(at_least(365), every="year")


@pytest.mark.parametrize(
    ("as_of", "light"),
    [
        ("2022-01-01", "none"),
        ("2022-12-31", "red"),
        ("2023-01-01", "none"),
        ("2023-01-30", "none"),
        ("2023-01-31", "red"),
        ("2024-02-29", "red"),
        ("2025-01-01", "red"),
    ],
)
def test_every_year_has_its_own_first_days(as_of: str, light: str) -> None:
    assert standing(EVENTS, [], as_of, OFFICE).light == light


@pytest.mark.parametrize(("as_of", "light"), [("2022-11-01", "none"), ("2022-11-15", "none")])
def test_a_first_year_that_is_cut_has_its_first_days_from_the_plans_start_on(as_of: str, light: str) -> None:
    autumn = plan(starts="2022-11-01", ends="2024-12-31", lights=lights(30))
    assert standing(EVENTS, [], as_of, autumn).light == light
    assert standing(EVENTS, [], "2022-12-01", autumn).light == "red"


def test_a_per_town_row_is_unlit_while_its_year_begins() -> None:
    """By 20 March 2022 a month of grace is over."""
    promise = target(at_least(5000), ENCLAVES._replace(towns=tuple("abcdefghijkl")), every="year")
    of = plan(lights=lights(60))
    assert [standing(promise, [], d, of).light for d in ("2022-01-30", "2022-02-15", "2022-03-20")] == [
        "green",  # none of twelve towns is expected yet
        "none",
        "red",
    ]


@pytest.mark.parametrize(
    ("actual", "number", "light", "starting"),
    [
        pytest.param(0, 10, "none", True, id="yellow otherwise"),
        pytest.param(9, 10, "none", True, id="below its line, unlit anyway"),
        pytest.param(10, 10, "none", False, id="on its line"),
        pytest.param(0, 25, "none", True, id="the last day of a quarter"),
        pytest.param(0, 26, "yellow", False, id="the day after"),
        pytest.param(0, 101, "red", False, id="overdue"),
        pytest.param(100, 10, "green", False, id="done"),
        pytest.param(0, 0, "none", False, id="before its table"),
    ],
)
def test_a_task_below_its_line_is_unlit_while_its_table_begins(
    actual: int, number: int, light: str, *, starting: bool
) -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(100), EXPENDITURE))
    found = task_standing(row, {EXPENDITURE: [span("2022-01-01", actual)]}, nth_day(number), of=OFFICE)
    assert (found.light, found.starting) == (light, starting)


@pytest.mark.parametrize(
    ("needs", "light"),
    [
        pytest.param((), "blue", id="no need: the deadline is near"),
        pytest.param((need(at_least(100), EXPENDITURE),), "none", id="a need below its line"),
    ],
)
def test_a_task_due_within_its_first_days(needs: tuple[Need, ...], light: str) -> None:
    row = task(1, nth_day(30))._replace(needs=needs)
    found = task_standing(row, {}, nth_day(3), of=OFFICE)
    assert (found.light, found.starting) == (light, light == "none")


def test_overdue_in_the_first_days_of_the_plan_stays_overdue() -> None:
    row = task(1, "2022-01-10", need(at_least(100), EXPENDITURE))
    found = task_standing(row, {}, "2022-01-11", of=OFFICE)
    assert (found.state, found.light, found.starting) == ("overdue", "red", False)


def test_a_sign_off_in_the_first_days_is_green() -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(100)))
    assert task_standing(row, {}, nth_day(5), signed(nth_day(4), forced=True), of=OFFICE).light == "green"


def test_a_table_of_a_plan_that_starts_later_begins_with_the_plan() -> None:
    spring = plan(starts="2022-04-01", lights=lights(30))
    row = task(1, "2022-12-31", need(at_least(365), EXPENDITURE))
    assert [task_standing(row, {}, d, of=spring).light for d in ("2022-04-30", "2022-05-01")] == [
        "none",
        "yellow",
    ]


def test_nothing_is_behind_for_the_supervision_report_on_the_second_day() -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(100), EXPENDITURE, "asked"))
    for number, behind in ((2, 0), (26, 1)):
        found = supervise([task_standing(row, {}, nth_day(number), of=OFFICE)], behind=True, within=None)
        assert len(found.behind or ()) == behind


def test_a_town_that_has_its_share_in_the_first_days_is_green() -> None:
    row = task(1, HUNDREDTH_DAY, need(at_least(5000), ENCLAVES))
    spans = {ENCLAVES: [span("2022-01-02", 5000, town=NANZHA)]}
    assert task_standing(row, spans, nth_day(5), of=OFFICE).starting is False
