"""Changes of what people say of tasks, in words: feedback, sign-offs, their evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kfly.locale import _
from kfly.plan.changes import Change, Key, LoggedRow
from kfly.plan.model import EvidenceFile, ProgressNote
from kfly.plan.organisations import name_organisations
from kfly.reports.changes.names import Names
from kfly.reports.progress_notes import write_note


def tell_sign_off(change: Change, names: Names) -> str:
    """Say what became of a sign-off: given, taken back, in force again."""
    row: Mapping[str, Any] = change.after or change.before or {}
    before = change.before or {}
    title = names.called("sign_offs", change.key, dict(row))
    if row.get("stage") is not None:
        title = _("{task}, stage {stage}", task=title, stage=row["stage"])
    words = {"title": title, "day": row["signed_on"]}
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


def tell_note(change: Change, names: Names) -> str:
    """Say what became of a progress note: added, removed, changed."""
    row: Mapping[str, Any] = change.after or change.before or {}
    words = {"title": names.called("progress_notes", change.key, dict(row))}
    told = _note(row, names)
    if change.before is None:
        return _("{title}: feedback {note}", **words, note=told)
    if change.after is None:
        return _("{title}: feedback removed: {note}", **words, note=told)
    before = _note(change.before, names)
    return _("{title}: feedback changed: {before} → {after}", **words, before=before, after=told)


def _note(row: Mapping[str, Any], names: Names) -> str:
    day = date.fromisoformat(row["noted_on"])
    note = ProgressNote(
        year=row["year"],
        number=row["task"],
        on=day,
        text=row["text"],
        percent=row["percent"],
        organisation=row["organisation"],
    )
    return write_note(note, name_organisations(names.plan))


def tell_evidence(change: Change, names: Names, signed: Mapping[Key, LoggedRow]) -> str:
    """Say which file was added to a sign-off or a task, or removed from it.

    Args:
        change: of a row of evidence.
        names: what things are called.
        signed: the sign-offs that were changed with it.
    """
    row = change.after or change.before or {}
    file = EvidenceFile(row.get("path") or row.get("name", ""), row["size"], row["sha256"])
    sign_off = row.get("sign_off")
    if sign_off is None:
        title = names.called(change.table, change.key, row)
    else:
        title = names.called("sign_offs", f"#{sign_off}", signed.get(sign_off, {}))
    sign = "±" if change.before and change.after else "+" if change.after else "−"
    words = {"title": title, "label": _("evidence"), "changes": f"{sign} {file.name}"}
    return _("{title}: {label} {changes}", **words)
