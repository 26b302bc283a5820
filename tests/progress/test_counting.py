"""Whether a record counts toward a target on a day, and the first reason why not (design: "Counting")."""

from datetime import date
from typing import Any

import pytest

from kfly.plan.kinds import Field, Kind, Record
from kfly.plan.metrics import Condition, Metric
from kfly.plan.model import Name, Plan
from kfly.progress import counting
from kfly.progress.counting import Obstacle, count_record
from tests.support.progress_examples import at_least, plan, target

FIELDS = {
    "name": "text",
    "town": "town",
    "type": "choice",
    "size": "number",
    "year": "year",
    "of": "reference",
    "on_day": "date",
    "ended_on": "date",
    "checked_on": "date",
}
WORK = Kind(
    name="work",
    label=Name("项目", "Works"),
    fields=tuple(
        Field(name, type_, Name(name, name), to="firm" if type_ == "reference" else None)
        for name, type_ in FIELDS.items()
    ),
    key=("name",),
    counts_on="on_day",
    counts_until="ended_on",
)
FIRMS = {"firm": {1: ("甲", "东镇/甲"), 2: ("乙", "东镇/乙"), 3: ("甲", "西镇/甲")}}
GOOD: Record = {
    **dict.fromkeys(FIELDS),
    "name": "一号",
    "town": "东镇",
    "type": "甲类",
    "size": 12.5,
    "year": 2022,
    "of": 1,
    "on_day": "2022-06-01",
}


def a_plan(metric: Metric, *, every_year: bool = False) -> Plan:
    """A plan of 2022 to 2024 with one target."""
    return plan(promises=(target(at_least(1), metric, every="year" if every_year else None),))


def found(metric: Metric, values: dict[str, Any], day: str, *, every_year: bool = False) -> Obstacle | None:
    record = {**GOOD, **values}
    the_plan = a_plan(metric, every_year=every_year)
    ((_key, obstacle),) = count_record(the_plan, WORK, record, FIRMS, date.fromisoformat(day)).items()
    return obstacle


def where(field: str, operator: str, *values: str) -> Metric:
    return Metric("work", None, (Condition(field, operator, values),))


CONDITIONS = [
    (where("type", "=", "甲类"), {}, None),
    (where("type", "=", "乙类"), {}, Obstacle(counting.DIFFERS, "type", "甲类", "=", ("乙类",))),
    (where("type", "in", "甲类", "乙类"), {}, None),
    (
        where("type", "in", "乙类", "丙类"),
        {},
        Obstacle(counting.DIFFERS, "type", "甲类", "in", ("乙类", "丙类")),
    ),
    (where("type", "!=", "乙类"), {}, None),
    (where("type", "!=", "甲类"), {}, Obstacle(counting.EXCLUDED, "type", "甲类", "!=", ("甲类",))),
    (where("type", "=", "甲类"), {"type": None}, Obstacle(counting.EMPTY, "type")),
    (where("type", "!=", "甲类"), {"type": None}, None),
    (where("size", ">=", "12.5"), {}, None),
    (where("size", ">", "12.5"), {}, Obstacle(counting.OUT_OF_BOUNDS, "size", 12.5, ">", ("12.5",))),
    (where("size", "<=", "12.5"), {}, None),
    (where("size", "<", "12.50"), {}, Obstacle(counting.OUT_OF_BOUNDS, "size", 12.5, "<", ("12.50",))),
    (where("size", "=", "12.50"), {}, None),
    (where("size", "<=", "5"), {"size": None}, Obstacle(counting.EMPTY, "size")),
    (where("year", "=", "2022"), {}, None),
    (where("year", "!=", "2022"), {}, Obstacle(counting.EXCLUDED, "year", 2022, "!=", ("2022",))),
    (where("on_day", ">=", "2022-06-01"), {}, None),
    (
        where("on_day", "<", "2022-06-01"),
        {},
        Obstacle(counting.OUT_OF_BOUNDS, "on_day", "2022-06-01", "<", ("2022-06-01",)),
    ),
    (where("of", "=", "甲"), {}, None),
    (where("of", "=", "西镇/甲"), {}, Obstacle(counting.DIFFERS, "of", "甲", "=", ("西镇/甲",))),
    (where("of", "=", "西镇/甲"), {"of": 3}, None),
    (where("of", "in", "乙", "丙"), {"of": 2}, None),
    (where("of", "!=", "甲"), {"of": 3}, Obstacle(counting.EXCLUDED, "of", "甲", "!=", ("甲",))),
    (where("of", "!=", "甲"), {"of": None}, None),
]


