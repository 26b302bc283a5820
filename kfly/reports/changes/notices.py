"""Changes of the supervision notices that were issued, in words."""

from kfly.locale import _
from kfly.plan.changes import Change
from kfly.reports.changes.names import Names
from kfly.reports.notices import write_number


def tell_notice(change: Change, names: Names) -> str:
    """Say that a notice was issued, is no longer one, or was changed by another program."""
    row = change.after or change.before or {}
    told = {
        "notice": write_number(row["year"], row["number"]),
        "organisation": names.organisation(str(row["organisation"])),
    }
    if change.before is None:
        return _("Supervision notice {notice} to {organisation}: issued", **told)
    if change.after is None:
        return _("Supervision notice {notice} to {organisation}: taken back", **told)
    return _("Supervision notice {notice} to {organisation}: changed", **told)
