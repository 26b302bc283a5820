"""``overdue``: the supervision report in the terminal, by colour, the worst first."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _
from kfly.plan.model import Plan
from kfly.progress.supervision import Supervision
from kfly.reports import words
from kfly.reports.supervision import (
    Reported,
    Section,
    make_target_sections,
    make_task_sections,
    write_counts,
)
from kfly.reports.tasks import MIDDLING, WIDE


def render(found: Supervision, plan: Plan, day: date, unsent: Sequence[str] = ()) -> None:
    """Print the supervision report; ``unsent`` are the returns that are missing, in words."""
    show(
        text(_("Supervision as of {day}: {counts}", day=day.isoformat(), counts=write_counts(found)), "bold")
    )
    if not found.has_any and not unsent:
        show(_("Nothing to report."))
    screen = measure_width()
    if found.rows:
        _show_tasks(make_task_sections(found, plan), screen)
    if found.targets:
        _show_targets(make_target_sections(found, plan), screen)
    if unsent:
        show("", text(_("Returns that are missing ({n})", n=len(unsent)), "bold red"), *unsent)


def _show_tasks(sections: list[Section], screen: int) -> None:
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
        (_write_heading(section), [_cells(entry, section, screen) for entry in section.entries])
        for section in sections
    ]
    show("", make_table(columns, sections=parts, spaced=True))


def _write_heading(section: Section) -> Text:
    return text(section.heading, f"bold {words.colour(section.light)}")


def _show_targets(sections: list[Section], screen: int) -> None:
    columns = [
        Column(_("Target"), narrowest=24),
        Column(_("Lead"), narrowest=8),
        *([Column(_("Responsible"), narrowest=12)] if screen >= MIDDLING else []),
        Column(_("Actual / goal"), narrowest=10),
        Column(_("Expected"), justify="right"),
        *([Column(_("Light"))] if screen >= MIDDLING else []),  # the headings of the sections tell it too
        *([Column(_("Forecast"), narrowest=16)] if screen >= WIDE else []),
    ]
    parts = [
        (_write_heading(section), [_target_cells(entry, screen) for entry in section.entries])
        for section in sections
    ]
    show("", make_table(columns, sections=parts, spaced=True))


def _target_cells(entry: Reported, screen: int) -> list[str | Text]:
    below = [
        *(entry.missing if screen < WIDE else ()),
        *([_("Responsible: {names}", names=entry.responsible)] if screen < MIDDLING else []),
    ]
    return [
        "\n".join([entry.title, *below]),
        entry.lead,
        *([entry.responsible] if screen >= MIDDLING else []),
        entry.figures,
        entry.expected or "—",
        *([text(entry.light_words, words.colour(entry.light))] if screen >= MIDDLING else []),
        *(["\n".join(entry.missing)] if screen >= WIDE else []),
    ]


def _cells(entry: Reported, section: Section, screen: int) -> list[str | Text]:
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
        words.due(entry.due),
        text(
            days, words.colour(entry.light) if entry.light != section.light or entry.light != "blue" else ""
        ),
        *(["\n".join(entry.missing), entry.note] if screen >= WIDE else []),
    ]