@pytest.mark.parametrize(("metric", "values", "obstacle"), CONDITIONS)
def test_every_condition_must_hold(metric: Metric, values: dict[str, Any], obstacle: Obstacle | None) -> None:
    assert found(metric, values, "2022-12-31") == obstacle


FLOW, STOCK = Metric("work", None), Metric("work", None, stock=True)
CHECKED = Metric("work", None, dated="checked_on")
NOT_YET = Obstacle(counting.TO_COME, "on_day", "2022-06-01")
DAYS = [
    (FLOW, {}, "2022-05-31", NOT_YET),
    (FLOW, {}, "2022-06-01", None),
    (FLOW, {}, "2031-01-01", None),  # what is met late is met
    (FLOW, {"on_day": None}, "2022-06-01", Obstacle(counting.UNDATED, "on_day")),
    (
        FLOW,
        {"on_day": "2021-12-31"},
        "2022-06-01",
        Obstacle(counting.TOO_EARLY, "on_day", "2021-12-31", wanted=("2022-01-01",)),
    ),
    (STOCK, {"on_day": "2012-12-31"}, "2022-06-01", None),
    (STOCK, {}, "2022-05-31", NOT_YET),
    (FLOW, {"ended_on": "2022-09-01"}, "2022-08-31", None),
    (FLOW, {"ended_on": "2022-09-01"}, "2022-09-01", Obstacle(counting.ENDED, "ended_on", "2022-09-01")),
    (FLOW, {"ended_on": "2022-06-01"}, "2022-06-01", Obstacle(counting.ENDED, "ended_on", "2022-06-01")),
    (CHECKED, {}, "2022-06-01", Obstacle(counting.UNDATED, "checked_on")),
    (CHECKED, {"on_day": None, "checked_on": "2022-03-01"}, "2022-03-01", None),
]


@pytest.mark.parametrize(("metric", "values", "day", "obstacle"), DAYS)
def test_it_counts_from_its_day_within_the_plan(
    metric: Metric, values: dict[str, Any], day: str, obstacle: Obstacle | None
) -> None:
    assert found(metric, values, day) == obstacle


YEARS = [
    ("2023-06-01", "2023-06-01", None),
    ("2022-12-31", "2023-06-01", (counting.TOO_EARLY, "2023-01-01")),
    ("2023-06-01", "2022-12-31", (counting.TO_COME, None)),
    ("2024-12-31", "2026-01-01", None),  # the last year stands
    ("2025-01-01", "2026-01-01", (counting.TOO_LATE, "2024-12-31")),
]


@pytest.mark.parametrize(("since", "day", "told"), YEARS)
def test_of_a_yearly_target_only_the_year_of_the_day_counts(
    since: str, day: str, told: tuple[str, str | None] | None
) -> None:
    obstacle = found(FLOW, {"on_day": since}, day, every_year=True)

    assert (obstacle and (obstacle.code, *obstacle.wanted)) == (told and tuple(filter(None, told)))


def test_what_ends_after_the_last_year_counts_in_it() -> None:
    values = {"on_day": "2024-03-01", "ended_on": "2025-03-01"}

    assert found(FLOW, values, "2026-01-01", every_year=True) is None


def test_a_town_that_owes_none_of_it_adds_nothing() -> None:
    owed = Metric("work", "size", towns=("东镇",))

    assert found(owed, {}, "2022-12-31") is None
    assert found(owed, {"town": "西镇"}, "2022-12-31") == Obstacle(counting.ELSEWHERE, "town", "西镇")
    assert found(owed, {"town": None}, "2022-12-31") == Obstacle(counting.EMPTY, "town")


def test_a_sum_wants_the_amount_and_zero_is_one() -> None:
    summed = Metric("work", "size")

    assert found(summed, {"size": None}, "2022-12-31") == Obstacle(counting.EMPTY, "size")
    assert found(summed, {"size": 0.0}, "2022-12-31") is None


def test_what_a_record_is_comes_before_when_it_was() -> None:
    obstacle = found(where("type", "=", "乙类"), {"on_day": None}, "2022-12-31")

    assert obstacle is not None
    assert obstacle.code == counting.DIFFERS


def test_targets_of_other_kinds_are_not_spoken_of() -> None:
    assert count_record(a_plan(Metric("other", None)), WORK, GOOD, FIRMS, date(2022, 12, 31)) == {}
