"""``tasks`` and ``overdue``: rows of the yearly table, and how each stands."""

from datetime import date
from fractions import Fraction
from typing import Any

from rich.text import Text

from kfly.locale import _, language
from kfly.progress.targets import RED, YELLOW
from kfly.progress.tasks import DONE, OVERDUE, NeedStanding, TaskStanding, tally
from kfly.reports import words
from kfly.reports.figures import plain, shown
from kfly.reports.screen import Column, show, table, text, width
from kfly.reports.status import tally_line

WIDE = 140


def document(rows: list[TaskStanding]) -> list[dict[str, Any]]:
    """The JSON that other programs rely on."""
    return [task_document(row) for row in rows]


def task_document(row: TaskStanding) -> dict[str, Any]:
    """One task."""
    task = row.task
    return {
        "year": task.year,
        "number": task.number,
        "title": task.title.in_(language()),
        "lead": list(task.lead),
        "responsible": list(task.responsible),
        "due": task.due.isoformat(),
        "state": row.state,
        "light": row.light,
        "completed_on": row.completed_on and row.completed_on.isoformat(),
        "signed_off": row.sign_off is not None,
        "signed_off_on": row.sign_off and row.sign_off.on.isoformat(),
        "days_overdue": row.days_overdue,
        "days_left": row.days_left,
        "late": row.late,
        "forced": row.sign_off is not None and row.sign_off.forced,
        "needs": [_need_document(need) for need in row.needs],
    }


def _need_document(row: NeedStanding) -> dict[str, Any]:
    return {
        "name": row.need.name.in_(language()),
        "actual": plain(row.actual),
        "goal": plain(row.goal.amount),
        "comparison": row.goal.comparison,
        "met": row.met,
        "unit": need_unit(row),
        "each": [
            {"organisation": f.town, "actual": plain(f.actual), "goal": plain(f.goal), "met": f.met}
            for f in row.each
        ],
    }


def need_unit(row: NeedStanding) -> str:
    """The unit of a need's figures: the metric's own, or towns."""
    return _("towns") if row.need.metric.towns is not None else row.need.unit.in_(language())


def render(rows: list[TaskStanding], day: date) -> None:
    """Print the tasks asked for."""
    if not rows:
        show(_("No task fits."))
        return
    wide = width() >= WIDE
    columns = [
        Column(_("No."), justify="right"),
        Column(_("Task"), narrowest=16),
        Column(_("Lead"), narrowest=10),
        *([Column(_("Responsible"), narrowest=20)] if wide else []),
        Column(_("Due")),
        Column(_("Light")),
        Column(_("State")),
        Column(_("Needs"), narrowest=12),
    ]
    several_years = len({row.task.year for row in rows}) > 1
    made = table(columns, [_cells(row, wide=wide, with_year=several_years) for row in rows])
    show(text(_("Tasks as of {day}", day=day.isoformat()), "bold"), "", made, "", tally_line(tally(rows)))


def _cells(row: TaskStanding, *, wide: bool, with_year: bool) -> list[str | Text]:
    task = row.task
    return [
        f"{task.year}/{task.number}" if with_year else str(task.number),
        task.title.in_(language()),
        listed(task.lead),
        *([listed(task.responsible)] if wide else []),
        task.due.isoformat(),
        text(words.light(row.light), words.colour(row.light)),
        state_cell(row),
        "\n".join(need_line(need) for need in row.needs),
    ]


def listed(organisations: tuple[str, ...]) -> str:
    """Organisations in one cell."""
    return "、".join(organisations) or "—"


def state_cell(row: TaskStanding) -> Text:
    """The state with its days, and what is peculiar about it."""
    lines = [words.state(row.state)]
    if row.state == OVERDUE:
        lines = [_("overdue {days} d", days=row.days_overdue)]
    elif row.state == DONE:
        lines = [_("done {day}", day=row.completed_on)]
        if row.late:
            lines.append(_("late"))
        if row.awaits_sign_off:
            lines.append(_("awaits sign-off"))
        if row.sign_off and row.sign_off.forced:
            lines.append(_("forced"))
    elif row.days_left is not None:
        lines = [_("{days} d left", days=row.days_left)]
    return text("\n".join(lines), "red" if row.light == RED else "yellow" if row.light == YELLOW else "")


def need_line(row: NeedStanding) -> str:
    """Where a need stands: name, actual, goal, and whether it is met."""
    sign = "✓" if row.met else "✗"
    comparison = "" if row.goal.comparison == "at_least" else words.sign(row.goal.comparison)
    figures = f"{shown(row.actual)}/{comparison}{shown(row.goal.amount)}"
    return f"{row.need.name.in_(language())} {figures} {need_unit(row)} {sign}"


def short_towns(row: NeedStanding) -> str:
    """The towns that keep a per-town need from being met, by how much they fall short, a line an amount."""
    unit = row.need.unit.in_(language())
    short: dict[Fraction, list[str]] = {}
    for figure in row.each:
        if not figure.met:
            short.setdefault(figure.goal - figure.actual, []).append(figure.town)
    return "\n".join(
        _("short by {missing} {unit}: {towns}", missing=shown(missing), unit=unit, towns="、".join(towns))
        for missing, towns in sorted(short.items())
    )
