"""The way from plan files to a checked plan, or to every fault they have."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.dates import EARLIEST, LATEST
from kfly.plan.deadlines.spans import Years
from kfly.plan.files.goal_reader import GoalReader
from kfly.plan.files.kind_files import merge_kinds, read_standing
from kfly.plan.files.left_out import list_left_out
from kfly.plan.files.marked_yaml import NO_LINE, Document, Fault, Place, PlanFile, WrittenFile, read_yaml
from kfly.plan.files.metrics import MetricReader
from kfly.plan.files.orders import keep_orders
from kfly.plan.files.organisation_reader import OrganisationReader
from kfly.plan.files.return_reader import ReturnReader
from kfly.plan.files.shape_values import read_first_of_month
from kfly.plan.files.shapes import LightsShape, TargetFile, TaskFile
from kfly.plan.files.shaping import shape_document
from kfly.plan.files.target_reader import TargetReader
from kfly.plan.files.task_reader import Tables, TaskReader, check_measure
from kfly.plan.files.unsaid import keep_unsaid
from kfly.plan.files.written import table_file, targets_file
from kfly.plan.kinds import Kind
from kfly.plan.model import (
    Deliverable,
    Evaluation,
    Lights,
    Measure,
    Plan,
)
from kfly.plan.numbers import TaskKey, read_task_number
from kfly.plan.periods import Calendar

YELLOW = Fraction(4, 5)  # of what is expected by today: where a plan does not say


class LoadedPlan(NamedTuple):
    """A plan and the kinds of record it is measured by."""

    plan: Plan
    kinds: tuple[Kind, ...]


def load_plan(targets: Path, tables: Iterable[PlanFile], standing_kinds: Path) -> LoadedPlan:
    """Read a plan's files.

    Args:
        targets: ``targets.yaml``.
        tables: the yearly tables.
        standing_kinds: the kinds that every plan has.

    Raises:
        KflyError: the files have faults: a line for each, ``targets.yaml:42: targets[3].at_least: …``.
    """
    document = read_yaml(targets)
    return _read_plan(document, [read_yaml(table) for table in tables], _kinds(document, standing_kinds))


def load_targets(targets: Path, standing_kinds: Path) -> LoadedPlan:
    """Read ``targets.yaml`` without its yearly tables, for what it names: organisations, targets, years.

    Raises:
        KflyError: as for :func:`load_plan`.
    """
    document = read_yaml(targets)
    if isinstance(document.data, dict):
        document.data.pop("deliverables", None)  # they name tasks, which are not there
    return _read_plan(document, [], _kinds(document, standing_kinds))


def revise_files(files: Iterable[PlanFile], present: LoadedPlan, standing_kinds: Path) -> LoadedPlan:
    """Read some of a plan's files, and keep what they do not say as it is.

    Args:
        files: ``targets.yaml``, yearly tables, or both.
        present: the plan in force. A table of a year that it has already takes that one's place.
        standing_kinds: the kinds that every plan has.

    Raises:
        KflyError: as for :func:`load_plan`.
    """
    documents = [_read_beside(file, present.plan) for file in files]
    tables = [document for document in documents if _is_table(document)]
    plans = [document for document in documents if not _is_table(document)]
    for again in plans[1:]:
        again.fault((), _("{file} is to hold the plan's targets already", file=plans[0].file))
    if plans[1:]:
        raise _refusal(plans)
    kinds: tuple[Kind, ...] | None = present.kinds
    if plans:
        kinds = _kinds(plans[0], standing_kinds)
    else:
        plans = [_as_document(_("the plan in force"), targets_file(present.plan))]
    years = [document.data.get("year") for document in tables]  # any may be faulty still
    kept = sorted(year for year in present.plan.table_years if year not in years)
    tables += [_as_document(_table_in_force(year), table_file(present.plan, year)) for year in kept]
    wanted = _read_plan(plans[0], tables, kinds)
    return wanted._replace(plan=keep_orders(present.plan, wanted.plan))


def _read_beside(file: PlanFile, present: Plan) -> Document:
    document = read_yaml(file)
    return keep_unsaid(document, present) if isinstance(file, WrittenFile) else document


def name_tables(files: Iterable[PlanFile]) -> dict[int, str]:
    """Return the names of those files that are yearly tables, by their year."""
    documents = map(read_yaml, files)
    return {document.data["year"]: document.file for document in documents if _is_table(document)}


def find_plan_faults(plan: LoadedPlan) -> tuple[str, ...]:
    """Find what would be wrong with a plan in force if it were read from files."""
    tables = [
        _as_document(_("the table of {year}", year=year), table_file(plan.plan, year))
        for year in plan.plan.table_years
    ]
    try:
        _read_plan(_as_document(_("the plan"), targets_file(plan.plan)), tables, plan.kinds)
    except KflyError as error:
        return error.lines
    return ()


def _table_in_force(year: int) -> str:
    return _("the table of {year} in force", year=year)


def _is_table(document: Document) -> bool:
    return isinstance(document.data, dict) and ("tasks" in document.data or "year" in document.data)


def _as_document(called: str, data: Any) -> Document:
    """Present a part of the plan in force as if it were a file; it has no lines."""
    return Document(file=called, data=data, lines={(): NO_LINE}, faults=[], stood={})


def _kinds(targets: Document, standing: Path) -> tuple[Kind, ...] | None:
    return None if targets.data is None else merge_kinds(read_standing(standing), targets)


def _read_plan(targets: Document, tables: list[Document], kinds: tuple[Kind, ...] | None) -> LoadedPlan:
    loaded = _Reading(targets, tables, kinds).result()
    documents = (targets, *tables)
    if loaded is None or any(document.faults for document in documents):
        raise _refusal(documents)
    return loaded


def _refusal(documents: Iterable[Document]) -> KflyError:
    read = tuple(documents)
    faults = [(fault, document) for document in read for fault in document.faults]
    lines = [_describe_fault(*one) for one in sorted(faults, key=lambda one: (one[0].file, one[0].line))]
    in_force = [fault for fault, _document in faults if fault.line == NO_LINE]
    if in_force and any(document.lines.get(()) != NO_LINE for document in read):
        lines.append(
            _(
                "What is said of the plan in force stands in the database, not in the files named;"
                " “kfly load” takes targets.yaml and the yearly tables together."
            )
        )
    return KflyError(*lines)


def _describe_fault(fault: Fault, document: Document) -> str:
    """Return a fault as one line of text; what has no line number is named by its key or number."""
    section, *rest = fault.place or ("",)
    if fault.line == NO_LINE and rest and isinstance(rest[0], int):
        item = document.data[section][rest[0]]
        name = item.get("key", item.get("number", item.get("name")))
        fault = fault._replace(place=(section, str(name), *rest[1:]))
    return str(fault)


class _Reading:
    """One reading of a plan's files; faults are noted in the documents they stand in."""

    def __init__(self, targets: Document, tables: list[Document], kinds: tuple[Kind, ...] | None) -> None:
        self.document = targets
        years = Years(_find_year_start(targets))
        self.file = None if targets.data is None else shape_document(targets, TargetFile, years=years)
        self.kinds = kinds
        self.tables: Tables = [
            (d, None if d.data is None else shape_document(d, TaskFile, years=_years_of(d, years)))
            for d in tables
        ]

    def result(self) -> LoadedPlan | None:
        if self.file is None or self.kinds is None:
            return None
        self.who = OrganisationReader(self.file, self.document)
        self.who.check_fields(self.kinds)
        self._check_plan(self.file)
        metrics = MetricReader(self.kinds, self.who.organisations, self.document)
        goals = GoalReader(self._calendar(self.file), self.who.organisations)
        targets = TargetReader(self.document, self.who, metrics, goals).read(self.file)
        by_key = {target.key: target for target in targets}
        tasks = tuple(TaskReader(self.document, self.who, metrics, goals, by_key).read(self.tables))
        plan = Plan(
            name=self.file.plan.name.name(),
            starts=self.file.plan.starts,
            ends=self.file.plan.ends,
            language=self.file.plan.language,
            lights=_lights(self.file.lights),
            evaluation=Evaluation(self.file.evaluation.award, self.file.evaluation.warning),
            organisations=self.who.organisations,
            measures=tuple(self._measures(self.file)),
            deliverables=tuple(self._deliverables(self.file)),
            targets=targets,
            tasks=tasks,
            left_out=list_left_out(self.document),
            reply_to=self.file.plan.reply_to,
            year_starts=self.file.plan.year_starts,
            returns=tuple(ReturnReader(self.document, self.who, metrics).read(self.file.returns)),
        )
        return LoadedPlan(plan, self.kinds)

    def _calendar(self, file: TargetFile) -> Calendar:
        """Return the plan's calendar; one that ends before it starts, which is told, has its first day."""
        return Calendar(file.plan.starts, max(file.plan.starts, file.plan.ends), file.plan.year_starts)

    def _check_plan(self, file: TargetFile) -> None:
        if file.plan.ends < file.plan.starts:
            self.document.fault(("plan", "ends"), _("the plan ends before it starts"))
        self._check_lights(file.lights)
        if file.evaluation.warning > file.evaluation.award:
            self.document.fault(("evaluation", "warning"), _("the warning lies above the award"))

    def _check_lights(self, lights: LightsShape) -> None:
        if lights.measure is None and lights.red is not None:
            message = _("stands only in lights by points: measure: points, yellow: 10, red: 30")
            self.document.fault(("lights", "red"), message)
        elif lights.measure is None:
            if lights.yellow is not None and not 0 <= lights.yellow <= 1:
                message = _("a share between 0 and 1 is expected; percentage points want measure: points")
                self.document.fault(("lights", "yellow"), message)
        elif lights.yellow is None or lights.red is None:
            message = _("lights by points want both: yellow: 10, red: 30")
            self.document.fault(("lights", "measure"), message)
        elif not 0 <= lights.yellow <= lights.red:
            message = _("red begins where yellow ends: yellow: 10, red: 30")
            self.document.fault(("lights", "red"), message)

    def _measures(self, file: TargetFile) -> Iterator[Measure]:
        for number, measure in enumerate(file.measures):
            place = ("measures", number)
            self._once(place, "number", [m.number for m in file.measures[:number]], measure.number)
            yield Measure(
                measure.number,
                measure.name.name(),
                self.who.names(self.document, (*place, "lead"), measure.lead),
                self.who.names(self.document, (*place, "responsible"), measure.responsible),
            )

    def _once(self, place: Place, key: str, earlier: list[str] | list[int], value: str | int) -> None:
        if value in earlier:
            self.document.fault((*place, key), _("{value} is given twice", value=value))

    def _deliverables(self, file: TargetFile) -> Iterator[Deliverable]:
        years = [(document, table.year) for document, table in self.tables if table]
        first_year = min((year for _document, year in years), default=0)
        known = [
            (year, read_task_number(str(item.get("number"))))
            for document, year in years
            for item in document.items("tasks")
        ]
        whole = all(table and d.names_all("tasks", "number") for d, table in self.tables)
        for number, deliverable in enumerate(file.deliverables):
            place = ("deliverables", number)
            self._once(place, "key", [d.key for d in file.deliverables[:number]], deliverable.key)
            check_measure(self.document, self.document, place, deliverable.measure)
            task = _task_id(deliverable.task, first_year)
            if whole and task is not None and task not in known:
                self.document.fault((*place, "task"), _("there is no task {number}", number=deliverable.task))
            yield Deliverable(deliverable.key, deliverable.name.name(), deliverable.measure, task)


def _task_id(text: str | None, first_year: int) -> TaskKey | None:
    if text is None:
        return None
    year, _slash, number = text.rpartition("/")
    return (int(year) if year else first_year, read_task_number(number))


def _lights(lights: LightsShape) -> Lights:
    return Lights(
        yellow=YELLOW if lights.yellow is None else lights.yellow,
        due_soon_days=lights.due_soon_days,
        grace_days=lights.grace_days,
        red=lights.red,
    )


def _find_year_start(targets: Document) -> int:
    """Find the month in which the plan's years begin, before the rest is read; a faulty one is told later."""
    plan = targets.data.get("plan") if isinstance(targets.data, dict) else None
    try:
        return (
            read_first_of_month(plan["year_starts"])
            if isinstance(plan, dict) and "year_starts" in plan
            else 1
        )
    except ValueError:
        return 1


def _years_of(table: Document, years: Years) -> Years:
    """Return the years of a yearly table: its own is meant where a deadline names none."""
    year = table.data.get("year") if isinstance(table.data, dict) else None
    return years._replace(table=year) if isinstance(year, int) and EARLIEST <= year <= LATEST else years
