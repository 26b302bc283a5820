"""Plan files in, a checked plan out, or every fault they have."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kfly.errors import KflyError, nearest
from kfly.locale import _
from kfly.plan.kind_files import kinds_of
from kfly.plan.kinds import Kind
from kfly.plan.marked_yaml import Document, Place, read
from kfly.plan.metrics import MetricReader
from kfly.plan.model import (
    Deliverable,
    Evaluation,
    Lights,
    Measure,
    Need,
    Organisation,
    Plan,
    Target,
    Task,
)
from kfly.plan.organisations import named
from kfly.plan.shapes import MembersShape, NeedShape, OrganisationShape, TargetFile, TaskFile, TaskShape
from kfly.plan.shaping import shape


class LoadedPlan(NamedTuple):
    """A plan and the kinds of record it is measured by."""

    plan: Plan
    kinds: tuple[Kind, ...]


def load(targets: Path, tables: Iterable[Path], standing_kinds: Path) -> LoadedPlan:
    """Read a plan's files.

    Args:
        targets: ``targets.yaml``.
        tables: the yearly tables.
        standing_kinds: the kinds that every plan has.

    Raises:
        KflyError: the files have faults: a line for each, ``targets.yaml:42: targets[3].at_least: …``.
    """
    target_document = read(targets)
    table_documents = [read(table) for table in tables]
    loaded = _Reading(target_document, table_documents, read(standing_kinds)).result()
    faults = [fault for document in (target_document, *table_documents) for fault in document.faults]
    if loaded is None or faults:
        raise KflyError(*(str(fault) for fault in sorted(faults, key=lambda f: (f.file, f.line))))
    return loaded


class _Reading:
    """One reading of a plan's files; faults are noted in the documents they stand in."""

    def __init__(self, targets: Document, tables: list[Document], standing: Document) -> None:
        self.document = targets
        self.tables = tables
        self.file = None if targets.data is None else shape(targets, TargetFile)
        self.kinds = None if targets.data is None else kinds_of(standing, targets)
        self.table_files = [(d, None if d.data is None else shape(d, TaskFile)) for d in tables]

    def result(self) -> LoadedPlan | None:
        if (
            self.file is None
            or self.kinds is None
            or any(file is None for _document, file in self.table_files)
        ):
            return None
        self.organisations = tuple(self._organisations(self.file))
        self.metrics = MetricReader(self.kinds, self.organisations)
        self._check_towns_of_fields()
        self._check_plan(self.file)
        targets = tuple(self._targets(self.file))
        tasks = tuple(self._tasks({target.key: target for target in targets}))
        plan = Plan(
            name=self.file.plan.name.name(),
            starts=self.file.plan.starts,
            ends=self.file.plan.ends,
            language=self.file.plan.language,
            lights=Lights(self.file.lights.yellow, self.file.lights.due_soon_days),
            evaluation=Evaluation(self.file.evaluation.award, self.file.evaluation.warning),
            organisations=self.organisations,
            measures=tuple(self._measures(self.file)),
            deliverables=tuple(self._deliverables(self.file, tasks)),
            targets=targets,
            tasks=tasks,
        )
        return LoadedPlan(plan, self.kinds)

    def _check_plan(self, file: TargetFile) -> None:
        if file.plan.ends < file.plan.starts:
            self.document.fault(("plan", "ends"), _("the plan ends before it starts"))
        if not 0 <= file.lights.yellow <= 1:
            self.document.fault(("lights", "yellow"), _("a share between 0 and 1 is expected"))
        if file.evaluation.warning > file.evaluation.award:
            self.document.fault(("evaluation", "warning"), _("the warning lies above the award"))

    def _organisations(self, file: TargetFile) -> Iterator[Organisation]:
        owner: dict[str, str] = {}
        by_kind: dict[str, list[str]] = {}
        for organisation in file.organisations:
            by_kind.setdefault(organisation.kind, []).append(organisation.name)
        plain = [name for kind, names in by_kind.items() if kind != "group" for name in names]
        for number, organisation in enumerate(file.organisations):
            place = ("organisations", number)
            for label in (organisation.name, *organisation.aliases):
                if label in owner:
                    message = _("“{name}” is already the name of {owner}", name=label, owner=owner[label])
                    self.document.fault(place, message)
                owner[label] = organisation.name
            yield Organisation(
                name=organisation.name,
                en=organisation.en or organisation.name,
                kind=organisation.kind,
                aliases=tuple(organisation.aliases),
                email=organisation.email,
                members=tuple(self._members(organisation, place, by_kind, plain)),
            )

    def _members(
        self, organisation: OrganisationShape, place: Place, by_kind: dict[str, list[str]], plain: list[str]
    ) -> Iterator[str]:
        members = organisation.members
        if (organisation.kind == "group") != (members is not None):
            self.document.fault(place, _("a group, and nothing else, wants members:"))
        if isinstance(members, MembersShape):
            for kind in dict.fromkeys(members.kind):
                yield from by_kind.get(kind, [])
        names = members if isinstance(members, list) else []
        for number, name in enumerate(names):
            if name not in plain:
                self.document.fault((*place, "members", number), _nobody(name, plain))
            elif name in names[:number]:
                self.document.fault((*place, "members", number), _("{name} is named twice", name=name))
            else:
                yield name

    def _names(self, document: Document, place: Place, names: list[str]) -> tuple[str, ...]:
        """The organisations of a list, by the names the plan gives them."""
        known = []
        for number, text in enumerate(names):
            organisation = named(text, self.organisations)
            if organisation is None:
                all_names = [name for o in self.organisations for name in (o.name, *o.aliases)]
                document.fault((*place, number), _nobody(text, all_names))
            elif organisation.name in known:
                document.fault((*place, number), _("{name} is named twice", name=organisation.name))
            else:
                known.append(organisation.name)
        return tuple(known)

    def _check_towns_of_fields(self) -> None:
        for kind in self.kinds or ():
            for field in kind.fields:
                place = ("records", kind.name, "fields", field.name, "only")
                for number, name in enumerate(field.only):
                    if not any(o.name == name and o.kind in ("town", "zone") for o in self.organisations):
                        towns = [o.name for o in self.organisations if o.kind in ("town", "zone")]
                        self.document.fault((*place, number), _nobody(name, towns))

    def _measures(self, file: TargetFile) -> Iterator[Measure]:
        for number, measure in enumerate(file.measures):
            place = ("measures", number)
            self._once(place, "number", [m.number for m in file.measures[:number]], measure.number)
            yield Measure(
                measure.number,
                measure.name.name(),
                self._names(self.document, (*place, "lead"), measure.lead),
                self._names(self.document, (*place, "responsible"), measure.responsible),
            )

    def _once(self, place: Place, key: str, earlier: list[str] | list[int], value: str | int) -> None:
        if value in earlier:
            self.document.fault((*place, key), _("{value} is given twice", value=value))

    def _check_measure(self, document: Document, place: Place, measure: int | None) -> None:
        known = [m.number for m in self.file.measures] if self.file else []
        if measure is not None and measure not in known:
            document.fault((*place, "measure"), _("there is no measure {number}", number=measure))

    def _deliverables(self, file: TargetFile, tasks: tuple[Task, ...]) -> Iterator[Deliverable]:
        first_year = min((task.year for task in tasks), default=0)
        known = {(task.year, task.number) for task in tasks}
        for number, deliverable in enumerate(file.deliverables):
            place = ("deliverables", number)
            self._once(place, "key", [d.key for d in file.deliverables[:number]], deliverable.key)
            self._check_measure(self.document, place, deliverable.measure)
            task = _task_id(deliverable.task, first_year)
            if task is not None and task not in known:
                self.document.fault((*place, "task"), _("there is no task {number}", number=deliverable.task))
            yield Deliverable(deliverable.key, deliverable.name.name(), deliverable.measure, task)

    def _targets(self, file: TargetFile) -> Iterator[Target]:
        for number, target in enumerate(file.targets):
            place = ("targets", number)
            self._once(place, "key", [t.key for t in file.targets[:number]], target.key)
            self._check_measure(self.document, place, target.measure)
            if target.due is not None and target.due < file.plan.starts:
                self.document.fault((*place, "due"), _("lies before the plan starts"))
            metric = self.metrics.read(target, place, self.document)
            if metric is not None:
                yield Target(
                    key=target.key,
                    section=target.section.name(),
                    name=target.name.name(),
                    metric=metric,
                    goal=target.goal,
                    unit=target.unit.name(),
                    due=target.due or file.plan.ends,
                    every_year=target.every == "year",
                    measure=target.measure,
                )

    def _tasks(self, targets: dict[str, Target]) -> Iterator[Task]:
        years: dict[int, str] = {}
        for document, file in self.table_files:
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
                yield self._task(task, file.year, place, document, targets)

    def _task(
        self, task: TaskShape, year: int, place: Place, document: Document, targets: dict[str, Target]
    ) -> Task:
        self._check_measure(document, place, task.measure)
        if task.due.year < year:
            document.fault((*place, "due"), _("lies before the table's year"))
        needs = [
            self._need(need, (*place, "needs", number), document, targets)
            for number, need in enumerate(task.needs)
        ]
        return Task(
            year=year,
            number=task.number,
            title=task.title.name(),
            lead=self._names(document, (*place, "lead"), task.lead),
            responsible=self._names(document, (*place, "responsible"), task.responsible),
            due=task.due,
            measure=task.measure,
            needs=tuple(need for need in needs if need),
        )

    def _need(
        self, need: NeedShape, place: Place, document: Document, targets: dict[str, Target]
    ) -> Need | None:
        if need.target is None:
            metric = self.metrics.read(need, place, document)
            if metric is None or need.goal is None or need.name is None or need.unit is None:
                return None
            return Need(need.name.name(), metric, need.goal, need.unit.name(), None)
        target = targets.get(need.target)
        if target is None:
            if not self._is_declared(need.target):
                keys = [t.key for t in self.file.targets] if self.file else []
                document.fault((*place, "target"), _no_target(need.target, keys))
            return None
        self.metrics.check_unit(target.metric, need.unit, place, document)
        goal = need.goal or target.goal
        if goal is None:
            document.fault(
                place, _("{target} has no goal; give an amount such as at_least:", target=target.key)
            )
            return None
        return Need(
            need.name.name() if need.name else target.name,
            target.metric,
            goal,
            need.unit.name() if need.unit else target.unit,
            target.key,
        )

    def _is_declared(self, key: str) -> bool:
        """Whether a target of this key stands in the file, if with faults of its own."""
        return self.file is not None and any(target.key == key for target in self.file.targets)


def _task_id(text: str | None, first_year: int) -> tuple[int, int] | None:
    if text is None:
        return None
    year, _slash, number = text.rpartition("/")
    return (int(year) if year else first_year, int(number))


def _nobody(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    if near:
        return _("nobody is called “{name}”; did you mean “{near}”?", name=name, near=near)
    return _("nobody under organisations: is called “{name}”", name=name)


def _no_target(key: str, known: list[str]) -> str:
    near = nearest(key, known)
    if near:
        return _("there is no target “{key}”; did you mean “{near}”?", key=key, near=near)
    return _("there is no target “{key}”", key=key)
