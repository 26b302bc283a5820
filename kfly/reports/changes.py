"""Changes in words, a line each: what was added and removed, and each value before and after."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from kfly.locale import _
from kfly.plan.changes import Change, Row, Tally, net
from kfly.plan.kinds import NOTE, Kind
from kfly.reports.naming import NOTHING, Names
from kfly.reports.plan_words import COUNTING, LISTS, METRICS, ORDER, THINGS
from kfly.reports.records import label


def described(changes: Iterable[Change], names: Names, *, whole: bool = False) -> list[str]:
    """What some changes of one group did, a line each.

    Args:
        changes: in the order in which they were made.
        names: what things are called.
        whole: tell every value of what was added or removed too.
    """
    return list(dict.fromkeys(_Telling(net(changes), names, whole=whole).lines()))


def summed_up(tally: Tally, names: Names) -> str:
    """How many rows of a table were added, changed, removed."""
    counts = [
        text
        for count, text in (
            (tally.added, _("{n} added", n=f"{tally.added:,}")),
            (tally.changed, _("{n} changed", n=f"{tally.changed:,}")),
            (tally.removed, _("{n} removed", n=f"{tally.removed:,}")),
        )
        if count
    ]
    return _("{kind}: {count}", kind=names.noun(tally.table), count=_(", ").join(counts))


class _Telling:
    """The telling of one group, in which one change explains another."""

    def __init__(self, changes: list[Change], names: Names, *, whole: bool) -> None:
        self.changes, self.names, self.whole = changes, names, whole
        self.renamed = {
            c.before["name"]: c.after["name"]
            for c in changes
            if c.table == "organisations" and c.before and c.after and c.before["name"] != c.after["name"]
        }
        self.followers = 0  # rows that changed only because of a new name
        self.reasons = {
            (c.after["kind"], c.after["record"]): c.after["reason"]
            for c in changes
            if c.table == "removals" and c.after
        }
        self.signed = {c.key: c.after or c.before or {} for c in changes if c.table == "sign_offs"}
        # What is new or gone is told as such: not also its lists, and how it is counted.
        self.come_or_gone = {self._called(c) for c in changes if not (c.before and c.after)}

    def lines(self) -> Iterator[str]:
        """All lines, and in the end what the others explain."""
        for change in self.changes:
            if kind := self.names.kinds.get(change.table):
                yield from self._record(kind, change)
            elif change.table in LISTS:
                yield from self._list(change)
            elif change.table in METRICS:
                yield from self._metric(change)
            elif change.table == "sign_offs":
                yield self._sign_off(change)
            elif change.table == "evidence":
                yield self._evidence(change)
            elif change.table != "removals":
                yield from self._thing(change)
        if self.followers:
            yield _("{n} other entries follow the new name", n=f"{self.followers:,}")

    def _called(self, change: Change) -> str:
        return self.names.called(change.table, change.key, change.after or change.before or {})

    def _record(self, kind: Kind, change: Change) -> Iterator[str]:
        title = self._called(change)
        if change.before is None:
            yield _("{title}: added (#{id})", title=title, id=change.key)
        elif change.after is None:
            reason = self.reasons.get((kind.name, change.key))
            yield (
                _("{title}: removed (#{id}): {reason}", title=title, id=change.key, reason=reason)
                if reason
                else _("{title}: removed (#{id})", title=title, id=change.key)
            )
        if self.whole or (change.before and change.after):
            fields = {field.name: field for field in (*kind.fields, NOTE)}
            for column, was, now in self._values(change):
                if column != "id" or column in fields:
                    field = fields.get(column)
                    heading = label(field) if field else column
                    before, after = (self.names.value(field, value) for value in (was, now))
                    yield _told(title, heading, before, after)

    def _values(self, change: Change) -> Iterator[tuple[str, Any, Any]]:
        """The columns that differ, before and after; not those that only follow a new name."""
        differing = list(_before_and_after(change))
        told = [values for values in differing if not self._follows(values[1], values[2])]
        self.followers += bool(differing) and not told
        yield from told

    def _follows(self, was: Any, now: Any) -> bool:
        return isinstance(was, str) and was in self.renamed and self.renamed[was] == now

    def _thing(self, change: Change) -> Iterator[str]:
        title, known = self._called(change), THINGS.get(change.table)
        if not (change.before and change.after):
            yield _added_or_removed(title, change)
            if not self.whole:
                return
        was_called = self.names.called(change.table, change.key, change.before or change.after or {})
        values = _before_and_after(change) if known else self._values(change)
        for column, was, now in values:
            if known is None:
                yield _told(title, column, *(NOTHING if v is None else str(v) for v in (was, now)))
            elif column in (ORDER, COUNTING):
                if change.before and change.after:
                    yield self._moved(change) if column == ORDER else _counted(title)
            else:
                heading = _(known.labels[column]) if column in known.labels else column
                yield _told(was_called, heading, *(self.names.thing_value(column, v) for v in (was, now)))

    def _list(self, change: Change) -> Iterator[str]:
        """All that was done to one list, told at each of its changes: the same line, which is kept once."""
        members = LISTS[change.table]
        row = change.after or change.before or {}
        owner = self.names.thing(members.of, [self._now(row[column]) for column in members.owner])
        if owner in self.come_or_gone and not self.whole:
            return
        before, after = self._members(change.table, row)
        if signs := _signs(before, after):
            heading = _(members.labels.get(row.get("role", ""), members.member))
            yield _("{title}: {label} {changes}", title=owner, label=heading, changes=signs)
        elif set(before) == set(after) and change.columns != ():
            if change.before and change.after and not list(self._values(change)):
                return
            yield self._moved(change)

    def _moved(self, change: Change) -> str:
        return _("{noun}: listed in another order", noun=self.names.noun(change.table))

    def _now(self, name: Any) -> Any:
        return self.renamed.get(name, name) if isinstance(name, str) else name

    def _members(self, table: str, row: Row) -> tuple[list[str], list[str]]:
        """The members that the changed places of a list had, and those that they have."""
        members = LISTS[table]
        columns = (*members.owner, *({"role"} & row.keys()))
        place = [self._now(row[column]) for column in columns]
        before: list[str] = []
        after: list[str] = []
        for change in self.changes:
            for side, found in ((change.before, before), (change.after, after)):
                if change.table == table and side and [self._now(side[c]) for c in columns] == place:
                    found.append(self.names.organisation(str(self._now(side[members.member]))))
        return before, after

    def _metric(self, change: Change) -> Iterator[str]:
        row = change.after or change.before or {}
        if change.before and change.after and not list(self._values(change)):
            return
        for table, user in self.names.counted.get(int(row[METRICS[change.table]]), ()):
            title = self.names.called(table, "", user)
            if title not in self.come_or_gone:
                yield _counted(title)

    def _sign_off(self, change: Change) -> str:
        row: Mapping[str, Any] = change.after or change.before or {}
        title, day = self._called(change), row["signed_on"]
        if change.after is None:
            return _("{title}: the sign-off of {day} removed", title=title, day=day)
        forced = _(" (forced: its needs were not met)") if row["forced"] else ""
        if change.before is None:
            note = _("{note}: {text}", note=_("; note"), text=row["note"]) if row["note"] else ""
            return _(
                "{title}: signed off on {day}{forced}{note}", title=title, day=day, forced=forced, note=note
            )
        if row["reopened_at"] and not change.before["reopened_at"]:
            reason = row["reopen_reason"]
            return _(
                "{title}: the sign-off of {day} taken back: {reason}", title=title, day=day, reason=reason
            )
        if change.before["reopened_at"] and not row["reopened_at"]:
            return _("{title}: the sign-off of {day} holds again", title=title, day=day)
        return _("{title}: the sign-off of {day} changed", title=title, day=day)

    def _evidence(self, change: Change) -> str:
        row = change.after or change.before or {}
        sign_off = self.signed.get(row["sign_off"])
        title = (
            self.names.called("sign_offs", "", sign_off)
            if sign_off
            else self.names.called("sign_offs", f"#{row['sign_off']}", {})
        )
        sign = "±" if change.before and change.after else "+" if change.after else "−"
        return _(
            "{title}: {label} {changes}", title=title, label=_("evidence"), changes=f"{sign} {row['path']}"
        )


def _before_and_after(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """The columns that differ, with their values."""
    for name in change.columns:
        was, now = ((row or {}).get(name) for row in (change.before, change.after))
        if was != now:
            yield name, was, now


def local_time(made_at: str) -> datetime:
    """A moment of the log, which keeps UTC, where the program runs."""
    return datetime.fromisoformat(made_at).astimezone()


def _told(title: str, heading: str, before: str, after: str) -> str:
    return _("{title}: {label} {before} → {after}", title=title, label=heading, before=before, after=after)


def _counted(title: str) -> str:
    return _("{title}: counted in another way", title=title)


def _added_or_removed(title: str, change: Change) -> str:
    return _("{title}: added", title=title) if change.after else _("{title}: removed", title=title)


def _signs(before: list[str], after: list[str]) -> str:
    """What a list has gained and lost: + 甲, − 乙."""
    gained, lost = list(after), list(before)
    for name in before:
        if name in gained:
            gained.remove(name)
            lost.remove(name)
    return _(", ").join([*(f"+ {name}" for name in gained), *(f"− {name}" for name in lost)])
