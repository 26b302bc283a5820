"""No record counts for two tables' needs on one metric: what an earlier table lacks is made up first."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from kfly.plan.course import Course
from kfly.plan.metrics import Goal, Metric, Span
from kfly.plan.model import Plan, SignOff, Task
from kfly.progress.allotment import allot
from kfly.progress.tasks import TaskStanding, assess_tasks
from tests.support.progress_examples import (
    BUILDINGS,
    ENCLAVES,
    EXPENDITURE,
    INVESTORS,
    NANZHA,
    YUECHENG,
    YUNTING,
    Amount,
    at_least,
    at_most,
    day,
    more_than,
    need,
    plan,
    signed,
    span,
    target,
    task,
)


def table(year: int, *goals: Goal, metric: Metric = BUILDINGS, names: str | None = None) -> tuple[Task, ...]:
    """The table of a year: a task for each goal, numbered from 1, due at the end of November."""
    return tuple(
        task(number, f"{year}-11-30", need(goal, metric, names), year=year)
        for number, goal in enumerate(goals, start=1)
    )


def stand(
    of: Plan, spans: Sequence[Span], as_of: str, *sign_offs: SignOff, metric: Metric = BUILDINGS
) -> dict[str, TaskStanding]:
    """Where each task stands, by its name: 2022/1."""
    kept = {(sign_off.year, sign_off.number): sign_off for sign_off in sign_offs}
    rows = assess_tasks(of, of.tasks, {metric: spans}, Course(kept), day(as_of))
    return {f"{row.task.year}/{row.task.number}": row for row in rows}


def actuals(
    of: Plan, spans: Sequence[Span], as_of: str, *sign_offs: SignOff, metric: Metric = BUILDINGS
) -> list[Amount | None]:
    """What each task's need counts."""
    return [row.needs[0].actual for row in stand(of, spans, as_of, *sign_offs, metric=metric).values()]


TWO = plan(*table(2022, at_least(100)), *table(2023, at_least(120)))
THREE = plan(*table(2022, at_least(100)), *table(2023, at_least(120)), *table(2024, at_least(50)))
SHORT = span("2022-05-01", 80)  # of the 100 of 2022


@pytest.mark.parametrize(
    ("come", "as_of", "counted"),
    [
        pytest.param([], "2022-12-31", [80, 0], id="the eve"),
        pytest.param(
            [span("2022-12-31", 5)], "2023-06-30", [85, 0], id="the eve's records are the earlier's"
        ),
        pytest.param([span("2023-01-01", 5)], "2023-06-30", [85, 0], id="the first day's make up what lacks"),
        pytest.param([span("2023-03-01", 20)], "2023-06-30", [100, 0], id="just what lacked"),
        pytest.param([span("2023-03-01", 21)], "2023-06-30", [100, 1], id="one more is the later table's"),
        pytest.param([span("2023-03-01", 100)], "2023-06-30", [100, 80], id="the hundred of March 2023"),
        pytest.param([span("2023-03-01", 100)], "2023-02-28", [80, 0], id="before they come"),
        pytest.param(
            [span("2023-02-01", 15), span("2023-03-01", 15)], "2023-02-28", [95, 0], id="on the way, one part"
        ),
        pytest.param(
            [span("2023-02-01", 15), span("2023-03-01", 15)], "2023-06-30", [100, 10], id="in two parts"
        ),
        pytest.param([span("2022-06-01", 40)], "2023-06-30", [120, 0], id="more than promised is no debt"),
        pytest.param(
            [span("2022-06-01", 40), span("2023-03-01", 7)], "2023-06-30", [120, 7], id="nor does it grow on"
        ),
        pytest.param([span("2025-02-01", 300)], "2025-06-30", [100, 280], id="after the plan: late is done"),
    ],
)
def test_what_an_earlier_table_lacks_is_made_up_first_and_the_rest_is_the_later_ones(
    come: list[Span], as_of: str, counted: list[int]
) -> None:
    assert actuals(TWO, [SHORT, *come], as_of) == counted


