"""What changed since a moment, as plain rows and sentences: for the screen, and for every paper."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import N_, _
from kfly.plan.course import CANCELLED, EXTENDED, RESUMED, SUSPENDED
from kfly.plan.organisations import name_organisations
from kfly.progress.corrections import CHANGED, ENTERED, TAKEN_OUT, Correction
from kfly.progress.since import (
    ADDED,
    DECIDED,
    DUE,
    LATE,
    REMOVED,
    REOPENED,
    Addition,
    Since,
    TargetChange,
    TaskChange,
    Turn,
    find_decided,
)
from kfly.progress.states import CARRIED, DONE, OVERDUE
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.changes.groups import to_local_time
from kfly.reports.course import tell_event
from kfly.reports.figures import write_difference, write_figure
from kfly.reports.records import write_label, write_value
from kfly.reports.status import name_target, write_figures

MOST = 20  # corrections that are told one by one

_TASK_HEADINGS = {
    DONE: N_("Tasks newly done: {n}"),
    OVERDUE: N_("Tasks newly overdue: {n}"),
    DUE: N_("Tasks that fell due: {n}"),
    EXTENDED: N_("Tasks extended: {n}"),
    SUSPENDED: N_("Tasks suspended: {n}"),
    RESUMED: N_("Tasks resumed: {n}"),
    CANCELLED: N_("Tasks cancelled: {n}"),
    CARRIED: N_("Tasks carried on by a later table: {n}"),
    REOPENED: N_("Tasks no longer done: {n}"),
    ADDED: N_("Tasks that are new: {n}"),
    REMOVED: N_("Tasks that are gone: {n}"),
}


class FigureRow(NamedTuple):
    """A target: its name, then, now, the change, the light; and the code of the light."""

    cells: tuple[str, ...]
    light: str


class SinceLine(NamedTuple):
    """A sentence, and the code of the light that it is about; empty for none."""

    text: str
    light: str = ""


class SinceList(NamedTuple):
    """Sentences below a heading."""

    heading: str
    lines: tuple[SinceLine, ...]


class SinceSections(NamedTuple):
    """All that is told of what changed.

    Attributes:
        title: since when, in a few words.
        heading: what is compared with what.
        notes: which meeting it was; where the log cannot tell what was known then.
        headings: of the table of targets.
        figures: its rows.
        lists: lights, tasks, records, corrections; those of which there is nothing to tell are left out.
    """

    title: str
    heading: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    lists: tuple[SinceList, ...]


def make_sections(found: Since) -> SinceSections:
    """Put what changed into words."""
    then, now = found.then.standing.as_of.isoformat(), found.now.standing.as_of.isoformat()
    lists = [_tell_turned(found), *_tell_tasks(found), _tell_added(found), _tell_corrections(found)]
    return SinceSections(
        title=_("Since the last meeting") if found.meeting else _("Since {day}", day=then),
        heading=_(
            "{plan} · what changed from {then} to {now}",
            plan=found.now.standing.plan.name.spoken,
            then=then,
            now=now,
        ),
        notes=tuple(_note(found)),
        headings=(_("Target"), _("Then"), _("Now / goal"), _("Change"), _("Light")),
        figures=tuple(_write_row(pair) for pair in found.targets),
        lists=tuple(each for each in lists if each.lines),
    )


def _note(found: Since) -> Iterator[str]:
    """Say since which meeting it is, and whether then is as known then."""
    then = found.then.standing.as_of.isoformat()
    if found.meeting:
        yield _("Since the meeting “{title}” of {day}.", title=found.meeting.title, day=then)
    if found.known_at is not None:
        return
    if found.log_began is None:
        yield _("There is no log yet: the figures of {day} are as known now.", day=then)
        return
    yield _(
        "The log begins at {first}: the figures of {day} are as known now, and corrections are not told.",
        first=to_local_time(found.log_began).strftime("%Y-%m-%d %H:%M"),
        day=then,
    )


def _write_row(pair: TargetChange) -> FigureRow:
    then, now = pair.then, pair.now
    return FigureRow(
        (
            name_target(pair.row),
            _write_then(pair),
            write_figures(now) if now else "—",
            _write_change(pair),
            _write_lights(then, now),
        ),
        pair.row.light,
    )


def _write_then(pair: TargetChange) -> str:
    """Write the figure of then: alone where only it differs from now, else with its goal, unit and year."""
    then, now = pair.then, pair.now
    if then is None:
        return "—"
    if now is not None and then.period != now.period:
        return _(
            "{figures} ({year})", figures=write_figures(then), year=then.period.label if then.period else ""
        )
    if now is None or not pair.is_comparable or then.goal != now.goal:
        return write_figures(then)
    return write_figure(then, then.actual)


def _write_change(pair: TargetChange) -> str:
    if pair.now is None:
        return _("dropped")
    if pair.then is None:
        return _("new target")
    return "—" if pair.change is None else _sign(pair.row, pair.change)


def _sign(row: TargetStanding, change: Fraction) -> str:
    """Write by how much a figure changed: +6, −2, 0."""
    if change < 0:
        return f"−{write_difference(row, -change)}"
    return f"+{write_difference(row, change)}" if change else "0"


def _write_lights(then: TargetStanding | None, now: TargetStanding | None) -> str:
    lights = [words.light(row.light, starting=row.starting) for row in (then, now) if row]
    return " → ".join(dict.fromkeys(lights))


def _tell_turned(found: Since) -> SinceList:
    told = (SinceLine(_tell_turn(turn, found), turn.now) for turn in found.turned)
    return SinceList(_("Lights that turned, the worst first: {n}", n=len(found.turned)), tuple(told))


def _tell_turn(turn: Turn, found: Since) -> str:
    if isinstance(turn.row, TaskStanding):
        number, title = number_task(turn.row, found), turn.row.task.title.spoken
        name = _("task {number} {title}", number=number, title=title)
    else:
        name = name_target(turn.row)
    now = words.light(turn.now, starting=turn.row.starting) if turn.now != "none" else _no_light(turn)
    then = words.light(turn.then) if turn.then != "none" else _("no light")
    return _("{now} (was {then}): {name}", now=now, then=then, name=name)


def _no_light(turn: Turn) -> str:
    return _("starting") if turn.row.starting else _("no light")


def _tell_tasks(found: Since) -> Iterator[SinceList]:
    """Yield what became of the tasks, a list for each way."""
    for what, heading in _TASK_HEADINGS.items():
        its = [task for task in found.tasks if what in task.what]
        head = _(heading, n=len(its))
        late = sum(LATE in task.what for task in its) if what == DONE else 0
        if late:
            head = _("{heading}, of which late: {n}", heading=head, n=late)
        yield SinceList(head, tuple(_tell_task(task, what, found) for task in its))


def _tell_task(task: TaskChange, what: str, found: Since) -> SinceLine:
    row = task.row
    light = row.light if what in (OVERDUE, DUE, REOPENED) else ""
    told = _(
        "{number} {title} ({remarks})",
        number=number_task(row, found),
        title=row.task.title.spoken,
        remarks=_("; ").join(
            _remark_decided(task, what)
            if what in DECIDED
            else _remark(row, what, name_organisations(found.now.standing.plan))
        ),
    )
    return SinceLine(told, light)


def _remark(row: TaskStanding, what: str, names: dict[str, str]) -> Iterator[str]:
    """Yield what is worth knowing of a task."""
    if row.state == DONE and what != REMOVED:
        yield _("done {day}", day=row.completed_on)
        if row.late:
            yield _("late")
        if row.awaits_sign_off:
            yield _("awaits sign-off")
        if row.forced:
            yield _("forced")
        return
    yield _("due {day}", day=words.due(row.task.due))
    known = [names.get(name, name) for name in row.task.lead]
    yield _("lead: {names}", names=_(", ").join(known) or "—")


def _remark_decided(task: TaskChange, what: str) -> Iterator[str]:
    """Yield what was decided since, with the day and the reason."""
    for event in find_decided(task.then, task.row):
        if event.what == what:
            yield _("{day}: {told}", day=event.on.isoformat(), told=tell_event(event))


def number_task(row: TaskStanding, found: Since) -> str:
    """Write a task's number, with its year where there are tables of several."""
    several = len({each.task.year for each in (*found.now.tasks, *found.then.tasks)}) > 1
    return f"{row.task.year}/{row.task.number}" if several else str(row.task.number)


