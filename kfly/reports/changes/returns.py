"""Changes of nil returns, in words."""

from kfly.locale import _
from kfly.plan.changes import Change
from kfly.reports.changes.names import Names


def tell_nil_return(change: Change, names: Names) -> str:
    """Say that a nil return was recorded, taken back, or changed by another program."""
    row = change.after or change.before or {}
    kind = names.kinds.get(row["kind"])
    told = {
        "kind": kind.label.spoken if kind else row["kind"],
        "organisation": names.organisation(str(row["organisation"])),
        "day": row["returned_on"],
    }
    if change.before is None:
        return _("{kind}: nil return of {organisation} on {day}: recorded", **told)
    if change.after is None:
        return _("{kind}: nil return of {organisation} on {day}: taken back", **told)
    return _("{kind}: nil return of {organisation} on {day}: changed", **told)
