"""Progress notes (反馈): on one line for people, and for programs."""

from typing import Any

from kfly.locale import _
from kfly.plan.model import ProgressNote


def write_note(note: ProgressNote, names: dict[str, str], *, day: bool = True) -> str:
    """Write a note on one line: when (unless that stands beside it already), by whom, what, how far."""
    who = names.get(note.organisation, note.organisation) if note.organisation else ""
    percent = "" if note.percent is None else _(" ({percent}%)", percent=note.percent)
    told = " ".join(note.text.splitlines()) + percent  # one line, whatever breaks its author typed
    head = " ".join(filter(None, (note.on.isoformat() if day else "", who)))
    return _("{head}: {text}", head=head, text=told) if head else told


def note_document(note: ProgressNote | None, names: dict[str, str]) -> dict[str, Any] | None:
    """Return a progress note for programs."""
    if note is None:
        return None
    return {
        "on": note.on.isoformat(),
        "text": note.text,
        "percent": note.percent,
        "organisation": names.get(note.organisation, note.organisation) if note.organisation else None,
    }
