"""``export tasks``: the table of tasks as an office hands it round, how each stands beside who owes it.

The headings of what a plan file holds are those of the empty table, so that ``draft`` reads the file back.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from kfly.locale import N_, _
from kfly.plan.course import EXTENDED
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.tally import tally
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.course import list_history
from kfly.reports.papers.workbook.looks import to_number
from kfly.reports.papers.workbook.sheet import (
    DAY,
    MARK,
    NUMBER,
    TEXT,
    YEAR,
    Cell,
    Column,
    Table,
    View,
    tint_lights,
    tint_states,
)
from kfly.reports.papers.workbook.tasks import tell_sign_off
from kfly.reports.progress_notes import write_note
from kfly.reports.status import explain_start, write_tally
from kfly.reports.task import tell_stage
from kfly.reports.tasks import task_document, write_need

HELD = 2  # columns that stay in sight: the number and the title

Names = dict[str, str]
Tell = Callable[[TaskStanding, Names], Cell]


class _Column(NamedTuple):
    """A column: its heading, its cells, how they are shown, and whether it is there though it is empty."""

    heading: str
    tell: Tell
    form: str = TEXT
    widest: int = 44
    tints: Callable[[], dict[str, str]] = dict
    always: bool = False


def _join(organisations: Iterable[str], names: Names) -> str:
    return _(", ").join(names[name] for name in organisations)


def _find_first_due(row: TaskStanding) -> date | None:
    """Find the due day of the table, where it was extended."""
    first = row.original_due
    return first if first != row.task.due else None


def _write_every(row: TaskStanding, _names: Names) -> str:
    return words.every(row.task.report_every) if row.task.report_every else ""


def _write_light(row: TaskStanding) -> str:
    return words.light(row.light, starting=row.starting)


def _write_feedback(row: TaskStanding, names: Names) -> str:
    return write_note(row.note, names) if row.note else ""


def _list_remarks(row: TaskStanding) -> Iterable[str]:
    yield from list_history(row)
    if row.unreported:
        yield _("no report for {period}", period=row.unreported.label)


_COLUMNS = (
    _Column(N_("No."), lambda row, _names: row.task.number, YEAR, widest=9, always=True),
    _Column(N_("Task"), lambda row, _names: row.task.title.spoken, widest=36, always=True),
    _Column(N_("Lead"), lambda row, names: _join(row.task.lead, names), widest=18, always=True),
    _Column(N_("Responsible"), lambda row, names: _join(row.task.responsible, names), widest=30, always=True),
    _Column(N_("Supporting"), lambda row, names: _join(row.task.support, names), widest=18),
    _Column(N_("Leader"), lambda row, _names: row.task.leader, MARK, widest=12),
    _Column(N_("Weight"), lambda row, _names: row.task.weight, NUMBER, widest=8),
    _Column(N_("Due"), lambda row, _names: row.task.due or _("ongoing"), DAY, widest=12, always=True),
    _Column(N_("First due"), lambda row, _names: _find_first_due(row), DAY, widest=12),
    _Column(N_("Reports"), _write_every, MARK, widest=10),
    _Column(N_("State"), lambda row, _names: words.state(row.state), MARK, tints=tint_states, always=True),
    _Column(N_("Light"), lambda row, _names: _write_light(row), MARK, tints=tint_lights, always=True),
    _Column(N_("Days overdue"), lambda row, _names: row.days_overdue, YEAR, widest=10),
    _Column(N_("Days left"), lambda row, _names: row.days_left, YEAR, widest=9),
    _Column(N_("Completed on"), lambda row, _names: row.completed_on, DAY, widest=12),
    _Column(N_("Sign-off"), lambda row, _names: "\n".join(tell_sign_off(row)), widest=14),
    _Column(N_("Needs"), lambda row, _names: "\n".join(map(write_need, row.needs)), widest=30),
    _Column(N_("Stages"), lambda row, _names: "\n".join(map(tell_stage, row.stages)), widest=46),
    _Column(N_("Last feedback"), _write_feedback, widest=28),
    _Column(N_("What was decided"), lambda row, _names: "\n".join(_list_remarks(row)), widest=28),
)


class TaskTable(NamedTuple):
    """What is exported.

    Attributes:
        rows: the tasks.
        plan: whose they are.
        day: on which they stand so.
        filters: the options that left tasks out; empty where none did.
        known: as of which earlier moment things were known; empty for now.
    """

    rows: Sequence[TaskStanding]
    plan: Plan
    day: date
    filters: str = ""
    known: str = ""

    @property
    def years(self) -> list[int]:
        """The years of the tables."""
        return sorted({row.task.year for row in self.rows})

    @property
    def footer(self) -> str:
        """What stands at the foot of each page."""
        return _("{plan} · as of {day}", plan=self.plan.name.spoken, day=self.day.isoformat())


def make_sheets(table: TaskTable) -> list[View]:
    """Make a sheet for each year's table; one that says so where no task matches."""
    if not table.rows:
        return [_make_sheet(table, _("Tasks"), "")]
    several = len(table.years) > 1
    return [
        _make_sheet(
            table._replace(rows=[row for row in table.rows if row.task.year == year]),
            name=_("Tasks of {year}", year=year) if several else _("Tasks"),
            title=_("Yearly table of tasks, {year}", year=year),
        )
        for year in table.years
    ]


