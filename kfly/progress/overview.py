"""All that a paper tells of a plan on a day: the same standings that each view shows by itself."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.kinds import Kind
from kfly.plan.model import Organisation, Plan
from kfly.progress.budget import Budget
from kfly.progress.buildings import Pipeline
from kfly.progress.evaluations import Evaluations
from kfly.progress.league import League
from kfly.progress.measures import MeasureStanding
from kfly.progress.since import Since
from kfly.progress.tasks import Standing, TaskStanding


class Site(NamedTuple):
    """A building whose place is recorded.

    Attributes:
        name: the building's, empty where it has none.
        town: the name of its town or zone.
        stage: the key of its stage on the day.
        floor_area: m².
        longitude: degrees east, WGS 84.
        latitude: degrees north, WGS 84.
    """

    name: str
    town: str
    stage: str
    floor_area: Fraction
    longitude: float
    latitude: float


class Buildings(NamedTuple):
    """The buildings of a plan on a day.

    Attributes:
        pipeline: how many have come to which stage.
        kind: what is recorded of a building; it names the stages.
        sites: those whose place is recorded.
    """

    pipeline: Pipeline
    kind: Kind
    sites: tuple[Site, ...]


class Overview(NamedTuple):
    """A plan on a day, or one organisation's part in it.

    Attributes:
        standing: the targets, and the tally of the tasks.
        tasks: the tasks in view, in the plan's order.
        measures: the plan's lines of work.
        scope: whose part it is; None for the whole plan.
        league: the towns in their order; None in a part.
        buildings: None in a part, or where the plan does without buildings.
        budget: None in a part, or without a ceiling on money.
        evaluations: None in a part, or where the plan does without them.
        since: what changed since the last meeting, or since a moment that was asked for; None where neither
            is there.
    """

    standing: Standing
    tasks: tuple[TaskStanding, ...]
    measures: tuple[MeasureStanding, ...]
    scope: Organisation | None = None
    league: League | None = None
    buildings: Buildings | None = None
    budget: Budget | None = None
    evaluations: Evaluations | None = None
    since: Since | None = None

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.standing.plan

    @property
    def day(self) -> date:
        """The day that is answered for."""
        return self.standing.as_of
