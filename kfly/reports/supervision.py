"""The supervision report in words, whatever it is then shown in: a terminal, a mail, a workbook."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kfly.locale import N_, _, format_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import BLUE, RED, YELLOW
from kfly.progress.needs import NeedStanding
from kfly.progress.shortfall import measure_lack
from kfly.progress.supervision import Supervision
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.progress_notes import write_note
from kfly.reports.tasks import join_names, need_unit, number_rows, write_days, write_need, write_short_towns

_CLASSES = (
    (RED, N_("Overdue"), N_("{n} overdue")),
    (YELLOW, N_("Behind the trajectory"), N_("{n} behind")),
    (BLUE, N_("Due soon"), N_("{n} due soon")),
)


class ReportedTask(NamedTuple):
    """A task of the report, in words."""

    number: str
    title: str
    lead: str
    responsible: str
    due: date
    days: str  # overdue, or left
    light: str  # its code
    light_words: str
    missing: tuple[str, ...]  # a line each: the need, by how much it falls short, the towns that do
    note: str  # the last feedback; empty where there is none
    key: str  # year/number, whatever it is called


class Section(NamedTuple):
    """The tasks of one class, the worst first."""

    light: str  # the class's, a code; a task that is due soon may have a yellow one all the same
    title: str
    entries: tuple[ReportedTask, ...]
    left_out: int = 0  # tasks of the class for which there was no room

    @property
    def heading(self) -> str:
        """Its sign, its title, and how many there are: ■ 已逾期（3 项）."""
        sign = words.light_sign(self.light)
        return _("{sign} {title} ({n})", sign=sign, title=self.title, n=len(self.entries) + self.left_out)


def make_sections(found: Supervision, plan: Plan) -> list[Section]:
    """Return the classes that have tasks."""
    names = name_organisations(plan)
    written = {row.task: number for number, row in number_rows(found.rows)}
    return [
        Section(light, _(title), tuple(_entry(row, written[row.task], names) for row in rows))
        for (light, title, _count), rows in zip(_CLASSES, found, strict=True)
        if rows
    ]


def write_counts(found: Supervision) -> str:
    """Write how many there are of each class that was asked for."""
    return _(", ").join(
        _(count, n=len(rows))
        for (_l, _t, count), rows in zip(_CLASSES, found, strict=True)
        if rows is not None
    )


def _entry(row: TaskStanding, number: str, names: dict[str, str]) -> ReportedTask:
    task = row.task
    return ReportedTask(
        number=number,
        title=task.title.spoken,
        lead=join_names(task.lead, names),
        responsible=join_names(task.responsible, names),
        due=task.due,
        days=write_days(row),
        light=row.light,
        light_words=words.light(row.light, starting=row.starting),
        missing=tuple(line for need in row.needs if not need.met for line in _missing(need, names)),
        note=write_note(row.note, names) if row.note else "",
        key=f"{task.year}/{task.number}",
    )


def _missing(need: NeedStanding, names: dict[str, str]) -> Iterator[str]:
    """Yield where an unmet need stands, and by how much it falls short."""
    goal = need.goal
    if need.actual is None:
        yield _("{need}: no data", need=need.need.name.spoken)
        return
    lack = measure_lack(goal, need.actual, whole=need.need.metric.whole)
    message = N_("{need}, short by {missing} {unit}")
    if goal.is_upper:
        message = N_("{need}, too much by {missing} {unit}")
    yield _(message, need=write_need(need), missing=format_number(lack), unit=need_unit(need))
    if towns := write_short_towns(need, names):
        yield from towns.split("\n")
