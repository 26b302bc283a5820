"""One figure for each town: the row counts the towns that reach the goal."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Span
from kfly.progress.lights import LIGHTS
from tests.support.progress_examples import (
    CHENGJIANG,
    ENCLAVES,
    NANZHA,
    YUECHENG,
    YUNTING,
    at_least,
    day,
    more_than,
    need,
    span,
    standing,
    target,
    task,
    task_standing,
)

EACH_YEAR = target(at_least(5000), ENCLAVES, every="year")
IN_ALL = target(at_least(5000), ENCLAVES)

ENCLAVES_OF_2022 = [
    span("2022-03-01", 5000, town=NANZHA),
    span("2022-04-01", 3000, town=YUNTING),
    span("2022-06-01", 2000, town=YUNTING),
    span("2022-05-01", "4999.99", town=YUECHENG),
    span("2022-05-01", 9000, town=CHENGJIANG),  # hosts, and owes none
]


@pytest.mark.parametrize(
    ("as_of", "towns"),
    [("2022-02-28", 0), ("2022-03-01", 1), ("2022-05-31", 1), ("2022-06-01", 2), ("2022-12-31", 2)],
)
def test_the_row_counts_the_towns_that_reach_the_goal(as_of: str, towns: int) -> None:
    for promise in (EACH_YEAR, IN_ALL):
        row = standing(promise, ENCLAVES_OF_2022, as_of)
        assert (row.actual, row.goal, row.met) == (towns, at_least(3), False)


def test_each_town_has_its_own_figure_in_the_metrics_unit() -> None:
    row = standing(EACH_YEAR, ENCLAVES_OF_2022, "2022-05-31")
    assert [tuple(each) for each in row.each] == [
        (NANZHA, 5000, 5000, True),
        (YUNTING, 3000, 5000, False),
        (YUECHENG, Fraction("4999.99"), 5000, False),
    ]


def test_the_row_is_met_when_every_town_is_there() -> None:
    spans = [*ENCLAVES_OF_2022, span("2022-08-01", "0.01", town=YUECHENG)]
    before, after = (standing(EACH_YEAR, spans, d) for d in ("2022-07-31", "2022-08-01"))
    assert (before.met, after.met, after.actual, after.light) == (False, True, 3, "green")
    assert after.progress == 1


def test_much_in_one_town_does_not_help_another() -> None:
    row = standing(EACH_YEAR, [span("2022-03-01", 90000, town=NANZHA)], "2022-12-31")
    assert (row.actual, row.progress) == (1, Fraction(1, 3))


def test_a_town_must_exceed_a_goal_of_more_than_while_the_row_needs_every_town() -> None:
    promise = target(more_than(5000), ENCLAVES)
    spans = [span("2022-03-01", 5000, town=NANZHA), span("2022-03-01", "5000.01", town=YUNTING)]
    row = standing(promise, spans, "2022-12-31")
    assert [each.met for each in row.each] == [False, True, False]
    assert (row.actual, row.goal) == (1, at_least(3))
    assert standing(promise, spans, "2024-12-31").expected == 3  # not one town more than there are


def test_a_town_without_records_is_shown_with_nothing() -> None:
    row = standing(EACH_YEAR, [], "2022-06-30")
    assert [(each.town, each.actual) for each in row.each] == [(NANZHA, 0), (YUNTING, 0), (YUECHENG, 0)]


def test_a_town_that_owes_nothing_is_there_without_records() -> None:
    row = standing(target(at_least(0), ENCLAVES), [], "2022-06-30")
    assert [each.met for each in row.each] == [True, True, True]
    assert (row.actual, row.met) == (3, True)


def test_a_new_year_starts_again_in_every_town() -> None:
    row = standing(EACH_YEAR, [*ENCLAVES_OF_2022, span("2023-02-01", 5000, town=YUECHENG)], "2023-06-30")
    assert [each.actual for each in row.each] == [0, 0, 5000]
    assert [(each.year, *each[1:]) for each in row.years] == [(2022, 2, 3, False), (2023, 1, 3, False)]


def test_over_the_whole_plan_the_years_add_up_in_every_town() -> None:
    row = standing(IN_ALL, [*ENCLAVES_OF_2022, span("2023-02-01", "0.01", town=YUECHENG)], "2023-06-30")
    assert [each.actual for each in row.each] == [5000, 5000, 5000]
    assert (row.actual, row.met, row.years) == (3, True, ())


def test_a_town_that_loses_its_enclave_is_short_again() -> None:
    spans = [span("2022-03-01", 5000, until="2022-07-01", town=NANZHA), span("2022-07-01", 10, town=NANZHA)]
    assert [standing(IN_ALL, spans, d).actual for d in ("2022-06-30", "2022-07-01")] == [1, 0]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2022-01-01", 0), ("2022-08-31", 1), ("2022-09-01", 2), ("2022-12-30", 2), ("2022-12-31", 3)],
    ids=["first day", "1.997 towns", "2.005 towns", "the day before", "31 December"],
)
def test_towns_are_expected_as_whole_towns_over_the_year(as_of: str, expected: int) -> None:
    assert standing(EACH_YEAR, [], as_of).expected == expected


@pytest.mark.parametrize(
    ("towns", "light"), [(2, "green"), (1, "red")], ids=["2 of 2.005", "1 is below 0.8 × 2"]
)
def test_the_light_compares_towns(towns: int, light: str) -> None:
    spans = [span("2022-02-01", 5000, town=town) for town in (NANZHA, YUNTING)[:towns]]
    assert standing(EACH_YEAR, spans, "2022-09-01").light == light
    assert light in LIGHTS


def test_the_forecast_projects_whole_towns() -> None:
    """One town in 146 days leads to 2.5 in 365: 2, and to the third 292 days on, which is another year's."""
    found = standing(EACH_YEAR, ENCLAVES_OF_2022, "2022-05-26").forecast  # the 146th day
    assert found is not None
    assert (found.projected, found.on_course, found.reached_on) == (2, False, None)


