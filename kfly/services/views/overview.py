"""All that a paper tells of a plan, read at once, so that its parts speak of the same moment."""

from collections.abc import Callable
from datetime import date

from kfly.plan.known_kinds import BUILDING, CARRIER, EVALUATION
from kfly.plan.model import Organisation, Plan, Target
from kfly.plan.organisations import find_related
from kfly.plan.tasks import tasks_concerning
from kfly.progress.overview import Buildings, Overview
from kfly.progress.tasks import tally
from kfly.services.session import Desk
from kfly.services.views.budget import read_budget
from kfly.services.views.buildings import read_pipeline, read_sites
from kfly.services.views.evaluations import read_evaluations
from kfly.services.views.league import read_league
from kfly.services.views.measures import read_measures


def read_overview(desk: Desk, day: date, scope: Organisation | None = None) -> Overview:
    """Read how a plan stands on a day, or the part that one organisation leads or answers for."""
    if scope is not None:
        return _read_part(desk, day, scope)
    plan = desk.plan
    return Overview(
        standing=desk.standing(day),
        tasks=desk.stand(plan.tasks_in_view(day), day),
        measures=read_measures(desk, day),
        league=read_league(desk, day),
        buildings=_read_buildings(desk, day) if _keeps(desk, BUILDING) else None,
        budget=read_budget(desk, day),
        evaluations=read_evaluations(desk, day) if _keeps(desk, CARRIER, EVALUATION) else None,
    )


def _read_part(desk: Desk, day: date, scope: Organisation) -> Overview:
    """Read the tasks and targets that an organisation leads or answers for."""
    plan = desk.plan
    tasks = desk.stand(tasks_concerning(plan, plan.tasks_in_view(day), scope.name, None), day)
    concerns, whole = _find_concern(plan, scope), desk.standing(day)
    targets = tuple(row for row in whole.targets if concerns(row.target))
    standing = whole._replace(targets=targets, tasks=tally(tasks))
    return Overview(standing=standing, tasks=tasks, measures=(), scope=scope)


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