def test_the_earlier_task_is_done_late_and_the_later_one_on_what_is_left() -> None:
    rows = stand(TWO, [SHORT, span("2023-03-01", 140)], "2023-06-30")
    told = [(row.state, row.completed_on, row.late) for row in rows.values()]
    assert told == [("done", day("2023-03-01"), True), ("done", day("2023-03-01"), False)]
    one_less = stand(TWO, [SHORT, span("2023-03-01", 139)], "2023-06-30")
    assert [row.state for row in one_less.values()] == ["done", "open"]


@pytest.mark.parametrize(
    ("come", "as_of", "counted"),
    [
        pytest.param([span("2023-03-01", 30)], "2024-06-30", [100, 10, 0], id="the second lacks 110"),
        pytest.param([span("2024-03-01", 20)], "2024-06-30", [100, 0, 0], id="the oldest table first"),
        pytest.param([span("2024-03-01", 140)], "2024-06-30", [100, 120, 0], id="then the second"),
        pytest.param([span("2024-03-01", 141)], "2024-06-30", [100, 120, 1], id="then the third"),
        pytest.param(
            [span("2023-03-01", 30), span("2024-03-01", 115)],
            "2024-06-30",
            [100, 120, 5],
            id="what the second had is no part of its lack",
        ),
    ],
)
def test_three_tables_make_up_what_lacks_the_oldest_first(
    come: list[Span], as_of: str, counted: list[int]
) -> None:
    assert actuals(THREE, [SHORT, *come], as_of) == counted


def test_a_table_between_that_has_no_such_need_changes_nothing() -> None:
    """What comes in 2023 is the table's of 2022, as no later one has begun; from 2024 on it makes up."""
    of = plan(
        *table(2022, at_least(100)), *table(2023, at_least(9), metric=INVESTORS), *table(2024, at_least(5))
    )
    spans = {BUILDINGS: [SHORT, span("2023-06-01", 15), span("2024-02-01", 8)], INVESTORS: []}
    rows = assess_tasks(of, of.tasks, spans, Course({}), day("2024-06-30"))
    assert [row.needs[0].actual for row in rows] == [100, 0, 3]


def test_one_table_alone_goes_on_counting_for_good() -> None:
    assert actuals(plan(*table(2022, at_least(100))), [SHORT, span("2023-03-01", 90)], "2023-06-30") == [170]


def test_the_lack_is_that_of_the_tables_largest_need() -> None:
    of = plan(*table(2022, at_least(60), at_least(100), at_least(90)), *table(2023, at_least(120)))
    assert actuals(of, [span("2022-05-01", 50), span("2023-03-01", 70)], "2023-06-30") == [100, 100, 100, 20]


@pytest.mark.parametrize(
    ("goal", "metric", "earlier", "later"),
    [
        pytest.param(more_than(10), BUILDINGS, "11", "9", id="a count: one more"),
        pytest.param(more_than(10), EXPENDITURE, "10.01", "9.99", id="a sum: the smallest step more"),
        pytest.param(at_least("10.5"), EXPENDITURE, "10.5", "9.5", id="a sum is split"),
        pytest.param(at_least("10.5"), BUILDINGS, "11", "9", id="a record is not"),
        pytest.param(at_most(10), BUILDINGS, "0", "20", id="a ceiling makes nothing up"),
    ],
)
def test_what_is_made_up_is_the_least_that_meets_the_need(
    goal: Goal, metric: Metric, earlier: str, later: str
) -> None:
    of = plan(*table(2022, goal, metric=metric), *table(2023, at_least(50), metric=metric))
    spans = [span("2023-03-01", 20)]
    assert actuals(of, spans, "2023-06-30", metric=metric) == [
        span("2022-01-01", n).amount for n in (earlier, later)
    ]


def test_a_ceiling_stops_on_the_eve_of_a_later_table_and_makes_nothing_up() -> None:
    of = plan(*table(2022, at_most(100)), *table(2023, at_most(100)))
    spans = [span("2022-05-01", 60), span("2022-12-31", 10), span("2023-01-01", 80)]
    assert actuals(of, spans, "2023-06-30") == [70, 80]


