"""``evidence N``: what is kept for a task, with what it came, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from rich.console import RenderableType

from kfly.console.screen import measure_width, say, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _
from kfly.plan.model import ADDED, SIGN_OFF, Evidence, EvidenceFile, Task

WIDE = 130  # columns of the screen from which on there is room for a SHA-256
UNITS = (("MB", 1_000_000), ("kB", 1_000))


class Written(Protocol):
    """A file that was to be written out; no path where it could not be."""

    @property
    def evidence(self) -> Evidence:
        """What was to be written."""

    @property
    def path(self) -> Path | None:
        """Where it is."""


def document(kept: Sequence[Evidence], written: Sequence[Written] | None = None) -> list[dict[str, Any]]:
    """Return the JSON of each file, and where it was written if files were to be."""
    listed = [_document(one) for one in kept]
    if written is not None:
        for one, own in zip(written, listed, strict=True):
            own["saved_as"] = None if one.path is None else str(one.path)
    return listed


def _document(one: Evidence) -> dict[str, Any]:
    return {
        **file_document(one.file, {one.file.sha256} if one.kept else ()),
        "with": one.came_with,
        "on": one.on.isoformat() if one.on else None,
        "added_at": one.added_at,
        "withdrawn": one.withdrawn,
    }


def file_document(file: EvidenceFile, kept: Collection[str]) -> dict[str, Any]:
    """Return the JSON of one file; ``kept`` has the SHA-256 of those whose bytes are in the database."""
    return {"name": file.name, "size": file.size, "sha256": file.sha256, "kept": file.sha256 in kept}


def render(
    task: Task,
    name: str,
    kept: Sequence[Evidence],
    *,
    added: Sequence[EvidenceFile],
    written: Sequence[Written] | None,
) -> None:
    """Print what was done, or else what is kept.

    Args:
        task: the task.
        name: what it is called.
        kept: all its evidence.
        added: what was added just now.
        written: what was to be written out, if anything was.
    """
    for file in added:
        say(_("Kept for task {number}: {name} ({size})", number=name, name=file.name, size=write_size(file)))
    for one in written or ():
        if one.path is not None:
            say(_("Wrote {path}.", path=one.path))
    if not kept:
        show(
            _(
                "No evidence is kept for task {number}; “kfly evidence {number} --add FILE” adds some.",
                number=name,
            )
        )
    elif not added and written is None:
        title = _("Evidence of task {number} · {title}", number=name, title=task.title.spoken)
        show(text(title, "bold"), "", _table(kept))


def _table(kept: Sequence[Evidence]) -> RenderableType:
    """Make the table; the long SHA-256 stands in it where there is room."""
    digests = measure_width() >= WIDE
    columns = [
        Column(_("File"), narrowest=14),
        Column(_("Size"), justify="right"),
        Column(_("Since")),
        Column(_("Came with"), narrowest=12),
        *([Column("SHA-256")] if digests else []),
    ]
    return make_table(columns, [[*_cells(one), *([one.file.sha256] if digests else [])] for one in kept])


def _cells(one: Evidence) -> list[str]:
    since = datetime.fromisoformat(one.added_at).astimezone().date().isoformat()
    name = one.file.name if one.kept else _("{name} (not kept)", name=one.file.name)
    return [name, write_size(one.file), since, _came_with(one)]


def _came_with(one: Evidence) -> str:
    if one.came_with == ADDED:
        return _("added by itself")
    day = one.on.isoformat() if one.on else ""
    if one.came_with != SIGN_OFF:
        return _("feedback of {day}", day=day)
    return _("sign-off of {day}, taken back", day=day) if one.withdrawn else _("sign-off of {day}", day=day)


def write_size(file: EvidenceFile) -> str:
    """Write the size of a file for people: 12 B, 3.4 kB, 5.6 MB."""
    for unit, size in UNITS:
        if file.size >= size:
            return f"{file.size / size:,.1f} {unit}"
    return f"{file.size} B"
