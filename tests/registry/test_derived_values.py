"""What follows from a record's values on a day: its stage, its outcome, whether it counts."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.plan.model import Evaluation
from kfly.registry.derived import find_stage, grade_record
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building, add_carrier

GRADES = Evaluation(award=Fraction(85), warning=Fraction(60))


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2022-02-28", None),
        ("2022-03-01", "surveyed"),
        ("2022-05-31", "surveyed"),
        ("2022-06-01", "renovating"),
        ("2022-10-31", "renovating"),
        ("2022-11-01", "renovated"),
        ("2022-12-31", "renovated"),
        ("2023-01-01", "open"),
    ],
)
def test_a_stage_is_the_furthest_whose_date_has_come(registry: Registry, day: str, stage: str | None) -> None:
    building = registry.kind("building")
    dates = {"surveyed_on": "2022-03-01", "started_on": "2022-06-01", "due_on": "2022-09-01"}
    record = add_building(registry, "楼", **dates, renovated_on="2022-11-01", opened_on="2023-01-01")
    assert find_stage(building, registry.get(building, record), date.fromisoformat(day)) == stage


def test_a_building_without_dates_has_no_stage(registry: Registry) -> None:
    building = registry.kind("building")
    values = registry.get(building, add_building(registry, "楼", due_on="2020-01-01"))
    assert find_stage(building, values, date(2199, 12, 31)) is None


def test_a_stage_is_not_stored(registry: Registry) -> None:
    columns = {row[1] for row in registry.db.execute("PRAGMA table_info(building)")}
    assert not columns & {"stage", "outcome", "counts_toward", "not_counted"}


@pytest.mark.parametrize(
    ("score", "outcome"),
    [
        *(
            ("100", "award"),
            ("85.000001", "award"),
            ("85", "award"),
            ("84.999999", "pass"),
            ("84.99", "pass"),
        ),
        *(("60.000001", "pass"), ("60", "pass"), ("59.999999", "warning"), ("0", "warning")),
    ],
)
def test_an_outcome_follows_from_the_score(registry: Registry, score: str, outcome: str) -> None:
    add_carrier(registry, "众创园")
    record = add(registry, "evaluation", carrier="众创园", year="2022", score=score, assessed_on="2022-12-01")
    kind = registry.kind("evaluation")
    assert grade_record(kind, registry.get(kind, record), GRADES) == outcome


@pytest.mark.parametrize("grade", ["90.1", "85.3", "70.7", "60.2", "33.3"])
def test_a_score_equal_to_a_grade_reaches_it_whatever_its_binary_fraction(
    registry: Registry, grade: str
) -> None:
    kind = registry.kind("evaluation")
    assert grade_record(kind, {"score": float(grade)}, Evaluation(Fraction(grade), Fraction(1))) == "award"
    assert grade_record(kind, {"score": float(grade)}, Evaluation(Fraction(101), Fraction(grade))) == "pass"


def test_a_record_without_a_score_has_no_outcome(registry: Registry) -> None:
    kind = registry.kind("evaluation")
    assert grade_record(kind, {"score": None}, GRADES) is None
    assert grade_record(registry.kind("building"), {"floor_area": 90.0}, GRADES) is None


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2022-02-28", False), ("2022-03-01", True), ("2023-05-31", True), ("2023-06-01", False)],
)
def test_a_record_counts_from_its_day_until_it_ends(registry: Registry, day: str, counted: bool) -> None:
    kind = registry.kind("investor")
    record = add(registry, "investor", name="甲投", registered_on="2022-03-01", ended_on="2023-06-01")
    assert kind.counts_by(registry.get(kind, record), date.fromisoformat(day)) is counted


def test_a_record_without_its_day_does_not_count(registry: Registry) -> None:
    kind = registry.kind("building")
    assert kind.counts_by(registry.get(kind, add_building(registry, "楼")), date(2199, 12, 31)) is False
