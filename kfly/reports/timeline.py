"""What happened to a task, day by day: feedback, sign-offs, evidence, changes of the plan."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import starmap
from typing import Any, NamedTuple

from rich.text import Text

from kfly.console.screen import make_printable, measure_width, text, wrap
from kfly.locale import _
from kfly.plan.changes import ChangeGroup
from kfly.plan.course import CourseEvent
from kfly.plan.model import ADDED, Evidence, EvidenceFile, ProgressNote, SignOff
from kfly.progress.tasks import TaskStanding
from kfly.reports.changes.groups import name_author, to_local_time
from kfly.reports.course import tell_event
from kfly.reports.evidence import file_document
from kfly.reports.progress_notes import note_document, write_note

NEEDS_MET, FEEDBACK, PLAN_CHANGED = "needs_met", "feedback", "plan_changed"
SIGNED_OFF, REOPENED, EVIDENCE_ADDED = "signed_off", "reopened", "evidence_added"
BELOW = " " * len("2022-11-30  ")


class Event(NamedTuple):
    """Something that happened to the task on a day."""

    on: date
    what: str
    told: str
    details: tuple[str, ...] = ()
    more: dict[str, Any] = {}  # noqa: RUF012  (never changed: a named tuple's default)

    def document(self) -> dict[str, Any]:
        """Return the JSON that other programs rely on."""
        return {"on": self.on.isoformat(), "what": self.what, **self.more}


class Reported(NamedTuple):
    """What people said of a task, and showed for it.

    Attributes:
        sign_offs: those taken back too.
        notes: the feedback.
        evidence: all of it, also what is not kept.
    """

    sign_offs: Sequence[SignOff]
    notes: Sequence[ProgressNote]
    evidence: Sequence[Evidence]


def list_events(
    row: TaskStanding,
    reported: Reported,
    changes: Iterable[tuple[ChangeGroup, list[str]]],
    names: dict[str, str],
) -> list[Event]:
    """List all that happened, by day; on one day, the plan's changes come before what was done under it.

    Args:
        row: where the task stands.
        reported: what people said of it, and showed.
        changes: what groups of the log did to the task's row in the plan, a line each.
        names: what organisations are called.
    """
    kept = {one.file.sha256 for one in reported.evidence if one.kept}
    found = [*starmap(_plan_changed, changes), *_met(row)]
    found += [_feedback(note, names, kept) for note in reported.notes]
    for sign_off in reported.sign_offs:
        found += _signed_off(sign_off, kept)
    found += [_decided(event) for event in row.events]
    found += [_added(one, kept) for one in reported.evidence if one.came_with == ADDED]
    return sorted(found, key=lambda event: event.on)


def write_events(found: Sequence[Event]) -> Iterator[Text]:
    """Yield the events for people: the day, what happened, details below; long ones wrap beside the day."""
    for event in found:
        yield text(f"{event.on.isoformat()}  {_beside(event.told)}")
        yield from (text(BELOW + _beside(detail), "dim") for detail in event.details)


def _beside(told: str) -> str:
    return wrap(make_printable(told.replace("\n", "\\n")), measure_width() - len(BELOW)).replace(
        "\n", "\n" + BELOW
    )


def _plan_changed(group: ChangeGroup, lines: list[str]) -> Event:
    who = name_author(group)
    told = _("the plan was changed ({by})", by=who)
    details = [_("reason: {reason}", reason=group.reason)] if group.reason else []
    more = {"by": who, "changes": lines, "reason": group.reason}
    on = to_local_time(group.made_at).date()
    return Event(on=on, what=PLAN_CHANGED, told=told, details=(*details, *lines), more=more)


def _met(row: TaskStanding) -> Iterator[Event]:
    """Yield the day on which its figures were reached, where they were reached before anyone signed off."""
    if row.needs and row.completed_on and (row.sign_off is None or row.completed_on < row.sign_off.on):
        yield Event(row.completed_on, NEEDS_MET, _("all needs met"))


def _feedback(note: ProgressNote, names: dict[str, str], kept: Collection[str]) -> Event:
    told = _("feedback · {note}", note=write_note(note, names, day=False))
    details = tuple(line for file in note.evidence for line in _evidence(file, kept))
    more = {
        **(note_document(note, names) or {}),
        "evidence": [file_document(file, kept) for file in note.evidence],
    }
    return Event(note.on, FEEDBACK, told, details, more)


def _added(one: Evidence, kept: Collection[str]) -> Event:
    """Say that a file was added to the task, beside sign-offs and feedback."""
    on = to_local_time(one.added_at).date()
    more = {"evidence": [file_document(one.file, kept)]}
    return Event(on, EVIDENCE_ADDED, _("evidence added"), _evidence(one.file, kept), more)


def _decided(event: CourseEvent) -> Event:
    """Say that the task was extended, suspended, resumed or cancelled."""
    more = {
        **({} if event.due is None else {"to": event.due.isoformat()}),
        **({} if event.stage is None else {"stage": event.stage}),
        "reason": event.reason,
        "approved_by": event.approved_by,
    }
    return Event(event.on, event.what, tell_event(event), more=more)


def _name_stage(sign_off: SignOff, told: str) -> str:
    """Put the stage before what happened to its sign-off; nothing before that of a whole task."""
    return told if sign_off.stage is None else _("stage {n}: {told}", n=sign_off.stage, told=told)


def _signed_off(sign_off: SignOff, kept: Collection[str]) -> Iterator[Event]:
    forced = _(" (forced: its needs were not met)") if sign_off.forced else ""
    details = [_("note: {note}", note=sign_off.note)] if sign_off.note else []
    details += [line for file in sign_off.evidence for line in _evidence(file, kept)]
    more = {
        "forced": sign_off.forced,
        "note": sign_off.note,
        "evidence": [file_document(file, kept) for file in sign_off.evidence],
    }
    yield Event(
        on=sign_off.on,
        what=SIGNED_OFF,
        told=_name_stage(sign_off, _("signed off{forced}", forced=forced)),
        details=tuple(details),
        more=more,
    )
    if sign_off.reopened_at:
        day = datetime.fromisoformat(sign_off.reopened_at).astimezone().date()
        told = _(
            "the sign-off of {day} taken back: {reason}",
            day=sign_off.on.isoformat(),
            reason=sign_off.reopen_reason,
        )
        yield Event(day, REOPENED, _name_stage(sign_off, told), more={"reason": sign_off.reopen_reason})


def _evidence(file: EvidenceFile, kept: Collection[str]) -> tuple[str, str]:
    size = f"{file.size:,}"
    name = file.name if file.sha256 in kept else _("{name} (not kept)", name=file.name)
    return (
        _("evidence: {name}", name=name),
        _("{size} bytes, SHA-256 {digest}", size=size, digest=file.sha256),
    )
