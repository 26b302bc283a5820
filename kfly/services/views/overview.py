"""All that a paper tells of a plan, read at once, so that its parts speak of the same moment."""

from datetime import date

from kfly.plan.known_kinds import BUILDING, CARRIER, EVALUATION
from kfly.plan.model import Organisation, Plan
from kfly.plan.organisations import find_related
from kfly.plan.targets import targets_concerning
from kfly.plan.tasks import tasks_concerning
from kfly.progress.overview import Buildings, Overview
from kfly.progress.score import score
from kfly.progress.since import Since, narrow
from kfly.progress.tally import tally
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
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
    asked, whole = {target.key for target in targets_concerning(plan, scope.name, None)}, desk.standing(day)
    targets = tuple(row for row in whole.targets if row.target.key in asked)
    standing = whole._replace(targets=targets, tasks=tally(tasks), score=score(targets, tasks))
    part = Overview(standing=standing, tasks=tasks, measures=(), scope=scope)
    return part._replace(since=since and _narrow(since, plan, scope))


def _narrow(since: Since, plan: Plan, scope: Organisation) -> Since:
    """Keep what changed of an organisation's tasks and targets, as it has them by the present plan."""
    asked = {target.key for target in targets_concerning(plan, scope.name, None)}
    related = find_related(scope, plan)

    def is_own(row: TargetStanding | TaskStanding) -> bool:
        if isinstance(row, TargetStanding):
            return row.target.key in asked
        return not related.isdisjoint((*row.task.leads, *row.task.responsible))

    return narrow(since, is_own)


def _read_buildings(desk: Desk, day: date) -> Buildings:
    found, kind = read_pipeline(desk, day)
    return Buildings(found, kind, read_sites(desk, day))


def _keeps(desk: Desk, *kinds: str) -> bool:
    """Tell whether the plan records these kinds."""
    return all(kind in desk.registry.kinds for kind in kinds)
