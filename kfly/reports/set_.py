"""``set KIND --where``: what changes in many records, or has changed."""

from collections.abc import Mapping, Sequence

from kfly.console.screen import say
from kfly.locale import _
from kfly.plan.kinds import Kind, Value
from kfly.reports.records import tell_changes

MOST_EXAMPLES = 5  # records whose changes are told
MOST_NAMED = 20  # others that are named

Changed = Sequence[tuple[str, Mapping[str, tuple[Value, Value]]]]  # titles, and fields before and after


def tell_preview(kind: Kind, found: int, changes: Changed) -> list[str]:
    """Say how many records would change, how some of them would, and which else."""
    number = _(
        "{kind}: {found} found, {changed} to change:",
        kind=kind.label.spoken,
        found=found,
        changed=len(changes),
    )
    return [number, *_tell_which(kind, changes)]


def render(kind: Kind, found: int, changes: Changed, *, shown: bool) -> None:
    """Print how many records have changed; and which, where that was not ``shown`` before."""
    if not changes:
        say(_("{kind}: {found} found, nothing to change.", kind=kind.label.spoken, found=found))
        return
    number = _(
        "{kind}: {found} found, {changed} changed.",
        kind=kind.label.spoken,
        found=found,
        changed=len(changes),
    )
    say(number, *([] if shown else _tell_which(kind, changes)))


def _tell_which(kind: Kind, changes: Changed) -> list[str]:
    """Tell the changes of the first records, and name the next."""
    lines = [
        f"  {line}" for title, fields in changes[:MOST_EXAMPLES] for line in tell_changes(kind, title, fields)
    ]
    others = [title for title, _fields in changes[MOST_EXAMPLES:]]
    if others:
        more = len(others) - MOST_NAMED
        named = others[:MOST_NAMED] + ([_("and {n} more", n=more)] if more > 0 else [])
        lines.append("  " + _("Likewise: {records}", records=_(", ").join(named)))
    return lines