def test_the_forecast_of_a_row_that_is_met_names_the_day_of_the_last_town() -> None:
    spans: list[Span] = [*ENCLAVES_OF_2022, span("2022-08-01", 1, town=YUECHENG)]
    found = standing(EACH_YEAR, spans, "2022-10-01").forecast
    assert found is not None
    assert found.reached_on == day("2022-08-01")


TASK_10 = task(10, "2022-11-30", need(at_least(4000), ENCLAVES))


def test_a_need_asks_each_town_for_its_own_amount() -> None:
    row = task_standing(TASK_10, {ENCLAVES: ENCLAVES_OF_2022}, "2022-05-31").needs[0]
    assert (row.actual, row.goal, row.met) == (2, at_least(3), False)
    assert [tuple(each) for each in row.each] == [
        (NANZHA, 5000, 4000, True),
        (YUNTING, 3000, 4000, False),
        (YUECHENG, Fraction("4999.99"), 4000, True),
    ]


def test_a_task_for_every_town_is_done_with_the_last_town() -> None:
    row = task_standing(TASK_10, {ENCLAVES: ENCLAVES_OF_2022}, "2022-12-15")
    assert (row.state, row.completed_on, row.late) == ("done", day("2022-06-01"), False)


def test_a_need_counts_a_towns_late_enclave_of_the_next_year() -> None:
    """The target counts only one year; the task of 2022 is met late."""
    spans = [
        *ENCLAVES_OF_2022[:2],
        span("2023-01-15", 4000, town=YUECHENG),
        span("2023-01-20", 1000, town=YUNTING),
    ]
    row = task_standing(TASK_10, {ENCLAVES: spans}, "2023-02-01")
    assert (row.state, row.completed_on, row.late) == ("done", day("2023-01-20"), True)


def test_what_a_town_set_up_before_the_tables_year_is_not_counted() -> None:
    row = task_standing(TASK_10, {ENCLAVES: [span("2021-12-31", 9000, town=NANZHA)]}, "2022-06-30")
    assert row.needs[0].actual == 0
