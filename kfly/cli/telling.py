"""What a group of the log did, in words, with the names that things have in an open database."""

from kfly.cli.session import Desk
from kfly.plan.changes import Change, Group
from kfly.reports.changes import described, summed_up
from kfly.reports.naming import Names
from kfly.reports.plan_words import owners
from kfly.store import log as rows
from kfly.store import plan_rows

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
            continue  # the lists of what is told already
        if tally.rows <= FEW:
            small += rows.changes(desk.db, group.first, group.last, tally.table)
        else:
            lines.append(summed_up(tally, names))
    return [*described(small, names), *lines], True


def names_of(desk: Desk) -> Names:
    """What things are called in an open database."""

    def title(kind: str, record: int) -> str | None:
        return desk.registry.titles.of(kind).get(record)

    return Names(desk.registry.kinds, desk.plan, title, plan_rows.metric_uses(desk.db))