def test_towns_make_up_what_each_of_them_lacks() -> None:
    of = plan(*table(2022, at_least(5000), metric=ENCLAVES), *table(2023, at_least(5000), metric=ENCLAVES))
    spans = [
        span("2022-05-01", 5000, town=NANZHA),
        span("2022-05-01", 3000, town=YUNTING),
        span("2023-02-01", 6000, town=NANZHA),
        span("2023-02-01", 6000, town=YUNTING),
        span("2023-02-01", "4999.99", town=YUECHENG),
        span("2023-02-01", 9000, town="elsewhere"),
    ]
    rows = stand(of, spans, "2023-06-30", metric=ENCLAVES)
    each = {name: [figure.actual for figure in row.needs[0].each] for name, row in rows.items()}
    assert each == {"2022/1": [5000, 5000, span("2022-01-01", "4999.99").amount], "2023/1": [6000, 4000, 0]}
    assert [row.needs[0].actual for row in rows.values()] == [2, 1]


@pytest.mark.parametrize(
    ("sign_offs", "counted"),
    [
        pytest.param([], [100, 100, 30], id="none"),
        pytest.param(
            [signed("2022-12-20", number=2, forced=True)], [60, 60, 70], id="before: the other's lack"
        ),
        pytest.param([signed("2023-02-28", number=2, forced=True)], [60, 60, 70], id="the day before"),
        pytest.param([signed("2023-03-01", number=2, forced=True)], [60, 60, 70], id="forced that day"),
        pytest.param([signed("2023-03-01", number=2)], [100, 100, 30], id="by the figures of that day"),
        pytest.param([signed("2023-03-02", number=2, forced=True)], [100, 100, 30], id="the day after"),
        pytest.param(
            [signed("2023-02-01", forced=True), signed("2023-02-01", number=2, forced=True)],
            [50, 50, 80],
            id="both before",
        ),
    ],
)
def test_a_task_that_is_signed_off_makes_nothing_up_from_then_on(
    sign_offs: list[SignOff], counted: list[int]
) -> None:
    of = plan(*table(2022, at_least(60), at_least(100)), *table(2023, at_least(120)))
    assert actuals(of, [span("2022-05-01", 50), span("2023-03-01", 80)], "2023-06-30", *sign_offs) == counted


def test_signing_a_task_off_by_its_figures_changes_none_of_them() -> None:
    """The day on which the last come is the day it is signed off: they stay its own."""
    spans = [SHORT, span("2023-03-01", 30), span("2023-03-02", 4)]
    before = actuals(TWO, spans, "2023-06-30")
    row = stand(TWO, spans, "2023-06-30", signed("2023-03-01"))["2022/1"]
    assert before == actuals(TWO, spans, "2023-06-30", signed("2023-03-01")) == [100, 14]
    assert (row.needs[0].met, row.unfounded) == (True, False)


def test_a_sign_off_to_come_has_changed_nothing_yet() -> None:
    spans = [SHORT, span("2023-03-01", 15), span("2023-05-01", 15)]
    for as_of, counted in (("2023-03-31", [95, 0]), ("2023-05-31", [95, 15])):
        assert actuals(TWO, spans, as_of, signed("2023-04-01", forced=True)) == counted


@pytest.mark.parametrize(
    ("come", "as_of", "counted"),
    [
        pytest.param(
            [span("2022-05-01", 30, until="2022-10-01")], "2023-06-30", [100, 0], id="ended before the eve"
        ),
        pytest.param(
            [span("2022-05-01", 30, until="2023-01-01")], "2022-12-31", [110, 0], id="still there on it"
        ),
        pytest.param(
            [span("2022-05-01", 30, until="2023-01-01")], "2023-06-30", [80, 20], id="ended on the next day"
        ),
        pytest.param([span("2023-02-01", 30, until="2023-05-01")], "2023-04-30", [100, 30], id="split"),
        pytest.param(
            [span("2023-02-01", 30, until="2023-05-01")], "2023-06-30", [80, 20], id="it ends in both"
        ),
        pytest.param([span("2023-03-01", 30, until="2023-05-01")], "2023-06-30", [100, 0], id="of one day"),
    ],
)
def test_what_ends_is_taken_from_the_tables_that_had_it(
    come: list[Span], as_of: str, counted: list[int]
) -> None:
    """Another 20 come on 1 March 2023; of one day, what lasts is the earlier table's first."""
    spans = [SHORT, *come, span("2023-03-01", 20)]
    assert actuals(TWO, spans, as_of) == counted


