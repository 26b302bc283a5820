"""The yearly tables of a plan: their tasks, and the needs that name a target or spell their own metric."""

from collections.abc import Iterator
from datetime import date

from kfly.errors import find_nearest
from kfly.locale import _
from kfly.plan.deadlines.reading import TaskDeadline
from kfly.plan.files.carried import check_carried
from kfly.plan.files.goal_reader import GoalReader, Promised
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.metrics import MetricReader
from kfly.plan.files.organisation_reader import OrganisationReader
from kfly.plan.files.promise_shapes import NeedShape
from kfly.plan.files.shapes import TaskFile, TaskShape
from kfly.plan.model import Need, Stage, Target, Task
from kfly.plan.needs import find_goal_by
from kfly.plan.numbers import read_task_key

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
        check_carried(tables)
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
        stages = tuple(self._stages(task, year, place, document))
        due = self._find_due(task, stages, place, document)
        self._check_year(due, year, place, document)
        return Task(
            year=year,
            number=task.number,
            title=task.title.name(),
            lead=self.organisations.names(document, (*place, "lead"), task.lead),
            responsible=self.organisations.names(document, (*place, "responsible"), task.responsible),
            due=due,
            measure=task.measure,
            needs=self._needs(task.needs, due or self._last_day(year), place, document),
            weight=task.weight,
            support=self.organisations.names(document, (*place, "support"), task.support),
            leader=task.leader,
            report_every=self._find_report(task, place, document),
            stages=stages,
            carries=read_task_key(task.carries) if task.carries else None,
        )

    def _stages(self, task: TaskShape, year: int, place: Place, document: Document) -> Iterator[Stage]:
        """Read the stages, of which none is due before the one before it."""
        for number, stage in enumerate(task.stages):
            own = (*place, "stages", number)
            self._check_year(stage.due, year, own, document)
            if number and stage.due < task.stages[number - 1].due:
                document.fault((*own, "due"), _("lies before that of the stage before it"))
            yield Stage(
                stage.title.name(),
                stage.due,
                self.organisations.names(document, (*own, "lead"), stage.lead),
                self._needs(stage.needs, stage.due, own, document),
            )

    def _find_due(
        self, task: TaskShape, stages: tuple[Stage, ...], place: Place, document: Document
    ) -> date | None:
        """Find the last day of a task, which is that of its last stage; None for one that is ongoing."""
        said: TaskDeadline | None = task.due
        last = max((stage.due for stage in stages), default=None)
        if task.ongoing and said is not None and said.due is not None:
            document.fault((*place, "due"), _("an ongoing task has no due day; leave one of the two out"))
        if task.ongoing or (said is not None and said.due is None):
            return None
        if said is None and last is None and not document.is_faulty((*place, "due")):
            document.fault((*place, "due"), _("is missing"))
        if last is not None and said is not None and said.due != last:
            message = _("the task is due with its last stage, on {day}", day=last.isoformat())
            document.fault((*place, "due"), message)
        return last or (said.due if said else None)

    def _find_report(self, task: TaskShape, place: Place, document: Document) -> str | None:
        """Find of which period each wants a report: the key says so, or the words of the deadline."""
        said = task.due.report_every if task.due else None
        if said and task.report_every and said != task.report_every:
            document.fault((*place, "report_every"), _("the deadline says another period"))
        return task.report_every or said

    def _check_year(self, due: date | None, year: int, place: Place, document: Document) -> None:
        if due is not None and self.goals.calendar.year_of(due) < year:
            document.fault((*place, "due"), _("lies before the table's year"))

    def _last_day(self, year: int) -> date:
        """Return the last day of a table's year: for it an ongoing task takes what its targets promise."""
        return self.goals.calendar.year_window(year)[1]

    def _needs(self, needs: list[NeedShape], due: date, place: Place, document: Document) -> tuple[Need, ...]:
        found = (self._need(need, due, (*place, "needs", n), document) for n, need in enumerate(needs))
        return tuple(need for need in list(found) if need)

    def _need(self, need: NeedShape, due: date, place: Place, document: Document) -> Need | None:
        if need.target is None:
            return self._own(need, place, document)
        target = self.targets.get(need.target)
        if target is None:
            keys = [str(item.get("key")) for item in self.plan.items("targets")]
            if need.target not in keys:
                document.fault((*place, "target"), describe_unknown_target(need.target, keys))
            return None
        self.metrics.check_unit(target.metric, need.unit, place, document)
        asked = self._ask(need, target, due, place, document)
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

    def _ask(self, need: NeedShape, target: Target, due: date, place: Place, document: Document) -> Promised:
        """Read how much a need asks of its target; what the target promises by then where it does not say."""
        if need.comparison is not None:
            return self.goals.read_need(need, target.metric.towns, place, document)
        goal = find_goal_by(target, due, self.goals.calendar)
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
