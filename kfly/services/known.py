"""Finding a moment in the log of a database, for all that is read as it was known then."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from kfly import locale
from kfly.locale import _
from kfly.plan.known import Known
from kfly.services.session import Session
from kfly.store.past import cut
from kfly.store.plan import reading as plan_rows


def find_known(session: Session, asked: datetime | int) -> Known:
    """Find what was known at a moment, or at the end of a group of the log.

    What cannot be told for certain is said. The plan's language of then is spoken, if none is asked for.

    Raises:
        KflyError: there is no such group, or the log does not reach back so far.
    """
    with session.reading(damaged=True) as desk:
        known = cut.find_known(desk.db, asked)
        for line in (*find_misdated(desk.db, known), *_find_drifts(desk.db)):
            session.tell(line)
    if locale.is_of_the_plan():
        with session._replace(known=known).reading(damaged=True) as desk:
            locale.speak(plan_rows.read_language(desk.db), of_the_plan=True)
    return known


def find_misdated(db: sqlite3.Connection, known: Known) -> Iterator[str]:
    """Say which change counts as known though its own time is a later one, if any does."""
    misdated = cut.find_misdated(db, known)
    if misdated is not None:
        yield _(
            "Change #{number} is dated later than that; the order of the changes decides, and it counts as"
            " known.",
            number=misdated,
        )


def _find_drifts(db: sqlite3.Connection) -> Iterator[str]:
    """Say that there are rows that the log cannot take back for certain, if there are."""
    from kfly.store.log import drifts  # what only reads a moment does without

    if next(drifts.find_drifts(db, drifts.compare(db)), None) is not None:
        yield _(
            "Some rows were changed past the log and may be shown as they are now; “kfly check” names them."
        )
