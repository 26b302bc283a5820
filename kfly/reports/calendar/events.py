"""A task's deadline as an all-day event, which stays the same one in each new file."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import quote

from kfly.locale import _, language
from kfly.plan.changes import Revision
from kfly.plan.model import Plan
from kfly.plan.numbers import TaskKey
from kfly.plan.organisations import name_organisations
from kfly.progress.calendar import CalendarDay
from kfly.progress.states import RESTING
from kfly.reports import words
from kfly.reports.calendar.lines import escape, spell_before, spell_day, spell_moment, write_lines
from kfly.reports.tasks import join_names, write_need

ALARM_HOUR = 9  # o'clock, wherever the calendar is looked at
WEEK = 7  # days before; also so many as the plan calls soon, and on the day itself
NEVER_CHANGED = Revision(0, None)


class CalendarPaper(NamedTuple):
    """What a calendar file is made of.

    Attributes:
        plan: the plan.
        identity: what tells its events from those of other plans, for ever.
        days: the days of the tasks.
        revisions: of tasks, by their year and number.
        as_of: the day as of which they stand.
        changed_at: when anything was changed last; a record may complete a task that nobody touched.
    """

    plan: Plan
    identity: str
    days: tuple[CalendarDay, ...]
    revisions: Mapping[TaskKey, Revision]
    as_of: date
    changed_at: datetime | None = None


def write_calendar(paper: CalendarPaper) -> bytes:
    """Write a calendar file: the same bytes for the same data and day."""
    return write_lines(_list_lines(paper))


def _list_lines(paper: CalendarPaper) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//kfly//kfly//{language().upper()}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{escape(paper.plan.name.spoken)}"
    for day in paper.days:
        yield from _list_event(paper, day)
    yield "END:VCALENDAR"


def _list_event(paper: CalendarPaper, day: CalendarDay) -> Iterator[str]:
    task = day.row.task
    revision = paper.revisions.get((task.year, task.number), NEVER_CHANGED)
    yield "BEGIN:VEVENT"
    yield f"UID:{_name_event(day)}@{paper.identity}.kfly"
    yield f"DTSTAMP:{spell_moment(_stamp(paper))}"
    if revision.made_at is not None:
        yield f"LAST-MODIFIED:{spell_moment(revision.made_at)}"
    yield f"SEQUENCE:{revision.times}"
    yield f"DTSTART;VALUE=DATE:{spell_day(day.due)}"
    if day.due < date.max:  # without it the event lasts the one day all the same
        yield f"DTEND;VALUE=DATE:{spell_day(day.due + timedelta(days=1))}"
    summary = _write_summary(day)
    yield f"SUMMARY:{escape(summary)}"
    yield f"DESCRIPTION:{escape(_describe(day, paper.plan))}"
    yield f"STATUS:{'CANCELLED' if day.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy all day
    if not day.is_settled:
        for before in sorted({paper.plan.lights.due_soon_days, WEEK, 0}, reverse=True):
            yield from _list_alarm(summary, before)
    yield "END:VEVENT"


def _name_event(day: CalendarDay) -> str:
    """Name a deadline for ever: by the year and number of its task, and the number of the stage."""
    name = f"{day.row.task.year}-{quote(str(day.row.task.number), safe='')}"
    return name if day.stage is None else f"{name}+{day.stage}"


def _stamp(paper: CalendarPaper) -> datetime:
    """Return the moment of which the events are: their day's beginning, or the last change if it is later.

    So of two files the one made later is the newer one to a calendar, also where only figures changed.
    """
    begun = datetime.combine(paper.as_of, time(), UTC)
    return max(begun, paper.changed_at or begun)


def _list_alarm(summary: str, days: int) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:{spell_before(days, ALARM_HOUR)}"
    yield f"DESCRIPTION:{escape(summary)}"
    yield "END:VALARM"


def _write_summary(day: CalendarDay) -> str:
    """Write what is due; a tick before it says that it is done, a word behind it that it rests."""
    told = _name_deadline(day)
    if day.is_done:
        return f"✓ {told}"
    rests = words.state(day.row.state) if day.row.state in RESTING else None
    return _("{told} ({state})", told=told, state=rests) if rests else told


def _name_deadline(day: CalendarDay) -> str:
    task = day.row.task
    told = {"number": task.number, "title": task.title.spoken}
    if day.stage is None:
        return _("Due: task {number} {title}", **told)
    stage = task.stages[day.stage - 1].title.spoken
    return _("Due: task {number} {title}, stage {n}: {stage}", **told, n=day.stage, stage=stage)


def _describe(day: CalendarDay, plan: Plan) -> str:
    """Write who has to see to it and where it stands: of a stage its own lead, state and needs."""
    task, names = day.row.task, name_organisations(plan)
    stage = None if day.stage is None else day.row.stages[day.stage - 1]
    lead = (stage and stage.stage.lead) or task.lead
    state = day.row.state if stage is None or day.row.is_done else stage.state
    lines = [
        _("{label}: {value}", label=_("Lead"), value=join_names(lead, names)),
        _("{label}: {value}", label=_("Responsible"), value=join_names(task.responsible, names)),
        _("{label}: {value}", label=_("State"), value=words.state(state)),
        *(write_need(need) for need in (stage.needs if stage else day.row.needs)),
    ]
    return "\n".join(lines)
