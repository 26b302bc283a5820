"""Targets of every year: only that year counts, and no failed year vanishes."""

import pytest

from kfly.plan.metrics import Goal, Span
from kfly.progress.targets import TargetStanding
from tests.support.progress_examples import (
    Day,
    at_least,
    at_most,
    day,
    more_than,
    plan,
    span,
    standing,
    target,
)

EVENTS = target(at_least(30), every="year")


def years(row: TargetStanding) -> list[tuple[object, ...]]:
    """The years of a row as plain tuples."""
    return [(each.year, each.actual, each.goal, each.met) for each in row.years]


@pytest.mark.parametrize(
    ("since", "as_of", "counts"),
    [
        pytest.param("2022-12-31", "2023-06-30", False, id="the last day of the year before"),
        pytest.param("2023-01-01", "2023-06-30", True, id="1 January"),
        pytest.param("2023-01-01", "2023-01-01", True, id="1 January, asked that day"),
        pytest.param("2023-06-30", "2023-06-30", True, id="the day asked"),
        pytest.param("2023-07-01", "2023-06-30", False, id="the day after the day asked"),
        pytest.param("2023-12-31", "2023-12-31", True, id="31 December"),
        pytest.param("2023-12-31", "2024-01-01", False, id="asked a day after the year"),
        pytest.param("2022-01-01", "2021-06-30", False, id="asked before the plan"),
        pytest.param("2021-06-01", "2021-06-30", False, id="before the plan, asked before it"),
        pytest.param("2024-05-01", "2025-06-30", True, id="the last year, asked after the plan"),
        pytest.param("2025-01-01", "2025-06-30", False, id="after the last year"),
    ],
)
def test_only_the_year_asked_counts(since: str, as_of: str, counts: bool) -> None:
    assert standing(EVENTS, [span(since)], as_of).actual == int(counts)


@pytest.mark.parametrize(
    ("as_of", "year"),
    [
        ("2019-06-30", 2022),
        ("2021-12-31", 2022),
        ("2022-01-01", 2022),
        ("2022-12-31", 2022),
        ("2023-01-01", 2023),
        ("2024-12-31", 2024),
        ("2025-01-01", 2024),
        ("2031-06-30", 2024),
    ],
)
def test_the_year_is_that_of_the_day_held_between_the_plans_first_and_last(as_of: str, year: int) -> None:
    row = standing(EVENTS, [], as_of)
    assert (row.period and row.period.year, row.due) == (year, day(f"{year}-12-31"))


def test_a_target_for_the_whole_plan_has_no_years() -> None:
    row = standing(target(at_least(30)), [span("2022-05-01")], "2023-06-30")
    assert (row.period, row.years) == (None, ())


def test_each_year_so_far_keeps_its_figure() -> None:
    spans = [span("2022-05-01", 29), span("2023-05-01", 30), span("2024-02-01", 4)]
    row = standing(EVENTS, spans, "2024-06-30")
    assert years(row) == [(2022, 29, 30, False), (2023, 30, 30, True), (2024, 4, 30, False)]
    assert row.actual == 4


@pytest.mark.parametrize(
    ("as_of", "so_far"),
    [
        ("2021-12-31", []),
        ("2022-01-01", [2022]),
        ("2023-12-31", [2022, 2023]),
        ("2024-01-01", [2022, 2023, 2024]),
        ("2030-01-01", [2022, 2023, 2024]),
    ],
)
def test_the_years_so_far_are_the_plans_years_up_to_the_day(as_of: str, so_far: list[int]) -> None:
    assert [year for year, *_ in years(standing(EVENTS, [], as_of))] == so_far


def test_what_is_made_up_for_in_the_next_year_does_not_save_the_last() -> None:
    row = standing(EVENTS, [span("2022-05-01", 29), span("2023-01-05", 31)], "2023-02-01")
    assert years(row) == [(2022, 29, 30, False), (2023, 31, 30, True)]


def test_a_past_year_takes_in_its_last_day() -> None:
    row = standing(EVENTS, [span("2022-12-31", 30), span("2023-01-01", 2)], "2023-06-30")
    assert years(row) == [(2022, 30, 30, True), (2023, 2, 30, False)]


def test_the_running_year_counts_up_to_the_day_asked() -> None:
    row = standing(EVENTS, [span("2022-05-01", 10), span("2022-08-01", 20)], "2022-06-30")
    assert years(row) == [(2022, 10, 30, False)]


def test_a_past_year_is_judged_as_it_stood_on_its_last_day() -> None:
    spans = [span("2022-05-01", 30, until="2023-03-01")]
    assert years(standing(EVENTS, spans, "2023-06-30"))[0] == (2022, 30, 30, True)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2021-12-31", 0, id="before the plan"),
        pytest.param("2023-01-01", 0, id="30/365 on 1 January"),
        pytest.param("2023-03-14", 6, id="73 of 365 days"),
        pytest.param("2023-12-30", 29, id="a day before the end"),
        pytest.param("2023-12-31", 30, id="31 December"),
        pytest.param("2024-02-29", 4, id="60 of 366 days"),
        pytest.param("2024-03-01", 5, id="61 of 366 days"),
        pytest.param("2025-06-30", 30, id="after the plan"),
    ],
)
def test_each_year_starts_again_from_nothing(as_of: str, expected: int) -> None:
    assert standing(EVENTS, [span("2022-05-01", 100)], as_of).expected == expected


