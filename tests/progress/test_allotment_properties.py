"""What holds for any records of tables that share a metric, whatever their order."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kfly.plan.course import Course
from kfly.plan.metrics import Goal, Metric, Span
from kfly.plan.model import Plan, SignOff, Task
from kfly.plan.numbers import TaskKey
from kfly.progress.allotment import allot
from kfly.progress.series import total
from kfly.progress.tasks import assess_task, assess_tasks
from tests.progress.test_progress_properties import counted, days, pure_rules, spans
from tests.support.progress_examples import (
    BUILDINGS,
    ENCLAVES,
    EXPENDITURE,
    at_least,
    at_most,
    more_than,
    need,
    plan,
    signed,
    task,
)

YEARS = (2022, 2023, 2024)
goals = st.builds(
    lambda word, n: word(n), st.sampled_from([at_least, more_than, at_most]), st.integers(0, 900)
)
metrics = st.sampled_from([BUILDINGS, EXPENDITURE, ENCLAVES])


@st.composite
def offices(draw: st.DrawFn) -> tuple[Metric, Plan, dict[TaskKey, SignOff]]:
    """Two or three yearly tables, all with needs on one metric, and some of their tasks signed off."""
    metric = draw(metrics)
    rows: list[Task] = []
    sign_offs: dict[TaskKey, SignOff] = {}
    for year in draw(st.sampled_from([YEARS, YEARS[:2], YEARS[1:], (2022, 2024)])):
        for number, goal in enumerate(draw(st.lists(goals, min_size=1, max_size=2)), start=1):
            rows.append(task(number, f"{year}-11-30", need(goal, metric, None), year=year))
            if on := draw(st.none() | days):
                sign_offs[year, number] = signed(on, number=number, year=year, forced=draw(st.booleans()))
    return metric, plan(*rows), sign_offs


def shares_of(
    office: tuple[Metric, Plan, dict[TaskKey, SignOff]], records: list[Span]
) -> dict[int, list[Span]]:
    """What each table has of the records."""
    metric, of, sign_offs = office
    shares = allot(metric, records, of, Course(sign_offs))
    assert shares is not None
    return {year: list(its) for year, its in shares.items()}


either = st.tuples(spans(), st.booleans()).map(
    lambda pair: pair[0]._replace(amount=-pair[0].amount) if pair[1] else pair[0]
)
records = st.lists(spans() | either, max_size=10)


@given(offices(), records, days)
@pure_rules
def test_all_that_comes_counts_for_exactly_one_table(
    office: tuple[Metric, Plan, dict[TaskKey, SignOff]], its: list[Span], on: date
) -> None:
    """From the first table's first day on; on any day, and of each town."""
    metric, of, _signed = office
    shares = shares_of(office, its)
    first = date(min(row.year for row in of.tasks), 1, 1)
    for town in metric.towns or (None,):
        own = [span for span in its if town in (None, span.town)]
        shared = [span for share in shares.values() for span in share if town in (None, span.town)]
        assert counted(shared, on, None, None) == counted(own, on, first, None)


@given(offices(), records, st.randoms(use_true_random=False))
@pure_rules
def test_the_order_of_the_records_does_not_matter(
    office: tuple[Metric, Plan, dict[TaskKey, SignOff]], its: list[Span], random: Random
) -> None:
    shuffled = list(its)
    random.shuffle(shuffled)
    one, other = shares_of(office, its), shares_of(office, shuffled)
    assert {year: set(share) for year, share in one.items()} == {y: set(share) for y, share in other.items()}


@given(offices(), records, records)
@pure_rules
def test_what_comes_later_changes_nothing_before(
    office: tuple[Metric, Plan, dict[TaskKey, SignOff]], its: list[Span], more: list[Span]
) -> None:
    cut = date(2023, 6, 1)
    later = [span for span in more if span.since >= cut]
    before, after = shares_of(office, its), shares_of(office, its + later)
    eve = date(2023, 5, 31)
    for year in before:
        assert total(before[year], None).on(eve) == total(after[year], None).on(eve)


@given(offices(), records, days)
@pure_rules
def test_an_earlier_table_is_made_up_to_its_largest_need_and_no_further(
    office: tuple[Metric, Plan, dict[TaskKey, SignOff]], its: list[Span], on: date
) -> None:
    """What a followed table has beyond its eve is at most what it lacked then."""
    metric, of, _signed = office
    if metric.towns is not None:
        return
    shares = shares_of(office, its)
    years = sorted(shares)
    for year, following in pairwise(years):
        eve = date(following - 1, 12, 31)
        largest = max((row.needs[0].goal.amount for row in of.tasks if row.year == year), default=Fraction(0))
        made_up = sum((span.amount for span in shares[year] if span.since > eve), Fraction(0))
        assert made_up <= max(largest + 1 - counted(shares[year], eve, None, None), Fraction(0))
    assert counted(shares[years[-1]], on, None, date(years[-1] - 1, 12, 31)) == 0


@given(st.lists(goals, min_size=1, max_size=3), metrics, records, days)
@pure_rules
def test_with_one_table_every_record_counts_as_it_always_did(
    wanted: list[Goal], metric: Metric, its: list[Span], on: date
) -> None:
    rows = [task(n, "2022-11-30", need(goal, metric, None)) for n, goal in enumerate(wanted, start=1)]
    of = plan(*rows)
    assert allot(metric, its, of, Course({})) is None
    assert assess_tasks(of, rows, {metric: its}, Course({}), on) == tuple(
        assess_task(row, {metric: its}, Course({}), of, on) for row in rows
    )
