"""Changes as the log knows them: rows before and after, in groups of what one command did."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

MAKING = ("init", "demo")  # commands that make a database
Key = int | str  # of a row: its id; its primary key, or a JSON array of its parts
LoggedRow = dict[str, Any]
UNREADABLE: LoggedRow = {}  # stands for a row of which the log's own text cannot be read any more
DIGITS = 15  # of a number, as SQLite by itself writes it; so many had the log's lines before schema 5


class ChangeGroup(NamedTuple):
    """The changes of one command, or of another program within a second."""

    id: int
    made_at: str  # UTC
    user: str | None  # None: another program
    host: str | None
    command: str | None  # None: another program
    undoes: int | None
    reshaped: bool  # tables were changed too
    first: int  # its changes: from this one on,
    last: int  # to this one
    reason: str | None = None  # what was said of why all of it was done


class Revision(NamedTuple):
    """How often something was changed, as far as the log knows.

    Attributes:
        times: the groups of the log that touched it, that in which it came among them.
        made_at: when the last of them was made, in UTC; None where that cannot be told.
    """

    times: int
    made_at: datetime | None


class Change(NamedTuple):
    """A row before and after: added when there is nothing before, removed when there is nothing after."""

    id: int
    group: int
    table: str
    key: Key
    before: LoggedRow | None
    after: LoggedRow | None

    @property
    def is_readable(self) -> bool:
        """Whether the log's line of it can be read."""
        return self.before is not UNREADABLE and self.after is not UNREADABLE

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ; all of them for a row that was added or removed."""
        names = dict.fromkeys([*(self.before or ()), *(self.after or ())])
        if self.before is None or self.after is None:
            return tuple(names)
        return tuple(name for name in names if self.before.get(name) != self.after.get(name))


class TableTally(NamedTuple):
    """How many rows of a table were added, changed and removed."""

    table: str
    added: int
    changed: int
    removed: int

    @property
    def rows(self) -> int:
        """All the rows that were touched."""
        return self.added + self.changed + self.removed


def tally_changes(table: str, changes: Iterable[Change]) -> TableTally:
    """Count the rows of a table that some changes added, changed and removed."""
    its = list(changes)
    added, removed = sum(c.before is None for c in its), sum(c.after is None for c in its)
    return TableTally(table, added, len(its) - added - removed, removed)


def find_undone(groups: Sequence[ChangeGroup]) -> dict[int, int]:
    """Find the groups that are not in effect, each with the group in effect that took it back.

    Args:
        groups: all of the log, the oldest first.
    """
    return pair_undone([(group.id, group.undoes) for group in groups if group.undoes is not None])


def pair_undone(undoing: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Do the same from the groups that take others back alone: the number of each, and of the other."""
    by: dict[int, int] = {}
    for group, other in reversed(undoing):  # an undo can itself be undone only by a later group
        if group not in by:
            by[other] = group
    return by


def find_undoable(groups: Sequence[ChangeGroup], user: str) -> Iterator[ChangeGroup]:
    """Yield what ``user`` did and nobody took back, latest first; no undo, nor the making of the database."""
    gone = find_undone(groups)
    own = (g for g in reversed(groups) if g.user == user and g.undoes is None and g.id not in gone)
    yield from (group for group in own if not creates_database(group))


def creates_database(group: ChangeGroup) -> bool:
    """Tell whether a group made the database itself; databases of the first release did not log this."""
    return group.reshaped and (group.command or "").partition(" ")[0] in MAKING


def find_in_force_after(group: ChangeGroup, groups: Sequence[ChangeGroup]) -> frozenset[int]:
    """Find the later groups that still count, without those taken back and those that took them back."""
    later = {other.id for other in groups if other.id > group.id}
    pairs = {pair for pair in find_undone(groups).items() if later.issuperset(pair)}
    return frozenset(later.difference(*pairs)) if pairs else frozenset(later)


def merge_changes(changes: Iterable[Change]) -> list[Change]:
    """Merge changes into one for each row, in the order in which they began; none that end as they were."""
    rows: dict[tuple[str, Key], Change] = {}
    for change in changes:
        place = (change.table, change.key)
        known = rows.get(place)
        rows[place] = known._replace(after=change.after) if known else change
    return [row for row in rows.values() if row.before != row.after or not row.is_readable]


def is_as_logged(value: Any, logged: Any) -> bool:
    """Tell whether a value is the one that was logged; an older line of the log has 15 digits of a number."""
    if value == logged:
        return True
    return isinstance(value, float) and isinstance(logged, float) and float(f"{value:.{DIGITS}g}") == logged
