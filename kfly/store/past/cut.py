"""Finding the place in the log up to which everything was known at a moment."""

import sqlite3
from datetime import UTC, datetime

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.known import Known
from kfly.store.log.reading import has_log


class LogBeginsLaterError(KflyError):
    """What was known at a moment is not kept, as the log began later, or has not begun."""

    def __init__(self, *lines: str, began: str | None = None) -> None:
        super().__init__(*lines)
        self.began = began  # in UTC; None where there is no log yet


# Times of groups compare as texts, to the second or beyond, without the Z behind them.
_MADE_AT = "rtrim(made_at, 'Z')"
_FORM = "%Y-%m-%dT%H:%M:%S.%f"


def find_known(db: sqlite3.Connection, asked: datetime | int) -> Known:
    """Find what was known at a moment, or at the end of a group of the log.

    The order of the groups decides: the last one that was made by then, whatever times those before it say.

    Raises:
        LogBeginsLaterError: it did, or there is no log yet.
        KflyError: there is no such group.
    """
    if isinstance(asked, int):
        group, at = asked, _read_made_at(db, asked)
    else:
        group, at = _find_last_group(db, asked), asked
        if group == 0:
            _must_have_begun(db, asked)
    return Known(at, group, _find_last_change(db, group))


def find_misdated(db: sqlite3.Connection, known: Known) -> int | None:
    """Find a group that counts as known by its number, though by its own time it was made later."""
    sql = f"SELECT min(id) FROM change_groups WHERE id <= ? AND {_MADE_AT} > ?"
    found: int | None = db.execute(sql, (known.group, spell_moment(known.at))).fetchone()[0]
    return found


def spell_moment(at: datetime) -> str:
    """Write a moment so that it compares with those of the database, which lack the Z for this."""
    return at.astimezone(UTC).strftime(_FORM)


def _find_last_group(db: sqlite3.Connection, at: datetime) -> int:
    """Find the last group that was made by a moment; 0 where there is none."""
    if not has_log(db):
        return 0
    sql = f"SELECT coalesce(max(id), 0) FROM change_groups WHERE {_MADE_AT} <= ?"
    return int(db.execute(sql, (spell_moment(at),)).fetchone()[0])


def _find_last_change(db: sqlite3.Connection, group: int) -> int:
    """Find the last change of the log by the end of a group."""
    sql = (
        "SELECT coalesce((SELECT first - 1 FROM change_groups WHERE id > ? ORDER BY id LIMIT 1),"
        " (SELECT max(id) FROM changes), 0)"
    )
    return int(db.execute(sql, (group,)).fetchone()[0])


def _read_made_at(db: sqlite3.Connection, group: int) -> datetime:
    """Read when a group was made.

    Raises:
        KflyError: there is no such group, or another program has given it a time that is none.
    """
    sql = "SELECT made_at FROM change_groups WHERE id = ?"
    row = db.execute(sql, (group,)).fetchone() if has_log(db) else None
    if row is None:
        raise KflyError(_("There is no change #{number}; “kfly log” lists them.", number=group))
    try:
        return datetime.fromisoformat(row[0]).astimezone(UTC)
    except (ValueError, OverflowError):
        raise KflyError(
            _("“{time}” of change #{number} is no time; name a time instead.", time=row[0], number=group)
        ) from None


def _must_have_begun(db: sqlite3.Connection, at: datetime) -> None:
    """Check that a moment before the first group lies after the log's beginning.

    Raises:
        LogBeginsLaterError: it does not, or there is no log yet.
    """
    begun = _find_beginning(db)
    if begun is None:
        raise LogBeginsLaterError(
            _(
                "This database keeps no log yet; it begins one with its next change, and knows the past from"
                " then on."
            )
        )
    if spell_moment(at) < begun.rstrip("Z"):
        first = datetime.fromisoformat(begun).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        raise LogBeginsLaterError(
            _(
                "The log begins at {first}; what was known before is not kept. Name a later time.",
                first=first,
            ),
            began=begun,
        )


def _find_beginning(db: sqlite3.Connection) -> str | None:
    """Find when the log began: with the database itself, or when an older one was brought up."""
    if not has_log(db):
        return None
    made_whole = db.execute(
        "SELECT (SELECT made_at FROM change_groups ORDER BY id LIMIT 1) WHERE EXISTS"
        " (SELECT 1 FROM changes WHERE \"table\" = 'plan' AND before IS NULL)"
    ).fetchone()
    if made_whole is not None:
        return str(made_whole[0])
    (brought_up,) = db.execute("SELECT min(applied_at) FROM migrations WHERE schema > 1").fetchone()
    return brought_up and str(brought_up)
