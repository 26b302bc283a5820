"""``tasks`` and ``overdue``: rows of the yearly table, and how each stands."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _, to_json_number
from kfly.plan.course import EXTENDED
from kfly.plan.metrics import A_TOTAL
from kfly.plan.model import Need, Plan, Target
from kfly.plan.numbers import write_task_key
from kfly.plan.organisations import name_organisations
from kfly.progress.gauge import TownFigure
from kfly.progress.lights import RED, YELLOW
from kfly.progress.needs import NeedStanding
from kfly.progress.shortfall import measure_lack
from kfly.progress.stages import StageStanding
from kfly.progress.states import DONE, RESTING
from kfly.progress.tally import tally
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.course import extension_document, list_decided
from kfly.reports.digits import Digits
from kfly.reports.figures import find_town_digits, write_figure, write_goal
from kfly.reports.progress_notes import note_document
from kfly.reports.status import explain_start, towns_document, write_tally

MIDDLING, WIDE = 100, 140  # columns from which needs, and responsible organisations, have a column


def document(rows: Sequence[TaskStanding], plan: Plan) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on."""
    names = name_organisations(plan)
    return [task_document(row, names) for row in rows]


def task_document(row: TaskStanding, names: dict[str, str]) -> dict[str, Any]:
    """Return the JSON of one task."""
    task = row.task
    return {
        "year": task.year,
        "number": task.number,
        "title": task.title.spoken,
        "lead": [names[name] for name in task.lead],
        "responsible": [names[name] for name in task.responsible],
        "support": [names[name] for name in task.support],
        "leader": task.leader,
        "due": task.due and task.due.isoformat(),
        "original_due": row.original_due and row.original_due.isoformat(),
        "extensions": [extension_document(event) for event in row.events if event.what == EXTENDED],
        "assigned_on": task.assigned_on and task.assigned_on.isoformat(),
        "assigned_by": task.assigned_by,
        "carries": task.carries and write_task_key(task.carries),
        "carried_by": row.carrier and write_task_key(row.carrier.task),
        "report_every": task.report_every,
        "state": row.state,
        "light": row.light,
        "completed_on": row.completed_on and row.completed_on.isoformat(),
        "signed_off": row.sign_off is not None,
        "signed_off_on": row.sign_off and row.sign_off.on.isoformat(),
        "days_overdue": row.days_overdue,
        "days_left": row.days_left,
        "late": row.late,
        "forced": row.forced,
        "before_plan": row.before_plan,
        "unfounded": row.unfounded,
        "needs": [_need_document(need, names) for need in row.needs],
        "stages": [_stage_document(stage, names) for stage in row.stages],
        "unreported": row.unreported and row.unreported.label,
        "last_feedback": note_document(row.note, names),
    }


def _stage_document(row: StageStanding, names: dict[str, str]) -> dict[str, Any]:
    return {
        "title": row.stage.title.spoken,
        "lead": [names[name] for name in row.stage.lead],
        "due": row.stage.due.isoformat(),
        "state": row.state,
        "light": row.light,
        "completed_on": row.completed_on and row.completed_on.isoformat(),
        "signed_off": row.sign_off is not None,
        "late": row.late,
        "unfounded": row.unfounded,
        "needs": [_need_document(need, names) for need in row.needs],
    }


def _need_document(row: NeedStanding, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": row.need.name.spoken,
        "actual": to_json_number(row.actual),
        "goal": to_json_number(row.goal.amount),
        "comparison": row.goal.comparison,
        "met": row.met,
        "unit": need_unit(row),
        "each": towns_document(row.each, names),
    }


def need_unit(row: NeedStanding) -> str:
    """Return the unit of a need's figures: the metric's own, or towns."""
    return _("towns") if row.need.metric.towns is not None else row.need.unit.spoken


def render(rows: Sequence[TaskStanding], plan: Plan, day: date) -> None:
    """Print the tasks asked for."""
    if not rows:
        show(_("No task matches."))
        return
    screen = measure_width()
    columns = [
        Column(_("No."), justify="right"),
        Column(_("Task"), narrowest=14),
        Column(_("Lead"), narrowest=8),
        *([Column(_("Responsible"), narrowest=20)] if screen >= WIDE else []),
        Column(_("Due")),
        Column(_("Light")),
        Column(_("State"), narrowest=8),
        *([Column(_("Needs"), narrowest=12)] if screen >= MIDDLING else []),
    ]
    names = name_organisations(plan)
    cells = [_cells(row, number, names, screen) for number, row in number_rows(rows)]
    made = make_table(columns, cells, spaced=screen < MIDDLING)
    show(text(_("Tasks as of {day}", day=day.isoformat()), "bold"), "", made, "", write_tally(tally(rows)))
    if any(row.starting for row in rows):
        show(text(explain_start(plan), "dim"))


