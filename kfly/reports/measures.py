"""``measures``: the plan's lines of work, and one of them with all that it has promised."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, to_json_number
from kfly.plan.known_kinds import POLICY
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import GREEN, LIGHTS, NONE
from kfly.progress.measures import DeliverableStanding, MeasureStanding
from kfly.progress.states import OPEN, OVERDUE
from kfly.progress.targets import TargetStanding
from kfly.reports import words
from kfly.reports.figures import find_unit
from kfly.reports.status import name_target, write_figures
from kfly.reports.tasks import MIDDLING, join_names, number_rows, task_document, write_state


def document(rows: Iterable[MeasureStanding], plan: Plan) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on."""
    return [_document(row, name_organisations(plan)) for row in rows]


def measure_document(row: MeasureStanding, plan: Plan) -> dict[str, Any]:
    """Return the JSON of one line of work, with its tasks."""
    names = name_organisations(plan)
    return {**_document(row, names), "task_list": [task_document(task, names) for task in row.tasks]}


def _document(row: MeasureStanding, names: dict[str, str]) -> dict[str, Any]:
    measure, states = row.measure, [task.state for task in row.tasks]
    return {
        "number": measure and measure.number,
        "name": measure.name.spoken if measure else None,
        "lead": [names[name] for name in measure.lead] if measure else [],
        "responsible": [names[name] for name in measure.responsible] if measure else [],
        "tasks": {
            "total": row.tasks_counted,
            "done": row.tasks_done,
            "unsigned": row.tasks_unsigned,
            "overdue": states.count(OVERDUE),
            "open": states.count(OPEN),
        },
        "deliverables": [_deliverable_document(found) for found in row.deliverables],
        "targets": [_target_document(found) for found in row.targets],
    }


def _deliverable_document(row: DeliverableStanding) -> dict[str, Any]:
    task, issue = row.deliverable.task, row.issue
    return {
        "key": row.deliverable.key,
        "name": row.deliverable.name.spoken,
        "done": row.done,
        "done_on": row.done_on and row.done_on.isoformat(),
        "task": f"{task[0]}/{task[1]}" if task else None,
        POLICY: issue
        and {"title": issue.title, "document_number": issue.number, "issued_on": issue.on.isoformat()},
    }


def _target_document(row: TargetStanding) -> dict[str, Any]:
    return {
        "key": row.target.key,
        "name": row.target.name.spoken,
        "light": row.light,
        "actual": to_json_number(row.actual),
        "goal": to_json_number(row.goal.amount) if row.goal else None,
        "unit": find_unit(row),
    }


def render(rows: Sequence[MeasureStanding], plan: Plan, day: date) -> None:
    """Print all lines of work."""
    if not rows:
        show(_("The plan has no lines of work."))
        return
    names, wide = name_organisations(plan), measure_width() >= MIDDLING
    columns = [
        Column(_("No."), justify="right"),
        Column(_("Line of work"), narrowest=12),
        Column(_("Lead"), narrowest=8),
        *([Column(_("Responsible"), narrowest=20)] if wide else []),
        Column(_("Tasks"), justify="right"),
        Column(_("Deliverables"), justify="right"),
        Column(_("Targets")),
    ]
    cells = [_cells(row, names, wide=wide) for row in rows]
    heading = text(_("Lines of work as of {day}: done of all", day=day.isoformat()), "bold")
    show(heading, "", make_table(columns, cells, spaced=wide))


def _cells(row: MeasureStanding, names: dict[str, str], *, wide: bool) -> list[str | Text]:
    measure = row.measure
    overdue = any(task.state == OVERDUE for task in row.tasks)
    return [
        str(measure.number) if measure else "",
        name_measure(row),
        join_names(measure.lead, names) if measure else "—",
        *([join_names(measure.responsible, names) if measure else "—"] if wide else []),
        text("\n".join(_tasks_done(row)), "red" if overdue else ""),
        _of_all(row.deliverables_done, len(row.deliverables)),
        _lights(row.targets),
    ]


