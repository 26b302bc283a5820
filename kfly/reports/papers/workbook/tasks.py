"""The tasks, as ``tasks`` shows them: a row each."""

from collections.abc import Sequence

from kfly.locale import _
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.departments import tally_together
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.papers.workbook.sheet import (
    DAY,
    MARK,
    NUMBER,
    YEAR,
    Cell,
    Column,
    Table,
    View,
    tint_lights,
    tint_states,
)
from kfly.reports.progress_notes import write_note
from kfly.reports.rates import describe_rates
from kfly.reports.tasks import join_names, list_course, write_need

# The columns that formulas of the summary refer to.
YEARS, STATE, LIGHT, SIGNED = 0, 6, 7, 11


def make_tasks(rows: Sequence[TaskStanding], plan: Plan) -> View:
    """Make the sheet of the tasks in view."""
    names = name_organisations(plan)
    return View(
        name=_("Yearly tasks"),
        title=_("Tasks of the yearly table"),
        tables=[Table(_list_columns(), [_cells(row, names) for row in rows])],
        told=list(describe_rates(tally_together(rows))),
    )


def _list_columns() -> list[Column]:
    return [
        Column(_("Year"), YEAR),
        Column(_("No."), YEAR),
        Column(_("Task"), widest=38),
        Column(_("Lead"), widest=20),
        Column(_("Responsible"), widest=30),
        Column(_("Due"), DAY),
        Column(_("State"), MARK, tints=tint_states()),
        Column(_("Light"), MARK, tints=tint_lights()),
        Column(_("Days overdue"), NUMBER),
        Column(_("Days left"), NUMBER),
        Column(_("Completed on"), DAY),
        Column(_("Sign-off"), widest=16),
        Column(_("Needs"), widest=34),
        Column(_("Last feedback"), widest=30),
    ]


def _cells(row: TaskStanding, names: dict[str, str]) -> list[Cell]:
    task = row.task
    return [
        task.year,
        task.number,
        task.title.spoken,
        join_names(task.lead, names),
        join_names(task.responsible, names),
        task.due or _("ongoing"),
        words.state(row.state),
        words.light(row.light, starting=row.starting),
        row.days_overdue,
        row.days_left,
        row.completed_on,
        "\n".join(tell_sign_off(row)),
        "\n".join([*map(write_need, row.needs), *list_course(row)]),
        write_note(row.note, names) if row.note else "",
    ]


def tell_sign_off(row: TaskStanding) -> list[str]:
    """Say whether a task is signed off, and what is peculiar about it."""
    told = [row.sign_off.on.isoformat()] if row.sign_off else []
    peculiar = (
        (row.awaits_sign_off, _("awaits sign-off")),
        (row.late, _("late")),
        (row.forced, _("forced")),
        (row.before_plan, _("signed before the plan")),
        (row.unfounded, _("figures changed since")),
    )
    return [*told, *(word for is_so, word in peculiar if is_so)]
