"""Changes of sign-offs and their evidence, in words."""

from collections.abc import Mapping
from typing import Any

from kfly.locale import _
from kfly.plan.changes import Change, Key, Row
from kfly.reports.naming import Names


def sign_off_told(change: Change, names: Names) -> str:
    """What became of a sign-off: given, taken back, in force again."""
    row: Mapping[str, Any] = change.after or change.before or {}
    before = change.before or {}
    words = {"title": names.called("sign_offs", change.key, dict(row)), "day": row["signed_on"]}
    if change.after is None:
        return _("{title}: the sign-off of {day} removed", **words)
    if change.before is None:
        forced = _(" (forced: its needs were not met)") if row["forced"] else ""
        note = _(", note: {note}", note=row["note"]) if row["note"] else ""
        return _("{title}: signed off on {day}{forced}{note}", **words, forced=forced, note=note)
    if row["reopened_at"] and not before["reopened_at"]:
        return _("{title}: the sign-off of {day} taken back: {reason}", **words, reason=row["reopen_reason"])
    if before["reopened_at"] and not row["reopened_at"]:
        return _("{title}: the sign-off of {day} holds again", **words)
    return _("{title}: the sign-off of {day} changed", **words)


def evidence_told(change: Change, names: Names, signed: Mapping[Key, Row]) -> str:
    """Which file came to a sign-off, or went.

    Args:
        change: of a row of evidence.
        names: what things are called.
        signed: the sign-offs that were changed with it.
    """
    row = change.after or change.before or {}
    sign_off = row["sign_off"]
    title = names.called("sign_offs", f"#{sign_off}", signed.get(sign_off, {}))
    sign = "±" if change.before and change.after else "+" if change.after else "−"
    words = {"title": title, "label": _("evidence"), "changes": f"{sign} {row['path']}"}
    return _("{title}: {label} {changes}", **words)
