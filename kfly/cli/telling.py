"""What a group of the log did, in words, with the names that things have in an open database."""

from collections.abc import Iterator
from typing import Any

from kfly.cli.session import Desk
from kfly.plan.changes import Change, Group, tallied
from kfly.plan.model import Task
from kfly.reports.changes.names import Names
from kfly.reports.changes.telling import described, summed_up
from kfly.reports.changes.words import LISTS, THINGS, owners
from kfly.reports.log import by, local_time
from kfly.reports.timeline import PlanChange
from kfly.store.log import reading as rows
from kfly.store.plan import reading as plan_rows

MOST = 20  # rows of one group that are told each; beyond, tables of which more than FEW changed are summed up
FEW = 3


def told(desk: Desk, group: Group, names: Names) -> tuple[list[str], bool]:
    """What a group did, in words; large parts of a large one are summed up, and whether any was."""
    if group.last - group.first < MOST:
        return described(rows.changes(desk.db, group.first, group.last), names), False
    lines: list[str] = []
    small: list[Change] = []
    tallies = rows.tallies(desk.db, group)
    tables = {tally.table for tally in tallies}
    for tally in tallies:
        if tables.intersection(owners(tally.table)):
            left = _of_others(desk, group, tally.table)
            if len({owner for owner, _change in left}) <= FEW:
                small += [change for _owner, change in left]
            else:
                lines.append(summed_up(tallied(tally.table, (change for _owner, change in left)), names))
        elif tally.rows <= FEW:
            small += rows.changes(desk.db, group.first, group.last, tally.table)
        else:
            lines.append(summed_up(tally, names))
    return [*described(small, names), *lines], True


def _of_others(desk: Desk, group: Group, table: str) -> list[tuple[tuple[Any, ...], Change]]:
    """The changes of lists, with what has them; not those of what came or went, which is told as such."""
    if table not in LISTS:
        return []
    members = LISTS[table]
    gone = {
        _values(change, THINGS[members.of].named_by)
        for change in rows.changes(desk.db, group.first, group.last, members.of)
        if not (change.before and change.after)
    }
    own = rows.changes(desk.db, group.first, group.last, table)
    found = [(_values(change, members.owner), change) for change in own]
    return [(owner, change) for owner, change in found if owner not in gone]


def _values(change: Change, columns: tuple[str, ...]) -> tuple[Any, ...]:
    row = change.after or change.before or {}
    return tuple(row.get(name) for name in columns)


def plan_changes(desk: Desk, task: Task) -> Iterator[PlanChange]:
    """What was changed of a task's row in the plan, and of its needs, since it came into the plan."""
    found: dict[int, list[Change]] = {}
    for change in rows.changes_of_plan(desk.db, task.year, task.number):
        found.setdefault(change.group, []).append(change)
    if not found:
        return
    names = names_of(desk)
    by_number = {group.id: group for group in rows.groups(desk.db)}
    for number, changes in found.items():
        group = by_number[number]
        lines = described(changes, names)
        if lines and not any(change.table == "tasks" and change.before is None for change in changes):
            yield PlanChange(local_time(group.made_at), by(group), tuple(lines))


def names_of(desk: Desk) -> Names:
    """What things are called in an open database."""

    def title(kind: str, record: int) -> str | None:
        return desk.registry.titles.of(kind).get(record)

    return Names(desk.registry.kinds, desk.plan, title, plan_rows.metric_uses(desk.db))
