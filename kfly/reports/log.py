"""``log``: who changed what, when, with which command, and what was there before."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import islice
from math import isinf
from typing import Any, NamedTuple

from rich.text import Text

from kfly.console.screen import Stream, show, text
from kfly.locale import _
from kfly.plan.changes import Change, ChangeGroup, Key, LoggedRow
from kfly.reports.changes.groups import summarise_group

AT_ONCE = 20  # groups that are printed in one go


class LogEntry(NamedTuple):
    """One group as it is shown: what it did, and whether it was taken back."""

    group: ChangeGroup
    undone_by: int | None
    lines: Sequence[str]
    cut: bool = False  # summed up, because it did too much to be told


def document(
    group: ChangeGroup, undone_by: int | None, changes: Iterable[Change], composite: Container[str]
) -> dict[str, Any]:
    """Return the JSON of one group: of changed rows the columns that differ, of others all.

    Args:
        group: the group.
        undone_by: the one that took it back.
        changes: what it did.
        composite: the tables whose keys are of several columns.
    """
    return {
        "group": group.id,
        "made_at": group.made_at,
        "user": group.user,
        "host": group.host,
        "command": group.command,
        "undoes": group.undoes,
        "undone_by": undone_by,
        "reason": group.reason,
        "changes": Stream(change_document(change, composite) for change in changes),
    }


def change_document(change: Change, composite: Container[str]) -> dict[str, Any]:
    """Return the JSON of one change."""
    told = {
        "table": change.table,
        "key": _key(change.key) if change.table in composite else change.key,
        "before": _row(change, change.before),
        "after": _row(change, change.after),
    }
    return told if change.is_readable else {**told, "readable": False}


def _key(key: Key) -> Any:
    try:
        return json.loads(str(key))
    except ValueError:  # of a line that another program has put in
        return key


def _row(change: Change, row: LoggedRow | None) -> Mapping[str, Any] | None:
    return row and {name: _number(row.get(name)) for name in change.columns}


def _number(value: Any) -> Any:
    """Return a value for JSON, which has no number for what is infinite."""
    return str(value) if isinstance(value, float) and isinf(value) else value


def render(entries: Iterable[LogEntry], *, kept: bool) -> None:
    """Print the groups, as they come; ``kept`` says whether the database has a log at all."""
    if not kept:
        show(_("Nothing is logged yet: the log of this database begins with the next change."))
        return
    coming = iter(entries)
    first = batch = list(islice(coming, AT_ONCE))
    cut = False
    while batch:
        show(*(part for entry in batch for part in _parts(entry)))
        cut = cut or any(entry.cut for entry in batch)
        batch = list(islice(coming, AT_ONCE))
    if cut:
        show(
            text(
                _(
                    "Large changes are summed up; “kfly log --json” tells every row,"
                    " “kfly log KIND WHICH” those of one record."
                ),
                "dim",
            )
        )
    if not first:
        show(text(_("Nothing in the log matches.")))


def _parts(entry: LogEntry) -> list[Text]:
    why = [_("reason: {reason}", reason=entry.group.reason)] if entry.group.reason else []
    lines = (text("  " + _one_line(line)) for line in (*why, *entry.lines))
    return [text(_one_line(write_heading(entry)), "bold"), *lines, Text()]


def write_heading(entry: LogEntry) -> str:
    """Write a group's number, when, who, the command, what it takes back, and what took it back."""
    group = entry.group
    parts = [f"#{group.id}", summarise_group(group)]
    if group.undoes is not None:
        parts.append(_("takes back #{number}", number=group.undoes))
    if entry.undone_by is not None:
        parts.append(_("taken back by #{number}", number=entry.undone_by))
    return " · ".join(parts)


def _one_line(line: str) -> str:
    return line.replace("\n", "\\n")