@pytest.mark.parametrize(
    ("events", "as_of", "light"),
    [
        pytest.param(6, "2023-03-14", "green", id="6 of 6"),
        pytest.param(5, "2023-03-14", "yellow", id="5 of 6"),
        pytest.param(4, "2023-03-14", "red", id="4 of 6, below 4.8"),
        pytest.param(30, "2023-03-14", "green", id="met early"),
        pytest.param(29, "2023-12-31", "yellow", id="31 December is not past the deadline"),
    ],
)
def test_the_light_is_that_of_the_year(events: int, as_of: str, light: str) -> None:
    spans = [span("2022-06-01", 100), span("2023-01-05", events)]
    assert standing(EVENTS, spans, as_of).light == light


@pytest.mark.parametrize(
    ("spans", "light"),
    [
        pytest.param([span("2024-05-01", 30)], "green", id="the last year was kept"),
        pytest.param([span("2024-05-01", 29)], "red", id="the last year was not"),
        pytest.param([span("2024-05-01", 29), span("2025-01-02", 5)], "red", id="nor is it made up for"),
    ],
)
def test_after_the_plan_its_last_year_stays_as_it_was(spans: list[Span], light: str) -> None:
    assert standing(EVENTS, spans, "2025-02-01").light == light


@pytest.mark.parametrize(
    ("goal", "second_year"),
    [(more_than(30), 31), (at_most(30), None)],
    ids=["must exceed", "a ceiling"],
)
def test_a_years_line_arrives_at_what_keeps_its_promise(goal: Goal, second_year: int | None) -> None:
    assert standing(target(goal, every="year"), [], "2023-12-31").expected == second_year


def test_a_yearly_ceiling_starts_again_each_year() -> None:
    promise, spans = target(at_most(30), every="year"), [span("2022-05-01", 31), span("2023-05-01", 30)]
    assert [standing(promise, spans, d).light for d in ("2022-06-30", "2023-06-30")] == ["red", "green"]


@pytest.mark.parametrize(
    ("as_of", "projected", "reached"),
    [
        pytest.param("2023-03-14", 30, "2023-12-31", id="6 in 73 days, 292 left"),
        pytest.param("2023-03-15", 29, None, id="6 in 74 days, 291 left: 29.6"),
    ],
)
def test_a_years_pace_is_that_of_the_year(as_of: str, projected: int, reached: str | None) -> None:
    """24 more at 6 in 74 days take 296 days: 5 January 2024, which is no day of this year's."""
    found = standing(EVENTS, [span("2022-06-01", 100), span("2023-01-05", 6)], as_of).forecast
    assert found is not None
    assert (found.projected, found.on_course) == (projected, projected >= 30)
    assert found.reached_on == (day(reached) if reached else None)


@pytest.mark.parametrize("as_of", ["2021-12-31", "2025-01-01"], ids=["before the plan", "after the plan"])
def test_outside_the_plan_a_year_has_no_forecast(as_of: Day) -> None:
    assert standing(EVENTS, [span("2024-05-01", 3)], as_of).forecast is None


def test_a_years_goal_was_reached_in_that_year() -> None:
    spans = [span("2022-06-01", 30), span("2023-02-01", 29), span("2023-04-01", 5)]
    found = standing(EVENTS, spans, "2023-06-30").forecast
    assert found is not None
    assert found.reached_on == day("2023-04-01")


def test_365_days_before_the_end_of_a_leap_year_is_1_january() -> None:
    """So what was there on 1 January 2024 is no part of the pace on 31 December."""
    found = standing(EVENTS, [span("2024-01-01", 5)], "2024-12-31").forecast
    the_day_before = standing(EVENTS, [span("2024-01-01", 5)], "2024-12-30").forecast
    assert found is not None
    assert the_day_before is not None
    assert (found.pace, found.reached_on) == (0, None)
    assert the_day_before.pace > 0


SPRING = plan(starts="2022-03-01", ends="2025-02-28")


@pytest.mark.parametrize(
    ("as_of", "actual", "due"),
    [
        pytest.param("2022-02-28", 0, "2022-12-31", id="the eve of the plan: February counts for nothing"),
        pytest.param("2022-03-01", 1, "2022-12-31", id="the plan's first day"),
        pytest.param("2022-12-31", 1, "2022-12-31", id="the end of the first year"),
        pytest.param("2023-01-01", 16, "2023-12-31", id="a whole year"),
        pytest.param("2025-02-28", 4, "2025-02-28", id="the plan's last day"),
        pytest.param("2025-12-31", 4, "2025-02-28", id="after the plan: March counts for nothing"),
    ],
)
def test_a_yearly_window_is_cut_to_the_plans_run(as_of: str, actual: int, due: str) -> None:
    spans = [
        *(span("2021-12-31", 7), span("2022-02-28", 2), span("2022-03-01", 1), span("2023-01-01", 16)),
        *(span("2025-02-28", 4), span("2025-03-01", 8)),
    ]
    stood = standing(EVENTS, spans, as_of, SPRING)
    assert (stood.actual, stood.due) == (actual, day(due))


def test_the_years_of_a_yearly_target_are_cut_to_the_plans_run() -> None:
    spans = [span("2022-02-28", 2), span("2022-03-01", 1), span("2025-02-28", 4), span("2025-03-01", 8)]
    years = standing(EVENTS, spans, "2025-12-31", SPRING).years
    assert [(figure.year, figure.actual) for figure in years] == [(2022, 1), (2023, 0), (2024, 0), (2025, 4)]


def test_a_yearly_line_runs_from_the_plans_eve_and_to_its_last_day() -> None:
    """The first window has 306 days, of which 153 have passed by 31 July; the last has 59."""
    first, last = (standing(EVENTS, [], d, SPRING) for d in ("2022-07-31", "2025-02-28"))
    assert first.line is not None
    assert last.line is not None
    assert [first.line.on(day(d)) for d in ("2022-02-28", "2022-07-31")] == [0, 15]
    assert [last.line.on(day(d)) for d in ("2024-12-31", "2025-02-28")] == [0, 30]
