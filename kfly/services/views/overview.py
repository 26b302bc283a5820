"""All that a paper tells of a plan, read at once, so that its parts speak of the same moment."""

from collections.abc import Callable
from datetime import date

from kfly.plan.known_kinds import BUILDING, CARRIER, EVALUATION
from kfly.plan.model import Organisation, Plan, Target
from kfly.plan.organisations import find_related
from kfly.plan.tasks import tasks_concerning
from kfly.progress.overview import Buildings, Overview
from kfly.progress.since import Since, narrow
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding, tally
from kfly.services.session import Desk
from kfly.services.views.budget import read_budget
from kfly.services.views.buildings import read_pipeline, read_sites
from kfly.services.views.evaluations import read_evaluations
from kfly.services.views.league import read_league
from kfly.services.views.measures import read_measures


def read_overview(
    desk: Desk, day: date, scope: Organisation | None = None, since: Since | None = None
) -> Overview:
    """Read how a plan stands on a day, or the part that one organisation leads or answers for.

    Args:
        desk: where the plan lies.
        day: the day.
        scope: whose part; None for the whole plan.
        since: what changed in the whole plan, where that is to be told.
    """
    if scope is not None:
        return _read_part(desk, day, scope, since)
    plan = desk.plan
    return Overview(
        standing=desk.standing(day),
        tasks=desk.stand(plan.tasks_in_view(day), day),
        measures=read_measures(desk, day),
        league=read_league(desk, day),
        buildings=_read_buildings(desk, day) if _keeps(desk, BUILDING) else None,
        budget=read_budget(desk, day),
        evaluations=read_evaluations(desk, day) if _keeps(desk, CARRIER, EVALUATION) else None,
        since=since,
    )


def _read_part(desk: Desk, day: date, scope: Organisation, since: Since | None) -> Overview:
    """Read the tasks and targets that an organisation leads or answers for."""
    plan = desk.plan
    tasks = desk.stand(tasks_concerning(plan, plan.tasks_in_view(day), scope.name, None), day)
    concerns, whole = _find_concern(plan, scope), desk.standing(day)
    targets = tuple(row for row in whole.targets if concerns(row.target))
    standing = whole._replace(targets=targets, tasks=tally(tasks))
    part = Overview(standing=standing, tasks=tasks, measures=(), scope=scope)
    return part._replace(since=since and _narrow(since, plan, scope))


def _narrow(since: Since, plan: Plan, scope: Organisation) -> Since:
    """Keep what changed of an organisation's tasks and targets, as it has them by the present plan."""
    concerns, related = _find_concern(plan, scope), find_related(scope, plan)

    def is_own(row: TargetStanding | TaskStanding) -> bool:
        if isinstance(row, TargetStanding):
            return concerns(row.target)
        return not related.isdisjoint((*row.task.lead, *row.task.responsible))

    return narrow(since, is_own)


def _find_concern(plan: Plan, scope: Organisation) -> Callable[[Target], bool]:
    """Return what tells whether a target serves a line of work of an organisation."""
    related = find_related(scope, plan)
    own = {each.number for each in plan.measures if related.intersection((*each.lead, *each.responsible))}
    return lambda target: target.measure in own


def _read_buildings(desk: Desk, day: date) -> Buildings:
    found, kind = read_pipeline(desk, day)
    return Buildings(found, kind, read_sites(desk, day))


def _keeps(desk: Desk, *kinds: str) -> bool:
    """Tell whether the plan records these kinds."""
    return all(kind in desk.registry.kinds for kind in kinds)
