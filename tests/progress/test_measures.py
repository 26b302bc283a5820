"""A line of work: its tasks, its targets, and which of its deliverables are there."""

from datetime import date

import pytest

from kfly.plan.model import Deliverable, Measure, Name
from kfly.progress.measures import DeliverableStanding, Issue, assess_measures
from tests.support.progress_examples import (
    PLAN,
    Day,
    at_least,
    day,
    signed,
    standing,
    target,
    task,
    task_standing,
)

FIRST, SECOND = (Measure(n, Name(f"第{n}项", f"No. {n}"), ("市科技局",), ()) for n in (1, 2))
RULES = Deliverable("rules", Name("办法", "Rules"), 1, (2022, 1))
BODY = Deliverable("body", Name("协会", "Association"), 1, None)
LOOSE = Deliverable("loose", Name("机制", "Mechanism"), None, None)
CITY = PLAN._replace(measures=(FIRST, SECOND), deliverables=(RULES, BODY, LOOSE))


def deliverable(key: str, as_of: Day, *issues: Issue, signed_on: Day | None = None) -> DeliverableStanding:
    row = task(1, "2022-06-30")._replace(measure=1)
    sign_off = signed(signed_on) if signed_on else None
    measures = assess_measures(CITY, [task_standing(row, {}, as_of, sign_off)], [], issues)
    (found,) = (each for row in measures for each in row.deliverables if each.deliverable.key == key)
    return found


@pytest.mark.parametrize(
    ("signed_on", "issued_on", "done_on"),
    [
        (None, None, None),
        ("2022-05-01", None, "2022-05-01"),  # its task is done
        (None, "2022-04-01", "2022-04-01"),  # a record of its key is there
        ("2022-05-01", "2022-04-01", "2022-04-01"),  # both: since the first of them
        ("2022-03-01", "2022-04-01", "2022-03-01"),
    ],
)
def test_a_deliverable_is_there_by_its_task_or_by_a_record_of_its_key(
    signed_on: str | None, issued_on: str | None, done_on: str | None
) -> None:
    issues = [Issue("rules", day(issued_on), "办法", None)] if issued_on else []
    found = deliverable("rules", "2022-06-01", *issues, signed_on=signed_on)
    assert (found.done, found.done_on) == (
        done_on is not None,
        date.fromisoformat(done_on) if done_on else None,
    )


def test_a_record_of_the_same_title_without_the_key_is_none_of_it() -> None:
    assert not deliverable("body", "2022-06-01", Issue("other", day("2022-01-05"), "协会", None)).done


def test_of_several_records_the_first_counts() -> None:
    issues = [Issue("body", day(on), on, None) for on in ("2022-05-01", "2022-02-01", "2022-03-01")]
    found = deliverable("body", "2022-06-01", *issues)
    assert found.issue
    assert found.issue.title == "2022-02-01"


def test_what_is_in_no_line_stands_below_them_and_only_if_there_is_any() -> None:
    assert [row.measure for row in assess_measures(CITY, [], [], [])] == [FIRST, SECOND, None]
    whole = CITY._replace(deliverables=(RULES, BODY))
    assert [row.measure for row in assess_measures(whole, [], [], [])] == [FIRST, SECOND]


def test_its_targets_and_tasks_are_those_that_name_it() -> None:
    mine = standing(target(at_least(3))._replace(measure=2), [], "2022-06-01")
    other = standing(target(at_least(3)), [], "2022-06-01")
    own = task_standing(task(4, "2022-06-30")._replace(measure=2), {}, "2022-06-01", signed("2022-05-01"))
    _first, second, rest = assess_measures(CITY, [own], [mine, other], [])
    assert (second.targets, second.tasks, second.tasks_done) == ((mine,), (own,), 1)
    assert (rest.targets, rest.tasks) == ((other,), ())