@pytest.mark.parametrize(
    ("back", "before", "counted"),
    [
        pytest.param("2022-12-31", [50, 0], [100, 40], id="before the eve: the earlier table lacks more"),
        pytest.param("2023-01-01", [80, -30], [100, 40], id="the later table's first day: its own"),
        pytest.param("2023-06-01", [80, 0], [100, 40], id="later"),
    ],
)
def test_a_negative_amount_is_taken_from_the_table_of_its_day(
    back: str, before: list[int], counted: list[int]
) -> None:
    of = plan(*table(2022, at_least(100), metric=EXPENDITURE), *table(2023, at_least(9), metric=EXPENDITURE))
    spans = [SHORT, span("2023-03-01", 90), span(back, -30)]
    assert actuals(of, spans, "2023-02-28", metric=EXPENDITURE) == before
    assert actuals(of, spans, "2023-06-30", metric=EXPENDITURE) == counted


def test_a_stock_is_there_for_every_table() -> None:
    of = plan(*table(2022, at_least(10), metric=INVESTORS), *table(2023, at_least(12), metric=INVESTORS))
    investors = [span("1998-05-01", 8), span("2023-02-01", 4)]
    assert actuals(of, investors, "2023-06-30", metric=INVESTORS) == [12, 12]
    assert allot(INVESTORS, investors, of, Course({})) is None


def test_where_one_table_has_the_metric_nothing_is_shared_out() -> None:
    of = plan(*table(2022, at_least(10), at_least(12)), *table(2023, at_least(1), metric=EXPENDITURE))
    assert allot(BUILDINGS, [SHORT], of, Course({})) is None


def test_only_exactly_the_same_metric_shares_its_records() -> None:
    other = BUILDINGS._replace(dated="opened_on")
    of = plan(*table(2022, at_least(100)), *table(2023, at_least(120), metric=other))
    spans = {BUILDINGS: [SHORT, span("2023-03-01", 100)], other: [span("2023-03-01", 100)]}
    rows = assess_tasks(of, of.tasks, spans, Course({}), day("2023-06-30"))
    assert [row.needs[0].actual for row in rows] == [180, 100]


def test_nothing_counts_from_before_the_plan_and_a_table_begins_with_it() -> None:
    of = plan(*TWO.tasks, starts="2022-04-01", ends="2025-03-31")
    spans = [span("2022-03-31", 50), span("2022-04-01", 80), span("2023-03-01", 30)]
    assert actuals(of, spans, "2023-06-30") == [100, 10]


YEARLY = (target(at_least(5000), ENCLAVES, every="year"),)


@pytest.mark.parametrize(
    ("since", "as_of", "met", "counts"),
    [
        pytest.param("2022-12-31", "2023-06-30", 1, [1, 0], id="the last day of 2022"),
        pytest.param("2023-01-01", "2023-06-30", 0, [0, 1], id="an enclave of January 2023"),
        pytest.param("2024-01-01", "2024-06-30", 0, [0, 0], id="a year without a table"),
    ],
)
def test_a_need_that_names_a_yearly_target_counts_its_tables_year_alone(
    since: str, as_of: str, met: int, counts: list[int]
) -> None:
    of = plan(
        *table(2022, at_least(5000), metric=ENCLAVES, names="asked"),
        *table(2023, at_least(5000), metric=ENCLAVES, names="asked"),
        promises=YEARLY,
    )
    assert actuals(of, [span(since, 5000, town=NANZHA)], as_of, metric=ENCLAVES) == counts
    alone = plan(*table(2022, at_least(5000), metric=ENCLAVES, names="asked"), promises=YEARLY)
    assert actuals(alone, [span(since, 5000, town=NANZHA)], as_of, metric=ENCLAVES) == [met]


def test_a_yearly_need_stays_met_or_unmet_when_its_year_is_over() -> None:
    of = plan(*table(2022, at_least(5000), metric=ENCLAVES, names="asked"), promises=YEARLY)
    towns = ENCLAVES.towns or ()
    late = [span("2022-12-15", 5000, town=town) for town in towns]
    too_late = [*late[1:], span("2023-01-01", 5000, town=towns[0])]
    rows = [stand(of, spans, "2023-06-30", metric=ENCLAVES)["2022/1"] for spans in (late, too_late)]
    told = [(row.state, row.completed_on, row.late, row.days_overdue) for row in rows]
    assert told == [("done", day("2022-12-15"), True, None), ("overdue", None, False, 212)]


