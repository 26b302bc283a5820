"""The carriers' yearly evaluations, read for a day."""

from datetime import date

from kfly.plan.known_kinds import CARRIER, EVALUATION
from kfly.progress.evaluations import (
    TOWN,
    Evaluations,
    find_latest_year,
    find_results,
    list_fields,
    rank_carriers,
)
from kfly.services.session import Desk
from kfly.store import records as rows


def read_evaluations(desk: Desk, day: date, year: int | None = None) -> Evaluations:
    """Read how the carriers were evaluated in a year: the latest until the day, unless another is asked.

    Raises:
        KflyError: the plan does without carriers, or without evaluations.
    """
    plan, registry = desk.plan, desk.registry
    carriers, kind = registry.kind(CARRIER), registry.kind(EVALUATION)
    settled = find_results(kind, rows.select_columns(desk.db, kind, list_fields(kind)), plan.evaluation, day)
    known = rows.select_columns(
        desk.db, carriers, (TOWN, carriers.counts_on or "", carriers.counts_until or "")
    )
    found = rank_carriers(
        carriers,
        carriers=known,
        found=settled,
        year=find_latest_year(settled, day) if year is None else year,
        day=day,
    )
    return Evaluations(found, registry.titles.of(CARRIER), carriers)
