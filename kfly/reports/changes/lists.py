"""Changes of the plan's lists, in words: who leads and answers for a task, what somebody is also called."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kfly.locale import _
from kfly.plan.changes import Change
from kfly.plan.tables import LISTS
from kfly.reports.changes.names import Names


class Renamed:
    """The organisations that one group renamed. What only follows their new names is counted, not told."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.names: Mapping[Any, Any] = {
            c.before["name"]: c.after["name"]
            for c in changes
            if c.table == "organisations" and c.before and c.after and c.before["name"] != c.after["name"]
        }
        self.followers = 0

    def now(self, name: Any) -> Any:
        """Return what an organisation of this name is called now."""
        return self.names.get(name, name)

    def told(self, change: Change) -> list[tuple[str, Any, Any]]:
        """Return the columns that differ, before and after, but for those that follow a new name."""
        differing = find_differences(change)
        told = [(column, was, now) for column, was, now in differing if self.names.get(was, was) != now]
        self.followers += bool(differing) and not told
        return told


class Lists:
    """The lists that one group changed."""

    def __init__(self, changes: Sequence[Change], names: Names, renamed: Renamed) -> None:
        self.names, self.renamed = names, renamed
        self.members: dict[tuple[Any, ...], tuple[list[str], list[str]]] = {}
        for change in changes:
            if change.table in LISTS:
                for side, row in enumerate((change.before, change.after)):
                    if row:
                        called = self._member(change.table, row)
                        self.members.setdefault(self._list(change.table, row), ([], []))[side].append(called)

    def _member(self, table: str, row: Mapping[str, Any]) -> str:
        """Return what a row puts on its list: an organisation by its name, or a word as it stands."""
        member = str(row[LISTS[table].member])
        if LISTS[table].member in ("alias", "word"):
            return member  # also an alias that is somebody's former name
        return self.names.organisation(str(self.renamed.now(member)))

    def owner(self, change: Change) -> str:
        """Name the thing that has the list."""
        row = change.after or change.before or {}
        members = LISTS[change.table]
        return self.names.thing(members.of, [self.renamed.now(row[column]) for column in members.owner])

    def told(self, change: Change) -> Iterator[str]:
        """Yield all that was done to the list of a change: the same line at each change of it."""
        row = change.after or change.before or {}
        before, after = self.members[self._list(change.table, row)]
        if signs := _signs(before, after):
            heading = _(LISTS[change.table].labels.get(row.get("role", ""), ""))
            yield _("{title}: {label} {changes}", title=self.owner(change), label=heading, changes=signs)
        elif self.renamed.told(change):
            yield _("{noun}: listed in another order", noun=self.names.noun(change.table))

    def _list(self, table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the key of the list that a row belongs to."""
        columns = (*LISTS[table].owner, "role")
        return (table, *(self.renamed.now(row.get(column)) for column in columns))


def find_differences(change: Change) -> list[tuple[str, Any, Any]]:
    """Return the columns that differ, with their values."""
    before, after = change.before or {}, change.after or {}
    values = ((name, before.get(name), after.get(name)) for name in change.columns)
    return [(name, was, now) for name, was, now in values if was != now]


def _signs(before: list[str], after: list[str]) -> str:
    """Write what a list has gained and lost: + 甲, − 乙."""
    gained, lost = list(after), list(before)
    for name in before:
        if name in gained:
            gained.remove(name)
            lost.remove(name)
    return _(", ").join([*(f"+ {name}" for name in gained), *(f"− {name}" for name in lost)])
