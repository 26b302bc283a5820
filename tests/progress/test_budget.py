"""Money under a ceiling: by category and year, what is left, and the pace against the plan's run."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.plan.metrics import Span
from kfly.progress.budget import Budget, Payment, budget, find_ceiling
from tests.support.progress_examples import (
    EXPENDITURE,
    PLAN,
    at_least,
    at_most,
    day,
    plan,
    span,
    standing,
    target,
)

CEILING = target(at_most(10000), EXPENDITURE)


def found(as_of: str, spans: dict[str, list[Span]], items: list[Payment] | None = None) -> Budget:
    row = standing(CEILING, [each for its in spans.values() for each in its], as_of)
    return budget(row, PLAN, day(as_of), spans, items or [])


def item(number: int, amount: int, on: str) -> Payment:
    return Payment(number, f"第{number}笔", "载体改造", Fraction(amount), day(on), "")


SPANS = {
    "载体改造": [span("2022-07-15", 1200), span("2023-02-01", 800), span("2021-12-31", 5)],
    "人才培训": [span("2022-10-21", 36)],
    "其他": [],
}


@pytest.mark.parametrize(
    ("as_of", "spent", "left", "by_year"),
    [
        ("2022-07-14", 0, 10000, {2022: 0}),
        ("2022-12-31", 1236, 8764, {2022: 1236}),
        ("2023-02-01", 2036, 7964, {2022: 1236, 2023: 800}),
        ("2030-01-01", 2036, 7964, {2022: 1236, 2023: 800, 2024: 0}),
    ],
)
def test_it_is_spent_by_category_and_year_from_the_plans_first_day_on(
    as_of: str, spent: int, left: int, by_year: dict[int, int]
) -> None:
    money = found(as_of, SPANS)
    assert (money.row.actual, money.left) == (spent, left)
    assert {year: sum(tally.years[year] for tally in money.categories) for year in money.years} == by_year
    assert sum(tally.spent for tally in money.categories) == spent


@pytest.mark.parametrize("as_of", ["2024-12-31", "2025-01-01", "2025-06-30", "2030-01-01"])
def test_what_is_paid_after_the_plans_last_year_is_that_years_so_all_add_up(as_of: str) -> None:
    money = found(as_of, {"载体改造": [span("2024-12-31", 7), span("2025-01-01", 3), span("2025-06-30", 1)]})
    (tally,) = money.categories
    assert money.years == (2022, 2023, 2024)
    assert tally.spent == money.row.actual == tally.years[2024]


def test_above_its_ceiling_less_than_nothing_is_left_and_the_light_is_red() -> None:
    money = found("2022-12-31", {"载体改造": [span("2022-03-01", 10000), span("2022-04-01", 1)]})
    assert (money.left, money.row.light) == (-1, "red")


@pytest.mark.parametrize(
    ("as_of", "passed"), [("2021-06-01", 0), ("2022-12-31", 365), ("2024-12-31", 1096), ("2030-01-01", 1096)]
)
def test_the_time_is_that_of_the_plans_run(as_of: str, passed: int) -> None:
    assert found(as_of, {}).time_share == Fraction(passed, 1096)


def test_the_largest_items_come_first_and_only_those_that_count() -> None:
    items = [item(n, n, "2022-03-01") for n in range(1, 8)]
    items += [item(98, 98, "2021-12-31"), item(99, 99, "2022-03-02"), item(8, 7, "2022-02-01")]
    money = found("2022-03-01", SPANS, items)
    assert [each.id for each in money.largest] == [8, 7, 6, 5, 4]
    assert money.largest[0].on == date(2022, 2, 1)


def test_a_refund_is_no_large_item_and_makes_its_payment_smaller() -> None:
    items = [item(1, 100, "2022-03-01"), item(2, 90, "2022-03-01"), item(3, -20, "2022-03-02")]
    items[2] = items[2]._replace(corrects=1)
    items += [item(4, -5, "2022-03-03"), item(5, -40, "2022-04-01")._replace(corrects=2)]
    money = found("2022-03-31", SPANS, items)
    assert [(each.id, each.amount, each.refunded, each.net) for each in money.largest] == [
        (2, 90, 0, 90),
        (1, 100, 20, 80),
    ]
    assert money.refunded == 25
    later = found("2022-04-01", SPANS, items)
    assert [(each.id, each.net) for each in later.largest] == [(1, 80), (2, 50)]
    assert later.refunded == 65


def test_the_ceiling_is_the_plans_on_expenditures_else_the_first_on_a_sum() -> None:
    other = target(at_most(3), EXPENDITURE._replace(kind="grant"), key="grants")
    count = target(at_most(3), EXPENDITURE._replace(field=None), key="count")
    assert find_ceiling(plan(promises=(count, other, CEILING))) == CEILING
    assert find_ceiling(plan(promises=(count, other))) == other
    assert find_ceiling(plan(promises=(count, target(at_least(3), EXPENDITURE)))) is None
