"""The yearly tables of a plan: their tasks, and the needs that name a target or spell their own metric."""

from collections.abc import Iterator

from kfly.errors import find_nearest
from kfly.locale import _
from kfly.plan.files.goal_reader import GoalReader, Promised
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.metrics import MetricReader
from kfly.plan.files.organisation_reader import OrganisationReader
from kfly.plan.files.promise_shapes import NeedShape
from kfly.plan.files.shapes import TaskFile, TaskShape
from kfly.plan.model import Need, Target, Task
from kfly.plan.needs import find_goal_by

Tables = list[tuple[Document, TaskFile | None]]  # None: a file that is not in shape at all


class TaskReader:
    """The tasks of one plan; faults are noted in the documents they stand in."""

    def __init__(
        self,
        plan: Document,
        organisations: OrganisationReader,
        metrics: MetricReader,
        goals: GoalReader,
        targets: dict[str, Target],
    ) -> None:
        self.plan = plan
        self.organisations = organisations
        self.metrics = metrics
        self.goals = goals
        self.targets = targets

    def read(self, tables: Tables) -> Iterator[Task]:
        """Read the tasks of all tables."""
        years: dict[int, str] = {}
        for document, file in tables:
            if file is None:
                continue
            if file.year in years:
                message = _("{file} holds the table of {year} already", file=years[file.year], year=file.year)
                document.fault(("year",), message)
            years[file.year] = document.file
            numbers: list[int] = []
            for position, task in enumerate(file.tasks):
                place = ("tasks", position)
                if task.number in numbers:
                    document.fault((*place, "number"), _("{value} is given twice", value=task.number))
                numbers.append(task.number)
                yield self._task(task, file.year, place, document)

    def _task(self, task: TaskShape, year: int, place: Place, document: Document) -> Task:
        check_measure(self.plan, document, place, task.measure)
        if self.goals.calendar.year_of(task.due) < year:
            document.fault((*place, "due"), _("lies before the table's year"))
        needs = [
            self._need(need, task, (*place, "needs", number), document)
            for number, need in enumerate(task.needs)
        ]
        return Task(
            year=year,
            number=task.number,
            title=task.title.name(),
            lead=self.organisations.names(document, (*place, "lead"), task.lead),
            responsible=self.organisations.names(document, (*place, "responsible"), task.responsible),
            due=task.due,
            measure=task.measure,
            needs=tuple(need for need in needs if need),
            weight=task.weight,
        )

    def _need(self, need: NeedShape, task: TaskShape, place: Place, document: Document) -> Need | None:
        if need.target is None:
            return self._own(need, place, document)
        target = self.targets.get(need.target)
        if target is None:
            keys = [str(item.get("key")) for item in self.plan.items("targets")]
            if need.target not in keys:
                document.fault((*place, "target"), describe_unknown_target(need.target, keys))
            return None
        self.metrics.check_unit(target.metric, need.unit, place, document)
        asked = self._ask(need, target, task, place, document)
        if asked.goal is None:
            return None
        return Need(
            name=need.name.name() if need.name else target.name,
            metric=target.metric,
            goal=asked.goal,
            unit=need.unit.name() if need.unit else target.unit,
            target=target.key,
            reading=target.reading,
            town_goals=asked.town_goals,
        )

    def _own(self, need: NeedShape, place: Place, document: Document) -> Need | None:
        """Read a need that spells its own metric."""
        metric = self.metrics.read(need, place, document)
        asked = self.goals.read_need(need, metric and metric.towns, place, document)
        if metric is None or asked.goal is None or need.name is None or need.unit is None:
            return None
        return Need(
            name=need.name.name(),
            metric=metric,
            goal=asked.goal,
            unit=need.unit.name(),
            target=None,
            town_goals=asked.town_goals,
        )

    def _ask(
        self, need: NeedShape, target: Target, task: TaskShape, place: Place, document: Document
    ) -> Promised:
        """Read how much a need asks of its target; what the target promises by then where it does not say."""
        if need.comparison is not None:
            return self.goals.read_need(need, target.metric.towns, place, document)
        goal = find_goal_by(target, task.due, self.goals.calendar)
        if goal is not None:
            return Promised(goal, town_goals=target.town_goals)
        if not (document.is_faulty(place) or self.plan.is_faulty(("targets",))):
            document.fault(place, _explain_no_goal(target))
        return Promised()


def check_measure(plan: Document, document: Document, place: Place, measure: int | None) -> None:
    """Check that the measure named at a place of a document is one of the plan's."""
    known = [item.get("number") for item in plan.items("measures")]
    if measure is not None and measure not in known and plan.names_all("measures", "number"):
        document.fault((*place, "measure"), _("there is no measure {number}", number=measure))


def describe_unknown_target(key: str, known: list[str]) -> str:
    """Say that there is no target of a key, and offer the nearest that there is."""
    near = find_nearest(key, known)
    if near:
        return _("there is no target “{key}”; did you mean “{near}”?", key=key, near=near)
    return _("there is no target “{key}”", key=key)


def _explain_no_goal(target: Target) -> str:
    """Say why a target has no amount that a need could take from it."""
    if target.follows is not None:
        return _("{target} follows another target; give an amount such as at_least:", target=target.key)
    if target.goal is not None:
        return _(
            "{target} promises nothing for the period of this day; give an amount such as at_least:",
            target=target.key,
        )
    return _("{target} has no goal; give an amount such as at_least:", target=target.key)
