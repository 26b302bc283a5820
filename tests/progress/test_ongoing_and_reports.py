"""Ongoing tasks, and tasks of which each period wants a report."""

from datetime import date

import pytest

from kfly.plan.course import Course
from kfly.plan.model import Name, Organisation, Plan, Task
from kfly.plan.periods import HALF, MONTH, QUARTER, YEAR
from kfly.progress.departments import LEAD, tally_by
from kfly.progress.reporting import find_unreported
from kfly.progress.tally import tally
from kfly.progress.tasks import TaskStanding, assess_task
from tests.support.progress_examples import day, plan, signed


def task(due: str | None = None, every: str | None = None, year: int = 2022) -> Task:
    return Task(
        year=year,
        number=1,
        title=Name("事", "Task"),
        lead=("市科技局",),
        responsible=(),
        due=(due and day(due)) or None,
        measure=None,
        needs=(),
        report_every=every,
    )


def stand(row: Task, on: str, *reports: str, done: str | None = None) -> TaskStanding:
    key = (row.year, row.number)
    course = Course({key: signed(done)} if done else {}, reports={key: [day(report) for report in reports]})
    return assess_task(row, {}, course, plan(row), day(on))


def test_what_is_ongoing_has_no_day_and_is_never_overdue() -> None:
    for on in ("2021-06-01", "2022-06-01", "2024-12-31", "2026-01-01"):
        row = stand(task(), on)
        assert (row.state, row.light, row.days_overdue, row.days_left, row.late) == (
            "ongoing",
            "none",
            None,
            None,
            False,
        )


def test_a_sign_off_closes_it_and_it_stands_in_no_rate() -> None:
    row = stand(task(), "2022-06-01", done="2022-05-01")
    assert (row.state, row.light, str(row.completed_on), row.late) == ("done", "green", "2022-05-01", False)
    bureau = Organisation("市科技局", "Bureau", "department")
    of = plan(task())._replace(organisations=(bureau,))
    (closed,) = tally_by(LEAD, [row], of)
    assert (closed.done, closed.on_time, closed.on_time_rate) == (1, 0, None)
    (going,) = tally_by(LEAD, [stand(task(), "2022-06-01")], of)
    assert (going.ongoing, going.open, going.on_time_rate) == (1, 0, None)


def test_the_tally_counts_it_apart() -> None:
    counted = tally([stand(task(), "2022-06-01"), stand(task("2022-12-31"), "2022-06-01")])
    assert (counted.total, counted.open, counted.ongoing, counted.behind) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("every", "on", "reports", "missing"),
    [
        (QUARTER, "2022-03-31", [], None),  # the quarter is not over yet
        (QUARTER, "2022-04-01", [], "2022Q1"),
        (QUARTER, "2022-04-01", ["2022-01-01"], None),
        (QUARTER, "2022-04-01", ["2022-03-31"], None),
        (QUARTER, "2022-04-10", ["2022-04-05"], "2022Q1"),  # which is the next quarter's
        (QUARTER, "2022-07-01", ["2022-03-31"], "2022Q2"),
        (MONTH, "2022-02-01", [], "2022-01"),
        (MONTH, "2022-03-15", ["2022-02-20"], None),
        (HALF, "2022-06-30", [], None),
        (HALF, "2022-07-01", [], "2022H1"),
        (YEAR, "2022-12-31", [], None),
        (YEAR, "2023-01-01", [], "2022"),
        (None, "2023-01-01", [], None),
    ],
)
def test_the_last_whole_period_without_a_report_turns_it_yellow(
    every: str | None, on: str, reports: list[str], missing: str | None
) -> None:
    for due in (None, "2024-06-30"):
        row = stand(task(due, every), on, *reports)
        assert (row.unreported and row.unreported.label) == missing
        assert row.light == ("yellow" if missing else "none")


def test_a_report_of_a_later_day_is_not_there_yet() -> None:
    assert stand(task(every=MONTH), "2022-02-01", "2022-01-20").light == "none"
    of = plan(task(every=MONTH))
    assert find_unreported(of.tasks[0], of, [], day("2022-02-01")) is not None


def test_no_report_is_due_for_what_is_done_or_has_not_begun() -> None:
    assert stand(task(every=MONTH), "2022-06-01", done="2022-05-01").unreported is None
    assert stand(task(every=MONTH, year=2023), "2023-01-31").unreported is None
    assert stand(task(every=MONTH, year=2023), "2023-02-01").unreported is not None


def test_a_period_that_the_plan_cuts_wants_none() -> None:
    row = task(every=QUARTER)
    of: Plan = plan(row)._replace(starts=date(2022, 2, 15))
    assert find_unreported(row, of, [], date(2022, 4, 10)) is None
    found = find_unreported(row, of, [], date(2022, 7, 1))
    assert found is not None
    assert found.label == "2022Q2"
