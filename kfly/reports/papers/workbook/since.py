"""What changed since the last meeting: targets then and now, lights, tasks, records, corrections."""

from collections.abc import Iterator
from datetime import date

from kfly.locale import N_, _
from kfly.plan.course import CANCELLED, EXTENDED, RESUMED, SUSPENDED
from kfly.plan.organisations import name_organisations
from kfly.progress.corrections import CHANGED, ENTERED, TAKEN_OUT, Correction
from kfly.progress.since import ADDED, DUE, LATE, REMOVED, REOPENED, Since, TargetChange, TaskChange, Turn
from kfly.progress.states import CARRIED, DONE, OVERDUE
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.changes.groups import to_local_time
from kfly.reports.figures import find_digits_of_difference, find_unit
from kfly.reports.papers.workbook.sheet import (
    DAY,
    MARK,
    NUMBER,
    Cell,
    Column,
    Table,
    View,
    make_amount,
    tint_lights,
)
from kfly.reports.papers.workbook.targets import make_goal_amount, make_row_amount
from kfly.reports.records import write_label, write_value
from kfly.reports.since_sections import make_sections, number_task
from kfly.reports.status import name_target

NAME = 40  # characters of the first column, which all tables have in common
_CHANGES = {
    DONE: N_("newly done"),
    LATE: N_("late"),
    OVERDUE: N_("newly overdue"),
    DUE: N_("fell due"),
    EXTENDED: N_("extended"),
    SUSPENDED: N_("suspended"),
    RESUMED: N_("resumed"),
    CANCELLED: N_("cancelled"),
    CARRIED: N_("carried on"),
    REOPENED: N_("no longer done"),
    ADDED: N_("new task"),
    REMOVED: N_("gone"),
}
_CORRECTED = {CHANGED: N_("corrected"), ENTERED: N_("recorded late"), TAKEN_OUT: N_("removed")}


def make_since(since: Since) -> View:
    """Make the sheet; what there is nothing of has no table."""
    sections = make_sections(since)
    tables = (_list_turned(since), _list_tasks(since), _list_added(since), _list_corrections(since))
    return View(
        name=sections.title,
        title=sections.heading,
        tables=[_list_targets(since), *(table for table in tables if table.rows)],
        told=sections.notes,
    )


def _list_targets(since: Since) -> Table:
    columns = [
        Column(_("Target"), widest=NAME),
        Column(_("Unit"), MARK),
        Column(_("Then"), NUMBER),
        Column(_("Now"), NUMBER),
        Column(_("Change"), NUMBER),
        Column(_("Goal"), NUMBER),
        Column(_("Light then"), MARK, tints=tint_lights()),
        Column(_("Light now"), MARK, tints=tint_lights()),
    ]
    return Table(columns, [_write_target(pair) for pair in since.targets])


def _write_target(pair: TargetChange) -> list[Cell]:
    then, now = pair.then, pair.now
    return [
        name_target(pair.row),
        find_unit(pair.row),
        make_row_amount(then, then.actual) if then else None,
        make_row_amount(now, now.actual) if now else None,
        _make_change(pair),
        make_goal_amount(pair.row, pair.row.goal),
        *(words.light(row.light, starting=row.starting) if row else "—" for row in (then, now)),
    ]


def _make_change(pair: TargetChange) -> Cell:
    if pair.change is None:
        return None
    return make_amount(pair.change, find_digits_of_difference(pair.row, pair.change))


def _list_turned(since: Since) -> Table:
    columns = [
        Column(_("What"), widest=NAME),
        Column(_("Sort"), MARK),
        Column(_("Light then"), MARK, tints=tint_lights()),
        Column(_("Light now"), MARK, tints=tint_lights()),
    ]
    rows = [_write_turn(turn, since) for turn in since.turned]
    return Table(columns, rows, _("Lights that turned, the worst first: {n}", n=len(rows)))


def _write_turn(turn: Turn, since: Since) -> list[Cell]:
    row = turn.row
    then, now = words.light(turn.then), words.light(turn.now, starting=row.starting)
    if isinstance(row, TargetStanding):
        return [name_target(row), _("target"), then, now]
    return [_name_task(row, since), _("task"), then, now]


def _name_task(row: TaskStanding, since: Since) -> str:
    return f"{number_task(row, since)} {row.task.title.spoken}"


def _list_tasks(since: Since) -> Table:
    columns = [
        Column(_("Task"), widest=NAME),
        Column(_("What became of it"), MARK),
        Column(_("Due"), DAY),
        Column(_("Completed on"), DAY),
        Column(_("Lead"), widest=24),
    ]
    names = name_organisations(since.now.standing.plan)
    rows = [_write_task(change, since, names) for change in since.tasks]
    return Table(columns, rows, _("Tasks of which something became: {n}", n=len(rows)))


def _write_task(change: TaskChange, since: Since, names: dict[str, str]) -> list[Cell]:
    row = change.row
    return [
        _name_task(row, since),
        _(", ").join(_(_CHANGES[what]) for what in change.what),
        row.task.due or _("ongoing"),
        row.completed_on,
        _(", ").join(names.get(name, name) for name in row.task.lead) or "—",
    ]


def _list_added(since: Since) -> Table:
    columns = [Column(_("Kind"), widest=NAME), Column(_("Town"), widest=20), Column(_("Records"), NUMBER)]
    total = sum(addition.total for addition in since.added)
    return Table(columns, list(_write_added(since)), _("Records added: {n}", n=f"{total:,}"))


def _write_added(since: Since) -> Iterator[list[Cell]]:
    names = name_organisations(since.now.standing.plan)
    for addition in since.added:
        for town, count in addition.towns:
            yield [addition.kind.label.spoken, names.get(town, town) if town else "—", count]


def _list_corrections(since: Since) -> Table:
    columns = [
        Column(_("Record"), widest=NAME),
        Column(_("Kind"), MARK),
        Column(_("Correction"), MARK),
        Column(_("Field"), widest=24),
        Column(_("Before"), widest=24),
        Column(_("After"), widest=24),
        Column(_("Counts from"), DAY),
        Column(_("Corrected on"), DAY),
    ]
    rows = [_write_correction(correction) for correction in since.corrections]
    return Table(columns, rows, _("Corrections of the past: {n}", n=f"{since.corrected:,}"))


def _write_correction(correction: Correction) -> list[Cell]:
    field = correction.field
    return [
        correction.title,
        correction.kind.noun,
        _(_CORRECTED[correction.what]),
        write_label(field) if field else "",
        *(write_value(value, field or None) for value in (correction.before, correction.after)),
        date.fromisoformat(correction.counts_on) if correction.counts_on else None,
        to_local_time(correction.made_at).date(),
    ]
