"""The lines of work, as ``measures`` shows them, and what each has promised to issue or set up."""

from collections.abc import Iterator, Sequence

from kfly.locale import _
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import GREEN, RED, YELLOW
from kfly.progress.measures import DeliverableStanding, MeasureStanding
from kfly.progress.states import OVERDUE
from kfly.reports import words
from kfly.reports.measures import name_measure
from kfly.reports.papers.workbook.sheet import DAY, MARK, NUMBER, YEAR, Cell, Column, Table, View
from kfly.reports.tasks import join_names


def make_measures(rows: Sequence[MeasureStanding], plan: Plan) -> View:
    """Make the sheet of the lines of work."""
    names = name_organisations(plan)
    table = Table(_list_columns(), [_cells(row, names) for row in rows])
    return View(_("Lines of work"), _("Lines of work: what each has promised"), [table])


def make_deliverables(rows: Sequence[MeasureStanding]) -> Iterator[View]:
    """Yield the sheet of the deliverables; none where none are promised."""
    cells = [_deliverable_cells(row, found) for row in rows for found in row.deliverables]
    if cells:
        title = _("Deliverables: which are there, and by what")
        yield View(_("Deliverables"), title, [Table(_list_deliverable_columns(), cells)])


def _list_columns() -> list[Column]:
    return [
        Column(_("No."), YEAR),
        Column(_("Line of work"), widest=34),
        Column(_("Lead"), widest=24),
        Column(_("Responsible"), widest=36),
        Column(_("Tasks"), NUMBER),
        Column(_("Tasks done"), NUMBER),
        Column(_("Of which unsigned"), NUMBER),
        Column(_("Tasks overdue"), NUMBER),
        Column(_("Deliverables"), NUMBER),
        Column(_("Deliverables done"), NUMBER),
        *(Column(_("Targets: {light}", light=words.light_word(code)), NUMBER) for code in _COUNTED),
    ]


_COUNTED = (RED, YELLOW, GREEN)


def _cells(row: MeasureStanding, names: dict[str, str]) -> list[Cell]:
    measure, lights = row.measure, [found.light for found in row.targets]
    return [
        measure.number if measure else None,
        name_measure(row),
        join_names(measure.lead, names) if measure else "—",
        join_names(measure.responsible, names) if measure else "—",
        row.tasks_counted,
        row.tasks_done,
        row.tasks_unsigned,
        sum(task.state == OVERDUE for task in row.tasks),
        len(row.deliverables),
        row.deliverables_done,
        *(lights.count(code) for code in _COUNTED),
    ]


def _list_deliverable_columns() -> list[Column]:
    return [
        Column(_("No."), YEAR),
        Column(_("Deliverable"), widest=34),
        Column(_("State"), MARK, tints={_("there"): GREEN}),
        Column(_("By"), widest=36),
        Column(_("There since"), DAY),
    ]


def _deliverable_cells(row: MeasureStanding, found: DeliverableStanding) -> list[Cell]:
    issue, task = found.issue, found.brought_by
    by = [f"{issue.title} {issue.number or ''}".rstrip()] if issue else []
    by += [_("task {number}", number=f"{task[0]}/{task[1]}")] if task else []
    return [
        row.measure.number if row.measure else None,
        found.deliverable.name.spoken,
        _("there") if found.done else _("not yet"),
        _(", ").join(by),
        found.done_on,
    ]
