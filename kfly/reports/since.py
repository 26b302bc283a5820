"""``since``: what changed since a day or the last meeting: figures, lights, tasks, records, corrections."""

from typing import Any

from rich.console import RenderableType

from kfly.console.screen import make_printable, measure_width, show, text, wrap
from kfly.console.tables import Column, make_table
from kfly.locale import to_json_number
from kfly.plan.organisations import name_organisations
from kfly.progress.corrections import Correction
from kfly.progress.since import TASK_CHANGES, Addition, Since, TaskChange, Turn
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.changes.groups import to_local_time
from kfly.reports.figures import find_unit
from kfly.reports.since_sections import SinceList, SinceSections, make_sections

INDENT = 2  # of the sentences below a heading


def document(found: Since) -> dict[str, Any]:
    """Return the JSON that other programs rely on."""
    names = name_organisations(found.now.standing.plan)
    return {
        "plan": found.now.standing.plan.name.spoken,
        "since": found.then.standing.as_of.isoformat(),
        "as_of": found.now.standing.as_of.isoformat(),
        "then_known": found.known_at is not None,
        "known_at": found.known_at,
        "log_began": found.log_began,
        "last_meeting": found.meeting
        and {
            "id": found.meeting.id,
            "title": found.meeting.title,
            "held_on": found.meeting.on.isoformat(),
        },
        "targets": [
            {
                "key": pair.row.target.key,
                "name": pair.row.target.name.spoken,
                "unit": find_unit(pair.row),
                "change": to_json_number(pair.change),
                "then": _figure_document(pair.then),
                "now": _figure_document(pair.now),
            }
            for pair in found.targets
        ],
        "turned": [_turn_document(turn) for turn in found.turned],
        "tasks": {
            what: [_task_document(task, names) for task in found.tasks if what in task.what]
            for what in TASK_CHANGES
        },
        "added": [_addition_document(addition, names) for addition in found.added],
        "corrections": [_correction_document(correction) for correction in found.corrections],
        "correction_count": found.corrected,
    }


def _figure_document(row: TargetStanding | None) -> dict[str, Any] | None:
    return row and {
        "period": row.period_label,
        "actual": to_json_number(row.actual),
        "goal": to_json_number(row.goal.amount) if row.goal else None,
        "comparison": row.goal.comparison if row.goal else None,
        "met": row.met,
        "progress": to_json_number(row.progress),
        "expected": to_json_number(row.expected),
        "light": row.light,
    }


def _turn_document(turn: Turn) -> dict[str, Any]:
    row = turn.row
    if isinstance(row, TaskStanding):
        named: dict[str, Any] = {"year": row.task.year, "number": row.task.number}
        name = row.task.title.spoken
    else:
        named, name = {"target": row.target.key}, row.target.name.spoken
    return {**named, "name": name, "then": turn.then, "now": turn.now}


def _task_document(change: TaskChange, names: dict[str, str]) -> dict[str, Any]:
    row, then = change.row, change.then
    return {
        "year": row.task.year,
        "number": row.task.number,
        "title": row.task.title.spoken,
        "lead": [names.get(name, name) for name in row.task.lead],
        "due": row.task.due and row.task.due.isoformat(),
        "state": row.state if change.now else None,
        "light": row.light if change.now else None,
        "completed_on": row.completed_on and row.completed_on.isoformat(),
        "signed_off": row.sign_off is not None,
        "late": row.late,
        "then": then and {"state": then.state, "light": then.light},
    }


def _addition_document(addition: Addition, names: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": addition.kind.name,
        "name": addition.kind.label.spoken,
        "count": addition.total,
        "towns": [
            {"town": names.get(town, town) if town else None, "count": count}
            for town, count in addition.towns
        ],
    }


def _correction_document(correction: Correction) -> dict[str, Any]:
    return {
        "kind": correction.kind.name,
        "id": correction.id,
        "title": correction.title,
        "what": correction.what,
        "field": correction.field and correction.field.name,
        "before": correction.before,
        "after": correction.after,
        "counts_on": correction.counts_on,
        "corrected_on": to_local_time(correction.made_at).date().isoformat(),
        "change": correction.group,
    }


def render(found: Since) -> None:
    """Print what changed for people."""
    sections = make_sections(found)
    lists = (part for each in sections.lists for part in ("", text(each.heading, "bold cyan"), *_lines(each)))
    show(text(sections.heading, "bold"), *sections.notes, "", _table(sections), *lists)


def _table(sections: SinceSections) -> RenderableType:
    target, then, now, change, light = sections.headings
    columns = (
        Column(target, narrowest=12),
        Column(then, narrowest=6),
        Column(now, narrowest=10),
        Column(change, justify="right", narrowest=6),
        Column(light, narrowest=8),
    )
    return make_table(
        columns,
        [[*row.cells[:-1], text(row.cells[-1], words.colour(row.light))] for row in sections.figures],
    )


def _lines(told: SinceList) -> list[RenderableType]:
    """Indent each sentence, and the lines that it goes on in."""
    room = measure_width() - INDENT
    folded = (
        (line, wrap(make_printable(line.text), room).replace("\n", "\n" + " " * INDENT))
        for line in told.lines
    )
    return [
        text(" " * INDENT + words_, words.colour(line.light) if line.light else "") for line, words_ in folded
    ]
