"""A record's dates may have gaps and must not run backwards."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.registry.registry import Registry
from tests.support.harbour_city import add, add_building, add_fund

STAGES = ("surveyed_on", "planned_on", "started_on", "renovated_on", "opened_on")
days = st.dates(date(2022, 2, 1), date(2022, 3, 31))


def refusal(registry: Registry, **dates: str) -> list[str]:
    with pytest.raises(KflyError) as refused:
        add_building(registry, "创新大厦", **dates)
    return list(refused.value.lines)


@pytest.mark.parametrize(
    "dates",
    [
        {},
        {"opened_on": "2022-01-01"},
        {"surveyed_on": "2022-01-01", "opened_on": "2022-12-01"},
        {"planned_on": "2022-02-01", "renovated_on": "2022-11-01"},
        dict.fromkeys(STAGES, "2022-06-01"),
        dict(
            zip(STAGES, ("2022-01-01", "2022-02-01", "2022-03-01", "2022-11-01", "2023-01-01"), strict=True)
        ),
        {"due_on": "2021-01-01", "surveyed_on": "2022-01-01"},  # what was planned may be any day
    ],
)
def test_dates_in_their_order_are_taken_with_or_without_gaps(
    registry: Registry, dates: dict[str, str]
) -> None:
    record = registry.get(registry.kind("building"), add_building(registry, "创新大厦", **dates))
    assert {name: record[name] for name in dates} == dates


def test_a_date_before_the_one_it_follows_is_refused(registry: Registry) -> None:
    assert refusal(registry, surveyed_on="2022-03-01", planned_on="2022-02-28") == [
        "Planned on: “2022-02-28” lies before Surveyed on, 2022-03-01"
    ]


def test_a_gap_does_not_hide_that_dates_run_backwards(registry: Registry) -> None:
    assert refusal(registry, surveyed_on="2022-03-01", opened_on="2022年2月1日") == [
        "Opened on: “2022-02-01” lies before Surveyed on, 2022-03-01"
    ]


def test_each_step_backwards_is_listed(registry: Registry) -> None:
    faults = refusal(registry, surveyed_on="2022-03-01", planned_on="2022-02-01", started_on="2022-01-01")
    assert [fault.split(":")[0] for fault in faults] == ["Planned on", "Started on"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(dates=st.dictionaries(st.sampled_from(STAGES), days))
def test_dates_are_taken_when_those_given_are_in_order_and_only_then(
    registry: Registry, dates: dict[str, date]
) -> None:
    building = registry.kind("building")
    given_ones = [dates[stage] for stage in STAGES if stage in dates]
    texts = {
        "name": "楼",
        "town": "高新区",
        "floor_area": "1",
        **{k: v.isoformat() for k, v in dates.items()},
    }
    values, unread = registry.read(building, texts)
    assert unread == []
    assert (registry.checks(building).faults(values, set()) == []) == (given_ones == sorted(given_ones))


def test_a_date_that_is_known_to_be_wrong_is_held_against_no_other(registry: Registry) -> None:
    building = registry.kind("building")
    texts = {"name": "楼", "town": "高新区", "floor_area": "1"}
    values, _unread = registry.read(
        building, texts | {"planned_on": "2022-03-01", "started_on": "2022-02-01", "opened_on": "2022-01-01"}
    )
    checks = registry.checks(building)
    assert [fault.field.name for fault in checks.faults(values, set())] == ["started_on", "opened_on"]
    [fault] = checks.faults(values, {"started_on"})
    assert (fault.field.name, fault.value) == ("opened_on", "2022-01-01")
    assert fault.message == "lies before Planned on, 2022-03-01"
    assert checks.faults(values, {"planned_on", "opened_on"}) == []


def test_a_change_is_held_against_the_dates_that_stay(registry: Registry) -> None:
    building = registry.kind("building")
    record = add_building(registry, "创新大厦", surveyed_on="2022-03-01", renovated_on="2022-11-01")
    with pytest.raises(KflyError, match="Started on: “2022-02-01” lies before Surveyed on, 2022-03-01"):
        registry.change(building, record, {"started_on": "2022-02-01"})
    with pytest.raises(KflyError, match="Renovated on: “2022-11-01” lies before Started on, 2022-12-01"):
        registry.change(building, record, {"started_on": "2022-12-01"})
    with pytest.raises(KflyError, match="lies before"):
        registry.change(building, record, {"renovated_on": "2022-02-28"})
    registry.change(building, record, {"surveyed_on": "", "started_on": "2022-02-01"})


def test_a_date_that_cannot_be_read_is_the_only_fault(registry: Registry) -> None:
    building = registry.kind("building")
    record = add_building(registry, "创新大厦", planned_on="2022-03-01", started_on="2022-04-01")
    with pytest.raises(KflyError) as refused:
        registry.change(building, record, {"planned_on": "2022-06", "surveyed_on": "2022-03-15"})
    assert refused.value.lines == (
        "Planned on: “2022-06” is not a day; write it as 2022-03-01 or 2022年3月1日",
    )


def test_what_ends_before_it_began_is_refused(registry: Registry) -> None:
    with pytest.raises(KflyError) as refused:
        add_fund(registry, "一号基金", "1", registered_on="2022-03-01", ended_on="2022-02-28")
    assert refused.value.lines == ("Ended on: “2022-02-28” lies before Registered on, 2022-03-01",)


@pytest.mark.parametrize("ended_on", ["2022-03-01", "2022-03-02", "2199-12-31", ""])
def test_what_ends_on_the_day_it_began_or_later_is_taken(registry: Registry, ended_on: str) -> None:
    add(registry, "investor", name="甲投", registered_on="2022-03-01", ended_on=ended_on)
