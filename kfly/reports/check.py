"""``check``: what was found, errors first, each with the command that puts it right."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.padding import Padding

from kfly.console.screen import measure_width, say, show, text, wrap
from kfly.locale import _

INDENT = 2


class FindingLine(NamedTuple):
    """One finding, as people read it."""

    where: str  # what it is about
    wrong: str
    command: str
    finding: str  # its ID


def render(
    errors: Sequence[FindingLine], warnings: Sequence[FindingLine], accepted: int, *, quiet: bool
) -> None:
    """Print the findings: a list and no table, so that each command can be copied from a line of its own.

    Args:
        errors: those that nobody has accepted.
        warnings: likewise.
        accepted: how many others there are, which are only counted.
        quiet: print nothing where there are no others.
    """
    for sign, colour, heading, found in (
        ("■", "red", _("Errors"), errors),
        ("▲", "yellow", _("Warnings"), warnings),
    ):
        if found:
            show(text(f"{sign} {heading}", f"bold {colour}"), *map(_listed, found), "")
    counted = [_("Accepted: {count}.", count=accepted)] if accepted else []
    if errors or warnings:
        hint = _("Right as it is? “kfly check --accept ID --reason TEXT” keeps it out of this list.")
        count = _("Errors: {errors}. Warnings: {warnings}.", errors=len(errors), warnings=len(warnings))
        show(text(wrap(hint, measure_width()), "dim"), *counted, count)
    elif not quiet:
        show(_("All is well."), *counted)


def render_accepted(where: str, wrong: str, reason: str) -> None:
    """Say what was accepted, and why."""
    told = _("{where}: {message}", where=where, message=wrong.replace("\n", " "))
    say(_("Accepted: {told}", told=told), _("Reason: {reason}; “kfly undo” takes it back.", reason=reason))


def _listed(line: FindingLine) -> Padding:
    told = _("{where}: {message}", where=line.where, message=line.wrong.replace("\n", " "))
    lines = text(wrap(f"{told} [{line.finding}]", measure_width() - INDENT) + "\n")
    lines.append(text(wrap("→ " + line.command.replace("\n", "\\n"), measure_width() - INDENT), "cyan"))
    return Padding(lines, (0, 0, 0, INDENT))