def _make_sheet(table: TaskTable, name: str, title: str) -> View:
    """Make the sheet of one table.

    The line that names its year stands right above the headings, where ``draft`` looks for it.
    """
    names = name_organisations(table.plan)
    cells = {column: [column.tell(row, names) for row in table.rows] for column in _COLUMNS}
    shown = [column for column in _COLUMNS if column.always or any(map(_is_told, cells[column]))]
    return View(
        name=name,
        title=table.plan.name.spoken,
        tables=[
            Table(
                [Column(_(each.heading), each.form, each.tints(), each.widest) for each in shown],
                [*zip(*(cells[each] for each in shown), strict=True)],
            )
        ],
        told=[line for line in (_write_subtitle(table, title), *_list_told(table)) if line],
        held=HELD,
        is_one_page_wide=True,
    )


def _write_subtitle(table: TaskTable, title: str) -> str:
    day = _("As of {day}", day=table.day.isoformat())
    return _("{title} · {day}", title=title, day=day) if title else day


def _list_told(table: TaskTable) -> Iterable[str]:
    """List the lines below the title: the tally, what was left out, what was known, what 起步 means."""
    yield write_tally(tally(table.rows)) if table.rows else _("No task matches.")
    if table.filters:
        yield _("Only: {filters}", filters=table.filters)
    yield table.known
    if any(row.starting for row in table.rows):
        yield explain_start(table.plan)


def make_rows(table: TaskTable) -> list[list[str | int | float | None]]:
    """Make the rows of a CSV file, all its columns each time, the headings first."""
    names = name_organisations(table.plan)
    headings: list[str | int | float | None] = [_(column.heading) for column in _COLUMNS]
    return [headings, *([_to_text(column.tell(row, names)) for column in _COLUMNS] for row in table.rows)]


def make_documents(table: TaskTable) -> list[dict[str, Any]]:
    """Make the tasks as ``tasks --json`` has them, with the weight and all that was decided of each."""
    names = name_organisations(table.plan)
    return [_make_document(row, names) for row in table.rows]


def _make_document(row: TaskStanding, names: Names) -> dict[str, Any]:
    weight = row.task.weight
    return {
        **task_document(row, names),
        "weight": None if weight is None else to_number(weight),
        "decisions": [
            {
                "what": event.what,
                "on": event.on.isoformat(),
                "reason": event.reason,
                "approved_by": event.approved_by,
            }
            for event in row.events
            if event.what != EXTENDED  # which are among the extensions
        ],
    }


def _is_told(cell: Cell) -> bool:
    return cell not in (None, "")


def _to_text(cell: Cell) -> str | int | float | None:
    """Return a cell as a CSV file holds it."""
    if cell is None or isinstance(cell, str):
        return cell
    return cell.isoformat() if isinstance(cell, date) else to_number(cell)  # type: ignore[arg-type]
