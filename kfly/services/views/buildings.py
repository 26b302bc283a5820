"""The buildings' way from a survey to an opening, and where they stand, read for a day."""

from datetime import date

from kfly.plan.kinds import Kind
from kfly.plan.known_kinds import BUILDING
from kfly.progress.buildings import LATITUDE, LONGITUDE, Pipeline, building, list_fields, pipeline
from kfly.progress.overview import Site
from kfly.services.session import Desk
from kfly.store import records as rows


def read_pipeline(desk: Desk, day: date) -> tuple[Pipeline, Kind]:
    """Read how far the buildings have come on a day, with their kind, which names the stages.

    Raises:
        KflyError: the plan does without buildings.
    """
    kind = desk.registry.kind(BUILDING)
    return pipeline(kind, rows.select_columns(desk.db, kind, list_fields(kind)), desk.plan, day), kind


def read_sites(desk: Desk, day: date) -> tuple[Site, ...]:
    """Read which buildings have a place on the map, in the order of their records.

    Raises:
        KflyError: the plan does without buildings.
    """
    kind = desk.registry.kind(BUILDING)
    if not (kind.field(LONGITUDE) and kind.field(LATITUDE)):
        return ()
    found = []
    for values in rows.select_columns(desk.db, kind, (*list_fields(kind), LONGITUDE, LATITUDE)):
        longitude, latitude = values[LONGITUDE], values[LATITUDE]
        if isinstance(longitude, int | float) and isinstance(latitude, int | float):
            one = building(kind, values, day)
            found.append(
                Site(one.name, one.town, one.stage, one.floor_area, float(longitude), float(latitude))
            )
    return tuple(found)