def name_measure(row: MeasureStanding) -> str:
    """Name a line of work."""
    return row.measure.name.spoken if row.measure else _("Supporting work, in no line")


def _tasks_done(row: MeasureStanding) -> list[str]:
    """Write how many tasks are done of all, and how many of those await their sign-off."""
    awaiting = [_("{n} unsigned", n=row.tasks_unsigned)] if row.tasks_unsigned else []
    return [_of_all(row.tasks_done, row.tasks_counted), *awaiting]


def _of_all(done: int, total: int) -> str:
    return f"{done}/{total}" if total else "—"


def _lights(targets: Iterable[TargetStanding]) -> Text:
    """Count the targets under each light, the worst first."""
    lit = sorted((LIGHTS.index(row.light), row.starting) for row in targets)
    counted = [(LIGHTS[light], new, len(list(its))) for (light, new), its in groupby(lit)]
    told = Text("  ").join(
        text(f"{words.light(light, starting=new).partition(' ')[0]} {number}", words.colour(light))
        for light, new, number in counted
    )
    return told if counted else Text("—")


def render_measure(row: MeasureStanding, plan: Plan, day: date) -> None:
    """Print one line of work: its tasks, its deliverables, the targets it serves."""
    measure, names = row.measure, name_organisations(plan)
    number = f"{measure.number} " if measure else ""
    show(text(_("{title} · as of {day}", title=number + name_measure(row), day=day.isoformat()), "bold"), "")
    if measure:
        show(_("Lead: {names}", names=join_names(measure.lead, names)))
        show(_("Responsible: {names}", names=join_names(measure.responsible, names)))
    _section(_("Tasks"), "  ".join(_tasks_done(row)))
    if row.tasks:
        columns = [
            Column(_("No."), justify="right"),
            Column(_("Task"), narrowest=14),
            Column(_("Due")),
            Column(_("Light")),
            Column(_("State"), narrowest=8),
        ]
        show(make_table(columns, [_task_cells(number, task) for number, task in number_rows(row.tasks)]))
    _section(_("Deliverables"), _of_all(row.deliverables_done, len(row.deliverables)))
    if row.deliverables:
        columns = [Column(_("State")), Column(_("Deliverable"), narrowest=16), Column(_("By"), narrowest=16)]
        show(make_table(columns, [_deliverable_cells(found, plan) for found in row.deliverables]))
    _section(_("Targets"), str(len(row.targets) or "—"))
    if row.targets:
        columns = [
            Column(_("Light")),
            Column(_("Target"), narrowest=12),
            Column(_("Actual / goal"), narrowest=10),
        ]
        show(make_table(columns, [_target_cells(found) for found in row.targets]))


def _section(heading: str, told: str) -> None:
    show("", text(f"{heading}  {told}", "bold cyan"))


def _task_cells(number: str, row: Any) -> list[str | Text]:
    light = text(words.light(row.light, starting=row.starting), words.colour(row.light))
    return [number, row.task.title.spoken, words.due(row.task.due), light, write_state(row)]


def _deliverable_cells(row: DeliverableStanding, plan: Plan) -> list[str | Text]:
    sign = text(
        f"✓ {row.done_on.isoformat()}" if row.done_on else "—", words.colour(GREEN if row.done else NONE)
    )
    by = []
    if row.issue:
        number = f" {row.issue.number}" if row.issue.number else ""
        by.append(f"{row.issue.title}{number}")
    if row.brought_by:
        year, task = row.brought_by
        several = len({other.year for other in plan.tasks}) > 1
        by.append(_("task {number}", number=f"{year}/{task}" if several else task))
    return [sign, row.deliverable.name.spoken, _(", ").join(by) or "—"]


def _target_cells(row: TargetStanding) -> list[str | Text]:
    light = text(words.light(row.light, starting=row.starting), words.colour(row.light))
    return [light, name_target(row), write_figures(row)]
