"""``overdue``: the supervision report in the terminal, by colour, the worst first."""

from datetime import date

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _
from kfly.plan.model import Plan
from kfly.progress.supervision import Supervision
from kfly.reports import words
from kfly.reports.supervision import ReportedTask, Section, make_sections, write_counts
from kfly.reports.tasks import MIDDLING, WIDE


def render(found: Supervision, plan: Plan, day: date) -> None:
    """Print the supervision report."""
    show(
        text(_("Supervision as of {day}: {counts}", day=day.isoformat(), counts=write_counts(found)), "bold")
    )
    if not found.rows:
        show(_("Nothing to report."))
        return
    screen = measure_width()
    columns = [
        Column(_("No."), justify="right"),
        Column(_("Task"), narrowest=14),
        Column(_("Lead"), narrowest=8),
        *([Column(_("Responsible"), narrowest=12)] if screen >= MIDDLING else []),
        Column(_("Due")),
        Column(_("Days"), narrowest=8),
        *(
            [Column(_("Missing"), narrowest=16), Column(_("Last feedback"), narrowest=16)]
            if screen >= WIDE
            else []
        ),
    ]
    parts = [
        (text(section.heading, f"bold {words.colour(section.light)}"), _cells_of(section, screen))
        for section in make_sections(found, plan)
    ]
    show("", make_table(columns, sections=parts, spaced=True))


def _cells_of(section: Section, screen: int) -> list[list[str | Text]]:
    return [_cells(entry, section, screen) for entry in section.entries]


def _cells(entry: ReportedTask, section: Section, screen: int) -> list[str | Text]:
    feedback = _("Feedback: {note}", note=entry.note) if entry.note else ""
    responsible = _("Responsible: {names}", names=entry.responsible)
    below = [
        *(entry.missing if screen < WIDE else ()),
        *([feedback] if feedback and screen < WIDE else []),
        *([responsible] if screen < MIDDLING else []),
    ]
    days = entry.days if entry.light == section.light else f"{entry.days}\n{entry.light_words}"
    return [
        entry.number,
        "\n".join([entry.title, *below]),
        entry.lead,
        *([entry.responsible] if screen >= MIDDLING else []),
        entry.due.isoformat(),
        text(
            days, words.colour(entry.light) if entry.light != section.light or entry.light != "blue" else ""
        ),
        *(["\n".join(entry.missing), entry.note] if screen >= WIDE else []),
    ]
