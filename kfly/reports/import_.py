"""``import``: what was done with each file."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from kfly.console.screen import say
from kfly.locale import _


class ImportTally(NamedTuple):
    """How many records a file brought."""

    added: int
    updated: int
    unchanged: int


def document(tallies: Sequence[ImportTally], errors: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the JSON that other programs rely on. A file with faults counts nothing: none of it was kept."""
    totals = [sum(counts) for counts in zip(*tallies, strict=True)] or [0, 0, 0]
    return {**ImportTally(*totals)._asdict(), "errors": errors}


def tell_passed_over(file: str, rows: Sequence[str]) -> list[str]:
    """Name the rows which say themselves that they are no records, on one line, if there are any."""
    listed = _(", ").join(rows)
    return [_("{file}: rows passed over as no records: {rows}.", file=file, rows=listed)] if rows else []


def render(file: str, tally: ImportTally, lines: Sequence[str], *, update: bool, dry_run: bool) -> None:
    """Print what was done with a file, or would be.

    Args:
        file: its name.
        tally: what it brought.
        lines: what was changed in records that were there already, and what was passed over.
        update: whether such changes were asked for.
        dry_run: whether it was only tried.
    """
    counts = [_("{n} added", n=tally.added)]
    if update:
        counts += [_("{n} updated", n=tally.updated), _("{n} unchanged", n=tally.unchanged)]
    brought = _("{file}: {counts}.", file=file, counts=_(", ").join(counts))
    say(*lines, _("{sentence} Only tried; nothing was kept.", sentence=brought) if dry_run else brought)
