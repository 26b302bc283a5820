"""Progress notes (反馈): on one line for people, and for programs."""

from typing import Any

from kfly.locale import _
from kfly.plan.model import ProgressNote


def note_told(note: ProgressNote, names: dict[str, str]) -> str:
    """A progress note on one line: when, by whom, what, how far."""
    who = names.get(note.organisation, note.organisation) if note.organisation else ""
    percent = "" if note.percent is None else _(" ({percent}%)", percent=note.percent)
    head = " ".join(filter(None, (note.on.isoformat(), who)))
    return _("{head}: {text}{percent}", head=head, text=note.text, percent=percent)


def note_document(note: ProgressNote | None, names: dict[str, str]) -> dict[str, Any] | None:
    """A progress note for programs."""
    if note is None:
        return None
    return {
        "on": note.on.isoformat(),
        "text": note.text,
        "percent": note.percent,
        "organisation": names.get(note.organisation, note.organisation) if note.organisation else None,
    }
