"""Descriptions of what a group of the log did: some changes one by one, the others summed up.

Only the reports know how a change is put into words; a command hands that in as :class:`ChangeWords`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from kfly.plan.changes import Change, ChangeGroup, Key, LoggedRow, TableTally, tally_changes
from kfly.plan.kinds import Kind
from kfly.plan.model import Plan, Task
from kfly.plan.tables import LISTS, THINGS, find_owner_tables
from kfly.services.session import Desk
from kfly.store.log import reading as log
from kfly.store.log.tallies import count_changes
from kfly.store.plan import reading as plan_rows

MOST = 20  # rows of a group that are described each; beyond, tables with more than FEW changes are summed up
FEW = 3


class ChangeWords(Protocol):
    """How changes are said, with the names that things have in an open database."""

    def describe(
        self, changes: Iterable[Change], *, whole: bool = False, before: Plan | None = None
    ) -> list[str]:
        """Say what some changes of one group did, a line each; ``before`` is the plan that they revised."""

    def sum_up(self, tally: TableTally) -> str:
        """Say how many rows of a table were added, changed, removed."""

    def summary(self, group: ChangeGroup) -> str:
        """Say when a group was made, by whom and with what."""

    def noun(self, table: str) -> str:
        """Say what one row of a table is."""

    def called(self, table: str, key: Key, row: LoggedRow) -> str:
        """Say what a row is called."""

    def thing(self, table: str, values: Sequence[Any]) -> str:
        """Say what a thing of the plan is called, by the values that name it."""


MakeWords = Callable[
    [
        Mapping[str, Kind],
        Plan,
        Callable[[str, int], str | None],
        Mapping[int, Sequence[tuple[str, LoggedRow]]],
    ],
    ChangeWords,
]


def words_for(desk: Desk, make: MakeWords) -> ChangeWords:
    """Make the words for an open database: its kinds, its plan, the titles of its records."""

    def title(kind: str, record: int) -> str | None:
        return desk.registry.titles.title(kind, record)

    return make(desk.registry.kinds, desk.plan, title, plan_rows.find_metric_uses(desk.db))


def describe_group(desk: Desk, group: ChangeGroup, words: ChangeWords) -> tuple[list[str], bool]:
    """Say what a group did, and whether large parts of it were only summed up."""
    if group.last - group.first < MOST:
        return words.describe(log.read_changes(desk.db, group.first, group.last)), False
    lines: list[str] = []
    small: list[Change] = []
    tallies = count_changes(desk.db, group)
    tables = {tally.table for tally in tallies}
    for tally in tallies:
        if tables.intersection(find_owner_tables(tally.table)):
            left = _of_others(desk, group, tally.table)
            if len({owner for owner, _change in left}) <= FEW:
                small += [change for _owner, change in left]
            else:
                lines.append(words.sum_up(tally_changes(tally.table, (change for _owner, change in left))))
        elif tally.rows <= FEW:
            small += log.read_changes(desk.db, group.first, group.last, tally.table)
        else:
            lines.append(words.sum_up(tally))
    return [*words.describe(small), *lines], True


def _of_others(desk: Desk, group: ChangeGroup, table: str) -> list[tuple[tuple[Any, ...], Change]]:
    """Find the changes of lists, with what owns the lists; owners that came or went are described without."""
    if table not in LISTS:
        return []
    members = LISTS[table]
    gone = {
        _values(change, THINGS[members.of].named_by)
        for change in log.read_changes(desk.db, group.first, group.last, members.of)
        if not (change.before and change.after)
    }
    own = log.read_changes(desk.db, group.first, group.last, table)
    found = [(_values(change, members.owner), change) for change in own]
    return [(owner, change) for owner, change in found if owner not in gone]


def _values(change: Change, columns: tuple[str, ...]) -> tuple[Any, ...]:
    row = change.after or change.before or {}
    return tuple(row.get(name) for name in columns)


def describe_plan_changes(desk: Desk, task: Task, make: MakeWords) -> Iterator[tuple[ChangeGroup, list[str]]]:
    """Say what was changed of a task's row in the plan, and of its needs, since it came into the plan."""
    found: dict[int, list[Change]] = {}
    for change in log.read_plan_changes_of_task(desk.db, task.year, task.number):
        found.setdefault(change.group, []).append(change)
    if not found:
        return
    words = words_for(desk, make)
    by_number = {group.id: group for group in log.read_groups(desk.db)}
    for number, changes in found.items():
        lines = words.describe(changes)
        added = any(change.table == "tasks" and change.before is None for change in changes)
        if lines and not added and number in by_number:
            yield by_number[number], lines
