"""Changes in words, a line each: what was added and removed, and each value before and after."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from kfly.locale import N_, _
from kfly.plan.changes import Change, ChangeGroup, TableTally, merge_changes
from kfly.plan.kinds import NOTE, Kind
from kfly.plan.model import Plan
from kfly.plan.tables import COUNTING, LISTS, METRICS, POSITION_COLUMN, THINGS, ThingTable
from kfly.reports.changes.acceptances import tell_acceptance
from kfly.reports.changes.course import tell_decision
from kfly.reports.changes.groups import summarise_group
from kfly.reports.changes.lists import Lists, Renamed, find_differences
from kfly.reports.changes.measured import say_counted_otherwise, tell_counting, write_metric
from kfly.reports.changes.names import NOTHING, Names
from kfly.reports.changes.notices import tell_notice
from kfly.reports.changes.promises import find_metric, tell_promise
from kfly.reports.changes.returns import tell_nil_return
from kfly.reports.changes.sign_offs import tell_evidence, tell_note, tell_sign_off
from kfly.reports.records import write_label


class Words(Names):
    """How changes are said: the names of things, and sentences about what became of them."""

    def describe(
        self, changes: Iterable[Change], *, whole: bool = False, before: Plan | None = None
    ) -> list[str]:
        """Say what some changes of one group did, a line each.

        Args:
            changes: in the order in which they were made.
            whole: tell every value of what was added or removed too.
            before: the plan that they revised: what is new is told with what it promises, and how things
                were counted.
        """
        return list(dict.fromkeys(_Telling(merge_changes(changes), self, whole=whole, before=before).lines()))

    def sum_up(self, tally: TableTally) -> str:
        """Say how many rows of a table were added, changed, removed."""
        counts = [
            text
            for count, text in (
                (tally.added, _("{n} added", n=f"{tally.added:,}")),
                (tally.changed, _("{n} changed", n=f"{tally.changed:,}")),
                (tally.removed, _("{n} removed", n=f"{tally.removed:,}")),
            )
            if count
        ]
        return _("{noun}: {counts}", noun=self.noun(tally.table), counts=_(", ").join(counts))

    def summary(self, group: ChangeGroup) -> str:
        """Say when a group was made, by whom and with what."""
        return summarise_group(group)


# The tables of what belongs to a thing and is told behind it, with the columns that name the thing.
PARTS = {
    "tasks": (("task_needs", ("year", "task")), ("need_town_goals", ("year", "task"))),
    "targets": tuple(
        (table, ("target",)) for table in ("quotas", "period_goals", "town_goals", "town_baselines")
    ),
}

# Tables of what happened, whose changes are told by themselves.
_TELLERS: Mapping[str, Callable[[Change, Names], str]] = {
    "sign_offs": tell_sign_off,
    "progress_notes": tell_note,
    "task_events": tell_decision,
    "notices": tell_notice,
    "returned": tell_nil_return,
    "accepted_findings": tell_acceptance,
}


class _Telling:
    """The telling of one group, in which one change explains another."""

    def __init__(self, changes: list[Change], names: Names, *, whole: bool, before: Plan | None) -> None:
        self.changes, self.names, self.whole, self.before = changes, names, whole, before
        readable = [change for change in changes if change.is_readable]
        self.renamed = Renamed(readable)
        self.lists = Lists(readable, names, self.renamed)
        removals = [c.after for c in changes if c.table == "removals" and c.after]
        self.reasons = {(row["kind"], row["record"]): row["reason"] for row in removals}
        self.signed = {c.key: c.after or c.before or {} for c in readable if c.table == "sign_offs"}
        self.new_metrics = {c.key for c in changes if c.table == "metrics" and not (c.before and c.after)}
        # What is new or gone is told as such: not also its lists, and how it is counted.
        self.come_or_gone = {
            self._called(c) for c in changes if c.table in THINGS and not (c.before and c.after)
        }

    def lines(self) -> Iterator[str]:
        """Yield all lines, and last how many changes only follow a new name."""
        for change in self.changes:
            yield from self._told(change)
        if self.renamed.followers:
            yield _("Other entries that follow the new name: {n}", n=f"{self.renamed.followers:,}")

    def _told(self, change: Change) -> Iterable[str]:
        if not change.is_readable:
            title = self.names.called(change.table, change.key, {})
            return [_("{title}: changed; the log's line of it cannot be read", title=title)]
        if kind := self.names.kinds.get(change.table):
            return self._record(kind, change)
        if change.table in LISTS:
            told = self.whole or self.lists.owner(change) not in self.come_or_gone
            return self.lists.told(change) if told else ()
        if change.table in METRICS:
            return self._metric(change)
        if known := THINGS.get(change.table):
            return self._thing(known, change)
        return self._other(change)

    def _other(self, change: Change) -> Iterable[str]:
        if tell := _TELLERS.get(change.table):
            return [tell(change, self.names)]
        if change.table in ("evidence", "task_evidence"):
            return [tell_evidence(change, self.names, self.signed)]
        return () if change.table == "removals" else self._stranger(change)

    def _called(self, change: Change) -> str:
        return self.names.called(change.table, change.key, change.after or change.before or {})

    def _record(self, kind: Kind, change: Change) -> Iterator[str]:
        title = self._called(change)
        words = {"title": title, "id": change.key, "reason": self.reasons.get((kind.name, change.key))}
        if change.before is None:
            yield _("{title}: added (#{id})", **words)
        elif change.after is None:
            message = (
                N_("{title}: removed (#{id}): {reason}")
                if words["reason"]
                else N_("{title}: removed (#{id})")
            )
            yield _(message, **words)
        if self.whole or (change.before and change.after):
            fields = {field.name: field for field in (*kind.fields, NOTE)}
            for column, *values in self.renamed.told(change):
                field = fields.get(column)
                if field or column != "id":
                    before, after = (self.names.value(field, value) for value in values)
                    yield _arrow(title, write_label(field) if field else column, before, after)

    def _thing(self, known: ThingTable, change: Change) -> Iterator[str]:
        """Tell a change of a thing of the plan (a target, a task), under the name that it had."""
        changed = change.before and change.after
        title = self.names.called(change.table, change.key, change.before or change.after or {})
        if not changed:
            yield self._promise(title, change) or _added_or_removed(title, change)
            yield from self._parts(change)
        for column, *values in find_differences(change) if self.whole or changed else ():
            if column in known.labels and (changed or column not in known.named_by):
                before, after = (self.names.thing_value(column, value) for value in values)
                yield _arrow(title, _(known.labels[column]), before, after)
            elif column == POSITION_COLUMN and changed:
                yield _("{noun}: listed in another order", noun=self.names.noun(change.table))
            elif column in COUNTING and changed:
                yield self._counting(title, change, column)

    def _promise(self, title: str, change: Change) -> str:
        """Tell what something new promises, where a plan is revised."""
        if self.before is None or self.whole or change.after is None:
            return ""
        told = tell_promise(change.table, change.after, self.names.plan, self.names.kinds)
        return _("new {title}: {told}", title=title, told=told) if told else ""

    def _parts(self, change: Change) -> Iterator[str]:
        """Tell what is new of something new right behind it: a task's needs, a target's quotas."""
        if self.before is None or change.after is None or change.table not in PARTS:
            return
        owner = [change.after[name] for name in THINGS[change.table].named_by]
        for table, columns in PARTS[change.table]:
            for other in self.changes:
                its = other.after if other.table == table and other.before is None else None
                if its and [its[name] for name in columns] == owner:
                    yield from self._thing(THINGS[table], other)

    def _counting(self, title: str, change: Change, column: str) -> str:
        """Tell how something is counted now, and was before; or what it is divided by."""
        if self.before is not None and change.before and change.after:
            was = find_metric(change.table, change.before, self.before, column)
            now = find_metric(change.table, change.after, self.names.plan, column)
            if was and now:
                return tell_counting(title, was, now, self.names.kinds)
            if column != COUNTING[0]:
                one, other = ((m and write_metric(m, self.names.kinds)) or NOTHING for m in (was, now))
                return _arrow(title, _("divided by"), one, other)
        return say_counted_otherwise(title)

    def _metric(self, change: Change) -> Iterator[str]:
        """Tell how something is counted: of each target and need for which it is counted so."""
        row = change.after or change.before or {}
        number = int(row[METRICS[change.table]])
        if number not in self.new_metrics and self.renamed.told(change):
            for table, user in self.names.counted.get(number, ()):
                title = self.names.called(table, "", user)
                if title not in self.come_or_gone:
                    yield say_counted_otherwise(title)

    def _stranger(self, change: Change) -> Iterator[str]:
        """Tell a change of a table that is not kfly's own, in the table's own words."""
        if not (change.before and change.after):
            yield _added_or_removed(self._called(change), change)
            return
        for column, *values in self.renamed.told(change):
            yield _arrow(self._called(change), column, *(NOTHING if v is None else str(v) for v in values))


def _arrow(title: str, heading: str, before: str, after: str) -> str:
    return _("{title}: {label} {before} → {after}", title=title, label=heading, before=before, after=after)


def _added_or_removed(title: str, change: Change) -> str:
    return _("{title}: added", title=title) if change.after else _("{title}: removed", title=title)
