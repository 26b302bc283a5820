"""Changes of what the office has accepted of the findings of ``check``, in words."""

from kfly.locale import _
from kfly.plan.changes import Change
from kfly.plan.tables import THINGS
from kfly.reports.changes.names import Names


def tell_acceptance(change: Change, names: Names) -> str:
    """Say which finding was accepted, and why; or is none that is accepted any more."""
    row = change.after or change.before or {}
    words = {
        "title": _name_subject(row["kind"], row["record"], names),
        "finding": row["finding"],
        "reason": row["reason"],
    }
    if change.before is None:
        return _("{title}: finding {finding} accepted: {reason}", **words)
    if change.after is None:
        return _("{title}: finding {finding} no longer accepted", **words)
    before = change.before["reason"]
    return _("{title}: finding {finding} accepted: {before} → {reason}", **words, before=before)


def _name_subject(kind: str | None, record: str | None, names: Names) -> str:
    """Name what the finding is about: a record, a task, a target, or the file."""
    if kind is None or record is None:
        return names.noun(kind) if kind else _("The file")
    if kind in names.kinds and record.isdecimal():
        return names.called(kind, int(record), {})
    table = f"{kind}s" if f"{kind}s" in THINGS else kind  # task 11, target special_fund
    return f"{names.noun(table)} {record}"
