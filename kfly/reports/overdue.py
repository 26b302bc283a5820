"""``overdue``: the supervision report, by colour, the worst first."""

from datetime import date

from rich.text import Text

from kfly.locale import _, language
from kfly.plan.model import Plan
from kfly.plan.organisations import called
from kfly.progress.supervision import Supervision
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.layout import Column, table
from kfly.reports.screen import show, text, width
from kfly.reports.tasks import MIDDLING, listed, need_line, numbered, short_towns, state_cell


def render(found: Supervision, plan: Plan, day: date) -> None:
    """Print the report."""
    show(text(_("Supervision as of {day}: {counts}", day=day.isoformat(), counts=_counts(found)), "bold"))
    rows = found.rows
    if not rows:
        show(_("Nothing to report."))
        return
    wide = width() >= MIDDLING
    columns = [
        Column(_("Light")),
        Column(_("No."), justify="right"),
        Column(_("Task"), narrowest=14),
        Column(_("Lead"), narrowest=8),
        *([Column(_("Responsible"), narrowest=12)] if wide else []),
        Column(_("Due")),
        Column(_("State"), narrowest=8),
    ]
    names = called(plan)
    cells = [_cells(row, number, names, wide=wide) for number, row in numbered(rows)]
    show("", table(columns, cells, spaced=True))


def _counts(found: Supervision) -> str:
    """How many there are of each class that was asked for."""
    counts = [_("{n} overdue", n=len(found.overdue))]
    if found.behind is not None:
        counts.append(_("{n} behind", n=len(found.behind)))
    if found.soon is not None:
        counts.append(_("{n} due soon", n=len(found.soon)))
    return _(", ").join(counts)


def _cells(row: TaskStanding, number: str, names: dict[str, str], *, wide: bool) -> list[str | Text]:
    task = row.task
    unmet = [need for need in row.needs if not need.met]
    missing = [line for need in unmet for line in (need_line(need), short_towns(need, names)) if line]
    responsible = _("Responsible: {names}", names=listed(task.responsible, names))
    return [
        text(words.light(row.light), words.colour(row.light)),
        number,
        "\n".join([task.title.in_(language()), *missing, *([] if wide else [responsible])]),
        listed(task.lead, names),
        *([listed(task.responsible, names)] if wide else []),
        task.due.isoformat(),
        state_cell(row),
    ]
