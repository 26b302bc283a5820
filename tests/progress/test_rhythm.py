"""How often figures come is seen from their months; what is missing is named once it is due."""

from datetime import date

import pytest

from kfly.plan.periods import Calendar
from kfly.progress.rhythm import find_gaps, find_rhythm, list_due, number_month

PLAN = Calendar(date(2022, 1, 1), date(2024, 12, 31))


def months(*texts: str) -> set[int]:
    return {number_month(date.fromisoformat(f"{text}-01")) for text in texts}


@pytest.mark.parametrize(
    ("there", "rhythm"),
    [
        (("2022-01", "2022-02", "2022-03", "2022-04"), "month"),
        (("2022-01", "2022-02", "2022-03"), None),  # two steps are no habit
        (("2022-01", "2022-02", "2022-03", "2022-05", "2022-06"), "month"),
        (("2022-10", "2022-11", "2022-12", "2023-02"), "month"),  # 1—2月 come together
        (("2022-03", "2022-06", "2022-09", "2022-12"), "quarter"),
        (("2022-06", "2022-12", "2023-06", "2023-12"), "half"),
        (("2021-12", "2022-12", "2023-12", "2024-12"), "year"),
        (("2022-01", "2022-03", "2022-04", "2022-08", "2023-01"), None),
        ((), None),
    ],
)
def test_most_steps_tell_how_often_figures_come(there: tuple[str, ...], rhythm: str | None) -> None:
    assert find_rhythm(months(*there)) == rhythm


@pytest.mark.parametrize(
    ("every", "day", "grace_days", "last"),
    [
        ("month", "2022-04-01", 0, "2022-03"),
        ("month", "2022-03-31", 0, "2022-02"),
        ("month", "2022-04-07", 30, "2022-02"),  # a quarter of the month is left to it
        ("month", "2022-04-08", 30, "2022-03"),
        ("quarter", "2022-04-22", 30, None),
        ("quarter", "2022-04-23", 30, "2022Q1"),
        ("year", "2023-01-30", 30, None),
        ("year", "2023-01-31", 30, "2022"),
        ("year", "2030-01-01", 30, "2024"),
    ],
)
def test_a_period_is_due_after_the_grace_of_the_next(
    every: str, day: str, grace_days: int, last: str | None
) -> None:
    due = list_due(PLAN, every, date.fromisoformat(day), grace_days, is_usual=False)
    assert (due[-1].label if due else None) == last


def test_january_is_asked_of_monthly_figures_only_where_the_plan_asks() -> None:
    labels = {
        is_usual: [p.label for p in list_due(PLAN, "month", date(2022, 3, 1), 0, is_usual=is_usual)]
        for is_usual in (False, True)
    }
    assert labels == {False: ["2022-01", "2022-02"], True: ["2022-02"]}


def test_gaps_are_runs_from_the_first_figure_on() -> None:
    due = list_due(PLAN, "month", date(2022, 12, 1), 0, is_usual=False)
    there = months("2022-03", "2022-04", "2022-07", "2022-09")
    gaps = find_gaps(due, there, min(there))
    assert [(gap.first.label, gap.last.label, gap.is_closed) for gap in gaps] == [
        ("2022-05", "2022-06", True),
        ("2022-08", "2022-08", True),
        ("2022-10", "2022-11", False),
    ]
    assert find_gaps(due, set(), min(there))[0].first.label == "2022-03"


def test_fiscal_periods_hold_their_own_months() -> None:
    fiscal = Calendar(date(2022, 4, 1), date(2025, 3, 31), 4)
    due = list_due(fiscal, "quarter", date(2023, 4, 1), 0, is_usual=False)
    gaps = find_gaps(due, months("2022-06", "2023-03"), months("2022-06").pop())
    assert [(gap.first.label, gap.last.label) for gap in gaps] == [("2022/23Q2", "2022/23Q3")]
