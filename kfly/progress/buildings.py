"""The buildings of the plan (三.2 to 三.4): how far each town has come, what is late, what has no plan."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.kinds import Kind, Record, Value, is_a_name
from kfly.plan.model import Plan

NAME, TOWN = "name", "town"
FLOOR_AREA, IDLE_AREA, CONDITION, DUE_ON = "floor_area", "idle_area", "condition", "due_on"
PARTS = ("purpose", "resources", "positioning", "operator")  # of the tailored plan (一楼一策, 三.3)
FIELDS = (NAME, TOWN, FLOOR_AREA, IDLE_AREA, CONDITION, DUE_ON, *PARTS)
IDLE = "闲置"  # the condition of a building that stands idle as a whole
LONGITUDE, LATITUDE = "longitude", "latitude"  # degrees, WGS 84
NOT_SURVEYED = "not_surveyed"  # the stage before the first


class BuildingTally(NamedTuple):
    """How many buildings, and their floor area in m²."""

    number: int = 0
    floor_area: Fraction = Fraction(0)

    def with_one(self, floor_area: Fraction) -> "BuildingTally":
        """Return the tally with one building more."""
        return BuildingTally(self.number + 1, self.floor_area + floor_area)


class Building(NamedTuple):
    """One building on a day; areas in m²."""

    id: int
    name: str  # empty where it has none to be called by
    town: str
    stage: str
    floor_area: Fraction
    idle_area: Fraction
    due: date | None  # its own deadline
    renovated: bool
    missing: tuple[str, ...]  # parts of its tailored plan

    def days_overdue(self, day: date) -> int:
        """Count the days past its own deadline; 0 when it is renovated, not yet due, or without one."""
        return 0 if self.renovated or self.due is None else max((day - self.due).days, 0)


class TownTally(NamedTuple):
    """The buildings of one town."""

    town: str
    total: BuildingTally
    idle_area: Fraction
    stages: Mapping[str, BuildingTally]


class Pipeline(NamedTuple):
    """What ``buildings`` shows."""

    total: BuildingTally
    stages: Mapping[str, BuildingTally]  # by the key of the stage, NOT_SURVEYED first
    reached: Mapping[str, BuildingTally]  # this stage or a later one
    towns: tuple[TownTally, ...]
    idle_area: Fraction
    overdue: tuple[Building, ...]  # the longest overdue first
    complete: int  # how many have all parts of their tailored plan
    lacking: tuple[Building, ...]  # surveyed, but without some of them
    missing: Mapping[str, int]  # by part: how many of those lack it


def list_fields(kind: Kind) -> tuple[str, ...]:
    """Name the fields that the view is made of."""
    return (*FIELDS, *(stage.date for stage in kind.stages), kind.counts_on or "", kind.counts_until or "")


def pipeline(kind: Kind, records: Iterable[Record], plan: Plan, day: date) -> Pipeline:
    """Work out how the buildings stand on a day.

    A tailored plan is owed once a building is surveyed (三.3 follows 三.2), so the list of what is missing
    names surveyed buildings only. Towns come in the plan's order; those without a building are left out.
    """
    found = [building(kind, values, day) for values in records]
    keys = (NOT_SURVEYED, *(stage.key for stage in kind.stages))
    parts = [part for part in PARTS if kind.field(part)]
    stages = _by_stage(keys, found)
    lacking = tuple(b for b in found if b.missing and b.stage != NOT_SURVEYED)
    overdue = [b for b in found if b.days_overdue(day)]
    return Pipeline(
        total=_tally(found),
        stages=stages,
        reached={key: _sum(stages[later] for later in keys[n:]) for n, key in enumerate(keys)},
        towns=tuple(_towns(keys, found, plan)),
        idle_area=sum((b.idle_area for b in found), Fraction(0)),
        overdue=tuple(sorted(overdue, key=lambda b: -b.days_overdue(day))),
        complete=sum(not b.missing for b in found) if parts else 0,
        lacking=lacking,
        missing={part: sum(part in b.missing for b in lacking) for part in parts},
    )


def building(kind: Kind, values: Record, day: date) -> Building:
    """Work out where one building stands on a day.

    Idle is its idle area or, where none is recorded, all of it when its condition is 闲置. What is renovated
    is idle no longer, whatever the survey said before.
    """
    stage, renovated = kind.stage_on(values, day), is_finished(kind, values, day)
    due, floor_area = values.get(DUE_ON), _area(values.get(FLOOR_AREA))
    all_idle = floor_area if values.get(CONDITION) == IDLE else Fraction(0)
    idle = all_idle if values.get(IDLE_AREA) is None else _area(values.get(IDLE_AREA))
    return Building(
        id=int(values["id"] or 0),
        name=str(values[NAME]) if is_a_name(values.get(NAME)) else "",
        town=str(values.get(TOWN) or ""),
        stage=stage.key if stage else NOT_SURVEYED,
        floor_area=floor_area,
        idle_area=Fraction(0) if renovated else idle,
        due=date.fromisoformat(due) if isinstance(due, str) else None,
        renovated=renovated,
        missing=missing_parts(kind, values),
    )


def is_finished(kind: Kind, values: Mapping[str, Value], day: date) -> bool:
    """Tell whether a record has reached the stage from which it counts (renovated, open), or a later one."""
    dates = [stage.date for stage in kind.stages]
    if kind.counts_on not in dates:
        return kind.counts_by(values, day)
    stage = kind.stage_on(values, day)
    return stage is not None and dates.index(stage.date) >= dates.index(kind.counts_on)


def missing_parts(kind: Kind, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Name the parts of the tailored plan that the kind has and the record has not."""
    return tuple(part for part in PARTS if kind.field(part) and values.get(part) in (None, ""))


def _area(value: Value) -> Fraction:
    return Fraction(repr(value)) if isinstance(value, int | float) else Fraction(0)


def _tally(buildings: Iterable[Building]) -> BuildingTally:
    tally = BuildingTally()
    for each in buildings:
        tally = tally.with_one(each.floor_area)
    return tally


def _by_stage(keys: Iterable[str], buildings: Iterable[Building]) -> dict[str, BuildingTally]:
    tallies = dict.fromkeys(keys, BuildingTally())
    for each in buildings:
        tallies[each.stage] = tallies[each.stage].with_one(each.floor_area)
    return tallies


def _sum(tallies: Iterable[BuildingTally]) -> BuildingTally:
    its = list(tallies)
    return BuildingTally(sum(t.number for t in its), sum((t.floor_area for t in its), Fraction(0)))


def _towns(keys: Iterable[str], buildings: Iterable[Building], plan: Plan) -> Iterable[TownTally]:
    by_town: dict[str, list[Building]] = {}
    for each in buildings:
        by_town.setdefault(each.town, []).append(each)
    order = {organisation.name: n for n, organisation in enumerate(plan.organisations)}
    for town in sorted(by_town, key=lambda name: order.get(name, len(order))):
        its = by_town[town]
        idle = sum((b.idle_area for b in its), Fraction(0))
        yield TownTally(town, _tally(its), idle, _by_stage(keys, its))
