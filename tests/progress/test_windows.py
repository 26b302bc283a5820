"""Which records count as of a day: the plan's window, a task's window, stock and flow."""

import pytest

from tests.support.progress_examples import (
    BUILDINGS,
    EVE,
    FUND_SCALE,
    INVESTORS,
    at_least,
    day,
    need,
    nth_day,
    plan,
    span,
    standing,
    target,
    task,
    task_standing,
)


@pytest.mark.parametrize(
    ("since", "until", "as_of", "counts"),
    [
        pytest.param("2021-12-31", None, "2022-06-30", False, id="the day before the plan starts"),
        pytest.param("2022-01-01", None, "2022-01-01", True, id="the plan's first day"),
        pytest.param("2022-06-30", None, "2022-06-30", True, id="the day asked"),
        pytest.param("2022-07-01", None, "2022-06-30", False, id="the day after the day asked"),
        pytest.param("2024-12-31", None, "2024-12-31", True, id="the deadline"),
        pytest.param("2025-02-01", None, "2025-03-01", True, id="after the deadline: late is still done"),
        pytest.param("2022-03-01", "2022-07-01", "2022-06-30", True, id="ends the day after the day asked"),
        pytest.param("2022-03-01", "2022-06-30", "2022-06-30", False, id="ends on the day asked"),
        pytest.param("2022-03-01", "2022-04-01", "2022-06-30", False, id="ended long ago"),
    ],
)
def test_a_flow_counts_from_the_plans_start_to_the_day_asked(
    since: str, until: str | None, as_of: str, counts: bool
) -> None:
    row = standing(target(at_least(3)), [span(since, until=until)], as_of)
    assert row.actual == int(counts)


@pytest.mark.parametrize(
    ("since", "until", "as_of", "counts"),
    [
        pytest.param("1998-05-01", None, "2022-06-30", True, id="registered long before the plan"),
        pytest.param("1998-05-01", None, "2021-06-30", True, id="asked before the plan starts"),
        pytest.param("2022-06-30", None, "2022-06-30", True, id="registered on the day asked"),
        pytest.param("2022-07-01", None, "2022-06-30", False, id="not yet registered"),
        pytest.param("1998-05-01", "2022-07-01", "2022-06-30", True, id="ends the day after the day asked"),
        pytest.param("1998-05-01", "2022-06-30", "2022-06-30", False, id="ends on the day asked"),
        pytest.param("1998-05-01", "2001-01-01", "2022-06-30", False, id="ended before the plan"),
    ],
)
def test_a_stock_counts_what_there_is_on_the_day(
    since: str, until: str | None, as_of: str, counts: bool
) -> None:
    row = standing(target(at_least(3), INVESTORS), [span(since, until=until)], as_of)
    assert row.actual == int(counts)


def test_a_stock_sum_falls_when_a_fund_ends() -> None:
    funds = [span("2020-05-01", "120.5"), span("2022-02-01", 40, until="2022-09-01")]
    promise = target(at_least(150), FUND_SCALE)
    assert standing(promise, funds, "2022-08-31").actual == span(EVE, "160.5").amount
    assert standing(promise, funds, "2022-09-01").actual == span(EVE, "120.5").amount


def test_a_plan_that_starts_in_march_counts_from_that_day() -> None:
    spring = plan(starts="2022-03-01", ends="2025-02-28")
    spans = [span("2022-02-28", 10), span("2022-03-01", 1)]
    assert standing(target(at_least(3)), spans, "2022-06-30", spring).actual == 1


def test_what_is_met_after_the_deadline_is_met() -> None:
    promise, spans = target(at_least(3)), [span("2022-05-01", 2), span("2025-02-01")]
    before, after = standing(promise, spans, "2025-01-31"), standing(promise, spans, "2025-02-01")
    assert (before.met, before.light) == (False, "red")
    assert (after.met, after.light) == (True, "green")


def test_a_target_with_its_own_deadline_is_due_then() -> None:
    promise = target(at_least(3), due="2023-06-30")
    assert standing(promise, [], "2023-06-30").due == day("2023-06-30")
    assert standing(promise, [], "2023-07-01").light == "red"


@pytest.mark.parametrize(
    ("year", "since", "as_of", "counts"),
    [
        pytest.param(2022, "2021-12-31", "2022-06-30", False, id="the eve of its year"),
        pytest.param(2022, "2022-01-01", "2022-01-01", True, id="1 January of its year"),
        pytest.param(2022, "2022-11-30", "2022-11-30", True, id="its due date"),
        pytest.param(2022, "2023-02-01", "2023-02-01", True, id="after its due date, in the next year"),
        pytest.param(2022, "2023-02-02", "2023-02-01", False, id="after the day asked"),
        pytest.param(2023, "2022-12-31", "2023-06-30", False, id="the plan has begun, the table's year not"),
        pytest.param(2023, "2023-01-01", "2023-06-30", True, id="1 January of a later table's year"),
    ],
)
def test_a_tasks_need_counts_from_1_january_of_its_tables_year(
    year: int, since: str, as_of: str, counts: bool
) -> None:
    row = task(1, f"{year}-11-30", need(at_least(10)), year=year)
    assert task_standing(row, {BUILDINGS: [span(since)]}, as_of).needs[0].actual == int(counts)


def test_a_tasks_need_counts_from_the_plans_start_where_that_is_later() -> None:
    spring = plan(starts="2022-04-01", ends="2025-03-31")
    row = task(1, "2022-11-30", need(at_least(2)))
    spans = {BUILDINGS: [span("2022-02-10"), span("2022-03-31"), span("2022-04-01")]}
    assert task_standing(row, spans, "2022-06-30", of=spring).needs[0].actual == 1


def test_a_tasks_line_begins_on_the_plans_eve_where_that_is_later() -> None:
    """From 31 March on, 244 days to 30 November."""
    spring = plan(starts="2022-04-01", ends="2025-03-31")
    row = task(1, "2022-11-30", need(at_least(244)))
    expected = [task_standing(row, {}, d, of=spring).needs[0].expected for d in ("2022-03-31", "2022-04-30")]
    assert expected == [0, 30]


def test_no_task_is_done_by_its_figures_before_the_plan_begins() -> None:
    spring = plan(starts="2022-04-01", ends="2025-03-31")
    row = task(1, "2022-12-31", need(at_least(10), INVESTORS))
    investors = {INVESTORS: [span("1998-05-01", 10)]}
    eve, first = (task_standing(row, investors, d, of=spring) for d in ("2022-03-31", "2022-04-01"))
    assert (eve.state, first.state, first.completed_on) == ("open", "done", day("2022-04-01"))


def test_a_tasks_need_of_a_stock_takes_in_what_was_there_before() -> None:
    row = task(1, "2022-12-31", need(at_least(10), INVESTORS))
    investors = [span("1998-05-01", 6), span("2022-02-01", 3), span("2019-01-01", 5, until="2022-02-15")]
    stood = [
        task_standing(row, {INVESTORS: investors}, d).needs[0].actual for d in (nth_day(45), nth_day(46))
    ]
    assert stood == [14, 9]