def test_a_yearly_need_is_cut_to_the_plans_run() -> None:
    of = plan(
        *table(2022, at_least(5000), metric=ENCLAVES, names="asked"),
        *table(2025, at_least(5000), metric=ENCLAVES, names="asked"),
        starts="2022-04-01",
        ends="2025-03-31",
        promises=YEARLY,
    )
    days = ("2022-03-31", "2022-04-01", "2025-03-31", "2025-04-01")
    counted = [actuals(of, [span(d, 5000, town=NANZHA)], "2025-12-31", metric=ENCLAVES) for d in days]
    assert counted == [[0, 0], [1, 0], [0, 1], [0, 0]]


def test_a_year_that_a_later_table_counts_as_a_whole_makes_nothing_up() -> None:
    """The table of 2022 spells its own metric, that of 2023 names the yearly target of ``enclaves``."""
    of = plan(
        *table(2022, at_least(5000), metric=ENCLAVES),
        *table(2023, at_least(5000), metric=ENCLAVES, names="asked"),
        promises=YEARLY,
    )
    spans = [span("2023-02-01", 5000, town=NANZHA), span("2024-02-01", 5000, town=NANZHA)]
    assert actuals(of, spans, "2023-06-30", metric=ENCLAVES) == [0, 1]
    assert actuals(of, spans, "2024-06-30", metric=ENCLAVES) == [1, 1]


@pytest.mark.parametrize(
    ("on", "forced", "unfounded"),
    [
        pytest.param("2022-05-01", False, False, id="on the day they held"),
        pytest.param("2022-04-30", False, True, id="the day before"),
        pytest.param("2022-04-30", True, False, id="by force"),
        pytest.param("2022-08-01", False, True, id="after one has ended"),
    ],
)
def test_a_sign_off_rests_on_the_figures_of_its_own_day(on: str, forced: bool, unfounded: bool) -> None:
    of = plan(*table(2022, at_least(100)))
    spans = [span("2022-05-01", 99), span("2022-05-01", 1, until="2022-07-01")]
    row = stand(of, spans, "2022-12-31", signed(on, forced=forced))["2022/1"]
    assert (row.unfounded, row.before_plan) == (unfounded, False)


def test_before_its_day_a_sign_off_is_neither_unfounded_nor_too_early() -> None:
    of = plan(*table(2022, at_least(100)))
    row = stand(of, [], "2022-03-01", signed("2022-05-01"))["2022/1"]
    assert (row.unfounded, row.before_plan) == (False, False)


@pytest.mark.parametrize(("on", "before"), [("2021-12-31", True), ("2022-01-01", False)])
def test_a_sign_off_before_the_plan_is_told(on: str, before: bool) -> None:
    row = stand(plan(task(1, "2022-11-30")), [], "2022-12-31", signed(on))["2022/1"]
    assert (row.before_plan, row.unfounded, row.state) == (before, False, "done")


def test_each_town_makes_up_what_it_owes_itself_and_no_more() -> None:
    own = ((NANZHA, Fraction(100)), (YUNTING, Fraction(10)), (YUECHENG, Fraction(10)))
    tables = [
        task(1, f"{year}-11-30", need(at_least(100), ENCLAVES)._replace(town_goals=own), year=year)
        for year in (2022, 2023)
    ]
    spans = [
        span("2022-05-01", 80, town=NANZHA),  # lacks 20 of its 100
        span("2022-05-01", 10, town=YUNTING),  # has its 10: nothing of 2023 makes anything up
        span("2023-03-01", 50, town=NANZHA),
        span("2023-03-01", 50, town=YUNTING),
        span("2023-03-01", 12, town=YUECHENG),  # lacks all its 10
    ]
    rows = stand(plan(*tables), spans, "2023-06-30", metric=ENCLAVES)
    assert [[(f.town, f.actual, f.met) for f in row.needs[0].each] for row in rows.values()] == [
        [(NANZHA, 100, True), (YUNTING, 10, True), (YUECHENG, 10, True)],
        [(NANZHA, 30, False), (YUNTING, 50, True), (YUECHENG, 2, False)],
    ]
