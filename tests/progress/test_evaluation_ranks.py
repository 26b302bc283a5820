"""Carriers ranked by score, with outcome, change from last year, and who is not evaluated."""

from fractions import Fraction

import pytest

from kfly.plan.kinds import Record
from kfly.plan.model import Evaluation
from kfly.progress.evaluations import Evaluated, RankedCarrier, find_latest_year, find_results, rank_carriers
from kfly.registry.kinds import read_standing_kinds
from tests.support.progress_examples import day

KINDS = {kind.name: kind for kind in read_standing_kinds()}
GRADES = Evaluation(award=Fraction(85), warning=Fraction(60))
CARRIERS: list[Record] = [
    {"id": n, "town": "高新区", "recognized_on": on}
    for n, on in enumerate(("2019-05-01", "2020-05-01", "2021-05-01", "2022-11-30", "2023-03-01"), start=1)
]


def scored(carrier: int, year: int, score: float, on: str = "") -> Record:
    return {"carrier": carrier, "year": year, "score": score, "assessed_on": on or f"{year}-11-20"}


def found(*records: Record, on: str = "2022-12-31", year: int | None = None) -> Evaluated:
    settled = find_results(KINDS["evaluation"], records, GRADES, day(on))
    shown = find_latest_year(settled, day(on)) if year is None else year
    return rank_carriers(KINDS["carrier"], CARRIERS, settled, shown, day(on))


def only(evaluated: Evaluated) -> RankedCarrier:
    (row,) = evaluated.rows
    return row


@pytest.mark.parametrize(
    ("score", "outcome"),
    [(100, "award"), (85, "award"), (84.99, "pass"), (60, "pass"), (59.999999, "warning"), (0, "warning")],
)
def test_the_plans_grades_turn_a_score_into_an_outcome(score: float, outcome: str) -> None:
    evaluated = found(scored(1, 2022, score))
    assert only(evaluated).result.outcome == outcome
    assert evaluated.counts == {"award": 0, "pass": 0, "warning": 0, outcome: 1}


def test_equal_scores_share_a_rank_and_the_next_is_left_out() -> None:
    evaluated = found(*(scored(n, 2022, score) for n, score in enumerate((70, 85, 70, 60.5), start=1)))
    assert [(row.rank, row.carrier.id) for row in evaluated.rows] == [(1, 2), (2, 1), (2, 3), (4, 4)]


def test_the_latest_year_evaluated_by_the_day_is_shown() -> None:
    records = [scored(1, 2021, 70), scored(1, 2022, 80, on="2023-01-10")]
    assert [found(*records, on=on).year for on in ("2023-01-09", "2023-01-10", "2024-06-30")] == [
        2021,
        2022,
        2022,
    ]
    assert found(*records, on="2021-01-01").year == 2021  # nobody is evaluated yet: the day's own year


def test_the_change_is_from_the_year_before_alone() -> None:
    records = [scored(1, 2020, 50), scored(1, 2022, 90.1), scored(2, 2021, 88.3), scored(2, 2022, 90.1)]
    first, second = found(*records).rows
    assert (first.change, first.previous) == (None, None)
    assert (str(second.change), second.previous and second.previous.outcome) == ("9/5", "award")


@pytest.mark.parametrize(
    ("scores", "second"),
    [
        ({2021: 59, 2022: 59}, True),
        ({2021: 60, 2022: 59}, False),
        ({2021: 59, 2022: 60}, False),
        ({2020: 59, 2022: 59}, False),
        ({2020: 59, 2021: 59, 2022: 59}, True),
    ],
    ids=["two in a row", "the first", "back in order", "a year between", "the third"],
)
def test_a_second_warning_in_a_row_is_marked(scores: dict[int, float], second: bool) -> None:
    assert only(found(*(scored(1, *each) for each in scores.items()))).second_warning is second


@pytest.mark.parametrize(
    ("year", "on", "waiting"),
    [
        (2022, "2022-11-29", [2, 3]),
        (2022, "2022-11-30", [2, 3, 4]),
        (2022, "2023-06-30", [2, 3, 4]),
        (2023, "2023-02-28", [1, 2, 3, 4]),
        (2023, "2023-03-01", [1, 2, 3, 4, 5]),
        (2019, "2023-03-01", [1]),
    ],
)
def test_a_carrier_recognised_by_the_day_and_the_years_end_awaits_its_evaluation(
    year: int, on: str, waiting: list[int]
) -> None:
    evaluated = found(scored(1, 2022, 90), on=on, year=year)
    assert [each.id for each in evaluated.not_evaluated] == waiting


def test_a_carrier_is_ranked_although_it_was_recognised_later() -> None:
    assert only(found(scored(5, 2022, 90))).carrier.id == 5


def test_a_record_without_a_score_or_carrier_is_passed_over() -> None:
    blank = {**scored(1, 2022, 90), "score": None}
    assert found(blank, {**scored(2, 2022, 90), "carrier": None}).rows == ()