def _cells(row: TaskStanding, number: str, names: dict[str, str], screen: int) -> list[str | Text]:
    task = row.task
    needs = [write_need(need) for need in row.needs]
    return [
        number,
        "\n".join([task.title.spoken, *(needs if screen < MIDDLING else [])]),
        join_names(task.lead, names),
        *([join_names(task.responsible, names)] if screen >= WIDE else []),
        words.due(task.due),
        text(words.light(row.light, starting=row.starting), words.colour(row.light)),
        write_state(row),
        *(["\n".join(needs)] if screen >= MIDDLING else []),
    ]


def number_rows(rows: Sequence[TaskStanding]) -> Iterable[tuple[str, TaskStanding]]:
    """Yield each row with its task's number, and its year where there are tables of several."""
    several = len({row.task.year for row in rows}) > 1
    for row in rows:
        yield f"{row.task.year}/{row.task.number}" if several else str(row.task.number), row


def join_names(organisations: Iterable[str], names: dict[str, str]) -> str:
    """Write organisations in one cell."""
    return _(", ").join(names[name] for name in organisations) or "—"


def write_state(row: TaskStanding) -> Text:
    """Write the state with its days, and what is peculiar about it."""
    lines = [write_days(row) or words.state(row.state)]
    if row.state == DONE:
        lines = [_("done {day}", day=row.completed_on)]
        if row.late:
            lines.append(_("late"))
        if row.awaits_sign_off:
            lines.append(_("awaits sign-off"))
        if row.forced:
            lines.append(_("forced"))
        if row.before_plan:
            lines.append(_("signed before the plan"))
        if row.unfounded:
            lines.append(_("figures changed since"))
    lines += list_course(row)
    return text("\n".join(lines), "red" if row.light == RED else "yellow" if row.light == YELLOW else "")


def list_course(row: TaskStanding) -> list[str]:
    """List what was decided of a task; where it goes on, its next stage and the missing report."""
    told = list(list_decided(row))
    if row.state in RESTING:
        return told
    if row.next_stage:
        stage = row.next_stage
        told.append(
            _("stage {n} of {all} by {day}", n=stage.number, all=len(row.stages), day=stage.stage.due)
        )
    if row.unreported:
        told.append(_("no report for {period}", period=row.unreported.label))
    return told


def write_days(row: TaskStanding) -> str:
    """Write how long it is overdue, or how long it has left; empty where it is neither."""
    if row.days_overdue is not None:
        return _("overdue {days} d", days=row.days_overdue)
    if row.overdue_stages:
        stage = row.overdue_stages[0]
        return _("stage {n} overdue {days} d", n=stage.number, days=stage.days_overdue)
    if row.days_left is None:
        return ""
    return _("{days} d left", days=row.days_left) if row.days_left else _("due today")


def write_need(row: NeedStanding) -> str:
    """Write where a need stands: whether it is met, its name, actual and goal."""
    sign = "✓" if row.met else "✗"
    figures = f"{write_figure(row, row.actual)}/{write_goal(row, row.goal)}"
    return f"{sign} {row.need.name.spoken} {figures} {need_unit(row)}"


def write_short_towns(row: NeedStanding, names: dict[str, str]) -> str:
    """Write which towns keep a per-town need from being met, and by how much, a line an amount."""
    return write_towns(row.each, row.need, names, find_town_digits(row))


def write_towns(
    each: Iterable[TownFigure], promise: Need | Target, names: dict[str, str], digits: Digits
) -> str:
    """Write which towns keep a promise per town from being met, and by how much, a line an amount."""
    unit, goal = words.difference_unit(promise.unit.spoken), promise.goal
    message = N_("short by {missing} {unit}: {towns}")
    if goal is not None and goal.is_upper:
        message = N_("too much by {missing} {unit}: {towns}")
    whole = promise.metric.field is None and promise.reading == A_TOTAL
    short: dict[Fraction, list[str]] = {}
    for figure in each:
        if goal is None or figure.goal is None or figure.actual is None:
            continue
        if not figure.met:
            owed = goal._replace(amount=figure.goal)
            missing = measure_lack(owed, figure.actual, whole=whole)
            short.setdefault(missing, []).append(figure.town)
    lines = [
        _(
            message,
            missing=digits.for_difference(missing).write(missing),
            unit=unit,
            towns=join_names(towns, names),
        )
        for missing, towns in sorted(short.items())
    ]
    if unknown := [figure.town for figure in each if figure.actual is None]:
        lines.append(_("no data: {towns}", towns=join_names(unknown, names)))
    return "\n".join(lines)
