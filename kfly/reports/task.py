"""``task N``: who owes it, what it must reach, and what happened to it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rich.text import Text

from kfly.console.bars import draw_bar
from kfly.console.screen import show, text
from kfly.locale import _
from kfly.plan.model import Evidence, Plan, SignOff
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import GREEN
from kfly.progress.needs import NeedStanding
from kfly.progress.shortfall import cap_share
from kfly.progress.stages import StageStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports import timeline, words
from kfly.reports.evidence import document as write_documents
from kfly.reports.tasks import join_names, task_document, write_need, write_short_towns, write_state
from kfly.reports.timeline import Event


def document(
    row: TaskStanding,
    history: list[SignOff],
    happened: Sequence[Event],
    evidence: Sequence[Evidence],
    plan: Plan,
) -> dict[str, Any]:
    """Return the task as in ``tasks``, its sign-offs, all that happened to it, and its evidence."""
    return {
        **task_document(row, name_organisations(plan)),
        "measure": row.task.measure,
        "history": [_sign_off(s) for s in history],
        "timeline": [event.document() for event in happened],
        "evidence": write_documents(evidence),
    }


def _sign_off(sign_off: SignOff) -> dict[str, Any]:
    return {
        "signed_off_on": sign_off.on.isoformat(),
        **({} if sign_off.stage is None else {"stage": sign_off.stage}),
        "forced": sign_off.forced,
        "note": sign_off.note,
        "evidence": [file.name for file in sign_off.evidence],
        "recorded_at": sign_off.recorded_at,
        "reopened_at": sign_off.reopened_at,
        "reopen_reason": sign_off.reopen_reason,
    }


def render(row: TaskStanding, happened: Sequence[Event], plan: Plan, day: date) -> None:
    """Print the task for people."""
    task = row.task
    title = task.title.spoken
    heading = _("Task {year}/{number} · {title}", year=task.year, number=task.number, title=title)
    show(text(heading, "bold"), "", *_facts(row, plan, day))
    show(*([""] if row.stages else []))
    for stage in row.stages:
        show(*_write_stage(stage, name_organisations(plan)))
    for need in row.needs:
        colour = words.colour(GREEN if need.met else row.light)
        share = None if need.actual is None else cap_share(need.goal, need.actual)
        drawn = [] if share is None else [draw_bar(share, _expected(need), 20, colour)]
        show("", *drawn, write_need(need))
        if short := write_short_towns(need, name_organisations(plan)):
            show(short)
    if happened:
        show("", text(_("What happened"), "bold"), *timeline.write_events(happened))


def _write_stage(row: StageStanding, names: dict[str, str]) -> list[Text]:
    """Write a stage in a line: its title, its day and how it stands; its needs below."""
    lead = (
        [text("  " + _("Lead: {names}", names=join_names(row.stage.lead, names)))] if row.stage.lead else []
    )
    needs = [text(f"  {write_need(need)}") for need in row.needs]
    return [text(tell_stage(row), words.colour(row.light)), *lead, *needs]


def tell_stage(row: StageStanding) -> str:
    """Tell of a stage its title, its day and how it stands."""
    stands = words.state(row.state)
    if row.completed_on:
        stands = _("done {day}", day=row.completed_on)
        if row.unfounded:
            stands = _(", ").join([stands, _("figures changed since")])
    elif row.days_overdue:
        stands = _("overdue {days} d", days=row.days_overdue)
    return _(
        "Stage {n}: {title}, due {day}: {stands}",
        n=row.number,
        title=row.stage.title.spoken,
        day=row.stage.due.isoformat(),
        stands=stands,
    )


def _facts(row: TaskStanding, plan: Plan, day: date) -> list[Text]:
    task, names = row.task, name_organisations(plan)
    measure = next((m for m in plan.measures if m.number == task.measure), None)
    lines = [
        text(_("Lead: {names}", names=join_names(task.lead, names))),
        text(_("Responsible: {names}", names=join_names(task.responsible, names))),
        *([text(_("Support: {names}", names=join_names(task.support, names)))] if task.support else []),
        *([text(_("Leader in charge: {name}", name=task.leader))] if task.leader else []),
        text(_write_due(row)),
        *([text(_("Report: {period}", period=words.every(task.report_every)))] if task.report_every else []),
    ]
    if measure:
        name = measure.name.spoken
        lines.append(text(_("Measure: {number} {name}", number=measure.number, name=name)))
    light = text(words.light(row.light, starting=row.starting), words.colour(row.light))
    state = write_state(row).plain.replace("\n", _(", "))
    lines.append(
        text(_("As of {day}:", day=day.isoformat())).append(" ").append_text(light).append(f"  {state}")
    )
    return lines


def _write_due(row: TaskStanding) -> str:
    """Write the due day, and that of the table where it was extended."""
    due, first = words.due(row.task.due), row.original_due
    if first is None or first == row.task.due:
        return _("Due: {day}", day=due)
    return _("Due: {day}, extended; first due {first}", day=due, first=first.isoformat())


def _expected(need: NeedStanding) -> Fraction | None:
    return need.expected / need.goal.amount if need.expected is not None and need.goal.amount else None
