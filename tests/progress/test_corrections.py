"""Which changes of records correct the figures of a day that has passed."""

from datetime import date
from typing import Any

import pytest

from kfly.plan.changes import UNREADABLE, Change
from kfly.plan.kinds import Field, Kind
from kfly.plan.metrics import Condition, Metric
from kfly.plan.model import Name
from kfly.progress.corrections import find_corrections, find_counted_fields

DAY = date(2022, 9, 1)
FIELDS = {"name": "text", "owner": "text", "town": "town", "area": "number", "type": "choice"}
FIELDS |= dict.fromkeys(("began_on", "opened_on", "ended_on"), "date")
HALL = Kind(
    "hall",
    Name("厅", "Halls"),
    tuple(Field(name, type_, Name(name, name)) for name, type_ in FIELDS.items()),
    ("name",),
    "began_on",
    "ended_on",
)
METRICS = [
    Metric("hall", "area", (Condition("type", "=", ("甲",)),)),
    Metric("hall", None, dated="opened_on"),
    Metric("shed", "size"),
]
ROW = {"id": 1, "name": "一号", "town": "东镇", "area": 52000.0, "type": "甲", "began_on": "2022-08-01"}


def told(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[tuple[str, str]]:
    """What is corrected, and of which field or from which day."""
    measured = find_counted_fields(HALL, METRICS)
    assert measured is not None
    change = Change(9, 3, "hall", 1, before, after)
    return [
        (each.what, each.field.name if each.field else str(each.counts_on))
        for each in find_corrections(HALL, measured, change, DAY)
    ]


@pytest.mark.parametrize(
    ("changed", "corrected"),
    [
        pytest.param({"area": 5200.0}, ["area"], id="what is summed"),
        pytest.param({"type": "乙"}, ["type"], id="what is asked for"),
        pytest.param({"town": "西镇"}, ["town"], id="whose it is"),
        pytest.param({"began_on": "2022-07-01"}, ["began_on"], id="from when it counts"),
        pytest.param({"began_on": "2022-10-01"}, ["began_on"], id="not yet then after all"),
        pytest.param({"opened_on": "2022-08-20"}, ["opened_on"], id="another day that a target counts from"),
        pytest.param({"ended_on": "2022-08-31"}, ["ended_on"], id="no longer then after all"),
        pytest.param({"ended_on": "2022-10-01"}, [], id="it ended later"),
        pytest.param({"opened_on": "2022-09-02"}, [], id="it went on later"),
        pytest.param({"owner": "某"}, [], id="what nothing is counted by"),
    ],
)
def test_a_value_that_a_figure_of_then_rests_on_is_corrected(
    changed: dict[str, Any], corrected: list[str]
) -> None:
    assert told(ROW, {**ROW, **changed}) == [("changed", name) for name in corrected]


def test_what_did_not_count_then_is_no_correction_but_its_day_is() -> None:
    later = {**ROW, "began_on": "2022-09-02"}
    assert told(later, {**later, "area": 5200.0}) == []
    assert told(later, {**ROW, "area": 5200.0}) == [("changed", "began_on")]


def test_a_record_that_came_late_or_went_is_one_as_a_whole() -> None:
    assert told(None, ROW) == [("entered", "2022-08-01")]
    assert told(ROW, None) == [("removed", "2022-08-01")]
    assert told(None, {**ROW, "began_on": "2022-09-02"}) == []
    assert told(None, {**ROW, "began_on": None}) == []
    assert told(None, {**ROW, "ended_on": "2022-08-15"}) == []


def test_a_line_that_cannot_be_read_tells_nothing() -> None:
    assert told(UNREADABLE, ROW) == []


def test_a_kind_that_nothing_counts_has_no_figures_to_correct() -> None:
    assert find_counted_fields(HALL, METRICS[2:]) is None
