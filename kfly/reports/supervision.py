"""The supervision report in words, whatever it is then shown in: a terminal, a mail, a workbook."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kfly.locale import N_, _
from kfly.plan.metrics import is_whole
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import BLUE, RED, YELLOW
from kfly.progress.needs import NeedStanding
from kfly.progress.shortfall import measure_lack
from kfly.progress.supervision import Supervision
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.figures import find_town_digits, write_difference, write_figure
from kfly.reports.outlook import describe_outlook
from kfly.reports.progress_notes import write_note
from kfly.reports.status import name_target, write_figures
from kfly.reports.tasks import (
    join_names,
    list_course,
    need_unit,
    number_rows,
    write_days,
    write_need,
    write_short_towns,
    write_towns,
)


class ReportedClass(NamedTuple):
    """A class of what is reported.

    Attributes:
        code: what an earlier letter has called it.
        light: of the class, a code; a task that is due soon may have a yellow one all the same.
        title: above its tasks or targets.
        told: how many there are, on the screen.
    """

    code: str
    light: str
    title: str
    told: str


OF_TASKS = (
    ReportedClass("overdue", RED, N_("Overdue"), N_("{n} overdue")),
    ReportedClass("behind", YELLOW, N_("Behind the trajectory"), N_("{n} behind")),
    ReportedClass("soon", BLUE, N_("Due soon"), N_("{n} due soon")),
)
OF_TARGETS = (
    ReportedClass("red", RED, N_("Red targets"), N_("red targets: {n}")),
    ReportedClass("yellow", YELLOW, N_("Yellow targets"), N_("yellow targets: {n}")),
)


class Reported(NamedTuple):
    """A task or a target of the report, in words."""

    number: str  # of a task; empty for a target
    title: str
    lead: str
    responsible: str
    due: date | None  # of its next stage, where it has stages; None: it is ongoing
    days: str  # overdue, or left; empty for a target
    light: str  # its code
    light_words: str
    missing: tuple[str, ...]  # a line each: the need, by how much it falls short, the towns that do
    note: str  # the last feedback; empty where there is none
    key: str  # year/number of a task, whatever it is called; the key of a target
    figures: str = ""  # of a target: actual and goal
    expected: str = ""  # of a target: where it should stand, in the same unit; empty where nothing says so

    @property
    def called(self) -> str:
        """What it is called: its number and title."""
        return f"{self.number}. {self.title}" if self.number else self.title


class Section(NamedTuple):
    """The tasks or targets of one class, the worst first."""

    kind: ReportedClass
    entries: tuple[Reported, ...]
    left_out: int = 0  # those of the class for which there was no room

    @property
    def light(self) -> str:
        """The light of the class, a code."""
        return self.kind.light

    @property
    def title(self) -> str:
        """What the class is called."""
        return _(self.kind.title)

    @property
    def heading(self) -> str:
        """Its sign, its title, and how many there are: ■ 已逾期（3 项）."""
        sign = words.light_sign(self.light)
        return _("{sign} {title} ({n})", sign=sign, title=self.title, n=len(self.entries) + self.left_out)


def make_sections(found: Supervision, plan: Plan) -> list[Section]:
    """Return the classes that have tasks, and below them those that have targets."""
    return [*make_task_sections(found, plan), *make_target_sections(found, plan)]


def make_task_sections(found: Supervision, plan: Plan) -> list[Section]:
    """Return the classes that have tasks."""
    names = name_organisations(plan)
    written = {row.task: number for number, row in number_rows(found.rows)}
    return [
        Section(kind, tuple(_entry(row, written[row.task], names) for row in rows))
        for kind, rows in zip(OF_TASKS, found.classes, strict=True)
        if rows
    ]


def make_target_sections(found: Supervision, plan: Plan) -> list[Section]:
    """Return the lights that targets are supervised for."""
    names = name_organisations(plan)
    return [
        Section(kind, tuple(_target_entry(row, names) for row in rows))
        for kind, rows in list_target_classes(found)
        if rows
    ]


def list_target_classes(found: Supervision) -> list[tuple[ReportedClass, tuple[TargetStanding, ...]]]:
    """Return the targets of each class; none where they were not asked for."""
    rows = found.targets or ()
    return [(kind, tuple(row for row in rows if row.light == kind.light)) for kind in OF_TARGETS]


def write_counts(found: Supervision) -> str:
    """Write how many tasks there are of each class that was asked for, and how many targets if any."""
    tasks = [
        _(kind.told, n=len(rows))
        for kind, rows in zip(OF_TASKS, found.classes, strict=True)
        if rows is not None
    ]
    targets = [_(kind.told, n=len(rows)) for kind, rows in list_target_classes(found) if rows]
    return _(", ").join([*tasks, *targets])


def _target_entry(row: TargetStanding, names: dict[str, str]) -> Reported:
    towns = write_towns(row.each, row.target, names, find_town_digits(row.target))
    return Reported(
        number="",
        title=name_target(row),
        lead=join_names(row.lead, names),
        responsible=join_names(row.responsible, names),
        due=row.due,
        days="",
        light=row.light,
        light_words=words.light(row.light),
        missing=(*describe_outlook(row), *(towns.split("\n") if towns else ())),
        note="",
        key=row.target.key,
        figures=write_figures(row),
        expected="" if row.expected is None else write_figure(row, row.expected),
    )


def _entry(row: TaskStanding, number: str, names: dict[str, str]) -> Reported:
    task = row.task
    return Reported(
        number=number,
        title=task.title.spoken,
        lead=join_names(row.leads, names),
        responsible=join_names(task.responsible, names),
        due=row.pressing_due,
        days=write_days(row),
        light=row.light,
        light_words=words.light(row.light, starting=row.starting),
        missing=(*list_course(row), *(line for need in _list_unmet(row) for line in _missing(need, names))),
        note=write_note(row.note, names) if row.note else "",
        key=f"{task.year}/{task.number}",
    )


def _list_unmet(row: TaskStanding) -> Iterator[NeedStanding]:
    """Yield the needs that are unmet: the task's own, and those of its next stage."""
    stage = row.next_stage
    yield from (need for need in (*row.needs, *(stage.needs if stage else ())) if not need.met)


def _missing(need: NeedStanding, names: dict[str, str]) -> Iterator[str]:
    """Yield where an unmet need stands, and by how much it falls short."""
    goal = need.goal
    if need.actual is None:
        yield _("{need}: no data", need=need.need.name.spoken)
        return
    lack = measure_lack(goal, need.actual, whole=is_whole(need.need.metric, need.need.reading))
    message = N_("{need}, short by {missing} {unit}")
    if goal.is_upper:
        message = N_("{need}, too much by {missing} {unit}")
    yield _(
        message,
        need=write_need(need),
        missing=write_difference(need, lack),
        unit=words.difference_unit(need_unit(need)),
    )
    if towns := write_short_towns(need, names):
        yield from towns.split("\n")
