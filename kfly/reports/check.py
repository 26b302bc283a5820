"""``check``: what was found, errors first, each with the command that puts it right."""

from collections.abc import Sequence

from rich.padding import Padding

from kfly.console.screen import measure_width, show, text, wrap
from kfly.locale import _

INDENT = 2

FindingLine = tuple[str, str, str]  # what it is about, what is wrong, and the command


def render(errors: Sequence[FindingLine], warnings: Sequence[FindingLine]) -> None:
    """Print the findings: a list and no table, so that each command can be copied from a line of its own."""
    for sign, colour, heading, found in (
        ("■", "red", _("Errors"), errors),
        ("▲", "yellow", _("Warnings"), warnings),
    ):
        if found:
            show(text(f"{sign} {heading}", f"bold {colour}"), *map(_listed, found), "")
    if errors or warnings:
        show(_("Errors: {errors}. Warnings: {warnings}.", errors=len(errors), warnings=len(warnings)))
    else:
        show(_("All is well."))


def _listed(line: FindingLine) -> Padding:
    where, wrong, command = line
    told = _("{where}: {message}", where=where, message=wrong.replace("\n", " "))
    lines = text(wrap(told, measure_width() - INDENT) + "\n")
    lines.append(text(wrap("→ " + command.replace("\n", "\\n"), measure_width() - INDENT), "cyan"))
    return Padding(lines, (0, 0, 0, INDENT))
