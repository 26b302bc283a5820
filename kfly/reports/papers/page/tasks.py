"""The tasks as a table that a reader sorts and filters: by department, by light, by state."""

from typing import NamedTuple

from kfly.locale import _
from kfly.plan.organisations import find_related, name_organisations
from kfly.progress.lights import LIGHTS
from kfly.progress.overview import Overview
from kfly.progress.states import DONE, ONGOING, OPEN, OVERDUE, RESTING, STATES
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.papers.page.parts import Lit, lit
from kfly.reports.progress_notes import write_note
from kfly.reports.tasks import join_names, number_rows, write_need, write_state

BY_PRESSURE = (OVERDUE, OPEN, ONGOING, *RESTING, DONE)  # the order in which states are sorted


class Choice(NamedTuple):
    """What a filter offers: the value that rows carry, and the words for it."""

    value: str
    told: str


class TaskRow(NamedTuple):
    """One task.

    Attributes:
        number: as it is shown.
        title: of the task.
        lead: who leads it.
        responsible: who answers for it.
        due: the day.
        light: of supervision.
        state: in words, a line each.
        needs: what must be reached, a line each.
        note: what was last reported of it; empty where nothing was.
        keys: by which each column is sorted: the number, the due day, the light, the state.
        concerned: the places, in the list of departments, of all whom it concerns.
        states: the codes of its states.
    """

    number: str
    title: str
    lead: str
    responsible: str
    due: str
    light: Lit
    state: list[str]
    needs: list[str]
    note: str
    keys: dict[str, str]
    concerned: str
    states: str


class TaskTable(NamedTuple):
    """The tasks, and what can be chosen among them."""

    rows: list[TaskRow]
    departments: list[Choice]
    lights: list[Choice]
    states: list[Choice]


def list_tasks(overview: Overview) -> TaskTable:
    """List the tasks in view, in the plan's order."""
    names = name_organisations(overview.plan)
    concerned = _find_concerned(overview)
    numbered = enumerate(number_rows(overview.tasks))
    rows = [_row(row, number, place, names, concerned) for place, (number, row) in numbered]
    told = {row.light.code: row.light.word for row in rows}
    codes = [code for row in rows for code in row.states.split()]
    return TaskTable(
        rows=rows,
        departments=[Choice(str(place), names[name]) for place, name in enumerate(concerned)],
        lights=[Choice(code, lit(code).word) for code in LIGHTS if code in told],
        states=[
            Choice(code, _("awaits sign-off") if code == words.UNSIGNED else words.state(code))
            for code in (*STATES, words.UNSIGNED)
            if code in codes
        ],
    )


def _find_concerned(overview: Overview) -> dict[str, frozenset[str]]:
    """Return the organisations that any task concerns, each with the names under which it is asked.

    As ``--org`` does: a group's tasks concern its members, and theirs the group.
    """
    asked = {name for row in overview.tasks for name in (*row.task.leads, *row.task.responsible)}
    related = {one.name: find_related(one, overview.plan) for one in overview.plan.organisations}
    return {name: its for name, its in related.items() if not its.isdisjoint(asked)}


def _row(
    row: TaskStanding, number: str, place: int, names: dict[str, str], concerned: dict[str, frozenset[str]]
) -> TaskRow:
    task, own = row.task, {*row.task.leads, *row.task.responsible}
    asked = [str(choice) for choice, its in enumerate(concerned.values()) if not its.isdisjoint(own)]
    return TaskRow(
        number=number,
        title=task.title.spoken,
        lead=join_names(task.lead, names),
        responsible=join_names(task.responsible, names),
        due=words.due(task.due),
        light=lit(row.light, starting=row.starting),
        state=write_state(row).plain.split("\n"),
        needs=[write_need(need) for need in row.needs],
        note=write_note(row.note, names) if row.note else "",
        keys={
            "number": f"{place:06}",
            "light": f"{LIGHTS.index(row.light)}{int(row.starting)}",
            "state": f"{BY_PRESSURE.index(row.state)}{words.due(task.due)}",
        },
        concerned=" ".join(asked),
        states=" ".join([row.state, *([words.UNSIGNED] if row.awaits_sign_off else [])]),
    )
