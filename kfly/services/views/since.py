"""What changed since a moment, or since the last meeting: the plan read at both, and the log between them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple, NoReturn

from kfly.clock import today
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import Kind
from kfly.plan.known import Known
from kfly.plan.known_kinds import MEETING
from kfly.progress.since import Addition, Meeting, Moment, Since, assess_moment, compare
from kfly.progress.tasks import metrics_of
from kfly.services.corrections import read_corrections
from kfly.services.known import find_misdated
from kfly.services.session import Desk, Session
from kfly.store import records as rows
from kfly.store import spans
from kfly.store.past import cut
from kfly.store.past.cut import LogBeginsLaterError
from kfly.store.plan import sign_offs
from kfly.store.plan.kinds import read_kinds


class Past(NamedTuple):
    """The moment that is looked back to, and where the plan stood then.

    Attributes:
        day: its day.
        known: what was known then; None where the log cannot tell that.
        began: when the log began, in UTC, where it cannot.
        meeting: the meeting that was held then, where no moment was named.
        moment: where the plan stood as known then; None where that is what is known now.
    """

    day: date
    known: Known | None
    began: str | None = None
    meeting: Meeting | None = None
    moment: Moment | None = None


def read_since(session: Session, asked: datetime | int | None, day: date) -> Since:
    """Read what changed between a moment and a day.

    Args:
        session: the database; what it is as known at is the later moment.
        asked: the earlier moment, in UTC, or the number of a change of the log; None for the last meeting.
        day: the later one's day.

    Raises:
        KflyError: no meeting was held before, the log has no such change, or the moment lies after the day.
    """
    past = read_past(session, asked, day)
    with session.reading() as desk:
        if past is None:
            _refuse_without_meeting(session, desk, day)
        return compare_with_past(desk, past, day)


def read_past(session: Session, asked: datetime | int | None, day: date) -> Past | None:
    """Read where the plan stood at an earlier moment; None where that is the last meeting, and there is none.

    It is read before the present is, and the file closed again: two open connections of one process would
    lose each other's locks. The log tells of the past the same later on.

    Raises:
        KflyError: the log has no such change, or the moment lies after the day.
    """
    with session.reading() as desk:
        meeting = _find_last_meeting(session, desk, day) if asked is None else None
        if meeting is not None:
            asked = _end_of(meeting.on)
        if asked is None:
            return None
        past = _find_past(session, desk, asked)._replace(meeting=meeting)
    _must_lie_before(past, session, day)
    if past.known is None:
        return past
    # Whether all is whole was looked at just now.
    with session._replace(known=past.known).reading(damaged=True) as desk:
        return past._replace(moment=_read_moment(desk, past.day))


def compare_with_past(desk: Desk, past: Past, day: date) -> Since:
    """Say what changed between a moment and a day.

    Args:
        desk: the database as it is read now, by the same reading as all else that is told of now.
        past: the earlier moment.
        day: the later one's day.
    """
    kinds = read_kinds(desk.db)
    corrections, corrected = read_corrections(desk, kinds, past.known) if past.known else ((), 0)
    return compare(past.moment or _read_moment(desk, past.day), _read_moment(desk, day))._replace(
        added=tuple(_count_added(desk, kinds, past.day, day)),
        corrections=corrections,
        corrected=corrected,
        known_at=past.known and past.known.at.isoformat().replace("+00:00", "Z"),
        log_began=past.began,
        meeting=past.meeting,
    )


def _read_moment(desk: Desk, day: date) -> Moment:
    measured = spans.read(desk.db, metrics_of(desk.plan, desk.plan.targets, desk.plan.tasks_in_view(day)))
    return assess_moment(desk.plan, measured, sign_offs.read_course(desk.db), day)


def _find_last_meeting(session: Session, desk: Desk, day: date) -> Meeting | None:
    """Find the last meeting that was held before a day; that of the day itself is still to be prepared."""
    kind = _find_kind(desk)
    held = _list_meetings(desk, kind, _limit(session, day)) if kind else ()
    return max(held, key=lambda meeting: (meeting.on, meeting.id), default=None)


def _find_kind(desk: Desk) -> Kind | None:
    """Find what meetings are recorded as; None where the plan does without them."""
    return next((kind for kind in read_kinds(desk.db) if kind.name == MEETING), None)


def _limit(session: Session, day: date) -> date:
    """Return the day before which a meeting must have been held."""
    return min(day, session.known.day if session.known else today())


def _refuse_without_meeting(session: Session, desk: Desk, day: date) -> NoReturn:
    """Say that no meeting was held before.

    Raises:
        KflyError: always.
    """
    kind, limit = _find_kind(desk), _limit(session, day).isoformat()
    if kind is None:
        raise KflyError(
            _("No meeting before {day} is recorded; name a day: kfly since 2022-11-30.", day=limit)
        )
    raise KflyError(
        _(
            "No meeting before {day} is recorded; name a day (kfly since 2022-11-30), or record the"
            " meeting with “kfly {command}”.",
            day=limit,
            command=kind.command,
        )
    )


def _list_meetings(desk: Desk, kind: Kind, limit: date) -> Iterator[Meeting]:
    on = kind.counts_on or ""
    for record in rows.select_columns(desk.db, kind, (on, kind.key[0])):
        if record[on] is not None and str(record[on]) < limit.isoformat():
            yield Meeting(int(record["id"] or 0), kind.name_of(record), date.fromisoformat(str(record[on])))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max).astimezone(UTC)


def _find_past(session: Session, desk: Desk, asked: datetime | int) -> Past:
    """Find what was known at a moment; before the log began, what is known now has to do."""
    try:
        known = cut.find_known(desk.db, asked)
    except LogBeginsLaterError as error:
        if isinstance(asked, int):
            raise
        return Past(asked.astimezone().date(), None, error.began)
    if session.known is None:  # what is as known at a moment has said so already
        for line in find_misdated(desk.db, known):
            session.tell(line)
    return Past(known.day, known)


def _must_lie_before(past: Past, session: Session, day: date) -> None:
    """Check that the earlier moment is the earlier one.

    Raises:
        KflyError: it is not.
    """
    later = past.known and session.known and past.known.at > session.known.at
    if past.day > day or later:
        raise KflyError(
            _(
                "{then} lies after {now}, up to which the changes are asked for; name an earlier day, or a"
                " later --as-of.",
                then=past.day.isoformat(),
                now=day.isoformat(),
            )
        )


def _count_added(desk: Desk, kinds: tuple[Kind, ...], then: date, day: date) -> Iterator[Addition]:
    """Count what has begun to count since, of every kind."""
    for kind in kinds:
        towns = rows.count_begun(desk.db, kind, then.isoformat(), day.isoformat())
        if towns:
            yield Addition(kind, tuple(towns))