def _tell_added(found: Since) -> SinceList:
    names = name_organisations(found.now.standing.plan)
    total = sum(addition.total for addition in found.added)
    return SinceList(
        _("Records added: {n}", n=f"{total:,}"),
        tuple(SinceLine(_tell_addition(addition, names)) for addition in found.added),
    )


def _tell_addition(addition: Addition, names: dict[str, str]) -> str:
    told = {"kind": addition.kind.label.spoken, "n": f"{addition.total:,}"}
    if addition.kind.town is None:
        return _("{kind}: {n}", **told)
    towns = (
        _("{town} {n}", town=names.get(town, town) if town else _("without a town"), n=f"{count:,}")
        for town, count in addition.towns
    )
    return _("{kind}: {n} ({towns})", **told, towns=_(", ").join(towns))


def _tell_corrections(found: Since) -> SinceList:
    told = [SinceLine(tell_correction(correction)) for correction in found.corrections[:MOST]]
    if more := found.corrected - len(told):
        told.append(SinceLine(_("and {n} more; “kfly since --json” lists them", n=f"{more:,}")))
    return SinceList(_("Corrections of the past: {n}", n=f"{found.corrected:,}"), tuple(told))


_WHOLE = {
    ENTERED: N_("{title}: counts from {since}, recorded on {day}"),
    TAKEN_OUT: N_("{title}: counted from {since}, removed on {day}"),
}


def tell_correction(correction: Correction) -> str:
    """Tell what was corrected, and when."""
    title = _title(correction)
    day = to_local_time(correction.made_at).date().isoformat()
    field = correction.field
    if correction.what != CHANGED or field is None:
        return _(_WHOLE[correction.what], title=title, since=correction.counts_on, day=day)
    before, after = (write_value(value, field) or "—" for value in (correction.before, correction.after))
    return _(
        "{title}: {label} {before} → {after}, corrected on {day}",
        title=title,
        label=write_label(field),
        before=before,
        after=after,
        day=day,
    )


def _title(correction: Correction) -> str:
    """Call a record by its kind and its name."""
    noun, title = correction.kind.noun, correction.title
    return title if title.startswith(f"{noun} #") else f"{noun} {title}"
