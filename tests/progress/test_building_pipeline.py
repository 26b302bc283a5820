"""The buildings by stage and town, those past their own deadline, the tailored plans, the idle area."""

from fractions import Fraction

import pytest

from kfly.plan.kinds import Kind, Record, Value
from kfly.plan.model import Organisation
from kfly.progress.buildings import NOT_SURVEYED, PARTS, Pipeline, building, pipeline
from kfly.registry.kinds import read_standing_kinds
from tests.support.progress_examples import CHENGJIANG, NANZHA, day, plan

BUILDING = next(kind for kind in read_standing_kinds() if kind.name == "building")
PLAN = plan()._replace(
    organisations=(Organisation(CHENGJIANG, "Chengjiang", "town"), Organisation(NANZHA, "Nanzha", "town"))
)
WHOLE: dict[str, Value] = {"purpose": "孵化器", "resources": "资金", "positioning": "芯片", "operator": 1}


def record(number: int, **values: Value) -> Record:
    return {"id": number, "name": f"{number}号楼", "town": NANZHA, "floor_area": 1000, **values}


def found(*records: Record, on: str = "2022-11-30", kind: Kind = BUILDING) -> Pipeline:
    return pipeline(kind, records, PLAN, day(on))


STAGES = {
    NOT_SURVEYED: {},
    "surveyed": {"surveyed_on": "2022-02-10"},
    "planned": {"surveyed_on": "2022-02-10", "planned_on": "2022-03-15"},
    "renovating": {"planned_on": "2022-03-15", "started_on": "2022-04-01"},
    "renovated": {"started_on": "2022-04-01", "renovated_on": "2022-11-30"},
    "open": {"opened_on": "2022-11-08"},
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_building_stands_at_the_furthest_of_its_dates(stage: str) -> None:
    one = found(record(1, **STAGES[stage]))
    assert {key: tally.number for key, tally in one.stages.items() if tally.number} == {stage: 1}


def test_a_date_after_the_day_has_not_come() -> None:
    one = record(1, surveyed_on="2022-02-10", renovated_on="2022-12-01")
    assert building(BUILDING, one, day("2022-11-30")).stage == "surveyed"
    assert building(BUILDING, one, day("2022-12-01")).stage == "renovated"


def test_each_stage_is_reached_by_those_beyond_it_too() -> None:
    rows = [record(n, floor_area=10**n, **dates) for n, dates in enumerate(STAGES.values())]
    pipe = found(*rows)
    assert [tally.number for tally in pipe.reached.values()] == [6, 5, 4, 3, 2, 1]
    assert [tally.floor_area for tally in pipe.reached.values()][-2:] == [110000, 100000]


def test_towns_come_in_the_plans_order_and_add_up_exactly() -> None:
    elsewhere = record(3, town=CHENGJIANG, floor_area=5, surveyed_on="2022-01-01")
    pipe = found(record(1, floor_area=0.1), record(2, floor_area=0.2), elsewhere)
    assert [(row.town, tuple(row.total)) for row in pipe.towns] == [
        (CHENGJIANG, (1, 5)),
        (NANZHA, (2, Fraction("0.3"))),
    ]
    assert pipe.total == (3, Fraction("5.3"))
    assert {key: tally.number for key, tally in pipe.towns[1].stages.items() if tally.number} == {
        NOT_SURVEYED: 2
    }


@pytest.mark.parametrize(
    ("dates", "overdue"),
    [
        ({"due_on": "2022-11-29"}, 1),
        ({"due_on": "2022-11-30"}, 0),
        ({"due_on": "2022-10-31", "started_on": "2022-04-01"}, 30),
        ({"due_on": "2022-10-31", "renovated_on": "2022-11-30"}, 0),
        ({"due_on": "2022-10-31", "renovated_on": "2022-12-01"}, 30),
        ({"due_on": "2022-10-31", "opened_on": "2022-11-01"}, 0),
        ({}, 0),
    ],
    ids=["a day", "the last day", "under way", "late but done", "done tomorrow", "open", "no deadline"],
)
def test_days_overdue(dates: dict[str, str], overdue: int) -> None:
    assert (
        building(BUILDING, record(1, **dates), day("2022-11-30")).days_overdue(day("2022-11-30")) == overdue
    )


def test_the_longest_overdue_comes_first() -> None:
    rows = [record(n, due_on=f"2022-{n:02}-01") for n in (9, 3, 12, 6)]
    assert [each.id for each in found(*rows).overdue] == [3, 6, 9]


@pytest.mark.parametrize(
    ("values", "idle"),
    [
        ({"idle_area": 300, "condition": "闲置"}, 300),
        ({"idle_area": 0, "condition": "闲置"}, 0),
        ({"condition": "闲置"}, 1000),
        ({"condition": "部分闲置"}, 0),
        ({"idle_area": 300, "renovated_on": "2022-11-30"}, 0),
        ({"idle_area": 300, "renovated_on": "2022-12-01"}, 300),
        ({"condition": "闲置", "opened_on": "2022-11-08"}, 0),
    ],
    ids=[
        "what is recorded",
        "nothing is recorded as idle",
        "all of it",
        "nobody knows how much",
        "renovated",
        "not yet renovated",
        "open",
    ],
)
def test_idle_area_left(values: dict[str, str | float], idle: int) -> None:
    assert found(record(1, **values)).idle_area == idle


def test_a_tailored_plan_is_complete_with_its_four_parts() -> None:
    surveyed = {"surveyed_on": "2022-02-10"}
    pipe = found(
        record(1, **WHOLE),
        record(2, **{**WHOLE, **surveyed}),
        record(3, **{**WHOLE, **surveyed, "resources": ""}),
        record(4, **surveyed, purpose="孵化器"),
        record(5, purpose="孵化器"),  # not surveyed: it owes no plan yet
    )
    assert pipe.complete == 2
    assert [(each.id, each.missing) for each in pipe.lacking] == [(3, PARTS[1:2]), (4, PARTS[1:])]
    assert pipe.missing == {"purpose": 0, "resources": 2, "positioning": 1, "operator": 1}


def test_a_kind_without_some_fields_is_read_as_far_as_it_goes() -> None:
    bare = BUILDING._replace(fields=tuple(f for f in BUILDING.fields if f.name in ("name", "surveyed_on")))
    pipe = found({"id": 1, "name": "楼", "surveyed_on": "2022-02-10"}, kind=bare)
    assert (pipe.total, pipe.idle_area, pipe.complete, pipe.missing) == ((1, 0), 0, 0, {})
    assert pipe.stages["surveyed"].number == 1


def test_without_buildings_everything_is_nothing() -> None:
    pipe = found()
    assert (pipe.total, pipe.towns, pipe.overdue, pipe.lacking) == ((0, 0), (), (), ())
