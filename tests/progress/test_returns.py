"""Which period an entry serves, and by when it had to come."""

from datetime import date

import pytest

from kfly.plan.periods import Calendar
from kfly.plan.returns import Return, ReturnEntry
from kfly.progress.returns import list_owed, serve_periods

PLAN = Calendar(date(2022, 1, 1), date(2022, 12, 31))
FISCAL = Calendar(date(2022, 4, 1), date(2024, 3, 31), 4)
MONTHLY = Return("building", ("东镇",), "month", 5)


def served(
    days: list[str | tuple[str, str]], asked: Return = MONTHLY, plan: Calendar = PLAN
) -> dict[str, str]:
    came = [
        ReturnEntry(date.fromisoformat(day))
        if isinstance(day, str)
        else ReturnEntry(date.fromisoformat(day[0]), day[1])
        for day in days
    ]
    return {
        label: entry.on.isoformat() for label, entry in serve_periods(came, list_owed(asked, plan)).items()
    }


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2022-03-05"], {"2022-02": "2022-03-05"}),
        (["2022-03-06"], {"2022-03": "2022-03-06"}),
        (["2022-03-02", "2022-03-03"], {"2022-02": "2022-03-02", "2022-03": "2022-03-03"}),
        (["2022-02-20", "2022-03-02"], {"2022-02": "2022-02-20", "2022-03": "2022-03-02"}),
        (["2022-03-03", "2022-02-20"], {"2022-02": "2022-02-20", "2022-03": "2022-03-03"}),
        (["2022-03-10", "2022-03-20"], {"2022-03": "2022-03-10"}),
        (["2021-12-31"], {}),
        (["2022-01-03"], {"2022-01": "2022-01-03"}),
        (["2023-01-05"], {"2022-12": "2023-01-05"}),
        (["2023-01-06"], {}),
        (["2022-12-20", "2023-01-03"], {"2022-12": "2022-12-20"}),
        ([("2022-05-20", "2022-03")], {"2022-03": "2022-05-20"}),
        ([("2022-03-02", "2022-02"), "2022-03-02"], {"2022-02": "2022-03-02", "2022-03": "2022-03-02"}),
        ([("2022-03-20", "2022-02"), "2022-03-02"], {"2022-02": "2022-03-02"}),
    ],
)
def test_an_entry_serves_the_period_before_while_it_is_missing_and_its_day_has_not_passed(
    days: list[str | tuple[str, str]], expected: dict[str, str]
) -> None:
    assert served(days) == expected


@pytest.mark.parametrize(
    ("every", "by", "plan", "label", "due"),
    [
        ("month", 5, PLAN, "2022-02", date(2022, 3, 5)),
        ("month", 31, PLAN, "2022-01", date(2022, 2, 28)),
        ("month", 5, PLAN, "2022-12", date(2023, 1, 5)),
        ("quarter", 10, PLAN, "2022Q3", date(2022, 10, 10)),
        ("half", 15, PLAN, "2022H1", date(2022, 7, 15)),
        ("year", 20, PLAN, "2022", date(2023, 1, 20)),
        ("quarter", 10, FISCAL, "2022/23Q1", date(2022, 7, 10)),
        ("half", 10, FISCAL, "2023/24H2", date(2024, 4, 10)),
        ("year", 10, FISCAL, "2022/23", date(2023, 4, 10)),
        # What the plan's run cuts off is owed by the day it would be otherwise.
        ("quarter", 10, Calendar(date(2022, 2, 10), date(2022, 11, 15)), "2022Q4", date(2023, 1, 10)),
        ("month", 5, Calendar(date(2022, 2, 10), date(2022, 11, 15)), "2022-02", date(2022, 3, 5)),
    ],
)
def test_what_is_owed_has_to_come_by_a_day_of_the_month_after(
    every: str, by: int, plan: Calendar, label: str, due: date
) -> None:
    owed = {each.period.label: each.due for each in list_owed(Return("building", (), every, by), plan)}
    assert owed[label] == due
